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

import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.autoconfigure.IpfsApiAutoConfiguration;
import io.github.ipfstoolkit.autoconfigure.IpfsNodeAutoConfiguration;
import io.github.ipfstoolkit.rpc.Kubo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KuboContainerConnectionDetailsFactory} with a real container, whose
 * image {@code .ci/docker.sh} makes.
 */
@SpringJUnitConfig
@Testcontainers
@EnabledIfEnvironmentVariable(named = "IPFS_TEST_DOCKER", matches = "true")
class KuboContainerIT {

	@Container
	@ServiceConnection
	static final GenericContainer<?> kubo = new GenericContainer<>("ipfs/kubo:0.43.0").withExposedPorts(5001)
		.waitingFor(Wait.forLogMessage(".*Daemon is ready.*", 1));

	@Autowired
	private Kubo client;

	@Test
	void nodeInTheContainerIsUsed() {
		assertThat(this.client.node().id().block().addresses()).contains(Multiaddr.of("/ip4/"
				+ kubo.getContainerInfo().getNetworkSettings().getNetworks().values().iterator().next().getIpAddress()
				+ "/tcp/4001/p2p/" + this.client.node().id().block().id()));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ IpfsNodeAutoConfiguration.class, IpfsApiAutoConfiguration.class })
	static class Application {

	}

}
