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

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.rpc.Kubo;
import io.github.ipfstoolkit.rpc.SwarmApi;
import io.github.ipfstoolkit.rpc.SwarmApi.Peering;
import io.github.ipfstoolkit.rpc.SwarmApi.PeeringStatus;
import io.github.ipfstoolkit.rpc.SwarmApi.Peerings;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static io.github.ipfstoolkit.contacts.TestPeers.peer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyList;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.timeout;

/**
 * Tests for {@link ContactKeeper}.
 */
@ExtendWith(OutputCaptureExtension.class)
class ContactKeeperTests {

	private static final Multiaddr ADDRESS = Multiaddr.of("/ip4/198.51.100.7/tcp/4001");

	private final ContactRepository contacts = new InMemoryContactRepository();

	private final Map<PeerId, Set<Multiaddr>> node = new ConcurrentHashMap<>();

	private volatile boolean unreachable;

	private final Kubo kubo = mock();

	private final SwarmApi swarm = mock();

	private final ContactKeeper keeper = new ContactKeeper(this.contacts, this.kubo, Duration.ofMillis(10));

	@BeforeEach
	void fakeNode() {
		given(this.kubo.swarm()).willReturn(this.swarm);
		given(this.swarm.peerings()).willAnswer((call) -> Mono.fromCallable(this::peerings));
		given(this.swarm.addPeering(anyList())).willAnswer((call) -> {
			List<Multiaddr> addresses = call.getArgument(0);
			PeerId peer = addresses.get(0).peerId().orElseThrow();
			this.node.put(peer, Set.copyOf(addresses));
			return Flux.just(new PeeringStatus(peer, "success"));
		});
		given(this.swarm.connect(anyList())).willReturn(Mono.error(new IpfsException("all dials failed")));
		given(this.swarm.removePeering(any())).willAnswer((call) -> {
			this.node.remove(call.<PeerId>getArgument(0));
			return Flux.just(new PeeringStatus(call.getArgument(0), "success"));
		});
	}

	@AfterEach
	void stop() {
		this.keeper.stop();
	}

	@Test
	void keepsConnectionsToContacts() {
		this.contacts.add(Contact.of("alice", peer(1), ADDRESS));
		this.contacts.add(Contact.of("bob", peer(2)));
		this.keeper.start();
		awaitNode(
				Map.of(peer(1), Set.of(ADDRESS.withPeerId(peer(1))), peer(2), Set.of(Multiaddr.of("/p2p/" + peer(2)))));
	}

	@Test
	void connectsAtOnce() {
		this.contacts.add(Contact.of("alice", peer(1), ADDRESS));
		this.keeper.start();
		then(this.swarm).should(timeout(60_000)).connect(List.of(ADDRESS.withPeerId(peer(1))));
	}

	@Test
	void followsContactsThatComeChangeAndGo() {
		this.keeper.start();
		this.contacts.add(Contact.of("alice", peer(1)));
		awaitNode(Map.of(peer(1), Set.of(Multiaddr.of("/p2p/" + peer(1)))));
		this.contacts.update("alice", (contact) -> contact.withAddresses(List.of(ADDRESS)));
		awaitNode(Map.of(peer(1), Set.of(ADDRESS.withPeerId(peer(1)))));
		this.contacts.deleteByName("alice");
		awaitNode(Map.of());
	}

	@Test
	void tellsANodeThatHasRestartedAgain() {
		this.contacts.add(Contact.of("alice", peer(1), ADDRESS));
		this.keeper.start();
		awaitNode(Map.of(peer(1), Set.of(ADDRESS.withPeerId(peer(1)))));
		this.node.clear();
		awaitNode(Map.of(peer(1), Set.of(ADDRESS.withPeerId(peer(1)))));
	}

	@Test
	void leavesAloneWhatOthersToldTheNode() {
		Set<Multiaddr> others = Set.of(Multiaddr.of("/p2p/" + peer(1)));
		this.node.put(peer(1), others);
		this.node.put(peer(3), others);
		this.contacts.add(Contact.of("alice", peer(1), ADDRESS));
		this.contacts.add(Contact.of("bob", peer(2), ADDRESS));
		this.keeper.start();
		awaitNode(Map.of(peer(1), others, peer(2), Set.of(ADDRESS.withPeerId(peer(2))), peer(3), others));
		this.keeper.stop();
		assertThat(this.node).isEqualTo(Map.of(peer(1), others, peer(3), others));
	}

	@Test
	void triesAgainAfterAFailureAndReportsItOnce(CapturedOutput output) {
		this.unreachable = true;
		this.keeper.start();
		then(this.swarm).should(timeout(60_000).atLeast(5)).peerings();
		assertThat(output).containsOnlyOnce("Connections to contacts can not be kept for now");
		this.unreachable = false;
		this.contacts.add(Contact.of("alice", peer(1), ADDRESS));
		awaitNode(Map.of(peer(1), Set.of(ADDRESS.withPeerId(peer(1)))));
	}

	@Test
	void stopsAndStartsAgain() {
		this.contacts.add(Contact.of("alice", peer(1), ADDRESS));
		assertThat(this.keeper.isRunning()).isFalse();
		this.keeper.start();
		assertThat(this.keeper.isRunning()).isTrue();
		awaitNode(Map.of(peer(1), Set.of(ADDRESS.withPeerId(peer(1)))));
		this.keeper.stop();
		this.keeper.stop();
		assertThat(this.keeper.isRunning()).isFalse();
		assertThat(this.node).isEmpty();
		this.keeper.start();
		awaitNode(Map.of(peer(1), Set.of(ADDRESS.withPeerId(peer(1)))));
	}

	@Test
	void startsAndStopsWithTunnels() {
		assertThat(this.keeper.getPhase()).isEqualTo(Integer.MIN_VALUE / 2 - 100);
	}

	private Peerings peerings() {
		if (this.unreachable) {
			throw new IpfsException("no node");
		}
		return new Peerings(this.node.keySet().stream().map((peer) -> new Peering(peer, List.of())).toList());
	}

	private void awaitNode(Map<PeerId, Set<Multiaddr>> expected) {
		Awaitility.await().untilAsserted(() -> assertThat(this.node).isEqualTo(expected));
	}

}
