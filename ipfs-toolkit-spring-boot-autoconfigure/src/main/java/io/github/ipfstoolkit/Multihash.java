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

package io.github.ipfstoolkit;

import java.nio.ByteBuffer;

/**
 * Reads the <a href="https://github.com/multiformats/multihash">multihash</a> form: code,
 * length, digest, the first two as unsigned varints.
 */
final class Multihash {

	static final int IDENTITY = 0x00;

	static final int SHA2_256 = 0x12;

	private static final int SHA2_256_LENGTH = 32;

	private Multihash() {
	}

	/**
	 * Checks that the rest of a buffer is exactly one multihash. A hash may be cut to its
	 * first bytes.
	 * @param buffer the buffer, at the multihash's first byte; left at its end
	 * @return the code of the hash function
	 * @throws IllegalArgumentException if it is none
	 */
	static long check(ByteBuffer buffer) {
		long code = readVarint(buffer);
		long length = readVarint(buffer);
		if (length != buffer.remaining()) {
			throw new IllegalArgumentException(
					"its hash should be %d bytes long, not %d".formatted(length, buffer.remaining()));
		}
		buffer.position(buffer.limit());
		return code;
	}

	/**
	 * Checks that the rest of a buffer is exactly one multihash, of a whole SHA2-256
	 * hash.
	 * @param buffer the buffer, at the multihash's first byte; left at its end
	 * @throws IllegalArgumentException if it is none
	 */
	static void checkSha256(ByteBuffer buffer) {
		int length = buffer.remaining() - 2;
		if (check(buffer) != SHA2_256 || length != SHA2_256_LENGTH) {
			throw new IllegalArgumentException("it holds no SHA2-256 hash of 32 bytes");
		}
	}

	/**
	 * Reads an <a href="https://github.com/multiformats/unsigned-varint">unsigned
	 * varint</a> of up to 9 bytes.
	 * @param buffer the buffer, moved on behind it
	 * @return the number
	 * @throws IllegalArgumentException if it does not end, or is not written in its
	 * shortest form
	 */
	static long readVarint(ByteBuffer buffer) {
		long value = 0;
		for (int shift = 0; shift < 63; shift += 7) {
			if (!buffer.hasRemaining()) {
				throw new IllegalArgumentException("it ends too early");
			}
			byte next = buffer.get();
			value |= (long) (next & 0x7f) << shift;
			if (next >= 0) {
				if (next == 0 && shift > 0) {
					throw new IllegalArgumentException("a number in it is not in its shortest form");
				}
				return value;
			}
		}
		throw new IllegalArgumentException("a number in it is too large");
	}

}
