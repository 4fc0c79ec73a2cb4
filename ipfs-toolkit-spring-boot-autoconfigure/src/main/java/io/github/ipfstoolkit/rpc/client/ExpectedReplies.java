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

import java.lang.reflect.Type;
import java.util.Set;

import io.github.ipfstoolkit.rpc.MalformedReplyException;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.io.Resource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.web.service.invoker.HttpRequestValues;
import org.springframework.web.service.invoker.ReactorHttpExchangeAdapter;
import org.springframework.web.service.invoker.ReactorHttpExchangeAdapterDecorator;

/**
 * Makes replies errors that do not hold what is expected: nothing where a value is due,
 * or content without end where there should be none. Bounds the time of those that hold a
 * single value or none.
 */
final class ExpectedReplies extends ReactorHttpExchangeAdapterDecorator {

	/** Text and bytes may be empty by themselves. */
	private static final Set<Type> MAY_BE_EMPTY = Set.of(String.class, byte[].class, DataBuffer.class, Resource.class);

	private static final ParameterizedTypeReference<DataBuffer> CONTENT = ParameterizedTypeReference
		.forType(DataBuffer.class);

	private final int maxInMemorySize;

	/**
	 * Creates a decorator.
	 * @param delegate what gets the replies
	 * @param maxInMemorySize how much a reply may hold that should hold nothing
	 */
	ExpectedReplies(ReactorHttpExchangeAdapter delegate, int maxInMemorySize) {
		super(delegate);
		this.maxInMemorySize = maxInMemorySize;
	}

	/**
	 * Kubo answers with status 200 and nothing also where it did nothing, for a group of
	 * commands for example.
	 */
	@Override
	public <T> Mono<T> exchangeForBodyMono(HttpRequestValues values, ParameterizedTypeReference<T> bodyType) {
		Mono<T> reply = ShortReplies.expectedBy(super.exchangeForBodyMono(values, bodyType));
		return MAY_BE_EMPTY.contains(bodyType.getType()) ? reply : reply.switchIfEmpty(Mono
			.error(() -> new MalformedReplyException(FailureTranslator.command(values), "it holds nothing", null)));
	}

	@Override
	public Mono<Void> exchangeForMono(HttpRequestValues values) {
		return ShortReplies.expectedBy(Mono.defer(() -> {
			long[] received = new long[1];
			return super.exchangeForBodyFlux(values, CONTENT).<Void>handle((buffer, sink) -> {
				received[0] += buffer.readableByteCount();
				DataBufferUtils.release(buffer);
				if (received[0] > this.maxInMemorySize) {
					sink.error(FailureTranslator.tooLarge(values, new DataBufferLimitException(
							"Exceeded limit on max bytes to discard : " + this.maxInMemorySize)));
				}
			}).then();
		}));
	}

}
