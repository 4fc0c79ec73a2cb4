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

import io.github.ipfstoolkit.core.IpfsOperations;
import io.github.ipfstoolkit.core.IpfsTemplate;
import io.github.ipfstoolkit.core.ReactiveIpfsOperations;
import io.github.ipfstoolkit.core.ReactiveIpfsTemplate;
import io.github.ipfstoolkit.core.TopicOperations;
import io.github.ipfstoolkit.core.TopicTemplate;
import io.github.ipfstoolkit.rpc.Kubo;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.thread.Threading;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/**
 * Auto-configuration for {@link IpfsTemplate}, {@link ReactiveIpfsTemplate} and
 * {@link TopicTemplate}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = IpfsApiAutoConfiguration.class, before = IpfsListenerAutoConfiguration.class)
@ConditionalOnBean(Kubo.class)
@EnableConfigurationProperties(IpfsTemplateProperties.class)
public final class IpfsTemplateAutoConfiguration {

	private final IpfsTemplateProperties properties;

	IpfsTemplateAutoConfiguration(IpfsTemplateProperties properties) {
		this.properties = properties;
	}

	@Bean
	@ConditionalOnMissingBean(IpfsOperations.class)
	IpfsTemplate ipfsTemplate(Kubo kubo) {
		return new IpfsTemplate(kubo, this.properties.getMaxInMemorySize());
	}

	@Bean
	@ConditionalOnMissingBean(ReactiveIpfsOperations.class)
	ReactiveIpfsTemplate reactiveIpfsTemplate(Kubo kubo) {
		return new ReactiveIpfsTemplate(kubo, this.properties.getMaxInMemorySize());
	}

	@Bean
	@ConditionalOnMissingBean(TopicOperations.class)
	TopicTemplate ipfsTopicTemplate(Kubo kubo, Environment environment) {
		SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("ipfs-topic-");
		executor.setVirtualThreads(Threading.VIRTUAL.isActive(environment));
		return new TopicTemplate(kubo, executor, this.properties.getTopic().getMaxPendingSize());
	}

}
