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

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import javax.sql.DataSource;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.contacts.Contact;
import io.github.ipfstoolkit.contacts.ContactExistsException;
import io.github.ipfstoolkit.contacts.ContactRepository;
import io.github.ipfstoolkit.contacts.ContactStoreException;
import io.github.ipfstoolkit.contacts.InvalidContactException;
import jakarta.persistence.PersistenceException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.NestedRuntimeException;

/**
 * Keeps contacts in a database. Safe for use by several threads.
 * <p>
 * It has a persistence unit and transactions of its own: a call is committed when it
 * returns, also within a transaction of the application.
 *
 * @since 0.1.0
 */
public final class JpaContactRepository implements ContactRepository, AutoCloseable {

	private static final Log logger = LogFactory.getLog(JpaContactRepository.class);

	private final ContactDatabase database;

	private final FutureTask<ContactPersistence> persistence;

	private JpaContactRepository(ContactDatabase database) {
		this.database = database;
		this.persistence = new FutureTask<>(() -> new ContactPersistence(database.dataSource()));
		try {
			Tables.check(database.dataSource());
		}
		catch (SQLException ex) {
			database.close();
			throw database.unusable(ex);
		}
		// what can be wrong with the database is known by now: the application need not
		// wait for Hibernate, which takes a second or two
		Thread thread = new Thread(this.persistence, "ipfs-contacts");
		thread.setDaemon(true);
		thread.start();
	}

	/**
	 * Opens a repository in an embedded H2 database. Needs H2 on the class path.
	 * @param file the database's file without the suffix {@code .mv.db}; created, with
	 * its directory, where it does not exist
	 * @return the repository
	 * @throws ContactStoreException if the file can not be opened, such as when another
	 * process has it open or when it is damaged; it is left as it is
	 */
	public static JpaContactRepository inFile(Path file) {
		return new JpaContactRepository(H2File.open(file));
	}

	/**
	 * Opens a repository in a database of the application. It takes connections of its
	 * own from the data source, and does not close it.
	 * @param dataSource the application's data source
	 * @param createTables whether the tables are to be created where they do not exist
	 * @return the repository
	 * @throws ContactStoreException if the database can not be reached or lacks the
	 * tables
	 */
	public static JpaContactRepository inDataSource(DataSource dataSource, boolean createTables) {
		return new JpaContactRepository(ApplicationDatabase.open(dataSource, createTables));
	}

	@Override
	public List<Contact> findAll() {
		return execute((contacts) -> contacts.findAll()
			.stream()
			.map(StoredContact::toContact)
			.sorted(Comparator.comparing(Contact::name))
			.toList());
	}

	@Override
	public Optional<Contact> findByName(String name) {
		return execute((contacts) -> contacts.findByName(name).map(StoredContact::toContact));
	}

	@Override
	public Optional<Contact> findByPeerId(PeerId peerId) {
		return execute((contacts) -> contacts.findByPeerId(peerId.toString()).map(StoredContact::toContact));
	}

	@Override
	public void add(Contact contact) {
		execute((contacts) -> store(contact, () -> {
			if (contacts.existsByName(contact.name()) || contacts.existsById(contact.peerId().toString())) {
				throw new ContactExistsException(contact.name(), contact.peerId());
			}
			contacts.saveAndFlush(new StoredContact(contact));
		}));
	}

	@Override
	public Optional<Contact> update(String name, UnaryOperator<Contact> change) {
		return execute((contacts) -> contacts.lockByName(name).map((stored) -> {
			Contact changed = change.apply(stored.toContact());
			if (!changed.peerId().toString().equals(stored.getId())) {
				throw InvalidContactException.peerChanged(name);
			}
			return store(changed, () -> {
				if (!changed.name().equals(name) && contacts.existsByName(changed.name())) {
					throw new ContactExistsException(changed.name(), changed.peerId());
				}
				stored.update(changed);
				contacts.flush();
			});
		}));
	}

	@Override
	public boolean deleteByName(String name) {
		return execute((contacts) -> {
			Optional<StoredContact> stored = contacts.lockByName(name);
			stored.ifPresent(contacts::delete);
			return stored.isPresent();
		});
	}

	/**
	 * The checks before storing find what is there already; the constraint finds what
	 * another transaction has stored meanwhile.
	 */
	private static Contact store(Contact contact, Runnable action) {
		try {
			action.run();
			return contact;
		}
		catch (ConstraintViolationException ex) {
			throw new ContactExistsException(contact.name(), contact.peerId());
		}
	}

	private <T extends @Nullable Object> T execute(Function<StoredContactRepository, T> action) {
		try {
			return persistence().inTransaction(action);
		}
		catch (PersistenceException | NestedRuntimeException ex) {
			throw this.database.failed(ex);
		}
	}

	private ContactPersistence persistence() {
		try {
			return this.persistence.get();
		}
		catch (ExecutionException ex) {
			throw this.database.failed(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw this.database.failed(ex);
		}
	}

	@Override
	public void close() {
		try {
			persistence().close();
		}
		catch (ContactStoreException ex) {
			logger.debug("There is no persistence to close", ex);
		}
		finally {
			this.database.close();
		}
	}

}
