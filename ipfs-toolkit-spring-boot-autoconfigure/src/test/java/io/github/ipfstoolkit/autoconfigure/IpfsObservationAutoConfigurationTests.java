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

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import com.sun.net.httpserver.HttpServer;
import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.observation.DefaultIpfsRpcObservationConvention;
import io.github.ipfstoolkit.observation.IpfsRpcObservationConvention;
import io.github.ipfstoolkit.rpc.ContentApi.CatOptions;
import io.github.ipfstoolkit.rpc.RpcEndpoint;
import io.github.ipfstoolkit.rpc.client.KuboClientCustomizer;
import io.github.ipfstoolkit.rpc.client.RpcTimeouts;
import io.github.ipfstoolkit.rpc.http.KuboHttpClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.ResponseEntity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link IpfsObservationAutoConfiguration}.
 */
class IpfsObservationAutoConfigurationTests {

	private static final Duration SHORT = Duration.ofSeconds(3);

	private final PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(IpfsObservationAutoConfiguration.class,
				ObservationAutoConfiguration.class, MetricsAutoConfiguration.class))
		.withBean(MeterRegistry.class, () -> this.prometheus);

	private HttpServer node;

	@BeforeEach
	void startNode() throws IOException {
		this.prometheus.throwExceptionOnRegistrationFailure();
		this.node = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		answer("/api/v0/p2p/ls", 200, "{\"Listeners\":null}");
		answer("/api/v0/p2p/close", 500, "{\"Message\":\"no\",\"Code\":0,\"Type\":\"error\"}");
		this.node.createContext("/api/v0/shutdown", (exchange) -> {
		});
		this.node.start();
	}

	@AfterEach
	void stopNode() {
		this.node.stop(0);
	}

	@Test
	void eachCallIsTimedWhateverItsOutcome() {
		this.runner.run((context) -> {
			KuboHttpClient kubo = kubo(context, this.node.getAddress().getPort());
			kubo.p2p().ls().block();
			kubo.p2p().ls().block();
			assertFails(kubo.p2p().close("/x/chat", null, null));
			assertFails(kubo.node().shutdown());
			this.node.stop(0);
			assertFails(kubo(context, this.node.getAddress().getPort()).p2p().ls());
			// a caller may have the failure before the observation has ended
			await().untilAsserted(() -> assertThat(this.prometheus.scrape())
				.contains(line("command=\"p2p/ls\",error=\"none\",outcome=\"success\"", 2))
				.contains(line("command=\"p2p/close\",error=\"CommandFailedException\",outcome=\"error\"", 1))
				.containsPattern(pattern("command=\"shutdown\",error=\"\\w+Exception\",outcome=\"timeout\""))
				.containsPattern(pattern("command=\"p2p/ls\",error=\"\\w+Exception\",outcome=\"unreachable\"")));
		});
	}

	@Test
	void failureInTheMiddleOfAReplyIsNoSuccess() {
		this.node.createContext("/api/v0/cat", (exchange) -> {
			exchange.getResponseHeaders().set("Content-Type", "text/plain");
			exchange.sendResponseHeaders(200, 1000);
			exchange.getResponseBody().write(new byte[10]);
			exchange.getResponseBody().flush();
			exchange.getHttpContext().getServer().stop(0);
		});
		this.runner.run((context) -> {
			KuboHttpClient kubo = kubo(context, this.node.getAddress().getPort());
			assertFails(kubo.content()
				.catResponse("bafkqaaa", CatOptions.defaults())
				.flatMapMany((reply) -> Flux.from(reply.getBody()))
				.doOnNext(DataBufferUtils::release)
				.then());
			await().untilAsserted(() -> assertThat(this.prometheus.scrape())
				.containsPattern(pattern("command=\"cat\",error=\"\\w+Exception\",outcome=\"(error|timeout)\"")));
		});
	}

	@Test
	void subscriptionThatIsGivenUpIsCancelled() {
		this.node.createContext("/api/v0/pubsub/sub", (exchange) -> {
			exchange.getResponseHeaders().set("Content-Type", "application/json");
			exchange.sendResponseHeaders(200, 0);
			exchange.getResponseBody().flush();
		});
		this.runner.run((context) -> {
			KuboHttpClient kubo = kubo(context, this.node.getAddress().getPort());
			Disposable subscription = kubo.pubsub().subscribe("topic").flatMapMany(ResponseEntity::getBody).subscribe();
			assertThat(this.prometheus.scrape()).doesNotContain("ipfs_rpc_seconds_count");
			subscription.dispose();
			await().untilAsserted(() -> assertThat(this.prometheus.scrape())
				.contains(line("command=\"pubsub/sub\",error=\"none\",outcome=\"cancelled\"", 1)));
		});
	}

	@Test
	void conventionOfTheApplicationIsUsed() {
		this.runner.withBean(IpfsRpcObservationConvention.class, OwnConvention::new).run((context) -> {
			kubo(context, this.node.getAddress().getPort()).p2p().ls().block();
			await().untilAsserted(() -> assertThat(this.prometheus.scrape()).contains("own_rpc_seconds_count"));
		});
	}

	@Test
	void backsOffWithoutAnObservationRegistry() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(IpfsObservationAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(KuboClientCustomizer.class));
	}

	private static KuboHttpClient kubo(ApplicationContext context, int port) {
		KuboHttpClient.Builder builder = KuboHttpClient.builder(() -> RpcEndpoint.of("http://127.0.0.1:" + port, null))
			.timeouts(new RpcTimeouts(SHORT, SHORT, SHORT, SHORT, SHORT));
		context.getBean(KuboClientCustomizer.class).customize(builder);
		return builder.build();
	}

	private static void assertFails(Publisher<?> call) {
		assertThatExceptionOfType(IpfsException.class).isThrownBy(() -> Mono.from(call).block(Duration.ofSeconds(20)));
	}

	private static String line(String tags, int count) {
		return "ipfs_rpc_seconds_count{backend=\"http\"," + tags + "} " + count;
	}

	private static String pattern(String tags) {
		return "ipfs_rpc_seconds_count\\{backend=\"http\"," + tags + "} 1";
	}

	private void answer(String path, int status, String body) {
		this.node.createContext(path, (exchange) -> {
			byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().set("Content-Type", "application/json");
			exchange.sendResponseHeaders(status, bytes.length);
			exchange.getResponseBody().write(bytes);
			exchange.close();
		});
	}

	private static final class OwnConvention extends DefaultIpfsRpcObservationConvention {

		@Override
		public String getName() {
			return "own.rpc";
		}

	}

}
