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
import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.PeerId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * Commands of {@code routing}: finding peers and providers of content.
 *
 * @since 0.1.0
 */
@HttpExchange("/api/v0/routing")
public interface RoutingApi {

	/**
	 * Looks for a peer's addresses ({@code routing/findpeer}).
	 * @param peer the peer
	 * @return the events of the search; those of type {@link QueryEvent#FINAL_PEER} hold
	 * the result
	 */
	@PostExchange("/findpeer")
	Flux<QueryEvent> findPeer(@RequestParam("arg") PeerId peer);

	/**
	 * Looks for peers that have content ({@code routing/findprovs}).
	 * @param cid the content
	 * @param max how many to find
	 * @return the events of the search; those of type {@link QueryEvent#PROVIDER} hold
	 * the results
	 */
	@PostExchange("/findprovs")
	Flux<QueryEvent> findProviders(@RequestParam("arg") Cid cid, @RequestParam("num-providers") int max);

	/**
	 * Looks for the best record of a key ({@code routing/get}).
	 * @param key the key, such as {@code /ipns/<name>}
	 * @return the events of the search; those of type {@link QueryEvent#VALUE} hold the
	 * record in base 64
	 */
	@PostExchange("/get")
	Flux<QueryEvent> get(@RequestParam("arg") String key);

	/**
	 * Publishes a record ({@code routing/put}). {@link NameApi#put} is made for IPNS
	 * records.
	 * @param key the key, such as {@code /ipns/<name>}
	 * @param upload the record: a single file
	 * @param allowOffline whether it is no error that the node has no connections
	 * @return an event of type {@link QueryEvent#VALUE}
	 */
	@PostExchange("/put")
	Flux<QueryEvent> put(@RequestParam("arg") String key, Upload upload,
			@RequestParam("allow-offline") boolean allowOffline);

	/**
	 * Announces content ({@code routing/provide}).
	 * @param cids the content
	 * @param recursive whether to announce all its blocks
	 * @return the events of announcing
	 * @deprecated use {@link ProvideApi#once(List, boolean)}
	 */
	@Deprecated(since = "0.1.0")
	@PostExchange("/provide")
	Flux<QueryEvent> provide(@RequestParam("arg") List<Cid> cids, @RequestParam("recursive") boolean recursive);

	/**
	 * Announces all content anew ({@code routing/reprovide}). An error unless the node's
	 * {@code Provide.DHT.SweepEnabled} is off.
	 * @return completes when all is announced
	 * @deprecated the node announces by itself; {@link ProvideApi#once(List)} announces
	 * single content
	 */
	@Deprecated(since = "0.1.0")
	@PostExchange("/reprovide")
	Mono<Void> reprovide();

	/**
	 * An event of a search.
	 *
	 * @param type what happened: one of the constants of this type
	 * @param id the peer that it concerns
	 * @param responses peers with their addresses
	 * @param extra a value or an error's text
	 */
	record QueryEvent(@JsonProperty("Type") int type, @JsonProperty("ID") @Nullable String id,
			@JsonProperty("Responses") List<PeerAddresses> responses, @JsonProperty("Extra") @Nullable String extra) {

		/** The peer that was looked for. */
		public static final int FINAL_PEER = 2;

		/** An error of one step; the search goes on. */
		public static final int QUERY_ERROR = 3;

		/** A peer that has the content. */
		public static final int PROVIDER = 4;

		/** A record's value. */
		public static final int VALUE = 5;

		public QueryEvent {
			responses = Replies.orEmpty(responses);
		}

	}

	/**
	 * A peer with its addresses.
	 *
	 * @param id the peer
	 * @param addresses the addresses, without the peer ID
	 */
	record PeerAddresses(@JsonProperty("ID") PeerId id, @JsonProperty("Addrs") List<Multiaddr> addresses) {

		public PeerAddresses {
			addresses = Replies.orEmpty(addresses);
		}

	}

}
