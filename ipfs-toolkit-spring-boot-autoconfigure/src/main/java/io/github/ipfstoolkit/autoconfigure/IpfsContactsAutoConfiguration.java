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

import javax.sql.DataSource;

import io.github.ipfstoolkit.contacts.ContactKeeper;
import io.github.ipfstoolkit.contacts.ContactOperations;
import io.github.ipfstoolkit.contacts.ContactPeerDirectory;
import io.github.ipfstoolkit.contacts.ContactRepository;
import io.github.ipfstoolkit.contacts.ContactTemplate;
import io.github.ipfstoolkit.contacts.PeerIdToContactConverter;
import io.github.ipfstoolkit.p2p.PeerDirectory;
import io.github.ipfstoolkit.p2p.SwarmPeerDirectory;
import io.github.ipfstoolkit.rpc.Kubo;
import jakarta.persistence.EntityManagerFactory;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the contact book.
 * <p>
 * Contacts in a database need a {@link DataSource}, an {@link EntityManagerFactory}, a
 * transaction manager and a repository. None of them becomes a bean: Spring Boot would
 * otherwise take them for the application's own, and no longer configure those.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = IpfsApiAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "ipfs.contacts.enabled", matchIfMissing = true)
@EnableConfigurationProperties({ IpfsProperties.class, IpfsContactsProperties.class })
@Import({ ContactStoreConfigurations.FileStore.class, ContactStoreConfigurations.ApplicationStore.class,
		ContactStoreConfigurations.MemoryStore.class })
public final class IpfsContactsAutoConfiguration {

	IpfsContactsAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	PeerIdToContactConverter peerIdToContactConverter(ContactRepository contacts) {
		return new PeerIdToContactConverter(contacts);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(Kubo.class)
	static class Connecting {

		@Bean
		@ConditionalOnMissingBean(ContactOperations.class)
		ContactTemplate contactTemplate(ContactRepository contacts, Kubo kubo, IpfsContactsProperties properties) {
			return new ContactTemplate(contacts, kubo, properties.getConnectTimeout(),
					properties.isRememberPrivateAddresses(), properties.getForgetAddressesAfter());
		}

		@Bean
		@ConditionalOnMissingBean(PeerDirectory.class)
		ContactPeerDirectory contactPeerDirectory(ContactOperations contacts, Kubo kubo,
				IpfsContactsProperties properties) {
			return new ContactPeerDirectory(contacts, new SwarmPeerDirectory(kubo, properties.getConnectTimeout()));
		}

		@Bean
		@ConditionalOnMissingBean
		@ConditionalOnBooleanProperty("ipfs.contacts.keep-connected")
		ContactKeeper contactKeeper(ContactRepository contacts, Kubo kubo) {
			return new ContactKeeper(contacts, kubo, ContactKeeper.DEFAULT_INTERVAL);
		}

	}

}
