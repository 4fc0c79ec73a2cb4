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

import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.ipfstoolkit.rpc.InvalidArgumentException;
import io.github.ipfstoolkit.rpc.RpcError;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * Refuses a {@code timeout} that Kubo cannot read. Kubo itself answers it with status 200
 * and nothing else, without running the command.
 */
final class ReadableTimeouts implements ExchangeFilterFunction {

	private static final String OPTION = "timeout";

	/** What Go's time.ParseDuration reads. */
	private static final Pattern DURATION = Pattern
		.compile("[+-]?(0|((\\d+\\.?\\d*|\\.\\d+)(ns|us|\u00B5s|\u03BCs|ms|s|m|h))+)");

	private static final Pattern PART = Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)(\\D+)");

	private static final Map<String, BigDecimal> NANOS = Map.of("ns", BigDecimal.ONE, "us", new BigDecimal("1E3"),
			"\u00B5s", new BigDecimal("1E3"), "\u03BCs", new BigDecimal("1E3"), "ms", new BigDecimal("1E6"), "s",
			new BigDecimal("1E9"), "m", new BigDecimal("60E9"), "h", new BigDecimal("3600E9"));

	@Override
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		String given = QueryOption.value(request.url().getRawQuery(), OPTION);
		String timeout = (given != null) ? URLDecoder.decode(given, StandardCharsets.UTF_8) : null;
		if (timeout != null && !isReadable(timeout)) {
			return Mono.error(() -> new InvalidArgumentException(CallKind.command(request.url()), 0,
					new RpcError("the option 'timeout' is '%s', not a duration that Kubo reads, such as 90s or 1h30m"
						.formatted(timeout), null, null)));
		}
		return next.exchange(request);
	}

	static boolean isReadable(String duration) {
		if (!DURATION.matcher(duration).matches()) {
			return false;
		}
		BigDecimal nanos = BigDecimal.ZERO;
		Matcher part = PART.matcher(duration);
		while (part.find()) {
			BigDecimal unit = NANOS.getOrDefault(part.group(2), BigDecimal.ZERO);
			nanos = nanos.add(new BigDecimal(part.group(1)).multiply(unit));
		}
		return nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
	}

}
