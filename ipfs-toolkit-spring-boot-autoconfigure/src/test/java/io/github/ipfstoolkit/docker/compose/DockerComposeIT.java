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

package io.github.ipfstoolkit.docker.compose;

import io.github.ipfstoolkit.autoconfigure.IpfsApiAutoConfiguration;
import io.github.ipfstoolkit.autoconfigure.IpfsConnectionDetails;
import io.github.ipfstoolkit.autoconfigure.IpfsNodeAutoConfiguration;
import io.github.ipfstoolkit.node.IpfsNode;
import io.github.ipfstoolkit.rpc.Kubo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KuboDockerComposeConnectionDetailsFactory} with a real service, whose
 * image {@code .ci/docker.sh} makes.
 */
@EnabledIfEnvironmentVariable(named = "IPFS_TEST_DOCKER", matches = "true")
class DockerComposeIT {

	@Test
	void nodeOfTheServiceIsUsed() {
		SpringApplicationBuilder application = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.properties("spring.docker.compose.file=src/test/resources/kubo-compose.yaml",
					"spring.docker.compose.skip.in-tests=false", "spring.docker.compose.stop.command=down");
		try (ConfigurableApplicationContext context = application.run()) {
			assertThat(context.getBean(IpfsNode.class).endpoint())
				.isEqualTo(context.getBean(IpfsConnectionDetails.class).getRpcEndpoint());
			assertThat(context.getBean(Kubo.class).node().version().block().version()).isEqualTo("0.43.0");
		}
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ IpfsNodeAutoConfiguration.class, IpfsApiAutoConfiguration.class })
	static class Application {

	}

}
