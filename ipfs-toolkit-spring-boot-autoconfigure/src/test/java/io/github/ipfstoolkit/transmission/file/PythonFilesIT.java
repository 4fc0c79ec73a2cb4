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

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import io.github.ipfstoolkit.testsupport.ExclusiveOr;
import io.github.ipfstoolkit.testsupport.KuboTestNode;
import io.github.ipfstoolkit.testsupport.PythonPeer;
import io.github.ipfstoolkit.transmission.TransmissionTimeoutException;
import io.github.ipfstoolkit.transmission.conversation.Conversation;
import io.github.ipfstoolkit.transmission.conversation.ConversationOptions;
import io.github.ipfstoolkit.transmission.conversation.ConversationReceiver;
import io.github.ipfstoolkit.transmission.conversation.ConversationTemplate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Files to and from the Python IPFS-Toolkit 0.5.33. Java is on Alice's node when it sends
 * and on Bob's when it receives; Python is on the other one.
 */
@EnabledIfEnvironmentVariable(named = PythonPeer.VARIABLE, matches = ".+")
class PythonFilesIT {

	@TempDir
	private static Path directory;

	private static FilePeers peers;

	private List<String> listenersBefore;

	@BeforeAll
	static void startNodes() {
		peers = new FilePeers(directory);
	}

	@AfterAll
	static void stopNodes() {
		peers.close();
	}

	@BeforeEach
	void lookWhoListens() {
		this.listenersBefore = FilePeers.listeners(peers.nodes.alice);
	}

	/**
	 * 254, 65,024, 64,770 and 16,581,374 bytes have a digit that would be the byte FF.
	 */
	@ParameterizedTest
	@CsvSource({ "0, empty, ''", "1, one.bin, m", "253, a, m", "254, b, m", "255, c, m", "64770, d, m", "65024, e, m",
			"65025, f, m", "1048576, block, m", "5000000, some MB.bin, m", "16581374, 255^3-1, m",
			"10, 'Grüße, 你好 🚀.txt', 'für dich 🚀'" })
	void pythonReceivesWhatJavaSends(int size, String name, String metadata) throws Exception {
		Path file = peers.file(name, size);
		Path inbox = Files.createTempDirectory(directory, "python");
		try (PythonPeer python = PythonPeer.start(peers.nodes.bob, "receive_files.py", "to-python", inbox.toString())) {
			python.awaitLine("listening");
			FileReceipt receipt = peers.files.sendFile(peers.nodes.bobsId, "to-python", file,
					FileOptions.defaults().withMetadata(metadata));
			assertThat(python.awaitLine("received")).isEqualTo("received %s %s %d %s m%s"
				.formatted(peers.nodes.alicesId, hex(name), size, FilePeers.sha256(file), hex(metadata)));
			assertThat(receipt.sha256()).isEqualTo(FilePeers.sha256(file));
		}
		assertNamesAreGivenBack();
	}

	@ParameterizedTest
	@CsvSource({ "0, empty, ''", "1, one.bin, 6d", "254, b, 6d", "255, c, ''", "64770, d, 6d", "65024, e, 00ff01ffff",
			"65025, f, 6d", "1048576, block, 6d", "5000000, some MB.bin, 6d", "16581374, 255^3-1, ff",
			"10, 'Grüße, 你好 🚀.txt', ''" })
	void javaReceivesWhatPythonSends(int size, String name, String metadata) throws Exception {
		Path file = peers.file(name, size);
		try (FileReceiver receiver = peers.listen("from-python");
				PythonPeer python = PythonPeer.start(peers.nodes.alice, "send_file.py", peers.nodes.bobsId.toString(),
						receiver.listener(), file.toString(), metadata)) {
			assertThat(python.awaitLine("sent")).isEqualTo("sent");
			ReceivedFile received = peers.received.poll(20, TimeUnit.SECONDS);
			assertThat(received.path()).hasSameBinaryContentAs(file);
			assertThat(received.name()).isEqualTo(name);
			assertThat(received.size()).isEqualTo(size);
			assertThat(received.metadata()).isEqualTo(HexFormat.of().parseHex(metadata));
			assertThat(received.sender()).isEqualTo(peers.nodes.alicesId);
			assertThat(received.sha256()).isEqualTo(FilePeers.sha256(file));
		}
	}

