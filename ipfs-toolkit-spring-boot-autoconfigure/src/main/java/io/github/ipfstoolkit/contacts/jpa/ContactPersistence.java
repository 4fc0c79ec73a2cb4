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

package io.github.ipfstoolkit.contacts.jpa;

import java.util.function.Function;

import javax.sql.DataSource;

import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceConfiguration;
import jakarta.persistence.SharedCacheMode;
import jakarta.persistence.ValidationMode;
import org.hibernate.cfg.JdbcSettings;
import org.hibernate.jpa.HibernatePersistenceConfiguration;
import org.hibernate.jpa.HibernatePersistenceProvider;
import org.hibernate.tool.schema.Action;
import org.jspecify.annotations.Nullable;

import org.springframework.data.jpa.repository.support.JpaRepositoryFactory;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.orm.jpa.vendor.HibernateJpaDialect;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A persistence unit with the contact tables alone, with its own entity manager factory
 * and transactions.
 * <p>
 * All of it is made by hand and none of it is a bean, so nothing of it is seen by the
 * conditions under which Spring Boot configures an application's own persistence. Neither
 * does the application's configuration ({@code persistence.xml}, {@code orm.xml}) reach
 * in.
 */
final class ContactPersistence implements AutoCloseable {

	private final EntityManagerFactory entityManagerFactory;

	private final StoredContactRepository repository;

	private final TransactionTemplate transactions;

	ContactPersistence(DataSource dataSource) {
		this.entityManagerFactory = entityManagerFactory(dataSource);
		this.repository = repository(this.entityManagerFactory);
		JpaTransactionManager transactionManager = new JpaTransactionManager(this.entityManagerFactory);
		transactionManager.setJpaDialect(new HibernateJpaDialect());
		this.transactions = new TransactionTemplate(transactionManager);
	}

	private static EntityManagerFactory entityManagerFactory(DataSource dataSource) {
		PersistenceConfiguration configuration = new HibernatePersistenceConfiguration("ipfs-contacts")
			.managedClasses(StoredContact.class, StoredAddress.class)
			.xmlMappings(false)
			.schemaToolingAction(Action.NONE)
			.validationMode(ValidationMode.NONE)
			.sharedCacheMode(SharedCacheMode.NONE)
			.property(JdbcSettings.LOG_JDBC_ERRORS, false)
			.property(JdbcSettings.JAKARTA_NON_JTA_DATASOURCE, dataSource);
		// not by way of jakarta.persistence.Persistence, which may find the application's
		// provider
		return new HibernatePersistenceProvider().createEntityManagerFactory(configuration);
	}

	private static StoredContactRepository repository(EntityManagerFactory entityManagerFactory) {
		JpaRepositoryFactory factory = new JpaRepositoryFactory(
				SharedEntityManagerCreator.createSharedEntityManager(entityManagerFactory));
		// not the thread's class loader, which knows the application and may be another
		factory.setBeanClassLoader(StoredContactRepository.class.getClassLoader());
		return factory.getRepository(StoredContactRepository.class);
	}

	<T extends @Nullable Object> T inTransaction(Function<StoredContactRepository, T> action) {
		return this.transactions.execute((status) -> action.apply(this.repository));
	}

	@Override
	public void close() {
		this.entityManagerFactory.close();
	}

}
