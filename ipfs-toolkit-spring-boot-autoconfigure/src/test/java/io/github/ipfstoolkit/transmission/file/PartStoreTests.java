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
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.ipfstoolkit.PeerId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PartStore}, {@link Part} and {@link Inbox}.
 */
class PartStoreTests {

	private static final PeerId ALICE = PeerId.of("12D3KooWGL1WQ2TXMou8HRB8zv7K274sDfWbF3noAnxWESU6RL2K");

	private static final PeerId BOB = PeerId.of("QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N");

	@TempDir
	private Path directory;

	private PartStore store(Duration maxAge, long maxSize) {
		return new PartStore(this.directory.resolve(".parts"), maxAge, DataSize.ofBytes(maxSize));
	}

	@Test
	void brokenTransferIsTakenUpAgain() throws Exception {
		PartStore store = store(Duration.ofHours(1), 1000);
		write(store, ALICE, "id", "hello ");
		try (Part part = store.take(ALICE, "id")) {
			assertThat(part.readStart(11, () -> {
			})).isEqualTo(sha256("hello "));
			assertThat(part.size()).isEqualTo(6);
			part.append(ByteBuffer.wrap("world".getBytes()));
			assertThat(part.hash()).isEqualTo(sha256("hello world"));
			Path placed = part.moveTo(new Inbox(this.directory), ReceivedName.of("../x.txt"));
			assertThat(placed).isEqualTo(this.directory.resolve("x.txt")).hasContent("hello world");
		}
		assertThat(parts()).isEmpty();
	}

	@Test
	void restartOfTheApplicationKeepsWhatCanBeTakenUpAgainAlone() throws Exception {
		write(store(Duration.ofHours(1), 1000), ALICE, "id", "hello");
		Path left = Files.writeString(this.directory.resolve(".parts/left.tmp"), "x");
		PartStore store = store(Duration.ofHours(1), 1000);
		store.open();
		assertThat(left).doesNotExist();
		try (Part part = store.take(ALICE, "id")) {
			assertThat(part.readStart(100, () -> {
			})).isEqualTo(sha256("hello"));
		}
	}

	@Test
	void nobodyTakesUpWhatAnotherPeerHasBegun() throws Exception {
		PartStore store = store(Duration.ofHours(1), 1000);
		write(store, ALICE, "id", "hello");
		try (Part part = store.take(BOB, "id")) {
			assertThat(part.readStart(100, () -> {
			})).isEqualTo(sha256(""));
		}
	}

	@Test
	void sameTransferTwiceAtOnceHasTwoParts() throws Exception {
		PartStore store = store(Duration.ofHours(1), 1000);
		try (Part one = store.take(ALICE, "id"); Part two = store.take(ALICE, "id")) {
			one.append(ByteBuffer.wrap(new byte[] { 1 }));
			two.append(ByteBuffer.wrap(new byte[] { 2 }));
			assertThat(one.file()).hasBinaryContent(new byte[] { 1 });
			assertThat(two.file()).hasBinaryContent(new byte[] { 2 });
		}
		assertThat(parts()).hasSize(1);
	}

	@Test
	void transferThatCanNotBeTakenUpAgainLeavesNothing() throws Exception {
		write(store(Duration.ofHours(1), 1000), ALICE, null, "hello");
		write(store(Duration.ZERO, 1000), ALICE, "id", "hello");
		write(store(Duration.ofHours(1), 1000), ALICE, "empty", "");
		assertThat(parts()).isEmpty();
	}

	@Test
	void partLongerThanTheFileIsThrownAway() throws Exception {
		PartStore store = store(Duration.ofHours(1), 1000);
		write(store, ALICE, "id", "hello");
		try (Part part = store.take(ALICE, "id")) {
			assertThat(part.readStart(4, () -> {
			})).isEqualTo(sha256(""));
			assertThat(part.size()).isZero();
		}
	}

	@Test
	void oldPartsAndTheOldestBeyondTheLimitAreDeleted() throws Exception {
		PartStore store = store(Duration.ofHours(1), 10);
		write(store, ALICE, "old", "x");
		Files.setLastModifiedTime(parts().get(0), FileTime.from(Instant.now().minusSeconds(3700)));
		write(store, ALICE, "a", "aaaaa");
		assertThat(parts()).singleElement().satisfies((part) -> assertThat(part).hasContent("aaaaa"));
		Files.setLastModifiedTime(parts().get(0), FileTime.from(Instant.now().minusSeconds(60)));
		write(store, ALICE, "b", "bbbbb");
		assertThat(parts()).hasSize(2);
		write(store, ALICE, "c", "c");
		assertThat(parts()).hasSize(2).noneSatisfy((part) -> assertThat(part).hasContent("aaaaa"));
	}

