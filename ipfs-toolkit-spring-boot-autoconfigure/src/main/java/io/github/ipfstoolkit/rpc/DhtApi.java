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

import io.github.ipfstoolkit.PeerId;
import reactor.core.publisher.Flux;

import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * What is left of the commands of {@code dht}. The others are among those of
 * {@link RoutingApi}.
 *
 * @since 0.1.0
 * @deprecated as Kubo keeps it for old clients only; {@link RoutingApi} replaces it
 */
@Deprecated(since = "0.1.0")
@HttpExchange("/api/v0/dht")
public interface DhtApi {

	/**
	 * Looks for the peers that are closest to others in the distributed hash table
	 * ({@code dht/query}).
	 * @param peers the peers
	 * @return the events of the search
	 */
	@PostExchange("/query")
	Flux<RoutingApi.QueryEvent> query(@RequestParam("arg") List<PeerId> peers);

}
