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
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.rpc.KuboVersion;
import io.github.ipfstoolkit.rpc.NodeApi;
import io.github.ipfstoolkit.rpc.NodeTooOldException;
import io.github.ipfstoolkit.rpc.RpcException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * Refuses what the node is too old for, where Kubo would ignore an option without a word
 * or take a command's name for an argument of another.
 * <p>
 * Only calls that need it ask for the node's version, and at most once a minute, as the
 * node can be replaced. A call is refused only after the node has just said that it is
 * too old; one that does not tell its version is not.
 */
final class VersionGate implements ExchangeFilterFunction {

	private static final Duration MAX_AGE = Duration.ofMinutes(1);

	private static final URI VERSION = URI.create("/api/v0/version");

	private static final URI ID = URI.create("/api/v0/id");

	/** What a node calls itself towards peers, such as {@code kubo/0.43.0/desktop}. */
	private static final Pattern AGENT = Pattern.compile("(?:kubo|go-ipfs)/([^/]+).*");

	private final boolean relayed;

	private volatile @Nullable Answer last;

	/**
	 * Creates a gate.
	 * @param relayed whether a program passes commands on to the node, and tells its own
	 * version when it is asked for the node's. The older of the two counts then
	 */
	VersionGate(boolean relayed) {
		this.relayed = relayed;
	}

	@Override
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		String command = CallKind.command(request.url());
		return Since.of(command, request.url().getRawQuery())
			.map((needed) -> check(command, needed, next).then(Mono.defer(() -> next.exchange(request))))
			.orElseGet(() -> next.exchange(request));
	}

	private Mono<Void> check(String command, Since needed, ExchangeFunction next) {
		return Mono.defer(() -> {
			Answer answer = this.last;
			if (answer != null && answer.isFresh() && answer.version.isAtLeast(needed.version())) {
				return Mono.empty();
			}
			return ask(next).flatMap((version) -> version.isAtLeast(needed.version()) ? Mono.empty()
					: Mono.error(new NodeTooOldException(command, needed.option(), needed.version(), version)));
		});
	}

	private Mono<KuboVersion> ask(ExchangeFunction next) {
		Flux<KuboVersion> versions = ask(VERSION, NodeApi.Version.class, next)
			.map((reply) -> KuboVersion.of(reply.version()))
			.transform(VersionGate::whereTold)
			.flux();
		if (this.relayed) {
			versions = versions
				.concatWith(ask(ID, NodeApi.Identity.class, next).mapNotNull(NodeApi.Identity::agentVersion)
					.map(AGENT::matcher)
					.filter(Matcher::matches)
					.map((matcher) -> KuboVersion.of(matcher.group(1)))
					.transform(VersionGate::whereTold));
		}
		return versions.reduce((one, other) -> one.isAtLeast(other) ? other : one)
			.doOnNext((version) -> this.last = new Answer(version, System.nanoTime()));
	}

	private static <T> Mono<T> ask(URI command, Class<T> reply, ExchangeFunction next) {
		return ShortReplies.expectedBy(next.exchange(ClientRequest.create(HttpMethod.POST, command).build())
			.flatMap((response) -> response.bodyToMono(reply)));
	}

	/**
	 * The call itself tells what is wrong where the node does not tell its version.
	 */
	private static Mono<KuboVersion> whereTold(Mono<KuboVersion> version) {
		return version.onErrorResume((ex) -> ex instanceof RpcException || !(ex instanceof IpfsException),
				(ex) -> Mono.empty());
	}

	private record Answer(KuboVersion version, long time) {

		boolean isFresh() {
			return System.nanoTime() - this.time < MAX_AGE.toNanos();
		}

	}

}
