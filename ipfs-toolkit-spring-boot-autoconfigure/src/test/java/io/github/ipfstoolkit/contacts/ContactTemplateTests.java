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

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.NodeUnreachableException;
import io.github.ipfstoolkit.p2p.PeerDirectory;
import io.github.ipfstoolkit.rpc.Kubo;
import io.github.ipfstoolkit.rpc.NodeApi;
import io.github.ipfstoolkit.rpc.Strings;
import io.github.ipfstoolkit.rpc.SwarmApi;
import io.github.ipfstoolkit.rpc.SwarmApi.Peer;
import io.github.ipfstoolkit.rpc.SwarmApi.Peers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import static io.github.ipfstoolkit.contacts.TestPeers.peer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyList;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.spy;

/**
 * Tests for {@link ContactTemplate}.
 */
class ContactTemplateTests {

	private static final Instant NOW = Instant.parse("2026-05-04T03:02:01Z");

	private static final Multiaddr ADDRESS = Multiaddr.of("/ip4/198.51.100.7/tcp/4001");

	private static final Multiaddr OTHER_ADDRESS = Multiaddr.of("/ip4/198.51.100.8/udp/4001/quic-v1");

	private final ContactRepository repository = spy(new InMemoryContactRepository());

	private final Kubo kubo = mock();

	private final SwarmApi swarm = mock();

	private final NodeApi node = mock();

	private final ContactTemplate contacts = template(ContactTemplate.DEFAULT_CONNECT_TIMEOUT, true, NOW);

	@BeforeEach
	void nodeConnects() {
		given(this.kubo.swarm()).willReturn(this.swarm);
		given(this.swarm.connect(anyList())).willReturn(Mono.just(new Strings(List.of("connect … success"))));
		given(this.kubo.node()).willReturn(this.node);
		connections();
		announced();
	}

	@Test
	void addsFindsListsAndRemoves() {
		Contact alice = this.contacts.add("alice", peer(1), ADDRESS);
		assertThat(this.contacts.find("alice")).contains(alice);
		assertThat(this.contacts.find(peer(1))).contains(alice);
		assertThat(this.contacts.list()).containsExactly(alice);
		assertThat(this.contacts.remove("alice")).isTrue();
		assertThat(this.contacts.remove("alice")).isFalse();
		assertThat(this.contacts.find("alice")).isEmpty();
	}

	@Test
	void renames() {
		this.contacts.add("alice", peer(1));
		assertThat(this.contacts.rename("alice", "alicia").name()).isEqualTo("alicia");
		assertThat(this.contacts.find(peer(1))).map(Contact::name).contains("alicia");
	}

	@Test
	void updatesAddresses() {
		this.contacts.add("alice", peer(1), ADDRESS);
		Contact updated = this.contacts.updateAddresses("alice", List.of(OTHER_ADDRESS));
		assertThat(updated.addresses()).extracting(ContactAddress::address)
			.containsExactly(OTHER_ADDRESS.withPeerId(peer(1)));
	}

	@Test
	void reportsContactsThatDoNotExist() {
		assertThatExceptionOfType(ContactNotFoundException.class).isThrownBy(() -> this.contacts.rename("bob", "rob"));
		assertThatExceptionOfType(ContactNotFoundException.class)
			.isThrownBy(() -> this.contacts.updateAddresses("bob", List.of()));
		assertThatExceptionOfType(ContactNotFoundException.class).isThrownBy(() -> this.contacts.connect("bob"))
			.satisfies((ex) -> assertThat(ex.getName()).isEqualTo("bob"));
	}

	@Test
	void connectsAtAllKnownAddressesTheOneThatWorkedLastFirst() {
		this.contacts.add("alice", peer(1), ADDRESS, OTHER_ADDRESS);
		this.repository.update("alice", (contact) -> contact.withConnected(OTHER_ADDRESS, NOW.minusSeconds(9)));
		assertThat(this.contacts.connect("alice").connected()).isTrue();
		then(this.swarm).should().connect(List.of(OTHER_ADDRESS.withPeerId(peer(1)), ADDRESS.withPeerId(peer(1))));
	}

