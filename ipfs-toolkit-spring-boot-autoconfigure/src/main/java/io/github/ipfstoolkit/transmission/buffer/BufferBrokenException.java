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
package io.github.ipfstoolkit.transmission.buffer;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the other end of a buffer stream has gone before this one has closed it.
 * Part of what was written, or all, may be lost.
 *
 * @since 0.1.0
 */
public class BufferBrokenException extends IOException {

	/**
	 * Creates an exception.
	 * @param message what was under way, and what to look for
	 * @param cause what noticed it, if anything
	 */
	public BufferBrokenException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