	@Test
	void pythonReceivesWhatIsEncrypted() throws Exception {
		Path file = peers.file("secret", 3_000_000);
		Path inbox = Files.createTempDirectory(directory, "python");
		try (PythonPeer python = PythonPeer.start(peers.nodes.bob, "receive_files.py", "secret", inbox.toString(),
				"90")) {
			python.awaitLine("listening");
			peers.files.sendFile(peers.nodes.bobsId, "secret", file,
					FileOptions.defaults().withMetadata("m").withCipher(new ExclusiveOr()));
			assertThat(python.awaitLine("received")).isEqualTo("received %s %s 3000000 %s m6d"
				.formatted(peers.nodes.alicesId, hex("secret"), FilePeers.sha256(file)));
		}
	}

	@Test
	void encryptedFileOfPythonIsReceived() throws Exception {
		Path file = peers.file("secret", 3_000_000);
		FileReceiverOptions options = peers.options().withCipher(new ExclusiveOr());
		try (FileReceiver receiver = peers.listen("java-secret", options, peers.received::add);
				PythonPeer python = PythonPeer.start(peers.nodes.alice, "send_file.py", peers.nodes.bobsId.toString(),
						receiver.listener(), file.toString(), "6d", "90")) {
			assertThat(python.awaitLine("sent")).isEqualTo("sent");
			ReceivedFile received = peers.received.poll(20, TimeUnit.SECONDS);
			assertThat(received.path()).hasSameBinaryContentAs(file);
			assertThat(received.metadataText()).isEqualTo("m");
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void filesGoBothWaysWithinAConversationThatJavaStarts(boolean encrypted) throws Exception {
		Path file = peers.file("conversation", 2_500_000);
		Path inbox = Files.createTempDirectory(directory, "python");
		List<String> arguments = new ArrayList<>(List.of("join", "talk" + encrypted, inbox.toString()));
		ConversationOptions options = peers.nodes.alices.options();
		if (encrypted) {
			arguments.add("90");
			options = options.withCipher(new ExclusiveOr());
		}
		try (PythonPeer python = PythonPeer.start(peers.nodes.bob, "conversation_files.py",
				arguments.toArray(String[]::new))) {
			python.awaitLine("listening");
			try (Conversation conversation = peers.nodes.alices.startConversation(peers.nodes.bobsId,
					"talk" + encrypted, options)) {
				exchange(conversation, peers.nodes.alices, file, python);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void filesGoBothWaysWithinAConversationThatPythonStarts(boolean encrypted) throws Exception {
		Path file = peers.file("conversation", 2_500_000);
		Path inbox = Files.createTempDirectory(directory, "python");
		List<String> arguments = new ArrayList<>(List.of("start", "pythons" + encrypted, peers.nodes.bobsId.toString(),
				"java" + encrypted, inbox.toString()));
		ConversationOptions options = peers.nodes.bobs.options();
		if (encrypted) {
			arguments.add("90");
			options = options.withCipher(new ExclusiveOr());
		}
		BlockingQueue<Conversation> started = new LinkedBlockingQueue<>();
		CountDownLatch end = new CountDownLatch(1);
		try (ConversationReceiver receiver = peers.nodes.bobs.open("java" + encrypted, peers.nodes.receiverOptions(4),
				options, (conversation) -> {
					started.add(conversation);
					end.await();
				}, null);
				PythonPeer python = PythonPeer.start(peers.nodes.alice, "conversation_files.py",
						arguments.toArray(String[]::new))) {
			Conversation conversation = started.poll(30, TimeUnit.SECONDS);
			assertThat(conversation).isNotNull();
			exchange(conversation, peers.nodes.bobs, file, python);
			python.input(new byte[0]).awaitLine("closed");
		}
		finally {
			end.countDown();
		}
	}

	/**
	 * Sends a file within a conversation, and gets it back, with progress at both ends.
	 */
	private static void exchange(Conversation conversation, ConversationTemplate conversations, Path file,
			PythonPeer python) throws Exception {
		List<FileProgress> sending = new CopyOnWriteArrayList<>();
		List<FileProgress> receiving = new CopyOnWriteArrayList<>();
		BlockingQueue<ReceivedFile> back = new LinkedBlockingQueue<>();
		FileReceiverOptions options = FileReceiverOptions.of(Files.createTempDirectory(directory, "java"))
			.withMinFreeSpace(DataSize.ofBytes(0))
			.withProgress(receiving::add);
		try (FileReceiver receiver = new ConversationFileReceivers(conversations, peers.nodes.receiverOptions(4),
				options, null, List.of())
			.open(conversation, options, back::add)) {
			new FileTransferTemplate(conversations, null, FileTransferTemplate.DEFAULT_BLOCK_SIZE, 0, List.of())
				.sendFile(conversation, file, FileOptions.defaults().withMetadata("m").withProgress(sending::add));
			assertThat(python.awaitLine("received"))
				.isEqualTo("received 2500000 %s m6d".formatted(FilePeers.sha256(file)));
			assertThat(python.awaitLine("progress 1")).startsWith("progress 1");
			ReceivedFile received = back.poll(30, TimeUnit.SECONDS);
			assertThat(received).isNotNull();
			assertThat(received.path()).hasSameBinaryContentAs(file);
			assertThat(received.name()).isEqualTo("back.bin");
			assertThat(received.metadataText()).isEqualTo("back");
		}
		assertThat(sending).extracting(FileProgress::bytes).contains(0L, 1_048_576L, 2_500_000L).isSorted();
		assertThat(receiving).extracting(FileProgress::bytes).startsWith(0L).endsWith(2_500_000L).isSorted();
		assertThat(receiving).extracting(FileProgress::total).containsOnly(2_500_000L);
	}

	@Test
	void twoFilesOfOneNameAtTheSameTime() throws Exception {
		Path one = Files.move(peers.file("one", 2_000_000),
				Files.createDirectories(directory.resolve("1")).resolve("same"));
		Path two = Files.move(peers.file("two", 2_000_001),
				Files.createDirectories(directory.resolve("2")).resolve("same"));
		Path inbox = Files.createTempDirectory(directory, "python");
		try (PythonPeer python = PythonPeer.start(peers.nodes.bob, "receive_files.py", "same", inbox.toString())) {
			python.awaitLine("listening");
			List<CompletableFuture<FileReceipt>> sent = Stream.of(one, two)
				.map((file) -> CompletableFuture
					.supplyAsync(() -> peers.files.sendFile(peers.nodes.bobsId, "same", file), peers.nodes.executor))
				.toList();
			String lines = python.awaitLine("received") + "\n" + python.awaitLine("received");
			assertThat(lines).contains(FilePeers.sha256(one)).contains(FilePeers.sha256(two));
			CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);
		}
	}

	@Test
	void pythonThatStopsAcknowledgingIsWaitedForAsLongAsTheCallSays() throws Exception {
		Path file = peers.file("stopped", 5_000_000);
		Path inbox = Files.createTempDirectory(directory, "python");
		Duration timeout = Duration.ofSeconds(5);
		AtomicLong suspendedAt = new AtomicLong();
		try (PythonPeer python = PythonPeer.start(peers.nodes.bob, "receive_files.py", "stopped", inbox.toString())) {
			python.awaitLine("listening");
			FileOptions options = FileOptions.defaults().withTimeout(timeout).withProgress((progress) -> {
				if (progress.bytes() >= 2_000_000 && suspendedAt.compareAndSet(0, System.nanoTime())) {
					python.suspend();
				}
			});
			assertThatExceptionOfType(TransmissionTimeoutException.class)
				.isThrownBy(() -> peers.files.sendFile(peers.nodes.bobsId, "stopped", file, options))
				.satisfies((ex) -> assertThat(ex.getTimeout()).isEqualTo(timeout));
			// the application's own is 30 seconds
			assertThat(Duration.ofNanos(System.nanoTime() - suspendedAt.get())).isBetween(timeout,
					Duration.ofSeconds(25));
			python.resume();
		}
		assertNamesAreGivenBack();
	}

	/**
	 * Each from a node of its own: two on one node would take each other's name there.
	 */
	@Test
	void twoPythonsSendAFileOfOneNameAtTheSameTime() throws Exception {
		Path one = Files.move(peers.file("one", 3_000_000),
				Files.createDirectories(directory.resolve("3")).resolve("twin.bin"));
		Path two = Files.move(peers.file("two", 3_000_001),
				Files.createDirectories(directory.resolve("4")).resolve("twin.bin"));
		CyclicBarrier together = new CyclicBarrier(2);
		FileReceiverOptions options = peers.options().withProgress((progress) -> {
			if (progress.bytes() == 0) {
				await(together);
			}
		});
		try (KuboTestNode carol = KuboTestNode.start();
				FileReceiver receiver = peers.listen("twins", options, peers.received::add)) {
			carol.connectTo(peers.nodes.bob);
			String[] alices = { peers.nodes.bobsId.toString(), "twins", one.toString(), "" };
			String[] carols = { peers.nodes.bobsId.toString(), "twins", two.toString(), "" };
			try (PythonPeer first = PythonPeer.start(peers.nodes.alice, "send_file.py", alices);
					PythonPeer second = PythonPeer.start(carol, "send_file.py", carols)) {
				first.awaitLine("sent");
				second.awaitLine("sent");
			}
			List<ReceivedFile> received = new ArrayList<>();
			for (int i = 0; i < 2; i++) {
				received.add(peers.received.poll(20, TimeUnit.SECONDS));
			}
			assertThat(received).doesNotContainNull();
			received.sort(Comparator.comparing(ReceivedFile::size));
			assertThat(received).extracting(ReceivedFile::name).containsOnly("twin.bin");
			assertThat(received).extracting((file) -> file.path().getFileName().toString())
				.containsExactlyInAnyOrder("twin.bin", "twin (1).bin");
			assertThat(received).extracting(ReceivedFile::sender).containsExactly(peers.nodes.alicesId, carol.peerId());
			assertThat(received.get(0).path()).hasSameBinaryContentAs(one);
			assertThat(received.get(1).path()).hasSameBinaryContentAs(two);
		}
		assertThat(peers.parts()).isEmpty();
	}

	private static void await(CyclicBarrier barrier) {
		try {
			barrier.await(20, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (BrokenBarrierException | TimeoutException ex) {
			throw new AssertionError("The other file does not arrive at the same time", ex);
		}
	}

	@Test
	void whatPythonCouldNotReadIsNotSent() throws Exception {
		Path file = peers.file("x", 10);
		Path inbox = Files.createTempDirectory(directory, "python");
		try (PythonPeer python = PythonPeer.start(peers.nodes.bob, "receive_files.py", "strict", inbox.toString())) {
			python.awaitLine("listening");
			assertThatExceptionOfType(ClassicReceiverException.class)
				.isThrownBy(() -> peers.files.sendFile(peers.nodes.bobsId, "strict", file,
						FileOptions.defaults().withMetadata(new byte[] { (byte) 255 })));
		}
		assertThat(inbox).isEmptyDirectory();
		assertNamesAreGivenBack();
	}

	/**
	 * A Python peer that is ended may leave its own name behind.
	 */
	private void assertNamesAreGivenBack() {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(FilePeers.listeners(peers.nodes.alice)).isSubsetOf(this.listenersBefore));
	}

	private static String hex(String text) {
		return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
	}

}
