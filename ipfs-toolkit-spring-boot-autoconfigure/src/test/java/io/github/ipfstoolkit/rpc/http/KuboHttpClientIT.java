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

package io.github.ipfstoolkit.rpc.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

import io.github.ipfstoolkit.IpfsTimeoutException;
import io.github.ipfstoolkit.rpc.CommandFailedException;
import io.github.ipfstoolkit.rpc.InvalidArgumentException;
import io.github.ipfstoolkit.rpc.RpcAccessDeniedException;
import io.github.ipfstoolkit.rpc.RpcEndpoint;
import io.github.ipfstoolkit.rpc.StreamFailedException;
import io.github.ipfstoolkit.rpc.UnknownCommandException;
import io.github.ipfstoolkit.rpc.client.RpcTimeouts;
import io.github.ipfstoolkit.testsupport.KuboTestNode;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link KuboHttpClient} against a real node.
 */
class KuboHttpClientIT {

	private static final int LEAF = 256 * 1024;

	private static final int MEBIBYTE = 1024 * 1024;

	private static KuboTestNode node;

	private static KuboHttpClient client;

	private static TestApi api;

	@TempDir
	private Path directory;

	@BeforeAll
	static void start() {
		node = KuboTestNode.start();
		client = new KuboHttpClient(node::endpoint);
		api = client.section(TestApi.class);
	}

	@AfterAll
	static void stop() {
		client.close();
		node.close();
	}

