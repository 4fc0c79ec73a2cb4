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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import io.github.ipfstoolkit.Cid;
import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.NodeUnreachableException;
import io.github.ipfstoolkit.transmission.AcceptancePolicy;
import io.github.ipfstoolkit.transmission.AesGcmCipher;
import io.github.ipfstoolkit.transmission.ConnectionLostException;
import io.github.ipfstoolkit.transmission.DecryptionException;
import io.github.ipfstoolkit.transmission.ListenerNotFoundException;
import io.github.ipfstoolkit.transmission.PeerNotFoundException;
import io.github.ipfstoolkit.transmission.ReceiverOptions;
import io.github.ipfstoolkit.transmission.RefusalReason;
import io.github.ipfstoolkit.transmission.TransmissionCipher;
import io.github.ipfstoolkit.transmission.TransmissionTimeoutException;
import io.github.ipfstoolkit.transmission.conversation.Conversation;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link FileTransferTemplate} and {@link ConversationFileReceivers} with each
 * other, without a node.
 */
class FileTransferTests {

	private static final Cid CID = Cid.of("bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy");

	private static final DataSize BLOCK = DataSize.ofBytes(1000);

	private static final TransmissionCipher UNENCRYPTED = new TransmissionCipher() {

		@Override
		public byte[] encrypt(byte[] plain) {
			return plain.clone();
		}

		@Override
		public byte[] decrypt(byte[] encrypted) {
			return encrypted;
		}

	};

	@TempDir
	private Path directory;

	private final BlockingQueue<ReceivedFile> received = new LinkedBlockingQueue<>();

	private final Map<Cid, byte[]> published = new ConcurrentHashMap<>();

	/**
	 * What nobody has; to wait for it must have been interrupted in the end.
	 */
	private static final Cid NOWHERE = Cid.of("bafkreifzjut3te7nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e");

	private final CountDownLatch searching = new CountDownLatch(1);

	private final CountDownLatch givenUp = new CountDownLatch(1);

	private final FileContents contents = new FileContents() {

		@Override
		public Cid publish(Path file) {
			try {
				FileTransferTests.this.published.put(CID, Files.readAllBytes(file));
				return CID;
			}
			catch (IOException ex) {
				throw new AssertionError(ex);
			}
		}

		@Override
		public InputStream open(Cid cid) {
			byte[] content = FileTransferTests.this.published.get(cid);
			if (cid.equals(NOWHERE)) {
				search();
			}
			if (content == null) {
				throw new IpfsException("not found");
			}
			return new ByteArrayInputStream(content);
		}

		private void search() {
			FileTransferTests.this.searching.countDown();
			try {
				new CountDownLatch(1).await();
			}
			catch (InterruptedException ex) {
				FileTransferTests.this.givenUp.countDown();
				throw new IpfsException("interrupted", ex);
			}
		}
	};

	private FreeSpace space = FreeSpace::ofDisk;

	private final List<String> observed = new CopyOnWriteArrayList<>();

	private final FileTransferObserver observer = new FileTransferObserver() {

		@Override
		public void sent(FileReceipt receipt) {
			FileTransferTests.this.observed.add("sent " + receipt.size());
		}

		@Override
		public void sendFailed(String listener, RuntimeException failure, Duration duration) {
			FileTransferTests.this.observed.add("failed " + failure.getClass().getSimpleName());
		}

		@Override
		public void received(ReceivedFile file, Duration duration) {
			FileTransferTests.this.observed.add("received " + file.size());
		}

		@Override
		public void receiveFailed(String listener, String reason) {
			FileTransferTests.this.observed.add("not received: " + reason);
		}

	};

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private LocalConversations conversations = new LocalConversations(true);

	@AfterEach
	void close() {
		this.conversations.close();
		this.executor.shutdownNow();
	}

	private FileReceiverOptions options() {
		return FileReceiverOptions.of(inbox())
			.withMinFreeSpace(DataSize.ofBytes(0))
			.withTimeout(Duration.ofSeconds(20));
	}

	private Path inbox() {
		return this.directory.resolve("inbox");
	}

	private FileReceiver listen(FileReceiverOptions options, FileHandler handler) {
		return listen(options, AcceptancePolicy.any(), handler);
	}

	private FileReceiver listen(FileReceiverOptions options, AcceptancePolicy acceptance, FileHandler handler) {
		ReceiverOptions receiverOptions = new ReceiverOptions(1, 100, DataSize.ofMegabytes(1), Duration.ofSeconds(20),
				Duration.ofSeconds(20), this.executor)
			.with(acceptance);
		return new ConversationFileReceivers(this.conversations, receiverOptions, options, this.contents,
				List.of(this.observer), this.space)
			.open("files", receiverOptions, options, handler);
	}

	private FileTransferOperations sender() {
		return new FileTransferTemplate(this.conversations, this.contents, BLOCK, 2, List.of(this.observer));
	}

	private Path file(String name, int size) throws IOException {
		byte[] content = new byte[size];
		new Random(size).nextBytes(content);
		return Files.write(this.directory.resolve(name), content);
	}

