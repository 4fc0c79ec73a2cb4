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

package io.github.ipfstoolkit.transmission;

import org.springframework.util.unit.DataSize;

/**
 * Thrown when a message is too long to be read into memory.
 *
 * @since 0.1.0
 */
public class MessageTooLargeException extends TransmissionException {

	/**
	 * Creates an exception.
	 * @param length the message's length in bytes
	 * @param max the limit
	 */
	public MessageTooLargeException(long length, DataSize max) {
		super(("A message of %d bytes exceeds the limit of %s. Take it as an InputStream, or raise "
				+ "'ipfs.transmission.max-message-size'")
			.formatted(length, max), null);
	}

}
