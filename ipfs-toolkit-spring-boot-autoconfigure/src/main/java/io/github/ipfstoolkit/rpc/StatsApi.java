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

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.ipfstoolkit.Cid;
import io.github.ipfstoolkit.PeerId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * Commands of {@code stats}: what the node counts.
 *
 * @since 0.1.0
 */
@HttpExchange("/api/v0/stats")
public interface StatsApi {

	/**
	 * Tells how much was exchanged with all peers ({@code stats/bw}).
	 * @return totals since the node was started, and current rates
	 */
	@PostExchange("/bw")
	Mono<Bandwidth> bandwidth();

	/**
	 * Tells how much was exchanged with a peer ({@code stats/bw}).
	 * @param peer the peer
	 * @return totals since the node was started, and current rates
	 */
	@PostExchange("/bw")
	Mono<Bandwidth> bandwidth(@RequestParam("peer") PeerId peer);

	/**
	 * Tells how much was exchanged with all peers by a libp2p protocol
	 * ({@code stats/bw}).
	 * @param protocol the protocol, such as {@code /ipfs/bitswap/1.2.0}
	 * @return totals since the node was started, and current rates
	 */
	@PostExchange("/bw")
	Mono<Bandwidth> bandwidth(@RequestParam("proto") String protocol);

	/**
	 * Tells what was exchanged by Bitswap ({@code stats/bitswap}).
	 * @return totals since the node was started
	 */
	@PostExchange("/bitswap")
	Mono<Bitswap> bitswap();

	/**
	 * Tells how much was exchanged ({@code stats/bw}).
	 * @param options with which peer or by which protocol, and how often to tell
	 * @return totals since the node was started, and current rates: once, or again and
	 * again without end with {@link BandwidthOptions#poll(boolean)}
	 */
	@PostExchange("/bw")
	Flux<Bandwidth> bandwidth(BandwidthOptions options);

	/**
	 * Tells how large the repository is ({@code stats/repo}): the same as
	 * {@link RepoApi#stat(boolean)}.
	 * @param sizeOnly whether to leave the blocks uncounted, which is faster
	 * @return the sizes
	 */
	@PostExchange("/repo")
	Mono<RepoApi.Stat> repo(@RequestParam("size-only") boolean sizeOnly);

	/**
	 * Lists the peers in the tables of the distributed hash table ({@code stats/dht}).
	 * @return a table for the public network, and one for the local network
	 */
	@PostExchange("/dht")
	Flux<DhtTable> dht();

	/**
	 * Lists the peers in tables of the distributed hash table ({@code stats/dht}).
	 * @param tables which: {@code wan}, {@code lan}, {@code wanserver} or
	 * {@code lanserver}
	 * @return the tables
	 */
	@PostExchange("/dht")
	Flux<DhtTable> dht(@RequestParam("arg") List<String> tables);

	/**
	 * Tells how announcing content goes ({@code stats/provide}).
	 * @param lan whether to tell of the local network's DHT
	 * @return the numbers
	 * @deprecated use {@link ProvideApi#stat(boolean)}
	 */
	@Deprecated(since = "0.1.0")
	@PostExchange("/provide")
	Mono<ProvideApi.Stat> provide(@RequestParam("lan") boolean lan);

	/**
	 * Tells how announcing content goes ({@code stats/reprovide}).
	 * @param lan whether to tell of the local network's DHT
	 * @return the numbers
	 * @deprecated use {@link ProvideApi#stat(boolean)}
	 */
	@Deprecated(since = "0.1.0")
	@PostExchange("/reprovide")
	Mono<ProvideApi.Stat> reprovide(@RequestParam("lan") boolean lan);

	/**
	 * How much was exchanged.
	 *
	 * @param totalIn bytes received
	 * @param totalOut bytes sent
	 * @param rateIn bytes received a second
	 * @param rateOut bytes sent a second
	 */
	record Bandwidth(@JsonProperty("TotalIn") long totalIn, @JsonProperty("TotalOut") long totalOut,
			@JsonProperty("RateIn") double rateIn, @JsonProperty("RateOut") double rateOut) {
	}

