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

import java.sql.SQLException;

import javax.sql.DataSource;

import io.github.ipfstoolkit.contacts.ContactStoreException;

import org.springframework.jdbc.datasource.init.ScriptException;

/**
 * A database that the application has.
 */
record ApplicationDatabase(DataSource dataSource) implements ContactDatabase {

	static ApplicationDatabase open(DataSource dataSource, boolean createTables) {
		ApplicationDatabase database = new ApplicationDatabase(dataSource);
		if (createTables) {
			try {
				Tables.create(dataSource);
			}
			catch (SQLException | ScriptException ex) {
				throw new ContactStoreException(
						"The contact tables could not be created in the application's data source",
						"Run %s on it yourself, and set ipfs.contacts.initialize-schema=never"
							.formatted(Tables.LOCATION),
						ex);
			}
		}
		return database;
	}

	@Override
	public ContactStoreException unusable(Exception cause) {
		return new ContactStoreException("The application's data source has no usable tables for contacts",
				"Run %s on it, or set ipfs.contacts.initialize-schema=always".formatted(Tables.LOCATION), cause);
	}

	@Override
	public ContactStoreException failed(Exception cause) {
		return new ContactStoreException("The contacts in the application's data source could not be read or written",
				"The cause tells more; contacts are as they were before", cause);
	}

	@Override
	public void close() {
		// the application owns the data source
	}

}
