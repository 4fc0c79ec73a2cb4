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

package io.github.ipfstoolkit.health;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.github.ipfstoolkit.IpfsTimeoutException;
import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.NodeUnreachableException;
import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.listener.IpfsListenerContainer;
import io.github.ipfstoolkit.listener.IpfsListenerEndpoint;
import io.github.ipfstoolkit.listener.IpfsListenerEndpointRegistry;
import io.github.ipfstoolkit.listener.IpfsListenerFailedToStartEvent;
import io.github.ipfstoolkit.listener.IpfsListenerStartingEvent;
import io.github.ipfstoolkit.listener.IpfsListenerType;
import io.github.ipfstoolkit.node.IpfsNode;
import io.github.ipfstoolkit.node.NodeState;
import io.github.ipfstoolkit.rpc.Kubo;
import io.github.ipfstoolkit.rpc.KuboVersion;
import io.github.ipfstoolkit.rpc.NodeApi;
import io.github.ipfstoolkit.rpc.NodeApi.Identity;
import io.github.ipfstoolkit.rpc.NodeApi.Version;
import io.github.ipfstoolkit.rpc.NodeTooOldException;
import io.github.ipfstoolkit.rpc.SwarmApi;
import io.github.ipfstoolkit.rpc.SwarmApi.Peer;
import io.github.ipfstoolkit.rpc.SwarmApi.Peers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import reactor.core.publisher.Mono;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

/**
 * Tests for {@link IpfsHealthIndicator}.
 */
class IpfsHealthIndicatorTests {

	private static final PeerId OWN = PeerId.of("12D3KooWBRmDWFvm5WriT5zc32HKv7v78VzDSzJHpGQ6MhocRFL3");

	private static final PeerId OTHER = PeerId.of("12D3KooWGzxzKZYveHXtpG6AsrUJBcWxHBFS2HsEoGTxrMLvKXtf");

	private final Kubo kubo = mock();

	private final NodeApi node = mock();

	private final SwarmApi swarm = mock();

	private final IpfsNode ipfsNode = mock();

	private final IpfsListenerEndpointRegistry listeners = mock();

	private final IpfsHealthIndicator indicator = new IpfsHealthIndicator(this.kubo, this.ipfsNode, this.listeners,
			Duration.ofSeconds(20));

	@BeforeEach
	void nodeIsWell() {
		given(this.ipfsNode.state()).willReturn(NodeState.EXTERNAL);
		given(this.kubo.backend()).willReturn("http");
		given(this.kubo.node()).willReturn(this.node);
		given(this.kubo.swarm()).willReturn(this.swarm);
		given(this.node.id()).willReturn(Mono.just(new Identity(OWN, null, List.of(), null, List.of())));
		given(this.node.version()).willReturn(version("0.43.0"));
		given(this.node.healthy()).willReturn(Mono.just("\"ok\""));
		given(this.swarm.peers()).willReturn(Mono.just(new Peers(List.of())));
	}

	@Test
	void nodeThatIsWellIsUpWithItsDetails() {
		Peer tcp = new Peer(Multiaddr.of("/ip4/127.0.0.1/tcp/4001"), OTHER, null, null, 0);
		Peer quic = new Peer(Multiaddr.of("/ip4/127.0.0.1/udp/4001/quic-v1"), OTHER, null, null, 0);
		given(this.swarm.peers()).willReturn(Mono.just(new Peers(List.of(tcp, quic))));
		Health health = this.indicator.health();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("version", "0.43.0")
			.containsEntry("backend", "http")
			.containsEntry("peerId", OWN.toString())
			.containsEntry("connectedPeers", 1L);
	}

