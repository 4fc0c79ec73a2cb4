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
import java.util.ArrayList;
import java.util.List;

import io.github.ipfstoolkit.NodeUnreachableException;
import io.github.ipfstoolkit.rpc.KuboVersion;
import io.github.ipfstoolkit.rpc.NodeTooOldException;
import io.github.ipfstoolkit.rpc.RpcAccessDeniedException;
import io.github.ipfstoolkit.rpc.RpcError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link VersionGate}.
 */
class VersionGateTests {

	private VersionGate gate = new VersionGate(false);

	private final List<String> asked = new ArrayList<>();

	private Mono<String> version = Mono.just("0.43.0");

	private String agent = "kubo/0.43.0/";

	private void call(String command) {
		ClientRequest request = ClientRequest.create(HttpMethod.POST, URI.create("/api/v0/" + command)).build();
		this.gate.filter(request, this::answer).block();
	}

	private Mono<ClientResponse> answer(ClientRequest request) {
		String command = request.url().toString().replace("/api/v0/", "");
		this.asked.add(command);
		return (command.equals("version") ? this.version : Mono.just(""))
			.map((text) -> ClientResponse.create(HttpStatus.OK)
				.header("Content-Type", MediaType.APPLICATION_JSON_VALUE)
				.body("{\"Version\":\"%s\",\"AgentVersion\":\"%s\"}".formatted(text, this.agent))
				.build());
	}

	@ParameterizedTest
	@ValueSource(strings = { "id", "add?pin=true", "add?empty-dirs=true", "p2p/listen?arg=/x/a&foreground=false",
			"key/list", "cat?arg=key/ls" })
	void callThatEveryVersionKnowsAsksForNothingElse(String command) {
		this.version = Mono.just("0.39.0");
		call(command);
		assertThat(this.asked).containsExactly(command);
	}

	@Test
	void versionIsAskedForOnce() {
		call("name/get?arg=k51");
		call("p2p/listen?arg=/x/a&foreground=true");
		call("diag/healthy");
		assertThat(this.asked).containsExactly("version", "name/get?arg=k51", "p2p/listen?arg=/x/a&foreground=true",
				"diag/healthy");
	}

	@ParameterizedTest
	@CsvSource({ "p2p/listen?arg=/x/a&foreground=true,p2p/listen,foreground,0.40.0",
			"p2p/forward?foreground,p2p/forward,foreground,0.40.0", "add?empty-dirs=false,add,empty-dirs,0.40.0",
			"add?empty-dirs=false&fast-provide-dag=1,add,fast-provide-dag,0.41.0", "key/ls,key/ls,,0.40.0",
			"provide/once?arg=x,provide/once,,0.42.0" })
	void callForWhichTheNodeIsTooOldIsRefused(String call, String command, String option, String needed) {
		this.version = Mono.just("0.39.0");
		assertThatExceptionOfType(NodeTooOldException.class).isThrownBy(() -> call(call)).satisfies((ex) -> {
			assertThat(ex.getCommand()).isEqualTo(command);
			assertThat(ex.getOption()).isEqualTo(option);
			assertThat(ex.getNeededVersion()).isEqualTo(KuboVersion.of(needed));
			assertThat(ex.getNodeVersion()).isEqualTo(KuboVersion.of("0.39.0"));
		}).withMessageContainingAll(command, needed + " or newer", "0.39.0", "update");
		assertThat(this.asked).containsExactly("version");
	}

	@Test
	void nodeThatWasUpdatedIsNotRefused() {
		this.version = Mono.just("0.39.0");
		assertThatExceptionOfType(NodeTooOldException.class).isThrownBy(() -> call("diag/healthy"));
		this.version = Mono.just("0.42.0");
		call("diag/healthy");
		assertThat(this.asked).containsExactly("version", "version", "diag/healthy");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0.42.0-rc1", "0.99.0", "0.100.0-dev", "1.0.0-dev", "10.0", "whatever comes", "", "\"" })
	void newerNodeIsNeverRefused(String text) {
		this.version = Mono.just(text);
		call("provide/once?arg=x");
		assertThat(this.asked).containsExactly("version", "provide/once?arg=x");
	}

	/**
	 * An executable that passes commands on tells its own version.
	 */
	@ParameterizedTest
	@CsvSource({ "0.43.0,kubo/0.39.0/", "0.43.0,kubo/0.39.0/desktop", "0.39.0,kubo/0.43.0/", "0.43.0,go-ipfs/0.8.0/" })
	void olderOfExecutableAndNodeCounts(String executable, String node) {
		this.gate = new VersionGate(true);
		this.version = Mono.just(executable);
		this.agent = node;
		assertThatExceptionOfType(NodeTooOldException.class).isThrownBy(() -> call("provide/once?arg=x"))
			.satisfies((ex) -> assertThat(ex.getNodeVersion()).isLessThanOrEqualTo(KuboVersion.of("0.39.0")));
		assertThat(this.asked).containsExactly("version", "id");
	}

	@ParameterizedTest
	@ValueSource(strings = { "kubo/0.43.0/", "kubo/0.43.0-rc1/1234567/docker", "another/0.1.0", "" })
	void executableAndNodeThatAreNewEnoughAreNotRefused(String node) {
		this.gate = new VersionGate(true);
		this.agent = node;
		call("provide/once?arg=x");
		call("diag/healthy");
		assertThat(this.asked).containsExactly("version", "id", "provide/once?arg=x", "diag/healthy");
	}

	@Test
	void nodeThatDoesNotTellItsVersionIsNotRefused() {
		this.version = Mono.error(new RpcAccessDeniedException("version", 403, new RpcError("forbidden", null, null)));
		call("provide/once?arg=x");
		assertThat(this.asked).containsExactly("version", "provide/once?arg=x");
	}

	@Test
	void nodeThatIsNotThereIsTheFailure() {
		this.version = Mono.error(new NodeUnreachableException("http://127.0.0.1:1", null));
		assertThatExceptionOfType(NodeUnreachableException.class).isThrownBy(() -> call("provide/once?arg=x"));
	}

}
