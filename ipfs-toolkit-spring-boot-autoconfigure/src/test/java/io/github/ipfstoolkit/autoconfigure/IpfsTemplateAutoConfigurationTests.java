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
import io.github.ipfstoolkit.core.TopicOperations;
import io.github.ipfstoolkit.core.TopicTemplate;
import io.github.ipfstoolkit.rpc.Kubo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link IpfsTemplateAutoConfiguration}.
 */
class IpfsTemplateAutoConfigurationTests {

	private final ApplicationContextRunner withoutKubo = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(IpfsTemplateAutoConfiguration.class));

	private final ApplicationContextRunner contextRunner = this.withoutKubo.withBean(Kubo.class,
			() -> mock(Kubo.class));

	@Test
	void templatesAreThereByDefault() {
		this.contextRunner.run((context) -> {
			assertThat(context).hasSingleBean(IpfsTemplate.class).hasSingleBean(TopicTemplate.class);
			assertThat(context.getBean(IpfsTemplate.class)).extracting("reactive.maxInMemorySize")
				.isEqualTo(16 * 1024 * 1024);
			assertThat(context.getBean(TopicTemplate.class)).extracting("maxPendingBytes").isEqualTo(8L * 1024 * 1024);
		});
	}

	@Test
	void templatesBackOffWithoutKubo() {
		this.withoutKubo.run((context) -> assertThat(context).doesNotHaveBean(IpfsOperations.class)
			.doesNotHaveBean(TopicOperations.class));
	}

	@Test
	void templateBacksOffToTheApplicationsOperations() {
		this.contextRunner.withBean("own", IpfsOperations.class, () -> mock(IpfsOperations.class))
			.run((context) -> assertThat(context).hasSingleBean(IpfsOperations.class)
				.doesNotHaveBean(IpfsTemplate.class)
				.hasSingleBean(TopicTemplate.class));
	}

	@Test
	void topicTemplateBacksOffToTheApplicationsOperations() {
		this.contextRunner.withBean("own", TopicOperations.class, () -> mock(TopicOperations.class))
			.run((context) -> assertThat(context).hasSingleBean(TopicOperations.class)
				.doesNotHaveBean(TopicTemplate.class)
				.hasSingleBean(IpfsTemplate.class));
	}

	@Test
	void limitsAreProperties() {
		this.contextRunner
			.withPropertyValues("ipfs.template.max-in-memory-size=1KB", "ipfs.template.topic.max-pending-size=2KB")
			.run((context) -> {
				assertThat(context.getBean(IpfsTemplate.class)).extracting("reactive.maxInMemorySize").isEqualTo(1024);
				assertThat(context.getBean(TopicTemplate.class)).extracting("maxPendingBytes").isEqualTo(2048L);
			});
	}

	@Test
	void handlersAreCalledOnPlatformThreadsByDefault() {
		this.contextRunner
			.run((context) -> assertThat(hasVirtualThreads(context.getBean(TopicTemplate.class))).isFalse());
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void handlersAreCalledOnVirtualThreadsWhereTheseAreOn() {
		this.contextRunner.withPropertyValues("spring.threads.virtual.enabled=true")
			.run((context) -> assertThat(hasVirtualThreads(context.getBean(TopicTemplate.class))).isTrue());
	}

	@Test
	@EnabledForJreRange(max = JRE.JAVA_20)
	void handlersAreCalledOnPlatformThreadsWhereThereAreNoOthers() {
		this.contextRunner.withPropertyValues("spring.threads.virtual.enabled=true")
			.run((context) -> assertThat(hasVirtualThreads(context.getBean(TopicTemplate.class))).isFalse());
	}

	private static boolean hasVirtualThreads(TopicTemplate template) {
		SimpleAsyncTaskExecutor executor = (SimpleAsyncTaskExecutor) ReflectionTestUtils.getField(template, "executor");
		return ReflectionTestUtils.getField(executor, "virtualThreadDelegate") != null;
	}

}
