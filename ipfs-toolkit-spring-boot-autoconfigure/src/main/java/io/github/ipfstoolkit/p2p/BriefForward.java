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
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.Consumer;

import io.github.ipfstoolkit.PeerId;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * A forward for one exchange. It is no lease: it is not taken anew when the node
 * restarts, and stays behind should the application die before it is closed. For that, it
 * takes half the time to open.
 */
final class BriefForward implements TunnelForward {

	private static final Log logger = LogFactory.getLog(BriefForward.class);

	private final String protocol;

	private final Mounting.Forward mounting;

	private final String nodeHost;

	private final OpenStreams streams;

	private final Consumer<BriefForward> onClose;

	BriefForward(String protocol, Mounting.Forward mounting, String nodeHost, OpenStreams streams,
			Consumer<BriefForward> onClose) {
		this.protocol = protocol;
		this.mounting = mounting;
		this.nodeHost = nodeHost;
		this.streams = streams;
		this.onClose = onClose;
	}

	@Override
	public PeerId peer() {
		return this.mounting.peer();
	}

	@Override
	public String protocol() {
		return this.protocol;
	}

	@Override
	public InetSocketAddress address() {
		return new InetSocketAddress(this.nodeHost, this.mounting.address().tcpPort().orElseThrow());
	}

	@Override
	public TunnelStream open(Duration timeout) throws IOException {
		SocketChannel channel = SocketChannel.open();
		try {
			channel.socket().connect(address(), Sockets.toMillis(timeout));
		}
		catch (IOException | RuntimeException ex) {
			Sockets.close(channel);
			throw ex;
		}
		return this.streams.add(channel, peer());
	}

	@Override
	public void close() {
		this.mounting.unmount().subscribe((count) -> {
		}, (ex) -> logger.debug("Could not unmount " + this.mounting, ex));
		this.onClose.accept(this);
	}

}
