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

import io.github.ipfstoolkit.health.IpfsHealthIndicator;
import io.github.ipfstoolkit.listener.IpfsListenerEndpointRegistry;
import io.github.ipfstoolkit.node.IpfsNode;
import io.github.ipfstoolkit.rpc.Kubo;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link IpfsHealthIndicator}. It
 * is a member of the health endpoint as a whole, and of no group unless the application
 * says so.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { IpfsApiAutoConfiguration.class, IpfsListenerAutoConfiguration.class })
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(Kubo.class)
@ConditionalOnEnabledHealthIndicator("ipfs")
@EnableConfigurationProperties(IpfsHealthProperties.class)
public final class IpfsHealthContributorAutoConfiguration {

	IpfsHealthContributorAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean(name = { "ipfsHealthIndicator", "ipfsHealthContributor" })
	IpfsHealthIndicator ipfsHealthContributor(Kubo kubo, ObjectProvider<IpfsNode> node,
			ObjectProvider<IpfsListenerEndpointRegistry> listeners, IpfsHealthProperties properties) {
		return new IpfsHealthIndicator(kubo, node.getIfAvailable(), listeners.getIfAvailable(),
				properties.getTimeout());
	}

}
