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
package io.github.ipfstoolkit.transmission.conversation;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A message that is read from its stream by the one who listens to it, so that nobody has
 * to keep it. The thread that reads for the link waits meanwhile.
 */
final class PassedMessage {

	private static final int SKIP = 64 * 1024;

	private final ReadableByteChannel input;

	private final Runnable onRead;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private int remaining;

	private boolean reading;

	private boolean unwanted;

	/**
	 * Creates a message.
	 * @param input holds it
	 * @param length how long it is
	 * @param onRead is run each time when some of it was read by one who listens
	 */
	PassedMessage(ReadableByteChannel input, int length, Runnable onRead) {
		this.input = input;
		this.onRead = onRead;
		this.remaining = length;
	}

	/**
	 * Reads as much as is there.
	 * @return how much, -1 at the message's end
	 */
	int read(ByteBuffer target) throws IOException {
		int max = begin();
		if (max == 0) {
			return -1;
		}
		int count = -1;
		try {
			count = read(target, max);
		}
		finally {
			end(count);
		}
		if (count < 0) {
			throw new EOFException("The stream ended within a message");
		}
		this.onRead.run();
		return count;
	}

	private int read(ByteBuffer target, int max) throws IOException {
		int end = target.limit();
		target.limit((int) Math.min(end, (long) target.position() + max));
		try {
			return this.input.read(target);
		}
		finally {
			target.limit(end);
		}
	}

	/**
	 * Returns how much there is to read.
	 */
	int remaining() throws IOException {
		int remaining = begin();
		end(0);
		return remaining;
	}

	/**
	 * Keeps the stream for the one who listens.
	 * @return how much there is to read
	 */
	private int begin() throws IOException {
		this.lock.lock();
		try {
			if (this.unwanted) {
				throw new IOException("The conversation has ended");
			}
			this.reading = this.remaining > 0;
			return this.remaining;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Notes what was read.
	 * @param count how much, -1 if that failed
	 */
	private void end(int count) {
		this.lock.lock();
		try {
			this.reading = false;
			this.remaining -= Math.max(count, 0);
			this.unwanted = this.unwanted || count < 0;
			if (this.remaining == 0 || this.unwanted) {
				// not for each piece: who is woken waits on
				this.changed.signalAll();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Lets the rest be skipped.
	 */
	void discard() {
		this.lock.lock();
		try {
			this.unwanted = true;
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Waits until all was read, or skips what nobody wants.
	 */
	void awaitTaken() throws IOException {
		int rest;
		this.lock.lock();
		try {
			while (this.reading || (this.remaining > 0 && !this.unwanted)) {
				this.changed.await();
			}
			rest = this.remaining;
		}
		catch (InterruptedException ex) {
			throw new InterruptedIOException("Interrupted, as the executor ends");
		}
		finally {
			this.lock.unlock();
		}
		skip(rest);
	}

	private void skip(int count) throws IOException {
		ByteBuffer unwanted = ByteBuffer.allocate(Math.min(count, SKIP));
		for (int rest = count; rest > 0; rest -= unwanted.position()) {
			unwanted.clear();
			if (read(unwanted, rest) < 0) {
				throw new EOFException("The stream ended within a message");
			}
		}
	}

}
