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
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.NodeUnreachableException;
import io.github.ipfstoolkit.node.ExternalIpfsNode;
import io.github.ipfstoolkit.node.IpfsNode;
import io.github.ipfstoolkit.node.ManagedIpfsNode;
import io.github.ipfstoolkit.node.NodePortInUseException;
import io.github.ipfstoolkit.node.RepositoryLockedException;
import io.github.ipfstoolkit.node.StreamMounting;
import io.github.ipfstoolkit.node.StreamMountingDisabledException;
import io.github.ipfstoolkit.node.executable.ExecutableLocator;
import io.github.ipfstoolkit.node.executable.ExecutableNotFoundException;
import io.github.ipfstoolkit.rpc.RpcEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.UserConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContextException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link IpfsNodeAutoConfiguration}, its properties and failure analyzers. No
 * node is started.
 */
class IpfsNodeAutoConfigurationTests {

	private static final String NOBODY = "http://127.0.0.1:1";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(IpfsNodeAutoConfiguration.class));

	@TempDir
	Path directory;

	@Test
	void connectionDetailsDecideWhereTheNodeIs() {
		this.contextRunner.withConfiguration(UserConfigurations.of(DetailsConfiguration.class))
			.withPropertyValues("ipfs.node.mode=managed", "ipfs.api.url=http://192.0.2.1:5001")
			.run((context) -> {
				assertThat(context).hasSingleBean(IpfsNode.class).hasSingleBean(ExternalIpfsNode.class);
				assertThat(context.getBean(IpfsNode.class).endpoint().uri()).hasToString(NOBODY);
				assertThat(context).hasBean("ipfsNode");
			});
	}

	@Test
	void nodeOfTheApplicationReplacesOurs() {
		this.contextRunner.withConfiguration(UserConfigurations.of(OwnNodeConfiguration.class)).run((context) -> {
			assertThat(context).hasSingleBean(IpfsNode.class).hasBean("ownNode");
			assertThat(context).doesNotHaveBean("ipfsNode");
		});
	}

	@Test
	void externalNodeThatDoesNotAnswerIsNoReasonNotToStart() {
		this.contextRunner.withPropertyValues("ipfs.node.mode=external", "ipfs.api.url=/ip4/127.0.0.1/tcp/1")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(ExternalIpfsNode.class).endpoint().uri()).hasToString(NOBODY);
			});
	}

	@Test
	void credentialsAreSentToTheConfiguredNode() {
		this.contextRunner
			.withPropertyValues("ipfs.node.mode=external", "ipfs.api.url=" + NOBODY, "ipfs.api.authorization=Bearer x")
			.run((context) -> assertThat(context.getBean(IpfsNode.class).endpoint().authorization())
				.isEqualTo("Bearer x"));
	}

	@Test
	void managedNodeWithoutExecutableFailsWithTheRemedy() {
		this.contextRunner
			.withPropertyValues("ipfs.node.mode=managed", "ipfs.data-directory=" + this.directory,
					"ipfs.node.executable=" + this.directory.resolve("missing"))
			.run((context) -> {
				assertThat(context).hasFailed();
				FailureAnalysis analysis = analyze(context.getStartupFailure());
				assertThat(analysis.getDescription()).contains("missing");
				assertThat(analysis.getAction()).contains("ipfs.node.executable");
			});
	}

	@Test
	void byDefaultANodeIsStartedWhereNoneAnswers() {
		this.contextRunner
			.withPropertyValues("ipfs.api.url=" + NOBODY, "ipfs.data-directory=" + this.directory,
					"ipfs.node.executable=" + this.directory.resolve("missing"))
			.run((context) -> assertThat(context).getFailure()
				.hasRootCauseInstanceOf(ExecutableNotFoundException.class));
	}

	@Test
	void everyPropertyIsBound() {
		this.contextRunner.withConfiguration(UserConfigurations.of(OwnPropertiesConfiguration.class))
			.withPropertyValues("ipfs.node.network=local", "ipfs.node.provision=true", "ipfs.node.version=0.42.0",
					"ipfs.node.mirror=https://mirror.example", "ipfs.node.sha512=00", "ipfs.node.rpc-port=1",
					"ipfs.node.gateway-port=2", "ipfs.node.swarm-port=3", "ipfs.node.start-timeout=4s",
					"ipfs.node.stop-timeout=5s", "ipfs.node.probe-timeout=6s", "ipfs.node.stream-mounting=require",
					"ipfs.node.config.Datastore.StorageMax=50GB", "ipfs.node.restart.initial-interval=7s",
					"ipfs.node.restart.max-interval=8s", "ipfs.node.restart.max-attempts=9", "ipfs.node.directory=/d",
					"ipfs.node.cache-directory=/c", "ipfs.node.executable=/e")
			.run((context) -> {
				IpfsNodeProperties properties = context.getBean(IpfsNodeProperties.class);
				assertThat(properties.getConfig()).containsExactly(Map.entry("Datastore.StorageMax", "50GB"));
				assertThat(properties).hasNoNullFieldsOrProperties();
				assertThat(properties.getStreamMounting()).isEqualTo(StreamMounting.REQUIRE);
				assertThat(properties.getRestart().getMaxAttempts()).isEqualTo(9);
				assertThat(properties.getRestart().getInitialInterval()).isEqualTo(Duration.ofSeconds(7));
				assertThat(properties.getRestart().getMaxInterval()).isEqualTo(Duration.ofSeconds(8));
				assertThat(properties.getSwarmPort()).isEqualTo(3);
				assertThat(properties.getCacheDirectory()).isEqualTo(Path.of("/c"));
			});
	}

	@Test
	void unknownModeIsRefused() {
		this.contextRunner.withPropertyValues("ipfs.node.mode=somewhere")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("somewhere")
				.hasMessageContaining("Mode"));
	}

	@Test
	void nothingIsProvisionedByDefault() {
		IpfsNodeProperties defaults = new IpfsNodeProperties();
		assertThat(defaults.isProvision()).isFalse();
		assertThat(defaults.getVersion()).isEqualTo(ExecutableLocator.DEFAULT_VERSION);
		assertThat(defaults.getMirror()).isEqualTo(ExecutableLocator.DEFAULT_MIRROR);
	}

	@Test
	void dataDirectoryIsNamedAfterTheApplication() {
		IpfsProperties properties = new IpfsProperties();
		MockEnvironment environment = new MockEnvironment();
		Path base = Path.of(System.getProperty("user.home"), ".ipfs-toolkit");
		assertThat(properties.resolveDataDirectory(environment)).isEqualTo(base.resolve("application"));
		environment.setProperty("spring.application.name", "my app/1");
		assertThat(properties.resolveDataDirectory(environment)).isEqualTo(base.resolve("my_app_1"));
		environment.setProperty("spring.application.name", "..");
		assertThat(properties.resolveDataDirectory(environment)).isEqualTo(base.resolve("application"));
		properties.setDataDirectory(Path.of("data"));
		assertThat(properties.resolveDataDirectory(environment)).isEqualTo(Path.of("data").toAbsolutePath());
	}

	@Test
	void nodeStartsBeforeAndStopsAfterAllElseAndIsNotPaused() {
		assertThat(IpfsNode.PHASE).isEqualTo(Integer.MIN_VALUE / 2 - 200);
		ManagedIpfsNode managed = ManagedIpfsNode.builder(this.directory).build();
		assertThat(managed.getPhase()).isEqualTo(IpfsNode.PHASE);
		assertThat(managed.isPauseable()).isFalse();
		assertThat(managed.isAutoStartup()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(classes = { RepositoryLockedException.class, NodePortInUseException.class,
			StreamMountingDisabledException.class, ExecutableNotFoundException.class })
	void whatSomebodyHasToRemoveIsAnalyzed(Class<? extends IpfsException> type) throws Exception {
		IpfsException cause = type.getConstructor(String.class, String.class, Throwable.class)
			.newInstance("the problem", "The remedy.", null);
		FailureAnalysis analysis = analyze(new ApplicationContextException("Failed to start bean", cause));
		assertThat(analysis.getDescription()).isEqualTo("the problem.");
		assertThat(analysis.getAction()).isEqualTo("The remedy.");
	}

	@Test
	void nodeThatDoesNotAnswerIsAnalyzed() {
		FailureAnalysis analysis = analyze(
				new BeanCreationException("bean", "failed", new NodeUnreachableException(NOBODY, null)));
		assertThat(analysis.getDescription()).contains(NOBODY);
		assertThat(analysis.getAction()).contains("ipfs daemon", "ipfs.api.url", "ipfs.node.mode=managed");
	}

	private static FailureAnalysis analyze(Throwable failure) {
		return SpringFactoriesLoader.forDefaultResourceLocation().load(FailureAnalyzer.class, (type, name, failed) -> {
			// Spring Boot's own ask for constructor arguments
		})
			.stream()
			.filter((analyzer) -> analyzer.getClass().getName().startsWith("io.github.ipfstoolkit"))
			.map((analyzer) -> analyzer.analyze(failure))
			.filter(Objects::nonNull)
			.findFirst()
			.orElseThrow();
	}

	@Configuration(proxyBeanMethods = false)
	static class DetailsConfiguration {

		@Bean
		IpfsConnectionDetails details() {
			return () -> RpcEndpoint.of(NOBODY, null);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnNodeConfiguration {

		@Bean
		ExternalIpfsNode ownNode() {
			return new ExternalIpfsNode(RpcEndpoint.of(NOBODY, null), StreamMounting.IGNORE, Duration.ofSeconds(1));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(IpfsNodeProperties.class)
	static class OwnPropertiesConfiguration extends OwnNodeConfiguration {

	}

}
