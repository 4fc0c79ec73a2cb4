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

package io.github.ipfstoolkit.actuate;

import java.time.Duration;
import java.util.List;

import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.NodeUnreachableException;
import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.actuate.IpfsEndpoint.IpfsDescriptor;
import io.github.ipfstoolkit.actuate.IpfsEndpoint.ListenerDescriptor;
import io.github.ipfstoolkit.actuate.IpfsEndpoint.TunnelDescriptor;
import io.github.ipfstoolkit.contacts.Contact;
import io.github.ipfstoolkit.contacts.ContactRepository;
import io.github.ipfstoolkit.listener.IpfsListenerContainer;
import io.github.ipfstoolkit.listener.IpfsListenerEndpoint;
import io.github.ipfstoolkit.listener.IpfsListenerEndpointRegistry;
import io.github.ipfstoolkit.listener.IpfsListenerType;
import io.github.ipfstoolkit.node.IpfsNode;
import io.github.ipfstoolkit.node.NodeState;
import io.github.ipfstoolkit.rpc.Kubo;
import io.github.ipfstoolkit.rpc.NodeApi;
import io.github.ipfstoolkit.rpc.NodeApi.Identity;
import io.github.ipfstoolkit.rpc.NodeApi.Version;
import io.github.ipfstoolkit.rpc.P2pApi;
import io.github.ipfstoolkit.rpc.P2pApi.Mount;
import io.github.ipfstoolkit.rpc.P2pApi.Mounts;
import io.github.ipfstoolkit.rpc.RpcEndpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

/**
 * Tests for {@link IpfsEndpoint}.
 */
class IpfsEndpointTests {

	private static final PeerId OWN = PeerId.of("12D3KooWBRmDWFvm5WriT5zc32HKv7v78VzDSzJHpGQ6MhocRFL3");

	private static final Multiaddr ADDRESS = Multiaddr.of("/ip4/127.0.0.1/tcp/4001/p2p/" + OWN);

	private final Kubo kubo = mock();

	private final NodeApi nodeApi = mock();

	private final P2pApi p2p = mock();

	private final IpfsNode node = mock();

	private final IpfsListenerEndpointRegistry listeners = mock();

	private final ContactRepository contacts = mock();

	private final IpfsEndpoint endpoint = new IpfsEndpoint(this.kubo, this.node, this.listeners, this.contacts,
			Duration.ofSeconds(20));

	@BeforeEach
	void setUp() {
		given(this.kubo.backend()).willReturn("http");
		given(this.kubo.node()).willReturn(this.nodeApi);
		given(this.kubo.p2p()).willReturn(this.p2p);
		given(this.nodeApi.id()).willReturn(Mono.just(new Identity(OWN, null, List.of(ADDRESS), null, List.of())));
		given(this.nodeApi.version()).willReturn(Mono.just(new Version("0.43.0", "", "18", "amd64/linux", "go1.26")));
		given(this.p2p.ls()).willReturn(Mono.just(new Mounts(
				List.of(new Mount("/x/chat", Multiaddr.of("/p2p/" + OWN), Multiaddr.of("/ip4/127.0.0.1/tcp/4444"))))));
		given(this.node.isManaged()).willReturn(true);
		given(this.node.state()).willReturn(NodeState.RUNNING);
		given(this.node.endpoint()).willReturn(RpcEndpoint.of("http://127.0.0.1:5001", "basic:alice:t0p-secret"));
		given(this.contacts.findAll()).willReturn(List.of());
	}

	@Test
	void nodeIsDescribed() {
		IpfsDescriptor descriptor = this.endpoint.ipfs();
		assertThat(descriptor.node().reachable()).isTrue();
		assertThat(descriptor.node().mode()).isEqualTo("managed");
		assertThat(descriptor.node().state()).isEqualTo("running");
		assertThat(descriptor.node().backend()).isEqualTo("http");
		assertThat(descriptor.node().address()).isEqualTo("http://127.0.0.1:5001");
		assertThat(descriptor.node().version()).isEqualTo("0.43.0");
		assertThat(descriptor.node().peerId()).isEqualTo(OWN.toString());
		assertThat(descriptor.node().addresses()).containsExactly(ADDRESS.toString());
	}

	@Test
	void listenersAreDescribed() {
		IpfsListenerContainer container = mock();
		given(container.getEndpoint())
			.willReturn(IpfsListenerEndpoint.of(IpfsListenerType.TOPIC, "news", mock()).withId("the-news"));
		given(container.isRunning()).willReturn(true);
		given(this.listeners.getContainers()).willReturn(List.of(container));
		assertThat(this.endpoint.ipfs().listeners())
			.containsExactly(new ListenerDescriptor("the-news", "news", "topic", true, false));
	}

	@Test
	void tunnelsAreDescribed() {
		assertThat(this.endpoint.ipfs().tunnels())
			.containsExactly(new TunnelDescriptor("listener", "/x/chat", "/p2p/" + OWN, "/ip4/127.0.0.1/tcp/4444"));
	}

	@Test
	void contactsAreCounted() {
		Contact contact = new Contact("alice", OWN, List.of());
		given(this.contacts.findAll()).willReturn(List.of(contact, contact));
		assertThat(this.endpoint.ipfs().contacts()).isEqualTo(2);
	}

	@Test
	void nodeThatIsDownLeavesTheRestToBeDescribed() {
		NodeUnreachableException down = new NodeUnreachableException("http://127.0.0.1:1", null);
		given(this.nodeApi.id()).willReturn(Mono.error(down));
		given(this.nodeApi.version()).willReturn(Mono.error(down));
		given(this.p2p.ls()).willReturn(Mono.error(down));
		IpfsDescriptor descriptor = this.endpoint.ipfs();
		assertThat(descriptor.node().reachable()).isFalse();
		assertThat(descriptor.tunnels()).isNull();
		assertThat(descriptor.contacts()).isZero();
	}

	@Test
	void managedNodeThatDoesNotRunIsNotAsked() {
		given(this.node.state()).willReturn(NodeState.STOPPED);
		IpfsDescriptor descriptor = this.endpoint.ipfs();
		assertThat(descriptor.node().reachable()).isFalse();
		assertThat(descriptor.node().state()).isEqualTo("stopped");
		assertThat(descriptor.contacts()).isZero();
		then(this.node).should(never()).endpoint();
	}

	@Test
	@Timeout(15)
	void questionThatHangsIsGivenUp() {
		given(this.p2p.ls()).willReturn(Mono.never());
		IpfsDescriptor descriptor = new IpfsEndpoint(this.kubo, this.node, null, null, Duration.ofSeconds(2)).ipfs();
		assertThat(descriptor.tunnels()).isNull();
		assertThat(descriptor.node().reachable()).isTrue();
	}

	@Test
	void partsThatTheApplicationDoesNotHaveAreLeftOut() {
		IpfsDescriptor descriptor = new IpfsEndpoint(this.kubo, null, null, null).ipfs();
		assertThat(descriptor.node().mode()).isNull();
		assertThat(descriptor.listeners()).isEmpty();
		assertThat(JsonMapper.shared().writeValueAsString(descriptor)).contains("\"peerId\":\"" + OWN + "\"")
			.doesNotContain("contacts", "mode", "null");
	}

	@Test
	void secretsAreNoPartOfIt() {
		assertThat(JsonMapper.shared().writeValueAsString(this.endpoint.ipfs())).contains("http://127.0.0.1:5001")
			.doesNotContain("secret")
			.doesNotContain(this.node.endpoint().authorization().substring("Basic ".length()));
	}

}
