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

package io.github.ipfstoolkit.rpc.http;

import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.ipfstoolkit.rpc.RpcEndpoint;
import io.github.ipfstoolkit.rpc.client.KuboClient;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.HttpHeaders;
import org.springframework.util.Assert;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * The RPC API over HTTP.
 * <p>
 * It has connections and time-outs of its own: what an application sets for its other
 * HTTP clients does not reach it. Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class KuboHttpClient extends KuboClient {

	/**
	 * The name of this backend.
	 */
	public static final String BACKEND = "http";

	/**
	 * Neither a browser's name nor {@code /kubo/}: Kubo refuses the first without an
	 * Origin header and the second unless its version is its own.
	 */
	private static final String USER_AGENT = "ipfs-toolkit-spring-boot";

	private final KuboConnector connector;

	/**
	 * Creates a client with default settings.
	 * @param endpoint where the node is; asked anew for each request, as a managed node
	 * may move to another port when it restarts. It may block
	 */
	public KuboHttpClient(Supplier<RpcEndpoint> endpoint) {
		this(builder(endpoint));
	}

	private KuboHttpClient(Builder builder) {
		this(builder, new KuboConnector(builder.timeouts(), builder.maxConnections));
	}

	private KuboHttpClient(Builder builder, KuboConnector connector) {
		super(builder, connector, transport(builder.endpoint));
		this.connector = connector;
	}

	/**
	 * Begins to build a client.
	 * @param endpoint where the node is; asked anew for each request, as a managed node
	 * may move to another port when it restarts. It may block
	 * @return the builder
	 */
	public static Builder builder(Supplier<RpcEndpoint> endpoint) {
		return new Builder(endpoint);
	}

	private static Consumer<WebClient.Builder> transport(Supplier<RpcEndpoint> endpoint) {
		return (webClient) -> webClient.defaultHeader(HttpHeaders.USER_AGENT, USER_AGENT).filter(toEndpoint(endpoint));
	}

	/**
	 * Asks where the node is: without a change of thread where it may block, as it mostly
	 * does not.
	 */
	private static ExchangeFilterFunction toEndpoint(Supplier<RpcEndpoint> supplier) {
		return (request, next) -> Mono.defer(() -> {
			if (Schedulers.isInNonBlockingThread()) {
				return Mono.fromSupplier(supplier)
					.subscribeOn(Schedulers.boundedElastic())
					.flatMap((endpoint) -> exchange(request, next, endpoint));
			}
			return exchange(request, next, supplier.get());
		});
	}

	/**
	 * Leaves it to the connector to address the request: a copy of it would cost as much
	 * as all that is checked about a small command.
	 */
	private static Mono<ClientResponse> exchange(ClientRequest request, ExchangeFunction next, RpcEndpoint endpoint) {
		return next.exchange(request).contextWrite((context) -> context.put(RpcEndpoint.class, endpoint));
	}

	@Override
	public String backend() {
		return BACKEND;
	}

	/**
	 * Closes all connections, also those in use: what they were used for fails.
	 */
	@Override
	public void close() {
		this.connector.close();
	}

	/**
	 * Builds a {@link KuboHttpClient}. Not safe for use by several threads.
	 *
	 * @since 0.1.0
	 */
	public static final class Builder extends KuboClient.Builder<Builder> {

		private final Supplier<RpcEndpoint> endpoint;

		private int maxConnections = 64;

		private Builder(Supplier<RpcEndpoint> endpoint) {
			super(BACKEND, false);
			this.endpoint = endpoint;
		}

		@Override
		protected Builder self() {
			return this;
		}

		/**
		 * Sets how many connections commands may use at once. Endless streams have
		 * connections of their own, which are not counted.
		 * @param maxConnections the maximum, 64 by default
		 * @return this builder
		 * @throws IllegalArgumentException if it is not positive
		 */
		public Builder maxConnections(int maxConnections) {
			Assert.isTrue(maxConnections > 0, "'maxConnections' must be positive");
			this.maxConnections = maxConnections;
			return this;
		}

		@Override
		public KuboHttpClient build() {
			return new KuboHttpClient(this);
		}

	}

}
