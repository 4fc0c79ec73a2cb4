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
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.ipfstoolkit.NodeUnreachableException;
import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.node.executable.ExecutableLocator;
import io.github.ipfstoolkit.rpc.Kubo;
import io.github.ipfstoolkit.rpc.RpcEndpoint;
import io.github.ipfstoolkit.rpc.http.KuboHttpClient;
import io.github.ipfstoolkit.testsupport.KuboTestNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.util.backoff.FixedBackOff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ManagedIpfsNode} with real nodes.
 */
class ManagedIpfsNodeIT {

	@TempDir
	Path directory;

	private final List<Object> events = new CopyOnWriteArrayList<>();

	@Test
	void nodeIsStartedWhenItIsFirstAskedFor() {
		try (ManagedIpfsNode node = node("a").build()) {
			assertThat(node.state()).isEqualTo(NodeState.NEW);
			assertThat(node.process()).isNull();
			assertThat(identity(node)).isNotNull();
			assertThat(node.state()).isEqualTo(NodeState.RUNNING);
			assertThat(node.process().repository()).isEqualTo(this.directory.resolve("a"));
			assertThat(node.process().executable().version()).isNotEmpty();
			assertThat(node.process().gateway()).hasHost("127.0.0.1");
			assertThat(node.isManaged()).isTrue();
		}
	}

	@Test
	void identityAndAddressesSurviveARestart() {
		PeerId first;
		List<?> addresses;
		try (ManagedIpfsNode node = node("a").build()) {
			first = identity(node);
			addresses = kubo(node).node().id().block().addresses();
		}
		try (ManagedIpfsNode node = node("a").build()) {
			assertThat(identity(node)).isEqualTo(first);
			assertThat(kubo(node).node().id().block().addresses()).isEqualTo(addresses).isNotEmpty();
		}
	}

	@Test
	void severalNodesOnOneMachineDoNotGetInEachOthersWay() {
		try (ManagedIpfsNode a = node("a").build(); ManagedIpfsNode b = node("b").build()) {
			assertThat(identity(a)).isNotEqualTo(identity(b));
			assertThat(a.endpoint()).isNotEqualTo(b.endpoint());
			assertThat(kubo(a).swarm().peers().block().peers()).isEmpty();
			kubo(a).swarm().connect(kubo(b).node().id().block().addresses().get(0)).block();
			Awaitility.await().until(() -> kubo(b).swarm().peers().block().peers().size() == 1);
			kubo(a).p2p().ls().block();
			kubo(a).routing().findPeer(identity(b)).blockFirst(Duration.ofSeconds(30));
		}
	}

	@Test
	void localNodeListensOnLoopbackOnly() {
		try (ManagedIpfsNode node = node("a").build()) {
			assertThat(kubo(node).node().id().block().addresses()).isNotEmpty()
				.allSatisfy((address) -> assertThat(address.toString()).startsWith("/ip4/127.0.0.1/"));
			assertThat(kubo(node).bootstrap().list().block().peers()).isEmpty();
		}
	}

	@Test
	void settingsOfTheUserStayAndThoseOfTheApplicationAreMade() throws IOException {
		try (ManagedIpfsNode node = node("a").build()) {
			node.start();
		}
		Path config = this.directory.resolve("a/config");
		Files.writeString(config,
				Files.readString(config).replaceAll("\"StorageMax\" ?: ?\"10GB\"", "\"StorageMax\": \"7GB\""));
		try (ManagedIpfsNode node = node("a").configuration(Map.of("Datastore.StorageGCWatermark", "77")).build()) {
			node.start();
			assertThat(Files.readString(config)).contains("7GB", "77");
			assertThat(config.toFile().canRead()).isTrue();
			assertThat(Files.getPosixFilePermissions(config)).hasSize(2);
		}
	}

