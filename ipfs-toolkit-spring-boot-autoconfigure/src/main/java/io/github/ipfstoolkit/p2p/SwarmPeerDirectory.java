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

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.rpc.Kubo;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Mono;

/**
 * Knows no names. Reaches peers at the addresses that they had when they were last
 * connected, as a node forgets these when it restarts, and else by routing. Safe for use
 * by several threads.
 *
 * @since 0.1.0
 */
public final class SwarmPeerDirectory implements PeerDirectory {

	private static final Log logger = LogFactory.getLog(SwarmPeerDirectory.class);

	private static final int MAX_PEERS = 1000;

	private static final int MAX_ADDRESSES = 8;

	private final Kubo kubo;

	private final Duration timeout;

	private final Map<PeerId, List<Multiaddr>> addresses = Collections.synchronizedMap(new LinkedHashMap<>() {

		@Override
		protected boolean removeEldestEntry(Map.Entry<PeerId, List<Multiaddr>> eldest) {
			return size() > MAX_PEERS;
		}

	});

	/**
	 * Creates an instance.
	 * @param kubo the node
	 * @param timeout how long connecting to a peer may take
	 */
	public SwarmPeerDirectory(Kubo kubo, Duration timeout) {
		this.kubo = kubo;
		this.timeout = timeout;
	}

	@Override
	public Optional<PeerId> find(String name) {
		return Optional.empty();
	}

	@Override
	public boolean connect(PeerId peer) {
		return connect(peer, this.timeout);
	}

	@Override
	public boolean connect(PeerId peer, Duration timeout) {
		if (isConnected(peer)) {
			remember(peer);
			return true;
		}
		List<Multiaddr> known = this.addresses.getOrDefault(peer, List.of());
		// where none of them answers, or there is none, the node looks the peer up
		List<Multiaddr> candidates = known.isEmpty() ? List.of(Multiaddr.of("/p2p/" + peer)) : known;
		Duration limit = (timeout.compareTo(this.timeout) < 0) ? timeout : this.timeout;
		boolean connected = connectTo(candidates).timeout(limit, Mono.empty()).blockOptional().isPresent();
		if (connected) {
			this.addresses.remove(peer);
			remember(peer);
		}
		return connected;
	}

	private Mono<Boolean> connectTo(List<Multiaddr> addresses) {
		return this.kubo.swarm().connect(addresses).thenReturn(true).onErrorResume((ex) -> {
			logger.debug("Could not connect to " + addresses, ex);
			return Mono.empty();
		});
	}

	private boolean isConnected(PeerId peer) {
		return this.kubo.swarm()
			.peers()
			.map((peers) -> peers.peers().stream().anyMatch((connection) -> connection.peer().equals(peer)))
			.blockOptional(this.timeout)
			.orElse(false);
	}

	private void remember(PeerId peer) {
		if (this.addresses.putIfAbsent(peer, List.of()) == null) {
			// nobody waits for this: it only helps to find the peer again
			this.kubo.node().id(peer).subscribe((identity) -> {
				List<Multiaddr> known = identity.addresses().stream().limit(MAX_ADDRESSES).toList();
				this.addresses.replace(peer, known);
			}, (ex) -> this.addresses.remove(peer));
		}
	}

}
