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

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.github.ipfstoolkit.autoconfigure.shop.Customer;
import io.github.ipfstoolkit.autoconfigure.shop.CustomerRepository;
import io.github.ipfstoolkit.autoconfigure.shop.CustomerService;
import io.github.ipfstoolkit.autoconfigure.shop.Shop;
import io.github.ipfstoolkit.contacts.ContactOperations;
import io.github.ipfstoolkit.contacts.ContactRepository;
import io.github.ipfstoolkit.contacts.InMemoryContactRepository;
import io.github.ipfstoolkit.contacts.jpa.JpaContactRepository;
import io.github.ipfstoolkit.rpc.Kubo;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.metamodel.EntityType;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.data.jpa.repository.support.JpaRepositoryFactoryBean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.TransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.ClassUtils;

import static io.github.ipfstoolkit.contacts.TestPeers.peer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.Mockito.mock;

/**
 * Tests that contacts in a database change nothing about how Spring Boot configures the
 * application's own persistence: all auto-configurations of Spring Boot that are on the
 * class path take part.
 */
class ContactsIsolationTests {

	private static final String BOOT_REPOSITORIES = "org.springframework.boot.data.jpa.autoconfigure."
			+ "DataJpaRepositoriesAutoConfiguration";

	private static final String[] BOOT_JPA_MODULES = { "org.springframework.boot.hibernate",
			"org.springframework.boot.data.jpa" };

	private static final String[] ALL_OF_JPA = { "org.springframework.boot.hibernate", "org.springframework.boot.jpa",
			"org.springframework.boot.data", "org.springframework.boot.jdbc", "org.springframework.boot.persistence",
			"org.springframework.boot.transaction", "org.springframework.boot.sql", "org.springframework.data",
			"org.springframework.orm", "org.springframework.jdbc", "org.springframework.transaction", "org.hibernate",
			"jakarta.persistence", "org.h2" };

	private static final Set<String> OUR_BEANS = Set.of("bean contactRepository", "bean contactTemplate",
			"bean contactPeerDirectory", "bean peerIdToContactConverter");

	@TempDir
	private Path directory;

	@Test
	void anApplicationWithJpaIsConfiguredTheSame() {
		assertConfiguredTheSame(shop());
	}

	@Test
	void anApplicationWithJpaIsConfiguredTheSameWithItsDataSourceShared() {
		assertConfiguredTheSame(shop().withPropertyValues("ipfs.contacts.store=application"));
	}

	@Test
	void anApplicationWithoutADataSourceOfItsOwnIsConfiguredTheSame() {
		assertConfiguredTheSame(boot(Shop.class));
	}

	@Test
	void anApplicationWithSeveralDataSourcesIsConfiguredTheSame() {
		ApplicationContextRunner several = boot(SeveralDataSources.class);
		assertConfiguredTheSame(several);
		withContacts(several).run((context) -> {
			context.getBean(ContactOperations.class).add("alice", peer(1));
			context.getBean(CustomerRepository.class).save(new Customer("carol"));
			assertThat(tables(context.getBean("orders", DataSource.class))).containsExactly("customer");
			assertThat(tables(context.getBean("archive", DataSource.class))).isEmpty();
			assertThat(context.getBean(ContactOperations.class).list()).hasSize(1);
		});
	}

