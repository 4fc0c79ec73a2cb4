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

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * Tells whether what has arrived is what was sent: CRC-32C and CRC-32 together, 64 bits.
 * That is against accidents alone, which is enough between two peers whose nodes
 * authenticate and encrypt all that goes between them, and takes next to nothing beside a
 * SHA-256.
 */
final class TransferChecksum {

	private final CRC32C crc32c = new CRC32C();

	private final CRC32 crc32 = new CRC32();

	void update(byte[] bytes, int offset, int length) {
		this.crc32c.update(bytes, offset, length);
		this.crc32.update(bytes, offset, length);
	}

	/**
	 * Returns the checksum of what was given so far, in eight bytes; more can follow.
	 */
	byte[] value() {
		return ByteBuffer.allocate(8).putInt((int) this.crc32c.getValue()).putInt((int) this.crc32.getValue()).array();
	}

	static String hex(byte[] checksum) {
		return HexFormat.of().formatHex(checksum);
	}

}
