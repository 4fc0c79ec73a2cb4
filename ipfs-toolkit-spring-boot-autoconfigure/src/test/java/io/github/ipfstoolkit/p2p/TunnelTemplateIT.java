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

package io.github.ipfstoolkit.p2p;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import com.sun.net.httpserver.HttpServer;
import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.rpc.P2pApi;
import io.github.ipfstoolkit.testsupport.KuboTestNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link TunnelTemplate} with two real nodes.
 */
class TunnelTemplateIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static KuboTestNode alice;

	private static KuboTestNode bob;

	private TunnelTemplate alices;

	private TunnelTemplate bobs;

	@BeforeAll
	static void startNodes() {
		alice = KuboTestNode.start();
		bob = KuboTestNode.start();
	}

	@AfterAll
	static void stopNodes() {
		alice.close();
		bob.close();
	}

	@BeforeEach
	void createTemplates() {
		alice.connectTo(bob);
		this.alices = template(alice, TunnelOptions.defaults());
		this.bobs = template(bob, TunnelOptions.defaults());
	}

	@AfterEach
	void closeTemplates() {
		this.alices.stop();
		this.bobs.stop();
		Awaitility.await().untilAsserted(() -> assertThat(mounts(alice)).isEmpty());
		Awaitility.await().untilAsserted(() -> assertThat(mounts(bob)).isEmpty());
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp", "quic-v1" })
	void bytesGoBothWaysAndTheNodeTellsWhoSendsThem(String transport) throws Exception {
		alice.kubo().swarm().disconnect(Multiaddr.of("/p2p/" + bob.peerId())).block();
		alice.connectTo(bob, transport);
		try (TunnelListener listener = this.bobs.listen("echo");
				TunnelForward forward = this.alices.forward(bob.peerId(), "echo");
				TunnelStream sent = forward.open(TIMEOUT)) {
			sent.output().write("ping".getBytes(StandardCharsets.US_ASCII));
			try (TunnelStream received = listener.accept()) {
				assertThat(received.peer()).isEqualTo(alice.peerId());
				assertThat(received.input().readNBytes(4)).asString().isEqualTo("ping");
				assertThat(sent.isQuiet()).isTrue();
				received.output().write("pong".getBytes(StandardCharsets.US_ASCII));
				assertThat(sent.input().readNBytes(4)).asString().isEqualTo("pong");
				assertThat(sent.isQuiet()).isTrue();
			}
			assertThat(sent.peer()).isEqualTo(bob.peerId());
			Awaitility.await().until(() -> !sent.isQuiet());
			assertThat(sent.input().read()).isEqualTo(-1);
		}
	}

	@Test
	void knowsItsOwnPeerId() {
		assertThat(this.alices.self()).isEqualTo(alice.peerId());
	}

	@ParameterizedTest
	@ValueSource(strings = { "chat", "chat:files", "a/b", "my file (1).txt_conv", "grüße", "50%+1&x=y#?" })
	void namesReachTheNodeAsTheyAre(String name) throws Exception {
		try (TunnelListener listener = this.bobs.listen(name);
				TunnelForward forward = this.alices.forward(bob.peerId(), name);
				TunnelStream stream = forward.open(TIMEOUT)) {
			assertThat(mounts(bob)).extracting(P2pApi.Mount::protocol).containsExactly("/x/" + name);
			stream.output().write(1);
			try (TunnelStream accepted = listener.accept()) {
				assertThat(accepted.input().read()).isEqualTo(1);
			}
		}
	}

	@Test
	void closedListenerLeavesItsNameFreeAtOnce() {
		for (int round = 0; round < 20; round++) {
			this.bobs.listen("again").close();
		}
		assertThat(mounts(bob)).isEmpty();
	}

	@Test
	void nameThatIsTakenIsReported() {
		try (TunnelListener listener = this.bobs.listen("taken")) {
			assertThatExceptionOfType(ProtocolInUseException.class).isThrownBy(() -> this.bobs.listen("taken"))
				.satisfies((ex) -> assertThat(ex.getProtocol()).isEqualTo("taken"));
			assertThat(listener.isActive()).isTrue();
		}
	}

	@Test
	void acceptEndsWhenListenerIsClosed() {
		TunnelListener listener = this.bobs.listen("closing");
		CompletableFuture<Throwable> failure = CompletableFuture.supplyAsync(() -> catchThrowable(listener::accept));
		listener.close();
		listener.close();
		assertThat(failure).succeedsWithin(TIMEOUT).isInstanceOf(SocketException.class);
	}

	@Test
	void streamToProtocolThatNobodyListensToEndsBeforeItsFirstByte() throws Exception {
		try (TunnelForward forward = this.alices.forward(bob.peerId(), "nobody");
				TunnelStream stream = forward.open(TIMEOUT)) {
			assertThat(stream.input().read()).isEqualTo(-1);
		}
	}

	@Test
	void forwardsAreGivenBack() {
		TunnelForward first = this.alices.forward(bob.peerId(), "same");
		TunnelForward second = this.alices.forward(bob.peerId(), "same");
		assertThat(mounts(alice)).hasSize(2).allMatch(P2pApi.Mount::isForward);
		first.close();
		Awaitility.await().untilAsserted(() -> assertThat(mounts(alice)).hasSize(1));
		second.close();
		assertThatExceptionOfType(SocketException.class).isThrownBy(() -> second.open(TIMEOUT));
		Awaitility.await().untilAsserted(() -> assertThat(mounts(alice)).isEmpty());
	}

	@Test
	void openStreamsGoOnWhenListenerAndForwardAreClosed() throws Exception {
		TunnelListener listener = this.bobs.listen("closed");
		TunnelForward forward = this.alices.forward(bob.peerId(), "closed");
		try (TunnelStream sent = forward.open(TIMEOUT)) {
			sent.output().write(1);
			try (TunnelStream received = listener.accept()) {
				assertThat(received.input().read()).isEqualTo(1);
				forward.close();
				Awaitility.await().until(() -> mounts(alice).isEmpty());
				sent.output().write(2);
				assertThat(received.input().read()).isEqualTo(2);
				listener.close();
				sent.output().write(3);
				assertThat(received.input().read()).isEqualTo(3);
			}
		}
	}

	@Test
	void portsOfARangeAreTriedUntilOneIsFree() throws Exception {
		int taken = freePorts();
		TunnelOptions defaults = TunnelOptions.defaults();
		PortRange two = new PortRange(taken, taken + 1);
		TunnelTemplate template = template(alice, new TunnelOptions(defaults.bindAddress(), defaults.applicationHost(),
				two, defaults.forwardBindAddress(), two, defaults.timeout()));
		try (ServerSocket other = new ServerSocket(taken)) {
			for (int round = 0; round < 4; round++) {
				try (TunnelForward forward = template.forward(bob.peerId(), "ranged")) {
					assertThat(mounts(alice)).extracting((mount) -> mount.listenAddress().tcpPort().orElseThrow())
						.containsExactly(taken + 1);
					assertThatExceptionOfType(IpfsException.class)
						.isThrownBy(() -> template.forward(bob.peerId(), "ranged"))
						.withMessageContaining("ipfs.p2p.forward-ports");
					assertThat(mounts(alice)).hasSize(1);
				}
				Awaitility.await().until(() -> mounts(alice).isEmpty());
			}
		}
		finally {
			template.stop();
		}
	}

	@Test
	void serviceOfAnyProgramIsReachedByAnyProgram() throws Exception {
		HttpServer service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		service.createContext("/", (exchange) -> {
			exchange.sendResponseHeaders(200, 5);
			exchange.getResponseBody().write("hello".getBytes(StandardCharsets.US_ASCII));
			exchange.close();
		});
		service.start();
		int port = freePorts();
		try (ExposedService exposed = this.bobs.expose("web",
				Multiaddr.tcp("127.0.0.1", service.getAddress().getPort()));
				TunnelForward forward = this.alices.forward(bob.peerId(), "web", port)) {
			assertThat(exposed.isActive()).isTrue();
			assertThat(forward.address()).isEqualTo(new InetSocketAddress("127.0.0.1", port));
			assertThat(get(forward)).isEqualTo("hello");
			alice.killAndRestart();
			bob.killAndRestart();
			alice.connectTo(bob);
			Awaitility.await().ignoreExceptions().until(() -> get(forward).equals("hello"));
			assertThat(forward.address().getPort()).isEqualTo(port);
			assertThatExceptionOfType(ProtocolInUseException.class)
				.isThrownBy(() -> this.bobs.expose("web", exposed.service()));
			assertThatExceptionOfType(IpfsException.class)
				.isThrownBy(() -> this.alices.forward(bob.peerId(), "other", port))
				.withMessageContaining("port " + port);
		}
		finally {
			service.stop(0);
		}
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.bobs.expose("web", Multiaddr.of("/ip4/127.0.0.1/udp/4001/quic-v1")));
	}

	private static String get(TunnelForward forward) throws Exception {
		InetSocketAddress address = forward.address();
		URI uri = new URI("http", null, address.getHostString(), address.getPort(), "/", null, null);
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(uri).timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofString())
			.body();
	}

	@Test
	void everythingIsMountedAnewAfterTheNodesWereKilled() throws Exception {
		try (TunnelListener listener = this.bobs.listen("survivor");
				TunnelForward forward = this.alices.forward(bob.peerId(), "survivor")) {
			PeerId alicesId = this.alices.self();
			bob.kill();
			alice.kill();
			Awaitility.await().until(() -> !listener.isActive());
			CompletableFuture<TunnelStream> waiting = CompletableFuture.supplyAsync(() -> open(forward));
			alice.startProcess();
			bob.startProcess();
			Awaitility.await().atMost(TIMEOUT).until(listener::isActive);
			waiting.get().close();
			alice.connectTo(bob);
			try (TunnelStream stream = forward.open(TIMEOUT)) {
				stream.output().write(7);
				try (TunnelStream accepted = listener.accept()) {
					assertThat(accepted.input().read()).isEqualTo(7);
					assertThat(accepted.peer()).isEqualTo(alicesId);
				}
			}
		}
	}

	@Test
	void writeThatNobodyReadsEndsAfterItsTimeout() throws Exception {
		try (TunnelListener listener = this.bobs.listen("full");
				TunnelForward forward = this.alices.forward(bob.peerId(), "full");
				TunnelStream stream = forward.open(TIMEOUT)) {
			stream.setWriteTimeout(Duration.ofMillis(200));
			byte[] block = new byte[1 << 20];
			assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> {
				for (int megabytes = 0; megabytes < 1000; megabytes++) {
					stream.output().write(block);
				}
			});
			assertThat(stream.isQuiet()).isFalse();
		}
	}

	private static TunnelStream open(TunnelForward forward) {
		try {
			return forward.open(Duration.ofSeconds(30));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the first of two neighbouring ports that are free.
	 */
	private static int freePorts() throws IOException {
		for (int attempt = 0; attempt < 100; attempt++) {
			try (ServerSocket first = new ServerSocket(0);
					ServerSocket second = new ServerSocket(first.getLocalPort() + 1)) {
				return second.getLocalPort() - 1;
			}
			catch (BindException | IllegalArgumentException ex) {
				// the second is taken, or would be beyond the last
			}
		}
		throw new IllegalStateException("No two neighbouring ports are free");
	}

	private static List<P2pApi.Mount> mounts(KuboTestNode node) {
		return node.kubo().p2p().ls().block().listeners();
	}

	private static TunnelTemplate template(KuboTestNode node, TunnelOptions options) {
		return new TunnelTemplate(node.kubo(), () -> node.endpoint().uri().getHost(), options);
	}

}