	@Test
	void nodeThatDiedIsRestartedOnTheSamePort() {
		try (ManagedIpfsNode node = node("a").build()) {
			PeerId identity = identity(node);
			RpcEndpoint endpoint = node.endpoint();
			long first = node.process().pid();
			kill(first);
			Awaitility.await().until(() -> node.state() == NodeState.RUNNING && node.process().pid() != first);
			assertThat(node.endpoint()).isEqualTo(endpoint);
			assertThat(identity(node)).isEqualTo(identity);
			Awaitility.await().until(() -> this.events.size() == 3);
		}
		assertThat(this.events).hasExactlyElementsOfTypes(NodeStartedEvent.class, NodeExitedEvent.class,
				NodeStartedEvent.class, NodeStoppedEvent.class);
		assertThat(((NodeExitedEvent) this.events.get(1)).isRestarting()).isTrue();
		assertThat(((NodeExitedEvent) this.events.get(1)).getExitStatus()).isEqualTo(137);
		assertThat(((NodeStartedEvent) this.events.get(2)).isRestart()).isTrue();
	}

	@Test
	void nodeThatDiesTooOftenIsGivenUp() {
		try (ManagedIpfsNode node = node("a").restartBackOff(new FixedBackOff(10, 1)).build()) {
			node.start();
			kill(node.process().pid());
			Awaitility.await().until(() -> this.events.size() == 3 && node.process() != null);
			kill(node.process().pid());
			Awaitility.await().until(() -> node.state() == NodeState.FAILED);
			assertThatExceptionOfType(NodeUnreachableException.class).isThrownBy(node::endpoint)
				.withMessageContaining("ended by itself");
			assertThat(node.isRunning()).isFalse();
			Awaitility.await().until(() -> this.events.size() == 4);
			assertThat(((NodeExitedEvent) this.events.get(3)).isRestarting()).isFalse();
			node.start();
			assertThat(node.state()).isEqualTo(NodeState.RUNNING);
		}
	}

	@Test
	void stoppingWhileARestartIsPlannedEndsIt() {
		ManagedIpfsNode node = node("a").restartBackOff(new FixedBackOff(60_000, 5)).build();
		node.start();
		kill(node.process().pid());
		Awaitility.await().until(() -> node.state() == NodeState.RESTARTING);
		assertThat(node.endpoint()).isNotNull();
		AtomicInteger calls = new AtomicInteger();
		node.stop(calls::incrementAndGet);
		node.stop(calls::incrementAndGet);
		assertThat(calls).hasValue(2);
		assertThat(node.state()).isEqualTo(NodeState.STOPPED);
	}

	@Test
	void stoppedNodeIsNotStartedByBeingAskedFor() {
		ManagedIpfsNode node = node("a").build();
		node.start();
		ProcessHandle process = ProcessHandle.of(node.process().pid()).orElseThrow();
		node.stop();
		assertThat(process.isAlive()).isFalse();
		assertThatExceptionOfType(NodeUnreachableException.class).isThrownBy(node::endpoint);
		node.start();
		assertThat(identity(node)).isNotNull();
		node.close();
	}

	@Test
	void directoryOfAnotherApplicationIsLocked() {
		try (ManagedIpfsNode first = node("a").build()) {
			first.start();
			assertThatExceptionOfType(RepositoryLockedException.class).isThrownBy(() -> node("a").build().start())
				.withMessageContaining(this.directory.resolve("a").toString())
				.satisfies((ex) -> assertThat(ex.getRemedy()).contains("ipfs.node.directory"));
			assertThat(identity(first)).isNotNull();
		}
	}

	@Test
	void repositoryOfAnotherDaemonIsLockedAndStaysAsItIs() throws IOException {
		try (KuboTestNode other = KuboTestNode.start()) {
			String before = Files.readString(other.repository().resolve("config"));
			ManagedIpfsNode node = builder(other.repository()).build();
			assertThatExceptionOfType(RepositoryLockedException.class).isThrownBy(node::start)
				.withMessageContaining("Another ipfs daemon");
			assertThat(node.state()).isEqualTo(NodeState.FAILED);
			assertThat(other.repository().resolve("config")).hasContent(before);
			assertThat(other.kubo().node().id().block()).isNotNull();
		}
	}

