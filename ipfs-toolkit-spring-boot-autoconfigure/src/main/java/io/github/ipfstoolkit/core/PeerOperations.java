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

package io.github.ipfstoolkit.core;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.PeerId;

/**
 * The node itself and the peers that it is connected to. Part of {@link IpfsOperations}.
 * <p>
 * Methods block until the node has answered and throw
 * {@link io.github.ipfstoolkit.IpfsException} where it could not do what was asked for.
 *
 * @since 0.1.0
 */
public interface PeerOperations {

	/**
	 * Returns who the node is.
	 * @return its peer ID
	 */
	PeerId peerId();

	/**
	 * Returns where the node can be reached.
	 * @return its addresses, each with its peer ID
	 */
	List<Multiaddr> addresses();

	/**
	 * Returns whether the node answers.
	 * @return {@code false} where it cannot be reached or started
	 * @throws io.github.ipfstoolkit.rpc.RpcException if it answers, but not as it should,
	 * such as without the authorization that it asks for
	 */
	boolean isRunning();

	/**
	 * Waits until the node answers.
	 * @param timeout how long to wait
	 * @throws io.github.ipfstoolkit.IpfsTimeoutException if it does not answer by then
	 * @throws io.github.ipfstoolkit.rpc.RpcException if it answers, but not as it should
	 */
	void waitUntilRunning(Duration timeout);

	/**
	 * Lists the peers that the node is connected to.
	 * @return the peers, each once
	 */
	List<PeerId> peers();

	/**
	 * Returns where a peer can be reached, as far as the node knows without asking
	 * others.
	 * @param peer the peer
	 * @return the addresses, each with the peer's ID; empty where none is known
	 */
	List<Multiaddr> peerAddresses(PeerId peer);

	/**
	 * Looks for a peer's addresses by routing.
	 * @param peer the peer
	 * @return the addresses, each with the peer's ID; empty where the peer is not found
	 */
	List<Multiaddr> findPeer(PeerId peer);

	/**
	 * Connects to a peer.
	 * @param address an address that ends with the peer's ID; {@code /p2p/<peer ID>}
	 * alone is looked up by routing
	 */
	void connect(Multiaddr address);

	/**
	 * Closes all connections to a peer, if there are any.
	 * @param peer the peer
	 */
	void disconnect(PeerId peer);

	/**
	 * Returns whether the node has a connection to a peer. Whether the peer still answers
	 * on it is told by {@link #ping}.
	 * @param peer the peer
	 * @return whether there is a connection
	 */
	boolean isConnected(PeerId peer);

	/**
	 * Asks a peer to answer; connects to it where there is no connection.
	 * @param peer the peer
	 * @param count how often to ask, at least once; there is a second between two
	 * @return how long an answer took on average; empty if the peer did not answer
	 */
	Optional<Duration> ping(PeerId peer, int count);

	/**
	 * Makes the node neither dial nor accept addresses in a range, until it ends.
	 * @param filter the range, such as {@code /ip4/10.0.0.0/ipcidr/8}
	 */
	void addSwarmFilter(Multiaddr filter);

	/**
	 * Undoes {@link #addSwarmFilter}.
	 * @param filter the range
	 */
	void removeSwarmFilter(Multiaddr filter);

	/**
	 * Lists the ranges of addresses that the node does not use.
	 * @return the ranges
	 */
	List<Multiaddr> swarmFilters();

}
