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

import io.github.ipfstoolkit.annotation.IpfsListenerAnnotationBeanPostProcessor;
import io.github.ipfstoolkit.annotation.IpfsMessageHandlerMethodFactory;
import io.github.ipfstoolkit.core.TopicOperations;
import io.github.ipfstoolkit.listener.ConversationListenerSource;
import io.github.ipfstoolkit.listener.DefaultIpfsListenerContainerFactory;
import io.github.ipfstoolkit.listener.FileListenerSource;
import io.github.ipfstoolkit.listener.IpfsListenerContainerFactory;
import io.github.ipfstoolkit.listener.IpfsListenerEndpointRegistry;
import io.github.ipfstoolkit.listener.IpfsListenerErrorHandler;
import io.github.ipfstoolkit.listener.IpfsListenerSource;
import io.github.ipfstoolkit.listener.IpfsMessageConverter;
import io.github.ipfstoolkit.listener.TopicListenerSource;
import io.github.ipfstoolkit.listener.TransmissionListenerSource;
import io.github.ipfstoolkit.transmission.AcceptancePolicy;
import io.github.ipfstoolkit.transmission.ReceiverOptions;
import io.github.ipfstoolkit.transmission.TransmissionReceivers;
import io.github.ipfstoolkit.transmission.conversation.ConversationReceivers;
import io.github.ipfstoolkit.transmission.file.FileReceivers;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.messaging.handler.annotation.support.MessageHandlerMethodFactory;
import org.springframework.validation.Validator;

/**
 * Auto-configuration for methods annotated with
 * {@link io.github.ipfstoolkit.annotation.IpfsListener} and its kin.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { IpfsTransmissionAutoConfiguration.class, IpfsTemplateAutoConfiguration.class })
@ConditionalOnClass({ MessageHandlerMethodFactory.class, JsonMapper.class })
@ConditionalOnBooleanProperty(name = "ipfs.listener.enabled", matchIfMissing = true)
@EnableConfigurationProperties({ IpfsListenerProperties.class, IpfsTransmissionProperties.class })
public final class IpfsListenerAutoConfiguration {

	private final IpfsListenerPropertiesMapper propertiesMapper;

	IpfsListenerAutoConfiguration(IpfsListenerProperties properties) {
		this.propertiesMapper = new IpfsListenerPropertiesMapper(properties);
	}

	@Bean
	@ConditionalOnMissingBean
	static IpfsListenerAnnotationBeanPostProcessor ipfsListenerAnnotationBeanPostProcessor() {
		return new IpfsListenerAnnotationBeanPostProcessor();
	}

	@Bean
	static LazyInitializationExcludeFilter ipfsListenerLazyInitializationExcludeFilter() {
		return new IpfsListenerLazyInitializationExcludeFilter();
	}

	@Bean
	@ConditionalOnMissingBean
	IpfsListenerEndpointRegistry ipfsListenerEndpointRegistry(IpfsListenerContainerFactory containerFactory) {
		return new IpfsListenerEndpointRegistry(containerFactory);
	}

	@Bean
	@ConditionalOnMissingBean(IpfsListenerContainerFactory.class)
	DefaultIpfsListenerContainerFactory ipfsListenerContainerFactory(Environment environment,
			IpfsListenerErrorHandler ipfsListenerErrorHandler, ObjectProvider<IpfsListenerSource> sources) {
		return new DefaultIpfsListenerContainerFactory(
				this.propertiesMapper.toOptions(environment, ipfsListenerErrorHandler),
				sources.orderedStream().toList());
	}

	@Bean
	@ConditionalOnMissingBean(name = "ipfsListenerErrorHandler")
	IpfsListenerErrorHandler ipfsListenerErrorHandler() {
		return (message, failure) -> {
			throw failure;
		};
	}

	@Bean
	@ConditionalOnBean(TransmissionReceivers.class)
	@ConditionalOnMissingBean
	TransmissionListenerSource ipfsTransmissionListenerSource(TransmissionReceivers receivers,
			IpfsTransmissionProperties properties, ObjectProvider<AcceptancePolicy> acceptance,
			ObjectProvider<ConversationReceivers> requests) {
		return new TransmissionListenerSource(receivers, receiverOptions(properties, acceptance),
				requests.getIfAvailable());
	}

	@Bean
	@ConditionalOnBean(ConversationReceivers.class)
	@ConditionalOnMissingBean
	ConversationListenerSource ipfsConversationListenerSource(ConversationReceivers receivers,
			IpfsTransmissionProperties properties, ObjectProvider<AcceptancePolicy> acceptance) {
		return new ConversationListenerSource(receivers, receiverOptions(properties, acceptance));
	}

	private static ReceiverOptions receiverOptions(IpfsTransmissionProperties properties,
			ObjectProvider<AcceptancePolicy> acceptance) {
		return IpfsTransmissionPropertiesMapper.receiverOptions(properties,
				acceptance.getIfAvailable(AcceptancePolicy::any));
	}

	@Bean
	@ConditionalOnBean(FileReceivers.class)
	@ConditionalOnMissingBean
	FileListenerSource ipfsFileListenerSource(FileReceivers receivers, IpfsTransmissionProperties properties,
			ObjectProvider<AcceptancePolicy> acceptance) {
		return new FileListenerSource(receivers, receiverOptions(properties, acceptance));
	}

	@Bean
	@ConditionalOnBean(TopicOperations.class)
	@ConditionalOnMissingBean
	TopicListenerSource ipfsTopicListenerSource(TopicOperations topics) {
		return new TopicListenerSource(topics);
	}

	@Bean
	@ConditionalOnMissingBean
	IpfsMessageHandlerMethodFactory ipfsMessageHandlerMethodFactory(ListableBeanFactory beanFactory,
			ObjectProvider<JsonMapper> jsonMapper, ObjectProvider<Validator> validator) {
		ApplicationConversionService conversionService = new ApplicationConversionService();
		ApplicationConversionService.addBeans(conversionService, beanFactory);
		IpfsMessageConverter messageConverter = new IpfsMessageConverter(
				jsonMapper.getIfUnique(() -> JsonMapper.builder().build()));
		IpfsMessageHandlerMethodFactory factory = new IpfsMessageHandlerMethodFactory(messageConverter,
				conversionService);
		validator.ifUnique(factory::setValidator);
		return factory;
	}

}
