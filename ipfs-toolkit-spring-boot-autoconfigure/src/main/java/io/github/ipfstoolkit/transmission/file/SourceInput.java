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
import java.util.concurrent.CompletableFuture;

import reactor.core.scheduler.Schedulers;

/**
 * Reads a file that is sent, and takes the SHA-256 of what it has read. That is done on
 * another thread while what was read is on its way, and is awaited before more is read.
 * For use by one thread.
 */
final class SourceInput implements AutoCloseable {

	private final FileSource source;

	private final InputStream input;

	private final MessageDigest digest = Sha256.create();

	/**
	 * Takes what was read last into the digest.
	 */
	private CompletableFuture<Void> hashing = CompletableFuture.completedFuture(null);

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
	 * @param buffer must not be changed until more is read, or the hash is asked for
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
		this.hashing.join();
		int wanted = (int) Math.min(max, remaining());
		try {
			if (this.input.readNBytes(buffer, 0, wanted) < wanted) {
				throw new FileReadException("The file %s has become shorter".formatted(this.source.file()), null);
			}
		}
		catch (IOException ex) {
			throw new FileReadException("The file %s can not be read: %s".formatted(this.source.file(), ex), ex);
		}
		this.position += wanted;
		hash(buffer, wanted);
		return wanted;
	}

	private void hash(byte[] buffer, int count) {
		this.hashing = CompletableFuture.runAsync(() -> this.digest.update(buffer, 0, count),
				Schedulers.parallel()::schedule);
	}

	/**
	 * Returns the SHA-256 of what was read so far.
	 */
	byte[] hash() {
		this.hashing.join();
		return Sha256.soFar(this.digest);
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
