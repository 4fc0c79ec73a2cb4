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

import io.github.ipfstoolkit.node.IpfsNode;
import io.github.ipfstoolkit.node.RepositoryIpfsNode;
import io.github.ipfstoolkit.node.executable.NodeExecutable;
import io.github.ipfstoolkit.rpc.Kubo;
import io.github.ipfstoolkit.rpc.KuboVersion;
import io.github.ipfstoolkit.rpc.cli.KuboCliClient;
import io.github.ipfstoolkit.rpc.client.KuboClient;
import io.github.ipfstoolkit.rpc.client.KuboClientCustomizer;
import io.github.ipfstoolkit.rpc.client.RpcRetries;
import io.github.ipfstoolkit.rpc.client.RpcTimeouts;
import io.github.ipfstoolkit.rpc.http.KuboHttpClient;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.util.unit.DataSize;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the RPC API of the
 * {@link IpfsNode}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(afterName = "io.github.ipfstoolkit.autoconfigure.IpfsNodeAutoConfiguration")
@EnableConfigurationProperties({ IpfsProperties.class, IpfsApiProperties.class, IpfsCliProperties.class,
		IpfsNodeProperties.class })
public final class IpfsApiAutoConfiguration {

	private static final Log logger = LogFactory.getLog(IpfsApiAutoConfiguration.class);

	IpfsApiAutoConfiguration() {
	}

	@Bean
	@ConditionalOnBean(IpfsNode.class)
	@ConditionalOnMissingBean(Kubo.class)
	KuboClient kuboClient(IpfsNode node, IpfsProperties ipfs, IpfsApiProperties properties, IpfsCliProperties cli,
			IpfsNodeProperties nodeProperties, ObjectProvider<KuboClientCustomizer> customizers) {
		boolean executable = switch (ipfs.getBackend()) {
			case AUTO -> node instanceof RepositoryIpfsNode;
			case HTTP -> false;
			case CLI -> true;
		};
		KuboClient.Builder<?> builder = executable ? executable(node, cli, nodeProperties) : http(node, properties);
		builder.timeouts(timeouts(properties.getTimeouts()))
			.retries(retries(properties.getRetry()))
			.maxInMemorySize(maxInMemorySize(properties));
		customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		return builder.build();
	}

	private static KuboHttpClient.Builder http(IpfsNode node, IpfsApiProperties properties) {
		if (properties.getMaxConnections() < 1) {
			throw new InvalidConfigurationPropertyValueException("ipfs.api.max-connections",
					properties.getMaxConnections(), "It must be at least 1.");
		}
		logger.info("The backend of the RPC API is HTTP");
		return KuboHttpClient.builder(node::endpoint).maxConnections(properties.getMaxConnections());
	}

	private static KuboCliClient.Builder executable(IpfsNode node, IpfsCliProperties properties,
			IpfsNodeProperties nodeProperties) {
		if (properties.getMaxProcesses() < 1) {
			throw new InvalidConfigurationPropertyValueException("ipfs.cli.max-processes", properties.getMaxProcesses(),
					"It must be at least 1.");
		}
		NodeExecutable executable = nodeProperties.toExecutableLocator()
			.minimumVersion(KuboVersion.OLDEST_SUPPORTED.toString())
			.build()
			.locate();
		logger.info("The backend of the RPC API is the executable %s (Kubo %s)%s".formatted(executable.path(),
				executable.version(), (node instanceof RepositoryIpfsNode repository)
						? " on the repository " + repository.repository() : ""));
		return ((node instanceof RepositoryIpfsNode repository)
				? KuboCliClient.builder(executable::path, repository.repository())
				: KuboCliClient.builder(executable::path, node::endpoint))
			.maxProcesses(properties.getMaxProcesses());
	}

	private static RpcTimeouts timeouts(IpfsApiProperties.Timeouts timeouts) {
		return new RpcTimeouts(positive("connect", timeouts.getConnect()), positive("command", timeouts.getCommand()),
				positive("transfer", timeouts.getTransfer()), positive("lookup", timeouts.getLookup()),
				positive("bulk", timeouts.getBulk()));
	}

	private static RpcRetries retries(IpfsApiProperties.Retry retry) {
		if (retry.getMaxAttempts() < 0) {
			throw new InvalidConfigurationPropertyValueException("ipfs.api.retry.max-attempts", retry.getMaxAttempts(),
					"It must not be negative.");
		}
		if (retry.getInitialInterval().toMillis() < 1) {
			throw new InvalidConfigurationPropertyValueException("ipfs.api.retry.initial-interval",
					retry.getInitialInterval(), "It must be at least one millisecond.");
		}
		if (retry.getMaxInterval().compareTo(retry.getInitialInterval()) < 0) {
			throw new InvalidConfigurationPropertyValueException("ipfs.api.retry.max-interval", retry.getMaxInterval(),
					"It must not be shorter than the initial one.");
		}
		return new RpcRetries(retry.getMaxAttempts(), retry.getInitialInterval(), retry.getMaxInterval(),
				retry.isWrites());
	}

	private static DataSize maxInMemorySize(IpfsApiProperties properties) {
		if (properties.getMaxInMemorySize().toBytes() < 1) {
			throw new InvalidConfigurationPropertyValueException("ipfs.api.max-in-memory-size",
					properties.getMaxInMemorySize(), "It must be at least one byte.");
		}
		return properties.getMaxInMemorySize();
	}

	private static Duration positive(String name, Duration timeout) {
		if (timeout.toMillis() < 1) {
			throw new InvalidConfigurationPropertyValueException("ipfs.api.timeouts." + name, timeout,
					"It must be at least one millisecond.");
		}
		return timeout;
	}

}