	@Test
	void anApplicationWithSeveralDataSourcesOfEqualRankIsConfiguredTheSame() {
		// Boot itself would look for the entity manager factory that it can not make
		ApplicationContextRunner several = boot(EqualDataSources.class)
			.withPropertyValues("spring.autoconfigure.exclude=" + excluded() + "," + BOOT_REPOSITORIES);
		assertConfiguredTheSame(several);
		withContacts(several).run((context) -> {
			context.getBean(ContactOperations.class).add("alice", peer(1));
			assertThat(context).doesNotHaveBean(EntityManagerFactory.class);
			assertThat(tables(context.getBean("orders", DataSource.class))).isEmpty();
			assertThat(tables(context.getBean("archive", DataSource.class))).isEmpty();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { BOOT_REPOSITORIES,
			BOOT_REPOSITORIES + ",org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
			"org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration" })
	void anApplicationThatExcludesSomeOfBootIsConfiguredTheSame(String exclusion) {
		ApplicationContextRunner plain = boot(Plain.class).withPropertyValues(
				"spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID(),
				"spring.autoconfigure.exclude=" + excluded() + "," + exclusion);
		assertConfiguredTheSame(plain);
		withContacts(plain).run((context) -> {
			context.getBean(ContactOperations.class).add("alice", peer(1));
			assertThat(context).getBean(ContactRepository.class).isInstanceOf(JpaContactRepository.class);
		});
	}

	@Test
	void anApplicationWithJdbcAloneIsConfiguredTheSame() {
		ApplicationContextRunner jdbc = boot(Plain.class, BOOT_JPA_MODULES)
			.withPropertyValues("spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID());
		assertConfiguredTheSame(jdbc);
		withContacts(jdbc).run((context) -> {
			assertThat(context).getBean(ContactRepository.class).isInstanceOf(JpaContactRepository.class);
			assertThat(context).hasSingleBean(DataSource.class)
				.hasSingleBean(TransactionManager.class)
				.doesNotHaveBean(JpaTransactionManager.class)
				.doesNotHaveBean(EntityManagerFactory.class);
			context.getBean(ContactOperations.class).add("alice", peer(1));
			assertThat(tables(context.getBean(DataSource.class))).isEmpty();
		});
	}

	@Test
	void anApplicationWithoutPersistenceIsConfiguredTheSame() {
		ApplicationContextRunner plain = boot(Plain.class,
				Stream.of(ALL_OF_JPA)
					.filter((name) -> name.startsWith("org.springframework.boot"))
					.toArray(String[]::new));
		assertConfiguredTheSame(plain);
		withContacts(plain).run((context) -> {
			assertThat(context).getBean(ContactRepository.class).isInstanceOf(JpaContactRepository.class);
			assertThat(context).doesNotHaveBean(DataSource.class)
				.doesNotHaveBean(TransactionManager.class)
				.doesNotHaveBean(EntityManagerFactory.class);
		});
	}

	@Test
	void anApplicationWithoutJpaOnItsClassPathHasItsContactsInMemory() {
		ApplicationContextRunner plain = boot(Plain.class, ALL_OF_JPA);
		assertConfiguredTheSame(plain);
		withContacts(plain).run((context) -> {
			assertThat(context).getBean(ContactRepository.class).isInstanceOf(InMemoryContactRepository.class);
			ContactOperations contacts = context.getBean(ContactOperations.class);
			contacts.add("alice", peer(1));
			assertThat(contacts.find("alice")).isPresent();
		});
	}

	@Test
	void theApplicationHasItsOwnPersistenceAndNoneOfOurs() {
		withContacts(shop()).run((context) -> {
			assertThat(context).hasSingleBean(DataSource.class)
				.hasSingleBean(EntityManagerFactory.class)
				.hasSingleBean(TransactionManager.class)
				.hasSingleBean(JpaRepositoryFactoryBean.class)
				.hasSingleBean(TransactionTemplate.class);
			assertThat(context.getBean(EntityManagerFactory.class).getMetamodel().getEntities())
				.extracting(EntityType::getJavaType)
				.containsExactly((Class) Customer.class);
			context.getBean(ContactOperations.class).add("alice", peer(1));
			context.getBean(CustomerRepository.class).save(new Customer("carol"));
			assertThat(tables(context.getBean(DataSource.class))).containsExactly("customer");
			assertThat(context.getBean(CustomerRepository.class).findAll()).hasSize(1);
			assertThat(context.getBean(ContactOperations.class).list()).hasSize(1);
		});
	}

	@Test
	void theApplicationsTransactionsAreItsOwn() {
		withContacts(shop()).run(this::assertTransactionsAreApart);
	}

	@Test
	void theApplicationsTransactionsAreItsOwnWithItsDataSourceShared() {
		withContacts(shop()).withPropertyValues("ipfs.contacts.store=application").run((context) -> {
			assertTransactionsAreApart(context);
			assertThat(tables(context.getBean(DataSource.class))).containsExactly("customer", "ipfs_contact",
					"ipfs_contact_address");
			assertThat(context.getBean(HikariDataSource.class).getHikariPoolMXBean().getActiveConnections())
				.as("connections not given back")
				.isZero();
		});
	}

	private void assertTransactionsAreApart(AssertableApplicationContext context) {
		CustomerService service = context.getBean(CustomerService.class);
		CustomerRepository customers = context.getBean(CustomerRepository.class);
		ContactOperations contacts = context.getBean(ContactOperations.class);
		service.add("carol", () -> contacts.add("alice", peer(1)));
		assertThat(customers.findAll()).extracting(Customer::getName).containsExactly("carol");
		assertThatIllegalStateException().isThrownBy(() -> service.add("dave", () -> {
			contacts.rename("alice", "alicia");
			throw new IllegalStateException("roll back");
		}));
		assertThat(customers.findAll()).extracting(Customer::getName).containsExactly("carol");
		assertThat(contacts.list()).extracting((contact) -> contact.name()).containsExactly("alicia");
	}

	/**
	 * Compares the outcome of each condition, and each bean by name and type.
	 */
	private void assertConfiguredTheSame(ApplicationContextRunner application) {
		Map<String, String> with = new TreeMap<>();
		Map<String, String> without = new TreeMap<>();
		application.run((context) -> describe(context, without));
		withContacts(application).run((context) -> describe(context, with));
		assertThat(with.keySet().removeIf(ContactsIsolationTests::isOurs)).isTrue();
		without.keySet().removeIf(ContactsIsolationTests::isOurs);
		assertThat(with).hasSizeGreaterThan(100);
		assertThat(with.entrySet()).containsExactlyInAnyOrderElementsOf(without.entrySet());
	}

	private static boolean isOurs(String description) {
		return OUR_BEANS.contains(description) || description.contains("io.github.ipfstoolkit.autoconfigure.");
	}

	private static void describe(AssertableApplicationContext context, Map<String, String> description) {
		assertThat(context).hasNotFailed();
		ConfigurableApplicationContext source = context
			.getSourceApplicationContext(ConfigurableApplicationContext.class);
		ConditionEvaluationReport.get(source.getBeanFactory())
			.getConditionAndOutcomesBySource()
			.forEach((name, outcomes) -> description.put("condition " + name, String.valueOf(outcomes.isFullMatch())));
		Stream.of(source.getBeanDefinitionNames())
			.forEach((name) -> description.put("bean " + name, type(source, name)));
	}

	private static String type(ConfigurableApplicationContext context, String name) {
		Class<?> type = context.getType(name, false);
		return (type != null && !Proxy.isProxyClass(type)) ? ClassUtils.getUserClass(type).getName() : "proxy";
	}

	private static List<String> tables(DataSource dataSource) {
		return new JdbcTemplate(dataSource).queryForList(
				"select lower(table_name) from information_schema.tables where table_schema = 'PUBLIC' order by 1",
				String.class);
	}

	private ApplicationContextRunner shop() {
		return boot(Shop.class).withPropertyValues("spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID());
	}

	private ApplicationContextRunner boot(Class<?> application, String... hidden) {
		return new ApplicationContextRunner().withClassLoader(new FilteredClassLoader(hidden))
			.withUserConfiguration(application)
			.withPropertyValues("spring.autoconfigure.exclude=" + excluded(hidden), "ipfs.contacts.enabled=false",
					"ipfs.data-directory=" + this.directory)
			.withBean(Kubo.class, () -> mock());
	}

	private static ApplicationContextRunner withContacts(ApplicationContextRunner application) {
		return application.withPropertyValues("ipfs.contacts.enabled=true");
	}

	/**
	 * Names what is to be as if it were not on the class path, and the toolkit's other
	 * parts, which would start a node.
	 */
	private static String excluded(String... hidden) {
		return ImportCandidates.load(AutoConfiguration.class, ContactsIsolationTests.class.getClassLoader())
			.getCandidates()
			.stream()
			.filter((name) -> Stream.of(hidden).anyMatch(name::startsWith) || name.startsWith("io.github.ipfstoolkit"))
			.filter((name) -> !name.equals(IpfsContactsAutoConfiguration.class.getName()))
			.collect(Collectors.joining(","));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Plain {

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Shop.class)
	static class SeveralDataSources {

		@Bean
		@Primary
		DataSource orders() {
			return dataSource();
		}

		@Bean
		DataSource archive() {
			return dataSource();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class EqualDataSources {

		@Bean
		DataSource orders() {
			return dataSource();
		}

		@Bean
		DataSource archive() {
			return dataSource();
		}

	}

	private static DataSource dataSource() {
		JdbcDataSource dataSource = new JdbcDataSource();
		dataSource.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
		return dataSource;
	}

}
