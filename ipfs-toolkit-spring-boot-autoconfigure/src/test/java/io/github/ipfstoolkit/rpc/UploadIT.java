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

package io.github.ipfstoolkit.rpc;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.ipfstoolkit.Cid;
import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.rpc.ContentApi.AddOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Sends uploads to a real node, and compares their CIDs with those that the executable
 * gives the same files.
 */
class UploadIT extends SectionContract {

	@TempDir
	private Path directory;

	private Cid add(Upload upload) {
		return add(upload, AddOptions.defaults());
	}

	private Cid add(Upload upload, AddOptions options) {
		return this.kubo.content().add(upload, options).blockLast().cid();
	}

	private Cid addWithExecutable(Path path, String... options) {
		List<String> arguments = new ArrayList<>(List.of("add", "-r", "-Q"));
		arguments.addAll(List.of(options));
		arguments.add(path.toString());
		return Cid.of(this.node.run(arguments.toArray(String[]::new)).strip());
	}

	@Test
	void namesOfAnyKindAreKept() throws IOException {
		List<String> names = List.of("a b", "a+b", "%", "50%25?#&=;.txt", "quote\"s'`", "ünï ☃ 日本 😀", "back\\slash",
				"line\nbreak", "-rf", "~", "*", ".hidden", "...", " ", "a\tb", "x".repeat(255), "ü".repeat(127) + "x",
				"😀".repeat(63) + "%+\"");
		Path root = Files.createDirectory(this.directory.resolve("root"));
		for (String name : names) {
			Files.writeString(root.resolve(name), "content of " + name);
		}
		Cid cid = addWithExecutable(root, "-H");
		assertThat(add(Upload.of(root))).isEqualTo(cid);
		assertThat(add(Upload.directory("any",
				names.stream().map((name) -> Upload.of(("content of " + name).getBytes()).withName(name)).toList())))
			.isEqualTo(cid);
		assertThat(this.kubo.content().ls(cid.toString()).block().directories().get(0).entries())
			.extracting(ContentApi.Entry::name)
			.containsExactlyInAnyOrderElementsOf(names);
		AddOptions wrap = AddOptions.defaults().wrapWithDirectory(true);
		assertThat(names).allSatisfy((name) -> {
			Cid wrapped = add(Upload.of(root.resolve(name)), wrap);
			assertThat(Cli.text(this.kubo.content().cat(wrapped.resolve(name).toPath())))
				.isEqualTo("content of " + name);
			assertThat(Cli.text(this.kubo.content().cat(cid.resolve(name).toPath()))).isEqualTo("content of " + name);
		});
	}

	@Test
	@SinceKubo("0.40")
	void directoryHasTheCidThatTheExecutableGivesIt() throws IOException {
		Path tree = tree();
		assertThat(add(Upload.of(tree))).isEqualTo(addWithExecutable(tree, "-H"));
		AddOptions options = AddOptions.defaults().cidVersion(1).emptyDirs(false);
		assertThat(add(Upload.of(tree), options))
			.isEqualTo(addWithExecutable(tree, "-H", "--cid-version=1", "--empty-dirs=false"));
	}

	@Test
	void hiddenFilesAreLeftOutOnRequest() throws IOException {
		Path tree = tree();
		Cid cid = add(Upload.of(tree, UploadOptions.defaults().withHidden(false)));
		assertThat(cid).isEqualTo(addWithExecutable(tree)).isNotEqualTo(add(Upload.of(tree)));
		assertThat(paths(cid)).noneMatch((path) -> path.contains("/.")).contains("/sub");
	}

	@Test
	@SinceKubo("0.40")
	void symbolicLinksAreFollowedOnRequest() throws IOException {
		Path tree = tree();
		Cid cid = add(Upload.of(tree, UploadOptions.defaults().withFollowLinks(true)));
		assertThat(cid).isEqualTo(addWithExecutable(tree, "-H", "--dereference-symlinks"))
			.isNotEqualTo(add(Upload.of(tree)));
		assertThat(paths(cid)).contains("/to-sub/file");
		Path link = Files.createSymbolicLink(this.directory.resolve("link"), tree);
		assertThat(add(Upload.of(link))).isEqualTo(addWithExecutable(link, "-H", "--dereference-args"));
	}

