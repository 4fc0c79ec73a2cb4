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

import javax.sql.DataSource;

import io.github.ipfstoolkit.contacts.ContactRepository;
import io.github.ipfstoolkit.contacts.ContactStoreException;
import io.github.ipfstoolkit.contacts.InMemoryContactRepository;
import io.github.ipfstoolkit.contacts.jpa.JpaContactRepository;
import jakarta.persistence.EntityManagerFactory;
import org.apache.commons.logging.LogFactory;
import org.h2.jdbcx.JdbcConnectionPool;
import org.hibernate.SessionFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.data.jpa.repository.support.JpaRepositoryFactory;

/**
 * Where contacts are kept. To be imported in the order of the classes, as the last one is
 * for applications to which none of the others applies.
 */
final class ContactStoreConfigurations {

	private ContactStoreConfigurations() {
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ JpaRepositoryFactory.class, EntityManagerFactory.class, SessionFactory.class,
			JdbcConnectionPool.class })
	@ConditionalOnProperty(name = "ipfs.contacts.store", havingValue = "file", matchIfMissing = true)
	static class FileStore {

		@Bean
		@ConditionalOnMissingBean(ContactRepository.class)
		JpaContactRepository contactRepository(IpfsProperties ipfs, IpfsContactsProperties properties,
				Environment environment) {
			Path file = properties.getDatabaseFile();
			return JpaContactRepository
				.inFile((file != null) ? file : ipfs.resolveDataDirectory(environment).resolve("contacts"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ JpaRepositoryFactory.class, EntityManagerFactory.class, SessionFactory.class })
	@ConditionalOnProperty(name = "ipfs.contacts.store", havingValue = "application")
	static class ApplicationStore {

		@Bean
		@ConditionalOnMissingBean(ContactRepository.class)
		JpaContactRepository contactRepository(IpfsContactsProperties properties, ObjectProvider<DataSource> provider) {
			DataSource dataSource = provider.getIfUnique();
			if (dataSource == null) {
				throw new ContactStoreException(
						"Contacts are to be kept in the application's data source, but it has none or no primary one",
						"Configure one, or set ipfs.contacts.store to 'file' or 'memory'", null);
			}
			boolean createTables = switch (properties.getInitializeSchema()) {
				case ALWAYS -> true;
				case EMBEDDED -> InMemoryDatabases.contain(dataSource);
				case NEVER -> false;
			};
			return JpaContactRepository.inDataSource(dataSource, createTables);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class MemoryStore {

		@Bean
		@ConditionalOnMissingBean(ContactRepository.class)
		InMemoryContactRepository contactRepository(IpfsContactsProperties properties) {
			IpfsContactsProperties.Store store = properties.getStore();
			if (store == null) {
				LogFactory.getLog(IpfsContactsAutoConfiguration.class)
					.info("Contacts are kept in memory and lost at the end: for a file, Spring Data JPA, Hibernate "
							+ "and H2 are needed on the class path");
			}
			else if (store != IpfsContactsProperties.Store.MEMORY) {
				throw new ContactStoreException(
						"Contacts can not be kept as ipfs.contacts.store says: a library is missing on the class path",
						"Add spring-data-jpa and hibernate-core, for 'file' also h2, or set ipfs.contacts.store=memory",
						null);
			}
			return new InMemoryContactRepository();
		}

	}

}
