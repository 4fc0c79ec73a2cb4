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

package io.github.ipfstoolkit.autoconfigure;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.node.IpfsNode;
import io.github.ipfstoolkit.rpc.Kubo;
import io.github.ipfstoolkit.rpc.RpcEndpoint;
import io.github.ipfstoolkit.rpc.client.KuboClientCustomizer;
import io.github.ipfstoolkit.rpc.http.KuboHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.http.codec.autoconfigure.CodecsAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link IpfsApiAutoConfiguration}.
 */
class IpfsApiAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(IpfsApiAutoConfiguration.class));

	private final BlockingQueue<HttpExchange> requests = new LinkedBlockingQueue<>();

	private final AtomicInteger delay = new AtomicInteger();

	private HttpServer server;

	@BeforeEach
	void startServer() throws Exception {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", (exchange) -> {
			this.requests.add(exchange);
			byte[] body = "{\"Version\":\"0.43.0\",\"New\":1}".getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().set("Content-Type", "application/json");
			try {
				new CountDownLatch(1).await(this.delay.get(), TimeUnit.MILLISECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			exchange.sendResponseHeaders(200, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		this.server.start();
	}

	@AfterEach
	void stopServer() {
		this.server.stop(0);
	}

	private IpfsNode node() {
		return new IpfsNode() {

			@Override
			public RpcEndpoint endpoint() {
				return new RpcEndpoint(
						URI.create(
								"http://127.0.0.1:" + IpfsApiAutoConfigurationTests.this.server.getAddress().getPort()),
						null);
			}

			@Override
			public boolean isManaged() {
				return false;
			}

		};
	}

	@Test
	void talksToTheNode() {
		this.runner.withBean(IpfsNode.class, this::node).run((context) -> {
			assertThat(context).hasSingleBean(KuboHttpClient.class).hasBean("kuboClient");
			assertThat(context.getBean(Kubo.class).node().version().block().version()).isEqualTo("0.43.0");
		});
	}

	@Test
	void askTheNodeForItsAddressOnlyWhenSomethingIsSent() {
		IpfsNode node = mock(IpfsNode.class);
		this.runner.withBean(IpfsNode.class, () -> node).run((context) -> {
			assertThat(context).hasSingleBean(Kubo.class);
			then(node).shouldHaveNoInteractions();
		});
	}

	@Test
	void backsOffWithoutNodeAndForAnotherClient() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(Kubo.class));
		Kubo own = mock(Kubo.class);
		this.runner.withBean(IpfsNode.class, this::node)
			.withBean(Kubo.class, () -> own)
			.run((context) -> assertThat(context).doesNotHaveBean(KuboHttpClient.class)
				.getBean(Kubo.class)
				.isSameAs(own));
	}

	@Test
	void customizersChangeTheClient() {
		this.runner.withBean(IpfsNode.class, this::node)
			.withBean(KuboClientCustomizer.class,
					() -> (builder) -> builder.webClient((webClient) -> webClient.defaultHeader("X-Own", "yes")))
			.run((context) -> {
				context.getBean(Kubo.class).node().version().block();
				assertThat(this.requests.take().getRequestHeaders().getFirst("X-Own")).isEqualTo("yes");
			});
	}

	@Test
	void settingsForTheApplicationsOwnClientsDoNotReachIt() {
		this.delay.set(300);
		this.runner
			.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, CodecsAutoConfiguration.class,
					HttpClientAutoConfiguration.class, ReactiveHttpClientAutoConfiguration.class,
					WebClientAutoConfiguration.class))
			.withUserConfiguration(OwnClientsConfiguration.class)
			.withPropertyValues("spring.http.clients.read-timeout=50ms", "spring.http.codecs.max-in-memory-size=1B",
					"spring.jackson.deserialization.fail-on-unknown-properties=true")
			.withBean(IpfsNode.class, this::node)
			.run((context) -> {
				WebClient own = context.getBean(WebClient.Builder.class).build();
				assertThatExceptionOfType(RuntimeException.class).as("the settings do reach the application's clients")
					.isThrownBy(() -> own.post()
						.uri(context.getBean(IpfsNode.class).endpoint().uri())
						.retrieve()
						.bodyToMono(String.class)
						.block());
				this.requests.take();
				assertThat(context.getBean(Kubo.class).node().version().block().version()).isEqualTo("0.43.0");
				HttpExchange request = this.requests.take();
				assertThat(request.getRequestHeaders().getFirst("X-Application")).isNull();
			});
	}

	@Test
	void timeoutsAndConnectionsAreProperties() {
		this.delay.set(2000);
		this.runner.withBean(IpfsNode.class, this::node)
			.withPropertyValues("ipfs.api.timeouts.command=100ms", "ipfs.api.max-connections=1")
			.run((context) -> assertThatExceptionOfType(IpfsException.class)
				.isThrownBy(() -> context.getBean(Kubo.class).node().version().block(Duration.ofSeconds(10)))
				.withMessageContaining("100 ms"));
	}

	@Test
	void retriesAreProperties() {
		AtomicInteger asked = new AtomicInteger();
		this.runner.withBean(IpfsNode.class, () -> refusing(asked))
			.withPropertyValues("ipfs.api.retry.max-attempts=4", "ipfs.api.retry.initial-interval=1ms",
					"ipfs.api.retry.max-interval=2ms")
			.run((context) -> assertThatExceptionOfType(IpfsException.class)
				.isThrownBy(() -> context.getBean(Kubo.class).node().version().block(Duration.ofSeconds(30))));
		assertThat(asked).hasValue(5);
	}

	@Test
	void sizeOfValuesIsAProperty() {
		this.runner.withBean(IpfsNode.class, this::node)
			.withPropertyValues("ipfs.api.max-in-memory-size=20B")
			.run((context) -> assertThatExceptionOfType(IpfsException.class)
				.isThrownBy(() -> context.getBean(Kubo.class).node().version().block(Duration.ofSeconds(30)))
				.withMessageContaining("ipfs.api.max-in-memory-size"));
	}

	private static IpfsNode refusing(AtomicInteger asked) {
		IpfsNode node = mock(IpfsNode.class);
		given(node.endpoint()).willAnswer((invocation) -> {
			asked.incrementAndGet();
			try (ServerSocket socket = new ServerSocket(0)) {
				return new RpcEndpoint(URI.create("http://127.0.0.1:" + socket.getLocalPort()), null);
			}
		});
		return node;
	}

	@Test
	void refusesTimeoutsAndConnectionsThatAreNotPositive() {
		assertRefused("ipfs.api.timeouts.transfer", "0s");
		assertRefused("ipfs.api.timeouts.connect", "-1s");
		assertRefused("ipfs.api.max-connections", "0");
		assertRefused("ipfs.api.max-in-memory-size", "0B");
		assertRefused("ipfs.api.retry.max-attempts", "-1");
		assertRefused("ipfs.api.retry.initial-interval", "0s");
		assertRefused("ipfs.api.retry.max-interval", "1ms");
	}

	private void assertRefused(String property, String value) {
		this.runner.withBean(IpfsNode.class, this::node)
			.withPropertyValues(property + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class,
						(ex) -> assertThat(ex.getName()).isEqualTo(property)));
	}

	@Test
	void isClosedWithTheContext() {
		Kubo[] kubo = new Kubo[1];
		this.runner.withBean(IpfsNode.class, this::node).run((context) -> kubo[0] = context.getBean(Kubo.class));
		assertThatExceptionOfType(IpfsException.class).isThrownBy(() -> kubo[0].node().version().block())
			.withMessageContaining("closed");
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnClientsConfiguration {

		@Bean
		WebClientCustomizer applicationCustomizer() {
			return (builder) -> builder.defaultHeader("X-Application", "yes").baseUrl("http://no-such-host.invalid");
		}

		@Bean
		JsonMapper applicationMapper() {
			return JsonMapper.builder()
				.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
				.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
				.build();
		}

	}

}
