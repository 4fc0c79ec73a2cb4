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
import reactor.core.publisher.Mono;

import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * Commands of {@code bootstrap}: the peers that the node connects to when it starts. They
 * are given as texts, as {@code auto} stands for those that Kubo recommends.
 *
 * @since 0.1.0
 */
@HttpExchange("/api/v0/bootstrap")
public interface BootstrapApi {

	/**
	 * Lists the bootstrap peers ({@code bootstrap/list}).
	 * @return the peers
	 */
	@PostExchange("/list")
	Mono<Peers> list();

	/**
	 * Lists the bootstrap peers ({@code bootstrap/list}).
	 * @param expandAuto whether to list the peers that {@code auto} stands for
	 * @return the peers
	 */
	@PostExchange("/list")
	Mono<Peers> list(@RequestParam("expand-auto") boolean expandAuto);

	/**
	 * Lists the bootstrap peers ({@code bootstrap}): the same as {@link #list()}.
	 * @return the peers
	 */
	@PostExchange
	Mono<Peers> bootstrap();

	/**
	 * Adds bootstrap peers ({@code bootstrap/add}).
	 * @param peers addresses that end with the peer's ID, or {@code auto}
	 * @return the added peers
	 */
	@PostExchange("/add")
	Mono<Peers> add(@RequestParam("arg") List<String> peers);

	/**
	 * Removes bootstrap peers ({@code bootstrap/rm}).
	 * @param peers their addresses as they are listed
	 * @return the removed peers
	 */
	@PostExchange("/rm")
	Mono<Peers> rm(@RequestParam("arg") List<String> peers);

	/**
	 * Removes all bootstrap peers ({@code bootstrap/rm}).
	 * @param all {@code true}
	 * @return the removed peers
	 * @deprecated use {@link #rmAll()}
	 */
	@Deprecated(since = "0.1.0")
	@PostExchange("/rm")
	Mono<Peers> rm(@RequestParam("all") boolean all);

	/**
	 * Removes all bootstrap peers ({@code bootstrap/rm/all}).
	 * @return the removed peers
	 */
	@PostExchange("/rm/all")
	Mono<Peers> rmAll();

	/**
	 * Bootstrap peers.
	 *
	 * @param peers their addresses, each with the peer's ID, or {@code auto}
	 */
	record Peers(@JsonProperty("Peers") List<String> peers) {

		public Peers {
			peers = Replies.orEmpty(peers);
		}

	}

}
