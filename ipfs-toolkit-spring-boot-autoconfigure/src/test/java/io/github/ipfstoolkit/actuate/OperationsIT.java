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

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.annotation.IpfsListener;
import io.github.ipfstoolkit.listener.IpfsListenerEndpointRegistry;
import io.github.ipfstoolkit.rpc.Kubo;
import io.github.ipfstoolkit.testsupport.KuboTestNode;
import io.github.ipfstoolkit.transmission.TransmissionException;
import io.github.ipfstoolkit.transmission.TransmissionOperations;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What an operator sees of an application with a real node: health, meters, endpoint.
 */
class OperationsIT {

	private static final KuboTestNode aliceNode = KuboTestNode.start();

	private static final KuboTestNode bobNode = KuboTestNode.start();

	private static final HttpClient http = HttpClient.newHttpClient();

	private static ConfigurableApplicationContext alice;

	private static ConfigurableApplicationContext bob;

	@BeforeAll
	static void start() {
		aliceNode.connectTo(bobNode);
		alice = start(aliceNode, WebApplicationType.REACTIVE);
		bob = start(bobNode, WebApplicationType.NONE);
	}

	@AfterAll
	static void stop() {
		alice.close();
		bob.close();
		aliceNode.close();
		bobNode.close();
	}

	@Test
	void healthTellsOfNodeAndListeners() {
		await().untilAsserted(() -> assertThat(get("/health")).contains("\"ipfs\":{")
			.contains("\"version\":\"0.43.0\"", "\"backend\":\"http\"", "\"node\":\"external\"")
			.contains("\"peerId\":\"" + peerId(alice) + "\"", "\"connectedPeers\":1")
			.contains("\"active\":1"));
	}

	@Test
	void nodeThatHangsIsDownAndTheApplicationAliveUntilItGoesOn() throws Exception {
		signal("STOP");
		try {
			assertThat(get("/health/ipfs")).contains("\"status\":\"DOWN\"", "IpfsTimeoutException");
			assertThat(get("/health/liveness")).contains("\"status\":\"UP\"");
			assertThat(get("/prometheus")).contains("ipfs_swarm_peers");
			assertThat(get("/ipfs")).contains("\"reachable\":false");
		}
		finally {
			signal("CONT");
		}
		await().untilAsserted(() -> assertThat(get("/health/ipfs")).contains("\"status\":\"UP\""));
	}

	@Test
	void prometheusTakesAllMetersAfterSuccessAndFailure() {
		TransmissionOperations transmissions = alice.getBean(TransmissionOperations.class);
		transmissions.send(peerId(bob), "chat", "hello");
		assertThatExceptionOfType(TransmissionException.class)
			.isThrownBy(() -> transmissions.send("nobody", "chat", "hello"));
		bob.getBean(TransmissionOperations.class).send(peerId(alice), "chat", "hello");
		await().untilAsserted(() -> assertThat(get("/prometheus"))
			.contains("ipfs_transmission_sent_seconds_count{listener=\"chat\"} 1")
			.contains("ipfs_transmission_sent_size_bytes_sum{listener=\"chat\"} 5.0")
			.contains("ipfs_transmission_sent_failed_seconds_count{error=\"PeerUnknownException\",listener=\"chat\"} 1")
			.contains("ipfs_transmission_received_seconds_count{listener=\"chat\"} 1")
			.contains("ipfs_listeners{state=\"active\"} 1.0")
			.contains("ipfs_swarm_peers 1.0")
			.containsPattern("ipfs_repo_size_bytes [1-9]")
			.containsPattern("ipfs_bandwidth_bytes_total\\{direction=\"received\"\\} [1-9]")
			.contains("ipfs_rpc_seconds_count{backend=\"http\",command=\"id\",error=\"none\",outcome=\"success\"}")
			.doesNotContain(peerId(bob).toString()));
	}

	@Test
	void endpointDescribesThePeer() {
		await().untilAsserted(() -> assertThat(get("/ipfs")).contains("\"mode\":\"external\"", "\"reachable\":true")
			.contains("\"peerId\":\"" + peerId(alice) + "\"")
			.contains("{\"id\":\"chat\",\"name\":\"chat\",\"type\":\"transmission\",\"running\":true,\"active\":true}")
			.contains("\"protocol\":\"/x/chat\"", "\"contacts\":0"));
	}

	private static String get(String path) {
		try {
			String port = alice.getEnvironment().getRequiredProperty("local.server.port");
			URI uri = URI.create("http://127.0.0.1:" + port + "/actuator" + path);
			return http
				.send(HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString())
				.body();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static void signal(String signal) throws Exception {
		String pid = String.valueOf(aliceNode.process().pid());
		assertThat(new ProcessBuilder("kill", "-" + signal, pid).start().waitFor()).isZero();
	}

	private static PeerId peerId(ConfigurableApplicationContext context) {
		return context.getBean(Kubo.class).node().id().block().id();
	}

	private static ConfigurableApplicationContext start(KuboTestNode node, WebApplicationType type) {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class).web(type)
			.properties(Map.of("ipfs.api.url", node.endpoint().uri().toString(), "ipfs.node.mode", "external",
					"ipfs.contacts.store", "memory", "ipfs.metrics.interval", "100ms", "server.port", "0",
					"management.endpoints.web.exposure.include", "*", "management.endpoint.health.show-details",
					"always", "management.endpoint.health.probes.enabled", "true", "spring.autoconfigure.exclude",
					"org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration"))
			.run();
		context.getBean(IpfsListenerEndpointRegistry.class).awaitActive(Duration.ofSeconds(30));
		return context;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@IpfsListener("chat")
		void on(String text) {
		}

	}

}
