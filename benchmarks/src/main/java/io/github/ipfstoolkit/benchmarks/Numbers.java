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

package io.github.ipfstoolkit.benchmarks;

import java.io.InputStream;

/**
 * Content of which no two blocks are the same.
 */
final class Numbers extends InputStream {

	private final long end;

	private long position;

	/**
	 * Creates content.
	 * @param start where it begins: what overlaps is the same
	 * @param size how many bytes it has
	 */
	Numbers(long start, long size) {
		this.position = start;
		this.end = start + size;
	}

	@Override
	public int read() {
		return (this.position < this.end) ? value(this.position++) & 0xff : -1;
	}

	@Override
	public int read(byte[] bytes, int offset, int length) {
		int count = (int) Math.min(length, this.end - this.position);
		for (int i = 0; i < count; i++) {
			bytes[offset + i] = value(this.position++);
		}
		return (count > 0) ? count : -1;
	}

	private static byte value(long position) {
		return (byte) ((position >> 3) * 0x9E3779B97F4A7C15L >> (8 * (position & 7)));
	}

}
