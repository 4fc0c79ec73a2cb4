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
package io.github.ipfstoolkit.transmission.buffer;

import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.p2p.TunnelForward;
import io.github.ipfstoolkit.p2p.TunnelStream;
import io.github.ipfstoolkit.transmission.Observers;
import org.jspecify.annotations.Nullable;

/**
 * Sends raw bytes to a peer's buffer listener. They are not buffered here: each write
 * goes to the node at once. A write fails with {@link BufferBrokenException} when the
 * other end has gone, or with {@link SocketTimeoutException} when it takes nothing for
 * too long. For use by one thread at a time.
 * <p>
 * Nothing is acknowledged. To close waits a while for what is still under way, as a
 * stream over QUIC loses that when it is ended; a connection that needs longer than that
 * loses the rest without notice.
 *
 * @since 0.1.0
 */
public final class BufferSender extends OutputStream {

	private final PeerId peer;

	private final String listener;

	private final TunnelForward forward;

	private final TunnelStream stream;

	private final Duration linger;

	private final AtomicBoolean closed = new AtomicBoolean();

	private final Observers<BufferObserver> observers;

	private final long start = System.nanoTime();

	private long written;

	BufferSender(PeerId peer, String listener, TunnelForward forward, TunnelStream stream, Duration linger,
			Observers<BufferObserver> observers) {
		this.peer = peer;
		this.listener = listener;
		this.forward = forward;
		this.stream = stream;
		this.linger = linger;
		this.observers = observers;
	}

	/**
	 * Returns who receives.
	 * @return the peer
	 */
	public PeerId peer() {
		return this.peer;
	}

	/**
	 * Returns the name of the peer's buffer listener.
	 * @return the name
	 */
	public String listener() {
		return this.listener;
	}

	@Override
	public void write(int value) throws IOException {
		write(new byte[] { (byte) value }, 0, 1);
	}

	@Override
	public void write(byte[] bytes, int offset, int length) throws IOException {
		if (this.closed.get()) {
			throw new IOException("The sender to '%s' of peer %s is closed".formatted(this.listener, this.peer));
		}
		if (!this.stream.isQuiet()) {
			throw broken(null);
		}
		try {
			this.stream.output().write(bytes, offset, length);
			this.written += length;
		}
		catch (SocketTimeoutException ex) {
			throw ex;
		}
		catch (IOException ex) {
			throw broken(ex);
		}
	}

	private BufferBrokenException broken(@Nullable Throwable cause) {
		return new BufferBrokenException(
				("The stream to '%s' of peer %s has ended at the other end: nothing listens there, "
						+ "or its listener does not want more. What was written may be lost")
					.formatted(this.listener, this.peer),
				cause);
	}

	/**
	 * Ends the stream, after a while for what was written last to arrive.
	 * @throws BufferBrokenException if the other end has gone before, so that something
	 * may be lost
	 */
	@Override
	public void close() throws IOException {
		if (!this.closed.compareAndSet(false, true)) {
			return;
		}
		try (this.forward; this.stream) {
			if (this.written > 0 && !this.linger.isZero()) {
				awaitDelivery();
			}
		}
		finally {
			Duration duration = Duration.ofNanos(System.nanoTime() - this.start);
			this.observers.tell((observer) -> observer.sent(this.peer, this.listener, this.written, duration));
		}
	}

	private void awaitDelivery() throws IOException {
		try {
			this.stream.setReadTimeout(this.linger);
			if (this.stream.input().read() >= 0) {
				return;
			}
		}
		catch (SocketTimeoutException ex) {
			return;
		}
		catch (IOException ex) {
			throw broken(ex);
		}
		throw broken(null);
	}

}
