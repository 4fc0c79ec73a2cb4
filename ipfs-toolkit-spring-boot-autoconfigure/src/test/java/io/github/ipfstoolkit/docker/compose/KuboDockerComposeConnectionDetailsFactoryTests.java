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

import java.lang.reflect.Constructor;
import java.net.URI;
import java.util.Map;

import io.github.ipfstoolkit.autoconfigure.IpfsConnectionDetails;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetailsFactories;
import org.springframework.boot.docker.compose.core.ConnectionPorts;
import org.springframework.boot.docker.compose.core.ImageReference;
import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;
import org.springframework.core.env.Environment;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link KuboDockerComposeConnectionDetailsFactory}.
 */
class KuboDockerComposeConnectionDetailsFactoryTests {

	@Test
	void serviceOfTheImageIsConnectedToAtItsMappedPort() throws Exception {
		assertThat(connectionDetails(service("ipfs/kubo:v0.43.0", Map.of())).getRpcEndpoint().uri())
			.isEqualTo(URI.create("http://192.0.2.1:54321"));
	}

	@Test
	void serviceWhoseLabelNamesTheImageIsConnectedTo() throws Exception {
		RunningService service = service("registry.example.org/mirror/kubo-patched:1",
				Map.of("org.springframework.boot.service-connection", "ipfs/kubo"));
		assertThat(connectionDetails(service).getRpcEndpoint().uri()).hasPort(54321);
	}

	@Test
	void serviceOfAnotherImageIsLeftAlone() throws Exception {
		assertThat(connectionDetails(service("ipfs/go-ipfs:v0.43.0", Map.of()))).isNull();
	}

	private static IpfsConnectionDetails connectionDetails(RunningService service) throws Exception {
		// Boot makes the source itself, of services that its command line client lists
		Constructor<DockerComposeConnectionSource> constructor = DockerComposeConnectionSource.class
			.getDeclaredConstructor(RunningService.class, Environment.class);
		constructor.setAccessible(true);
		return (IpfsConnectionDetails) new ConnectionDetailsFactories(null)
			.getConnectionDetails(constructor.newInstance(service, new MockEnvironment()), false)
			.get(IpfsConnectionDetails.class);
	}

	private static RunningService service(String image, Map<String, String> labels) {
		RunningService service = mock();
		ConnectionPorts ports = mock();
		given(service.image()).willReturn(ImageReference.of(image));
		given(service.labels()).willReturn(labels);
		given(service.host()).willReturn("192.0.2.1");
		given(service.ports()).willReturn(ports);
		given(ports.get(5001)).willReturn(54321);
		return service;
	}

}
