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

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.UUID;

import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.contacts.Contact;
import io.github.ipfstoolkit.contacts.ContactAddress;
import io.github.ipfstoolkit.contacts.ContactRepository;
import io.github.ipfstoolkit.contacts.ContactRepositoryContract;
import io.github.ipfstoolkit.contacts.ContactStoreException;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static io.github.ipfstoolkit.contacts.TestPeers.peer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link JpaContactRepository}.
 */
class JpaContactRepositoryTests {

	private static final Multiaddr ADDRESS = Multiaddr.of("/ip4/198.51.100.7/tcp/4001");

	@TempDir
	private Path directory;

	@Nested
	class InFile extends ContactRepositoryContract {

		private JpaContactRepository repository;

		@BeforeEach
		void open() {
			this.repository = JpaContactRepository.inFile(file());
		}

		@AfterEach
		void close() {
			this.repository.close();
		}

		@Override
		protected ContactRepository repository() {
			return this.repository;
		}

		@Test
		void contactsAreThereAfterARestart() {
			Contact alice = Contact.of("alice", peer(1), ADDRESS);
			this.repository.add(alice);
			this.repository.close();
			this.repository = JpaContactRepository.inFile(file());
			assertThat(this.repository.findAll()).singleElement().usingRecursiveComparison().isEqualTo(alice);
		}

		@Test
		void contactsAreOnDiskWhenTheCallReturns() throws IOException {
			this.repository.add(Contact.of("alice", peer(1), ADDRESS));
			Files.copy(databaseFile(), directory().resolve("as-after-a-crash.mv.db"));
			try (JpaContactRepository copy = JpaContactRepository.inFile(directory().resolve("as-after-a-crash"))) {
				assertThat(copy.findByName("alice").orElseThrow().addresses()).hasSize(1);
			}
		}

		@Test
		void leavesOneFileAndNoLock() throws IOException {
			this.repository.add(Contact.of("alice", peer(1)));
			this.repository.close();
			assertThat(directory()).isDirectoryNotContaining((path) -> !path.equals(databaseFile()));
			Files.move(databaseFile(), directory().resolve("moved.mv.db"));
			try (JpaContactRepository moved = JpaContactRepository.inFile(directory().resolve("moved.mv.db"))) {
				assertThat(moved.findAll()).hasSize(1);
			}
		}

		@Test
		void reportsUseAfterTheEnd() {
			this.repository.close();
			assertThatExceptionOfType(ContactStoreException.class).isThrownBy(() -> this.repository.findAll())
				.withMessageContaining(databaseFile().toString());
		}

	}

	@Nested
	class InDataSource {

		abstract class InMemoryDatabase extends ContactRepositoryContract {

			private final JpaContactRepository repository;

			InMemoryDatabase(String settings) {
				this.repository = JpaContactRepository.inDataSource(dataSource(settings), true);
			}

			@Override
			protected ContactRepository repository() {
				return this.repository;
			}

			@AfterEach
			void close() {
				this.repository.close();
			}

		}

		@Nested
		class H2 extends InMemoryDatabase {

			H2() {
				super("");
			}

		}

		@Nested
		class H2InPostgresqlMode extends InMemoryDatabase {

			H2InPostgresqlMode() {
				super(";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH");
			}

		}

		@Test
		void reportsMissingTables() {
			assertThatExceptionOfType(ContactStoreException.class)
				.isThrownBy(() -> JpaContactRepository.inDataSource(dataSource(""), false))
				.withMessageContaining("ipfs.contacts.initialize-schema=always")
				.withMessageContaining("contacts-1.sql");
		}

		@Test
		void contactsAreCommittedApartFromATransactionOfTheApplication() {
			JdbcDataSource dataSource = dataSource("");
			JdbcTemplate jdbc = new JdbcTemplate(dataSource);
			jdbc.execute("create table application_table (id int)");
			TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
			try (JpaContactRepository repository = JpaContactRepository.inDataSource(dataSource, true)) {
				transaction.executeWithoutResult((status) -> {
					jdbc.update("insert into application_table values (1)");
					repository.add(Contact.of("alice", peer(1)));
					jdbc.update("insert into application_table values (2)");
					status.setRollbackOnly();
				});
				assertThat(repository.findAll()).hasSize(1);
				assertThat(jdbc.queryForObject("select count(*) from application_table", Integer.class)).isZero();
				transaction.executeWithoutResult((status) -> {
					jdbc.update("insert into application_table values (3)");
					repository.deleteByName("alice");
				});
				assertThat(repository.findAll()).isEmpty();
				assertThat(jdbc.queryForList("select id from application_table", Integer.class)).containsExactly(3);
			}
		}

		@Test
		void leavesTheDataSourceOpenAndTheApplicationsTablesAlone() throws Exception {
			JdbcDataSource dataSource = dataSource("");
			try (Connection connection = dataSource.getConnection()) {
				connection.createStatement().execute("create table application_table (id int)");
				JpaContactRepository.inDataSource(dataSource, true).close();
				JpaContactRepository.inDataSource(dataSource, false).close();
				assertThat(new JdbcTemplate(dataSource).queryForList(
						"select lower(table_name) from information_schema.tables where table_schema = 'PUBLIC'",
						String.class))
					.containsExactlyInAnyOrder("application_table", "ipfs_contact", "ipfs_contact_address");
			}
		}

