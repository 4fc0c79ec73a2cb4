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

import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.PeerId;

/**
 * Tunnels to and from other peers over the node's libp2p streams.
 * <p>
 * What is opened here is a lease: it stays until it is closed, is taken anew when the
 * node restarts, and is dropped by the node when this application dies. Safe for use by
 * several threads.
 *
 * @since 0.1.0
 */
public interface TunnelOperations {

	/**
	 * Returns the node's own peer ID. It is asked for once, and again after the node has
	 * been restarted.
	 * @return the peer ID
	 * @throws io.github.ipfstoolkit.IpfsException if the node can not be reached
	 */
	PeerId self();

	/**
	 * Accepts streams of a protocol from other peers. Returns once the node listens.
	 * @param protocol the protocol's name, without {@code /x/} before it
	 * @return the listener, to be closed by the caller
	 * @throws ProtocolInUseException if the node has a listener for that protocol already
	 * @throws io.github.ipfstoolkit.IpfsException if the node can not be reached or
	 * refuses
	 */
	TunnelListener listen(String protocol);

	/**
	 * Opens a way for streams of a protocol to a peer. The peer is not contacted before a
	 * stream is opened.
	 * @param peer the peer, not the node's own
	 * @param protocol the protocol's name, without {@code /x/} before it
	 * @return the forward, to be closed by the caller
	 * @throws io.github.ipfstoolkit.IpfsException if the node can not be reached or
	 * refuses
	 */
	TunnelForward forward(PeerId peer, String protocol);

	/**
	 * Opens a way for streams of a protocol to a peer, at a port of the node's host that
	 * other programs know: each connection to it becomes a stream.
	 * @param peer the peer, not the node's own
	 * @param protocol the protocol's name, without {@code /x/} before it
	 * @param port the port, on the address {@code ipfs.p2p.forward-bind-address}
	 * @return the forward, to be closed by the caller
	 * @throws io.github.ipfstoolkit.IpfsException if the port is taken, or the node can
	 * not be reached or refuses
	 * @see TunnelForward#address()
	 */
	TunnelForward forward(PeerId peer, String protocol, int port);

	/**
	 * Lets peers reach a TCP service, of this or of any other program: each stream of the
	 * protocol becomes a connection to it. Returns once the node listens. Every peer that
	 * reaches the node reaches the service.
	 * @param protocol the protocol's name, without {@code /x/} before it
	 * @param service where the node reaches the service, such as
	 * {@code /ip4/127.0.0.1/tcp/8080}
	 * @return the way to the service, to be closed by the caller
	 * @throws ProtocolInUseException if the node has a listener for that protocol already
	 * @throws io.github.ipfstoolkit.IpfsException if the node can not be reached or
	 * refuses
	 */
	ExposedService expose(String protocol, Multiaddr service);

	/**
	 * Opens a way for one short exchange with a peer. It need not be a lease: it may be
	 * lost when the node restarts, and stay behind on the node when this application dies
	 * before it is closed.
	 * @param peer the peer, not the node's own
	 * @param protocol the protocol's name, without {@code /x/} before it
	 * @return the forward, to be closed by the caller
	 * @throws io.github.ipfstoolkit.IpfsException if the node can not be reached or
	 * refuses
	 */
	default TunnelForward forwardBriefly(PeerId peer, String protocol) {
		return forward(peer, protocol);
	}

}
