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

import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import io.github.ipfstoolkit.contacts.ContactAcceptancePolicy;
import io.github.ipfstoolkit.contacts.ContactOperations;
import io.github.ipfstoolkit.node.IpfsNode;
import io.github.ipfstoolkit.p2p.PeerDirectory;
import io.github.ipfstoolkit.p2p.SwarmPeerDirectory;
import io.github.ipfstoolkit.p2p.TunnelOperations;
import io.github.ipfstoolkit.p2p.TunnelTemplate;
import io.github.ipfstoolkit.rpc.Kubo;
import io.github.ipfstoolkit.transmission.AcceptancePolicy;
import io.github.ipfstoolkit.transmission.TransmissionCipher;
import io.github.ipfstoolkit.transmission.TransmissionObserver;
import io.github.ipfstoolkit.transmission.TransmissionOperations;
import io.github.ipfstoolkit.transmission.TransmissionReceivers;
import io.github.ipfstoolkit.transmission.TransmissionTemplate;
import io.github.ipfstoolkit.transmission.TunnelTransmissionReceivers;
import io.github.ipfstoolkit.transmission.buffer.BufferObserver;
import io.github.ipfstoolkit.transmission.buffer.BufferOperations;
import io.github.ipfstoolkit.transmission.buffer.BufferTemplate;
import io.github.ipfstoolkit.transmission.conversation.ConversationObserver;
import io.github.ipfstoolkit.transmission.conversation.ConversationOperations;
import io.github.ipfstoolkit.transmission.conversation.ConversationReceivers;
import io.github.ipfstoolkit.transmission.conversation.ConversationTemplate;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.thread.Threading;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.util.StringUtils;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for streams and messages to and from
 * other peers.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { IpfsApiAutoConfiguration.class, IpfsContactsAutoConfiguration.class })
@ConditionalOnBean(Kubo.class)
@EnableConfigurationProperties({ IpfsP2pProperties.class, IpfsTransmissionProperties.class })
public final class IpfsTransmissionAutoConfiguration {

	private final IpfsP2pProperties p2pProperties;

	private final IpfsTransmissionProperties transmissionProperties;

	IpfsTransmissionAutoConfiguration(IpfsP2pProperties p2pProperties,
			IpfsTransmissionProperties transmissionProperties) {
		this.p2pProperties = p2pProperties;
		this.transmissionProperties = transmissionProperties;
	}

	@Bean
	@ConditionalOnMissingBean(TunnelOperations.class)
	TunnelTemplate ipfsTunnelTemplate(Kubo kubo, ObjectProvider<IpfsNode> node) {
		return new TunnelTemplate(kubo, nodeHost(node),
				IpfsTransmissionPropertiesMapper.tunnelOptions(this.p2pProperties));
	}

	private Supplier<String> nodeHost(ObjectProvider<IpfsNode> node) {
		String host = this.p2pProperties.getNodeHost();
		if (StringUtils.hasText(host)) {
			return () -> host;
		}
		IpfsNode ipfsNode = node.getIfUnique();
		return (ipfsNode != null) ? () -> ipfsNode.endpoint().uri().getHost()
				: this.p2pProperties::getForwardBindAddress;
	}

	@Bean
	@ConditionalOnMissingBean(PeerDirectory.class)
	SwarmPeerDirectory ipfsPeerDirectory(Kubo kubo) {
		return new SwarmPeerDirectory(kubo, IpfsTransmissionPropertiesMapper.connectTimeout(this.p2pProperties));
	}

	@Bean
	@ConditionalOnMissingBean(TransmissionOperations.class)
	TransmissionTemplate ipfsTransmissionTemplate(TunnelOperations tunnels, PeerDirectory peers,
			ObjectProvider<JsonMapper> jsonMapper, ObjectProvider<TransmissionObserver> observers) {
		return new TransmissionTemplate(tunnels, peers,
				IpfsTransmissionPropertiesMapper.senderOptions(this.transmissionProperties),
				jsonMapper.getIfUnique(() -> JsonMapper.builder().build()), observers.orderedStream().toList());
	}

	@Bean
	@ConditionalOnMissingBean
	AcceptancePolicy ipfsAcceptancePolicy(ObjectProvider<ContactOperations> contacts) {
		if (this.transmissionProperties.getAccept() == IpfsTransmissionProperties.Accept.ANY) {
			return AcceptancePolicy.any();
		}
		ContactOperations book = contacts.getIfUnique();
		if (book == null) {
			throw new InvalidConfigurationPropertyValueException("ipfs.transmission.accept", "contacts",
					"There is no contact book. Set 'ipfs.contacts.enabled' to true.");
		}
		return new ContactAcceptancePolicy(book);
	}

	@Bean
	@ConditionalOnProperty("ipfs.transmission.encryption.key")
	@ConditionalOnMissingBean
	TransmissionCipher ipfsTransmissionCipher(ConfigurableListableBeanFactory beanFactory) {
		String key = Objects.requireNonNull(this.transmissionProperties.getEncryption().getKey());
		return SharedKeyCipher.create(key, Objects.requireNonNull(beanFactory.getBeanClassLoader()));
	}

	@Bean
	@ConditionalOnMissingBean(TransmissionReceivers.class)
	TunnelTransmissionReceivers ipfsTransmissionReceivers(TunnelOperations tunnels,
			ObjectProvider<TransmissionObserver> observers) {
		return new TunnelTransmissionReceivers(tunnels, observers.orderedStream().toList());
	}

	@Bean
	@ConditionalOnMissingBean(BufferOperations.class)
	BufferTemplate ipfsBufferTemplate(TunnelOperations tunnels, PeerDirectory peers, AcceptancePolicy acceptance,
			Environment environment, ObjectProvider<BufferObserver> observers) {
		return new BufferTemplate(tunnels, peers, IpfsTransmissionPropertiesMapper
			.bufferOptions(this.transmissionProperties, acceptance, threads("ipfs-buffer-", environment)),
				observers.orderedStream().toList());
	}

	@Bean
	@ConditionalOnMissingBean({ ConversationOperations.class, ConversationReceivers.class })
	ConversationTemplate ipfsConversationTemplate(TunnelOperations tunnels, PeerDirectory peers,
			ObjectProvider<JsonMapper> jsonMapper, ObjectProvider<TransmissionCipher> cipher, Environment environment,
			ObjectProvider<ConversationObserver> observers) {
		return new ConversationTemplate(tunnels, peers,
				IpfsTransmissionPropertiesMapper.senderOptions(this.transmissionProperties),
				IpfsTransmissionPropertiesMapper.conversationOptions(this.transmissionProperties, cipher.getIfUnique()),
				jsonMapper.getIfUnique(() -> JsonMapper.builder().build()), threads("ipfs-conversation-", environment),
				observers.orderedStream().toList());
	}

	static Executor threads(String prefix, Environment environment) {
		SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor(prefix);
		executor.setVirtualThreads(Threading.VIRTUAL.isActive(environment));
		executor.setDaemon(true);
		return executor;
	}

}
