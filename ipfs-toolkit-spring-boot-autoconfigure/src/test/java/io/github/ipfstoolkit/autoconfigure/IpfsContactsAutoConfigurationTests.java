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

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import javax.sql.DataSource;

import io.github.ipfstoolkit.contacts.Contact;
import io.github.ipfstoolkit.contacts.ContactKeeper;
import io.github.ipfstoolkit.contacts.ContactOperations;
import io.github.ipfstoolkit.contacts.ContactPeerDirectory;
import io.github.ipfstoolkit.contacts.ContactRepository;
import io.github.ipfstoolkit.contacts.ContactStoreException;
import io.github.ipfstoolkit.contacts.ContactTemplate;
import io.github.ipfstoolkit.contacts.InMemoryContactRepository;
import io.github.ipfstoolkit.contacts.PeerIdToContactConverter;
import io.github.ipfstoolkit.contacts.jpa.JpaContactRepository;
import io.github.ipfstoolkit.p2p.PeerDirectory;
import io.github.ipfstoolkit.rpc.Kubo;
import io.github.ipfstoolkit.rpc.Strings;
import io.github.ipfstoolkit.rpc.SwarmApi;
import jakarta.persistence.EntityManagerFactory;
import org.h2.jdbcx.JdbcDataSource;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.jpa.repository.support.JpaRepositoryFactory;
import org.springframework.jdbc.core.JdbcTemplate;

import static io.github.ipfstoolkit.contacts.TestPeers.peer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyList;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link IpfsContactsAutoConfiguration}.
 */
@ExtendWith(OutputCaptureExtension.class)
class IpfsContactsAutoConfigurationTests {

	@TempDir
	private Path directory;

	private final Kubo kubo = mock();