	@Test
	void linkToADirectoryThatItIsInIsAnErrorWhereLinksAreFollowed() throws IOException {
		Path root = Files.createDirectories(this.directory.resolve("root/sub")).getParent();
		Files.createSymbolicLink(root.resolve("sub/up"), Path.of(".."));
		assertThat(add(Upload.of(root))).isEqualTo(addWithExecutable(root));
		assertThatExceptionOfType(IpfsException.class)
			.isThrownBy(() -> add(Upload.of(root, UploadOptions.defaults().withFollowLinks(true))))
			.withMessageContaining("up' leads to a directory that it is in");
	}

	@Test
	void ignoredFilesAreLeftOut() throws IOException {
		Path tree = tree();
		Path rules = Files.writeString(this.directory.resolve("rules"), "# a comment\n*.tmp\n\nempty\n");
		UploadOptions named = UploadOptions.defaults().withIgnored("*.tmp", "empty");
		Cid cid = add(Upload.of(tree, named));
		assertThat(cid).isEqualTo(addWithExecutable(tree, "-H", "--ignore=*.tmp", "--ignore=empty"));
		assertThat(add(Upload.of(tree, UploadOptions.defaults().withIgnoreFile(rules)))).isEqualTo(cid)
			.isEqualTo(addWithExecutable(tree, "-H", "--ignore-rules-path=" + rules));
		assertThat(paths(cid)).contains("/sub/file").noneMatch((path) -> path.endsWith(".tmp"));
		UploadOptions below = UploadOptions.defaults()
			.withIgnoreFile(rules)
			.withIgnored("/sub/*", "!/sub/kept.tmp", "to-*");
		assertThat(paths(add(Upload.of(tree, below)))).contains("/sub/kept.tmp", "/file", "/.hidden/file")
			.doesNotContain("/sub/file", "/to-sub", "/sub/deep", "/left.tmp");
	}

	@Test
	void permissionsAndTimesAreStoredOnRequest() throws IOException {
		Path tree = tree();
		PermissionsAndTimes.set(tree);
		for (List<String> options : List.of(List.of("mode"), List.of("mtime"), List.of("mode", "mtime"))) {
			AddOptions preserve = AddOptions.defaults();
			preserve = options.contains("mode") ? preserve.preserveMode(true) : preserve;
			preserve = options.contains("mtime") ? preserve.preserveMtime(true) : preserve;
			String[] arguments = Stream
				.concat(Stream.of("-H"), options.stream().map((option) -> "--preserve-" + option))
				.toArray(String[]::new);
			Cid cid = add(Upload.of(tree), preserve);
			assertThat(cid).as(options.toString())
				.isEqualTo(addWithExecutable(tree, arguments))
				.isNotEqualTo(add(Upload.of(tree)));
			FilesApi.Stat stat = this.kubo.files().stat(cid.resolve("sub/file").toPath()).block();
			assertThat(stat.mode()).isEqualTo(options.contains("mode") ? "0751" : null);
			assertThat(stat.mtime()).isEqualTo(options.contains("mtime") ? 1_000_000_000L : 0);
			assertThat(stat.mtimeNanos()).isEqualTo(options.contains("mtime") ? 123_456_789 : 0);
			Path file = tree.resolve("sub/file");
			assertThat(add(Upload.of(new FileSystemResource(file)), preserve))
				.isEqualTo(addWithExecutable(file, arguments));
		}
	}

