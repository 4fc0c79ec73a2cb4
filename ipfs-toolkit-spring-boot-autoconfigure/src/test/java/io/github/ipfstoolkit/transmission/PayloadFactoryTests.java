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

package io.github.ipfstoolkit.transmission;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.InputStreamResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PayloadFactory}.
 */
class PayloadFactoryTests {

	private final PayloadFactory factory = new PayloadFactory(JsonMapper.builder().build());

	@Test
	void bytesAndTextAreSentAsTheyAre() throws Exception {
		assertThat(read(new byte[] { 1, 2 })).containsExactly(1, 2);
		assertThat(read(new StringBuilder("grüße"))).isEqualTo("grüße".getBytes(StandardCharsets.UTF_8));
		assertThat(read("")).isEmpty();
	}

	@Test
	void objectsAreSentAsJson() throws Exception {
		assertThat(read(Map.of("a", List.of(1, 2)))).asString().isEqualTo("{\"a\":[1,2]}");
	}

	@Test
	void objectThatIsNoJsonIsReported() {
		assertThatExceptionOfType(TransmissionException.class).isThrownBy(() -> this.factory.create(new Object() {

			@SuppressWarnings("unused")
			public String getBroken() {
				throw new IllegalStateException("broken");
			}

		})).withMessageContaining("JSON");
	}

	@Test
	void fileIsReadWhenItIsSent(@TempDir Path directory) throws Exception {
		Path file = Files.write(directory.resolve("file"), random(1000));
		try (Payload payload = this.factory.create(new FileSystemResource(file))) {
			assertThat(payload.length()).isEqualTo(1000);
			assertThat(readTwice(payload)).isEqualTo(random(1000));
		}
		assertThat(file).exists();
	}

	@Test
	void streamsCanBeReadAgainAndLeaveNoFile() throws Exception {
		List<Path> before = temporaryFiles();
		for (int length : new int[] { 0, 1, 262_143, 262_144, 262_145, 1_000_000 }) {
			try (Payload payload = this.factory.create(new ByteArrayInputStream(random(length)))) {
				assertThat(payload.length()).isEqualTo(length);
				assertThat(readTwice(payload)).isEqualTo(random(length));
				assertThat(temporaryFiles()).hasSize(before.size() + ((length > 262_143) ? 1 : 0));
			}
			InputStreamResource resource = new InputStreamResource(new ByteArrayInputStream(random(length)));
			try (Payload payload = this.factory.create(resource)) {
				assertThat(readTwice(payload)).isEqualTo(random(length));
			}
		}
		assertThat(temporaryFiles()).isEqualTo(before);
	}

	@Test
	void streamThatFailsIsReportedAndLeavesNoFile() throws Exception {
		List<Path> before = temporaryFiles();
		AtomicReference<IOException> failure = new AtomicReference<>(new IOException("unplugged"));
		InputStream failing = new InputStream() {

			@Override
			public int read() throws IOException {
				throw failure.get();
			}

		};
		InputStream stream = new SequenceInputStream(new ByteArrayInputStream(random(500_000)), failing);
		assertThatExceptionOfType(TransmissionException.class).isThrownBy(() -> this.factory.create(stream))
			.withMessageContaining("unplugged");
		assertThat(temporaryFiles()).isEqualTo(before);
	}

	private byte[] read(Object source) throws IOException {
		try (Payload payload = this.factory.create(source)) {
			byte[] bytes = readTwice(payload);
			assertThat(payload.length()).isEqualTo(bytes.length);
			return bytes;
		}
	}

	private static byte[] readTwice(Payload payload) throws IOException {
		try (InputStream first = payload.open(); InputStream second = payload.open()) {
			byte[] bytes = first.readAllBytes();
			assertThat(second.readAllBytes()).isEqualTo(bytes);
			return bytes;
		}
	}

	private static byte[] random(int length) {
		byte[] bytes = new byte[length];
		new Random(length).nextBytes(bytes);
		return bytes;
	}

	private static List<Path> temporaryFiles() throws IOException {
		try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
			return files.filter((file) -> file.getFileName().toString().startsWith("ipfs-transmission-"))
				.sorted()
				.toList();
		}
	}

}
