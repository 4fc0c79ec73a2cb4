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

package io.github.ipfstoolkit.p2p;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.ipfstoolkit.PeerId;
import org.jspecify.annotations.Nullable;

/**
 * A forward: the lease that makes the node accept connections, and connections to it.
 */
final class LeasedForward implements TunnelForward {

	/**
	 * How long to wait before connecting again to a node that is about to drop its
	 * forwards or has just taken them anew.
	 */
	private static final Duration PAUSE = Duration.ofMillis(50);

	private final PeerId peer;

	private final String protocol;

	private final Lease lease;

	private final Supplier<String> nodeHost;

	private final OpenStreams streams;

	private final Consumer<LeasedForward> onClose;

	private volatile boolean closed;

	LeasedForward(PeerId peer, String protocol, Lease lease, Supplier<String> nodeHost, OpenStreams streams,
			Consumer<LeasedForward> onClose) {
		this.peer = peer;
		this.protocol = protocol;
		this.lease = lease;
		this.nodeHost = nodeHost;
		this.streams = streams;
		this.onClose = onClose;
	}

	@Override
	public PeerId peer() {
		return this.peer;
	}

	@Override
	public String protocol() {
		return this.protocol;
	}

	@Override
	public InetSocketAddress address() {
		Mounting.Forward forward = (Mounting.Forward) this.lease.mounting();
		return new InetSocketAddress(this.nodeHost.get(), forward.address().tcpPort().orElseThrow());
	}

	@Override
	public TunnelStream open(Duration timeout) throws IOException {
		long deadline = System.nanoTime() + timeout.toNanos();
		SocketException failure = null;
		while (!this.closed) {
			Duration remaining = Duration.ofNanos(deadline - System.nanoTime());
			if (remaining.isNegative() || remaining.isZero()) {
				throw timeout(timeout, failure);
			}
			try {
				if (this.lease.isActive()) {
					return connect(remaining);
				}
				this.lease.awaitChange(remaining);
			}
			catch (ConnectException ex) {
				failure = ex;
				pause();
			}
			catch (InterruptedException ex) {
				throw interrupted();
			}
		}
		throw new SocketException("The forward to '%s' of %s is closed".formatted(this.protocol, this.peer));
	}

	private TunnelStream connect(Duration timeout) throws IOException {
		InetSocketAddress address = address();
		SocketChannel channel = SocketChannel.open();
		try {
			channel.socket().connect(address, Sockets.toMillis(timeout));
		}
		catch (IOException | RuntimeException ex) {
			Sockets.close(channel);
			throw ex;
		}
		return this.streams.add(channel, this.peer);
	}

	private void pause() throws InterruptedIOException {
		try {
			this.lease.awaitChange(PAUSE);
		}
		catch (InterruptedException ex) {
			throw interrupted();
		}
	}

	private static InterruptedIOException interrupted() {
		Thread.currentThread().interrupt();
		return new InterruptedIOException("Interrupted while waiting for the node");
	}

	private SocketTimeoutException timeout(Duration timeout, @Nullable SocketException failure) {
		SocketTimeoutException ex = new SocketTimeoutException(
				"The node did not accept a connection for '%s' of %s within %d ms".formatted(this.protocol, this.peer,
						timeout.toMillis()));
		if (failure != null) {
			ex.initCause(failure);
		}
		return ex;
	}

	@Override
	public void close() {
		this.closed = true;
		this.lease.release();
		this.onClose.accept(this);
	}

}