	@Test
	void nodeThatSaysItIsNotWellIsDown() {
		given(this.node.healthy()).willReturn(Mono.error(new IllegalStateException("shutting down")));
		Health health = this.indicator.health();
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails().get("error")).asString().contains("shutting down");
	}

	@Test
	void nodeThatDoesNotAnswerIsDown() {
		given(this.node.version()).willReturn(Mono.error(new NodeUnreachableException("http://127.0.0.1:1", null)));
		Health health = this.indicator.health();
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails()).containsEntry("backend", "http");
		assertThat(health.getDetails().get("error")).asString().contains("http://127.0.0.1:1");
	}

	@Test
	@Timeout(15)
	void nodeThatHangsIsDownAfterTheTimeout() {
		given(this.swarm.peers()).willReturn(Mono.never());
		Health health = new IpfsHealthIndicator(this.kubo, null, null, Duration.ofMillis(50)).health();
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails().get("error")).asString().contains(IpfsTimeoutException.class.getName(), "50 ms");
	}

	@Test
	void nodeWithoutTheHealthCommandIsUpWhenItAnswers() {
		given(this.node.healthy()).willReturn(Mono
			.error(new NodeTooOldException("diag/healthy", null, KuboVersion.of("0.42.0"), KuboVersion.of("0.39.0"))));
		assertThat(this.indicator.health().getStatus()).isEqualTo(Status.UP);
	}

	@ParameterizedTest
	@EnumSource(names = { "EXTERNAL", "RUNNING" })
	void stateOfTheNodeIsADetail(NodeState state) {
		given(this.ipfsNode.state()).willReturn(state);
		Health health = this.indicator.health();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("node", state.name().toLowerCase(Locale.ROOT));
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = { "EXTERNAL", "RUNNING" })
	void managedNodeThatDoesNotRunIsDownAndNotStarted(NodeState state) {
		given(this.ipfsNode.state()).willReturn(state);
		Health health = this.indicator.health();
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails()).containsEntry("node", state.name().toLowerCase(Locale.ROOT));
		then(this.kubo).should(never()).node();
	}

	@Test
	void listenersAreCounted() {
		givenListeners(listener("chat", true, true), listener("paused", false, false));
		Health health = this.indicator.health();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("listeners",
				Map.of("total", 2, "active", 1L, "failed", Set.of()));
	}

	@Test
	void listenerThatRunsAndDoesNotListenIsAFailure() {
		givenListeners(listener("chat", true, true), listener("news", true, false));
		Health health = this.indicator.health();
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails()).containsEntry("version", "0.43.0")
			.containsEntry("listeners", Map.of("total", 2, "active", 1L, "failed", Set.of("news")));
	}

	@Test
	void listenerThatCouldNotBeStartedIsAFailureUntilItIsStartedOrStopped() {
		IpfsListenerContainer chat = listener("chat", false, false);
		givenListeners(chat);
		this.indicator.onApplicationEvent(new IpfsListenerFailedToStartEvent(chat, new RuntimeException(), false));
		assertThat(this.indicator.health().getStatus()).isEqualTo(Status.DOWN);
		this.indicator.onApplicationEvent(new IpfsListenerStartingEvent(chat));
		assertThat(this.indicator.health().getStatus()).isEqualTo(Status.UP);
	}

	@Test
	void applicationWithoutListenersHasNoneToReport() {
		Health health = new IpfsHealthIndicator(this.kubo, null, null, Duration.ofSeconds(20)).health();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).doesNotContainKey("listeners");
	}

	private void givenListeners(IpfsListenerContainer... containers) {
		given(this.listeners.getContainers()).willReturn(List.of(containers));
	}

	private static IpfsListenerContainer listener(String id, boolean running, boolean active) {
		IpfsListenerContainer container = mock();
		given(container.getEndpoint()).willReturn(IpfsListenerEndpoint.of(IpfsListenerType.TRANSMISSION, id, mock()));
		given(container.isRunning()).willReturn(running);
		given(container.isActive()).willReturn(active);
		return container;
	}

	private static Mono<Version> version(String version) {
		return Mono.just(new Version(version, "", "18", "amd64/linux", "go1.26"));
	}

}
