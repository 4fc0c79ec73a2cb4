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

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.ipfstoolkit.IpfsTimeoutException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * Bounds the time in which a short reply has to come, once it has begun: one of a single
 * value or of none, and what a node says of a failure. That a node is not silent for too
 * long does not suffice: one that sends a byte now and then would hold the caller for as
 * long as it likes.
 * <p>
 * For backends that do not bound it themselves. Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class ShortReplies implements ExchangeFilterFunction {

	private final RpcTimeouts timeouts;

	/**
	 * Creates a filter.
	 * @param timeouts how long a reply may take
	 */
	public ShortReplies(RpcTimeouts timeouts) {
		this.timeouts = timeouts;
	}

	/**
	 * Says that a reply is short, which cannot be seen of the request.
	 * @param reply what the request is sent for
	 * @return the reply, whose time is bounded
	 */
	static <T> Mono<T> expectedBy(Mono<T> reply) {
		return reply.contextWrite((context) -> context.put(ShortReplies.class, true));
	}

	/**
	 * Tells whether a reply is short that is a success; others always are.
	 * @param context what stands beside the request
	 * @return whether a single value or none is expected
	 */
	public static boolean isExpected(ContextView context) {
		return context.hasKey(ShortReplies.class);
	}

	/**
	 * Makes the error for a reply that takes too long.
	 * @param command the command, such as {@code files/read}
	 * @param kind its kind
	 * @param timeout how long the reply may take
	 * @return the error
	 */
	public static IpfsTimeoutException late(String command, CallKind kind, Duration timeout) {
		return new IpfsTimeoutException("The reply to '%s' (%s), which had begun,".formatted(command, kind.property()),
				timeout, null);
	}

	@Override
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		return Mono.deferContextual((context) -> next.exchange(request)
			.map((response) -> (isExpected(context) || !response.statusCode().is2xxSuccessful())
					? response.mutate().body((body) -> inTime(body, request)).build() : response));
	}

	private Flux<DataBuffer> inTime(Flux<DataBuffer> body, ClientRequest request) {
		String command = CallKind.command(request.url());
		CallKind kind = CallKind.of(command, request.url().getRawQuery());
		Duration timeout = kind.timeout(this.timeouts);
		return Flux.defer(() -> {
			AtomicBoolean late = new AtomicBoolean();
			// an error of the other would not cancel the body, its value does
			return body.takeUntilOther(Mono.delay(timeout).doOnNext((zero) -> late.set(true)))
				.concatWith(Mono.defer(() -> late.get() ? Mono.error(late(command, kind, timeout)) : Mono.empty()));
		});
	}

}
