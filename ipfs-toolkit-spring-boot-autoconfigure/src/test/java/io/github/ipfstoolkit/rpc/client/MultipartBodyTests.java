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

package io.github.ipfstoolkit.rpc.client;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.rpc.Upload;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.core.io.buffer.PooledDataBuffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link MultipartBody} and {@link Upload}.
 */
class MultipartBodyTests {

	@TempDir
	private Path directory;

	@Test
	void bytesAreOnePartWithoutName() {
		assertThat(write(Upload.of("hello".getBytes()))).isEqualTo("""
				--b
				Content-Disposition: form-data; name="file"; filename=""
				Content-Type: application/octet-stream

				hello
				--b--
				""".replace("\n", "\r\n"));
	}

	@Test
	void nameIsPercentEncodedAsAWhole() {
		assertThat(write(Upload.of(new byte[0]).withName("a+b %\"ü/c")))
			.contains("filename=\"a%2Bb%20%25%22%C3%BC%2Fc\"");
	}

	@Test
	void directoryComesBeforeWhatIsInIt() throws Exception {
		Path root = Files.createDirectories(this.directory.resolve("root/sub/empty")).getParent().getParent();
		Files.writeString(root.resolve("sub/file"), "content");
		Files.writeString(root.resolve(".hidden"), "content");
		Files.createSymbolicLink(root.resolve("link"), Path.of("sub/file"));
		assertThat(Upload.of(root).parts().collectList().block()).extracting(Upload.Part::path)
			.containsExactlyInAnyOrder("root", "root/.hidden", "root/link", "root/sub", "root/sub/empty",
					"root/sub/file")
			.startsWith("root")
			.containsSubsequence("root/sub", "root/sub/file")
			.containsSubsequence("root/sub", "root/sub/empty");
		assertThat(write(Upload.of(root))).contains(
				"filename=\"root%2Flink\"\r\nContent-Type: application/symlink\r\n\r\nsub/file\r\n",
				"filename=\"root\"\r\nContent-Type: application/x-directory\r\n\r\n\r\n");
	}

	@Test
	void pathThatIsASymbolicLinkIsFollowed() throws Exception {
		Files.writeString(this.directory.resolve("file"), "content");
		Path link = Files.createSymbolicLink(this.directory.resolve("link"), Path.of("file"));
		assertThat(Upload.of(link).parts().collectList().block()).singleElement().satisfies((part) -> {
			assertThat(part.path()).isEqualTo("link");
			assertThat(part.kind()).isEqualTo(Upload.Kind.FILE);
		});
	}

	@Test
	void missingFileIsAnErrorThatNamesIt() {
		Path missing = this.directory.resolve("missing");
		assertThatExceptionOfType(IpfsException.class).isThrownBy(() -> write(Upload.of(missing)))
			.withMessageContaining(missing.toString());
	}

	@Test
	void contentComesFromStreamsResourcesAndPublishers() {
		byte[] bytes = "hello".getBytes();
		DataBuffer buffer = DefaultDataBufferFactory.sharedInstance.wrap(bytes);
		assertThat(write(Upload.of(new ByteArrayInputStream(bytes)))).contains("\r\n\r\nhello\r\n");
		assertThat(write(Upload.of(new ByteArrayResource(bytes)))).contains("\r\n\r\nhello\r\n");
		assertThat(write(Upload.of(Flux.just(buffer)))).contains("\r\n\r\nhello\r\n");
	}

	@Test
	void resourceGivesItsName() {
		assertThat(Upload.of(new FileSystemResource(this.directory.resolve("file.txt"))).name()).isEqualTo("file.txt");
	}

