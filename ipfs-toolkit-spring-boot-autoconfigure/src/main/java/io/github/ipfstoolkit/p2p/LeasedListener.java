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
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.util.function.Consumer;

/**
 * A listener: a server socket of the application, and the lease that makes the node
 * connect to it.
 */
final class LeasedListener implements TunnelListener {

	private final String protocol;

	private final ServerSocketChannel server;

	private final Lease lease;

	private final OpenStreams streams;

	private final Consumer<LeasedListener> onClose;

	LeasedListener(String protocol, ServerSocketChannel server, Lease lease, OpenStreams streams,
			Consumer<LeasedListener> onClose) {
		this.protocol = protocol;
		this.server = server;
		this.lease = lease;
		this.streams = streams;
		this.onClose = onClose;
	}

	@Override
	public String protocol() {
		return this.protocol;
	}

	@Override
	public boolean isActive() {
		return this.server.isOpen() && this.lease.isActive();
	}

	@Override
	public TunnelStream accept() throws IOException {
		try {
			return this.streams.add(this.server.accept(), null);
		}
		catch (ClosedChannelException ex) {
			SocketException closed = new SocketException("The listener '%s' is closed".formatted(this.protocol));
			closed.initCause(ex);
			throw closed;
		}
	}

	@Override
	public void close() {
		try {
			this.lease.close();
		}
		finally {
			Sockets.close(this.server);
			this.onClose.accept(this);
		}
	}

}
