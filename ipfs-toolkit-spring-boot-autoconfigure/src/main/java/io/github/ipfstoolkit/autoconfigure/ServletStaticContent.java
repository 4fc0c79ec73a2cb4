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

import java.util.ArrayList;
import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanInitializationException;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.io.Resource;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;
import org.springframework.web.servlet.resource.ResourceResolver;
import org.springframework.web.servlet.resource.ResourceResolverChain;

/**
 * Gives static content from IPFS its CID as entity tag, where the application has not set
 * another generator of tags, and has each reply be that of one file.
 */
final class ServletStaticContent implements BeanPostProcessor {

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof SimpleUrlHandlerMapping mapping) {
			mapping.getUrlMap().values().forEach((handler) -> {
				if (handler instanceof ResourceHttpRequestHandler resources
						&& StaticContent.isOnIpfs(resources.getLocations())) {
					configure(resources);
				}
			});
		}
		return bean;
	}

	// without a tag Spring MVC goes on as without a generator, though it does not declare
	// so
	@SuppressWarnings("NullAway")
	private static void configure(ResourceHttpRequestHandler handler) {
		if (handler.getEtagGenerator() == null) {
			handler.setEtagGenerator(StaticContent::tag);
		}
		List<ResourceResolver> resolvers = new ArrayList<>(handler.getResourceResolvers());
		resolvers.add(0, new Snapshots());
		handler.setResourceResolvers(resolvers);
		try {
			// the chain of resolvers is made there
			handler.afterPropertiesSet();
		}
		catch (Exception ex) {
			throw new BeanInitializationException("Cannot serve static content from IPFS", ex);
		}
	}

	/**
	 * Has the rest of a request see what is there now.
	 */
	private static final class Snapshots implements ResourceResolver {

		@Override
		public @Nullable Resource resolveResource(@Nullable HttpServletRequest request, String requestPath,
				List<? extends Resource> locations, ResourceResolverChain chain) {
			return StaticContent.snapshot(chain.resolveResource(request, requestPath, locations));
		}

		@Override
		public @Nullable String resolveUrlPath(String resourcePath, List<? extends Resource> locations,
				ResourceResolverChain chain) {
			return chain.resolveUrlPath(resourcePath, locations);
		}

	}

}
