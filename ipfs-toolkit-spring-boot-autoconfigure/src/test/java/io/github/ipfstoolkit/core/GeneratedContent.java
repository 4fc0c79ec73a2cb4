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

import java.io.InputStream;
import java.util.SplittableRandom;

/**
 * Bytes of any number, quick to make and to store: they are put together from a few
 * blocks of {@value #BLOCK_SIZE} bytes, in an order without repetition, so that a node
 * with this size of blocks keeps little, and what is lost or out of order changes a
 * checksum.
 */
final class GeneratedContent extends InputStream {

	static final int BLOCK_SIZE = 1024 * 1024;

	private static final int BLOCKS = 32;

	private final byte[][] blocks = new byte[BLOCKS][BLOCK_SIZE];

	private final SplittableRandom order = new SplittableRandom(43);

	private byte[] block = this.blocks[0];

	private int position = BLOCK_SIZE;

	private long left;

	GeneratedContent(long size) {
		this.left = size;
		SplittableRandom random = new SplittableRandom(42);
		for (byte[] each : this.blocks) {
			random.nextBytes(each);
		}
	}

	@Override
	public int read() {
		byte[] single = new byte[1];
		return (read(single, 0, 1) < 0) ? -1 : single[0] & 0xff;
	}

	@Override
	public int read(byte[] target, int offset, int length) {
		if (this.left == 0) {
			return -1;
		}
		if (this.position == BLOCK_SIZE) {
			this.block = this.blocks[this.order.nextInt(BLOCKS)];
			this.position = 0;
		}
		int count = (int) Math.min(this.left, Math.min(length, BLOCK_SIZE - this.position));
		System.arraycopy(this.block, this.position, target, offset, count);
		this.position += count;
		this.left -= count;
		return count;
	}

}