	private FileReceipt send(Path file) {
		return sender().sendFile(LocalConversations.BOB, "files", file);
	}

	private static String sha256(Path file) throws Exception {
		return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
	}

	private List<Path> parts() throws IOException {
		try (Stream<Path> files = Files.walk(inbox().resolve(".parts"))) {
			return files.filter(Files::isRegularFile).toList();
		}
	}

	@ParameterizedTest
	@CsvSource({ "true, 0", "true, 1", "true, 254", "true, 1000", "true, 1001", "true, 65025", "true, 1000000",
			"false, 0", "false, 1", "false, 254", "false, 255", "false, 65025", "false, 1000000" })
	void fileArrivesWithNameAndMetadata(boolean direct, int size) throws Exception {
		this.conversations = new LocalConversations(direct);
		listen(options(), this.received::add);
		Path file = file("Grüße.bin", size);
		FileReceipt receipt = sender().sendFile(LocalConversations.BOB, "files", file,
				FileOptions.defaults().withMetadata("für dich"));
		ReceivedFile received = this.received.poll(20, TimeUnit.SECONDS);
		assertThat(received.path()).isEqualTo(inbox().resolve("Grüße.bin")).hasSameBinaryContentAs(file);
		assertThat(received.name()).isEqualTo("Grüße.bin");
		assertThat(received.size()).isEqualTo(size);
		assertThat(received.metadataText()).isEqualTo("für dich");
		assertThat(received.sender()).isEqualTo(LocalConversations.ALICE);
		assertThat(received.listener()).isEqualTo("files");
		assertThat(received.sha256()).isEqualTo(sha256(file)).isEqualTo(receipt.sha256());
		assertThat(receipt.peer()).isEqualTo(LocalConversations.BOB);
		assertThat(receipt.size()).isEqualTo(size);
		assertThat(receipt.resumedAt()).isZero();
	}

	private static List<RuntimeException> absences() {
		return List.of(new NodeUnreachableException("http://127.0.0.1:1", null),
				new PeerNotFoundException(LocalConversations.BOB.toString(), "it is away", null));
	}

	@ParameterizedTest
	@MethodSource("absences")
	void nodeOrPeerThatIsNotThereIsToldAtOnce(RuntimeException absence) throws Exception {
		this.conversations.failToStart(absence);
		Path file = file("a.txt", 1000);
		assertThatException().isThrownBy(() -> send(file)).isSameAs(absence);
		assertThat(this.conversations.started()).isOne();
	}

	@ParameterizedTest
	@MethodSource("absences")
	void nodeOrPeerThatGoesIsWaitedFor(RuntimeException absence) throws Exception {
		listen(options(), this.received::add);
		this.conversations.failToStart(new ListenerNotFoundException(LocalConversations.BOB, "files"), absence);
		send(file("a.txt", 1000));
		assertThat(this.conversations.started()).isEqualTo(3);
	}

	@Test
	void receivedTwiceGetsAnotherName() throws Exception {
		listen(options(), this.received::add);
		Path file = file("a.txt", 10);
		send(file);
		send(file);
		assertThat(this.received).extracting((received) -> received.path().getFileName().toString())
			.containsExactly("a.txt", "a (1).txt");
		assertThat(this.received).extracting(ReceivedFile::name).containsOnly("a.txt");
		assertThat(parts()).isEmpty();
	}

	@Test
	void resourceIsSentUnderItsNameOrTheOneGiven() {
		listen(options(), this.received::add);
		ByteArrayResource resource = new ByteArrayResource("hello".getBytes());
		sender().sendFile("bob", "files", resource, FileOptions.defaults().withName("dir/hello.txt"));
		sender().sendFile("bob", "files", resource, FileOptions.defaults());
		assertThat(this.received).extracting(ReceivedFile::name).containsExactly("hello.txt", "file");
		assertThat(this.received.element().path()).hasContent("hello");
	}

	@Test
	void bothEndsAreToldOfTheProgress() throws Exception {
		List<FileProgress> atBob = new ArrayList<>();
		List<FileProgress> atAlice = new ArrayList<>();
		listen(options().withProgress(atBob::add), this.received::add);
		sender().sendFile(LocalConversations.BOB, "files", file("a", 2500),
				FileOptions.defaults().withProgress(atAlice::add));
		assertThat(atBob).extracting(FileProgress::bytes).containsExactly(0L, 1000L, 2000L, 2500L);
		assertThat(atBob.get(1)).isEqualTo(new FileProgress(LocalConversations.ALICE, "files", "a", 1000, 2500));
		assertThat(atAlice).extracting(FileProgress::bytes).containsExactly(0L, 1000L, 2000L, 2500L, 2500L);
		assertThat(atAlice.get(4).fraction()).isOne();
	}

