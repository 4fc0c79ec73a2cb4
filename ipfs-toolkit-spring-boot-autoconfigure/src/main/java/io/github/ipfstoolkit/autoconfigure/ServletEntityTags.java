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

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;

/**
 * Gives static content from IPFS its CID as entity tag, where the application has not set
 * another generator of tags.
 */
final class ServletEntityTags implements BeanPostProcessor {

	// without a tag Spring MVC goes on as without a generator, though it does not declare
	// so
	@SuppressWarnings("NullAway")
	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof SimpleUrlHandlerMapping mapping) {
			mapping.getUrlMap().values().forEach((handler) -> {
				if (handler instanceof ResourceHttpRequestHandler resources && resources.getEtagGenerator() == null) {
					resources.setEtagGenerator(IpfsResourceTags::tag);
				}
			});
		}
		return bean;
	}

}