	private ApplicationContextRunner runner() {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(IpfsContactsAutoConfiguration.class))
			.withPropertyValues("ipfs.data-directory=" + this.directory)
			.withBean(Kubo.class, () -> this.kubo);
	}

	@Test
	void configuresTheContactBook() {
		runner().run((context) -> assertThat(context).hasSingleBean(ContactRepository.class)
			.hasSingleBean(ContactTemplate.class)
			.hasSingleBean(ContactPeerDirectory.class)
			.hasSingleBean(PeerIdToContactConverter.class)
			.doesNotHaveBean(ContactKeeper.class));
	}

	@Test
	void canBeSwitchedOff() {
		runner().withPropertyValues("ipfs.contacts.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(ContactRepository.class)
				.doesNotHaveBean(ContactOperations.class)
				.doesNotHaveBean(PeerDirectory.class)
				.doesNotHaveBean(PeerIdToContactConverter.class));
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void keepsContactsWithoutANode() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(IpfsContactsAutoConfiguration.class))
			.withPropertyValues("ipfs.contacts.store=memory")
			.run((context) -> assertThat(context).hasSingleBean(ContactRepository.class)
				.doesNotHaveBean(ContactOperations.class)
				.doesNotHaveBean(PeerDirectory.class));
	}

	@Test
	void backsOffForBeansOfTheApplication() {
		ContactRepository repository = mock();
		ContactOperations operations = mock();
		PeerDirectory directory = mock();
		runner().withBean(ContactRepository.class, () -> repository)
			.withBean(ContactOperations.class, () -> operations)
			.withBean(PeerDirectory.class, () -> directory)
			.run((context) -> {
				assertThat(context).getBean(ContactRepository.class).isSameAs(repository);
				assertThat(context).getBean(ContactOperations.class).isSameAs(operations);
				assertThat(context).getBean(PeerDirectory.class).isSameAs(directory);
			});
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void appliesConnectTimeout() {
		SwarmApi swarm = mock();
		given(this.kubo.swarm()).willReturn(swarm);
		given(swarm.connect(anyList())).willReturn(Mono.<Strings>never());
		runner().withPropertyValues("ipfs.contacts.store=memory", "ipfs.contacts.connect-timeout=31ms")
			.run((context) -> {
				ContactOperations contacts = context.getBean(ContactOperations.class);
				contacts.add("alice", peer(1));
				assertThat(contacts.connect("alice").failure()).contains("31 ms");
			});
	}

	@Test
	void keepsConnectionsWhereWanted() {
		runner().withPropertyValues("ipfs.contacts.store=memory", "ipfs.contacts.keep-connected=true")
			.run((context) -> assertThat(context).getBean(ContactKeeper.class)
				.satisfies((keeper) -> assertThat(keeper.isRunning()).isTrue()));
	}

	@Test
	void defaultsAreThoseOfTheLibrary() {
		IpfsContactsProperties properties = new IpfsContactsProperties();
		assertThat(properties.getConnectTimeout()).isEqualTo(Duration.ofSeconds(30))
			.isEqualTo(ContactTemplate.DEFAULT_CONNECT_TIMEOUT);
		assertThat(properties.isRememberPrivateAddresses()).isTrue();
		assertThat(properties.isKeepConnected()).isFalse();
		assertThat(properties.getForgetAddressesAfter()).isNull();
		assertThat(properties.getStore()).isNull();
		assertThat(properties.getInitializeSchema()).isEqualTo(IpfsContactsProperties.InitializeSchema.EMBEDDED);
	}

	@Nested
	class File {

		@Test
		void isTheDefault() {
			runner().run((context) -> assertThat(context).getBean(ContactRepository.class)
				.isInstanceOf(JpaContactRepository.class));
			assertThat(directory().resolve("contacts.mv.db")).isRegularFile();
		}

		@Test
		void isThereAfterARestart() {
			runner().run((context) -> context.getBean(ContactOperations.class).add("alice", peer(1)));
			runner().withPropertyValues("ipfs.contacts.store=FILE")
				.run((context) -> assertThat(context.getBean(ContactOperations.class).find("alice"))
					.map(Contact::peerId)
					.contains(peer(1)));
		}

		@Test
		void canBeElsewhere() {
			Path file = directory().resolve("else/where");
			runner().withPropertyValues("ipfs.contacts.database-file=" + file)
				.run((context) -> assertThat(context).hasNotFailed());
			assertThat(directory().resolve("else/where.mv.db")).isRegularFile();
			assertThat(directory().resolve("contacts.mv.db")).doesNotExist();
		}

		@ParameterizedTest
		@ValueSource(classes = { JpaRepositoryFactory.class, EntityManagerFactory.class, SessionFactory.class,
				JdbcDataSource.class })
		void isMemoryWhereALibraryIsMissing(Class<?> missing, CapturedOutput output) {
			runner().withClassLoader(new FilteredClassLoader(missing.getPackageName())).run((context) -> {
				assertThat(context).getBean(ContactRepository.class).isInstanceOf(InMemoryContactRepository.class);
				assertThat(context).hasSingleBean(ContactTemplate.class).hasSingleBean(ContactPeerDirectory.class);
			});
			assertThat(output).containsOnlyOnce("Contacts are kept in memory");
			assertThat(directory()).isEmptyDirectory();
		}

		@ParameterizedTest
		@ValueSource(classes = { JpaRepositoryFactory.class, EntityManagerFactory.class, SessionFactory.class,
				JdbcDataSource.class })
		void isRefusedWhereALibraryIsMissingAndItWasAskedFor(Class<?> missing) {
			runner().withPropertyValues("ipfs.contacts.store=file")
				.withClassLoader(new FilteredClassLoader(missing.getPackageName()))
				.run((context) -> assertThat(analysis(context).getAction()).contains("spring-data-jpa", "h2",
						"ipfs.contacts.store=memory"));
		}

		@Test
		void thatIsDamagedStopsTheApplicationWithAnExplanation() throws Exception {
			Path file = Files.writeString(directory().resolve("contacts.mv.db"), "no database".repeat(1000));
			runner().run((context) -> {
				FailureAnalysis analysis = analysis(context);
				assertThat(analysis.getDescription()).contains(file.toString(), "damaged");
				assertThat(analysis.getAction()).contains("ipfs.data-directory", "left as it is");
			});
			assertThat(file).hasContent("no database".repeat(1000));
		}

	}

	@Nested
	class Memory {

		@Test
		void isUsedWhereWanted(CapturedOutput output) {
			runner().withPropertyValues("ipfs.contacts.store=memory")
				.run((context) -> assertThat(context).getBean(ContactRepository.class)
					.isInstanceOf(InMemoryContactRepository.class));
			assertThat(output).doesNotContain("Contacts are kept in memory");
			assertThat(directory()).isEmptyDirectory();
		}

	}

	@Nested
	class ApplicationsDataSource {

		private final JdbcDataSource inMemory = dataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");

		@Test
		void isUsedWhereWanted() {
			runner(this.inMemory).run((context) -> {
				context.getBean(ContactOperations.class).add("alice", peer(1));
				assertThat(names(this.inMemory)).containsExactly("alice");
			});
			assertThat(names(this.inMemory)).as("still open").containsExactly("alice");
			assertThat(directory()).isEmptyDirectory();
		}

		@Test
		void needsH2OnlyForTheFile() {
			runner(this.inMemory).withClassLoader(new FilteredClassLoader("org.h2.jdbcx"))
				.run((context) -> assertThat(context).getBean(ContactRepository.class)
					.isInstanceOf(JpaContactRepository.class));
		}

		@ParameterizedTest
		@CsvSource({ "embedded, mem, true", "embedded, file, false", "always, file, true", "never, mem, false" })
		void getsTablesAccordingToTheProperty(String mode, String kind, boolean expected) {
			JdbcDataSource dataSource = kind.equals("mem") ? this.inMemory
					: dataSource("jdbc:h2:file:" + directory().resolve("application"));
			runner(dataSource).withPropertyValues("ipfs.contacts.initialize-schema=" + mode).run((context) -> {
				if (expected) {
					assertThat(context).hasNotFailed();
					assertThat(names(dataSource)).isEmpty();
				}
				else {
					assertThat(analysis(context).getAction()).contains("contacts-1.sql",
							"ipfs.contacts.initialize-schema=always");
				}
			});
		}

		@Test
		void isThePrimaryOneOfSeveral() {
			runner(dataSource("jdbc:h2:mem:other"))
				.withBean("primary", DataSource.class, () -> this.inMemory, (definition) -> definition.setPrimary(true))
				.run((context) -> {
					context.getBean(ContactOperations.class).add("alice", peer(1));
					assertThat(names(this.inMemory)).containsExactly("alice");
				});
		}

		@Test
		void isReportedIfThereIsNone() {
			IpfsContactsAutoConfigurationTests.this.runner()
				.withPropertyValues("ipfs.contacts.store=application")
				.run((context) -> assertThat(analysis(context).getDescription()).contains("none or no primary one"));
		}

		@Test
		void isReportedIfThereAreSeveralWithoutAPrimaryOne() {
			runner(dataSource("jdbc:h2:mem:other")).withBean("another", DataSource.class, () -> this.inMemory)
				.run((context) -> assertThat(analysis(context).getDescription()).contains("none or no primary one"));
		}

		private ApplicationContextRunner runner(DataSource dataSource) {
			return IpfsContactsAutoConfigurationTests.this.runner()
				.withPropertyValues("ipfs.contacts.store=application")
				.withBean("dataSource", DataSource.class, () -> dataSource);
		}

		private JdbcDataSource dataSource(String url) {
			JdbcDataSource dataSource = new JdbcDataSource();
			dataSource.setURL(url);
			return dataSource;
		}

		private List<String> names(DataSource dataSource) {
			return new JdbcTemplate(dataSource).queryForList("select name from ipfs_contact", String.class);
		}

	}

	private Path directory() {
		return this.directory;
	}

	private static FailureAnalysis analysis(AssertableApplicationContext context) {
		Throwable failure = context.getStartupFailure();
		assertThat(failure).isNotNull();
		FailureAnalysis analysis = new ContactStoreFailureAnalyzer().analyze(failure);
		assertThat(analysis).as("analysis of " + failure).isNotNull();
		assertThat(analysis.getCause()).isInstanceOf(ContactStoreException.class);
		return analysis;
	}

}
