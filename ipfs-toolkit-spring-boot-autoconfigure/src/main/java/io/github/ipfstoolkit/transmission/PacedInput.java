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

package io.github.ipfstoolkit.transmission;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;

import io.github.ipfstoolkit.p2p.TunnelStream;

/**
 * Reads from a stream, and gives up on a peer that lets it wait for longer than the
 * time-out in total for any 64 KiB. A time-out for each read alone would let a peer that
 * sends a byte now and then hold on forever. For use by one thread.
 *
 * @since 0.1.0
 */
public final class PacedInput extends InputStream {

	private static final int PORTION = 64 * 1024;

	private final TunnelStream stream;

	private final InputStream input;

	private final long timeoutNanos;

	private long waited;

	private int taken;

	/**
	 * Creates an input.
	 * @param stream what to read from; its read time-out is changed with each read
	 * @param timeout how long any 64 KiB may be waited for
	 * @throws IOException if the stream has ended
	 */
	public PacedInput(TunnelStream stream, Duration timeout) throws IOException {
		this.stream = stream;
		this.input = stream.input();
		this.timeoutNanos = timeout.toNanos();
	}

	/**
	 * Waits for the first byte of something new.
	 * @param timeout how long to wait, zero for ever
	 * @return the byte, -1 at the stream's end
	 * @throws SocketTimeoutException if none comes in time
	 * @throws IOException if reading fails
	 */
	public int readFirst(Duration timeout) throws IOException {
		restart();
		this.stream.setReadTimeout(timeout);
		return this.input.read();
	}

	/**
	 * Forgets the time that was waited.
	 */
	void restart() {
		this.waited = 0;
		this.taken = 0;
	}

	@Override
	public int read() throws IOException {
		long start = beforeWait();
		int value = this.input.read();
		afterWait(start, 1);
		return value;
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		long start = beforeWait();
		int count = this.input.read(bytes, offset, length);
		afterWait(start, count);
		return count;
	}

	private long beforeWait() throws IOException {
		long remaining = this.timeoutNanos - this.waited;
		if (remaining <= 0) {
			throw new SocketTimeoutException("The peer sends too slowly");
		}
		this.stream.setReadTimeout(Duration.ofNanos(remaining));
		return System.nanoTime();
	}

	private void afterWait(long start, int count) {
		this.waited += System.nanoTime() - start;
		this.taken += count;
		if (this.taken >= PORTION) {
			restart();
		}
	}

	@Override
	public int available() throws IOException {
		return this.input.available();
	}

}
