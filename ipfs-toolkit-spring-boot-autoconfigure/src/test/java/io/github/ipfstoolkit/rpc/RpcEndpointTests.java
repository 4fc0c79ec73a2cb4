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

package io.github.ipfstoolkit.rpc;

import java.net.URI;
import java.nio.file.Path;

import io.github.ipfstoolkit.InvalidIdentifierException;
import io.github.ipfstoolkit.IpfsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link RpcEndpoint}.
 */
class RpcEndpointTests {

	@ParameterizedTest
	@CsvSource({ "http://127.0.0.1:5001,http://127.0.0.1:5001", "http://127.0.0.1:5001/,http://127.0.0.1:5001",
			"https://node.example/ipfs/,https://node.example/ipfs", "HTTP://node.example,HTTP://node.example",
			"http://[::1]:5001,http://[::1]:5001", "/ip4/127.0.0.1/tcp/5001,http://127.0.0.1:5001",
			"/ip6/::1/tcp/5001,http://[::1]:5001", "/dns4/node.example/tcp/443/https,https://node.example:443",
			"/dns/node.example/tcp/443/tls/http,https://node.example:443",
			"/ip4/127.0.0.1/tcp/5001/http,http://127.0.0.1:5001" })
	void readsUrlsAndMultiaddrs(String address, String uri) {
		assertThat(RpcEndpoint.of(address, null).uri()).isEqualTo(URI.create(uri));
	}

	@Test
	void readsTheAddressOfAUnixDomainSocket() {
		RpcEndpoint endpoint = RpcEndpoint.of("/unix/run/ipfs/api.sock", "bearer:token");
		assertThat(endpoint.unixSocket()).isEqualTo(Path.of("/run/ipfs/api.sock"));
		assertThat(endpoint).hasToString("/unix/run/ipfs/api.sock");
		assertThat(endpoint.authorization()).isEqualTo("Bearer token");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "127.0.0.1:5001", "localhost", "ftp://127.0.0.1:5001", "http://", "http:///path",
			"http://127.0.0.1:5001?x=y", "http://127.0.0.1:5001#x", "http://127.0.0.1:99999", "http://host name",
			"/unix", "/ip4/127.0.0.1/udp/4001/quic-v1", "/ip4/300.0.0.1/tcp/5001", "/ip4/127.0.0.1/tcp/x" })
	void refusesWhatIsNoAddress(String address) {
		assertThatExceptionOfType(InvalidIdentifierException.class).isThrownBy(() -> RpcEndpoint.of(address, null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://user:s3cret@127.0.0.1:5001", "http://user:s3cret@host name",
			"http://user:s3@cret@127.0.0.1:5001" })
	void refusesCredentialsInTheUrlWithoutQuotingThem(String address) {
		assertThatExceptionOfType(InvalidIdentifierException.class).isThrownBy(() -> RpcEndpoint.of(address, null))
			.satisfies((ex) -> {
				assertThat(ex.getMessage()).doesNotContain("s3", "cret");
				assertThat(ex.getInput()).doesNotContain("s3", "cret");
			});
	}

	@ParameterizedTest
	@CsvSource({ "bearer:s3cret,Bearer s3cret", "s3cret,Bearer s3cret", "basic:user:pass,Basic dXNlcjpwYXNz",
			"basic:user:pa:ss,Basic dXNlcjpwYTpzcw==", "basic:dXNlcjpwYXNz,Basic dXNlcjpwYXNz",
			"Bearer s3cret,Bearer s3cret", "Basic dXNlcjpwYXNz,Basic dXNlcjpwYXNz", "bearer:a:b,Bearer a:b" })
	void readsCredentials(String credentials, String header) {
		assertThat(RpcEndpoint.of("http://127.0.0.1:5001", credentials).authorization()).isEqualTo(header);
	}

	@Test
	void hasNoAuthorizationWithoutCredentials() {
		assertThat(RpcEndpoint.of("http://127.0.0.1:5001", null).authorization()).isNull();
		assertThat(RpcEndpoint.of("http://127.0.0.1:5001", " ").authorization()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "digest:s3cret", "user:s3cret", "Bearer s3cret\r\nX-Injected: yes", "bearer:s3crét" })
	void refusesOtherCredentialsWithoutQuotingThem(String credentials) {
		assertThatExceptionOfType(InvalidCredentialsException.class)
			.isThrownBy(() -> RpcEndpoint.of("http://127.0.0.1:5001", credentials))
			.withMessageContaining("ipfs.api.authorization")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("s3cr"));
	}

	@Test
	void textHoldsNoCredentials() {
		RpcEndpoint endpoint = RpcEndpoint.of("http://127.0.0.1:5001", "bearer:s3cret");
		assertThat(endpoint).hasToString("http://127.0.0.1:5001");
	}

	@Test
	void constructorChecksAsWell() {
		assertThatExceptionOfType(IpfsException.class).isThrownBy(() -> new RpcEndpoint(URI.create("ftp://x"), null));
		assertThatExceptionOfType(IpfsException.class)
			.isThrownBy(() -> new RpcEndpoint(RpcEndpoint.DEFAULT_URI, "line\nbreak"));
	}

}
