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
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.github.ipfstoolkit.p2p.TunnelListener;
import io.github.ipfstoolkit.p2p.TunnelStream;
import io.github.ipfstoolkit.transmission.AesGcmCipher;
import io.github.ipfstoolkit.transmission.DecryptionException;
import io.github.ipfstoolkit.transmission.Protocol;
import io.github.ipfstoolkit.transmission.RefusalReason;
import io.github.ipfstoolkit.transmission.TransmissionRefusedException;
import io.github.ipfstoolkit.transmission.TransmissionTimeoutException;
import io.github.ipfstoolkit.transmission.conversation.Conversation;
import io.github.ipfstoolkit.transmission.conversation.ConversationReceiver;
import io.github.ipfstoolkit.transmission.conversation.ConversingPeers;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Files between two nodes.
 */
class FileTransferIT {

	private static final int LARGE = 64 * 1024 * 1024;

	private static ConversingPeers nodes;

	@TempDir
	private Path directory;

	private FilePeers peers;

	@BeforeAll
	static void startNodes() {
		nodes = new ConversingPeers();
	}

	@AfterAll
	static void stopNodes() {
		nodes.close();
	}

	@BeforeEach
	void beginAnew() {
		this.peers = new FilePeers(this.directory, nodes);
	}

	@Test
	void fileArrives() throws Exception {
		Path file = this.peers.file("Grüße.bin", 5_000_000);
		try (FileReceiver receiver = this.peers.listen("files")) {
			assertThat(receiver.isActive()).isTrue();
			FileReceipt receipt = this.peers.files.sendFile(this.peers.nodes.bobsId, "files", file,
					FileOptions.defaults().withMetadata("m"));
			// it is there when the sender returns
			ReceivedFile received = this.peers.received.remove();
			assertThat(received.path()).hasSameBinaryContentAs(file);
			assertThat(received.sender()).isEqualTo(this.peers.nodes.alicesId);
			assertThat(received.sha256()).isEqualTo(FilePeers.sha256(file)).isEqualTo(receipt.sha256());
		}
		assertThat(this.peers.parts()).isEmpty();
		Awaitility.await().untilAsserted(() -> assertThat(FilePeers.listeners(this.peers.nodes.bob)).isEmpty());
	}

	/**
	 * As many conversations with a peer are open that this one is on a part of a stream,
	 * which nothing holds up but the conversation's window.
	 */
	@Test
	void fileArrivesOnAStreamThatIsShared() throws Exception {
		Path file = this.peers.file("shared", LARGE);
		List<Conversation> conversations = new ArrayList<>();
		try (ConversationReceiver talk = this.peers.nodes.bobs.open("talk", this.peers.nodes.receiverOptions(100),
				this.peers.nodes.bobs.options(), (conversation) -> conversation.forEach((message) -> {
				}), null); FileReceiver receiver = this.peers.listen("files")) {
			for (int i = 0; i < 64; i++) {
				conversations.add(this.peers.nodes.alices.startConversation(this.peers.nodes.bobsId, "talk"));
			}
			FileReceipt receipt = this.peers.files.sendFile(this.peers.nodes.bobsId, "files", file);
			assertThat(this.peers.received.remove().path()).hasSameBinaryContentAs(file);
			assertThat(receipt.resumedAt()).isZero();
			conversations.forEach(Conversation::close);
		}
	}

