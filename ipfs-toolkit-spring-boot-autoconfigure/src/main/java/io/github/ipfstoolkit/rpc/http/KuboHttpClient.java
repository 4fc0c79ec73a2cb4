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

import java.util.function.Supplier;

import io.github.ipfstoolkit.rpc.RpcEndpoint;
import io.github.ipfstoolkit.rpc.client.KuboClient;

import org.springframework.http.HttpHeaders;
import org.springframework.util.Assert;

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
		this(builder, new KuboConnector(builder.endpoint, builder.timeouts(), builder.maxConnections));
	}

	private KuboHttpClient(Builder builder, KuboConnector connector) {
		super(builder, connector, (webClient) -> webClient.defaultHeader(HttpHeaders.USER_AGENT, USER_AGENT));
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