	@Test
	void contentOfEachKindOfSourceIsTheSame() throws IOException {
		byte[] bytes = new byte[300_000];
		new Random(1).nextBytes(bytes);
		Path file = Files.write(this.directory.resolve("file"), bytes);
		Cid cid = addWithExecutable(file);
		assertThat(List.of(Upload.of(file), Upload.of(bytes), Upload.of(new ByteArrayInputStream(bytes)),
				Upload.of(buffers(bytes)), Upload.of(new FileSystemResource(file)),
				Upload.of(new ByteArrayResource(bytes)),
				Upload.of(new InputStreamResource(new ByteArrayInputStream(bytes)))))
			.allSatisfy((upload) -> assertThat(add(upload)).isEqualTo(cid));
		Path tree = tree();
		assertThat(add(Upload.of(new FileSystemResource(tree)))).isEqualTo(addWithExecutable(tree, "-H"));
	}

	private static Flux<DataBuffer> buffers(byte[] bytes) {
		return Flux.range(0, bytes.length / 1000)
			.map((part) -> DefaultDataBufferFactory.sharedInstance
				.wrap(Arrays.copyOfRange(bytes, part * 1000, (part + 1) * 1000)));
	}

	@Test
	void severalAreAddedInOneRequest() throws IOException {
		Path tree = tree();
		Upload all = Upload.all(List.of(Upload.of("one".getBytes()), Upload.of(tree),
				Upload.of("two".getBytes()).withName("two"), Upload.of("three".getBytes())));
		List<Cid> added = this.kubo.content()
			.add(all)
			.filter((entry) -> !entry.name().contains("/"))
			.map(ContentApi.Added::cid)
			.collectList()
			.block();
		assertThat(added).containsExactly(add(Upload.of("one".getBytes())), add(Upload.of(tree)),
				add(Upload.of("two".getBytes())), add(Upload.of("three".getBytes())));
		assertThat(this.kubo.dag().put(Upload.all(List.of(Cli.upload("1"), Cli.upload("2")))).collectList().block())
			.hasSize(2)
			.doesNotHaveDuplicates();
	}

	@Test
	void directoryIsMadeUpOfOtherUploads() throws IOException {
		Path tree = tree();
		Path same = Files.createDirectory(this.directory.resolve("same"));
		Files.writeString(same.resolve("index.html"), "<html/>");
		Files.createDirectories(same.resolve("data/inner"));
		Files.writeString(same.resolve("data/inner/stream"), "streamed");
		Path copy = same.resolve("copy");
		Files.createDirectory(copy);
		Files.writeString(copy.resolve("file"), "content");
		Upload upload = Upload
			.directory("site", List.of(Upload.of("<html/>".getBytes()).withName("index.html"), Upload.directory("data",
					List.of(Upload.directory("inner",
							List.of(Upload.of(new ByteArrayInputStream("streamed".getBytes())).withName("stream"))))),
					Upload.of(tree.resolve("sub/deep")).withName("copy")));
		assertThat(add(upload)).isEqualTo(addWithExecutable(same));
	}

	@Test
	void progressIsToldOfEachKindOfSource() throws IOException {
		byte[] bytes = new byte[300_000];
		Path file = Files.write(this.directory.resolve("file"), bytes);
		assertProgress(Upload.of(file), "file", 300_000);
		assertProgress(Upload.of(new FileSystemResource(file)), "file", 300_000);
		assertProgress(Upload.of(bytes).withName("bytes"), "bytes", 300_000);
		assertProgress(Upload.of(new ByteArrayResource(bytes)), "", 300_000);
		assertProgress(Upload.of(new ByteArrayInputStream(bytes)), "", -1);
		assertProgress(Upload.of(buffers(bytes)), "", -1);
		Path tree = tree();
		List<Upload.Progress> reports = new ArrayList<>();
		Upload all = Upload.all(List.of(Upload.of(tree), Upload.of(bytes).withName("bytes")));
		add(all.withProgress(reports::add));
		long total = all.size().block();
		assertThat(total).isEqualTo(300_000 + 200_000 + 5 * 7);
		assertThat(reports).allMatch((progress) -> progress.total() == total)
			.extracting(Upload.Progress::sent)
			.isSorted()
			.last()
			.isEqualTo(total);
		assertThat(reports).contains(new Upload.Progress("tree/sub/deep/file", 7, 7,
				reports.stream()
					.filter((progress) -> progress.path().equals("tree/sub/deep/file"))
					.findFirst()
					.orElseThrow()
					.sent(),
				total));
		assertThat(reports).last().isEqualTo(new Upload.Progress("bytes", 300_000, 300_000, total, total));
	}

