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
 * Commands of {@code bitswap}: the exchange of blocks with other peers.
 *
 * @since 0.1.0
 */
@HttpExchange("/api/v0/bitswap")
public interface BitswapApi {

	/**
	 * Tells what was exchanged ({@code bitswap/stat}).
	 * @return totals since the node was started
	 */
	@PostExchange("/stat")
	Mono<StatsApi.Bitswap> stat();

	/**
	 * Lists the blocks that the node is looking for ({@code bitswap/wantlist}).
	 * @return the blocks
	 */
	@PostExchange("/wantlist")
	Mono<Wantlist> wantlist();

	/**
	 * Lists the blocks that a peer is looking for ({@code bitswap/wantlist}).
	 * @param peer the peer
	 * @return the blocks
	 */
	@PostExchange("/wantlist")
	Mono<Wantlist> wantlist(@RequestParam("peer") PeerId peer);

	/**
	 * Tells what was exchanged with a peer ({@code bitswap/ledger}).
	 * @param peer the peer
	 * @return the peer's ledger; zeros where nothing was exchanged
	 */
	@PostExchange("/ledger")
	Mono<Ledger> ledger(@RequestParam("arg") PeerId peer);

	/**
	 * Announces all content anew ({@code bitswap/reprovide}). An error unless the node's
	 * {@code Provide.DHT.SweepEnabled} is off.
	 * @return completes when all is announced
	 * @deprecated the node announces by itself; {@link ProvideApi#once(List)} announces
	 * single content
	 */
	@Deprecated(since = "0.1.0")
	@PostExchange("/reprovide")
	Mono<Void> reprovide();

	/**
	 * Blocks that are looked for.
	 *
	 * @param keys the blocks
	 */
	record Wantlist(@JsonProperty("Keys") List<Cid> keys) {

		public Wantlist {
			keys = Replies.orEmpty(keys);
		}

	}

	/**
	 * What was exchanged with a peer.
	 *
	 * @param peer the peer
	 * @param debtRatio what was sent by what was received, plus one
	 * @param sent bytes sent
	 * @param received bytes received
	 * @param exchanged how many blocks were exchanged
	 */
	record Ledger(@JsonProperty("Peer") PeerId peer, @JsonProperty("Value") double debtRatio,
			@JsonProperty("Sent") long sent, @JsonProperty("Recv") long received,
			@JsonProperty("Exchanged") long exchanged) {
	}

}
