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

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.ipfstoolkit.NodeUnreachableException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import org.springframework.core.log.LogMessage;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * Sends a call again as {@link RpcRetries} says. What comes after the beginning of a
 * reply never passes here, and of what comes before, only a connection that could not be
 * made or broke: that is a {@link NodeUnreachableException} with an {@link IOException}
 * as its cause. The endpoint is asked for anew each time.
 */
final class RetriedCalls implements ExchangeFilterFunction {

	private static final Log logger = LogFactory.getLog(RetriedCalls.class);

	private final RpcRetries retries;

	RetriedCalls(RpcRetries retries) {
		this.retries = retries;
	}

	@Override
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		Mono<ClientResponse> response = next.exchange(request);
		String command = CallKind.command(request.url());
		if (this.retries.maxAttempts() == 0 || !isRepeatable(CallSafety.of(command, request.url().getRawQuery()))) {
			return response;
		}
		return response.onErrorResume(RetriedCalls::isOfConnection, (failure) -> repeat(response, failure, command));
	}

	/**
	 * Goes on after a first failure. What watches for failures costs more than a small
	 * call does otherwise, and there is none as a rule.
	 */
	private Mono<ClientResponse> repeat(Mono<ClientResponse> response, Throwable first, String command) {
		AtomicBoolean failed = new AtomicBoolean();
		return Mono.defer(() -> failed.compareAndSet(false, true) ? Mono.<ClientResponse>error(first) : response)
			.retryWhen(Retry.backoff(this.retries.maxAttempts(), this.retries.initialInterval())
				.maxBackoff(this.retries.maxInterval())
				.filter(RetriedCalls::isOfConnection)
				.doBeforeRetry((signal) -> logger
					.debug(LogMessage.format("Sending '%s' again: %s", command, signal.failure().getMessage())))
				.onRetryExhaustedThrow((retry, signal) -> signal.failure()));
	}

	private boolean isRepeatable(CallSafety safety) {
		return switch (safety) {
			case SAFE -> true;
			case IDEMPOTENT -> this.retries.writes();
			case UNSAFE -> false;
		};
	}

	private static boolean isOfConnection(Throwable ex) {
		return ex instanceof NodeUnreachableException && ex.getCause() instanceof IOException;
	}

}
