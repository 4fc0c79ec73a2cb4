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

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import io.github.ipfstoolkit.core.IpfsOperations;
import io.github.ipfstoolkit.health.IpfsHealthIndicator;
import io.github.ipfstoolkit.node.IpfsNode;
import io.github.ipfstoolkit.node.RepositoryIpfsNode;
import io.github.ipfstoolkit.node.executable.ExecutableNotFoundException;
import io.github.ipfstoolkit.rpc.Kubo;
import io.github.ipfstoolkit.rpc.Upload;
import io.github.ipfstoolkit.rpc.cli.KuboCliClient;
import io.github.ipfstoolkit.rpc.http.KuboHttpClient;
import io.github.ipfstoolkit.testsupport.KuboTestNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Tests for the choice between HTTP and the executable ({@code ipfs.backend}), and for
 * where it is shown.
 */
@ExtendWith(OutputCaptureExtension.class)
class BackendIT {

	private static final String NOBODY = "http://127.0.0.1:1";

	@TempDir
	private Path directory;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(IpfsNodeAutoConfiguration.class, IpfsApiAutoConfiguration.class,
				IpfsTemplateAutoConfiguration.class, IpfsHealthContributorAutoConfiguration.class,
				IpfsObservationAutoConfiguration.class, ObservationAutoConfiguration.class,
				MetricsAutoConfiguration.class))
		.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
		.withPropertyValues("ipfs.node.executable=" + KuboTestNode.executable(), "ipfs.health.timeout=60s");

	private Path repository() throws Exception {
		Path repository = this.directory.resolve("repository");
		ProcessBuilder builder = new ProcessBuilder(KuboTestNode.executable().toString(), "init", "--profile=test")
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD);
		builder.environment().put("IPFS_PATH", repository.toString());
		assertThat(builder.start().waitFor(60, TimeUnit.SECONDS)).isTrue();
		return repository;
	}

	/**
	 * A node of the developer would be found, and used.
	 */
	private static void assumeThatNoNodeIsFound() {
		assumeTrue(System.getenv("IPFS_PATH") == null
				&& !Files.exists(Path.of(System.getProperty("user.home"), ".ipfs", "api")));
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), 5001)) {
			assumeTrue(!socket.isConnected(), "a node listens on port 5001");
		}
		catch (IOException ex) {
			// as it should be
		}
	}

	private static void assertShown(AssertableApplicationContext context, String backend) {
		assertThat(context.getBean(Kubo.class).backend()).isEqualTo(backend);
		Health health = context.getBean(IpfsHealthIndicator.class).health();
		assertThat(health.getStatus()).as(health.toString()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("backend", backend).containsKeys("peerId", "version");
		Awaitility.await()
			.atMost(30, TimeUnit.SECONDS)
			.untilAsserted(() -> assertThat(context.getBean(MeterRegistry.class)
				.find("ipfs.rpc")
				.tags("backend", backend, "command", "version", "outcome", "success")
				.timer()).isNotNull());
	}

	@Test
	void executableWorksOnARepositoryWhereNoNodeAnswers(CapturedOutput output) throws Exception {
		assumeThatNoNodeIsFound();
		Path repository = repository();
		this.runner.withPropertyValues("ipfs.node.mode=external", "ipfs.cli.repository=" + repository)
			.run((context) -> {
				assertThat(context).hasSingleBean(KuboCliClient.class).hasSingleBean(RepositoryIpfsNode.class);
				assertShown(context, "cli");
				assertThat(output)
					.contains("No IPFS node answers, the ipfs executable works on the repository " + repository)
					.contains("The backend of the RPC API is the executable " + KuboTestNode.executable());
				IpfsOperations ipfs = context.getBean(IpfsOperations.class);
				assertThat(ipfs.readText(ipfs.publish(Upload.of("offline".getBytes(StandardCharsets.UTF_8)))))
					.isEqualTo("offline");
			});
	}

	@Test
	void withoutAnInitializedRepositoryTheNodeIsWaitedForOverHttp() {
		assumeThatNoNodeIsFound();
		this.runner
			.withPropertyValues("ipfs.node.mode=external", "ipfs.cli.repository=" + this.directory.resolve("none"))
			.run((context) -> assertThat(context).hasSingleBean(KuboHttpClient.class));
	}

	@Test
	void withoutAnExecutableTheNodeIsWaitedForOverHttp() throws Exception {
		assumeThatNoNodeIsFound();
		this.runner
			.withPropertyValues("ipfs.node.mode=external", "ipfs.cli.repository=" + repository(),
					"ipfs.node.executable=" + this.directory.resolve("missing"))
			.run((context) -> assertThat(context).hasSingleBean(KuboHttpClient.class));
	}

	@Test
	void configuredNodeThatDoesNotAnswerIsNotReplacedByARepository() throws Exception {
		this.runner
			.withPropertyValues("ipfs.node.mode=external", "ipfs.api.url=" + NOBODY,
					"ipfs.cli.repository=" + repository())
			.run((context) -> {
				assertThat(context).hasSingleBean(KuboHttpClient.class);
				assertThat(context.getBean(IpfsNode.class).endpoint().uri()).hasToString(NOBODY);
			});
	}

	@Test
	void httpIsUsedWhereANodeAnswersAndTheExecutableOnRequest(CapturedOutput output) {
		try (KuboTestNode node = KuboTestNode.start()) {
			ApplicationContextRunner runner = this.runner.withPropertyValues("ipfs.api.url=" + node.endpoint(),
					"ipfs.node.probe-timeout=30s");
			runner.run((context) -> assertShown(context, "http"));
			assertThat(output).contains("The backend of the RPC API is HTTP");
			for (String mode : new String[] { "auto", "external" }) {
				runner.withPropertyValues("ipfs.backend=cli", "ipfs.node.mode=" + mode).run((context) -> {
					assertThat(context).hasSingleBean(KuboCliClient.class);
					assertShown(context, "cli");
					assertThat(context.getBean(Kubo.class).node().id().block().id()).isEqualTo(node.peerId());
					assertThat(context.getBean(Kubo.class).swarm().peers().block().peers()).isEmpty();
				});
			}
			this.runner
				.withPropertyValues("ipfs.backend=cli", "ipfs.node.mode=external",
						"ipfs.cli.repository=" + node.repository())
				.run((context) -> {
					assertThat(context).hasSingleBean(RepositoryIpfsNode.class);
					assertThat(context.getBean(Kubo.class).node().id().block().id()).isEqualTo(node.peerId());
					assertThat(context.getBean(Kubo.class).key().export("none").onErrorComplete().blockOptional())
						.isEmpty();
				});
		}
	}

	@Test
	void executableDrivesAManagedNodeOnRequest() {
		this.runner
			.withPropertyValues("ipfs.backend=cli", "ipfs.node.mode=managed", "ipfs.node.network=local",
					"ipfs.data-directory=" + this.directory)
			.run((context) -> {
				assertThat(context.getBean(IpfsNode.class).isManaged()).isTrue();
				assertShown(context, "cli");
				assertThat(context.getBean(Kubo.class).swarm().peers().block().peers()).isEmpty();
			});
	}

	@Test
	void executableThatIsTooOldIsNamedWhenTheApplicationStarts() throws IOException {
		Path old = executable("0.38.2");
		assertThatExecutableIsRefused(old, old + " is version 0.38.2, older than 0.39.0",
				"Set 'ipfs.node.executable' to an executable of Kubo 0.39.0 or newer");
	}

	@Test
	void executableThatIsMissingIsNamedWhenTheApplicationStarts() {
		Path missing = this.directory.resolve("missing");
		assertThatExecutableIsRefused(missing, missing.toString(), "Set 'ipfs.node.executable'");
	}

	private void assertThatExecutableIsRefused(Path executable, String... message) {
		commandsThrough(executable).run((context) -> assertThat(context).getFailure()
			.rootCause()
			.isInstanceOf(ExecutableNotFoundException.class)
			.satisfies((ex) -> assertThat(ex).hasMessageContainingAll(message)));
	}

	@Test
	void oldestVersionThatIsSupportedDoesForCommands() throws IOException {
		commandsThrough(executable("0.39.0"))
			.run((context) -> assertThat(context.getBean(Kubo.class).backend()).isEqualTo("cli"));
	}

	private ApplicationContextRunner commandsThrough(Path executable) {
		return this.runner.withPropertyValues("ipfs.backend=cli", "ipfs.node.mode=external", "ipfs.api.url=" + NOBODY,
				"ipfs.node.executable=" + executable);
	}

	private Path executable(String version) throws IOException {
		Path executable = Files.writeString(this.directory.resolve("ipfs"), "#!/bin/sh\necho %s\n".formatted(version));
		assertThat(executable.toFile().setExecutable(true)).isTrue();
		return executable;
	}

	@Test
	void processesMustBeAllowed() {
		this.runner
			.withPropertyValues("ipfs.backend=cli", "ipfs.node.mode=external", "ipfs.api.url=" + NOBODY,
					"ipfs.cli.max-processes=0")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidConfigurationPropertyValueException.class)
				.hasMessageContaining("ipfs.cli.max-processes"));
	}

}