	@Test
	void eachRefusalHasItsOwnError() throws Exception {
		Path file = this.peers.file("a", 1000);
		refused(FileTooLargeException.class, file, this.peers.options().withMaxFileSize(DataSize.ofBytes(999)));
		refused(ReceiverStorageException.class, file,
				this.peers.options().withMinFreeSpace(DataSize.ofTerabytes(9999)));
		try (FileReceiver receiver = this.peers.listen("files", this.peers.options(), (received) -> {
			throw new IllegalStateException("broken");
		})) {
			assertThatExceptionOfType(FileRefusedException.class)
				.isThrownBy(() -> this.peers.files.sendFile(this.peers.nodes.bobsId, receiver.listener(), file))
				.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(RefusalReason.FAILED));
		}
		assertThat(this.peers.inbox().resolve("a")).doesNotExist();
		assertThat(this.peers.parts()).isEmpty();
	}

	private void refused(Class<? extends Exception> expected, Path file, FileReceiverOptions options) {
		try (FileReceiver receiver = this.peers.listen("files", options, this.peers.received::add)) {
			assertThatExceptionOfType(FileRefusedException.class)
				.isThrownBy(() -> this.peers.files.sendFile(this.peers.nodes.bobsId, receiver.listener(), file))
				.isExactlyInstanceOf(expected);
		}
		assertThat(this.peers.received).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "1, 2, undecryptable", "0, 2, undecryptable", "1, 0, malformed", "1, 1, undecryptable" })
	void whatCanNotBeDecryptedIsAnErrorAtBothEndsAfterOneAttempt(int sendersKey, int receiversKey, String failure)
			throws Exception {
		Path file = this.peers.file("secret", 5_000_000);
		List<String> failures = new CopyOnWriteArrayList<>();
		FileTransferObserver observer = new FileTransferObserver() {

			@Override
			public void receiveFailed(String listener, String reason) {
				failures.add(reason);
			}

		};
		ChangingCipher changing = new ChangingCipher(key(sendersKey), 1024 * 1024, 3);
		FileOptions options = (sendersKey == 0) ? FileOptions.defaults()
				: FileOptions.defaults().withCipher((sendersKey == receiversKey) ? changing : key(sendersKey));
		FileReceiverOptions receiving = (receiversKey == 0) ? this.peers.options()
				: this.peers.options().withCipher(key(receiversKey));
		try (FileReceiver receiver = this.peers.listen("files", receiving, this.peers.received::add, observer)) {
			Throwable thrown = catchThrowable(
					() -> this.peers.files.sendFile(this.peers.nodes.bobsId, "files", file, options));
			if (receiversKey == 0) {
				assertThat(thrown).isInstanceOf(DecryptionException.class);
			}
			else {
				assertThat(thrown).isInstanceOf(FileRefusedException.class)
					.hasMessageContaining("ipfs.transmission.encryption.key")
					.extracting("reason")
					.isEqualTo(RefusalReason.UNDECRYPTABLE);
			}
			Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(failures).isNotEmpty());
			assertThat(receiver.drain(Duration.ofSeconds(30))).isTrue();
		}
		// one attempt
		assertThat(failures).containsExactly(failure);
		assertThat(changing.hasChanged()).isEqualTo(sendersKey == receiversKey);
		assertThat(this.peers.received).isEmpty();
		assertThat(this.peers.inbox().resolve("secret")).doesNotExist();
		assertThat(this.peers.parts()).isEmpty();
	}

	private static AesGcmCipher key(int number) {
		byte[] key = new byte[16];
		key[0] = (byte) number;
		return new AesGcmCipher(key);
	}

	@Test
	void concurrentTransfersAreLimited() throws Exception {
		Path file = this.peers.file("a", 1000);
		CountDownLatch handling = new CountDownLatch(1);
		CountDownLatch released = new CountDownLatch(1);
		try (FileReceiver receiver = this.peers.listen("files", this.peers.options().withMaxTransfers(5, 1),
				(received) -> {
					handling.countDown();
					released.await();
				})) {
			CompletableFuture<FileReceipt> first = CompletableFuture
				.supplyAsync(() -> this.peers.files.sendFile(this.peers.nodes.bobsId, receiver.listener(), file));
			assertThat(handling.await(20, TimeUnit.SECONDS)).isTrue();
			assertThatExceptionOfType(PeerTransferLimitException.class).isThrownBy(() -> this.peers.files
				.sendFile(this.peers.nodes.bobsId, receiver.listener(), file, FileOptions.defaults().withRetries(1)));
			released.countDown();
			first.get(20, TimeUnit.SECONDS);
		}
	}

	@Test
	void listenerThatBlocksIsWaitedForAsLongAsTheCallSays() throws Exception {
		Path file = this.peers.file("slow", 1000);
		CountDownLatch released = new CountDownLatch(1);
		AtomicInteger handled = new AtomicInteger();
		Duration timeout = Duration.ofSeconds(5);
		try (FileReceiver receiver = this.peers.listen("files", this.peers.options(), (received) -> {
			handled.incrementAndGet();
			released.await();
		})) {
			long start = System.nanoTime();
			assertThatExceptionOfType(TransmissionTimeoutException.class)
				.isThrownBy(() -> this.peers.files.sendFile(this.peers.nodes.bobsId, receiver.listener(), file,
						FileOptions.defaults().withTimeout(timeout)))
				.satisfies((ex) -> assertThat(ex.getTimeout()).isEqualTo(timeout));
			// the application's own is 30 seconds
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(timeout, Duration.ofSeconds(25));
			assertThat(handled).hasValue(1);
			released.countDown();
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 2 })
	void fileIsTriedAgainAsOftenAsTheCallSays(int retries) throws Exception {
		Path file = this.peers.file("refused", 1000);
		AtomicInteger streams = new AtomicInteger();
		try (TunnelListener busy = this.peers.nodes.bobsTunnels.listen("files.conversation")) {
			this.peers.nodes.executor.execute(() -> {
				while (busy.isActive()) {
					try (TunnelStream stream = busy.accept()) {
						streams.incrementAndGet();
						stream.output().write(Protocol.refused(RefusalReason.BUSY, "counting"));
						stream.input().transferTo(OutputStream.nullOutputStream());
					}
					catch (IOException ignored) {
						// the sender has gone, or the test has ended
					}
				}
			});
			assertThatExceptionOfType(TransmissionRefusedException.class)
				.isThrownBy(() -> this.peers.files.sendFile(this.peers.nodes.bobsId, "files", file,
						FileOptions.defaults().withRetries(retries)))
				.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(RefusalReason.BUSY));
			assertThat(streams).hasValue(1 + retries);
		}
	}

	@Test
	void manyFilesOfOneNameAtTheSameTime() throws Exception {
		Path file = this.peers.file("same.bin", 2_000_000);
		try (FileReceiver receiver = this.peers.listen("files")) {
			List<CompletableFuture<FileReceipt>> sent = IntStream.range(0, 8)
				.mapToObj((number) -> CompletableFuture.supplyAsync(
						() -> this.peers.files.sendFile(this.peers.nodes.bobsId, receiver.listener(), file),
						this.peers.nodes.executor))
				.toList();
			CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
		}
		assertThat(this.peers.received).hasSize(8)
			.extracting(ReceivedFile::path)
			.doesNotHaveDuplicates()
			.allSatisfy((path) -> assertThat(path).hasSameBinaryContentAs(file));
	}

	@Test
	void filesGoBothWaysWithinAConversation() throws Exception {
		Path file = this.peers.file("a.bin", 100_000);
		FileReceivers alices = new ConversationFileReceivers(this.peers.nodes.alices,
				this.peers.nodes.receiverOptions(4), this.peers.options(), null, List.of());
		FileReceivers bobs = new ConversationFileReceivers(this.peers.nodes.bobs, this.peers.nodes.receiverOptions(4),
				this.peers.options(), null, List.of());
		FileTransferOperations bobsFiles = new FileTransferTemplate(this.peers.nodes.bobs, null,
				FileTransferTemplate.DEFAULT_BLOCK_SIZE, 0, List.of());
		CompletableFuture<ReceivedFile> atBob = new CompletableFuture<>();
		CompletableFuture<ReceivedFile> atAlice = new CompletableFuture<>();
		try (ConversationReceiver talk = this.peers.nodes.listen("talk", (conversation) -> {
			try (FileReceiver receiver = bobs.open(conversation, this.peers.options(), atBob::complete)) {
				conversation.say("go on");
				Path received = atBob.get(20, TimeUnit.SECONDS).path();
				bobsFiles.sendFile(conversation, received, FileOptions.defaults().withName("back.bin"));
				conversation.listen(Duration.ofSeconds(20));
			}
		}); Conversation conversation = this.peers.nodes.alices.startConversation(this.peers.nodes.bobsId, "talk")) {
			try (FileReceiver receiver = alices.open(conversation, this.peers.options(), atAlice::complete)) {
				assertThat(conversation.listenText(Duration.ofSeconds(20))).isEqualTo("go on");
				this.peers.files.sendFile(conversation, file, FileOptions.defaults());
				assertThat(atAlice.get(20, TimeUnit.SECONDS).name()).isEqualTo("back.bin");
				assertThat(atAlice.join().path()).hasSameBinaryContentAs(file);
				conversation.say("end");
			}
		}
		Awaitility.await().untilAsserted(() -> {
			assertThat(FilePeers.listeners(this.peers.nodes.alice)).isEmpty();
			assertThat(FilePeers.listeners(this.peers.nodes.bob)).isEmpty();
		});
	}

}
