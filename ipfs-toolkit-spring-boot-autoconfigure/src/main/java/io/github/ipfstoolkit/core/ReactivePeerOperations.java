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

import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.PeerId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The node itself and its peers, for reactive applications.
 *
 * @since 0.1.0
 * @see PeerOperations
 */
public interface ReactivePeerOperations {

	/**
	 * Returns the node's own peer ID.
	 * @return the peer ID
	 */
	Mono<PeerId> peerId();

	/**
	 * Returns the addresses at which the node believes others can reach it.
	 * @return the addresses, each ending with the peer ID
	 */
	Flux<Multiaddr> addresses();

	/**
	 * Returns whether a node answers.
	 * @return whether one does; an error if it answers, but denies access
	 */
	Mono<Boolean> isRunning();

	/**
	 * Waits until a node answers.
	 * @param timeout how long to wait
	 * @return completes when it does; {@link io.github.ipfstoolkit.IpfsTimeoutException}
	 * if it does not in time
	 */
	Mono<Void> waitUntilRunning(Duration timeout);

	/**
	 * Lists the peers to which the node is connected.
	 * @return the peers, each once
	 */
	Flux<PeerId> peers();

	/**
	 * Lists the addresses of a peer that the node knows, without asking others.
	 * @param peer the peer
	 * @return the addresses, those that are in use first, each ending with the peer ID
	 */
	Flux<Multiaddr> peerAddresses(PeerId peer);

	/**
	 * Looks for the addresses of a peer, by asking others.
	 * @param peer the peer
	 * @return the addresses, each ending with the peer ID; none if it is not found
	 */
	Flux<Multiaddr> findPeer(PeerId peer);

	/**
	 * Connects to a peer.
	 * @param address its address, ending with its peer ID
	 * @return completes when the node is connected; an error if it can not be
	 */
	Mono<Void> connect(Multiaddr address);

	/**
	 * Closes all connections to a peer.
	 * @param peer the peer
	 * @return completes when they are closed
	 */
	Mono<Void> disconnect(PeerId peer);

	/**
	 * Returns whether the node is connected to a peer.
	 * @param peer the peer
	 * @return whether it is
	 */
	Mono<Boolean> isConnected(PeerId peer);

	/**
	 * Measures the round trip to a peer.
	 * @param peer the peer
	 * @param count how often, positive
	 * @return the mean time; nothing if the peer does not answer
	 */
	Mono<Duration> ping(PeerId peer, int count);

	/**
	 * Refuses connections with a range of addresses until the node restarts.
	 * @param filter the range, such as {@code /ip4/192.168.0.0/ipcidr/16}
	 * @return completes when it is refused
	 */
	Mono<Void> addSwarmFilter(Multiaddr filter);

	/**
	 * No longer refuses connections with a range of addresses.
	 * @param filter the range
	 * @return completes when it is no longer refused
	 */
	Mono<Void> removeSwarmFilter(Multiaddr filter);

	/**
	 * Lists the ranges of addresses with which connections are refused.
	 * @return the ranges
	 */
	Flux<Multiaddr> swarmFilters();

}
