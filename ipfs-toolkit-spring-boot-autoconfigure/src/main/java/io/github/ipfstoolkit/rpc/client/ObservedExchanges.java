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

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import io.github.ipfstoolkit.rpc.RpcObserver;
import io.github.ipfstoolkit.rpc.RpcObserver.End;
import io.github.ipfstoolkit.rpc.RpcObserver.ObservedCall;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.service.invoker.HttpRequestValues;
import org.springframework.web.service.invoker.ReactorHttpExchangeAdapter;
import org.springframework.web.service.invoker.ReactorHttpExchangeAdapterDecorator;

/**
 * Tells an observer of each call. Next to the callers, so that it sees what they see: the
 * toolkit's exceptions, failures in the middle of a reply and those that stand in it.
 */
final class ObservedExchanges extends ReactorHttpExchangeAdapterDecorator {

	private final RpcObserver observer;

	ObservedExchanges(ReactorHttpExchangeAdapter delegate, RpcObserver observer) {
		super(delegate);
		this.observer = observer;
	}

	@Override
	public Mono<Void> exchangeForMono(HttpRequestValues values) {
		return observe(values, super.exchangeForMono(values));
	}

	@Override
	public Mono<HttpHeaders> exchangeForHeadersMono(HttpRequestValues values) {
		return observe(values, super.exchangeForHeadersMono(values));
	}

	@Override
	public <T> Mono<T> exchangeForBodyMono(HttpRequestValues values, ParameterizedTypeReference<T> bodyType) {
		return observe(values, super.exchangeForBodyMono(values, bodyType));
	}

	@Override
	public Mono<ResponseEntity<Void>> exchangeForBodilessEntityMono(HttpRequestValues values) {
		return observe(values, super.exchangeForBodilessEntityMono(values));
	}

	@Override
	public <T> Mono<ResponseEntity<T>> exchangeForEntityMono(HttpRequestValues values,
			ParameterizedTypeReference<T> bodyType) {
		return observe(values, super.exchangeForEntityMono(values, bodyType));
	}

	@Override
	public <T> Flux<T> exchangeForBodyFlux(HttpRequestValues values, ParameterizedTypeReference<T> bodyType) {
		return Flux.deferContextual(
				(context) -> begin(values, context).toTheEndOf(super.<T>exchangeForBodyFlux(values, bodyType)));
	}

	@Override
	public <T> Mono<ResponseEntity<Flux<T>>> exchangeForEntityFlux(HttpRequestValues values,
			ParameterizedTypeReference<T> bodyType) {
		return Mono.deferContextual((context) -> {
			Observed call = begin(values, context);
			return super.<T>exchangeForEntityFlux(values, bodyType).doOnError(call::failed)
				.doOnCancel(call::cancelled)
				.map((entity) -> withBody(entity, call::toTheEndOf));
		});
	}

	private static <T> ResponseEntity<Flux<T>> withBody(ResponseEntity<Flux<T>> entity,
			Function<Flux<T>, Flux<T>> change) {
		Flux<T> body = entity.getBody();
		return new ResponseEntity<>(change.apply((body != null) ? body : Flux.empty()), entity.getHeaders(),
				entity.getStatusCode());
	}

	private <T> Mono<T> observe(HttpRequestValues values, Mono<T> reply) {
		return Mono.deferContextual((context) -> {
			Observed call = begin(values, context);
			return reply.doOnSuccess((value) -> call.completed()).doOnError(call::failed).doOnCancel(call::cancelled);
		});
	}

	private Observed begin(HttpRequestValues values, ContextView context) {
		return new Observed(this.observer.begin(FailureTranslator.command(values), context));
	}

	/**
	 * A call whose end is told once.
	 */
	private static final class Observed {

		private final ObservedCall call;

		private final AtomicBoolean ended = new AtomicBoolean();

		Observed(ObservedCall call) {
			this.call = call;
		}

		<T> Flux<T> toTheEndOf(Flux<T> reply) {
			return reply.doOnComplete(this::completed).doOnError(this::failed).doOnCancel(this::cancelled);
		}

		void completed() {
			end(End.COMPLETED, null);
		}

		void failed(Throwable failure) {
			end(End.FAILED, failure);
		}

		void cancelled() {
			end(End.CANCELLED, null);
		}

		private void end(End end, @Nullable Throwable failure) {
			if (this.ended.compareAndSet(false, true)) {
				this.call.ended(end, failure);
			}
		}

	}

}
