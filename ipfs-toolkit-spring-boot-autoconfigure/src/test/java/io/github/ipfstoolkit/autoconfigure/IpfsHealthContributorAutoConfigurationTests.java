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

import io.github.ipfstoolkit.health.IpfsHealthIndicator;
import io.github.ipfstoolkit.rpc.Kubo;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.application.AvailabilityHealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link IpfsHealthContributorAutoConfiguration}.
 */
class IpfsHealthContributorAutoConfigurationTests {

	private final ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(IpfsHealthContributorAutoConfiguration.class,
				HealthContributorAutoConfiguration.class, HealthContributorRegistryAutoConfiguration.class,
				HealthEndpointAutoConfiguration.class, AvailabilityHealthContributorAutoConfiguration.class,
				AvailabilityProbesAutoConfiguration.class, ApplicationAvailabilityAutoConfiguration.class))
		.withBean(Kubo.class, () -> mock());

	@Test
	void contributorIsRegisteredAsIpfs() {
		this.runner.run((context) -> assertThat(context.getBean(HealthContributorRegistry.class).getContributor("ipfs"))
			.isInstanceOf(IpfsHealthIndicator.class));
	}

	@Test
	void contributorCanBeSwitchedOff() {
		this.runner.withPropertyValues("management.health.ipfs.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(IpfsHealthIndicator.class));
	}

	@Test
	void contributorBacksOffWhereThereIsNoNode() {
		new ReactiveWebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(IpfsHealthContributorAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(IpfsHealthIndicator.class));
	}

	@Test
	void contributorOfTheApplicationReplacesIt() {
		this.runner.withUserConfiguration(OwnIndicator.class)
			.run((context) -> assertThat(context).doesNotHaveBean(IpfsHealthIndicator.class)
				.hasBean("ipfsHealthIndicator"));
	}

	@Test
	void timeoutIsTwoSecondsUnlessSaidOtherwise() {
		this.runner.run((context) -> assertThat(context.getBean(IpfsHealthProperties.class).getTimeout())
			.isEqualTo(Duration.ofSeconds(2)));
		this.runner.withPropertyValues("ipfs.health.timeout=300ms")
			.run((context) -> assertThat(context.getBean(IpfsHealthProperties.class).getTimeout())
				.isEqualTo(Duration.ofMillis(300)));
	}

	@Test
	void neitherLivenessNorReadinessDependsOnTheNode() {
		this.runner.withPropertyValues("management.endpoint.health.probes.enabled=true").run((context) -> {
			HealthEndpointGroups groups = context.getBean(HealthEndpointGroups.class);
			assertThat(groups.getNames()).contains("liveness", "readiness");
			assertThat(groups.get("liveness").isMember("ipfs")).isFalse();
			assertThat(groups.get("readiness").isMember("ipfs")).isFalse();
			assertThat(groups.getPrimary().isMember("ipfs")).isTrue();
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnIndicator {

		@Bean
		HealthIndicator ipfsHealthIndicator() {
			return mock();
		}

	}

}