	@Test
	void blockSizeIsTheSendersOrThatOfTheCall() throws Exception {
		listen(options(), this.received::add);
		Path file = file("a", 2500);
		List<Long> sent = new ArrayList<>();
		FileOptions options = FileOptions.defaults().withProgress((progress) -> sent.add(progress.bytes()));
		sender().sendFile(LocalConversations.BOB, "files", file, options);
		assertThat(sent).startsWith(0L, 1000L, 2000L, 2500L);
		sent.clear();
		sender().sendFile(LocalConversations.BOB, "files", file, options.withBlockSize(DataSize.ofBytes(1200)));
		assertThat(sent).startsWith(0L, 1200L, 2400L, 2500L);
		sent.clear();
		sender().sendFile(LocalConversations.BOB, "files", file, options.withBlockSize(DataSize.ofMegabytes(1)));
		assertThat(sent).startsWith(0L, 2500L);
		assertThat(this.received).hasSize(3).allSatisfy((each) -> assertThat(each.path()).hasSameBinaryContentAs(file));
	}

	@Test
	void brokenTransferGoesOnWhereItWas() throws Exception {
		listen(options(), this.received::add);
		Path file = file("a.bin", 100_000);
		this.conversations.breakAt(2 + 60);
		FileReceipt receipt = send(file);
		assertThat(receipt.resumedAt()).isEqualTo(60_000);
		assertThat(this.conversations.started()).isEqualTo(2);
		assertThat(this.received.element().path()).hasSameBinaryContentAs(file);
		assertThat(this.received.element().sha256()).isEqualTo(sha256(file)).isEqualTo(receipt.sha256());
		assertThat(parts()).isEmpty();
	}

	@Test
	void allThatArrivedOfABlockIsKeptWhenTheTransferBreaksWithinIt() throws Exception {
		listen(options(), this.received::add);
		Path file = file("a.bin", 3_000_000);
		// a whole number of pieces, and something over
		this.conversations.breakWithin(2, 1_050_000);
		FileOptions options = FileOptions.defaults().withBlockSize(DataSize.ofMegabytes(2));
		FileReceipt receipt = sender().sendFile(LocalConversations.BOB, "files", file, options);
		assertThat(receipt.resumedAt()).isEqualTo(1_050_000);
		assertThat(this.received.element().path()).hasSameBinaryContentAs(file);
		assertThat(this.received.element().sha256()).isEqualTo(sha256(file)).isEqualTo(receipt.sha256());
	}

	@Test
	void transferThatIsGivenUpGoesOnWhenTheFileIsSentAgain() throws Exception {
		listen(options(), this.received::add);
		Path file = file("a.bin", 100_000);
		this.conversations.breakAt(2 + 60);
		assertThatExceptionOfType(ConnectionLostException.class).isThrownBy(
				() -> sender().sendFile(LocalConversations.BOB, "files", file, FileOptions.defaults().withRetries(0)));
		this.conversations.awaitEnd();
		assertThat(send(file).resumedAt()).isEqualTo(60_000);
		assertThat(this.received).singleElement()
			.satisfies((received) -> assertThat(received.path()).hasSameBinaryContentAs(file));
	}

	@Test
	void transferOfAFileThatHasChangedBeginsAnew() throws Exception {
		listen(options(), this.received::add);
		Path file = file("a.bin", 100_000);
		FileTime time = Files.getLastModifiedTime(file);
		this.conversations.breakAt(2 + 60);
		assertThatExceptionOfType(ConnectionLostException.class).isThrownBy(
				() -> sender().sendFile(LocalConversations.BOB, "files", file, FileOptions.defaults().withRetries(0)));
		this.conversations.awaitEnd();
		byte[] changed = Files.readAllBytes(file);
		changed[5]++;
		Files.write(file, changed);
		Files.setLastModifiedTime(file, time);
		assertThat(send(file).resumedAt()).isZero();
		assertThat(this.received).singleElement()
			.satisfies((received) -> assertThat(received.path()).hasSameBinaryContentAs(file));
	}

	@Test
	void damagedPartIsNotGoneOnWith() throws Exception {
		listen(options(), this.received::add);
		Path file = file("a.bin", 100_000);
		this.conversations.breakAt(2 + 60);
		assertThatExceptionOfType(ConnectionLostException.class).isThrownBy(
				() -> sender().sendFile(LocalConversations.BOB, "files", file, FileOptions.defaults().withRetries(0)));
		this.conversations.awaitEnd();
		byte[] part = Files.readAllBytes(parts().get(0));
		part[100]++;
		Files.write(parts().get(0), part);
		assertThat(send(file).resumedAt()).isZero();
		assertThat(this.received.element().path()).hasSameBinaryContentAs(file);
	}

	@Test
	void retriesAreCountedSinceMoreHasArrived() throws Exception {
		listen(options(), this.received::add);
		this.conversations.breakAt(2);
		FileTransferOperations sender = sender();
		List<Long> starts = new ArrayList<>();
		FileReceipt receipt = sender.sendFile(LocalConversations.BOB, "files", file("a.bin", 10_000),
				FileOptions.defaults().withProgress((progress) -> {
					if (progress.bytes() % 2000 == 1000 && progress.bytes() < 9000
							&& !starts.contains(progress.bytes())) {
						starts.add(progress.bytes());
						this.conversations.breakAt(0);
					}
				}));
		assertThat(receipt.resumedAt()).isGreaterThan(4000);
		assertThat(this.conversations.started()).isGreaterThan(4);
	}

