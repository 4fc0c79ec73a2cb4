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

import io.github.ipfstoolkit.listener.IpfsListenerEndpointRegistry;
import io.github.ipfstoolkit.metrics.BufferMetrics;
import io.github.ipfstoolkit.metrics.ConversationMetrics;
import io.github.ipfstoolkit.metrics.FileMetrics;
import io.github.ipfstoolkit.metrics.IpfsListenerMetrics;
import io.github.ipfstoolkit.metrics.IpfsNodeMetrics;
import io.github.ipfstoolkit.metrics.TransmissionMetrics;
import io.github.ipfstoolkit.rpc.Kubo;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the meters of the node, of
 * listeners, and of all that goes between peers.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { IpfsApiAutoConfiguration.class, IpfsListenerAutoConfiguration.class },
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
@EnableConfigurationProperties(IpfsMetricsProperties.class)
public final class IpfsMetricsAutoConfiguration {

	IpfsMetricsAutoConfiguration() {
	}

	@Bean
	@ConditionalOnBean(Kubo.class)
	@ConditionalOnMissingBean
	IpfsNodeMetrics ipfsNodeMetrics(Kubo kubo, IpfsMetricsProperties properties) {
		return new IpfsNodeMetrics(kubo, properties.getInterval(), properties.getRepositoryInterval());
	}

	@Bean
	@ConditionalOnBean(IpfsListenerEndpointRegistry.class)
	@ConditionalOnMissingBean
	IpfsListenerMetrics ipfsListenerMetrics(IpfsListenerEndpointRegistry listeners) {
		return new IpfsListenerMetrics(listeners);
	}

	@Bean
	@ConditionalOnMissingBean
	TransmissionMetrics ipfsTransmissionMetrics(MeterRegistry registry) {
		return new TransmissionMetrics(registry);
	}

	@Bean
	@ConditionalOnMissingBean
	ConversationMetrics ipfsConversationMetrics(MeterRegistry registry) {
		return new ConversationMetrics(registry);
	}

	@Bean
	@ConditionalOnMissingBean
	FileMetrics ipfsFileMetrics(MeterRegistry registry) {
		return new FileMetrics(registry);
	}

	@Bean
	@ConditionalOnMissingBean
	BufferMetrics ipfsBufferMetrics(MeterRegistry registry) {
		return new BufferMetrics(registry);
	}

}
