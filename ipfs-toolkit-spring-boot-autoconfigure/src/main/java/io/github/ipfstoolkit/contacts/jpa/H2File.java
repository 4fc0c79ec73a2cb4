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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

import javax.sql.DataSource;

import io.github.ipfstoolkit.contacts.ContactStoreException;
import org.h2.api.ErrorCode;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;

import org.springframework.jdbc.datasource.init.ScriptException;

/**
 * An embedded H2 database in a file of the toolkit's own.
 */
final class H2File implements ContactDatabase {

	private static final String SUFFIX = ".mv.db";

	private static final String ELSEWHERE = "set ipfs.data-directory or ipfs.contacts.database-file to another place";

	/*
	 * Each commit is on disk when it returns; H2 does not close the database in a
	 * shutdown hook of its own, before the application's beans are done with it; no trace
	 * file appears beside it.
	 */
	private static final String SETTINGS = ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;LOCK_TIMEOUT=10000";

	private final Path file;

	private final JdbcConnectionPool pool;

	private H2File(Path file, JdbcConnectionPool pool) {
		this.file = file;
		this.pool = pool;
	}

	static H2File open(Path location) {
		Path file = withoutSuffix(location.toAbsolutePath().normalize());
		if (file.toString().contains(";")) {
			throw new ContactStoreException("Contacts can not be kept in %s: H2 takes no ';' in a path".formatted(file),
					"Please " + ELSEWHERE, null);
		}
		createDirectory(file);
		JdbcDataSource dataSource = new JdbcDataSource();
		dataSource.setURL("jdbc:h2:file:" + file + SETTINGS);
		dataSource.setUser("sa");
		H2File database = new H2File(file, JdbcConnectionPool.create(dataSource));
		try {
			Tables.create(database.pool);
			return database;
		}
		catch (SQLException ex) {
			database.close();
			throw database.notOpened(ex);
		}
		catch (ScriptException ex) {
			database.close();
			throw database.unusable(ex);
		}
	}

	private static Path withoutSuffix(Path file) {
		String name = file.getFileName().toString();
		return name.endsWith(SUFFIX) ? file.resolveSibling(name.substring(0, name.length() - SUFFIX.length())) : file;
	}

	private static void createDirectory(Path file) {
		try {
			Files.createDirectories(file.getParent());
		}
		catch (IOException ex) {
			throw new ContactStoreException(
					"The directory %s for the contacts can not be created".formatted(file.getParent()),
					"Make it writable, or " + ELSEWHERE, ex);
		}
	}

	private ContactStoreException notOpened(SQLException ex) {
		String name = this.file + SUFFIX;
		return switch (ex.getErrorCode()) {
			case ErrorCode.DATABASE_ALREADY_OPEN_1 ->
				new ContactStoreException("The contacts in %s are in use by another process".formatted(name),
						"End the other application, or give this one a place of its own: " + ELSEWHERE, ex);
			case ErrorCode.FILE_CORRUPTED_1, ErrorCode.FILE_VERSION_ERROR_1 -> unusable(ex);
			default -> new ContactStoreException("The contacts in %s can not be opened".formatted(name),
					"Check that the file and its directory can be read and written, or " + ELSEWHERE, ex);
		};
	}

	@Override
	public ContactStoreException unusable(Exception cause) {
		return new ContactStoreException(
				"The file %s is damaged or holds something other than contacts".formatted(this.file + SUFFIX),
				"It was left as it is: restore it from a backup or move it away, or " + ELSEWHERE, cause);
	}

	@Override
	public ContactStoreException failed(Exception cause) {
		return new ContactStoreException(
				"The contacts in %s could not be read or written".formatted(this.file + SUFFIX),
				"The cause tells more; contacts are as they were before", cause);
	}

	@Override
	public DataSource dataSource() {
		return this.pool;
	}

	@Override
	public void close() {
		this.pool.dispose();
	}

}
