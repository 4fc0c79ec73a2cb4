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

package io.github.ipfstoolkit.node.executable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that applications which need an executable at the same time get it once.
 */
@DisabledOnOs(OS.WINDOWS)
class ConcurrentProvisioningTests {

	@TempDir
	Path directory;

	@Test
	void severalApplicationsThatStartAtOnceBuildOnce() throws Exception {
		FakeKubo.script(this.directory.resolve("path/go"), """
				#!/bin/sh
				echo $$ >> %s/builds
				while [ "$1" != -o ]; do shift; done
				printf '#!/bin/sh\\n' > "$2"
				/bin/sleep 1
				printf 'echo 0.43.0\\n' >> "$2"
				""".formatted(this.directory));
		List<Process> applications = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			applications.add(start());
		}
		for (Process application : applications) {
			assertThat(application.waitFor(60, TimeUnit.SECONDS)).isTrue();
			assertThat(new String(application.getInputStream().readAllBytes())).contains("located 0.43.0");
		}
		assertThat(Files.readAllLines(this.directory.resolve("builds"))).hasSize(1);
	}

	@Test
	void threadsOfOneApplicationDoNotDisturbEachOther() throws Exception {
		FakeKubo.script(this.directory.resolve("path/go"), """
				#!/bin/sh
				echo $$ >> %s/builds
				while [ "$1" != -o ]; do shift; done
				printf '#!/bin/sh\\necho 0.43.0\\n' > "$2"
				""".formatted(this.directory));
		List<Thread> threads = new ArrayList<>();
		List<NodeExecutable> found = Collections.synchronizedList(new ArrayList<>());
		for (int i = 0; i < 4; i++) {
			Thread thread = new Thread(() -> found.add(locator(this.directory).locate()));
			threads.add(thread);
			thread.start();
		}
		for (Thread thread : threads) {
			thread.join(TimeUnit.SECONDS.toMillis(30));
		}
		assertThat(found).hasSize(4).containsOnly(found.get(0));
		assertThat(Files.readAllLines(this.directory.resolve("builds"))).hasSize(1);
	}

	private Process start() throws IOException {
		return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), Application.class.getName(), this.directory.toString())
			.redirectErrorStream(true)
			.start();
	}

	private static ExecutableLocator locator(Path directory) {
		return ExecutableLocator.builder()
			.environment(Map.of("PATH", directory.resolve("path").toString()))
			.cacheDirectory(directory.resolve("cache"))
			.mirror(directory.resolve("no-mirror").toUri())
			.provision(true)
			.build();
	}

	static final class Application {

		private Application() {
		}

		public static void main(String[] args) {
			System.out.println("located " + locator(Path.of(args[0])).locate().version());
		}

	}

}
