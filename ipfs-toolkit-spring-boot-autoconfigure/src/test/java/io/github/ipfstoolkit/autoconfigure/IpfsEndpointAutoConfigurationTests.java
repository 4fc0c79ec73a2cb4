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

import io.github.ipfstoolkit.actuate.IpfsEndpoint;
import io.github.ipfstoolkit.rpc.Kubo;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link IpfsEndpointAutoConfiguration}.
 */
class IpfsEndpointAutoConfigurationTests {

	private final ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(IpfsEndpointAutoConfiguration.class));

	@Test
	void endpointIsThereWhenItIsExposed() {
		this.runner.withBean(Kubo.class, () -> mock())
			.withPropertyValues("management.endpoints.web.exposure.include=ipfs")
			.run((context) -> assertThat(context).hasSingleBean(IpfsEndpoint.class));
	}

	@Test
	void endpointIsNotThereUnlessItIsExposed() {
		this.runner.withBean(Kubo.class, () -> mock())
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(IpfsEndpoint.class));
	}

	@Test
	void endpointIsNotThereWithoutANode() {
		this.runner.withPropertyValues("management.endpoints.web.exposure.include=ipfs")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(IpfsEndpoint.class));
	}

}
