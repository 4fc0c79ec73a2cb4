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

package io.github.ipfstoolkit.node;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.rpc.CommandFailedException;
import io.github.ipfstoolkit.rpc.Kubo;
import io.github.ipfstoolkit.rpc.KuboVersion;
import io.github.ipfstoolkit.rpc.RpcAccessDeniedException;
import io.github.ipfstoolkit.rpc.RpcEndpoint;
import io.github.ipfstoolkit.rpc.RpcException;
import io.github.ipfstoolkit.rpc.client.RpcRetries;
import io.github.ipfstoolkit.rpc.client.RpcTimeouts;
import io.github.ipfstoolkit.rpc.http.KuboHttpClient;
import reactor.core.publisher.Mono;

/**
 * Asks a node the few things that have to be known before anything else is set up:
 * whether there is one, and whether it has stream mounting on. Uses a client of its own,
 * so that no configuration of the application can get in the way.
 */
final class NodeProbe {

	private static final String MOUNTING_OFF = "libp2p stream mounting not enabled";

	private final RpcEndpoint endpoint;

	private final RpcTimeouts timeouts;

	NodeProbe(RpcEndpoint endpoint, Duration timeout) {
		this.endpoint = endpoint;
		this.timeouts = new RpcTimeouts(timeout, timeout, timeout, timeout, timeout);
	}

	/**
	 * Checks that an IPFS node answers. One that denies access is a node as well: Kubo
	 * does so when credentials are missing or wrong.
	 * @return its version, empty where it does not tell, or that is none of Kubo's
	 * @throws IOException if none does
	 */
	Optional<KuboVersion> requireNode() throws IOException {
		try {
			return ask((kubo) -> kubo.node().version()).map((reply) -> KuboVersion.of(reply.version()));
		}
		catch (RpcAccessDeniedException | IllegalArgumentException ex) {
			return Optional.empty();
		}
		catch (RpcException ex) {
			throw new IOException("what answers is no IPFS node: " + ex.getMessage(), ex);
		}
		catch (IpfsException ex) {
			throw new IOException(ex.getMessage(), ex);
		}
	}

	/**
	 * Asks whether tunnels can be made.
	 */
	Mounting mounting() throws IOException {
		try {
			ask((kubo) -> kubo.p2p().ls());
			return Mounting.ON;
		}
		catch (CommandFailedException ex) {
			return String.valueOf(ex.getMessage()).contains(MOUNTING_OFF) ? Mounting.OFF : Mounting.UNKNOWN;
		}
		catch (RpcException ex) {
			return Mounting.UNKNOWN;
		}
		catch (IpfsException ex) {
			throw new IOException(ex.getMessage(), ex);
		}
	}

	/**
	 * Switches stream mounting on, which Kubo looks at anew for each command.
	 * @throws IOException if the node refuses
	 */
	void enableMounting() throws IOException {
		try {
			ask((kubo) -> kubo.config().setJson("Experimental.Libp2pStreamMounting", "true"));
		}
		catch (IpfsException ex) {
			throw new IOException(ex.getMessage(), ex);
		}
	}

	private <T> Optional<T> ask(Function<Kubo, Mono<T>> question) {
		try (KuboHttpClient kubo = KuboHttpClient.builder(() -> this.endpoint)
			.timeouts(this.timeouts)
			.retries(RpcRetries.NONE)
			.build()) {
			return question.apply(kubo).blockOptional();
		}
	}

	enum Mounting {

		ON, OFF, UNKNOWN

	}

}
