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

import java.util.ArrayList;
import java.util.List;

import io.github.ipfstoolkit.rpc.CommandFailedException;
import io.github.ipfstoolkit.rpc.InBandError;
import io.github.ipfstoolkit.rpc.RpcError;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.ResponseEntity;
import org.springframework.util.StringUtils;
import org.springframework.web.service.invoker.HttpRequestValues;
import org.springframework.web.service.invoker.ReactorHttpExchangeAdapter;
import org.springframework.web.service.invoker.ReactorHttpExchangeAdapterDecorator;

/**
 * Makes failures that stand among the values of a reply errors: see {@link InBandError}.
 * They are signalled at the end, so that the node goes on with what can be done.
 */
final class InBandErrors extends ReactorHttpExchangeAdapterDecorator {

	private static final int MAX_MESSAGES = 10;

	InBandErrors(ReactorHttpExchangeAdapter delegate) {
		super(delegate);
	}

	@Override
	public <T> Flux<T> exchangeForBodyFlux(HttpRequestValues values, ParameterizedTypeReference<T> bodyType) {
		return raise(super.exchangeForBodyFlux(values, bodyType), values);
	}

	@Override
	public <T> Mono<ResponseEntity<Flux<T>>> exchangeForEntityFlux(HttpRequestValues values,
			ParameterizedTypeReference<T> bodyType) {
		return super.<T>exchangeForEntityFlux(values, bodyType)
			.map((entity) -> new ResponseEntity<>((entity.getBody() != null) ? raise(entity.getBody(), values) : null,
					entity.getHeaders(), entity.getStatusCode()));
	}

	private static <T> Flux<T> raise(Flux<T> reply, HttpRequestValues values) {
		return Flux.defer(() -> {
			Failures failures = new Failures();
			return reply.filter((value) -> !failures.take(value))
				.concatWith(Mono.defer(() -> failures.raise(FailureTranslator.command(values))));
		});
	}

	@Override
	public <T> Mono<T> exchangeForBodyMono(HttpRequestValues values, ParameterizedTypeReference<T> bodyType) {
		return super.<T>exchangeForBodyMono(values, bodyType).flatMap((value) -> {
			Failures failures = new Failures();
			return failures.take(value) ? failures.raise(FailureTranslator.command(values)) : Mono.just(value);
		});
	}

	/**
	 * The failures in one reply.
	 */
	private static final class Failures {

		private final List<String> messages = new ArrayList<>();

		private int count;

		private boolean take(Object value) {
			if (!(value instanceof InBandError reply) || !StringUtils.hasLength(reply.error())) {
				return false;
			}
			this.count++;
			if (this.messages.size() < MAX_MESSAGES) {
				this.messages.add(reply.error());
			}
			return true;
		}

		private <T> Mono<T> raise(String command) {
			if (this.count == 0) {
				return Mono.empty();
			}
			String more = (this.count > MAX_MESSAGES) ? "; and %d more".formatted(this.count - MAX_MESSAGES) : "";
			RpcError error = new RpcError(String.join("; ", this.messages) + more, null, null);
			return Mono.error(new CommandFailedException(command, 200, error));
		}

	}

}