	@Test
	void nothingIsReplaced() throws Exception {
		Files.writeString(this.directory.resolve("a.txt"), "mine");
		Files.createDirectory(this.directory.resolve("a (1).txt"));
		Files.createSymbolicLink(this.directory.resolve("a (2).txt"), Path.of("nowhere"));
		PartStore store = store(Duration.ZERO, 0);
		try (Part part = store.take(ALICE, null)) {
			part.append(ByteBuffer.wrap("theirs".getBytes()));
			assertThat(part.moveTo(new Inbox(this.directory), ReceivedName.of("a.txt")))
				.isEqualTo(this.directory.resolve("a (3).txt"))
				.hasContent("theirs");
		}
		assertThat(this.directory.resolve("a.txt")).hasContent("mine");
	}

	/**
	 * For a moment it has two names, that of the part and its own. What a crash leaves
	 * then must not be taken up by the next transfer of the same file.
	 */
	@Test
	void crashWhileAFileGetsItsNameLeavesNothingThatIsWrittenToAgain() throws Exception {
		PartStore store = store(Duration.ofHours(1), 1000);
		Path placed;
		try (Part part = store.take(ALICE, "id")) {
			part.append(ByteBuffer.wrap("hello".getBytes()));
			placed = part.moveTo(new Inbox(this.directory), ReceivedName.of("x.txt"));
			Files.createLink(part.file(), placed);
			PartStore restarted = store(Duration.ofHours(1), 1000);
			restarted.open();
			try (Part again = restarted.take(ALICE, "id")) {
				again.truncate();
				again.append(ByteBuffer.wrap("other".getBytes()));
			}
		}
		assertThat(placed).hasContent("hello");
	}

	@Test
	void fileSystemWithoutLinksIsAsGood() throws Exception {
		URI archive = URI.create("jar:" + this.directory.resolve("files.zip").toUri());
		try (FileSystem files = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
			Path root = files.getPath("/inbox");
			PartStore store = new PartStore(root.resolve(".parts"), Duration.ofHours(1), DataSize.ofBytes(1000));
			store.open();
			assertThatExceptionOfType(UnsupportedOperationException.class)
				.isThrownBy(() -> Files.createLink(root.resolve("link"), root));
			for (String content : List.of("one", "two", "three")) {
				Path part = Files.writeString(root.resolve(".parts").resolve(content), content);
				new Inbox(root).place(part, ReceivedName.of("same.txt"));
				assertThat(part).doesNotExist();
			}
			assertThat(Files.readString(root.resolve("same.txt"))).isEqualTo("one");
			assertThat(Files.readString(root.resolve("same (1).txt"))).isEqualTo("two");
			assertThat(Files.readString(root.resolve("same (2).txt"))).isEqualTo("three");
		}
	}

	@Test
	void filesThatCompleteAtTheSameTimeGetNamesOfTheirOwn() throws Exception {
		PartStore store = store(Duration.ZERO, 0);
		ExecutorService executor = Executors.newFixedThreadPool(8);
		try {
			List<Callable<Path>> tasks = IntStream.range(0, 40).<Callable<Path>>mapToObj((number) -> () -> {
				try (Part part = store.take(ALICE, null)) {
					part.append(ByteBuffer.wrap(new byte[] { (byte) number }));
					return part.moveTo(new Inbox(this.directory), ReceivedName.of("same"));
				}
			}).toList();
			for (Future<Path> path : executor.invokeAll(tasks)) {
				path.get();
			}
		}
		finally {
			executor.shutdownNow();
		}
		try (Stream<Path> files = Files.list(this.directory).filter(Files::isRegularFile)) {
			assertThat(files.map(PartStoreTests::firstByte)).hasSize(40).doesNotHaveDuplicates();
		}
	}

	private static byte firstByte(Path file) {
		try {
			return Files.readAllBytes(file)[0];
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	private static void write(PartStore store, PeerId sender, String id, String content) throws IOException {
		try (Part part = store.take(sender, id)) {
			part.readStart(100, () -> {
			});
			part.append(ByteBuffer.wrap(content.getBytes()));
		}
	}

	private List<Path> parts() throws IOException {
		try (Stream<Path> files = Files.list(this.directory.resolve(".parts"))) {
			return files.toList();
		}
	}

	private static byte[] sha256(String text) throws Exception {
		return MessageDigest.getInstance("SHA-256").digest(text.getBytes());
	}

}
