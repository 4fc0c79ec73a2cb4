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
package io.github.ipfstoolkit.documentation;

import java.time.Duration;

import io.github.ipfstoolkit.core.IpfsOperations;
import io.github.ipfstoolkit.listener.IpfsListenerEndpointRegistry;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Examples of tests.
 */
final class OperationsExamples {

	private OperationsExamples() {
	}

	// tag::testcontainers[]
	@SpringBootTest
	@Testcontainers
	static class LibraryTests {

		@Container
		@ServiceConnection
		static final GenericContainer<?> kubo = new GenericContainer<>("ipfs/kubo:0.43.0").withExposedPorts(5001)
			.waitingFor(Wait.forLogMessage(".*Daemon is ready.*", 1));

		@Autowired
		IpfsOperations ipfs;

		@Test
		void nodeIsThere() {
			assertThat(this.ipfs.isRunning()).isTrue();
		}

	}
	// end::testcontainers[]

	// tag::await[]
	void awaitListeners(IpfsListenerEndpointRegistry registry) {
		registry.awaitActive(Duration.ofSeconds(30));
	}
	// end::await[]

}
