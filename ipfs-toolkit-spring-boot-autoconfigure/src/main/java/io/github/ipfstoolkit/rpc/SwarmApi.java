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
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.PeerId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.annotation.JsonDeserialize;

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
	 * Lists the connections ({@code swarm/peers}).
	 * @param options which details are wanted
	 * @return the connected peers
	 */
	@PostExchange("/peers")
	Mono<Peers> peers(PeersOptions options);

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
	 * @return what happened, as text; an error where the connection could not be closed,
	 * or there is none
	 */
	@PostExchange("/disconnect")
	Mono<Disconnected> disconnect(@RequestParam("arg") Multiaddr address);

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
	 * Tells whether the node can be reached from outside ({@code swarm/addrs/autonat},
	 * Kubo 0.40 or newer).
	 * @return what other peers have found
	 */
	@PostExchange("/addrs/autonat")
	Mono<Reachability> reachability();

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
	 * Tells how much connections and streams may use, and do ({@code swarm/resources}).
	 * @return limits and usage by scope, as Kubo has them
	 */
	@PostExchange("/resources")
	Mono<JsonNode> resources();

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
	 * @param streams the open streams, empty unless asked for
	 * @param identity what the peer says of itself, {@code null} unless asked for
	 */
	record Peer(@JsonProperty("Addr") Multiaddr address, @JsonProperty("Peer") PeerId peer,
			@JsonProperty("Latency") @Nullable String latency, @JsonProperty("Muxer") @Nullable String muxer,
			@JsonProperty("Direction") int direction, @JsonProperty("Streams") List<PeerStream> streams,
			@JsonProperty("Identify") @JsonDeserialize(
					using = KnownIdentityDeserializer.class) NodeApi.@Nullable Identity identity) {

		/** The direction of a connection that the peer has opened. */
		public static final int INBOUND = 1;

		/** The direction of a connection that the node has opened. */
		public static final int OUTBOUND = 2;

		public Peer {
			streams = Replies.orEmpty(streams);
		}

		/**
		 * Creates a connection of which neither the streams nor the peer's identity are
		 * known.
		 * @param address the remote address, without the peer ID
		 * @param peer the peer
		 * @param latency the round trip's time as text
		 * @param muxer the stream multiplexer
		 * @param direction {@link #INBOUND} or {@link #OUTBOUND}, 0 unless known
		 */
		public Peer(Multiaddr address, PeerId peer, @Nullable String latency, @Nullable String muxer, int direction) {
			this(address, peer, latency, muxer, direction, List.of(), null);
		}

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

	/**
	 * A stream of a connection.
	 *
	 * @param protocol the libp2p protocol, empty for one that is not yet agreed on
	 */
	record PeerStream(@JsonProperty("Protocol") String protocol) {
	}

	/**
	 * What became of connections that were to be closed.
	 *
	 * @param strings a text for each
	 */
	record Disconnected(@JsonProperty("Strings") List<String> strings) implements InBandError {

		public Disconnected {
			strings = Replies.orEmpty(strings);
		}

		@Override
		public @Nullable String error() {
			String failures = this.strings.stream()
				.filter((text) -> text.contains(" failure: "))
				.collect(Collectors.joining("; "));
			return failures.isEmpty() ? null : failures;
		}

	}

	/**
	 * Whether a node can be reached.
	 *
	 * @param reachability {@code Public}, {@code Private} or {@code Unknown}
	 * @param nat what is in between, such as {@code cgnat} or {@code double-nat}; empty
	 * where that is not known
	 * @param reachable the addresses at which it can be reached
	 * @param unreachable the addresses at which it cannot be reached
	 * @param unknown the addresses of which it is not known
	 */
	record Reachability(@JsonProperty("reachability") String reachability, @JsonProperty("nat") String nat,
			@JsonProperty("reachable") List<Multiaddr> reachable,
			@JsonProperty("unreachable") List<Multiaddr> unreachable,
			@JsonProperty("unknown") List<Multiaddr> unknown) {

		public Reachability {
			nat = (nat != null) ? nat : "";
			reachable = Replies.orEmpty(reachable);
			unreachable = Replies.orEmpty(unreachable);
			unknown = Replies.orEmpty(unknown);
		}

	}

	/**
	 * Options of {@code swarm/peers}.
	 */
	final class PeersOptions extends CommandOptions<PeersOptions> {

		private static final PeersOptions DEFAULTS = new PeersOptions(Map.of());

		private PeersOptions(Map<String, List<String>> parameters) {
			super(parameters, PeersOptions::new);
		}

		/**
		 * Returns options of which none is set.
		 * @return the options
		 */
		public static PeersOptions defaults() {
			return DEFAULTS;
		}

		/**
		 * Sets whether all details are wanted.
		 * @param verbose whether all are
		 * @return new options
		 */
		public PeersOptions verbose(boolean verbose) {
			return with("verbose", verbose);
		}

		/**
		 * Sets whether the open streams are wanted.
		 * @param streams whether they are
		 * @return new options
		 */
		public PeersOptions streams(boolean streams) {
			return with("streams", streams);
		}

		/**
		 * Sets whether the round trip's time is wanted.
		 * @param latency whether it is
		 * @return new options
		 */
		public PeersOptions latency(boolean latency) {
			return with("latency", latency);
		}

		/**
		 * Sets whether it is wanted who has opened the connection.
		 * @param direction whether it is
		 * @return new options
		 */
		public PeersOptions direction(boolean direction) {
			return with("direction", direction);
		}

		/**
		 * Sets whether what the peers say of themselves is wanted.
		 * @param identify whether it is
		 * @return new options
		 */
		public PeersOptions identify(boolean identify) {
			return with("identify", identify);
		}

	}

}