	@Test
	void failureOfFilesRmAfterStatus200IsError() {
		assertThatExceptionOfType(StreamFailedException.class).isThrownBy(() -> api.filesRm("/no-such-file").block())
			.withMessageContainingAll("'files/rm'", "can't remove some files");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 5, 15 })
	void contentWithAMissingBlockIsNeverTakenForWhole(int missing) throws IOException {
		byte[] content = random(16 * LEAF);
		String cid = add(content);
		String leaf = node.run("refs", cid).lines().toList().get(missing);
		node.run("pin", "rm", cid);
		node.run("block", "rm", leaf);
		ByteArrayOutputStream received = new ByteArrayOutputStream();
		assertThatExceptionOfType(CommandFailedException.class)
			.isThrownBy(() -> api.catOffline(cid).doOnNext((buffer) -> copy(buffer, received)).blockLast());
		assertThat(received.size()).isLessThanOrEqualTo(missing * LEAF);
		assertThat(received.toByteArray()).isEqualTo(Arrays.copyOf(content, received.size()));
	}

	@Test
	void contentWithoutItsFirstBlockIsError() throws IOException {
		String cid = add(random(100));
		node.run("pin", "rm", cid);
		node.run("block", "rm", cid);
		assertThatExceptionOfType(CommandFailedException.class).isThrownBy(() -> api.catOffline(cid).blockLast())
			.withMessageContaining("not found");
	}

	@Test
	void partOfContentIsWholeByItself() throws IOException {
		byte[] content = random(3 * LEAF);
		String cid = add(content);
		assertThat(read(api.cat(cid, LEAF - 10, 100))).isEqualTo(Arrays.copyOfRange(content, LEAF - 10, LEAF + 90));
		assertThat(read(api.cat(cid, 3L * LEAF - 5, 100)))
			.isEqualTo(Arrays.copyOfRange(content, 3 * LEAF - 5, 3 * LEAF));
		assertThat(read(api.cat(cid, 10L * LEAF, 100))).isEmpty();
	}

	@Test
	void slowConsumerOfLargeContentKeepsMemoryFlat() throws IOException {
		String cid = add(repeated(300));
		SlowConsumer consumer = new SlowConsumer();
		api.cat(cid).subscribe(consumer);
		await().untilAsserted(() -> assertThat(consumer.received).hasPositiveValue());
		long before = allocated();
		// the node has all the time it wants to send more than was asked for
		await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
		assertThat(allocated() - before).isLessThan(16 * MEBIBYTE);
		while (!consumer.isDisposed()) {
			consumer.request(500);
			assertThat(allocated() - before).isLessThan(32 * MEBIBYTE);
			long received = consumer.received.get();
			await().pollInterval(Duration.ofMillis(1))
				.until(() -> consumer.isDisposed() || consumer.received.get() > received);
		}
		assertThat(consumer.failure).isNull();
		assertThat(consumer.received).hasValue(300L * MEBIBYTE);
	}

	@Test
	void errorsInPlainText() {
		assertThatExceptionOfType(UnknownCommandException.class).isThrownBy(() -> api.unknown().block())
			.withMessageContaining("'no/such/command'");
		assertThatExceptionOfType(InvalidArgumentException.class).isThrownBy(() -> api.withoutArgument().block())
			.withMessageContaining("argument \"ipfs-path\" is required");
	}

	@Test
	void errorsInJson() {
		assertThatExceptionOfType(CommandFailedException.class).isThrownBy(() -> api.cat("nonsense").blockLast())
			.withMessageContaining("nonsense")
			.satisfies((ex) -> assertThat(ex.getError().code()).isZero());
	}

	@Test
	void argumentsReachTheNodeAsTheyAre() {
		node.run("files", "mkdir", "/a+b c&d");
		api.filesCp("/a+b c&d", "/copy+100%").block();
		assertThat(node.run("files", "ls")).contains("a+b c&d", "copy+100%");
	}

	@Test
	void cancelledCommandsEndOnTheNode() throws IOException {
		String cid = add(repeated(64));
		SlowConsumer cat = new SlowConsumer();
		api.cat(cid).subscribe(cat);
		Disposable subscription = api.subscribe("uY2FuY2Vs").subscribe(DataBufferUtils::release);
		await().untilAsserted(() -> assertThat(active()).contains("cat", "pubsub/sub"));
		cat.dispose();
		subscription.dispose();
		await().untilAsserted(() -> assertThat(active()).doesNotContain("cat", "pubsub/sub"));
	}

	@Test
	void commandsThatTimeOutEndOnTheNode() {
		try (KuboHttpClient impatient = KuboHttpClient.builder(node::endpoint)
			.timeouts(new RpcTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMillis(500),
					Duration.ofSeconds(30), Duration.ofSeconds(30)))
			.build()) {
			Flux<DataBuffer> cat = impatient.section(TestApi.class)
				.cat("bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy");
			assertThatExceptionOfType(IpfsTimeoutException.class).isThrownBy(cat::blockLast)
				.withMessageContainingAll("'cat'", "ipfs.api.timeouts.transfer");
		}
		await().untilAsserted(() -> assertThat(active()).doesNotContain("cat"));
	}

	@Test
	void credentialsAreSentWithoutBeingAskedFor() {
		try (KuboTestNode guarded = KuboTestNode.start()) {
			guarded.run("config", "--json", "API.Authorizations", """
					{"token": {"AuthSecret": "bearer:t0ken", "AllowedPaths": ["/api/v0"]},
					 "user": {"AuthSecret": "basic:user:p+ss:word", "AllowedPaths": ["/api/v0/id"]}}""");
			guarded.killAndRestart();
			String address = guarded.endpoint().uri().toString();
			assertThat(version(address, "bearer:t0ken")).startsWith("0.");
			assertThat(version(address, "Bearer t0ken")).startsWith("0.");
			assertThat(version(address, "basic:user:p+ss:word")).startsWith("0.");
			assertThatExceptionOfType(RpcAccessDeniedException.class).isThrownBy(() -> version(address, null))
				.withMessageContainingAll("'version'", "ipfs.api.authorization");
			assertThatExceptionOfType(RpcAccessDeniedException.class).isThrownBy(() -> version(address, "bearer:wr0ng"))
				.satisfies((ex) -> assertThat(ex.toString()).doesNotContain("wr0ng"));
			try (KuboHttpClient user = new KuboHttpClient(() -> RpcEndpoint.of(address, "basic:user:p+ss:word"))) {
				assertThat(user.node().id().block()).isNotNull();
				assertThatExceptionOfType(RpcAccessDeniedException.class)
					.isThrownBy(() -> user.swarm().peers().block());
			}
		}
	}

	@Test
	void nodeThatWasRestartedIsReachedAtOnce() {
		try (KuboTestNode restarted = KuboTestNode.start()) {
			// several connections are in the pool when the node goes
			Flux.range(0, 8).flatMap((i) -> restarted.kubo().node().version()).blockLast();
			restarted.killAndRestart();
			assertThat(restarted.kubo().node().version().block().version()).startsWith("0.");
		}
	}

	private static String version(String address, String credentials) {
		try (KuboHttpClient client = new KuboHttpClient(() -> RpcEndpoint.of(address, credentials))) {
			return client.node().version().block().version();
		}
	}

	private static Iterable<String> active() {
		return api.activeCommands()
			.filter(TestApi.ActiveCommand::active)
			.map(TestApi.ActiveCommand::command)
			.collectList()
			.block();
	}

	private String add(byte[] content) throws IOException {
		Path file = Files.write(Files.createTempFile(this.directory, "content", ""), content);
		return add(file);
	}

	private String add(Path file) {
		return node.run("add", "-Q", "--chunker=size-" + LEAF, file.toString()).strip();
	}

	private Path repeated(int mebibytes) throws IOException {
		Path file = Files.createTempFile(this.directory, "content", "");
		byte[] block = random(MEBIBYTE);
		try (OutputStream output = Files.newOutputStream(file)) {
			for (int i = 0; i < mebibytes; i++) {
				output.write(block);
			}
		}
		return file;
	}

	private static byte[] random(int size) {
		byte[] bytes = new byte[size];
		new Random().nextBytes(bytes);
		return bytes;
	}

	private static byte[] read(Flux<DataBuffer> body) {
		ByteArrayOutputStream received = new ByteArrayOutputStream();
		body.doOnNext((buffer) -> copy(buffer, received)).blockLast();
		return received.toByteArray();
	}

	private static void copy(DataBuffer buffer, ByteArrayOutputStream target) {
		target.writeBytes(buffer.toString(StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1));
		DataBufferUtils.release(buffer);
	}

	private static long allocated() {
		ByteBufAllocatorMetric metric = ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric();
		return metric.usedDirectMemory() + metric.usedHeapMemory();
	}

	/**
	 * Takes what it is told to, and one buffer at first.
	 */
	private static final class SlowConsumer extends BaseSubscriber<DataBuffer> {

		private final AtomicLong received = new AtomicLong();

		private volatile Throwable failure;

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			request(1);
		}

		@Override
		protected void hookOnNext(DataBuffer buffer) {
			this.received.addAndGet(buffer.readableByteCount());
			DataBufferUtils.release(buffer);
		}

		@Override
		protected void hookOnError(Throwable failure) {
			this.failure = failure;
		}

	}

}