	@Test
	void leavesAContactWithoutAddressesToRouting() {
		this.contacts.add("alice", peer(1));
		assertThat(this.contacts.connect("alice").connected()).isTrue();
		then(this.swarm).should().connect(List.of(Multiaddr.of("/p2p/" + peer(1))));
	}

	@Test
	void connectsToAPeerThatIsNoContact() {
		connections(new Peer(ADDRESS, peer(7), null, null, Peer.OUTBOUND));
		ConnectResult result = this.contacts.connect(peer(7));
		assertThat(result).isEqualTo(new ConnectResult(peer(7), true, ADDRESS.withPeerId(peer(7)), null));
		then(this.swarm).should().connect(List.of(Multiaddr.of("/p2p/" + peer(7))));
		assertThat(this.contacts.list()).isEmpty();
	}

	@Test
	void usesWhatIsKnownOfAPeerThatIsAContact() {
		this.contacts.add("alice", peer(1), ADDRESS);
		this.contacts.connect(peer(1));
		then(this.swarm).should().connect(List.of(ADDRESS.withPeerId(peer(1))));
	}

	@Test
	void remembersTheAddressThatWorked() {
		this.contacts.add("alice", peer(1), ADDRESS);
		connections(new Peer(ADDRESS, peer(2), null, null, Peer.OUTBOUND),
				new Peer(Multiaddr.of("/ip4/198.51.100.9/tcp/1"), peer(1), null, null, Peer.INBOUND),
				new Peer(OTHER_ADDRESS, peer(1), null, null, Peer.OUTBOUND));
		ConnectResult result = this.contacts.connect("alice");
		assertThat(result.address()).isEqualTo(OTHER_ADDRESS.withPeerId(peer(1)));
		assertThat(addresses()).containsExactly(new ContactAddress(OTHER_ADDRESS.withPeerId(peer(1)), NOW),
				new ContactAddress(ADDRESS.withPeerId(peer(1)), null));
	}

	@Test
	void doesNotRememberWhereAPeerDialledFrom() {
		this.contacts.add("alice", peer(1));
		connections(new Peer(ADDRESS, peer(1), null, null, Peer.INBOUND));
		assertThat(this.contacts.connect("alice"))
			.isEqualTo(new ConnectResult(peer(1), true, ADDRESS.withPeerId(peer(1)), null));
		assertThat(addresses()).isEmpty();
	}

