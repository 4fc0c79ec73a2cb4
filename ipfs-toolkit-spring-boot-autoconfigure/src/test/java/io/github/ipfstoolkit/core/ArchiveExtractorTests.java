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
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ArchiveExtractor}.
 */
class ArchiveExtractorTests {

	@TempDir
	private Path directory;

	private Path target;

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	private final TarArchiveOutputStream tar = new TarArchiveOutputStream(this.bytes, "UTF-8");

	private boolean finished;

	@BeforeEach
	void prepare() {
		this.target = this.directory.resolve("target");
		this.tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
	}

	@Test
	void fileBecomesTheTarget() throws Exception {
		file("name", "content");
		extract();
		assertThat(this.target).hasContent("content");
	}

	@Test
	void directoryBecomesTheTarget() throws Exception {
		directory("root");
		directory("root/sub");
		file("root/sub/ü +%\".txt", "content");
		file("root/" + "x".repeat(255), "long");
		file("root/" + "ü".repeat(127) + "x", "of 255 bytes");
		link("root/link", "sub");
		link("root/sub/up", "../sub/ü +%\".txt");
		extract();
		assertThat(this.target.resolve("sub/ü +%\".txt")).hasContent("content");
		assertThat(this.target.resolve("x".repeat(255))).hasContent("long");
		assertThat(this.target.resolve("ü".repeat(127) + "x")).hasContent("of 255 bytes");
		assertThat(this.target.resolve("link")).isSymbolicLink().isDirectory();
		assertThat(this.target.resolve("sub/up")).isSymbolicLink().hasContent("content");
	}

	@Test
	void progressIsReported() throws Exception {
		List<String> reports = new ArrayList<>();
		directory("root");
		file("root/a", "12345");
		file("root/b", "67");
		new ArchiveExtractor(this.target, 9,
				DownloadOptions.defaults().withProgress((received, total) -> reports.add(received + "/" + total)))
			.extract(archive());
		assertThat(reports).containsExactly("5/9", "7/9");
	}