		private JdbcDataSource dataSource(String settings) {
			JdbcDataSource dataSource = new JdbcDataSource();
			dataSource.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1" + settings);
			return dataSource;
		}

	}

	@Test
	void reportsAFileThatAnotherProcessHasOpen() throws Exception {
		Process other = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), OtherProcess.class.getName(), file().toString())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		try {
			assertThat(other.getInputStream().read()).isEqualTo('!');
			assertThatExceptionOfType(ContactStoreException.class).isThrownBy(() -> JpaContactRepository.inFile(file()))
				.withMessageContaining("in use by another process")
				.withMessageContaining(databaseFile().toString())
				.withMessageContaining("ipfs.data-directory");
		}
		finally {
			other.destroyForcibly().onExit().join();
		}
		try (JpaContactRepository repository = JpaContactRepository.inFile(file())) {
			assertThat(repository.findAll()).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "this is no database" })
	void reportsADamagedFileAndLeavesItAsItIs(String content) throws IOException {
		try (JpaContactRepository repository = JpaContactRepository.inFile(file())) {
			repository.add(Contact.of("alice", peer(1)));
		}
		byte[] damaged = Files.readAllBytes(databaseFile());
		byte[] start = content.isEmpty() ? new byte[damaged.length] : content.repeat(1000).getBytes();
		System.arraycopy(start, 0, damaged, 0, Math.min(start.length, damaged.length));
		Files.write(databaseFile(), damaged);
		assertThatExceptionOfType(ContactStoreException.class).isThrownBy(() -> JpaContactRepository.inFile(file()))
			.withMessageContaining("damaged")
			.withMessageContaining(databaseFile().toString())
			.withMessageContaining("ipfs.data-directory");
		assertThat(databaseFile()).hasBinaryContent(damaged);
		assertThat(this.directory).isDirectoryNotContaining((path) -> !path.equals(databaseFile()));
	}

	@Test
	void reportsTablesOfAnotherShape() throws Exception {
		try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + file(), "sa", "")) {
			connection.createStatement().execute("create table ipfs_contact (peer_id varchar(128) primary key)");
		}
		assertThatExceptionOfType(ContactStoreException.class).isThrownBy(() -> JpaContactRepository.inFile(file()))
			.withMessageContaining("something other than contacts");
	}

	@Test
	void reportsADirectoryThatCanNotBeMade() throws IOException {
		Path occupied = Files.writeString(this.directory.resolve("occupied"), "a file");
		assertThatExceptionOfType(ContactStoreException.class)
			.isThrownBy(() -> JpaContactRepository.inFile(occupied.resolve("contacts")))
			.withMessageContaining(occupied.toString())
			.withMessageContaining("ipfs.data-directory");
	}

	@Test
	void reportsAPathThatH2DoesNotTake() {
		assertThatExceptionOfType(ContactStoreException.class)
			.isThrownBy(() -> JpaContactRepository.inFile(this.directory.resolve("a;b")))
			.withMessageContaining("';'");
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void makesTheDirectoryAndTakesUnusualPaths() {
		Path file = this.directory.resolve("not there yet").resolve("cöntacts #1 %20");
		try (JpaContactRepository repository = JpaContactRepository.inFile(file)) {
			repository.add(Contact.of("alice", peer(1)));
		}
		assertThat(new File(file + ".mv.db")).isFile();
	}

	@Test
	void worksInAThreadOfAnotherClassLoader() {
		Thread thread = Thread.currentThread();
		ClassLoader classLoader = thread.getContextClassLoader();
		thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
		try (JpaContactRepository repository = JpaContactRepository.inFile(file())) {
			repository.add(Contact.of("alice", peer(1), ADDRESS));
			assertThat(repository.findAll()).hasSize(1);
		}
		finally {
			thread.setContextClassLoader(classLoader);
		}
	}

	@Test
	void longestValuesFit() {
		Multiaddr longest = Multiaddr.of("/dns/" + "ä"
			.repeat(ContactAddress.MAX_LENGTH - "/dns/".length() - "/p2p/".length() - peer(1).toString().length()));
		try (JpaContactRepository repository = JpaContactRepository.inFile(file())) {
			repository.add(Contact.of("ü".repeat(Contact.MAX_NAME_LENGTH), peer(1), longest));
			assertThat(repository.findAll().get(0).addresses().get(0).address()).isEqualTo(longest.withPeerId(peer(1)));
		}
	}

	private Path directory() {
		return this.directory;
	}

	private Path file() {
		return this.directory.resolve("contacts");
	}

	private Path databaseFile() {
		return this.directory.resolve("contacts.mv.db");
	}

	/**
	 * An application that has the file open.
	 */
	static final class OtherProcess {

		private OtherProcess() {
		}

		public static void main(String[] arguments) throws Exception {
			try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + arguments[0], "sa", "")) {
				System.out.print('!');
				System.out.flush();
				System.in.read();
			}
		}

	}

}
