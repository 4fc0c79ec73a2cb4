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

package io.github.ipfstoolkit.rpc.client;

import java.net.URI;
import java.util.List;

import io.github.ipfstoolkit.InvalidIdentifierException;
import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.rpc.InvalidArgumentException;
import io.github.ipfstoolkit.rpc.RpcError;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Refuses a forward to an address without a peer ID. Kubo itself takes it; the next
 * command that lists or closes forwards then fails with a lock held, and all p2p commands
 * hang until the node is restarted.
 */
final class ForwardTargets implements ExchangeFilterFunction {

	private static final String COMMAND = "/p2p/forward";

	private static final int TARGET = 2;

	@Override
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		if (request.url().getRawPath().endsWith(COMMAND)) {
			String target = target(request.url());
			if (!leadsToAPeer(target)) {
				return Mono.error(() -> new InvalidArgumentException(CallKind.command(request.url()), 0,
						new RpcError("the target '%s' does not end with a peer ID".formatted(target), null, null)));
			}
		}
		return next.exchange(request);
	}

	private static String target(URI url) {
		List<String> arguments = UriComponentsBuilder.fromUri(url).build(true).getQueryParams().get("arg");
		return (arguments != null && arguments.size() > TARGET) ? UriUtils.decode(arguments.get(TARGET), UTF_8) : "";
	}

	/**
	 * What stands in the DNS ends with a peer ID, or Kubo says that it finds none.
	 */
	private static boolean leadsToAPeer(String target) {
		try {
			return target.startsWith("/dnsaddr/") || Multiaddr.of(target).peerId().isPresent();
		}
		catch (InvalidIdentifierException ex) {
			return false;
		}
	}

}
