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

package io.github.ipfstoolkit.listener;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ApplicationEventPublisherAware;

/**
 * Creates containers from the application's options and one source for each type of
 * listener.
 *
 * @since 0.1.0
 */
public class DefaultIpfsListenerContainerFactory
		implements IpfsListenerContainerFactory, ApplicationEventPublisherAware {

	private final IpfsListenerOptions options;

	private final Map<IpfsListenerType, IpfsListenerSource> sources = new EnumMap<>(IpfsListenerType.class);

	private ApplicationEventPublisher eventPublisher = (event) -> {
	};

	/**
	 * Creates a factory.
	 * @param options the options of listeners that do not differ from them
	 * @param sources where messages come from; the first one of a type counts
	 */
	public DefaultIpfsListenerContainerFactory(IpfsListenerOptions options, List<IpfsListenerSource> sources) {
		this.options = options;
		sources.forEach((source) -> this.sources.putIfAbsent(source.type(), source));
	}

	/**
	 * Sets where the containers publish their events; nowhere by default.
	 * @param eventPublisher the publisher
	 */
	@Override
	public void setApplicationEventPublisher(ApplicationEventPublisher eventPublisher) {
		this.eventPublisher = eventPublisher;
	}

	@Override
	public IpfsListenerContainer createContainer(IpfsListenerEndpoint endpoint) {
		IpfsListenerSource source = this.sources.get(endpoint.type());
		if (source == null) {
			throw new InvalidListenerException(
					("Listener '%s' is of type %s, for which there is no source of messages. "
							+ "Is there a bean of type TransmissionReceivers for transmissions, ConversationReceivers "
							+ "for conversations, FileReceivers for files, TopicOperations for topics?")
						.formatted(endpoint.id(), endpoint.type()));
		}
		IpfsListenerOptions.Builder builder = this.options.toBuilder();
		endpoint.customizer().accept(builder);
		return new DefaultIpfsListenerContainer(endpoint, builder.build(), source, this.eventPublisher);
	}

}
