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

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BoundedLog}.
 */
class BoundedLogTests {

	@TempDir
	Path directory;

	@Test
	void lastLinesAreKept() {
		BoundedLog log = log(1000);
		log.pump(stream("one\ntwo\n\nthree\n"));
		assertThat(log.lastLines(2)).isEqualTo("two" + System.lineSeparator() + "three");
		assertThat(this.directory.resolve("node.log")).hasContent("one\ntwo\n\nthree\n");
	}

	@Test
	void fileIsBounded() throws Exception {
		BoundedLog log = log(100_000);
		log.pump(stream("0123456789abcde\n".repeat(50_000)));
		assertThat(Files.size(this.directory.resolve("node.log"))).isLessThan(120_000);
		assertThat(Files.size(log.rotated())).isLessThan(120_000);
		assertThat(log.lastLines(1)).isEqualTo("0123456789abcde");
	}

	@Test
	void memoryIsBoundedForALineWithoutEnd() {
		BoundedLog log = log(1_000_000);
		log.pump(stream("x".repeat(100_000)));
		assertThat(log.lastLines(1)).hasSize(4096);
	}

	@Test
	void processIsNotHeldUpWhereTheFileCannotBeWritten() throws Exception {
		Files.createDirectory(this.directory.resolve("node.log"));
		InputStream stream = stream("text");
		log(100).pump(stream);
		assertThat(stream.read()).isEqualTo(-1);
	}

	private BoundedLog log(long size) {
		return new BoundedLog(this.directory.resolve("node.log"), size);
	}

	private static InputStream stream(String text) {
		return new ByteArrayInputStream(text.getBytes());
	}

}
