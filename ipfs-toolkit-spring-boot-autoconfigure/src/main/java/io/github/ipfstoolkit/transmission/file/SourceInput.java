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

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Reads a file that is sent, and notes the checksum of what it has read. It takes the
 * SHA-256 too where that is asked for.
 */
final class SourceInput implements AutoCloseable {

	/**
	 * How much is read at once: what fits into the processor's cache while it is copied
	 * and checked.
	 */
	private static final int PIECE = 128 * 1024;

	private final FileSource source;

	private final InputStream input;

	private final TransferChecksum checksum = new TransferChecksum();

	private @Nullable MessageDigest digest;

	private long position;

	SourceInput(FileSource source, InputStream input) {
		this.source = source;
		this.input = input;
	}

	/**
	 * Returns how much has been read.
	 */
	long position() {
		return this.position;
	}

	/**
	 * Returns how much there is still to read.
	 */
	long remaining() {
		return this.source.size() - this.position;
	}

	/**
	 * Fills a buffer, or as much of it as there is left of the file.
	 * @return how much was read
	 * @throws FileReadException if the file is shorter than it was
	 */
	int read(byte[] buffer) {
		return read(buffer, buffer.length);
	}

	/**
	 * Reads up to a position.
	 */
	void readTo(long end, byte[] buffer, Runnable progress) {
		while (this.position < end) {
			read(buffer, (int) Math.min(buffer.length, end - this.position));
			progress.run();
		}
	}

	private int read(byte[] buffer, int max) {
		int wanted = (int) Math.min(max, remaining());
		for (int count = 0; count < wanted;) {
			count += readPiece(buffer, count, Math.min(PIECE, wanted - count));
		}
		return wanted;
	}

	private int readPiece(byte[] buffer, int offset, int length) {
		try {
			int count = this.input.read(buffer, offset, length);
			if (count < 0) {
				throw new FileReadException("The file %s has become shorter".formatted(this.source.file()), null);
			}
			this.checksum.update(buffer, offset, count);
			if (this.digest != null) {
				this.digest.update(buffer, offset, count);
			}
			this.position += count;
			return count;
		}
		catch (IOException ex) {
			throw new FileReadException("The file %s can not be read: %s".formatted(this.source.file(), ex), ex);
		}
	}

	/**
	 * Returns the checksum of what was read so far.
	 */
	byte[] checksum() {
		return this.checksum.value();
	}

	/**
	 * Begins to take the SHA-256 of what is read from now on.
	 */
	void startHashing() {
		this.digest = Sha256.create();
	}

	/**
	 * Takes no SHA-256 any more.
	 * @return that of what was read since it began
	 */
	byte[] stopHashing() {
		MessageDigest digest = this.digest;
		Assert.state(digest != null, "No SHA-256 was taken");
		this.digest = null;
		return digest.digest();
	}

	@Override
	public void close() {
		try {
			this.input.close();
		}
		catch (IOException ignored) {
			// all that was wanted has been read
		}
	}

}
