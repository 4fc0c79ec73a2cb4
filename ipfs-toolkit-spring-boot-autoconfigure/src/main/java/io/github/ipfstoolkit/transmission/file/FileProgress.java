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

package io.github.ipfstoolkit.transmission.file;

import io.github.ipfstoolkit.PeerId;

/**
 * How far the transfer of a file is.
 *
 * @param peer the peer at the other end
 * @param listener the name of the listener that the file is for
 * @param name the file's name
 * @param bytes how many bytes have been sent or received, those of an earlier connection
 * included
 * @param total how many bytes the file has
 * @since 0.1.0
 */
public record FileProgress(PeerId peer, String listener, String name, long bytes, long total) {

	/**
	 * Returns which part of the file has been transferred.
	 * @return between 0 and 1; 1 for an empty file
	 */
	public double fraction() {
		return (this.total == 0) ? 1 : (double) this.bytes / this.total;
	}

}
