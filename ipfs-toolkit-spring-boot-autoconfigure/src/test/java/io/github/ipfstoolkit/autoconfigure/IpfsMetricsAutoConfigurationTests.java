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

import java.time.Duration;

import io.github.ipfstoolkit.listener.IpfsListenerEndpointRegistry;
import io.github.ipfstoolkit.metrics.BufferMetrics;
import io.github.ipfstoolkit.metrics.ConversationMetrics;
import io.github.ipfstoolkit.metrics.FileMetrics;
import io.github.ipfstoolkit.metrics.IpfsListenerMetrics;
import io.github.ipfstoolkit.metrics.IpfsNodeMetrics;
import io.github.ipfstoolkit.metrics.TransmissionMetrics;
import io.github.ipfstoolkit.rpc.Kubo;
import io.github.ipfstoolkit.rpc.RpcEndpoint;
import io.github.ipfstoolkit.rpc.http.KuboHttpClient;
import io.github.ipfstoolkit.transmission.ReceiveFailure;
import io.github.ipfstoolkit.transmission.TransmissionObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link IpfsMetricsAutoConfiguration}.
 */
class IpfsMetricsAutoConfigurationTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(IpfsMetricsAutoConfiguration.class, MetricsAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class))
		.withUserConfiguration(Application.class)
		.withBean(SimpleMeterRegistry.class, () -> this.registry);

	@Test
	void nodeAndListenersAreMetered() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(IpfsNodeMetrics.class).hasSingleBean(IpfsListenerMetrics.class);
			assertThat(context.getBean(IpfsNodeMetrics.class).isRunning()).isTrue();
			assertThat(this.registry.find("ipfs.swarm.peers").gauge()).isNotNull();
			assertThat(this.registry.find("ipfs.listeners").gauges()).hasSize(3);
		});
	}

	@Test
	void transmissionsAreMetered() {
		this.runner.run((context) -> {
			context.getBean(TransmissionObserver.class).receiveFailed("chat", ReceiveFailure.BUSY);
			assertThat(this.registry.get("ipfs.transmission.received.failed").counter().count()).isOne();
		});
	}

	@Test
	void metersGoWithTheContext() {
		this.runner
			.run((context) -> context.getBean(TransmissionObserver.class).receiveFailed("chat", ReceiveFailure.BUSY));
		assertThat(this.registry.getMeters()).noneMatch((meter) -> meter.getId().getName().startsWith("ipfs"));
	}

	@Test
	void nothingIsMeteredWithoutARegistry() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(IpfsMetricsAutoConfiguration.class))
			.withUserConfiguration(Application.class)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(TransmissionMetrics.class));
	}

	@Test
	void transmissionsAreMeteredWithoutANodeOfOurs() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(IpfsMetricsAutoConfiguration.class))
			.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
			.run((context) -> assertThat(context).hasSingleBean(TransmissionMetrics.class)
				.hasSingleBean(ConversationMetrics.class)
				.hasSingleBean(FileMetrics.class)
				.hasSingleBean(BufferMetrics.class)
				.doesNotHaveBean(IpfsNodeMetrics.class)
				.doesNotHaveBean(IpfsListenerMetrics.class));
	}

	@Test
	void intervalsAreProperties() {
		this.runner.run((context) -> {
			IpfsMetricsProperties properties = context.getBean(IpfsMetricsProperties.class);
			assertThat(properties.getInterval()).isEqualTo(Duration.ofSeconds(15));
			assertThat(properties.getRepositoryInterval()).isEqualTo(Duration.ofMinutes(10));
		});
		this.runner.withPropertyValues("ipfs.metrics.interval=1m", "ipfs.metrics.repository-interval=1h")
			.run((context) -> {
				IpfsMetricsProperties properties = context.getBean(IpfsMetricsProperties.class);
				assertThat(properties.getInterval()).isEqualTo(Duration.ofMinutes(1));
				assertThat(properties.getRepositoryInterval()).isEqualTo(Duration.ofHours(1));
			});
	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		@Bean
		Kubo kubo() {
			return new KuboHttpClient(() -> RpcEndpoint.of("http://127.0.0.1:1", null));
		}

		@Bean
		IpfsListenerEndpointRegistry listeners() {
			return mock();
		}

	}

}
