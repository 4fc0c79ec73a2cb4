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

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

import io.github.ipfstoolkit.IpfsException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Download}.
 */
class DownloadTests {

	private static final DownloadOptions REPLACING = DownloadOptions.defaults().withReplaceExisting(true);

	@TempDir
	private Path directory;

	private Path target;

	@BeforeEach
	void prepare() {
		this.target = this.directory.resolve("parent/target");
	}

	@Test
	void missingDirectoriesAboveTheTargetAreMade() throws Exception {
		download(DownloadOptions.defaults(), file("new"));
		assertThat(this.target).hasContent("new");
		assertThat(this.target.getParent()).isDirectoryNotContaining("glob:**.ipfs-download-*");
	}

	@Test
	void whatIsThereIsNotReplacedUnlessAskedFor() throws Exception {
		occupyWithFile();
		assertThatExceptionOfType(DownloadException.class)
			.isThrownBy(() -> download(DownloadOptions.defaults(), file("new")))
			.withMessageContaining(this.target.toString());
		assertThat(this.target).hasContent("old");
		download(REPLACING, file("new"));
		assertThat(this.target).hasContent("new");
	}

	@Test
	void fileReplacesADirectory() throws Exception {
		Files.createDirectories(this.target.resolve("sub"));
		download(REPLACING, file("new"));
		assertThat(this.target).hasContent("new");
		assertThat(this.target.getParent()).isDirectoryNotContaining("glob:**.ipfs-download-*");
	}

	@Test
	void failureOfTheNodeIsPassedOnAndLeavesWhatIsThere() throws Exception {
		occupyWithFile();
		IpfsException failure = new IpfsException("failure of the node");
		DataBuffer start = DefaultDataBufferFactory.sharedInstance.wrap(Arrays.copyOf(file("new"), 600));
		Flux<DataBuffer> failing = Flux.<DataBuffer>just(start).concatWith(Flux.error(failure));
		assertThatExceptionOfType(IpfsException.class)
			.isThrownBy(() -> new Download("/ipfs/x", this.target, REPLACING)
				.extract(() -> ContentStream.of(ResponseEntity.ok(failing))))
			.isSameAs(failure);
		assertThat(this.target).hasContent("old");
		assertThat(this.target.getParent()).isDirectoryNotContaining("glob:**.ipfs-download-*");
	}

	@Test
	void failureOfTheListenerEndsTheDownload() {
		DownloadOptions options = DownloadOptions.defaults().withProgress((received, total) -> {
			throw new UncheckedIOException(new IOException("enough"));
		});
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> download(options, file("new")));
		assertThat(this.target).doesNotExist();
	}

	@Test
	void archiveIsKeptUpToTheLimit() throws Exception {
		List<String> reports = new ArrayList<>();
		DownloadOptions options = DownloadOptions.defaults()
			.withMaxSize(DataSize.ofBytes(3000))
			.withProgress((received, total) -> reports.add(received + "/" + total));
		byte[] bytes = new byte[3000];
		bytes[2999] = 42;
		new Download("/ipfs/x", this.target, options).keep(stream(new ByteArrayInputStream(bytes)));
		assertThat(this.target).hasBinaryContent(bytes);
		assertThat(reports).last().isEqualTo("3000/-1");
		Path other = this.directory.resolve("other");
		assertThatExceptionOfType(DownloadException.class).isThrownBy(
				() -> new Download("/ipfs/x", other, options).keep(stream(new ByteArrayInputStream(new byte[3001]))))
			.withMessageContaining("more than 3000 bytes");
		assertThat(other).doesNotExist();
	}

	private void occupyWithFile() throws IOException {
		Files.createDirectories(this.target.getParent());
		Files.writeString(this.target, "old");
	}

	private void download(DownloadOptions options, byte[] archive) {
		new Download("/ipfs/x", this.target, options).extract(stream(new ByteArrayInputStream(archive)));
	}

	private static byte[] file(String content) {
		try {
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes);
			TarArchiveEntry entry = new TarArchiveEntry("name");
			byte[] data = content.getBytes(StandardCharsets.UTF_8);
			entry.setSize(data.length);
			tar.putArchiveEntry(entry);
			tar.write(data);
			tar.closeArchiveEntry();
			tar.close();
			return bytes.toByteArray();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Supplier<ContentStream> stream(InputStream archive) {
		return () -> ContentStream.of(ResponseEntity
			.ok(DataBufferUtils.readInputStream(() -> archive, DefaultDataBufferFactory.sharedInstance, 1024)));
	}

}
