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

package io.github.ipfstoolkit.rpc.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.function.Supplier;

import io.github.ipfstoolkit.rpc.RpcEndpoint;
import io.github.ipfstoolkit.rpc.Upload;
import io.github.ipfstoolkit.rpc.client.KuboClient;
import io.github.ipfstoolkit.rpc.client.ShortReplies;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * The RPC API by running the {@code ipfs} executable: a process for each command, on a
 * repository that needs no running node, or as a client of a node elsewhere.
 * <p>
 * A command that needs a running node, or a repository, where there is none fails with
 * {@link io.github.ipfstoolkit.rpc.UnsupportedCommandException}. Cancelling a command
 * ends its process. On a repository without a running node, commands wait for each other.
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class KuboCliClient extends KuboClient {

	/**
	 * The name of this backend.
	 */
	public static final String BACKEND = "cli";

	private static final String ROOT = "ipfs://executable";

	private final CliConnector connector;

	private KuboCliClient(Builder builder, CliConnector connector) {
		super(builder, connector, (webClient) -> webClient.filter(new ShortReplies(builder.timeouts()))
			.filter(KuboCliClient::toExecutable));
		this.connector = connector;
	}

	/**
	 * Begins to build a client for a repository. Where a node runs on it, the executable
	 * passes commands on to that; otherwise it works on the repository itself.
	 * @param executable where the executable is, asked when the first command is run. It
	 * may block
	 * @param repository the repository, which must have been initialized
	 * @return the builder
	 */
	public static Builder builder(Supplier<Path> executable, Path repository) {
		return new Builder(executable, () -> Nodes.in(repository));
	}

	/**
	 * Begins to build a client for a node elsewhere, to which the executable passes
	 * commands on.
	 * <p>
	 * The credentials are given to the executable as an argument, as it takes them in no
	 * other way: other users of this machine can see them while a command runs.
	 * @param executable where the executable is, asked when the first command is run. It
	 * may block
	 * @param endpoint where the node is; asked anew for each command. It may block
	 * @return the builder
	 */
	public static Builder builder(Supplier<Path> executable, Supplier<RpcEndpoint> endpoint) {
		return new Builder(executable, () -> Nodes.at(endpoint.get()));
	}

	private static Mono<ClientResponse> toExecutable(ClientRequest request, ExchangeFunction next) {
		Mono<ClientResponse> response = next
			.exchange(ClientRequest.from(request).url(URI.create(ROOT + request.url())).build());
		Object upload = request.attributes().get(UPLOAD_ATTRIBUTE);
		return (upload != null) ? response.contextWrite((context) -> context.put(Upload.class, upload)) : response;
	}

	@Override
	public String backend() {
		return BACKEND;
	}

	/**
	 * Ends all processes: what they were run for fails. Waits until they have ended,
	 * which takes some seconds where one does not want to.
	 */
	@Override
	public void close() {
		this.connector.close();
	}

	/**
	 * Builds a {@link KuboCliClient}. Not safe for use by several threads.
	 *
	 * @since 0.1.0
	 */
	public static final class Builder extends KuboClient.Builder<Builder> {

		private final Supplier<Path> executable;

		private final Supplier<Node> node;

		private int maxProcesses = 8;

		private Builder(Supplier<Path> executable, Supplier<Node> node) {
			super(BACKEND, true);
			this.executable = executable;
			this.node = node;
		}

		@Override
		protected Builder self() {
			return this;
		}

		/**
		 * Sets how many processes there may be at once. Those of endless commands are
		 * counted until they have begun.
		 * @param maxProcesses the maximum, 8 by default
		 * @return this builder
		 * @throws IllegalArgumentException if it is not positive
		 */
		public Builder maxProcesses(int maxProcesses) {
			Assert.isTrue(maxProcesses > 0, "'maxProcesses' must be positive");
			this.maxProcesses = maxProcesses;
			return this;
		}

		@Override
		public KuboCliClient build() {
			return new KuboCliClient(this, new CliConnector(this.executable, this.node, timeouts(), this.maxProcesses));
		}

	}

}
