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

package io.github.ipfstoolkit.rpc.http;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.rpc.CallOptions;
import io.github.ipfstoolkit.rpc.InvalidArgumentException;
import io.github.ipfstoolkit.rpc.RemotePinApi;
import io.github.ipfstoolkit.rpc.RpcEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the requests that {@link KuboHttpClient} sends.
 */
class RequestTests {

	private static final String PEER = "12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp";

	private final FakeNode node = new FakeNode();

	private RpcEndpoint endpoint = this.node.endpoint();

	private final KuboHttpClient client = new KuboHttpClient(() -> this.endpoint);

	private final TestApi api = this.client.section(TestApi.class);

	@AfterEach
	void close() {
		this.client.close();
		this.node.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "a+b", "a b", "a&b=c", "100%", "ä/ö?ü#x", "{curly}", "a;b", "\"quoted\"", "日本語" })
	void argumentsArriveAsTheyAre(String argument) {
		this.node.replyJson("");
		this.api.filesRm(argument).block();
		String target = this.node.takeRequest().target();
		assertThat(target).startsWith("/api/v0/files/rm?arg=").doesNotContain("+");
		String query = target.substring(target.indexOf('?') + 1);
		assertThat(query.split("&")).hasSize(1);
		// as Go does: plus is a space
		assertThat(URLDecoder.decode(query.substring("arg=".length()), StandardCharsets.UTF_8)).isEqualTo(argument);
	}

	@Test
	void argumentsKeepTheirOrder() {
		this.node.replyJson("").replyJson("\"\"");
		this.api.filesCp("/z", "/a").block();
		assertThat(this.node.takeRequest().target()).endsWith("/files/cp?arg=%2Fz&arg=%2Fa");
		this.api.pinAdd(List.of("c", "a", "b"), Duration.ofSeconds(1)).block();
		assertThat(this.node.takeRequest().target()).contains("arg=c&arg=a&arg=b");
	}

	@Test
	void listsRepeatTheirName() {
		this.node.replyJson("");
		this.client.remotePin()
			.ls(RemotePinApi.QueryOptions.defaults().service("a,b").statuses("queued", "failed"))
			.blockLast();
		assertThat(this.node.takeRequest().target()).contains("service=a%2Cb", "status=queued&status=failed");
	}

	@Test
	void durationsAreWrittenAsGoReadsThem() {
		this.node.replyJson("\"\"");
		this.api.pinAdd(List.of("x"), Duration.ofMillis(90_500)).block();
		assertThat(this.node.takeRequest().target()).endsWith("&timeout=90500000000ns");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/ip4/192.0.2.1/tcp/4001", "/p2p/" + PEER + "/p2p-circuit", "nonsense", "" })
	void forwardToAnAddressWithoutAPeerNeverReachesTheNode(String target) {
		List<String> arguments = List.of("/x/chat", "/ip4/127.0.0.1/tcp/9000", target);
		assertThatExceptionOfType(InvalidArgumentException.class)
			.isThrownBy(() -> this.client.call("p2p/forward", arguments, CallOptions.defaults(), null).blockLast())
			.withMessageContaining("'" + target + "' does not end with a peer ID");
		if (target.startsWith("/ip4")) {
			assertThatExceptionOfType(InvalidArgumentException.class).isThrownBy(() -> this.client.p2p()
				.forward("/x/chat", Multiaddr.of("/ip4/127.0.0.1/tcp/9000"), Multiaddr.of(target))
				.block());
		}
		assertThat(this.node.acceptedConnections()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/p2p/" + PEER, "/ip4/192.0.2.1/tcp/4001/p2p/" + PEER,
			"/ip4/192.0.2.1/tcp/4001/ipfs/" + PEER, "/dnsaddr/example.org" })
	void forwardToAPeerReachesTheNode(String target) {
		this.node.replyJson("");
		this.client
			.call("p2p/forward", List.of("/x/a+b", "/ip4/127.0.0.1/tcp/9000", target), CallOptions.defaults(), null)
			.blockLast();
		assertThat(URLDecoder.decode(this.node.takeRequest().target(), StandardCharsets.UTF_8))
			.endsWith("&arg=" + target);
	}

	@Test
	void identifiersAreArguments() {
		this.node.replyJson("{\"ID\":\"%s\"}".formatted(PEER));
		assertThat(this.client.node().id(PeerId.of(PEER)).block().id()).isEqualTo(PeerId.of(PEER));
		assertThat(this.node.takeRequest().target()).isEqualTo("/api/v0/id?arg=" + PEER);
	}

	@Test
	void requestsAreNeitherABrowsersNorAnotherKubos() {
		this.node.replyJson("{}");
		this.api.version().block();
		FakeNode.Request request = this.node.takeRequest();
		assertThat(request.method()).isEqualTo("POST");
		assertThat(request.header("User-Agent")).isEqualTo("ipfs-toolkit-spring-boot");
		assertThat(request.headers()).doesNotContainKeys("origin", "referer", "authorization", "cookie");
	}

	@Test
	void authorizationIsSentWithoutBeingAskedFor() {
		this.endpoint = RpcEndpoint.of(this.node.endpoint().uri().toString(), "basic:user:pass");
		this.node.replyJson("{}");
		this.api.version().block();
		assertThat(this.node.takeRequest().header("Authorization")).isEqualTo("Basic dXNlcjpwYXNz");
	}

	@Test
	void pathOfAReverseProxyIsKept() {
		this.endpoint = new RpcEndpoint(URI.create(this.node.endpoint().uri() + "/my%20node"), null);
		this.node.replyJson("");
		this.api.filesRm("a+b").block();
		assertThat(this.node.takeRequest().target()).isEqualTo("/my%20node/api/v0/files/rm?arg=a%2Bb");
	}

	@Test
	void addressIsAskedForWithEachRequest() {
		try (FakeNode other = new FakeNode()) {
			this.node.replyJson("{\"Version\":\"1\"}");
			other.replyJson("{\"Version\":\"2\"}");
			assertThat(this.api.version().block().version()).isEqualTo("1");
			this.endpoint = other.endpoint();
			assertThat(this.api.version().block().version()).isEqualTo("2");
		}
	}

	@Test
	void addressMayBlockWhereverTheRequestComesFrom() {
		try (KuboHttpClient slow = new KuboHttpClient(
				() -> Mono.just(this.endpoint).delayElement(Duration.ofMillis(10)).block())) {
			this.node.replyJson("{\"Version\":\"1\"}");
			Mono<String> version = slow.section(TestApi.class).version().map(TestApi.Version::version);
			assertThat(version.subscribeOn(Schedulers.parallel()).block()).isEqualTo("1");
		}
	}

	@Test
	void repliesMayHoldWhatIsNotKnown() {
		this.node.replyJson("{\"Version\":\"1\",\"Surprise\":{\"a\":[1]}}");
		assertThat(this.api.version().block().version()).isEqualTo("1");
	}

	@Test
	void repliesMayBeStrings() {
		this.node.replyJson("{\"Version\":\"0.43.0\"}").replyJson("\"ok\"\n");
		assertThat(this.client.node().healthy().block()).isEqualTo("ok");
	}

	@Test
	void repliesMayBeLarge() {
		this.node.replyJson("{\"Version\":\"%s\"}".formatted("1".repeat(3_000_000)));
		assertThat(this.api.version().block().version()).hasSize(3_000_000);
	}

}
