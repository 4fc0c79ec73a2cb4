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

package io.github.ipfstoolkit.node;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import io.github.ipfstoolkit.rpc.RpcEndpoint;
import io.netty.channel.unix.DomainSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NodeDiscovery}.
 */
class NodeDiscoveryTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	@TempDir
	Path repository;

	@Test
	void configuredAddressIsUsed() {
		try (FakeNode node = new FakeNode()) {
			assertThat(discovery(node.endpoint(), nobody()).discover()).isEqualTo(node.endpoint());
			assertThat(node.requests).containsExactly("POST /api/v0/version");
		}
	}

	@Test
	void whereAnAddressIsConfiguredNoOtherIsUsed() {
		try (FakeNode node = new FakeNode()) {
			announce(node);
			RpcEndpoint configured = RpcEndpoint.of(nobody().toString(), null);
			assertThat(discovery(configured, node.uri()).discover()).isNull();
			assertThat(node.requests).isEmpty();
		}
	}

	@Test
	void announcedAddressComesBeforeTheUsualOne() {
		try (FakeNode announced = new FakeNode(); FakeNode usual = new FakeNode()) {
			announce(announced);
			assertThat(discovery(null, usual.uri()).discover()).isEqualTo(announced.endpoint());
		}
	}

	@Test
	@EnabledOnOs({ OS.LINUX, OS.MAC })
	void announcedUnixDomainSocketIsUsed() throws IOException {
		// a socket's path must be short
		Path socket = Path.of(System.getProperty("java.io.tmpdir"), "ipfs-" + ProcessHandle.current().pid() + ".api");
		DisposableServer node = HttpServer.create()
			.bindAddress(() -> new DomainSocketAddress(socket.toString()))
			.handle((request, response) -> response.header("Content-Type", "application/json")
				.sendString(Mono.just("{\"Version\":\"0.43.0\"}")))
			.bindNow(TIMEOUT);
		try (FakeNode usual = new FakeNode()) {
			Files.writeString(this.repository.resolve("api"), "/unix" + socket);
			assertThat(discovery(null, usual.uri()).discover()).isEqualTo(RpcEndpoint.of("/unix" + socket, null));
			assertThat(usual.requests).isEmpty();
		}
		finally {
			node.disposeNow();
			Files.deleteIfExists(socket);
		}
	}

	@Test
	void staleAnnouncementIsPassedOver() {
		try (FakeNode usual = new FakeNode()) {
			try (FakeNode gone = new FakeNode()) {
				announce(gone);
			}
			assertThat(discovery(null, usual.uri()).discover()).isEqualTo(usual.endpoint());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/unix/run/there-is-no-such.sock", "/ip4/127.0.0.1/udp/4001/quic-v1", "nonsense" })
	void announcementThatLeadsNowhereIsPassedOver(String announcement) throws IOException {
		Files.writeString(this.repository.resolve("api"), announcement);
		try (FakeNode usual = new FakeNode()) {
			assertThat(discovery(null, usual.uri()).discover()).isEqualTo(usual.endpoint());
		}
	}

	@Test
	void nodeThatDeniesAccessIsANode() {
		try (FakeNode node = new FakeNode()) {
			node.status = 403;
			assertThat(discovery(null, node.uri()).discover()).isEqualTo(node.endpoint());
		}
	}

	@Test
	void anotherServerIsNoNode() {
		try (FakeNode node = new FakeNode()) {
			node.version = "<html>";
			assertThat(discovery(null, node.uri()).discover()).isNull();
			node.status = 404;
			assertThat(discovery(null, node.uri()).discover()).isNull();
		}
	}

	@Test
	void serverThatDoesNotAnswerIsNotWaitedForLong() throws IOException {
		try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			URI uri = URI.create("http://127.0.0.1:" + silent.getLocalPort());
			assertThat(discovery(null, uri, Duration.ofMillis(500)).discover()).isNull();
		}
	}

	@Test
	void whereNobodyAnswersThereIsNone() {
		assertThat(discovery(null, nobody()).discover()).isNull();
	}

	private void announce(FakeNode node) {
		try {
			Files.writeString(this.repository.resolve("api"), "/ip4/127.0.0.1/tcp/" + node.port());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private NodeDiscovery discovery(RpcEndpoint configured, URI usual) {
		return discovery(configured, usual, TIMEOUT);
	}

	private NodeDiscovery discovery(RpcEndpoint configured, URI usual, Duration timeout) {
		return new NodeDiscovery(configured, null, timeout, Map.of("IPFS_PATH", this.repository.toString()), usual);
	}

	private static URI nobody() {
		try (FakeNode gone = new FakeNode()) {
			return gone.uri();
		}
	}

}
