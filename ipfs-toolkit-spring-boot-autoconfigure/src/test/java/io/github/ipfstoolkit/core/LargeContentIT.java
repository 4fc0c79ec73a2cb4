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

import io.github.ipfstoolkit.rpc.cli.KuboCliClient;
import io.github.ipfstoolkit.rpc.http.KuboHttpClient;
import io.github.ipfstoolkit.testsupport.KuboTestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Moves more than fits into memory to a node and back, in a JVM with a small heap.
 */
@Tag("long")
class LargeContentIT {

	private static final long FOUR_GIBIBYTES = 4L * 1024 * 1024 * 1024;

	private static final int FILES = 50_000;

	/** What {@code ipfs add} prints for the directory with these files. */
	private static final String DIRECTORY = "QmdQhn1P9A2i8m6jobNDpMPD9Fy3vnMiQE92wTcAaRHdeX";

	private static KuboTestNode node;

	@TempDir
	private Path directory;

	@BeforeAll
	static void start() {
		// in place of a file for each block
		node = KuboTestNode.startWithProfiles("pebbleds");
	}

	@AfterAll
	static void stop() {
		node.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { KuboHttpClient.BACKEND, KuboCliClient.BACKEND })
	void fourGibibytesPassThroughAHeapOf128Megabytes(String backend) throws Exception {
		assertThat(move(backend, "file", FOUR_GIBIBYTES)).contains("moved " + FOUR_GIBIBYTES);
	}

	@ParameterizedTest
	@ValueSource(strings = { KuboHttpClient.BACKEND, KuboCliClient.BACKEND })
	void fiftyThousandFilesPassThroughAHeapOf128Megabytes(String backend) throws Exception {
		assertThat(move(backend, "directory", FILES)).contains("moved " + FILES, "root " + DIRECTORY);
	}

	private String move(String backend, String what, long amount) throws Exception {
		Path output = this.directory.resolve("output");
		Process process = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx128m", "-XX:MaxDirectMemorySize=64m", "-XX:+ExitOnOutOfMemoryError", "-cp",
				System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
				LargeContentMain.class.getName(), backend, node.endpoint().uri().toString(), what,
				Long.toString(amount), this.directory.toString(), KuboTestNode.executable().toString()))
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		try {
			assertThat(process.waitFor(15, TimeUnit.MINUTES)).as("ended in time").isTrue();
			assertThat(process.exitValue()).as(Files.readString(output)).isZero();
			return Files.readString(output);
		}
		finally {
			process.destroyForcibly();
		}
	}

}
