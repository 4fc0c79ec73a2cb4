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

import java.time.Duration;
import java.util.List;

import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.rpc.Kubo;
import io.github.ipfstoolkit.rpc.NodeApi;
import io.github.ipfstoolkit.rpc.Strings;
import io.github.ipfstoolkit.rpc.SwarmApi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.anyList;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

/**
 * Tests for {@link SwarmPeerDirectory}.
 */
class SwarmPeerDirectoryTests {

	private static final PeerId PEER = PeerId.of("12D3KooWSqWVnXUtxkWGg8mTJzHhgwgrQDSxLEZsTZbDyGNnBtjn");

	private static final Multiaddr ADDRESS = Multiaddr.of("/ip4/127.0.0.1/tcp/4001/p2p/" + PEER);

	private static final Multiaddr UNKNOWN_ADDRESS = Multiaddr.of("/p2p/" + PEER);

	private final Kubo kubo = mock(Kubo.class);

	private final SwarmApi swarm = mock(SwarmApi.class);

	private final NodeApi node = mock(NodeApi.class);

	private final SwarmPeerDirectory directory = new SwarmPeerDirectory(this.kubo, Duration.ofMillis(500));

	@BeforeEach
	void wire() {
		given(this.kubo.swarm()).willReturn(this.swarm);
		given(this.kubo.node()).willReturn(this.node);
		given(this.node.id(PEER))
			.willReturn(Mono.just(new NodeApi.Identity(PEER, null, List.of(ADDRESS), null, List.of())));
	}

	private void connected(boolean connected) {
		List<SwarmApi.Peer> peers = connected ? List.of(new SwarmApi.Peer(ADDRESS, PEER, null, null, 0)) : List.of();
		given(this.swarm.peers()).willReturn(Mono.just(new SwarmApi.Peers(peers)));
	}

	private void reachable(Multiaddr address, boolean reachable) {
		given(this.swarm.connect(List.of(address))).willReturn(
				reachable ? Mono.just(new Strings(List.of("success"))) : Mono.error(new IpfsException("dial failed")));
	}

	@Test
	void knowsNoNames() {
		assertThat(this.directory.find("alice")).isEmpty();
	}

	@Test
	void connectedPeerIsLeftAlone() {
		connected(true);
		assertThat(this.directory.connect(PEER)).isTrue();
		assertThat(this.directory.connect(PEER)).isTrue();
		then(this.swarm).should(never()).connect(anyList());
		then(this.node).should().id(PEER);
	}

	@Test
	void peerThatWasConnectedIsReachedAtItsAddress() {
		connected(true);
		this.directory.connect(PEER);
		connected(false);
		reachable(ADDRESS, true);
		assertThat(this.directory.connect(PEER)).isTrue();
		then(this.swarm).should(never()).connect(List.of(UNKNOWN_ADDRESS));
	}

	@Test
	void peerThatWasNeverConnectedIsLookedUp() {
		connected(false);
		reachable(UNKNOWN_ADDRESS, true);
		assertThat(this.directory.connect(PEER)).isTrue();
	}

	@Test
	void peerThatCanNotBeReachedIsNotConnected() {
		connected(false);
		reachable(UNKNOWN_ADDRESS, false);
		assertThat(this.directory.connect(PEER)).isFalse();
		given(this.swarm.connect(List.of(UNKNOWN_ADDRESS))).willReturn(Mono.never());
		assertThat(this.directory.connect(PEER)).isFalse();
	}

	@Test
	void connectingTakesNoLongerThanItMay() {
		SwarmPeerDirectory patient = new SwarmPeerDirectory(this.kubo, Duration.ofDays(1));
		connected(false);
		given(this.swarm.connect(List.of(UNKNOWN_ADDRESS))).willReturn(Mono.never());
		assertThat(patient.connect(PEER, Duration.ofMillis(50))).isFalse();
		assertThat(this.directory.connect(PEER, Duration.ofDays(1))).isFalse();
	}

	@Test
	void nodeThatFailsIsNoPeerThatIsAway() {
		given(this.swarm.peers()).willReturn(Mono.error(new IpfsException("no node")));
		assertThatExceptionOfType(IpfsException.class).isThrownBy(() -> this.directory.connect(PEER));
	}

}
