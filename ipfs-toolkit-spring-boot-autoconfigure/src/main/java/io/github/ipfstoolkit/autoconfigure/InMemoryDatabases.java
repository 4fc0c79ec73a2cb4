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

import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Stream;

import javax.sql.DataSource;

/**
 * Tells databases that begin empty with each start, in which tables may be created
 * unasked.
 */
final class InMemoryDatabases {

	private InMemoryDatabases() {
	}

	static boolean contain(DataSource dataSource) {
		try (Connection connection = dataSource.getConnection()) {
			String url = connection.getMetaData().getURL();
			return url != null
					&& Stream.of("jdbc:h2:mem:", "jdbc:hsqldb:mem:", "jdbc:derby:memory:").anyMatch(url::startsWith);
		}
		catch (SQLException ex) {
			return false; // whoever uses it next reports what is wrong
		}
	}

}
