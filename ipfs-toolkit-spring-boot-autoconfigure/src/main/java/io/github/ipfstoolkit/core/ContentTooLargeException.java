/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.ipfstoolkit.core;

import io.github.ipfstoolkit.IpfsException;

/**
 * Thrown when content that is to be read into memory is larger than the limit.
 *
 * @since 0.1.0
 */
public class ContentTooLargeException extends IpfsException {

	private final long limit;

	/**
	 * Creates an exception.
	 * @param path the content
	 * @param limit how many bytes are allowed
	 */
	public ContentTooLargeException(String path, long limit) {
		super("%s has more than %d bytes. Read it as a stream or download it, or raise ipfs.template.max-in-memory-size"
			.formatted(path, limit));
		this.limit = limit;
	}

	/**
	 * Returns how many bytes are allowed.
	 * @return the limit
	 */
	public long getLimit() {
		return this.limit;
	}

}
