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

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/**
 * A file that is being received. Closing it leaves it to the store, which keeps or
 * deletes it. For use by one thread at a time.
 */
final class Part implements Closeable {

	private static final int CHUNK = 256 * 1024;

	private final PartStore store;

	private final FileChannel channel;

	private Path file;

	private MessageDigest digest = Sha256.create();

	private long size;

	Part(Path file, PartStore store) throws IOException {
		this.file = file;
		this.store = store;
		this.channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
				StandardOpenOption.WRITE);
	}

	Path file() {
		return this.file;
	}

	/**
	 * Returns how many bytes of the file are there.
	 */
	long size() {
		return this.size;
	}

	/**
	 * Reads what is there from before.
	 * @param max more than that can not belong to the file
	 * @param progress is run now and then
	 * @return the SHA-256 of it
	 */
	byte[] readStart(long max, Runnable progress) throws IOException {
		if (this.channel.size() > max) {
			truncate();
		}
		ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
		while (this.channel.read(buffer) >= 0) {
			note(buffer.flip());
			buffer.clear();
			progress.run();
		}
		return Sha256.soFar(this.digest);
	}

	/**
	 * Throws away what is there.
	 */
	void truncate() throws IOException {
		this.channel.truncate(0).position(0);
		this.digest = Sha256.create();
		this.size = 0;
	}

	void append(ByteBuffer bytes) throws IOException {
		ByteBuffer written = bytes.duplicate();
		while (written.hasRemaining()) {
			this.channel.write(written);
		}
		note(bytes);
	}

	private void note(ByteBuffer bytes) {
		this.size += bytes.remaining();
		this.digest.update(bytes);
	}

	/**
	 * Returns the SHA-256 of all that is there.
	 */
	byte[] hash() {
		return Sha256.soFar(this.digest);
	}

	/**
	 * Gives the complete file its name.
	 * @return where it is
	 */
	Path moveTo(Inbox inbox, ReceivedName name) throws IOException {
		this.channel.close();
		// for a moment the file has both names: were it taken up again after a crash in
		// that moment, what it has become would be written to
		this.file = this.store.makeTemporary(this.file);
		return inbox.place(this.file, name);
	}

	/**
	 * Deletes what is there: it is of no use for another attempt.
	 */
	void discard() throws IOException {
		this.channel.close();
		Files.deleteIfExists(this.file);
	}

	@Override
	public void close() throws IOException {
		try {
			this.channel.close();
		}
		finally {
			this.store.giveBack(this.file);
		}
	}

}