	@Test
	void smallFilesAreGatheredAndLargeOnesStreamed() throws Exception {
		Path root = Files.createDirectory(this.directory.resolve("root"));
		StringBuilder content = new StringBuilder();
		for (int i = 0; i < 300; i++) {
			Files.writeString(root.resolve("small-" + i), "content-%03d".formatted(i));
			content.append("content-%03d".formatted(i));
		}
		byte[] large = new byte[300_000];
		new Random(1).nextBytes(large);
		Files.write(root.resolve("large"), large);
		Files.write(root.resolve("exact"), Arrays.copyOf(large, 64 * 1024));
		List<byte[]> pieces = body(Upload.of(root)).map(MultipartBodyTests::bytes)
			.collectList()
			.block(Duration.ofSeconds(30));
		assertThat(pieces).hasSizeBetween(6, 12);
		assertThat(pieces).allSatisfy((piece) -> assertThat(piece).hasSizeLessThan(3 * 64 * 1024));
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		pieces.forEach(body::writeBytes);
		assertThat(body.toString(StandardCharsets.ISO_8859_1))
			.contains("\r\n\r\n" + new String(large, StandardCharsets.ISO_8859_1) + "\r\n")
			.contains("\r\n\r\n" + new String(large, 0, 64 * 1024, StandardCharsets.ISO_8859_1) + "\r\n")
			.contains("content-000", "content-299")
			.endsWith("\r\n--b--\r\n");
		assertThat(
				Pattern.compile("\r\ncontent-\\d{3}\r\n").matcher(body.toString(StandardCharsets.ISO_8859_1)).results())
			.hasSize(300);
	}

	@Test
	void contentThatComesSlowlyIsNotHeldBack() {
		TestPublisher<DataBuffer> content = TestPublisher.create();
		StepVerifier.create(body(Upload.of(content)).map(MultipartBodyTests::text))
			.then(() -> content.next(buffer("first")))
			.assertNext((piece) -> assertThat(piece).startsWith("--b\r\n").endsWith("\r\n\r\nfirst"))
			.then(() -> content.next(buffer("second")))
			.expectNext("second")
			.then(content::complete)
			.expectNext("\r\n--b--\r\n")
			.expectComplete()
			.verify(Duration.ofSeconds(30));
	}

	/**
	 * Whether the one who sends asks for more in just the moment in which it gets
	 * something is up to the threads.
	 */
	@Test
	@Timeout(60)
	void moreMayBeAskedForAtAnyMoment() {
		for (int run = 0; run < 20; run++) {
			AskedPieceByPiece pieces = new AskedPieceByPiece();
			Flux<DataBuffer> content = Flux.range(0, 50_000).map((i) -> buffer("x")).publishOn(Schedulers.parallel());
			body(Upload.of(content)).subscribe(pieces);
			while (!pieces.isDisposed()) {
				pieces.askIfNeeded();
			}
			assertThat(pieces.failure).hasNullValue();
			assertThat(pieces.received).hasValue(50_000 + 1);
		}
	}

	@Test
	void lengthOfASingleFileIsToldBeforehand() throws Exception {
		Path file = Files.writeString(this.directory.resolve("file"), "x".repeat(200_000));
		for (Upload upload : List.of(Upload.of(file), Upload.of("hello".getBytes()).withName("ü+%"),
				Upload.of(new ByteArrayResource(new byte[70_000])))) {
			assertThat(length(upload)).isEqualTo(write(upload).length());
		}
	}

	@Test
	void lengthOfOthersIsNotTold() throws Exception {
		Path root = Files.createDirectory(this.directory.resolve("root"));
		Files.writeString(root.resolve("file"), "content");
		Path empty = Files.createFile(this.directory.resolve("empty"));
		for (Upload upload : List.of(Upload.of(root), Upload.of(empty), Upload.of(Flux.<DataBuffer>empty()),
				Upload.of(new ByteArrayInputStream(new byte[1])),
				Upload.all(List.of(Upload.of(new byte[1]), Upload.of(new byte[1]))))) {
			assertThat(length(upload)).isEqualTo(-1);
		}
	}

	@Test
	void partsAreLookedForOnlyOnce() {
		AtomicInteger looked = new AtomicInteger();
		Resource resource = new ByteArrayResource("hello".getBytes()) {

			@Override
			public long contentLength() {
				looked.incrementAndGet();
				return super.contentLength();
			}

		};
		Upload file = Upload.of(resource).withName("file");
		write(file);
		assertThat(looked).hasValue(1);
		write(Upload.all(List.of(file, file, file)));
		assertThat(looked).hasValue(1 + 3);
	}

