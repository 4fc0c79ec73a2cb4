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

package io.github.ipfstoolkit.observation;

import java.net.URI;
import java.time.Duration;

import io.github.ipfstoolkit.IpfsTimeoutException;
import io.github.ipfstoolkit.NodeUnreachableException;
import io.micrometer.common.KeyValue;
import io.micrometer.common.docs.KeyName;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientRequestObservationContext;
import org.springframework.web.reactive.function.client.ClientResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DefaultIpfsRpcObservationConvention}.
 */
class DefaultIpfsRpcObservationConventionTests {

	private final DefaultIpfsRpcObservationConvention convention = new DefaultIpfsRpcObservationConvention();

	@Test
	void commandIsThePathWithoutItsArguments() {
		assertThat(keyValue(context("/api/v0/block/stat?arg=bafy"), "command")).isEqualTo("block/stat");
	}

	@Test
	void commandDoesNotContainThePathOfAProxy() {
		assertThat(keyValue(context("/nodes/one/api/v0/id"), "command")).isEqualTo("id");
	}

	@Test
	void commandIsPartOfTheSpansName() {
		assertThat(this.convention.getContextualName(context("/api/v0/p2p/ls"))).isEqualTo("ipfs p2p/ls");
	}

	@Test
	void outcomeOfAReplyIsSuccess() {
		assertThat(outcome(HttpStatus.OK, null)).isEqualTo("success");
	}

	@Test
	void outcomeOfAnErrorThatTheNodeRepliesIsError() {
		assertThat(outcome(HttpStatus.INTERNAL_SERVER_ERROR, null)).isEqualTo("error");
	}

	@Test
	void outcomeWithoutAnAnswerTellsWhy() {
		assertThat(outcome(null, new NodeUnreachableException("http://127.0.0.1:1", null))).isEqualTo("unreachable");
		assertThat(outcome(null, new IpfsTimeoutException("id", Duration.ZERO, null))).isEqualTo("timeout");
		assertThat(outcome(null, new IllegalStateException())).isEqualTo("error");
		assertThat(outcome(null, null)).isEqualTo("unknown");
	}

	@Test
	void keysAreTheSameWhateverTheOutcomeAndAsDocumented() {
		String[] documented = { "backend", "command", "outcome" };
		assertThat(keys(new ClientRequestObservationContext(request("/")))).containsExactly(documented);
		assertThat(keys(context("/api/v0/id"))).containsExactly(documented);
		assertThat(IpfsRpcObservationDocumentation.RPC.getLowCardinalityKeyNames()).extracting(KeyName::asString)
			.containsExactlyInAnyOrder(documented);
		assertThat(this.convention.getHighCardinalityKeyValues(context("/api/v0/id"))).isEmpty();
	}

	private String outcome(HttpStatus status, Throwable error) {
		ClientRequestObservationContext context = context("/api/v0/id");
		if (status != null) {
			context.setResponse(ClientResponse.create(status).build());
		}
		context.setError(error);
		return keyValue(context, "outcome");
	}

	private Iterable<String> keys(ClientRequestObservationContext context) {
		return this.convention.getLowCardinalityKeyValues(context).stream().map(KeyValue::getKey).toList();
	}

	private String keyValue(ClientRequestObservationContext context, String key) {
		return this.convention.getLowCardinalityKeyValues(context)
			.stream()
			.filter((keyValue) -> keyValue.getKey().equals(key))
			.findFirst()
			.orElseThrow()
			.getValue();
	}

	private static ClientRequestObservationContext context(String path) {
		ClientRequestObservationContext context = new ClientRequestObservationContext(request(path));
		context.setRequest(request(path).build());
		return context;
	}

	private static ClientRequest.Builder request(String path) {
		return ClientRequest.create(HttpMethod.POST, URI.create("http://127.0.0.1:5001" + path));
	}

}
