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

import java.nio.file.Files;
import java.nio.file.Path;

import io.github.ipfstoolkit.NodeException;
import io.github.ipfstoolkit.autoconfigure.IpfsProperties.Backend;
import io.github.ipfstoolkit.node.AutoIpfsNode;
import io.github.ipfstoolkit.node.ExternalIpfsNode;
import io.github.ipfstoolkit.node.IpfsNode;
import io.github.ipfstoolkit.node.ManagedIpfsNode;
import io.github.ipfstoolkit.node.NodeDiscovery;
import io.github.ipfstoolkit.node.RepositoryIpfsNode;
import io.github.ipfstoolkit.rpc.RpcEndpoint;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the IPFS node.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnMissingBean(IpfsNode.class)
@EnableConfigurationProperties({ IpfsProperties.class, IpfsApiProperties.class, IpfsCliProperties.class,
		IpfsNodeProperties.class })
public final class IpfsNodeAutoConfiguration {

	private static final Log logger = LogFactory.getLog(IpfsNodeAutoConfiguration.class);

	IpfsNodeAutoConfiguration() {
	}

	private static ExternalIpfsNode external(RpcEndpoint endpoint, IpfsNodeProperties properties) {
		return new ExternalIpfsNode(endpoint, properties.getStreamMounting(), properties.getProbeTimeout());
	}

	private static @Nullable RpcEndpoint configured(IpfsApiProperties api, ObjectProvider<SslBundles> sslBundles) {
		if (api.getUrl() == null) {
			return null;
		}
		String bundle = api.getSsl().getBundle();
		return RpcEndpoint.of(api.getUrl(), api.getAuthorization())
			.with((bundle != null) ? sslBundles.getObject().getBundle(bundle).createSslContext() : null);
	}

	private static ManagedIpfsNode managed(IpfsProperties ipfs, IpfsNodeProperties properties, Environment environment,
			ApplicationEventPublisher events) {
		Path directory = (properties.getDirectory() != null) ? properties.getDirectory()
				: ipfs.resolveDataDirectory(environment).resolve("node");
		ExponentialBackOff backOff = new ExponentialBackOff(properties.getRestart().getInitialInterval().toMillis(), 2);
		backOff.setMaxInterval(properties.getRestart().getMaxInterval().toMillis());
		backOff.setMaxAttempts(properties.getRestart().getMaxAttempts());
		return ManagedIpfsNode.builder(directory)
			.executable(properties.toExecutableLocator().build())
			.network(properties.getNetwork())
			.configuration(properties.getConfig())
			.ports(properties.getRpcPort(), properties.getGatewayPort(), properties.getSwarmPort())
			.startTimeout(properties.getStartTimeout())
			.stopTimeout(properties.getStopTimeout())
			.restartBackOff(backOff)
			.events(events)
			.build();
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(IpfsConnectionDetails.class)
	static class ConnectionDetailsConfiguration {

		@Bean
		ExternalIpfsNode ipfsNode(IpfsConnectionDetails details, IpfsNodeProperties properties) {
			return external(details.getRpcEndpoint(), properties);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(IpfsConnectionDetails.class)
	@ConditionalOnProperty(name = "ipfs.node.mode", havingValue = "external")
	static class ExternalConfiguration {

		@Bean
		IpfsNode ipfsNode(IpfsProperties ipfs, IpfsApiProperties api, IpfsNodeProperties properties,
				IpfsCliProperties cli, ObjectProvider<SslBundles> sslBundles) {
			RpcEndpoint endpoint = configured(api, sslBundles);
			if (endpoint == null && ipfs.getBackend() == Backend.CLI) {
				return new RepositoryIpfsNode(repository(cli));
			}
			if (endpoint == null) {
				endpoint = new NodeDiscovery(null, api.getAuthorization(), properties.getProbeTimeout()).discover();
			}
			if (endpoint == null && ipfs.getBackend() == Backend.AUTO && isUsable(repository(cli), properties)) {
				logger.info("No IPFS node answers, the ipfs executable works on the repository " + repository(cli));
				return new RepositoryIpfsNode(repository(cli));
			}
			return external((endpoint != null) ? endpoint
					: RpcEndpoint.of(RpcEndpoint.DEFAULT_URI.toString(), api.getAuthorization()), properties);
		}

		private static Path repository(IpfsCliProperties properties) {
			return (properties.getRepository() != null) ? properties.getRepository() : NodeDiscovery.usualRepository();
		}

		private static boolean isUsable(Path repository, IpfsNodeProperties properties) {
			if (!Files.exists(repository.resolve("config"))) {
				return false;
			}
			try {
				properties.toExecutableLocator().build().locate();
				return true;
			}
			catch (NodeException ex) {
				logger.debug("There is a repository, but no executable to use it with", ex);
				return false;
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(IpfsConnectionDetails.class)
	@ConditionalOnProperty(name = "ipfs.node.mode", havingValue = "managed")
	static class ManagedConfiguration {

		@Bean
		ManagedIpfsNode ipfsNode(IpfsProperties ipfs, IpfsNodeProperties properties, Environment environment,
				ApplicationEventPublisher events) {
			return managed(ipfs, properties, environment, events);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(IpfsConnectionDetails.class)
	@ConditionalOnProperty(name = "ipfs.node.mode", havingValue = "auto", matchIfMissing = true)
	static class AutoModeConfiguration {

		@Bean
		AutoIpfsNode ipfsNode(IpfsProperties ipfs, IpfsApiProperties api, IpfsNodeProperties properties,
				Environment environment, ApplicationEventPublisher events, ObjectProvider<SslBundles> sslBundles) {
			NodeDiscovery discovery = new NodeDiscovery(configured(api, sslBundles), api.getAuthorization(),
					properties.getProbeTimeout());
			return new AutoIpfsNode(discovery, (endpoint) -> external(endpoint, properties),
					() -> managed(ipfs, properties, environment, events));
		}

	}

}
