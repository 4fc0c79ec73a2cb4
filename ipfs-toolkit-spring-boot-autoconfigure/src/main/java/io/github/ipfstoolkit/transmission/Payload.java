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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * What is sent. It can be read again, as a message may have to be sent again.
 */
interface Payload extends AutoCloseable {

	/**
	 * Returns how many bytes it has.
	 */
	long length();

	/**
	 * Returns its bytes, from the first.
	 */
	InputStream open() throws IOException;

	/**
	 * Gives back what it needed.
	 */
	@Override
	default void close() {
	}

	/**
	 * A payload in memory.
	 */
	static Payload of(byte[] bytes) {
		return new Payload() {

			@Override
			public long length() {
				return bytes.length;
			}

			@Override
			public InputStream open() {
				return new ByteArrayInputStream(bytes);
			}

		};
	}

}
