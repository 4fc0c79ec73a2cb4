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

import java.net.URI;

import io.github.ipfstoolkit.autoconfigure.IpfsConnectionDetails;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.Container;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetailsNotFoundException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.boot.testcontainers.service.connection.ServiceConnectionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link KuboContainerConnectionDetailsFactory}.
 */
class KuboContainerConnectionDetailsFactoryTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ServiceConnectionAutoConfiguration.class));

	@Test
	void containerThatNamesTheImageIsConnectedToAtItsMappedPort() {
		this.runner.withUserConfiguration(NamedContainer.class).run((context) -> {
			assertThat(context).hasSingleBean(IpfsConnectionDetails.class);
			assertThat(context.getBean(IpfsConnectionDetails.class).getRpcEndpoint().uri())
				.isEqualTo(URI.create("http://192.0.2.1:54321"));
		});
	}

	@Test
	void containerOfAnotherImageIsLeftAlone() {
		this.runner.withUserConfiguration(OtherContainer.class)
			.run((context) -> assertThat(context).getFailure().isInstanceOf(ConnectionDetailsNotFoundException.class));
	}

	private static Container<?> container() {
		Container<?> container = mock();
		given(container.getHost()).willReturn("192.0.2.1");
		given(container.getMappedPort(5001)).willReturn(54321);
		return container;
	}

	@Configuration(proxyBeanMethods = false)
	static class NamedContainer {

		@Bean
		@ServiceConnection(name = "ipfs/kubo")
		Container<?> kubo() {
			return container();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OtherContainer {

		@Bean
		@ServiceConnection(name = "ipfs/go-ipfs")
		Container<?> other() {
			return container();
		}

	}

}
