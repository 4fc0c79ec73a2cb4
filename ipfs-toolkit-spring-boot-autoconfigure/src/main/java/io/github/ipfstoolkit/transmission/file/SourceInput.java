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
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.security.MessageDigest;

/**
 * Reads a file that is sent, and takes the SHA-256 of what it has read, while that is in
 * the processor's cache. For use by one thread.
 */
final class SourceInput implements ReadableByteChannel {

	private static final int CHUNK = 128 * 1024;

	private final FileSource source;

	private final FileChannel file;

	private final MessageDigest digest = Sha256.create();

	private long position;

	SourceInput(FileSource source, FileChannel file) {
		this.source = source;
		this.file = file;
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
	 * Reads on; what has been added to the file meanwhile is left out.
	 * @throws FileReadException if the file is shorter than it was
	 */
	@Override
	public int read(ByteBuffer target) {
		if (remaining() == 0) {
			return -1;
		}
		ByteBuffer read = target.duplicate();
		read.limit((int) Math.min(read.limit(), read.position() + remaining()));
		int start = read.position();
		try {
			if (this.file.read(read) < 0) {
				throw new FileReadException("The file %s has become shorter".formatted(this.source.file()), null);
			}
		}
		catch (IOException ex) {
			throw new FileReadException("The file %s can not be read: %s".formatted(this.source.file(), ex), ex);
		}
		target.position(read.position());
		read.flip().position(start);
		int count = read.remaining();
		this.digest.update(read);
		this.position += count;
		return count;
	}

	/**
	 * Reads up to a position.
	 * @param progress is run now and then
	 */
	void readTo(long end, Runnable progress) {
		ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
		while (this.position < end) {
			buffer.clear().limit((int) Math.min(CHUNK, end - this.position));
			read(buffer);
			progress.run();
		}
	}

	/**
	 * Returns the SHA-256 of what was read so far.
	 */
	byte[] hash() {
		return Sha256.soFar(this.digest);
	}

	@Override
	public boolean isOpen() {
		return this.file.isOpen();
	}

	@Override
	public void close() {
		try {
			this.file.close();
		}
		catch (IOException ignored) {
			// all that was wanted has been read
		}
	}

}
