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
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.p2p.ProtocolInUseException;
import io.github.ipfstoolkit.rpc.P2pApi;
import io.github.ipfstoolkit.testsupport.KuboTestNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.InputStreamResource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for sending and receiving messages between two real nodes.
 */
class TransmissionIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(15);

	private static TwoPeers peers;

	private static PeerId bob;

	private final BlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();

	@BeforeAll
	static void start() {
		peers = new TwoPeers();
		bob = peers.bob.peerId();
	}

	@AfterAll
	static void stop() {
		peers.close();
	}

	@BeforeEach
	void forgetEvents() {
		peers.observer.clear();
	}

	private TransmissionReceiver receiver(String listener) {
		return peers.receivers.open(listener, peers.options(4), (message) -> this.messages.add(message.bytes()));
	}

	private byte[] next() throws InterruptedException {
		byte[] message = this.messages.poll(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
		assertThat(message).as("a message in time").isNotNull();
		return message;
	}

	private static byte[] random(int length) {
		byte[] bytes = new byte[length];
		new Random(length).nextBytes(bytes);
		return bytes;
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp", "quic-v1" })
	void messagesOfAnyLengthArrive(String transport) throws Exception {
		peers.alice.kubo().swarm().disconnect(Multiaddr.of("/p2p/" + bob)).block();
		peers.alice.connectTo(peers.bob, transport);
		try (TransmissionReceiver receiver = receiver("sizes")) {
			for (int length : new int[] { 1, 0, 254, 255, 256, 65024, 65025, 65026, 65536, 1 << 20, 0, 5 << 20 }) {
				byte[] message = random(length);
				Receipt receipt = peers.transmissions.send(bob, receiver.listener(), message);
				assertThat(next()).isEqualTo(message);
				assertThat(receipt.bytes()).isEqualTo(length);
				assertThat(receipt.peer()).isEqualTo(bob);
				assertThat(receipt.duration()).isPositive();
			}
		}
		assertThat(peers.observer.sent).hasSize(12);
		// the receiver counts a message once it is acknowledged
		Awaitility.await().untilAsserted(() -> assertThat(peers.observer.received).hasSize(12));
		assertThat(peers.observer.receiveFailures).isEmpty();
	}

	@Test
	void emptyMessageCanBeTheFirst() throws Exception {
		try (TransmissionReceiver receiver = receiver("empty")) {
			peers.transmissions.send(bob, receiver.listener(), "");
			assertThat(next()).isEmpty();
		}
	}

	@Test
	void payloadsOfAllKindsArrive(@TempDir Path directory) throws Exception {
		Path file = Files.write(directory.resolve("file"), random(300_000));
		try (TransmissionReceiver receiver = receiver("kinds")) {
			String listener = receiver.listener();
			peers.transmissions.send(bob.toString(), listener, "grüße 🌍");
			assertThat(next()).asString().isEqualTo("grüße 🌍");
			peers.transmissions.send(bob, listener, Map.of("answer", 42));
			assertThat(next()).asString().isEqualTo("{\"answer\":42}");
			peers.transmissions.send(bob, listener, new FileSystemResource(file));
			assertThat(next()).isEqualTo(random(300_000));
			peers.transmissions.send(bob, listener, new ByteArrayInputStream(random(300_000)));
			assertThat(next()).isEqualTo(random(300_000));
			peers.transmissions.send(bob, listener, new InputStreamResource(Files.newInputStream(file)));
			assertThat(next()).isEqualTo(random(300_000));
		}
	}

	@Test
	void hundredMegabytesAreStreamed() throws Exception {
		long length = 100L << 20;
		MessageDigest digest = MessageDigest.getInstance("SHA-256");
		MessageDigest expected = MessageDigest.getInstance("SHA-256");
		try (TransmissionReceiver receiver = peers.receivers.open("large", peers.options(1), (message) -> {
			assertThat(message.length()).isEqualTo(length);
			byte[] buffer = new byte[65536];
			int count = message.content().read(buffer);
			while (count >= 0) {
				digest.update(buffer, 0, count);
				count = message.content().read(buffer);
			}
		})) {
			byte[] block = random(1 << 20);
			for (int i = 0; i < 100; i++) {
				expected.update(block);
			}
			peers.transmissions.send(bob, receiver.listener(), repeating(block, 100));
		}
		assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(HexFormat.of().formatHex(expected.digest()));
	}

	private static InputStream repeating(byte[] block, int times) {
		return new SequenceInputStream(Collections
			.enumeration(IntStream.range(0, times).mapToObj((i) -> new ByteArrayInputStream(block)).toList()));
	}

	@Test
	void senderIsTheAuthenticatedPeer() throws Exception {
		BlockingQueue<PeerId> senders = new LinkedBlockingQueue<>();
		try (TransmissionReceiver receiver = peers.receivers.open("who", peers.options(1),
				(message) -> senders.add(message.sender()))) {
			peers.transmissions.send(bob, receiver.listener(), "x");
			assertThat(senders.poll(30, TimeUnit.SECONDS)).isEqualTo(peers.alice.peerId());
		}
	}

	@Test
	void furtherMessagesUseTheSameStream() throws Exception {
		try (TransmissionReceiver receiver = receiver("warm")) {
			peers.transmissions.send(bob, receiver.listener(), "first");
			List<P2pApi.Stream> streams = peers.alice.kubo().p2p().streams().block().streams();
			for (int i = 0; i < 50; i++) {
				peers.transmissions.send(bob, receiver.listener(), "message " + i);
			}
			assertThat(peers.alice.kubo().p2p().streams().block().streams()).extracting(P2pApi.Stream::id)
				.containsExactlyElementsOf(streams.stream().map(P2pApi.Stream::id).toList());
			assertThat(this.messages).hasSize(51);
		}
	}

	@Test
	void severalSendersAreServedAtTheSameTimeUpToTheConcurrency() throws Exception {
		AtomicInteger current = new AtomicInteger();
		AtomicInteger highest = new AtomicInteger();
		try (TransmissionReceiver receiver = peers.receivers.open("parallel", peers.options(4), (message) -> {
			highest.accumulateAndGet(current.incrementAndGet(), Math::max);
			message.bytes();
			new CountDownLatch(1).await(5, TimeUnit.MILLISECONDS);
			current.decrementAndGet();
			this.messages.add(message.bytes());
		})) {
			List<Callable<Receipt>> sendings = new ArrayList<>();
			for (int i = 0; i < 400; i++) {
				String text = "message " + i;
				sendings.add(() -> peers.transmissions.send(bob, receiver.listener(), text));
			}
			ExecutorService senders = Executors.newFixedThreadPool(32);
			for (Future<Receipt> sending : senders.invokeAll(sendings)) {
				sending.get();
			}
			senders.shutdown();
			assertThat(highest).hasValue(4);
			Awaitility.await().untilAsserted(() -> assertThat(peers.observer.received).hasSize(400));
		}
	}

	@Test
	void handlerThatThrowsIsARefusalAndHasNoEffectOnOthers() throws Exception {
		AtomicBoolean failing = new AtomicBoolean(true);
		try (TransmissionReceiver receiver = peers.receivers.open("failing", peers.options(2), (message) -> {
			if (failing.get()) {
				throw new IllegalStateException("secret");
			}
			this.messages.add(message.bytes());
		})) {
			for (int length : new int[] { 1, 100_000, 3 << 20, 1, 1, 200 << 20 >> 3 }) {
				assertThatExceptionOfType(TransmissionRefusedException.class)
					.isThrownBy(() -> peers.transmissions.send(bob, receiver.listener(), random(length)))
					.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(RefusalReason.FAILED))
					.withMessageNotContaining("secret");
			}
			failing.set(false);
			peers.transmissions.send(bob, receiver.listener(), "good");
			assertThat(next()).asString().isEqualTo("good");
			assertThat(peers.observer.sendFailures).hasSize(6);
			Awaitility.await()
				.untilAsserted(() -> assertThat(peers.observer.receiveFailures).hasSize(6)
					.containsOnly(ReceiveFailure.HANDLER));
		}
	}

	@Test
	void messageThatIsTooLongForMemoryIsRefused() throws Exception {
		ReceiverOptions options = peers.options(1);
		ReceiverOptions small = new ReceiverOptions(1, 8, DataSize.ofKilobytes(1), options.readTimeout(),
				options.idleTimeout(), options.executor());
		try (TransmissionReceiver receiver = peers.receivers.open("small", small,
				(message) -> this.messages.add(message.bytes()))) {
			assertThatExceptionOfType(TransmissionRefusedException.class)
				.isThrownBy(() -> peers.transmissions.send(bob, receiver.listener(), random(1025)))
				.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(RefusalReason.TOO_LARGE));
			peers.transmissions.send(bob, receiver.listener(), random(1024));
			assertThat(next()).hasSize(1024);
		}
	}

	@Test
	void handlerNeedNotReadTheMessage() throws Exception {
		AtomicInteger handled = new AtomicInteger();
		try (TransmissionReceiver receiver = peers.receivers.open("ignoring", peers.options(1),
				(message) -> handled.incrementAndGet())) {
			for (int length : new int[] { 10, 500_000, 10, 4 << 20, 10 }) {
				peers.transmissions.send(bob, receiver.listener(), random(length));
			}
			assertThat(handled).hasValue(5);
		}
	}

	@Test
	void slowHandlerIsATimeoutAndItsMessageIsNotSentAgain() throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		AtomicInteger handled = new AtomicInteger();
		TransmissionTemplate impatient = peers.sender(new SenderOptions(Duration.ofSeconds(5), 3, 4, TIMEOUT));
		try (TransmissionReceiver receiver = peers.receivers.open("slow", peers.options(2), (message) -> {
			if (handled.incrementAndGet() == 1) {
				release.await();
			}
		})) {
			assertThatExceptionOfType(TransmissionTimeoutException.class)
				.isThrownBy(() -> impatient.send(bob, receiver.listener(), "x"));
			impatient.send(bob, receiver.listener(), "y");
			assertThat(handled).hasValue(2);
		}
		finally {
			release.countDown();
			impatient.stop();
		}
	}

	@Test
	void drainingLetsHandledMessagesBeAcknowledgedAndTakesNoMore() throws Exception {
		CountDownLatch started = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		TransmissionReceiver receiver = peers.receivers.open("draining", peers.options(2), (message) -> {
			started.countDown();
			release.await();
		});
		ExecutorService sender = Executors.newSingleThreadExecutor();
		Future<Receipt> sending = sender.submit(() -> peers.transmissions.send(bob, "draining", "x"));
		started.await();
		assertThat(receiver.isActive()).isTrue();
		assertThat(receiver.drain(Duration.ofMillis(100))).isFalse();
		assertThat(receiver.isActive()).isFalse();
		assertThatExceptionOfType(ListenerNotFoundException.class)
			.isThrownBy(() -> peers.transmissions.send(bob, "draining", "late"));
		release.countDown();
		assertThat(receiver.drain(TIMEOUT)).isTrue();
		assertThat(sending.get().bytes()).isEqualTo(1);
		receiver.close();
		receiver.close();
		sender.shutdown();
		receiver("draining").close();
	}

	@Test
	void nameThatIsTakenIsReportedAndLeavesNothingBehind() {
		try (TransmissionReceiver receiver = receiver("taken")) {
			assertThat(receiver.isActive()).isTrue();
			assertThatExceptionOfType(ProtocolInUseException.class).isThrownBy(() -> receiver("taken"));
		}
		assertThat(peers.bob.kubo().p2p().ls().block().listeners()).isEmpty();
	}

	@Test
	void errorsSayWhatIsWrong() {
		assertThatExceptionOfType(PeerNotFoundException.class)
			.isThrownBy(() -> peers.transmissions.send("nobody", "chat", "x"))
			.withMessageContaining("'nobody'");
		assertThatExceptionOfType(InvalidPeerException.class)
			.isThrownBy(() -> peers.transmissions.send(peers.alice.peerId(), "chat", "x"));
		assertThatExceptionOfType(ListenerNotFoundException.class)
			.isThrownBy(() -> peers.transmissions.send(bob, "nothing", "x"))
			.withMessageContaining("nothing there listens as 'nothing'. Check the name")
			.satisfies((ex) -> {
				assertThat(ex.getListener()).isEqualTo("nothing");
				assertThat(ex.getPeer()).isEqualTo(bob);
			});
		PeerId stranger = PeerId.of("12D3KooWSqWVnXUtxkWGg8mTJzHhgwgrQDSxLEZsTZbDyGNnBtjn");
		assertThatExceptionOfType(PeerNotFoundException.class)
			.isThrownBy(() -> peers.transmissions.send(stranger, "chat", "x"))
			.satisfies((ex) -> assertThat(ex.getPeer()).isEqualTo(stranger.toString()));
		assertThat(peers.observer.sendFailures).hasSize(4);
	}

	@Test
	void restartedReceiverIsFoundAgain() throws Exception {
		receiverThatTook("restarted", "one").close();
		assertThat(peers.observer.sent).hasSize(1);
		receiverThatTook("restarted", "two").close();
		assertThat(this.messages).hasSize(2);
	}

	private TransmissionReceiver receiverThatTook(String listener, String text) {
		TransmissionReceiver receiver = receiver(listener);
		peers.transmissions.send(bob, listener, text);
		return receiver;
	}

	@Test
	void idleStreamsAndForwardsAreGivenBack() throws Exception {
		TransmissionTemplate tidy = peers.sender(new SenderOptions(TIMEOUT, 3, 16, Duration.ofSeconds(5)));
		try (TransmissionReceiver receiver = receiver("idle")) {
			tidy.send(bob, receiver.listener(), "one");
			assertThat(forwardsTo("idle")).isEqualTo(1);
			Awaitility.await().untilAsserted(() -> assertThat(forwardsTo("idle")).isZero());
			Awaitility.await().untilAsserted(() -> assertThat(streamsOf("idle")).isZero());
			tidy.send(bob, receiver.listener(), "two");
			assertThat(this.messages).hasSize(2);
		}
		finally {
			tidy.stop();
		}
	}

	private static long forwardsTo(String listener) {
		return peers.alice.kubo()
			.p2p()
			.ls()
			.block()
			.listeners()
			.stream()
			.filter((mount) -> mount.protocol().startsWith("/x/" + listener))
			.count();
	}

	private static long streamsOf(String listener) {
		return peers.alice.kubo()
			.p2p()
			.streams()
			.block()
			.streams()
			.stream()
			.filter((stream) -> stream.protocol().startsWith("/x/" + listener))
			.count();
	}

	@Test
	void messagesFlowAgainAfterEitherNodeWasKilled() throws Exception {
		Map<String, Integer> handled = new ConcurrentHashMap<>();
		try (TransmissionReceiver receiver = peers.receivers.open("kills", peers.options(4),
				(message) -> handled.merge(new String(message.bytes()), 1, Integer::sum))) {
			peers.transmissions.send(bob, receiver.listener(), "before");
			int number = 0;
			for (KuboTestNode node : Arrays.asList(peers.bob, peers.alice)) {
				node.killAndRestart();
				long restarted = System.nanoTime();
				String text = "after " + number++;
				Awaitility.await()
					.atMost(TIMEOUT)
					.pollDelay(Duration.ZERO)
					.ignoreExceptionsInstanceOf(TransmissionException.class)
					.until(() -> peers.transmissions.send(bob, receiver.listener(), text) != null);
				System.out.printf("messages flow %d ms after the restart%n",
						(System.nanoTime() - restarted) / 1_000_000);
				assertThat(handled).containsKey(text);
			}
			assertThat(receiver.isActive()).isTrue();
		}
	}

	@Test
	void shortMessageThatBreaksOffIsNotHandled() throws Exception {
		AtomicInteger handled = new AtomicInteger();
		try (TransmissionReceiver receiver = peers.receivers.open("cut", peers.options(1),
				(message) -> handled.incrementAndGet());
				var forward = peers.alicesTunnels.forward(bob, "cut.standing");
				var stream = forward.open(TIMEOUT)) {
			stream.output().write(new byte[] { 11, 0, 1, 2, 3 });
			Awaitility.await()
				.atMost(TIMEOUT)
				.untilAsserted(() -> assertThat(peers.observer.receiveFailures).containsExactly(ReceiveFailure.BROKEN));
			assertThat(handled).hasValue(0);
		}
	}

	@Test
	void handlerThatPassesOverABrokenConnectionIsNotAcknowledged() throws Exception {
		CountDownLatch started = new CountDownLatch(1);
		CountDownLatch ended = new CountDownLatch(1);
		try (TransmissionReceiver receiver = peers.receivers.open("broken", peers.options(1), (message) -> {
			started.countDown();
			try {
				message.bytes();
			}
			catch (IOException ex) {
				ended.countDown();
			}
		}); var forward = peers.alicesTunnels.forward(bob, "broken.standing"); var stream = forward.open(TIMEOUT)) {
			stream.output().write(Frame.header(100_000));
			stream.output().write(new byte[] { 1, 2, 3 });
			assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
			stream.close();
			assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
			Awaitility.await()
				.untilAsserted(() -> assertThat(peers.observer.receiveFailures).containsExactly(ReceiveFailure.BROKEN));
			assertThat(peers.observer.received).isEmpty();
			peers.transmissions.send(bob, receiver.listener(), "next");
		}
	}

}
