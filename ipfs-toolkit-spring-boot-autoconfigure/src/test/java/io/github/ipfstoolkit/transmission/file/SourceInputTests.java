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

package io.github.ipfstoolkit.transmission.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SourceInput}.
 */
class SourceInputTests {

	private final byte[] content = new byte[300_000];

	private Path file;

	@BeforeEach
	void write(@TempDir Path directory) throws IOException {
		new Random(1).nextBytes(this.content);
		this.file = directory.resolve("file");
		Files.write(this.file, this.content);
	}

	private SourceInput open() {
		return FileSource.of(this.file, null).open();
	}

	private byte[] hash(int length) {
		return Sha256.create().digest(Arrays.copyOf(this.content, length));
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void readsAndHashesWhatABufferHasRoomFor(boolean direct) {
		ByteBuffer buffer = direct ? ByteBuffer.allocateDirect(100_000) : ByteBuffer.allocate(100_000);
		byte[] read = new byte[this.content.length];
		try (SourceInput input = open()) {
			while (input.remaining() > 0) {
				buffer.clear().position(5).limit(70_005);
				int before = (int) input.position();
				int count = input.read(buffer);
				assertThat(buffer.position()).isEqualTo(5 + count);
				assertThat(buffer.limit()).isEqualTo(70_005);
				buffer.get(5, read, before, count);
				assertThat(input.hash()).isEqualTo(hash((int) input.position()));
			}
			assertThat(read).isEqualTo(this.content);
			assertThat(input.read(buffer.clear())).isEqualTo(-1);
		}
	}

	@Test
	void readsUpToAPosition() {
		try (SourceInput input = open()) {
			input.readTo(200_001, () -> {
			});
			assertThat(input.position()).isEqualTo(200_001);
			assertThat(input.hash()).isEqualTo(hash(200_001));
		}
	}

	@Test
	void leavesOutWhatIsAddedMeanwhile() throws IOException {
		try (SourceInput input = open()) {
			Files.write(this.file, new byte[1000], StandardOpenOption.APPEND);
			input.readTo(this.content.length - 10, () -> {
			});
			ByteBuffer buffer = ByteBuffer.allocate(100);
			assertThat(input.read(buffer)).isEqualTo(10);
			assertThat(input.read(buffer)).isEqualTo(-1);
			assertThat(input.hash()).isEqualTo(hash(this.content.length));
		}
	}

	@Test
	void fileThatHasBecomeShorterIsAnError() throws IOException {
		try (SourceInput input = open()) {
			Files.write(this.file, new byte[10]);
			assertThatExceptionOfType(FileReadException.class)
				.isThrownBy(() -> input.readTo(this.content.length, () -> {
				}))
				.withMessageContaining("has become shorter");
		}
	}

}