	@Test
	void doesNotWriteAgainWithinAMinute() {
		this.contacts.add("alice", peer(1));
		connections(new Peer(ADDRESS, peer(1), null, null, Peer.OUTBOUND));
		this.contacts.connect("alice");
		template(ContactTemplate.DEFAULT_CONNECT_TIMEOUT, true, NOW.plusSeconds(59)).connect("alice");
		assertThat(addresses()).containsExactly(new ContactAddress(ADDRESS.withPeerId(peer(1)), NOW));
		template(ContactTemplate.DEFAULT_CONNECT_TIMEOUT, true, NOW.plusSeconds(61)).connect("alice");
		assertThat(addresses()).containsExactly(new ContactAddress(ADDRESS.withPeerId(peer(1)), NOW.plusSeconds(61)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/ip4/127.0.0.1/tcp/4001", "/ip4/192.168.1.2/tcp/4001", "/ip4/10.1.2.3/udp/4001/quic-v1",
			"/ip4/172.16.0.1/tcp/4001", "/ip4/169.254.1.1/tcp/4001", "/ip6/::1/tcp/4001", "/ip6/fe80::1/tcp/4001",
			"/ip6/fd12:3456::1/tcp/4001", "/ip6zone/eth0/ip6/fe80::1/tcp/4001" })
	void remembersPrivateAddressesUnlessToldOtherwise(String address) {
		this.contacts.add("alice", peer(1));
		connections(new Peer(Multiaddr.of(address), peer(1), null, null, Peer.OUTBOUND));
		template(ContactTemplate.DEFAULT_CONNECT_TIMEOUT, false, NOW).connect("alice");
		assertThat(addresses()).isEmpty();
		this.contacts.connect("alice");
		assertThat(addresses()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/ip4/198.51.100.7/tcp/4001", "/ip4/172.32.0.1/tcp/4001", "/ip6/2001:db8::1/tcp/4001",
			"/dns/localhost.example/tcp/4001" })
	void remembersPublicAddressesInAnyCase(String address) {
		this.contacts.add("alice", peer(1));
		connections(new Peer(Multiaddr.of(address), peer(1), null, null, Peer.OUTBOUND));
		template(ContactTemplate.DEFAULT_CONNECT_TIMEOUT, false, NOW).connect("alice");
		assertThat(addresses()).hasSize(1);
	}

	@Test
	void saysWhyThereIsNoConnection() {
		this.contacts.add("alice", peer(1), ADDRESS);
		given(this.swarm.connect(anyList()))
			.willReturn(Mono.error(new IpfsException("connect … failure: all dials failed")));
		assertThat(this.contacts.connect("alice"))
			.isEqualTo(new ConnectResult(peer(1), false, null, "connect … failure: all dials failed"));
		assertThat(addresses()).extracting(ContactAddress::lastConnected).containsOnlyNulls();
	}

	@Test
	void givesUpAfterTheTimeout() {
		this.contacts.add("alice", peer(1));
		given(this.swarm.connect(anyList())).willReturn(Mono.never());
		ConnectResult result = template(Duration.ofMillis(50), true, NOW).connect("alice");
		assertThat(result.connected()).isFalse();
		assertThat(result.failure()).contains("50 ms", peer(1).toString());
	}

	@Test
	void aMissingNodeIsNotThePeersFault() {
		this.contacts.add("alice", peer(1));
		given(this.swarm.connect(anyList()))
			.willReturn(Mono.error(new NodeUnreachableException("http://127.0.0.1:5001", null)));
		assertThatExceptionOfType(NodeUnreachableException.class).isThrownBy(() -> this.contacts.connect("alice"));
	}

	@Test
	void aConnectionThatCanNotBeRememberedIsAConnectionStill() {
		this.contacts.add("alice", peer(1));
		connections(new Peer(ADDRESS, peer(1), null, null, Peer.OUTBOUND));
		willThrow(new ContactStoreException("The disk is full", "Make room", null)).given(this.repository)
			.update(any(), any());
		assertThat(this.contacts.connect("alice").connected()).isTrue();
	}

	@Test
	void remembersWhatAPeerAnnouncesWhereNothingElseIsKnown() {
		this.contacts.add("alice", peer(1));
		connections(new Peer(Multiaddr.of("/ip4/198.51.100.7/tcp/55555"), peer(1), null, null, Peer.INBOUND));
		announced(ADDRESS, Multiaddr.of("/ip4/10.0.0.1/tcp/4001"));
		template(ContactTemplate.DEFAULT_CONNECT_TIMEOUT, false, NOW).connect("alice");
		assertThat(addresses()).containsExactly(new ContactAddress(ADDRESS.withPeerId(peer(1)), null));
		announced(OTHER_ADDRESS);
		this.contacts.connect("alice");
		assertThat(addresses()).containsExactly(new ContactAddress(ADDRESS.withPeerId(peer(1)), null));
	}

	@Test
	void directoryFindsContactsAndConnectsThem() {
		ContactPeerDirectory directory = new ContactPeerDirectory(this.contacts, mock());
		this.contacts.add("alice", peer(1), ADDRESS);
		assertThat(directory.find("alice")).contains(peer(1));
		assertThat(directory.find("bob")).isEmpty();
		assertThat(directory.connect(peer(1))).isTrue();
		given(this.swarm.connect(anyList())).willReturn(Mono.error(new IpfsException("routing: not found")));
		assertThat(directory.connect(peer(1))).isFalse();
	}

	@Test
	void directoryConnectsInLessTimeWhereItIsGivenLess() {
		ContactTemplate patient = new ContactTemplate(this.repository, this.kubo, Duration.ofDays(1), true, null);
		PeerDirectory others = mock();
		ContactPeerDirectory directory = new ContactPeerDirectory(patient, others);
		patient.add("alice", peer(1), ADDRESS);
		given(this.swarm.connect(anyList())).willReturn(Mono.never());
		assertThat(directory.connect(peer(1), Duration.ofMillis(50))).isFalse();
		given(others.connect(peer(2), Duration.ofMillis(50))).willReturn(true);
		assertThat(directory.connect(peer(2), Duration.ofMillis(50))).isTrue();
	}

	@Test
	void directoryLeavesOtherPeersToAnother() {
		PeerDirectory others = mock();
		given(others.connect(peer(2))).willReturn(true);
		ContactPeerDirectory directory = new ContactPeerDirectory(this.contacts, others);
		assertThat(directory.connect(peer(2))).isTrue();
		assertThat(directory.connect(peer(3))).isFalse();
		then(this.swarm).should(never()).connect(anyList());
	}

	@Test
	void converterFindsTheContactOfAPeer() {
		PeerIdToContactConverter converter = new PeerIdToContactConverter(this.repository);
		Contact alice = this.contacts.add("alice", peer(1));
		assertThat(converter.convert(peer(1))).isEqualTo(alice);
		assertThat(converter.convert(peer(2))).isNull();
		then(this.swarm).should(never()).connect(anyList());
	}

	@Test
	void forgetsOldAddressesOnceAnotherHasWorked() {
		this.contacts.add("alice", peer(1));
		this.repository.update("alice",
				(contact) -> contact.withConnected(OTHER_ADDRESS, NOW.minus(Duration.ofHours(200))));
		connections(new Peer(ADDRESS, peer(1), null, null, Peer.OUTBOUND));
		template(Duration.ofSeconds(30), true, Duration.ofHours(201), NOW.minusSeconds(120)).connect("alice");
		assertThat(addresses()).hasSize(2);
		template(Duration.ofSeconds(30), true, Duration.ofHours(199), NOW).connect("alice");
		assertThat(addresses()).containsExactly(new ContactAddress(ADDRESS.withPeerId(peer(1)), NOW));
	}

	@Test
	void connectsToAllAndTellsTheOutcomesByName() {
		this.contacts.add("carol", peer(3), ADDRESS);
		this.contacts.add("alice", peer(1), ADDRESS);
		given(this.swarm.connect(List.of(ADDRESS.withPeerId(peer(3)))))
			.willReturn(Mono.error(new IpfsException("all dials failed")));
		assertThat(this.contacts.connectAll()).containsExactly(new ConnectResult(peer(1), true, null, null),
				new ConnectResult(peer(3), false, null, "all dials failed"));
		given(this.swarm.connect(anyList()))
			.willReturn(Mono.error(new NodeUnreachableException("http://127.0.0.1:5001", null)));
		assertThatExceptionOfType(NodeUnreachableException.class).isThrownBy(this.contacts::connectAll);
	}

	private ContactTemplate template(Duration timeout, boolean rememberPrivate, Instant now) {
		return template(timeout, rememberPrivate, null, now);
	}

	private ContactTemplate template(Duration timeout, boolean rememberPrivate, @Nullable Duration forgetAfter,
			Instant now) {
		return new ContactTemplate(this.repository, this.kubo, timeout, rememberPrivate, forgetAfter,
				Clock.fixed(now, ZoneOffset.UTC));
	}

	private void connections(Peer... peers) {
		given(this.swarm.connections()).willReturn(Mono.just(new Peers(List.of(peers))));
	}

	private void announced(Multiaddr... addresses) {
		given(this.node.id(peer(1)))
			.willReturn(Mono.just(new NodeApi.Identity(peer(1), null, List.of(addresses), null, List.of())));
	}

	private List<ContactAddress> addresses() {
		return this.repository.findByName("alice").orElseThrow().addresses();
	}

}