	@ParameterizedTest
	@ValueSource(strings = { "root/../escaped", "root/sub/../../escaped", "root/./a", "root//a", "other/a", "other",
			"/root/a", "../a" })
	void nameThatLeadsElsewhereIsRefused(String name) throws Exception {
		directory("root");
		directory("root/sub");
		file(name, "content");
		assertThatIOException().isThrownBy(this::extract).withMessageContaining("is refused");
		assertThat(this.directory.resolve("escaped")).doesNotExist();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/etc/passwd", "..", "../../escaped", "sub/../../escaped", "sub/../a" })
	void linkThatMayLeadOutsideIsRefused(String linkTarget) throws Exception {
		directory("root");
		directory("root/sub");
		link("root/link", linkTarget);
		assertThatIOException().isThrownBy(this::extract).withMessageContaining("is refused");
		assertThat(Files.isSymbolicLink(this.target.resolve("link"))).isFalse();
	}

	@Test
	void nothingIsWrittenThroughALink() throws Exception {
		directory("root");
		directory("root/sub");
		link("root/link", "sub");
		file("root/link/file", "content");
		assertThatIOException().isThrownBy(this::extract).withMessageContaining("no directory");
		assertThat(this.target.resolve("sub")).isEmptyDirectory();
	}

	@Test
	void linkInPlaceOfTheWholeIsRefused() throws Exception {
		link("root", "elsewhere");
		assertThatIOException().isThrownBy(this::extract).withMessageContaining("is refused");
	}

	@ParameterizedTest
	@ValueSource(bytes = { TarConstants.LF_LINK, TarConstants.LF_CHR, TarConstants.LF_BLK, TarConstants.LF_FIFO })
	void otherKindsOfEntryAreRefused(byte kind) throws Exception {
		directory("root");
		file("root/file", "content");
		TarArchiveEntry entry = new TarArchiveEntry("root/other", kind);
		entry.setLinkName("root/file");
		this.tar.putArchiveEntry(entry);
		this.tar.closeArchiveEntry();
		assertThatIOException().isThrownBy(this::extract).withMessageContaining("is refused");
		assertThat(this.target.resolve("other")).doesNotExist();
	}

	@Test
	void fileThatOccursTwiceIsRefused() throws Exception {
		directory("root");
		file("root/a", "first");
		file("root/a", "second");
		assertThatIOException().isThrownBy(this::extract);
		assertThat(this.target.resolve("a")).hasContent("first");
	}

	@Test
	void filesAreWrittenUpToTheLimitOfTheirSize() throws Exception {
		directory("root");
		file("root/a", "12345");
		file("root/b", "67890");
		file("root/c", "");
		DownloadOptions limited = DownloadOptions.defaults().withMaxSize(DataSize.ofBytes(9));
		assertThatIOException().isThrownBy(() -> new ArchiveExtractor(this.target, -1, limited).extract(archive()))
			.withMessageContainingAll("'root/b'", "more than 9 bytes");
		assertThat(this.target.resolve("a")).hasContent("12345");
		assertThat(this.target.resolve("b")).doesNotExist();
		Path other = this.directory.resolve("other");
		new ArchiveExtractor(other, -1, DownloadOptions.defaults().withMaxSize(DataSize.ofBytes(10)))
			.extract(archive());
		assertThat(other.resolve("b")).hasContent("67890");
	}

	@Test
	void entriesAreWrittenUpToTheLimitOfTheirNumber() throws Exception {
		directory("root");
		file("root/a", "12345");
		link("root/b", "a");
		DownloadOptions limited = DownloadOptions.defaults().withMaxEntries(2);
		assertThatIOException().isThrownBy(() -> new ArchiveExtractor(this.target, -1, limited).extract(archive()))
			.withMessageContainingAll("'root/b'", "more than 2 entries");
		new ArchiveExtractor(this.directory.resolve("other"), -1, DownloadOptions.defaults().withMaxEntries(3))
			.extract(archive());
	}

	@Test
	void limitsMustBePositive() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> DownloadOptions.defaults().withMaxSize(DataSize.ofBytes(0)));
		assertThatIllegalArgumentException().isThrownBy(() -> DownloadOptions.defaults().withMaxEntries(0));
	}

	@Test
	@EnabledOnOs({ OS.LINUX, OS.MAC })
	void permissionsAndTimesAreGivenOnRequest() throws Exception {
		Instant time = Instant.ofEpochSecond(1_000_000_000);
		entry("root/", 040555, time, "");
		entry("root/sub/", 040000, time.plusSeconds(1), "");
		entry("root/sub/file", 0104751, time.plusSeconds(2), "content");
		TarArchiveEntry link = new TarArchiveEntry("root/link", TarConstants.LF_SYMLINK, true);
		link.setLinkName("sub/file");
		link.setModTime(FileTime.from(time.plusSeconds(3)));
		this.tar.putArchiveEntry(link);
		this.tar.closeArchiveEntry();
		new ArchiveExtractor(this.target, -1, DownloadOptions.defaults().withAttributes(true)).extract(archive());
		assertAttributes(this.target, 0755, time);
		assertAttributes(this.target.resolve("sub"), 0700, time.plusSeconds(1));
		assertAttributes(this.target.resolve("sub/file"), 0751, time.plusSeconds(2));
		assertThat(Files.getLastModifiedTime(this.target.resolve("link"), LinkOption.NOFOLLOW_LINKS).toInstant())
			.isEqualTo(time.plusSeconds(3));
		Path other = this.directory.resolve("other");
		new ArchiveExtractor(other, -1, DownloadOptions.defaults()).extract(archive());
		assertThat(Files.getLastModifiedTime(other.resolve("sub/file")).toInstant()).isAfter(time.plusSeconds(1000));
		assertThat(Files.isExecutable(other.resolve("sub/file"))).isFalse();
	}

	private void entry(String name, int mode, Instant time, String content) throws IOException {
		byte[] data = content.getBytes(StandardCharsets.UTF_8);
		TarArchiveEntry entry = new TarArchiveEntry(name, true);
		entry.setMode(mode);
		entry.setModTime(FileTime.from(time));
		entry.setSize(data.length);
		this.tar.putArchiveEntry(entry);
		this.tar.write(data);
		this.tar.closeArchiveEntry();
	}

	private static void assertAttributes(Path path, int permissions, Instant time) throws IOException {
		assertThat((Integer) Files.getAttribute(path, "unix:mode") & 07777).isEqualTo(permissions);
		assertThat(Files.getLastModifiedTime(path).toInstant()).isEqualTo(time);
	}

	@Test
	void failureAfterTheLastEntryIsNotOverlooked() throws Exception {
		file("name", "content");
		assertThatIOException()
			.isThrownBy(() -> new ArchiveExtractor(this.target, -1, DownloadOptions.defaults())
				.extract(new FailingAtTheEnd(archive())))
			.withMessage("late");
	}

	@Test
	void truncatedArchiveIsAnError() throws Exception {
		file("name", "content".repeat(1000));
		this.tar.finish();
		byte[] truncated = new ByteArrayInputStream(this.bytes.toByteArray()).readNBytes(3000);
		assertThatIOException().isThrownBy(() -> new ArchiveExtractor(this.target, -1, DownloadOptions.defaults())
			.extract(new ByteArrayInputStream(truncated)));
	}

	@Test
	void emptyArchiveIsAnError() {
		assertThatIOException().isThrownBy(this::extract).withMessageContaining("empty");
	}

	@Test
	void downloadThatFailsLeavesNothing() throws Exception {
		directory("root");
		file("root/../escaped", "content");
		assertThatExceptionOfType(DownloadException.class)
			.isThrownBy(() -> new Download("/ipfs/x", this.target, DownloadOptions.defaults())
				.extract(DownloadTests.stream(archive())));
		assertThat(this.directory).isEmptyDirectory();
	}

	private void directory(String name) throws IOException {
		this.tar.putArchiveEntry(new TarArchiveEntry(name + "/", true));
		this.tar.closeArchiveEntry();
	}

	private void file(String name, String content) throws IOException {
		byte[] data = content.getBytes(StandardCharsets.UTF_8);
		TarArchiveEntry entry = new TarArchiveEntry(name, true);
		entry.setSize(data.length);
		this.tar.putArchiveEntry(entry);
		this.tar.write(data);
		this.tar.closeArchiveEntry();
	}

	private void link(String name, String linkTarget) throws IOException {
		TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK, true);
		entry.setLinkName(linkTarget);
		this.tar.putArchiveEntry(entry);
		this.tar.closeArchiveEntry();
	}

	private ByteArrayInputStream archive() throws IOException {
		if (!this.finished) {
			this.finished = true;
			this.tar.finish();
		}
		return new ByteArrayInputStream(this.bytes.toByteArray());
	}

	private void extract() throws IOException {
		new ArchiveExtractor(this.target, -1, DownloadOptions.defaults()).extract(archive());
	}

	private static final class FailingAtTheEnd extends FilterInputStream {

		FailingAtTheEnd(ByteArrayInputStream in) {
			super(in);
		}

		@Override
		public int read(byte[] buffer, int offset, int length) throws IOException {
			int count = super.read(buffer, offset, length);
			if (count < 0) {
				throw new IOException("late");
			}
			return count;
		}

	}

}
