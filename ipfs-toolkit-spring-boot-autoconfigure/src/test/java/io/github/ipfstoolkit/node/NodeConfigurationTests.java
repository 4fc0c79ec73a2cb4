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

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link NodeConfiguration}.
 */
class NodeConfigurationTests {

	private static final String FRESH = """
			{"Identity":{"PeerID":"12D3","PrivKey":"secret"},"Bootstrap":["auto"],"AutoConf":{},
			"Addresses":{"Swarm":["/ip4/0.0.0.0/tcp/4001"]},"Swarm":{"RelayClient":{}},
			"Datastore":{"StorageMax":"10GB"},"Routing":{"DelegatedRouters":["auto"]}}""";

	private final NodeConfiguration configuration = NodeConfiguration.parse(FRESH);

	@Test
	void everyNodeHasTunnelsAndTopicsAndNoTelemetry() {
		this.configuration.apply(NodeNetwork.PUBLIC, true);
		assertThat(this.configuration.get("Experimental.Libp2pStreamMounting").asBoolean()).isTrue();
		assertThat(this.configuration.get("Pubsub.Enabled").asBoolean()).isTrue();
		assertThat(this.configuration.get("Plugins.Plugins.telemetry.Config.Mode").asString()).isEqualTo("off");
		assertThat(this.configuration.get("Internal.ShutdownTimeout").asString()).isEqualTo("5s");
	}

	@Test
	void publicNodeIsOtherwiseAsKuboMadeIt() {
		this.configuration.apply(NodeNetwork.PUBLIC, true);
		assertThat(this.configuration.get("Bootstrap").toString()).isEqualTo("[\"auto\"]");
		assertThat(this.configuration.get("Routing").toString()).isEqualTo("{\"DelegatedRouters\":[\"auto\"]}");
	}

	@Test
	void publicNodesDoNotShareKubosUsualPort() {
		this.configuration.swarm(NodeNetwork.PUBLIC, true, 0);
		assertThat(this.configuration.swarmPorts()).hasSize(1).doesNotContain(4001);
		assertThat(this.configuration.get("Addresses.Swarm").size()).isEqualTo(8);
	}

	@Test
	void localNodeStaysOnThisMachine() {
		this.configuration.apply(NodeNetwork.LOCAL, true);
		this.configuration.swarm(NodeNetwork.LOCAL, true, 0);
		assertThat(this.configuration.get("Bootstrap").isEmpty()).isTrue();
		assertThat(this.configuration.get("Discovery.MDNS.Enabled").asBoolean(true)).isFalse();
		assertThat(this.configuration.get("Routing.DelegatedRouters").isEmpty()).isTrue();
		assertThat(this.configuration.get("Addresses.Swarm")).hasSize(2)
			.allSatisfy((address) -> assertThat(address.asString()).startsWith("/ip4/127.0.0.1/"));
	}

	@Test
	void portIsKeptFromOneStartToTheNext() {
		this.configuration.swarm(NodeNetwork.LOCAL, true, 0);
		var first = this.configuration.swarmPorts();
		this.configuration.swarm(NodeNetwork.LOCAL, false, 0);
		assertThat(this.configuration.swarmPorts()).isEqualTo(first);
	}

	@Test
	void chosenPortThatIsTakenMeanwhileIsReplaced() throws IOException {
		this.configuration.swarm(NodeNetwork.LOCAL, true, 0);
		int first = this.configuration.swarmPorts().iterator().next();
		try (ServerSocket other = new ServerSocket()) {
			other.bind(new InetSocketAddress("127.0.0.1", first));
			this.configuration.swarm(NodeNetwork.LOCAL, false, 0);
		}
		assertThat(this.configuration.swarmPorts()).hasSize(1).doesNotContain(first);
	}

	@Test
	void configuredPortThatIsTakenIsAnError() throws IOException {
		try (ServerSocket other = new ServerSocket()) {
			other.bind(new InetSocketAddress("127.0.0.1", 0));
			assertThatExceptionOfType(NodePortInUseException.class)
				.isThrownBy(() -> this.configuration.swarm(NodeNetwork.LOCAL, true, other.getLocalPort()))
				.satisfies((ex) -> assertThat(ex.getRemedy()).contains("ipfs.node.swarm-port"));
		}
	}

	@Test
	void addressesOfTheUsersOwnAreKept() {
		this.configuration.set("Addresses.Swarm", "[\"/ip4/127.0.0.1/tcp/0\",\"/ip4/127.0.0.1/tcp/0/ws\"]");
		this.configuration.swarm(NodeNetwork.LOCAL, false, 0);
		assertThat(this.configuration.get("Addresses.Swarm").toString())
			.isEqualTo("[\"/ip4/127.0.0.1/tcp/0\",\"/ip4/127.0.0.1/tcp/0/ws\"]");
	}

	@Test
	void localNodeCanBecomePublic() {
		this.configuration.apply(NodeNetwork.LOCAL, true);
		this.configuration.swarm(NodeNetwork.LOCAL, true, 0);
		this.configuration.apply(NodeNetwork.PUBLIC, false);
		this.configuration.swarm(NodeNetwork.PUBLIC, false, 0);
		assertThat(this.configuration.get("Bootstrap").toString()).isEqualTo("[\"auto\"]");
		assertThat(this.configuration.get("Routing").toString()).isEqualTo("{\"DelegatedRouters\":[\"auto\"]}");
		assertThat(this.configuration.get("AutoConf").isEmpty()).isTrue();
		assertThat(this.configuration.get("Addresses.Swarm").toString()).contains("/ip4/0.0.0.0/tcp/");
	}

	@Test
	void publicNodeCanBecomeLocal() {
		this.configuration.swarm(NodeNetwork.PUBLIC, true, 0);
		this.configuration.apply(NodeNetwork.LOCAL, false);
		this.configuration.swarm(NodeNetwork.LOCAL, false, 0);
		assertThat(this.configuration.get("Addresses.Swarm").toString()).doesNotContain("0.0.0.0/");
	}

	@Test
	void applyingTwiceChangesNothing() {
		this.configuration.apply(NodeNetwork.LOCAL, true);
		this.configuration.swarm(NodeNetwork.LOCAL, true, 0);
		String once = this.configuration.toString();
		this.configuration.apply(NodeNetwork.LOCAL, false);
		this.configuration.swarm(NodeNetwork.LOCAL, false, 0);
		assertThat(this.configuration).hasToString(once);
	}

	@Test
	void whatIsNotNamedStays() {
		this.configuration.apply(NodeNetwork.LOCAL, true);
		assertThat(this.configuration.get("Identity.PrivKey").asString()).isEqualTo("secret");
		assertThat(this.configuration.get("Datastore.StorageMax").asString()).isEqualTo("10GB");
	}

	@Test
	void valuesAreJsonOrText() {
		this.configuration.set("Datastore.StorageMax", "50GB");
		this.configuration.set("Datastore.StorageGCWatermark", "80");
		this.configuration.set("Gateway.NoFetch", "true");
		this.configuration.set("Swarm.AddrFilters", "[\"/ip4/10.0.0.0/ipcidr/8\"]");
		this.configuration.set("Version.AgentSuffix", "");
		assertThat(this.configuration.get("Datastore").toString())
			.isEqualTo("{\"StorageMax\":\"50GB\",\"StorageGCWatermark\":80}");
		assertThat(this.configuration.get("Gateway.NoFetch").isBoolean()).isTrue();
		assertThat(this.configuration.get("Swarm.AddrFilters").isArray()).isTrue();
		assertThat(this.configuration.get("Version.AgentSuffix").isString()).isTrue();
	}

}