	@Test
	void fileThatHasChangedItsLengthIsAnErrorThatNamesIt() throws Exception {
		Path file = this.directory.resolve("file");
		for (String content : List.of("y".repeat(99_999), "y".repeat(100_001), "")) {
			Files.writeString(file, "x".repeat(100_000));
			Flux<DataBuffer> changed = MultipartBody.write(Upload.of(file), "b",
					(body) -> Mono.fromCallable(() -> Files.writeString(file, content)).thenMany(body.toFlux()));
			assertThatExceptionOfType(IpfsException.class).isThrownBy(() -> changed.blockLast(Duration.ofSeconds(30)))
				.withMessageContainingAll("'file'", (content.length() > 100_000) ? "more" : "fewer",
						"100000 bytes that it had", "Upload.of(InputStream)");
		}
	}

	@Test
	void buffersThatAreNotSentAreReleased() throws Exception {
		Path file = Files.write(this.directory.resolve("file"), new byte[1_000_000]);
		List<PooledDataBuffer> buffers = new ArrayList<>();
		Upload upload = Upload.of(Upload.of(file).parts().concatMap(Upload.Part::content).doOnNext((buffer) -> {
			if (buffer instanceof PooledDataBuffer pooled) {
				buffers.add(pooled);
			}
		}));
		StepVerifier.create(body(upload).doOnNext(DataBufferUtils::release), 4)
			.expectNextCount(4)
			.thenCancel()
			.verify(Duration.ofSeconds(30));
		assertThat(buffers).isNotEmpty();
		Awaitility.await().untilAsserted(() -> assertThat(buffers).noneMatch(PooledDataBuffer::isAllocated));
	}

	@Test
	void unreadableFileAmongSmallOnesIsAnErrorThatNamesIt() throws Exception {
		Path root = Files.createDirectory(this.directory.resolve("root"));
		Files.writeString(root.resolve("a"), "content");
		Upload upload = Upload.of(root);
		Path gone = Files.writeString(root.resolve("gone"), "content");
		Flux<String> paths = upload.parts().concatMap((part) -> {
			if (part.path().endsWith("gone")) {
				assertThat(gone.toFile().delete()).isTrue();
			}
			return part.content().map(MultipartBodyTests::text);
		}, 1);
		assertThatExceptionOfType(IpfsException.class).isThrownBy(() -> paths.blockLast(Duration.ofSeconds(30)))
			.withMessageContaining(gone.toString());
	}

	private static Flux<DataBuffer> body(Upload upload) {
		return MultipartBody.write(upload, "b", MultipartBody::toFlux);
	}

	private static Long length(Upload upload) {
		return MultipartBody.write(upload, "b", (body) -> Mono.just(body.length())).blockLast(Duration.ofSeconds(10));
	}

	private static DataBuffer buffer(String text) {
		return DefaultDataBufferFactory.sharedInstance.wrap(text.getBytes(StandardCharsets.UTF_8));
	}

	private static String text(DataBuffer buffer) {
		return buffer.toString(StandardCharsets.UTF_8);
	}

	private static byte[] bytes(DataBuffer buffer) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		return bytes;
	}

	private static String write(Upload upload) {
		DataBuffer body = DataBufferUtils.join(body(upload)).block(Duration.ofSeconds(10));
		return body.toString(StandardCharsets.UTF_8);
	}

	/**
	 * Gets on one thread what another one asks for.
	 */
	private static final class AskedPieceByPiece extends BaseSubscriber<DataBuffer> {

		private final AtomicInteger received = new AtomicInteger();

		private final AtomicReference<Throwable> failure = new AtomicReference<>();

		private int asked;

		void askIfNeeded() {
			if (this.asked - this.received.get() < 2) {
				this.asked++;
				request(1);
			}
			else {
				Thread.onSpinWait();
			}
		}

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			// asked for later
		}

		@Override
		protected void hookOnNext(DataBuffer piece) {
			this.received.incrementAndGet();
		}

		@Override
		protected void hookOnError(Throwable failure) {
			this.failure.set(failure);
		}

	}

}
