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

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.ipfstoolkit.Cid;
import io.github.ipfstoolkit.PeerId;
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

}
