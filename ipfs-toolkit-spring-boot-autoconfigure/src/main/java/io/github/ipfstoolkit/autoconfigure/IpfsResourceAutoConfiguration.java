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
import io.github.ipfstoolkit.core.ReactiveIpfsOperations;
import io.github.ipfstoolkit.resource.IpfsProtocolResolver;
import io.github.ipfstoolkit.rpc.Kubo;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.resource.ResourceWebHandler;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;

/**
 * Auto-configuration for the locations {@code ipfs:} and {@code ipns:} of resources, also
 * as static content of servlet and reactive applications, with CIDs as entity tags.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = IpfsTemplateAutoConfiguration.class)
@ConditionalOnBean({ Kubo.class, IpfsOperations.class })
public final class IpfsResourceAutoConfiguration {

	IpfsResourceAutoConfiguration() {
	}

	/**
	 * A post-processor, as the locations of resources are resolved from then on.
	 */
	@Bean
	static BeanFactoryPostProcessor ipfsProtocolResolverRegistrar(ConfigurableApplicationContext context) {
		ObjectProvider<Kubo> kubo = context.getBeanProvider(Kubo.class);
		ObjectProvider<IpfsOperations> ipfs = context.getBeanProvider(IpfsOperations.class);
		return (beanFactory) -> context.addProtocolResolver(new IpfsProtocolResolver(kubo::getObject, ipfs::getObject));
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = Type.SERVLET)
	@ConditionalOnClass(ResourceHttpRequestHandler.class)
	static class ServletConfiguration {

		@Bean
		static BeanPostProcessor ipfsStaticContentPostProcessor() {
			return new ServletStaticContent();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = Type.REACTIVE)
	@ConditionalOnClass(ResourceWebHandler.class)
	@ConditionalOnBean(ReactiveIpfsOperations.class)
	static class ReactiveConfiguration {

		@Bean
		static BeanPostProcessor ipfsStaticContentPostProcessor(ObjectProvider<ReactiveIpfsOperations> ipfs) {
			return new ReactiveStaticContent(ipfs::getObject);
		}

	}

}
