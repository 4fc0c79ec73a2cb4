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

import io.github.ipfstoolkit.actuate.IpfsEndpoint;
import io.github.ipfstoolkit.contacts.ContactRepository;
import io.github.ipfstoolkit.listener.IpfsListenerEndpointRegistry;
import io.github.ipfstoolkit.node.IpfsNode;
import io.github.ipfstoolkit.rpc.Kubo;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link IpfsEndpoint}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = IpfsApiAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnAvailableEndpoint(IpfsEndpoint.class)
public final class IpfsEndpointAutoConfiguration {

	IpfsEndpointAutoConfiguration() {
	}

	@Bean
	@ConditionalOnBean(Kubo.class)
	@ConditionalOnMissingBean
	IpfsEndpoint ipfsEndpoint(Kubo kubo, ObjectProvider<IpfsNode> node,
			ObjectProvider<IpfsListenerEndpointRegistry> listeners, ObjectProvider<ContactRepository> contacts) {
		return new IpfsEndpoint(kubo, node.getIfAvailable(), listeners.getIfAvailable(), contacts.getIfAvailable());
	}

}