	@Test
	void fileWhoseTurnDoesNotComeIsLeftAsAPartForALaterAttempt() throws Exception {
		CountDownLatch handling = new CountDownLatch(1);
		CountDownLatch released = new CountDownLatch(1);
		listen(options().withTimeout(Duration.ofSeconds(2)), (file) -> {
			handling.countDown();
			released.await();
			this.received.add(file);
		});
		Path first = file("first", 1000);
		Path second = file("second", 100_000);
		CompletableFuture<FileReceipt> sent = CompletableFuture.supplyAsync(() -> send(first));
		assertThat(handling.await(20, TimeUnit.SECONDS)).isTrue();
		assertThatExceptionOfType(TooManyTransfersException.class).isThrownBy(
				() -> sender().sendFile(LocalConversations.BOB, "files", second, FileOptions.defaults().withRetries(0)))
			.withMessageContaining("busy with other files");
		assertThat(this.observed).contains("not received: busy");
		assertThat(inbox().resolve("second")).doesNotExist();
		released.countDown();
		sent.get(20, TimeUnit.SECONDS);
		assertThat(send(second).resumedAt()).isEqualTo(100_000);
		assertThat(this.received).extracting(ReceivedFile::name).containsExactly("first", "second");
		assertThat(parts()).isEmpty();
	}