	@Test
	void takenPortIsNamed() throws IOException {
		try (ServerSocket other = new ServerSocket()) {
			other.bind(new InetSocketAddress("127.0.0.1", 0));
			assertThatExceptionOfType(NodePortInUseException.class)
				.isThrownBy(() -> node("a").ports(other.getLocalPort(), 0, 0).build().start())
				.withMessageContaining("ipfs.node.rpc-port");
			assertThatExceptionOfType(NodePortInUseException.class)
				.isThrownBy(() -> node("a")
					.configuration(Map.of("Addresses.Gateway", "/ip4/127.0.0.1/tcp/" + other.getLocalPort()))
					.build()
					.start())
				.withMessageContaining("address already in use");
		}
	}

	@Test
	void nodeNeedsNoGateway() {
		try (ManagedIpfsNode node = node("a").configuration(Map.of("Addresses.Gateway", "[]")).build()) {
			assertThat(identity(node)).isNotNull();
			assertThat(node.process().gateway()).isNull();
		}
	}

	@Test
	void settingThatKuboRefusesIsNamed() {
		assertThatExceptionOfType(NodeStartException.class)
			.isThrownBy(() -> node("a").configuration(Map.of("Routing.Type", "nonsense")).build().start())
			.withMessageContaining("nonsense");
	}

	@Test
	void repositoryOfANewerKuboIsNamed() throws IOException {
		try (ManagedIpfsNode node = node("a").build()) {
			node.start();
		}
		Files.writeString(this.directory.resolve("a/version"), "99");
		assertThatExceptionOfType(RepositoryVersionException.class).isThrownBy(() -> node("a").build().start())
			.withMessageContaining("99");
		Files.writeString(this.directory.resolve("a/version"), "15");
		assertThatExceptionOfType(RepositoryVersionException.class).isThrownBy(() -> node("a").build().start())
			.satisfies((ex) -> assertThat(ex.getRemedy()).contains("ipfs repo migrate"));
	}

	@Test
	void repositoryThatWasLeftHalfMadeIsMadeAnew() throws IOException {
		Files.createDirectories(this.directory.resolve("a"));
		Files.writeString(this.directory.resolve("a/config"), "{\"half\":");
		try (ManagedIpfsNode node = node("a").build()) {
			assertThat(identity(node)).isNotNull();
		}
	}

	@Test
	void nodeThatDoesNotAnswerInTimeIsEnded() {
		assertThatExceptionOfType(NodeStartException.class)
			.isThrownBy(() -> node("a").startTimeout(Duration.ofMillis(1)).build().start())
			.satisfies((ex) -> assertThat(ex.getRemedy()).contains("ipfs.node.start-timeout"));
		try (ManagedIpfsNode node = node("a").build()) {
			assertThat(identity(node)).isNotNull();
		}
	}

	private ManagedIpfsNode.Builder node(String name) {
		return builder(this.directory.resolve(name));
	}

	private ManagedIpfsNode.Builder builder(Path repository) {
		return ManagedIpfsNode.builder(repository)
			.executable(ExecutableLocator.builder().executable(KuboTestNode.executable()).build())
			.network(NodeNetwork.LOCAL)
			.events(this.events::add);
	}

	private static Kubo kubo(ManagedIpfsNode node) {
		return new KuboHttpClient(node::endpoint);
	}

	private static PeerId identity(ManagedIpfsNode node) {
		return kubo(node).node().id().block(Duration.ofSeconds(30)).id();
	}

	private static void kill(long pid) {
		ProcessHandle.of(pid).orElseThrow().destroyForcibly();
	}

}
