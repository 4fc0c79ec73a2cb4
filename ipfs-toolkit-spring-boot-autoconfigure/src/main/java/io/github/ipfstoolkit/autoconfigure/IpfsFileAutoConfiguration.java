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

import java.nio.file.Path;
import java.util.List;

import io.github.ipfstoolkit.core.ContentOperations;
import io.github.ipfstoolkit.transmission.AcceptancePolicy;
import io.github.ipfstoolkit.transmission.AckMode;
import io.github.ipfstoolkit.transmission.ReceiverOptions;
import io.github.ipfstoolkit.transmission.conversation.ConversationOperations;
import io.github.ipfstoolkit.transmission.conversation.ConversationReceivers;
import io.github.ipfstoolkit.transmission.file.ConversationFileReceivers;
import io.github.ipfstoolkit.transmission.file.FileContents;
import io.github.ipfstoolkit.transmission.file.FileProgressListener;
import io.github.ipfstoolkit.transmission.file.FileReceiverOptions;
import io.github.ipfstoolkit.transmission.file.FileReceivers;
import io.github.ipfstoolkit.transmission.file.FileTransferObserver;
import io.github.ipfstoolkit.transmission.file.FileTransferOperations;
import io.github.ipfstoolkit.transmission.file.FileTransferTemplate;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for files to and from other peers.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { IpfsTransmissionAutoConfiguration.class, IpfsTemplateAutoConfiguration.class },
		before = IpfsListenerAutoConfiguration.class)
@EnableConfigurationProperties({ IpfsFileProperties.class, IpfsProperties.class, IpfsTransmissionProperties.class })
public final class IpfsFileAutoConfiguration {

	private static final String DIRECTORY = "files";

	private final IpfsFileProperties properties;

	IpfsFileAutoConfiguration(IpfsFileProperties properties) {
		this.properties = properties;
	}

	@Bean
	@ConditionalOnBean(ContentOperations.class)
	@ConditionalOnMissingBean(FileContents.class)
	IpfsFileContents ipfsFileContents(ObjectProvider<ContentOperations> contents) {
		return new IpfsFileContents(contents::getObject);
	}

	@Bean
	@ConditionalOnBean(ConversationOperations.class)
	@ConditionalOnMissingBean(FileTransferOperations.class)
	FileTransferTemplate ipfsFileTransferTemplate(ConversationOperations conversations,
			ObjectProvider<FileContents> contents, ObjectProvider<FileTransferObserver> observers) {
		return new FileTransferTemplate(conversations, contents.getIfUnique(),
				IpfsTransmissionPropertiesMapper.blockSize(this.properties),
				IpfsTransmissionPropertiesMapper.retries(this.properties), observers.orderedStream().toList());
	}

	@Bean
	@ConditionalOnBean(ConversationReceivers.class)
	@ConditionalOnMissingBean(FileReceivers.class)
	ConversationFileReceivers ipfsFileReceivers(ConversationReceivers conversations,
			IpfsTransmissionProperties transmissionProperties, IpfsProperties ipfsProperties, Environment environment,
			ObjectProvider<AcceptancePolicy> acceptance, ObjectProvider<FileContents> contents,
			ObjectProvider<FileProgressListener> progress, ObjectProvider<FileTransferObserver> observers) {
		FileReceiverOptions options = IpfsTransmissionPropertiesMapper.fileReceiverOptions(this.properties,
				transmissionProperties, directory(ipfsProperties, environment), composite(progress));
		ReceiverOptions ofConversations = IpfsTransmissionPropertiesMapper
			.receiverOptions(transmissionProperties, acceptance.getIfAvailable(AcceptancePolicy::any))
			.with(1, IpfsTransmissionAutoConfiguration.threads("ipfs-file-", environment), AckMode.HANDLED);
		return new ConversationFileReceivers(conversations, ofConversations, options, contents.getIfUnique(),
				observers.orderedStream().toList());
	}

	private Path directory(IpfsProperties ipfsProperties, Environment environment) {
		Path directory = this.properties.getDirectory();
		return (directory != null) ? directory : ipfsProperties.resolveDataDirectory(environment).resolve(DIRECTORY);
	}

	private static FileProgressListener composite(ObjectProvider<FileProgressListener> progress) {
		List<FileProgressListener> listeners = progress.orderedStream().toList();
		return (state) -> listeners.forEach((listener) -> listener.onProgress(state));
	}

}