	/**
	 * What was exchanged by Bitswap.
	 *
	 * @param wantlist the blocks that the node is looking for
	 * @param peers the peers with which it exchanges
	 * @param blocksReceived how many blocks were received
	 * @param dataReceived how many bytes these had
	 * @param duplicateBlocksReceived how many blocks came a second time
	 * @param duplicateDataReceived how many bytes these had
	 * @param messagesReceived how many messages were received
	 * @param blocksSent how many blocks were sent
	 * @param dataSent how many bytes these had
	 */
	record Bitswap(@JsonProperty("Wantlist") List<Cid> wantlist, @JsonProperty("Peers") List<PeerId> peers,
			@JsonProperty("BlocksReceived") long blocksReceived, @JsonProperty("DataReceived") long dataReceived,
			@JsonProperty("DupBlksReceived") long duplicateBlocksReceived,
			@JsonProperty("DupDataReceived") long duplicateDataReceived,
			@JsonProperty("MessagesReceived") long messagesReceived, @JsonProperty("BlocksSent") long blocksSent,
			@JsonProperty("DataSent") long dataSent) {

		public Bitswap {
			wantlist = Replies.orEmpty(wantlist);
			peers = Replies.orEmpty(peers);
		}

	}

	/**
	 * A table of the distributed hash table.
	 *
	 * @param name the network: {@code wan} or {@code lan}
	 * @param buckets its peers, by how close they are
	 */
	record DhtTable(@JsonProperty("Name") String name, @JsonProperty("Buckets") List<Bucket> buckets) {

		public DhtTable {
			buckets = Replies.orEmpty(buckets);
		}

	}

	/**
	 * Peers that are about equally close.
	 *
	 * @param lastRefresh when they were last looked for, in ISO 8601; empty for never
	 * @param peers the peers
	 */
	record Bucket(@JsonProperty("LastRefresh") @Nullable String lastRefresh,
			@JsonProperty("Peers") List<DhtPeer> peers) {

		public Bucket {
			peers = Replies.orEmpty(peers);
		}

	}

	/**
	 * A peer in a table.
	 *
	 * @param id the peer
	 * @param connected whether the node is connected to it
	 * @param agentVersion its software's name and version
	 * @param lastUsefulAt when it last helped, in ISO 8601; empty for never
	 * @param lastQueriedAt when it was last asked, in ISO 8601; empty for never
	 */
	record DhtPeer(@JsonProperty("ID") PeerId id, @JsonProperty("Connected") boolean connected,
			@JsonProperty("AgentVersion") @Nullable String agentVersion,
			@JsonProperty("LastUsefulAt") @Nullable String lastUsefulAt,
			@JsonProperty("LastQueriedAt") @Nullable String lastQueriedAt) {
	}

	/**
	 * Options of {@code stats/bw}.
	 */
	final class BandwidthOptions extends CommandOptions<BandwidthOptions> {

		private static final BandwidthOptions DEFAULTS = new BandwidthOptions(Map.of());

		private BandwidthOptions(Map<String, List<String>> parameters) {
			super(parameters, BandwidthOptions::new);
		}

		/**
		 * Returns options of which none is set.
		 * @return the options
		 */
		public static BandwidthOptions defaults() {
			return DEFAULTS;
		}

		/**
		 * Counts only what is exchanged with a peer.
		 * @param peer the peer
		 * @return new options
		 */
		public BandwidthOptions peer(PeerId peer) {
			return with("peer", peer);
		}

		/**
		 * Counts only what is exchanged by a libp2p protocol; not together with a peer.
		 * @param protocol the protocol, such as {@code /ipfs/bitswap/1.2.0}
		 * @return new options
		 */
		public BandwidthOptions protocol(String protocol) {
			return with("proto", protocol);
		}

		/**
		 * Sets whether the numbers are told again and again.
		 * @param poll whether to go on
		 * @return new options
		 */
		public BandwidthOptions poll(boolean poll) {
			return with("poll", poll);
		}

		/**
		 * Sets how often.
		 * @param interval how long between two reports, 1 second by default
		 * @return new options
		 */
		public BandwidthOptions interval(Duration interval) {
			return with("interval", interval);
		}

	}

}
