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

package io.github.ipfstoolkit.contacts;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.NodeUnreachableException;
import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.contacts.jpa.JpaContactRepository;
import io.github.ipfstoolkit.rpc.SwarmApi.Peering;
import io.github.ipfstoolkit.testsupport.KuboTestNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for contacts with real nodes.
 */
class ContactsIT {

	private static final Multiaddr STALE = Multiaddr.of("/ip4/127.0.0.1/tcp/9");

	@TempDir
	private Path directory;

	private final KuboTestNode alice = KuboTestNode.start();

	private final KuboTestNode bob = KuboTestNode.start();

	private JpaContactRepository repository;

	private ContactTemplate contacts;

	@BeforeEach
	void open() {
		this.repository = JpaContactRepository.inFile(this.directory.resolve("contacts"));
		this.contacts = new ContactTemplate(this.repository, this.alice.kubo());
	}

	@AfterEach
	void close() {
		this.repository.close();
		this.alice.close();
		this.bob.close();
	}

	@Test
	void connectsByNameAndRemembersTheAddressForTheNextStart() {
		List<Multiaddr> addresses = addresses(this.bob);
		this.contacts.add("bob", id(this.bob), STALE, addresses.get(0));
		assertThat(isConnected()).isFalse();
		ConnectResult result = this.contacts.connect("bob");
		assertThat(result.connected()).isTrue();
		assertThat(isConnected()).isTrue();
		assertThat(addresses).contains(result.address());
		assertThat(best().address()).isEqualTo(result.address());
		assertThat(best().lastConnected()).isNotNull();
		this.repository.close();
		open();
		assertReachedByWhatIsRemembered(best().address());
	}

	@Test
	void findsAContactThatMovedByRouting() {
		try (KuboTestNode carol = KuboTestNode.start()) {
			routeAsClients(carol);
			this.contacts.add("bob", id(this.bob), STALE);
			Awaitility.await().until(() -> this.contacts.connect("bob").connected());
			assertThat(isConnected()).isTrue();
			ContactAddress remembered = best();
			assertThat(addresses(this.bob)).contains(remembered.address());
			assertThat(remembered.lastConnected()).isNotNull();
			assertThat(this.contacts.find("bob").orElseThrow().addresses()).extracting(ContactAddress::address)
				.last()
				.isEqualTo(STALE.withPeerId(id(this.bob)));
			assertReachedByWhatIsRemembered(remembered.address());
		}
	}

	/**
	 * Joins the nodes by a third that knows both. As clients of routing alone they do not
	 * come to know each other before they are asked to.
	 */
	private void routeAsClients(KuboTestNode carol) {
		List.of(this.alice, this.bob).forEach((node) -> {
			node.run("config", "Routing.Type", "dhtclient");
			node.killAndRestart();
			node.connectTo(carol);
		});
		assertThat(isConnected()).isFalse();
	}

	@Test
	void saysWhyAContactIsNotReached() {
		PeerId nobody = TestPeers.peer(1);
		this.contacts.add("nobody", nobody, STALE);
		ConnectResult result = this.contacts.connect("nobody");
		assertThat(result.connected()).isFalse();
		assertThat(result.failure()).contains(nobody.toString()).containsAnyOf("refused", "dial");
		assertThat(this.contacts.find("nobody").orElseThrow().addresses().get(0).lastConnected()).isNull();
	}

	@Test
	void givesUpInTime() throws IOException {
		ContactTemplate hurried = new ContactTemplate(this.repository, this.alice.kubo(), Duration.ofMillis(1), true,
				null);
		try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			hurried.add("bob", id(this.bob), Multiaddr.tcp("127.0.0.1", silent.getLocalPort()));
			assertThat(hurried.connect("bob").failure()).contains("1 ms");
		}
	}

	@Test
	void reportsThatTheNodeIsGone() {
		this.contacts.add("bob", id(this.bob), STALE);
		this.alice.kill();
		assertThatExceptionOfType(NodeUnreachableException.class).isThrownBy(() -> this.contacts.connect("bob"));
		this.alice.startProcess();
	}

	@Test
	void remembersWhereAPeerThatConnectedToUsListens() {
		this.contacts.add("bob", id(this.bob));
		this.bob.connectTo(this.alice);
		// a node asks for the other's addresses once it is connected
		Awaitility.await().until(() -> !this.alice.kubo().node().id(id(this.bob)).block().addresses().isEmpty());
		assertThat(this.contacts.connect("bob").connected()).isTrue();
		assertThat(addresses(this.bob)).contains(best().address());
		assertThat(best().lastConnected()).isNull();
		assertReachedByWhatIsRemembered(best().address());
	}

	@Test
	void keepsConnectionsOverRestartsOfTheNode() {
		ContactKeeper keeper = new ContactKeeper(this.repository, this.alice.kubo(), Duration.ofMillis(200));
		keeper.start();
		try {
			this.contacts.add("bob", id(this.bob), addresses(this.bob).get(0));
			Awaitility.await().until(this::isConnected);
			this.alice.killAndRestart();
			Awaitility.await().until(this::isConnected);
		}
		finally {
			keeper.stop();
		}
		assertThat(this.alice.kubo().swarm().peerings().block().peers()).extracting(Peering::id).isEmpty();
	}

	/**
	 * A restarted node may find its last peers by itself, so a new one that knows nobody
	 * has to do.
	 */
	private void assertReachedByWhatIsRemembered(Multiaddr address) {
		try (KuboTestNode dave = KuboTestNode.start()) {
			ContactTemplate template = new ContactTemplate(this.repository, dave.kubo());
			template.updateAddresses("bob", List.of(address));
			assertThat(dave.kubo().swarm().peers().block().peers()).isEmpty();
			assertThat(template.connect("bob").address()).isEqualTo(address);
		}
	}

	private ContactAddress best() {
		return this.contacts.find("bob").orElseThrow().addresses().get(0);
	}

	private boolean isConnected() {
		return this.alice.kubo()
			.swarm()
			.peers()
			.block()
			.peers()
			.stream()
			.anyMatch((peer) -> peer.peer().equals(id(this.bob)));
	}

	private static PeerId id(KuboTestNode node) {
		return node.kubo().node().id().block().id();
	}

	private static List<Multiaddr> addresses(KuboTestNode node) {
		return node.kubo().node().id().block().addresses();
	}

}
