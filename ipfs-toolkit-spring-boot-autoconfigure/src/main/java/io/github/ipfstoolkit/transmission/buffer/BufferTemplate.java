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
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.p2p.PeerDirectory;
import io.github.ipfstoolkit.p2p.TunnelForward;
import io.github.ipfstoolkit.p2p.TunnelOperations;
import io.github.ipfstoolkit.p2p.TunnelStream;
import io.github.ipfstoolkit.transmission.InvalidPeerException;
import io.github.ipfstoolkit.transmission.Observers;
import io.github.ipfstoolkit.transmission.PeerResolver;
import io.github.ipfstoolkit.transmission.TransmissionException;

import org.springframework.beans.factory.DisposableBean;

/**
 * Sends and receives raw bytes over tunnels. Closes its receivers when it is destroyed;
 * senders that are open then are ended with the tunnels.
 *
 * @since 0.1.0
 */
public final class BufferTemplate implements BufferOperations, DisposableBean {

	private final TunnelOperations tunnels;

	private final PeerResolver peers;

	private final BufferOptions options;

	private final Observers<BufferObserver> observers;

	private final Set<BufferReceiver> receivers = ConcurrentHashMap.newKeySet();

	/**
	 * Creates an instance.
	 * @param tunnels the way to other peers
	 * @param peers finds peers by name and connects to them
	 * @param options how to send and receive
	 * @param observers are told of each stream
	 */
	public BufferTemplate(TunnelOperations tunnels, PeerDirectory peers, BufferOptions options,
			List<BufferObserver> observers) {
		this.tunnels = tunnels;
		this.peers = new PeerResolver(peers);
		this.options = options;
		this.observers = new Observers<>(observers);
	}

	@Override
	public BufferSender open(String to, String listener) {
		return open(this.peers.resolve(to), listener);
	}

	@Override
	public BufferSender open(PeerId to, String listener) {
		PeerId self = this.tunnels.self();
		if (self.equals(to)) {
			throw new InvalidPeerException(self);
		}
		this.peers.connect(to);
		TunnelForward forward = this.tunnels.forward(to, listener);
		try {
			TunnelStream stream = forward.open(this.options.timeout());
			stream.setWriteTimeout(this.options.timeout());
			return new BufferSender(to, listener, forward, stream, this.options.linger(), this.observers);
		}
		catch (IOException ex) {
			forward.close();
			throw new TransmissionException("The node has opened no stream to '%s' of peer %s".formatted(listener, to),
					ex);
		}
	}

	@Override
	public BufferReceiver listen(String listener, BufferHandler handler) {
		TunnelBufferReceiver receiver = new TunnelBufferReceiver(this.tunnels.listen(listener), this.options, handler,
				this.receivers::remove, this.observers);
		this.receivers.add(receiver);
		try {
			receiver.start();
			return receiver;
		}
		catch (RuntimeException ex) {
			receiver.close();
			throw ex;
		}
	}

	@Override
	public void destroy() {
		this.receivers.forEach(BufferReceiver::close);
	}

}
