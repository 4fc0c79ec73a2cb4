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

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import javax.sql.DataSource;

import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/**
 * The contact tables' script.
 */
final class Tables {

	static final String SCRIPT = "contacts-1.sql";

	/**
	 * Where users find the script.
	 */
	static final String LOCATION = "classpath:io/github/ipfstoolkit/contacts/jpa/" + SCRIPT;

	private static final String[] QUERIES = { "select peer_id, name from ipfs_contact where 1 = 0",
			"select peer_id, address, last_connected from ipfs_contact_address where 1 = 0" };

	private Tables() {
	}

	static void create(DataSource dataSource) throws SQLException {
		try (Connection connection = dataSource.getConnection()) {
			ScriptUtils.executeSqlScript(connection, new ClassPathResource(SCRIPT, Tables.class));
			if (!connection.getAutoCommit()) {
				connection.commit();
			}
		}
	}

	/**
	 * Fails unless the tables are there with their columns.
	 */
	static void check(DataSource dataSource) throws SQLException {
		try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
			for (String query : QUERIES) {
				statement.executeQuery(query).close();
			}
			if (!connection.getAutoCommit()) {
				connection.rollback();
			}
		}
	}

}
