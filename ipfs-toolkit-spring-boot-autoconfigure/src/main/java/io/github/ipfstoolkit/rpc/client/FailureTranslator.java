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
import java.util.function.Function;

import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.rpc.MalformedReplyException;
import io.github.ipfstoolkit.rpc.RpcException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.reactive.function.UnsupportedMediaTypeException;
import org.springframework.web.service.invoker.HttpRequestValues;
import org.springframework.web.service.invoker.ReactorHttpExchangeAdapter;
import org.springframework.web.service.invoker.ReactorHttpExchangeAdapterDecorator;

/**
 * Between the sections' proxies and WebClient: gives callers the toolkit's exceptions in
 * place of those in which WebClient wraps them, and of those that decoding throws.
 */
final class FailureTranslator extends ReactorHttpExchangeAdapterDecorator {

	FailureTranslator(ReactorHttpExchangeAdapter delegate) {
		super(delegate);
	}

	@Override
	public Mono<Void> exchangeForMono(HttpRequestValues values) {
		return super.exchangeForMono(values).onErrorMap(translation(values));
	}

	@Override
	public Mono<HttpHeaders> exchangeForHeadersMono(HttpRequestValues values) {
		return super.exchangeForHeadersMono(values).onErrorMap(translation(values));
	}

	@Override
	public <T> Mono<T> exchangeForBodyMono(HttpRequestValues values, ParameterizedTypeReference<T> bodyType) {
		return super.<T>exchangeForBodyMono(values, bodyType).onErrorMap(translation(values));
	}

	@Override
	public <T> Flux<T> exchangeForBodyFlux(HttpRequestValues values, ParameterizedTypeReference<T> bodyType) {
		return super.<T>exchangeForBodyFlux(values, bodyType).onErrorMap(translation(values));
	}

	@Override
	public Mono<ResponseEntity<Void>> exchangeForBodilessEntityMono(HttpRequestValues values) {
		return super.exchangeForBodilessEntityMono(values).onErrorMap(translation(values));
	}

	@Override
	public <T> Mono<ResponseEntity<T>> exchangeForEntityMono(HttpRequestValues values,
			ParameterizedTypeReference<T> bodyType) {
		return super.<T>exchangeForEntityMono(values, bodyType).onErrorMap(translation(values));
	}

	@Override
	public <T> Mono<ResponseEntity<Flux<T>>> exchangeForEntityFlux(HttpRequestValues values,
			ParameterizedTypeReference<T> bodyType) {
		Function<Throwable, Throwable> translation = translation(values);
		return super.<T>exchangeForEntityFlux(values, bodyType).onErrorMap(translation)
			.map((entity) -> new ResponseEntity<>(
					(entity.getBody() != null) ? entity.getBody().onErrorMap(translation) : null, entity.getHeaders(),
					entity.getStatusCode()));
	}

	private static Function<Throwable, Throwable> translation(HttpRequestValues values) {
		return (ex) -> translate(ex, values);
	}

	private static Throwable translate(Throwable ex, HttpRequestValues values) {
		if (ex instanceof IpfsException) {
			return ex;
		}
		DataBufferLimitException limit = find(DataBufferLimitException.class, ex);
		if (limit != null) {
			return tooLarge(values, limit);
		}
		DecodingException unreadable = find(DecodingException.class, ex);
		if (unreadable != null) {
			return new MalformedReplyException(command(values), String.valueOf(unreadable.getMessage()), unreadable);
		}
		IpfsException known = find(IpfsException.class, ex);
		if (known != null) {
			return known;
		}
		UnsupportedMediaTypeException type = find(UnsupportedMediaTypeException.class, ex);
		if (type != null) {
			return new MalformedReplyException(command(values), "its content type is " + type.getContentType(), type);
		}
		return new RpcException("'%s' failed: %s".formatted(command(values), ex.getMessage()), command(values), 0, null,
				ex);
	}

	/**
	 * Makes the error for a reply that holds more than it may.
	 */
	static RpcException tooLarge(HttpRequestValues values, DataBufferLimitException cause) {
		String command = command(values);
		return new RpcException(
				"The reply to '%s' is larger than ipfs.api.max-in-memory-size allows".formatted(command), command, 200,
				null, cause);
	}

	private static <E extends Throwable> @Nullable E find(Class<E> type, Throwable ex) {
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (type.isInstance(cause)) {
				return type.cast(cause);
			}
		}
		return null;
	}

	/**
	 * Returns the command that a method of a section stands for.
	 */
	static String command(HttpRequestValues values) {
		String template = values.getUriTemplate();
		if (template == null) {
			return (values.getUri() != null) ? CallKind.command(values.getUri()) : "?";
		}
		int query = template.indexOf('?');
		return CallKind.command(URI.create((query >= 0) ? template.substring(0, query) : template));
	}

}
