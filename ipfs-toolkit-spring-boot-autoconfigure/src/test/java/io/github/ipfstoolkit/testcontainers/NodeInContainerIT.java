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

package io.github.ipfstoolkit.testcontainers;

import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import com.github.dockerjava.api.model.ContainerNetwork;
import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.annotation.IpfsListener;
import io.github.ipfstoolkit.annotation.Sender;
import io.github.ipfstoolkit.listener.IpfsListenerEndpointRegistry;
import io.github.ipfstoolkit.rpc.Kubo;
import io.github.ipfstoolkit.testsupport.KuboTestNode;
import io.github.ipfstoolkit.transmission.TransmissionOperations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An application whose node is in a container exchanges messages with one whose node is
 * not. The node reaches the first application through the gateway of the container's
 * network, and that application the node at the container's address.
 */
@EnabledIfEnvironmentVariable(named = "IPFS_TEST_DOCKER", matches = "true")
class NodeInContainerIT {

	@Test
	void messagesPassInBothDirections() {
		try (GenericContainer<?> container = new GenericContainer<>("ipfs/kubo:0.43.0").withExposedPorts(5001)
			.waitingFor(Wait.forLogMessage(".*Daemon is ready.*", 1)); KuboTestNode node = KuboTestNode.start()) {
			container.start();
			ContainerNetwork network = container.getContainerInfo()
				.getNetworkSettings()
				.getNetworks()
				.values()
				.iterator()
				.next();
			Map<String, Object> inContainer = Map.of("ipfs.api.url",
					"http://" + container.getHost() + ":" + container.getMappedPort(5001), "ipfs.p2p.bind-address",
					network.getGateway(), "ipfs.p2p.forward-bind-address", "0.0.0.0", "ipfs.p2p.node-host",
					network.getIpAddress());
			Map<String, Object> local = Map.of("ipfs.api.url", node.endpoint().uri().toString());
			try (ConfigurableApplicationContext alice = start(inContainer);
					ConfigurableApplicationContext bob = start(local)) {
				PeerId aliceId = peerId(alice);
				PeerId bobId = peerId(bob);
				node.kubo()
					.swarm()
					.connect(Multiaddr.of("/ip4/" + network.getIpAddress() + "/tcp/4001/p2p/" + aliceId))
					.block();
				send(alice, bobId, "from the container");
				send(bob, aliceId, "to the container");
				assertReceived(bob, aliceId + ": from the container");
				assertReceived(alice, bobId + ": to the container");
			}
		}
	}

	private static ConfigurableApplicationContext start(Map<String, Object> properties) {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.properties(Map.of("ipfs.node.mode", "external", "ipfs.contacts.store", "memory",
					"spring.autoconfigure.exclude",
					"org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration"))
			.properties(properties)
			.run();
		context.getBean(IpfsListenerEndpointRegistry.class).awaitActive(Duration.ofSeconds(30));
		return context;
	}

	private static PeerId peerId(ConfigurableApplicationContext context) {
		return context.getBean(Kubo.class).node().id().block().id();
	}

	private static void send(ConfigurableApplicationContext context, PeerId to, String text) {
		context.getBean(TransmissionOperations.class).send(to, "chat", text);
	}

	private static void assertReceived(ConfigurableApplicationContext context, String message) {
		await().untilAsserted(() -> assertThat(context.getBean(Application.class).messages).containsExactly(message));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		private final Queue<String> messages = new ConcurrentLinkedQueue<>();

		@IpfsListener("chat")
		void on(String text, @Sender PeerId from) {
			this.messages.add(from + ": " + text);
		}

	}

}
