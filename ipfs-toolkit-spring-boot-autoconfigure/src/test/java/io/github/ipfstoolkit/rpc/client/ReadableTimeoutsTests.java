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

import io.github.ipfstoolkit.rpc.InvalidArgumentException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ReadableTimeouts}. What is readable was tried with Go's
 * {@code time.ParseDuration}.
 */
class ReadableTimeoutsTests {

	@ParameterizedTest
	@ValueSource(strings = { "1s", "90s", "1h30m", "1.5h", ".5s", "1.s", "0", "+0", "-1s", "+5m", "100ms", "7us", "7µs",
			"7μs", "90500000000ns", "1h1h", "9223372036854775807ns", "2562047h47m16s" })
	void durationsOfGoAreReadable(String duration) {
		assertThat(ReadableTimeouts.isReadable(duration)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "5", "1.5", "PT5S", "5 s", "5 seconds", "5sec", "1d", "s", ".s", "1s ", "--1s",
			"1S", "1e3s", "9223372036854775808ns", "2562048h", "99999999999999999999h", "nonsense" })
	void anythingElseIsNot(String duration) {
		assertThat(ReadableTimeouts.isReadable(duration)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "timeout=5", "arg=a&timeout=PT5S", "timeout", "timeout=", "timeout=5%20s" })
	void requestWithATimeoutThatKuboCannotReadIsRefused(String query) {
		assertThatExceptionOfType(InvalidArgumentException.class).isThrownBy(() -> filter(query))
			.withMessageContainingAll("'cat'", "timeout", "such as 90s")
			.satisfies((ex) -> assertThat(ex.getStatus()).isZero());
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "arg=timeout%3Dx", "timeout=5s", "arg=a&timeout=1h30m", "timeout=7%C2%B5s",
			"heal-timeout=x", "timeouts=x" })
	void anyOtherRequestPasses(String query) {
		assertThat(filter(query).statusCode()).isEqualTo(HttpStatus.OK);
	}

	private static ClientResponse filter(String query) {
		ClientRequest request = ClientRequest
			.create(HttpMethod.POST, URI.create("/api/v0/cat" + (query.isEmpty() ? "" : "?" + query)))
			.build();
		return new ReadableTimeouts()
			.filter(request, (passed) -> Mono.just(ClientResponse.create(HttpStatus.OK).build()))
			.block();
	}

}
