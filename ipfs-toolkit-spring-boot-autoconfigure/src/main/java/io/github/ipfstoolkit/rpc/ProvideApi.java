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
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * Commands of {@code provide}: announcing to the network which content the node has. It
 * does so by itself.
 *
 * @since 0.1.0
 */
@HttpExchange("/api/v0/provide")
public interface ProvideApi {

	/**
	 * Announces content at once, the given blocks only ({@code provide/once}, Kubo 0.42
	 * or newer).
	 * @param cids the content
	 * @return what will be announced
	 */
	@PostExchange("/once")
	Flux<Queued> once(@RequestParam("arg") List<Cid> cids);

	/**
	 * Announces content at once ({@code provide/once}, Kubo 0.42 or newer).
	 * @param cids the content
	 * @param recursive whether to announce all its blocks
	 * @return what will be announced
	 */
	@PostExchange("/once")
	Flux<Queued> once(@RequestParam("arg") List<Cid> cids, @RequestParam("recursive") boolean recursive);

	/**
	 * Tells how announcing goes ({@code provide/stat}, Kubo 0.39 or newer).
	 * @return the numbers
	 */
	@PostExchange("/stat")
	Mono<Stat> stat();

	/**
	 * Tells how announcing goes ({@code provide/stat}, Kubo 0.39 or newer).
	 * @param lan whether to tell of the local network's DHT in place of the public one's;
	 * an error where the node has no such
	 * @return the numbers
	 */
	@PostExchange("/stat")
	Mono<Stat> stat(@RequestParam("lan") boolean lan);

	/**
	 * Forgets what waits to be announced ({@code provide/clear}).
	 * @return how many CIDs waited
	 */
	@PostExchange("/clear")
	Mono<Long> clear();

	/**
	 * Forgets what waits to be announced ({@code provide/clear} with {@code quiet}).
	 * @return completes when it is forgotten
	 */
	@PostExchange("/clear?quiet=true")
	Mono<Void> clearQuietly();

	/**
	 * Content that will be announced.
	 *
	 * @param cid the content
	 */
	record Queued(@JsonProperty("Queued") Cid cid) {
	}

	/**
	 * How announcing goes. The numbers change with Kubo's versions, so they come as they
	 * are.
	 *
	 * @param sweep the numbers of the provider that sweeps through the key space,
	 * {@code null} where the other one is in use
	 * @param legacy the numbers of the provider that the node uses with
	 * {@code Provide.DHT.SweepEnabled} off
	 * @param fullRt whether the accelerated DHT client is in use; only told with
	 * {@code legacy}
	 */
	record Stat(@JsonProperty("Sweep") @Nullable JsonNode sweep, @JsonProperty("Legacy") @Nullable JsonNode legacy,
			@JsonProperty("FullRT") boolean fullRt) {

		public Stat {
			sweep = (sweep != null && sweep.isNull()) ? null : sweep;
			legacy = (legacy != null && legacy.isNull()) ? null : legacy;
		}

	}

}
