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

package io.github.ipfstoolkit.rpc;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.PeerId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * Commands of {@code swarm}: the node's connections to other peers.
 *
 * @since 0.1.0
 */
@HttpExchange("/api/v0/swarm")
public interface SwarmApi {

	/**
	 * Lists the connections ({@code swarm/peers}).
	 * @return the connected peers
	 */
	@PostExchange("/peers")
	Mono<Peers> peers();

	/**
	 * Lists the connections with details ({@code swarm/peers}).
	 * @param verbose whether all details are wanted
	 * @return the connected peers
	 */
	@PostExchange("/peers")
	Mono<Peers> peers(@RequestParam("verbose") boolean verbose);

	/**
	 * Lists the connections with who opened them, and without other details
	 * ({@code swarm/peers}).
	 * @return the connected peers
	 */
	@PostExchange("/peers?direction=true")
	Mono<Peers> connections();

	/**
	 * Connects to a peer ({@code swarm/connect}).
	 * @param address an address of the peer that ends with its peer ID, or
	 * {@code /p2p/<peer ID>} alone, which is looked up by routing
	 * @return what happened, as text
	 */
	@PostExchange("/connect")
	Mono<Strings> connect(@RequestParam("arg") Multiaddr address);

	/**
	 * Connects to a peer of which several addresses are known ({@code swarm/connect}).
	 * They are dialled side by side; when none of them answers the node looks for others
	 * by routing.
	 * @param addresses addresses of one peer, each ending with its peer ID
	 * @return what happened, as text
	 */
	@PostExchange("/connect")
	Mono<Strings> connect(@RequestParam("arg") List<Multiaddr> addresses);

	/**
	 * Closes connections to a peer ({@code swarm/disconnect}).
	 * @param address the connection's address, or {@code /p2p/<peer ID>} for all
	 * connections to that peer
	 * @return what happened, as text: a failure may stand in it
	 */
	@PostExchange("/disconnect")
	Mono<Strings> disconnect(@RequestParam("arg") Multiaddr address);

	/**
	 * Lists the addresses that the node knows of other peers ({@code swarm/addrs}).
	 * @return the addresses by peer
	 */
	@PostExchange("/addrs")
	Mono<KnownAddresses> addresses();

	/**
	 * Lists the addresses that the node listens on ({@code swarm/addrs/listen}).
	 * @return the addresses, without the peer ID
	 */
	@PostExchange("/addrs/listen")
	Mono<Strings> listenAddresses();

	/**
	 * Lists the addresses that the node announces ({@code swarm/addrs/local}).
	 * @param withPeerId whether each is to end with the node's peer ID
	 * @return the addresses
	 */
	@PostExchange("/addrs/local")
	Mono<Strings> localAddresses(@RequestParam("id") boolean withPeerId);

	/**
	 * Lists the filters: ranges of addresses that are never dialled
	 * ({@code swarm/filters}).
	 * @return the filters, such as {@code /ip4/10.0.0.0/ipcidr/8}
	 */
	@PostExchange("/filters")
	Mono<Strings> filters();

	/**
	 * Adds a filter until the node ends ({@code swarm/filters/add}).
	 * @param filter the filter, such as {@code /ip4/10.0.0.0/ipcidr/8}
	 * @return the added filters
	 */
	@PostExchange("/filters/add")
	Mono<Strings> addFilter(@RequestParam("arg") Multiaddr filter);

	/**
	 * Removes a filter ({@code swarm/filters/rm}).
	 * @param filter the filter, or {@code all}
	 * @return the removed filters
	 */
	@PostExchange("/filters/rm")
	Mono<Strings> removeFilter(@RequestParam("arg") String filter);

	/**
	 * Keeps a connection to a peer: protects it from trimming and renews it when it
	 * breaks ({@code swarm/peering/add}), until the node ends.
	 * @param address an address of the peer that ends with its peer ID
	 * @return the peer and its state
	 */
	@PostExchange("/peering/add")
	Flux<PeeringStatus> addPeering(@RequestParam("arg") Multiaddr address);

	/**
	 * Keeps a connection to a peer of which several addresses are known
	 * ({@code swarm/peering/add}). They replace those that were given before.
	 * @param addresses addresses of one peer, each ending with its peer ID
	 * @return the peer and its state
	 */
	@PostExchange("/peering/add")
	Flux<PeeringStatus> addPeering(@RequestParam("arg") List<Multiaddr> addresses);

	/**
	 * Lists the peers to which connections are kept ({@code swarm/peering/ls}).
	 * @return the peers
	 */
	@PostExchange("/peering/ls")
	Mono<Peerings> peerings();

	/**
	 * No longer keeps the connection to a peer ({@code swarm/peering/rm}).
	 * @param peer the peer
	 * @return the peer and its state
	 */
	@PostExchange("/peering/rm")
	Flux<PeeringStatus> removePeering(@RequestParam("arg") PeerId peer);

	/**
	 * The connected peers.
	 *
	 * @param peers a connection each
	 */
	record Peers(@JsonProperty("Peers") List<Peer> peers) {

		public Peers {
			peers = Replies.orEmpty(peers);
		}

	}

	/**
	 * A connection to a peer.
	 *
	 * @param address the remote address, without the peer ID
	 * @param peer the peer
	 * @param latency the round trip's time as text such as {@code 12.3ms}, empty unless
	 * asked for
	 * @param muxer the stream multiplexer, empty unless asked for
	 * @param direction {@link #INBOUND} or {@link #OUTBOUND}, 0 unless asked for
	 */
	record Peer(@JsonProperty("Addr") Multiaddr address, @JsonProperty("Peer") PeerId peer,
			@JsonProperty("Latency") @Nullable String latency, @JsonProperty("Muxer") @Nullable String muxer,
			@JsonProperty("Direction") int direction) {

		/** The direction of a connection that the peer has opened. */
		public static final int INBOUND = 1;

		/** The direction of a connection that the node has opened. */
		public static final int OUTBOUND = 2;

	}

	/**
	 * The addresses that the node knows.
	 *
	 * @param addresses the addresses by peer
	 */
	record KnownAddresses(@JsonProperty("Addrs") Map<PeerId, List<Multiaddr>> addresses) {

		public KnownAddresses {
			addresses = (addresses != null) ? Map.copyOf(addresses) : Map.of();
		}

	}

	/**
	 * A peer to which the connection is kept.
	 *
	 * @param id the peer
	 * @param status what was done, such as {@code success}
	 */
	record PeeringStatus(@JsonProperty("ID") PeerId id, @JsonProperty("Status") String status) {
	}

	/**
	 * The peers to which connections are kept.
	 *
	 * @param peers the peers
	 */
	record Peerings(@JsonProperty("Peers") List<Peering> peers) {

		public Peerings {
			peers = Replies.orEmpty(peers);
		}

	}

	/**
	 * A peer to which the connection is kept.
	 *
	 * @param id the peer
	 * @param addresses its addresses
	 */
	record Peering(@JsonProperty("ID") PeerId id, @JsonProperty("Addrs") List<Multiaddr> addresses) {

		public Peering {
			addresses = Replies.orEmpty(addresses);
		}

	}

}