	private void assertProgress(Upload upload, String name, long size) {
		List<Upload.Progress> reports = new ArrayList<>();
		Consumer<Upload.Progress> listener = reports::add;
		add(upload.withProgress(listener));
		assertThat(reports).isNotEmpty().allSatisfy((progress) -> {
			assertThat(progress.path()).isEqualTo(name);
			assertThat(progress.fileSize()).isEqualTo(size);
			assertThat(progress.total()).isEqualTo(size);
			assertThat(progress.sent()).isEqualTo(progress.fileSent());
		}).extracting(Upload.Progress::sent).isSorted().doesNotHaveDuplicates().last().isEqualTo(300_000L);
	}

	@Test
	void listenerThatThrowsEndsTheUpload() {
		assertThatExceptionOfType(IpfsException.class)
			.isThrownBy(() -> add(Upload.of(new byte[10]).withProgress((state) -> {
				throw new IllegalStateException("enough");
			})))
			.withMessageContaining("enough");
	}

	/**
	 * Lists what is below a directory.
	 */
	private List<String> paths(Cid root) {
		List<String> paths = new ArrayList<>();
		list(root.toPath(), "", paths);
		return paths;
	}

	private void list(String root, String path, List<String> paths) {
		for (ContentApi.Entry entry : this.kubo.content().ls(root + path).block().directories().get(0).entries()) {
			paths.add(path + "/" + entry.name());
			if (entry.type() == ContentApi.Entry.DIRECTORY) {
				list(root, path + "/" + entry.name(), paths);
			}
		}
	}

	private Path tree() throws IOException {
		Path tree = this.directory.resolve("tree");
		Files.createDirectories(tree.resolve("sub/deep"));
		Files.createDirectories(tree.resolve("empty"));
		Files.createDirectories(tree.resolve(".hidden"));
		for (String name : List.of("file", "left.tmp", "sub/kept.tmp", "sub/deep/file", ".hidden/file")) {
			Files.writeString(tree.resolve(name), "content", StandardCharsets.UTF_8);
		}
		Files.write(tree.resolve("sub/file"), new byte[200_000]);
		Files.createSymbolicLink(tree.resolve("to-sub"), Path.of("sub"));
		Files.createSymbolicLink(tree.resolve("sub/to-file"), Path.of("../file"));
		return tree;
	}

	/**
	 * Gives files permissions and times other than those that they get by themselves.
	 */
	private static final class PermissionsAndTimes {

		static void set(Path tree) throws IOException {
			Files.setPosixFilePermissions(tree.resolve("sub/file"), PosixFilePermissions.fromString("rwxr-x--x"));
			Files.setPosixFilePermissions(tree.resolve("file"), PosixFilePermissions.fromString("r--------"));
			Files.setAttribute(tree.resolve("left.tmp"), "unix:mode", 06755);
			Files.setAttribute(tree.resolve("empty"), "unix:mode", 01777);
			Files.setLastModifiedTime(tree.resolve("sub/file"),
					FileTime.from(Instant.ofEpochSecond(1_000_000_000, 123_456_789)));
			Files.setLastModifiedTime(tree.resolve("file"), FileTime.from(Instant.ofEpochSecond(-1000)));
			Files.setLastModifiedTime(tree.resolve("sub"), FileTime.from(Instant.ofEpochSecond(1_500_000_000)));
			// Java sets the times of links to microseconds
			for (String link : List.of("to-sub", "sub/to-file")) {
				Files.getFileAttributeView(tree.resolve(link), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
					.setTimes(FileTime.from(Instant.ofEpochSecond(1_400_000_000, 123_456_000)), null, null);
			}
			Files.setLastModifiedTime(tree, FileTime.from(Instant.ofEpochSecond(1_600_000_000, 500_000_000)));
		}

	}

}
