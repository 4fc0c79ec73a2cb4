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

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Counts what is read. For use by one thread.
 */
final class CountedInput extends FilterInputStream {

	private long count;

	/**
	 * Creates an input.
	 * @param input where it comes from
	 */
	CountedInput(InputStream input) {
		super(input);
	}

	/**
	 * Returns how much was read.
	 * @return the number of bytes
	 */
	long count() {
		return this.count;
	}

	@Override
	public int read() throws IOException {
		int value = super.read();
		this.count += (value >= 0) ? 1 : 0;
		return value;
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		int read = super.read(bytes, offset, length);
		this.count += Math.max(read, 0);
		return read;
	}

}
