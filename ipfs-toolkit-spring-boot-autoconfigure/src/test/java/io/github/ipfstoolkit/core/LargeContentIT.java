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

package io.github.ipfstoolkit.core;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.ipfstoolkit.testsupport.KuboTestNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Publishes and reads back more than fits into memory, in a JVM with a small heap.
 */
class LargeContentIT {

	private static final long SIZE = 2L * 1024 * 1024 * 1024;

	@TempDir
	private Path directory;

	@Test
	void twoGibibytesPassThroughAHeapOf128Megabytes() throws Exception {
		try (KuboTestNode node = KuboTestNode.start()) {
			Path output = this.directory.resolve("output");
			Process process = new ProcessBuilder(
					List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m",
							"-XX:MaxDirectMemorySize=64m", "-XX:+ExitOnOutOfMemoryError", "-cp",
							System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
							LargeContentMain.class.getName(), node.endpoint().uri().toString(), Long.toString(SIZE),
							this.directory.toString()))
				.redirectErrorStream(true)
				.redirectOutput(output.toFile())
				.start();
			try {
				assertThat(process.waitFor(10, TimeUnit.MINUTES)).as("ended in time").isTrue();
				assertThat(Files.readString(output)).contains("published, read and downloaded " + SIZE);
				assertThat(process.exitValue()).isZero();
			}
			finally {
				process.destroyForcibly();
			}
		}
	}

}
