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

package io.github.ipfstoolkit.listener;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.ipfstoolkit.testsupport.KuboTestNode;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A running {@link NotingApplication}.
 */
final class NotingProcess {

	private final Process process;

	private final Path notes;

	private NotingProcess(Process process, Path notes) {
		this.process = process;
		this.notes = notes;
	}

	/**
	 * Starts the application and waits until it can be sent to. It goes on with the notes
	 * that are in the directory.
	 */
	static NotingProcess start(KuboTestNode node, Path directory, String... jvmOptions) throws IOException {
		Path output = Files.createTempFile(directory, "application", ".log");
		Path notes = directory.resolve("notes");
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(List.of(jvmOptions));
		command.addAll(
				List.of("-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
						NotingApplication.class.getName(), "--notes=" + notes, "--ipfs.node.mode=external",
						"--ipfs.api.url=" + node.endpoint().uri(), "--ipfs.data-directory=" + directory,
						"--spring.main.banner-mode=off", "--spring.docker.compose.enabled=false"));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
			String log = Files.readString(output);
			assertThat(process.isAlive()).as(log).isTrue();
			return log.contains(NotingApplication.READY);
		});
		return new NotingProcess(process, notes);
	}

	/**
	 * Returns what the application, and those before it, have handled.
	 */
	List<String> notes() throws IOException {
		return Files.exists(this.notes) ? Files.readAllLines(this.notes) : List.of();
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	/**
	 * Ends the application as an operator would.
	 */
	void stop() {
		this.process.destroy();
		assertThat(this.process.onExit()).succeedsWithin(Duration.ofSeconds(60));
	}

	void kill() {
		this.process.destroyForcibly().onExit().join();
	}

}
