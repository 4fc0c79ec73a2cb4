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

package io.github.ipfstoolkit.node;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import io.github.ipfstoolkit.node.executable.ExecutableLocator;
import io.github.ipfstoolkit.testsupport.KuboTestNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests what becomes of a node whose application is killed.
 */
@DisabledOnOs(OS.WINDOWS)
class NodeGuardIT {

	@TempDir
	Path directory;

	@Test
	void nodeEndsWhenItsApplicationIsKilled() throws Exception {
		Application application = new Application(this.directory, true);
		application.kill();
		Awaitility.await().until(() -> !application.node.isAlive());
	}

	@Test
	void nodeThatWasLeftOverIsEndedByTheNextStart() throws Exception {
		Application application = new Application(this.directory, false);
		application.kill();
		assertThat(application.node.isAlive()).isTrue();
		try (ManagedIpfsNode node = node(this.directory, true)) {
			node.start();
			assertThat(application.node.isAlive()).isFalse();
			assertThat(node.process().pid()).isNotEqualTo(application.node.pid());
		}
	}

	@Test
	void nodeOfAnApplicationThatRunsIsLeftAlone() throws Exception {
		Application application = new Application(this.directory, true);
		try {
			assertThatExceptionOfType(RepositoryLockedException.class)
				.isThrownBy(() -> node(this.directory, true).start());
			assertThat(application.node.isAlive()).isTrue();
		}
		finally {
			application.kill();
			application.node.onExit().get(60, TimeUnit.SECONDS);
		}
	}

	@Test
	void processThatOnlyHasTheRecordedNumberIsLeftAlone() throws Exception {
		Process stranger = new ProcessBuilder("sleep", "300").start();
		try {
			NodeRecord record = new NodeRecord(stranger.pid(), stranger.info().startInstant().orElseThrow(),
					KuboTestNode.executable().toRealPath().toString());
			assertThat(record.find(this.directory)).isNull();
			NodeRecord earlier = new NodeRecord(stranger.pid(),
					stranger.info().startInstant().orElseThrow().minusSeconds(60),
					stranger.info().command().orElseThrow());
			assertThat(earlier.find(this.directory)).isNull();
			NodeRecord elsewhere = new NodeRecord(stranger.pid(), stranger.info().startInstant().orElseThrow(),
					stranger.info().command().orElseThrow());
			assertThat(elsewhere.find(this.directory)).isNull();
		}
		finally {
			stranger.destroyForcibly();
		}
	}

	static ManagedIpfsNode node(Path directory, boolean guarded) {
		return ManagedIpfsNode.builder(directory)
			.executable(ExecutableLocator.builder().executable(KuboTestNode.executable()).build())
			.network(NodeNetwork.LOCAL)
			.guarded(guarded)
			.build();
	}

	/**
	 * A JVM that runs a node.
	 */
	private static final class Application {

		private final Process process;

		private final ProcessHandle node;

		Application(Path directory, boolean guarded) throws IOException {
			ProcessBuilder builder = new ProcessBuilder(
					Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
					System.getProperty("java.class.path"), Main.class.getName(), directory.toString(),
					String.valueOf(guarded));
			builder.environment().put("IPFS_TEST_EXECUTABLE", KuboTestNode.executable().toString());
			this.process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
			try (BufferedReader output = this.process.inputReader()) {
				String line = output.readLine();
				while (line != null && !line.startsWith("node ")) {
					line = output.readLine();
				}
				assertThat(line).isNotNull();
				this.node = ProcessHandle.of(Long.parseLong(line.substring("node ".length()))).orElseThrow();
			}
		}

		void kill() throws InterruptedException {
			this.process.destroyForcibly();
			assertThat(this.process.waitFor(60, TimeUnit.SECONDS)).isTrue();
		}

	}

	static final class Main {

		private Main() {
		}

		public static void main(String[] args) throws InterruptedException {
			ManagedIpfsNode node = node(Path.of(args[0]), Boolean.parseBoolean(args[1]));
			node.start();
			System.out.println("node " + node.process().pid());
			Thread.currentThread().join();
		}

	}

}
