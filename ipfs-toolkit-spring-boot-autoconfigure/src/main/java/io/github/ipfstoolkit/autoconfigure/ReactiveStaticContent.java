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
import java.util.function.Supplier;

import io.github.ipfstoolkit.core.ReactiveIpfsOperations;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.BeanInitializationException;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.io.Resource;
import org.springframework.http.codec.ResourceHttpMessageWriter;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.reactive.resource.ResourceResolver;
import org.springframework.web.reactive.resource.ResourceResolverChain;
import org.springframework.web.reactive.resource.ResourceWebHandler;
import org.springframework.web.server.ServerWebExchange;

/**
 * Lets static content of a reactive application come from IPFS, with its CID as entity
 * tag where the application has not set another generator of tags: the node is asked on
 * threads that may block, each reply is that of one file, and its bytes are sent as they
 * arrive.
 */
final class ReactiveStaticContent implements BeanPostProcessor {

	private final Supplier<ReactiveIpfsOperations> ipfs;

	/**
	 * Creates a post-processor.
	 * @param ipfs reads content; asked for each reply
	 */
	ReactiveStaticContent(Supplier<ReactiveIpfsOperations> ipfs) {
		this.ipfs = ipfs;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof SimpleUrlHandlerMapping mapping) {
			mapping.getUrlMap().values().forEach((handler) -> {
				if (handler instanceof ResourceWebHandler resources
						&& StaticContent.isOnIpfs(resources.getLocations())) {
					configure(resources);
				}
			});
		}
		return bean;
	}

	// without a tag Spring WebFlux goes on as without a generator, though it does not
	// declare so
	@SuppressWarnings("NullAway")
	private void configure(ResourceWebHandler handler) {
		if (handler.getEtagGenerator() == null) {
			handler.setEtagGenerator(StaticContent::tag);
		}
		ResourceHttpMessageWriter writer = handler.getResourceHttpMessageWriter();
		if (writer == null || writer.getClass() == ResourceHttpMessageWriter.class) {
			handler.setResourceHttpMessageWriter(new IpfsResourceWriter(this.ipfs));
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
	 * Has the rest of a request see what is there now, and waits for that on a thread
	 * that may block.
	 */
	private static final class Snapshots implements ResourceResolver {

		@Override
		public Mono<Resource> resolveResource(@Nullable ServerWebExchange exchange, String requestPath,
				List<? extends Resource> locations, ResourceResolverChain chain) {
			return Mono.defer(() -> chain.resolveResource(exchange, requestPath, locations))
				.mapNotNull(StaticContent::snapshot)
				.subscribeOn(Schedulers.boundedElastic());
		}

		@Override
		public Mono<String> resolveUrlPath(String resourcePath, List<? extends Resource> locations,
				ResourceResolverChain chain) {
			return Mono.defer(() -> chain.resolveUrlPath(resourcePath, locations))
				.subscribeOn(Schedulers.boundedElastic());
		}

	}

}
