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
import java.util.Map;

import io.github.ipfstoolkit.rpc.client.KuboClient;
import io.github.ipfstoolkit.rpc.client.RpcRetries;
import io.github.ipfstoolkit.rpc.client.RpcTimeouts;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link IpfsApiProperties}.
 */
class IpfsApiPropertiesTests {

	@Test
	void defaultsAreThoseOfTheClient() {
		IpfsApiProperties properties = new IpfsApiProperties();
		IpfsApiProperties.Timeouts timeouts = properties.getTimeouts();
		assertThat(new RpcTimeouts(timeouts.getConnect(), timeouts.getCommand(), timeouts.getTransfer(),
				timeouts.getLookup(), timeouts.getBulk()))
			.isEqualTo(RpcTimeouts.DEFAULTS);
		IpfsApiProperties.Retry retry = properties.getRetry();
		assertThat(new RpcRetries(retry.getMaxAttempts(), retry.getInitialInterval(), retry.getMaxInterval(),
				retry.isWrites()))
			.isEqualTo(RpcRetries.DEFAULTS);
		assertThat(properties.getMaxConnections()).isEqualTo(64);
		assertThat(properties.getMaxInMemorySize()).isEqualTo(KuboClient.DEFAULT_MAX_IN_MEMORY_SIZE);
		assertThat(properties.getUrl()).isNull();
		assertThat(properties.getAuthorization()).isNull();
	}

	@Test
	void bindsAll() {
		IpfsApiProperties properties = new Binder(new MapConfigurationPropertySource(Map.of("ipfs.api.url",
				"/ip4/10.0.0.1/tcp/5001", "ipfs.api.authorization", "bearer:secret", "ipfs.api.max-connections", "3",
				"ipfs.api.timeouts.connect", "1s", "ipfs.api.timeouts.command", "2s", "ipfs.api.timeouts.transfer",
				"3s", "ipfs.api.timeouts.lookup", "4s", "ipfs.api.timeouts.bulk", "5s")))
			.bind("ipfs.api", IpfsApiProperties.class)
			.get();
		assertThat(properties.getUrl()).isEqualTo("/ip4/10.0.0.1/tcp/5001");
		assertThat(properties.getAuthorization()).isEqualTo("bearer:secret");
		assertThat(properties.getMaxConnections()).isEqualTo(3);
		assertThat(properties.getTimeouts().getConnect()).isEqualTo(Duration.ofSeconds(1));
		assertThat(properties.getTimeouts().getCommand()).isEqualTo(Duration.ofSeconds(2));
		assertThat(properties.getTimeouts().getTransfer()).isEqualTo(Duration.ofSeconds(3));
		assertThat(properties.getTimeouts().getLookup()).isEqualTo(Duration.ofSeconds(4));
		assertThat(properties.getTimeouts().getBulk()).isEqualTo(Duration.ofSeconds(5));
	}

	@Test
	void bindsRetriesAndSizes() {
		IpfsApiProperties properties = new Binder(
				new MapConfigurationPropertySource(Map.of("ipfs.api.retry.max-attempts", "5",
						"ipfs.api.retry.initial-interval", "1s", "ipfs.api.retry.max-interval", "2s",
						"ipfs.api.retry.writes", "true", "ipfs.api.max-in-memory-size", "1MB")))
			.bind("ipfs.api", IpfsApiProperties.class)
			.get();
		assertThat(properties.getRetry().getMaxAttempts()).isEqualTo(5);
		assertThat(properties.getRetry().getInitialInterval()).isEqualTo(Duration.ofSeconds(1));
		assertThat(properties.getRetry().getMaxInterval()).isEqualTo(Duration.ofSeconds(2));
		assertThat(properties.getRetry().isWrites()).isTrue();
		assertThat(properties.getMaxInMemorySize()).isEqualTo(DataSize.ofMegabytes(1));
	}

}