	@Test
	void fileWhoseSenderLeavesBeforeItsTurnIsNotHandled() throws Exception {
		CountDownLatch handling = new CountDownLatch(1);
		CountDownLatch released = new CountDownLatch(1);
		listen(options(), (file) -> {
			handling.countDown();
			released.await();
			this.received.add(file);
		});
		Path first = file("first", 1000);
		CompletableFuture<FileReceipt> sent = CompletableFuture.supplyAsync(() -> send(first));
		assertThat(handling.await(20, TimeUnit.SECONDS)).isTrue();
		assertThatExceptionOfType(TransmissionTimeoutException.class)
			.isThrownBy(() -> sender().sendFile(LocalConversations.BOB, "files", file("second", 1000),
					FileOptions.defaults().withTimeout(Duration.ofMillis(300))));
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(this.observed).contains("not received: broken"));
		released.countDown();
		sent.get(20, TimeUnit.SECONDS);
		this.conversations.awaitEnd();
		assertThat(this.received).extracting(ReceivedFile::name).containsExactly("first");
	}

	@Test
	void wrongHashIsAnErrorAndTheFileIsNotHandedOver() throws Exception {
		listen(options(), this.received::add);
		try (Conversation conversation = this.conversations.startConversation(LocalConversations.BOB, "files",
				this.conversations.options())) {
			conversation.say(new FileOffer(3, "a", new byte[0], "id", "call", null).toDirect());
			assertThat(FileMessage.parse(conversation.listen(Duration.ofSeconds(20))).word()).isEqualTo("ready");
			conversation.say(FileMessage.of(FileMessage.FROM, 0).toBytes());
			conversation.say("abc");
			conversation.say(new FileMessage(FileMessage.END, Sha256.create().digest(new byte[3])).toBytes());
			FileMessage answer = FileMessage.parse(conversation.listen(Duration.ofSeconds(20)));
			assertThat(answer.refusal()).isEqualTo(FileRefusal.CORRUPTED);
			assertThat(answer.refusal().toException("")).isInstanceOf(FileCorruptedException.class);
		}
		assertThat(this.received).isEmpty();
		assertThat(inbox().resolve("a")).doesNotExist();
		assertThat(parts()).isEmpty();
	}

	@Test
	void byteThatChangesOnTheWayIsAnErrorAtBothEnds() throws Exception {
		listen(options(), this.received::add);
		Path file = file("a.bin", 10_000);
		ChangingCipher change = new ChangingCipher(UNENCRYPTED, 1000, 7);
		assertThatExceptionOfType(FileCorruptedException.class)
			.isThrownBy(() -> sender().sendFile(LocalConversations.BOB, "files", file,
					FileOptions.defaults().withCipher(change)))
			.withMessageContaining("'a.bin'")
			.withMessageContaining(sha256(file));
		assertThat(change.hasChanged()).isTrue();
		notReceived("corrupted");
	}

	@Test
	void byteThatChangesOnTheWayIsAnErrorAfterABreakToo() throws Exception {
		listen(options(), this.received::add);
		Path file = file("a.bin", 10_000);
		this.conversations.breakAt(2 + 6);
		assertThatExceptionOfType(ConnectionLostException.class).isThrownBy(
				() -> sender().sendFile(LocalConversations.BOB, "files", file, FileOptions.defaults().withRetries(0)));
		this.conversations.awaitEnd();
		ChangingCipher change = new ChangingCipher(UNENCRYPTED, 1000, 2);
		assertThatExceptionOfType(FileCorruptedException.class).isThrownBy(() -> sender()
			.sendFile(LocalConversations.BOB, "files", file, FileOptions.defaults().withCipher(change)));
		assertThat(change.hasChanged()).isTrue();
		this.conversations.awaitEnd();
		assertThat(this.received).isEmpty();
		assertThat(parts()).isEmpty();
		assertThat(send(file).resumedAt()).isZero();
	}

	@Test
	void receiverThatHasStoredSomethingElseIsAnErrorAtTheSender() throws Exception {
		Path file = file("a.bin", 3000);
		byte[] other = Sha256.create().digest(new byte[3000]);
		ReceiverOptions receiverOptions = new ReceiverOptions(1, 100, DataSize.ofMegabytes(1), Duration.ofSeconds(20),
				Duration.ofSeconds(20), this.executor);
		this.conversations.open("files", receiverOptions, this.conversations.options(), (conversation) -> {
			conversation.listen(Duration.ofSeconds(20));
			conversation.say(FileMessage.READY);
			while (!conversation.listenText(Duration.ofSeconds(20)).startsWith(FileMessage.END)) {
				// on
			}
			conversation.say(new FileMessage(FileMessage.DONE, other).toBytes());
		}, (message) -> {
		});
		assertThatExceptionOfType(FileCorruptedException.class).isThrownBy(() -> send(file))
			.withMessageContaining(Sha256.hex(other))
			.withMessageContaining(sha256(file));
		assertThat(this.conversations.started()).isOne();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void fileThatTheReceiverCanNotDecryptIsRefusedAtOnce(boolean encrypted) throws Exception {
		listen(options().withCipher(key(1)), this.received::add);
		Path file = file("a.bin", 10_000);
		FileOptions options = encrypted ? FileOptions.defaults().withCipher(key(2)) : FileOptions.defaults();
		assertThatExceptionOfType(FileRefusedException.class)
			.isThrownBy(() -> sender().sendFile(LocalConversations.BOB, "files", file, options))
			.withMessageContaining("'a.bin'")
			.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(RefusalReason.UNDECRYPTABLE));
		notReceived("undecryptable");
	}

	@Test
	void receiverWithoutTheKeyCanNotReadTheOffer() throws Exception {
		listen(options(), this.received::add);
		Path file = file("a.bin", 10_000);
		assertThatExceptionOfType(DecryptionException.class).isThrownBy(() -> sender().sendFile(LocalConversations.BOB,
				"files", file, FileOptions.defaults().withCipher(key(1))));
		notReceived("malformed");
	}

	@Test
	void blockThatWasChangedOnTheWayIsNoticed() throws Exception {
		listen(options().withCipher(key(1)), this.received::add);
		Path file = file("a.bin", 10_000);
		ChangingCipher changing = new ChangingCipher(key(1), 1000, 3);
		assertThatExceptionOfType(FileRefusedException.class)
			.isThrownBy(() -> sender().sendFile(LocalConversations.BOB, "files", file,
					FileOptions.defaults().withCipher(changing)))
			.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(RefusalReason.UNDECRYPTABLE));
		assertThat(changing.hasChanged()).isTrue();
		notReceived("undecryptable");
	}

	private void notReceived(String reason) throws IOException {
		this.conversations.awaitEnd();
		assertThat(this.conversations.started()).isOne();
		assertThat(this.received).isEmpty();
		assertThat(this.observed).contains("not received: " + reason);
		assertThat(inbox().resolve("a.bin")).doesNotExist();
		assertThat(parts()).isEmpty();
	}

	private static TransmissionCipher key(int number) {
		return new AesGcmCipher(new byte[] { (byte) number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 });
	}

	@Test
	void moreThanOfferedIsRefused() throws Exception {
		listen(options(), this.received::add);
		try (Conversation conversation = this.conversations.startConversation(LocalConversations.BOB, "files",
				this.conversations.options())) {
			conversation.say(new FileOffer(3, "a", new byte[0], "id", "call", null).toDirect());
			conversation.listen(Duration.ofSeconds(20));
			conversation.say(FileMessage.of(FileMessage.FROM, 0).toBytes());
			conversation.say("abcd");
			assertThat(FileMessage.parse(conversation.listen(Duration.ofSeconds(20))).refusal())
				.isEqualTo(FileRefusal.MALFORMED);
		}
		assertThat(this.received).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "\u00ff\u00ff\u00ff\u00ff", "ready" })
	void unreadableOfferIsRefused(String offer) throws Exception {
		listen(options(), this.received::add);
		try (Conversation conversation = this.conversations.startConversation(LocalConversations.BOB, "files",
				this.conversations.options())) {
			conversation.say(offer.getBytes(StandardCharsets.ISO_8859_1));
			assertThat(FileMessage.parse(conversation.listen(Duration.ofSeconds(20))).refusal())
				.isEqualTo(FileRefusal.MALFORMED);
		}
	}

	@Test
	void largerFileThanTheReceiverTakesIsRefusedBeforeItIsSent() throws Exception {
		listen(options().withMaxFileSize(DataSize.ofBytes(999)), this.received::add);
		Path file = file("a", 1000);
		assertThatExceptionOfType(FileTooLargeException.class).isThrownBy(() -> send(file))
			.withMessageContaining("'a'")
			.withMessageContaining("999")
			.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(RefusalReason.TOO_LARGE));
		assertThat(this.conversations.said()).isOne();
		send(file("b", 999));
		assertThat(this.received).hasSize(1);
	}

	@Test
	void diskIsKeptFree() throws Exception {
		listen(options().withMinFreeSpace(DataSize.ofTerabytes(1000)), this.received::add);
		Path file = file("a", 10);
		assertThatExceptionOfType(ReceiverStorageException.class).isThrownBy(() -> send(file));
		assertThat(this.conversations.said()).isOne();
		assertThat(parts()).isEmpty();
	}

	@Test
	void filesThatFitOnlyAloneDoNotArriveTogether() throws Exception {
		this.space = (directory) -> 1500;
		CountDownLatch arriving = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		listen(options().withProgress((progress) -> {
			if (progress.name().equals("first") && progress.bytes() == 0) {
				arriving.countDown();
				await(goOn);
			}
		}), this.received::add);
		Path first = file("first", 1000);
		Path second = file("second", 999);
		CompletableFuture<FileReceipt> sent = CompletableFuture.supplyAsync(() -> send(first));
		assertThat(arriving.await(20, TimeUnit.SECONDS)).isTrue();
		assertThatExceptionOfType(ReceiverStorageException.class).isThrownBy(() -> send(second))
			.withMessageContaining("500 bytes");
		goOn.countDown();
		assertThat(sent).succeedsWithin(Duration.ofSeconds(20));
		send(second);
		assertThat(this.received).extracting(ReceivedFile::name).containsExactly("first", "second");
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * It is looked at after each 64 MiB.
	 */
	@Test
	void transferThatRunsOutOfSpaceGoesOnWhenThereIsSpaceAgain() throws Exception {
		AtomicLong usable = new AtomicLong(DataSize.ofMegabytes(70).toBytes());
		this.space = (directory) -> usable.get();
		listen(options().withMinFreeSpace(DataSize.ofBytes(1)).withProgress((progress) -> {
			if (progress.bytes() == DataSize.ofMegabytes(60).toBytes()) {
				usable.set(0);
			}
		}), this.received::add);
		Path file = file("large", 65 * 1024 * 1024);
		FileTransferOperations sender = new FileTransferTemplate(this.conversations, null, DataSize.ofMegabytes(1), 2,
				List.of());
		assertThatExceptionOfType(ReceiverStorageException.class)
			.isThrownBy(() -> sender.sendFile(LocalConversations.BOB, "files", file))
			.withMessageContaining("0 bytes free");
		assertThat(this.received).isEmpty();
		assertThat(inbox().resolve("large")).doesNotExist();
		assertThat(parts()).hasSize(1);
		usable.set(DataSize.ofMegabytes(2).toBytes());
		assertThat(sender.sendFile(LocalConversations.BOB, "files", file).resumedAt())
			.isEqualTo(DataSize.ofMegabytes(64).toBytes());
		assertThat(this.received.element().path()).hasSameBinaryContentAs(file);
		assertThat(parts()).isEmpty();
	}

	@Test
	void senderThatIsNotAcceptedIsRefused() throws Exception {
		List<Long> asked = new ArrayList<>();
		listen(options(), (offer) -> {
			asked.add(offer.size().getAsLong());
			return !offer.sender().equals(LocalConversations.ALICE);
		}, this.received::add);
		Path file = file("a", 10);
		assertThatExceptionOfType(FileRefusedException.class).isThrownBy(() -> send(file))
			.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(RefusalReason.FORBIDDEN));
		assertThat(asked).containsExactly(10L);
		assertThat(this.conversations.said()).isOne();
	}

	@Test
	void policyThatFailsRefuses() throws Exception {
		listen(options(), (offer) -> {
			throw new IllegalStateException("broken");
		}, this.received::add);
		Path file = file("a", 10);
		assertThatExceptionOfType(FileRefusedException.class).isThrownBy(() -> send(file))
			.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(RefusalReason.FAILED));
	}

	@ParameterizedTest
	@CsvSource({ "2, 1, io.github.ipfstoolkit.transmission.file.PeerTransferLimitException",
			"1, 2, io.github.ipfstoolkit.transmission.file.TooManyTransfersException" })
	void transfersAtTheSameTimeAreLimited(int max, int maxPerPeer, Class<? extends Exception> expected)
			throws Exception {
		CountDownLatch handling = new CountDownLatch(1);
		CountDownLatch released = new CountDownLatch(1);
		listen(options().withMaxTransfers(max, maxPerPeer), (file) -> {
			handling.countDown();
			released.await();
			this.received.add(file);
		});
		Path file = file("a", 10);
		CompletableFuture<FileReceipt> first = CompletableFuture.supplyAsync(() -> send(file));
		handling.await();
		assertThatExceptionOfType(FileRefusedException.class).isThrownBy(
				() -> sender().sendFile(LocalConversations.BOB, "files", file, FileOptions.defaults().withRetries(0)))
			.isExactlyInstanceOf(expected);
		CompletableFuture<FileReceipt> retried = CompletableFuture.supplyAsync(
				() -> sender().sendFile(LocalConversations.BOB, "files", file, FileOptions.defaults().withRetries(20)));
		released.countDown();
		first.get(20, TimeUnit.SECONDS);
		retried.get(20, TimeUnit.SECONDS);
		assertThat(this.received).hasSize(2);
	}

	@Test
	void senderLearnsThatTheListenerHasFailedAndNothingIsLeft() throws Exception {
		listen(options(), (file) -> {
			throw new IllegalStateException("broken");
		});
		Path file = file("a", 10);
		assertThatExceptionOfType(FileRefusedException.class).isThrownBy(() -> send(file))
			.withMessageContaining("its listener failed")
			.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(RefusalReason.FAILED));
		assertThat(inbox().resolve("a")).doesNotExist();
		assertThat(parts()).isEmpty();
	}

	@Test
	void receiverThatStopsTellsSo() throws Exception {
		FileReceiver receiver = listen(options(), this.received::add);
		receiver.drain(Duration.ZERO);
		Path file = file("a", 10);
		assertThatExceptionOfType(FileRefusedException.class).isThrownBy(() -> send(file))
			.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(RefusalReason.STOPPING));
		assertThat(this.conversations.started()).isEqualTo(3);
	}

	@Test
	void contentIsFetchedInPlaceOfSent() throws Exception {
		listen(options(), this.received::add);
		Path file = file("a.bin", 1_000_000);
		FileReceipt receipt = sender().sendFile(LocalConversations.BOB, "files", file,
				FileOptions.byContent().withMetadata("m"));
		assertThat(receipt.cid()).isEqualTo(CID);
		assertThat(this.conversations.said()).isOne();
		assertThat(this.received.element().path()).isEqualTo(inbox().resolve("a.bin")).hasSameBinaryContentAs(file);
		assertThat(this.received.element().sha256()).isEqualTo(sha256(file));
		assertThat(receipt.sha256()).isEqualTo(sha256(file));
		assertThat(this.received.element().metadataText()).isEqualTo("m");
	}

	@ParameterizedTest
	@ValueSource(ints = { 9, 11 })
	void contentOfAnotherSizeThanOfferedIsRefused(int size) throws Exception {
		listen(options(), this.received::add);
		this.published.put(CID, new byte[size]);
		try (Conversation conversation = this.conversations.startConversation(LocalConversations.BOB, "files",
				this.conversations.options())) {
			conversation.say(new FileOffer(10, "a", new byte[0], "id", "call", CID).toDirect());
			assertThat(FileMessage.parse(conversation.listen(Duration.ofSeconds(20))).refusal())
				.isEqualTo(FileRefusal.NO_CONTENT);
		}
		assertThat(parts()).isEmpty();
	}

	@Test
	void contentThatCanNotBeHadIsRefused() throws Exception {
		FileContents nothing = new FileContents() {

			@Override
			public Cid publish(Path file) {
				return CID;
			}

			@Override
			public InputStream open(Cid cid) {
				throw new AssertionError("only published here");
			}
		};
		listen(options(), this.received::add);
		Path file = file("a", 10);
		FileTransferOperations sender = new FileTransferTemplate(this.conversations, nothing, BLOCK, 0, List.of());
		assertThatExceptionOfType(ContentUnavailableException.class)
			.isThrownBy(() -> sender.sendFile(LocalConversations.BOB, "files", file, FileOptions.byContent()))
			.withMessageContaining("not found");
	}

	@Test
	void contentThatDoesNotComeIsRefusedBeforeTheSenderGivesUp() throws Exception {
		listen(options().withTimeout(Duration.ofSeconds(1)), this.received::add);
		try (Conversation conversation = this.conversations.startConversation(LocalConversations.BOB, "files",
				this.conversations.options())) {
			conversation.say(new FileOffer(10, "a", new byte[0], "id", "call", NOWHERE).toDirect());
			FileMessage answer = FileMessage.parse(conversation.listen(Duration.ofSeconds(20)));
			assertThat(answer.refusal()).isEqualTo(FileRefusal.NO_CONTENT);
			assertThat(answer.detail()).contains("750 ms");
		}
		assertThat(this.givenUp.await(20, TimeUnit.SECONDS)).isTrue();
		this.conversations.awaitEnd();
		assertThat(parts()).isEmpty();
	}

	@Test
	void contentIsNoLongerFetchedWhenTheSenderHasGone() throws Exception {
		listen(options().withMaxTransfers(1, 1).withTimeout(Duration.ofHours(1)), this.received::add);
		try (Conversation conversation = this.conversations.startConversation(LocalConversations.BOB, "files",
				this.conversations.options())) {
			conversation.say(new FileOffer(10, "a", new byte[0], "id", "call", NOWHERE).toDirect());
			assertThat(this.searching.await(20, TimeUnit.SECONDS)).isTrue();
		}
		assertThat(this.givenUp.await(20, TimeUnit.SECONDS)).isTrue();
		this.conversations.awaitEnd();
		assertThat(parts()).isEmpty();
		// its place is free
		send(file("b", 10));
		assertThat(this.received).hasSize(1);
	}

	@Test
	void classicReceiverIsSentNothingThatItDoesNotKnow() throws Exception {
		this.conversations = new LocalConversations(false);
		listen(options(), this.received::add);
		Path file = file("a", 10);
		assertThatExceptionOfType(ClassicReceiverException.class)
			.isThrownBy(() -> sender().sendFile(LocalConversations.BOB, "files", file, FileOptions.byContent()));
		assertThatExceptionOfType(ClassicReceiverException.class)
			.isThrownBy(() -> sender().sendFile(LocalConversations.BOB, "files", file,
					FileOptions.defaults().withMetadata(new byte[] { 1, (byte) 255 })))
			.withMessageContaining("FF");
		assertThat(this.conversations.said()).isZero();
	}

	@Test
	void fileOfAClassicSenderIsKeptWhenTheListenerFails() throws Exception {
		this.conversations = new LocalConversations(false);
		CountDownLatch called = new CountDownLatch(1);
		listen(options(), (file) -> {
			called.countDown();
			throw new IllegalStateException("broken");
		});
		Path file = file("a", 10);
		send(file);
		called.await();
		assertThat(inbox().resolve("a")).hasSameBinaryContentAs(file);
	}

	@Test
	void filesOfAConversationAreForItsPeerAlone() throws Exception {
		ReceiverOptions receiverOptions = new ReceiverOptions(1, 100, DataSize.ofMegabytes(1), Duration.ofSeconds(20),
				Duration.ofSeconds(20), Runnable::run);
		FileReceivers receivers = new ConversationFileReceivers(this.conversations, receiverOptions, options(), null,
				List.of());
		BlockingQueue<Conversation> bobs = new LinkedBlockingQueue<>();
		CountDownLatch end = new CountDownLatch(1);
		this.conversations.open("talk", receiverOptions, this.conversations.options(), (conversation) -> {
			try (FileReceiver receiver = receivers.open(conversation, options(), this.received::add)) {
				bobs.add(conversation);
				end.await();
			}
		}, null);
		try (Conversation conversation = this.conversations.startConversation(LocalConversations.BOB, "talk",
				this.conversations.options())) {
			bobs.poll(20, TimeUnit.SECONDS);
			FileReceipt receipt = sender().sendFile(conversation, file("a", 10), FileOptions.defaults());
			assertThat(receipt.listener()).isEqualTo("bobs:files");
			assertThat(this.received.element().listener()).isEqualTo("bobs:files");
		}
		end.countDown();
	}

	@Test
	void whatIsNoFileCanNotBeSent() {
		assertThatExceptionOfType(FileReadException.class).isThrownBy(() -> send(this.directory));
		assertThatExceptionOfType(FileReadException.class).isThrownBy(() -> send(this.directory.resolve("none")));
		assertThat(this.conversations.started()).isZero();
	}

	@Test
	void oldPartsAreDeletedAtTheStart() throws Exception {
		listen(options(), this.received::add);
		this.conversations.breakAt(4);
		Path file = file("a.bin", 100_000);
		assertThatExceptionOfType(ConnectionLostException.class).isThrownBy(
				() -> sender().sendFile(LocalConversations.BOB, "files", file, FileOptions.defaults().withRetries(0)));
		// the receiver writes no more then
		this.conversations.awaitEnd();
		Files.setLastModifiedTime(parts().get(0), FileTime.from(Instant.now().minus(Duration.ofDays(2))));
		listen(options(), this.received::add);
		assertThat(parts()).isEmpty();
	}

	@Test
	void observersAreToldOfEachFile() throws Exception {
		Path file = file("observed", 5000);
		try (FileReceiver receiver = listen(options().withMaxFileSize(DataSize.ofBytes(5000)), this.received::add)) {
			sender().sendFile(LocalConversations.BOB, "files", file);
			Awaitility.await()
				.untilAsserted(() -> assertThat(this.observed).containsOnly("sent 5000", "received 5000"));
			this.observed.clear();
			Path large = file("large", 5001);
			assertThatExceptionOfType(FileTooLargeException.class)
				.isThrownBy(() -> sender().sendFile(LocalConversations.BOB, "files", large));
			assertThat(this.observed).contains("not received: too-large", "failed FileTooLargeException");
		}
	}

}
