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
package io.github.ipfstoolkit.transmission.conversation;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.p2p.SwarmPeerDirectory;
import io.github.ipfstoolkit.p2p.TunnelListener;
import io.github.ipfstoolkit.p2p.TunnelStream;
import io.github.ipfstoolkit.rpc.P2pApi;
import io.github.ipfstoolkit.transmission.AckMode;
import io.github.ipfstoolkit.transmission.AesGcmCipher;
import io.github.ipfstoolkit.transmission.DecryptionException;
import io.github.ipfstoolkit.transmission.InvalidPeerException;
import io.github.ipfstoolkit.transmission.ListenerNotFoundException;
import io.github.ipfstoolkit.transmission.MessageTooLargeException;
import io.github.ipfstoolkit.transmission.ReceiverOptions;
import io.github.ipfstoolkit.transmission.RefusalReason;
import io.github.ipfstoolkit.transmission.SenderOptions;
import io.github.ipfstoolkit.transmission.TransmissionReceiver;
import io.github.ipfstoolkit.transmission.TransmissionRefusedException;
import io.github.ipfstoolkit.transmission.TransmissionTemplate;
import io.github.ipfstoolkit.transmission.TransmissionTimeoutException;
import io.github.ipfstoolkit.transmission.TunnelTransmissionReceivers;
import io.github.ipfstoolkit.transmission.conversation.ConversationEndedException.Reason;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for conversations between two of this toolkit.
 */
@Timeout(120)
class ConversationIT {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static ConversingPeers peers;

	private Set<P2pApi.Mount> before;

	@BeforeAll
	static void startNodes() {
		peers = new ConversingPeers();
	}

	@AfterAll
	static void stopNodes() {
		peers.close();
	}

	@BeforeEach
	void lookAtNames() {
		this.before = listeners();
	}

	/**
	 * However a test has ended its conversations, no name that was mounted stays so.
	 */
	@AfterEach
	void namesAreGivenBack() {
		Awaitility.await()
			.atMost(PATIENCE)
			.pollDelay(Duration.ZERO)
			.untilAsserted(() -> assertThat(listeners()).isEqualTo(this.before));
	}

	private static Set<P2pApi.Mount> listeners() {
		return Stream.of(peers.alice, peers.bob)
			.flatMap((node) -> node.kubo().p2p().ls().block().listeners().stream())
			.filter((mount) -> !mount.isForward())
			.collect(Collectors.toSet());
	}

	private static void echo(Conversation conversation) {
		for (byte[] message : conversation) {
			conversation.say(message);
		}
	}

	@Test
	void whatIsSaidIsHeardInOrder() {
		try (ConversationReceiver receiver = peers.listen("echo", ConversationIT::echo);
				Conversation conversation = peers.alices.startConversation(peers.bobsId, "echo")) {
			assertThat(conversation.isDirect()).isTrue();
			assertThat(conversation.peer()).isEqualTo(peers.bobsId);
			assertThat(receiver.isActive()).isTrue();
			for (int i = 0; i < 100; i++) {
				conversation.say("message " + i);
			}
			for (int i = 0; i < 100; i++) {
				assertThat(conversation.listenText(PATIENCE)).isEqualTo("message " + i);
			}
		}
	}

	@Test
	void bytesTextAndObjectsCanBeSaid() {
		try (ConversationReceiver receiver = peers.listen("kinds", ConversationIT::echo);
				Conversation conversation = peers.alices.startConversation(peers.bobsId, "kinds")) {
			conversation.say(new byte[0]);
			assertThat(conversation.listen(PATIENCE)).isEmpty();
			conversation.say("Grüße");
			assertThat(conversation.listen(String.class, PATIENCE)).isEqualTo("Grüße");
			conversation.say(Map.of("one", 1));
			assertThat(conversation.listen(Map.class, PATIENCE)).isEqualTo(Map.of("one", 1));
			byte[] large = random(5_000_000);
			Future<?> said = peers.executor.submit(() -> conversation.say(large));
			assertThat(conversation.listen(PATIENCE)).isEqualTo(large);
			assertThat(said).succeedsWithin(PATIENCE);
		}
	}

	@Test
	void bothEndsSayMuchAtOnceWithoutBeingStuck() {
		byte[] large = random(8_000_000);
		try (ConversationReceiver receiver = peers.listen("both", (conversation) -> {
			Future<byte[]> heard = peers.executor.submit(() -> conversation.listen(PATIENCE));
			conversation.say(large);
			conversation.say(new byte[] { (byte) (heard.get().length == large.length ? 1 : 0) });
		}); Conversation conversation = peers.alices.startConversation(peers.bobsId, "both")) {
			Future<?> said = peers.executor.submit(() -> conversation.say(large));
			assertThat(conversation.listen(PATIENCE)).isEqualTo(large);
			assertThat(said).succeedsWithin(PATIENCE);
			assertThat(conversation.listen(PATIENCE)).containsExactly(1);
		}
	}

	@Test
	void bothEndsSayWithoutListeningUpToTheWindow() throws Exception {
		CountDownLatch said = new CountDownLatch(1);
		byte[] message = random(100_000);
		try (ConversationReceiver receiver = peers.listen("deaf", (conversation) -> {
			for (int i = 0; i < 10; i++) {
				conversation.say(message);
			}
			said.countDown();
			for (int i = 0; i < 10; i++) {
				conversation.listen(PATIENCE);
			}
		}); Conversation conversation = peers.alices.startConversation(peers.bobsId, "deaf")) {
			for (int i = 0; i < 10; i++) {
				conversation.say(message);
			}
			assertThat(said.await(30, TimeUnit.SECONDS)).isTrue();
			for (int i = 0; i < 10; i++) {
				assertThat(conversation.listen(PATIENCE)).isEqualTo(message);
			}
		}
	}

	@Test
	void manyMessagesAreSaidAheadAndCounted() {
		CompletableFuture<Long> heard = new CompletableFuture<>();
		try (ConversationReceiver receiver = peers.listen("ahead", (conversation) -> {
			long count = 0;
			for (byte[] message : conversation) {
				count += message.length;
			}
			heard.complete(count);
		})) {
			long start = System.nanoTime();
			try (Conversation conversation = peers.alices.startConversation(peers.bobsId, "ahead")) {
				byte[] block = random(1024 * 1024);
				for (int i = 0; i < 200; i++) {
					conversation.sayAhead(block, 0, block.length);
				}
				conversation.awaitReceived();
			}
			System.out.printf("200 MiB said ahead: %.0f MB/s%n", 200 * 1.048576e9 / (System.nanoTime() - start));
			assertThat(heard).succeedsWithin(PATIENCE).isEqualTo(200L * 1024 * 1024);
		}
	}

	@Test
	void messageLongerThanTheLimitCanBeReadAsItArrives() throws Exception {
		CompletableFuture<Long> heard = new CompletableFuture<>();
		try (ConversationReceiver receiver = peers.bobs.open("stream", peers.receiverOptions(1),
				peers.bobs.options().withMaxMessageSize(DataSize.ofKilobytes(1)), (conversation) -> {
					try (InputStream message = conversation.listenStream(PATIENCE)) {
						message.readNBytes(10);
					}
					try (InputStream message = conversation.listenStream(PATIENCE)) {
						heard.complete(message.transferTo(OutputStream.nullOutputStream()));
					}
				}, null); Conversation conversation = peers.alices.startConversation(peers.bobsId, "stream")) {
			conversation.say(random(3_000_000));
			conversation.say(random(2_000_000));
			assertThat(heard).succeedsWithin(PATIENCE).isEqualTo(2_000_000L);
		}
	}

	@Test
	void messageLongerThanTheLimitEndsTheConversation() {
		BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
		try (ConversationReceiver receiver = peers.bobs.open("short", peers.receiverOptions(1),
				peers.bobs.options().withMaxMessageSize(DataSize.ofKilobytes(1)), (conversation) -> {
					try {
						conversation.listen(PATIENCE);
					}
					catch (MessageTooLargeException ex) {
						failures.add(ex);
						throw ex;
					}
				}, null); Conversation conversation = peers.alices.startConversation(peers.bobsId, "short")) {
			conversation.say(random(2000));
			assertThatExceptionOfType(TransmissionRefusedException.class)
				.isThrownBy(() -> conversation.listen(PATIENCE))
				.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(RefusalReason.TOO_LARGE));
			assertThat(failures).hasSize(1);
		}
	}

	@Test
	void closingIsNoticedAfterAllThatWasSaid() {
		try (ConversationReceiver receiver = peers.listen("brief", (conversation) -> conversation.say("bye"))) {
			Conversation conversation = peers.alices.startConversation(peers.bobsId, "brief");
			assertThat(conversation.listenText(PATIENCE)).isEqualTo("bye");
			assertThatExceptionOfType(ConversationEndedException.class).isThrownBy(() -> conversation.listen(PATIENCE))
				.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(Reason.CLOSED_BY_PEER));
			assertThatExceptionOfType(ConversationEndedException.class).isThrownBy(() -> conversation.say("hello?"));
			assertThat(conversation.isOpen()).isFalse();
		}
	}

	@Test
	void listeningTimesOutAndGoesOn() throws Exception {
		CountDownLatch goOn = new CountDownLatch(1);
		try (ConversationReceiver receiver = peers.listen("late", (conversation) -> {
			goOn.await();
			conversation.say("sorry");
		}); Conversation conversation = peers.alices.startConversation(peers.bobsId, "late")) {
			assertThatExceptionOfType(ListenTimeoutException.class)
				.isThrownBy(() -> conversation.listen(Duration.ofMillis(50)));
			goOn.countDown();
			assertThat(conversation.listenText(PATIENCE)).isEqualTo("sorry");
		}
	}

	@Test
	void salutationsAreHeardAtBothEnds() {
		CompletableFuture<String> heard = new CompletableFuture<>();
		try (ConversationReceiver receiver = peers.bobs.open("salute", peers.receiverOptions(1),
				peers.bobs.options().withSalutation("I am Bob".getBytes(StandardCharsets.UTF_8)),
				(conversation) -> heard.complete(new String(conversation.salutation(), StandardCharsets.UTF_8)), null);
				Conversation conversation = peers.alices.startConversation(peers.bobsId, "salute",
						peers.alices.options().withSalutation(new byte[] { 'A', (byte) 0xFF, 'B' }))) {
			assertThat(conversation.salutation()).asString().isEqualTo("I am Bob");
			assertThat(heard).succeedsWithin(PATIENCE)
				.isEqualTo(new String(new byte[] { 'A', (byte) 0xFF, 'B' }, StandardCharsets.UTF_8));
		}
	}

	@Test
	void failureOfTheHandlerIsToldToTheOtherEnd() {
		try (ConversationReceiver receiver = peers.listen("failing", (conversation) -> {
			conversation.listen(PATIENCE);
			throw new IllegalStateException("broken");
		}); Conversation conversation = peers.alices.startConversation(peers.bobsId, "failing")) {
			conversation.say("go");
			assertThatExceptionOfType(TransmissionRefusedException.class)
				.isThrownBy(() -> conversation.listen(PATIENCE))
				.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(RefusalReason.FAILED));
		}
	}

	@Test
	void encryptedConversationIsHeardWithTheSameKeyAlone() {
		AesGcmCipher cipher = new AesGcmCipher(random(32));
		AesGcmCipher other = new AesGcmCipher(random(16));
		BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
		try (ConversationReceiver receiver = peers.bobs.open("secret", peers.receiverOptions(10),
				peers.bobs.options().withCipher(cipher), (conversation) -> {
					try {
						echo(conversation);
					}
					catch (DecryptionException ex) {
						failures.add(ex);
						throw ex;
					}
				}, null)) {
			try (Conversation conversation = peers.alices.startConversation(peers.bobsId, "secret",
					peers.alices.options().withCipher(cipher))) {
				conversation.say("hush");
				assertThat(conversation.listenText(PATIENCE)).isEqualTo("hush");
			}
			try (Conversation conversation = peers.alices.startConversation(peers.bobsId, "secret",
					peers.alices.options().withCipher(other))) {
				conversation.say("hush");
				assertThatExceptionOfType(TransmissionRefusedException.class)
					.isThrownBy(() -> conversation.listen(PATIENCE));
			}
			assertThat(failures).singleElement().isInstanceOf(DecryptionException.class);
		}
	}

	@Test
	void fluxGivesAllAndCompletes() {
		try (ConversationReceiver receiver = peers.listen("flux", (conversation) -> {
			for (int i = 0; i < 1000; i++) {
				conversation.say("message " + i);
			}
		}); Conversation conversation = peers.alices.startConversation(peers.bobsId, "flux")) {
			Flux<String> texts = conversation.messages().map(String::new);
			List<String> heard = texts.limitRate(3).collectList().block(PATIENCE);
			assertThat(heard).hasSize(1000).first().isEqualTo("message 0");
			assertThat(heard).last().isEqualTo("message 999");
		}
	}

	@Test
	void somethingCanBeSaidFromWithinTheFlux() {
		try (ConversationReceiver receiver = peers.listen("pingpong", ConversationIT::echo);
				Conversation conversation = peers.alices.startConversation(peers.bobsId, "pingpong")) {
			conversation.say("0");
			List<Integer> numbers = conversation.messages()
				.map((message) -> Integer.valueOf(new String(message)))
				.doOnNext((number) -> conversation.say(String.valueOf(number + 1)))
				.take(50)
				.collectList()
				.block(PATIENCE);
			assertThat(numbers).hasSize(50).last().isEqualTo(49);
		}
	}

	@Test
	void idleConversationIsClosedAtBothEnds() {
		BlockingQueue<Reason> reasons = new LinkedBlockingQueue<>();
		try (ConversationReceiver receiver = peers.listen("idle", (conversation) -> {
			try {
				conversation.listen(PATIENCE);
			}
			catch (ConversationEndedException ex) {
				reasons.add(ex.getReason());
			}
		});
				Conversation conversation = peers.alices.startConversation(peers.bobsId, "idle",
						peers.alices.options().withIdleTimeout(Duration.ofMillis(500)))) {
			assertThatExceptionOfType(ConversationEndedException.class).isThrownBy(() -> conversation.listen(PATIENCE))
				.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(Reason.IDLE));
			Awaitility.await().untilAsserted(() -> assertThat(reasons).containsExactly(Reason.CLOSED_BY_PEER));
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void conversationIsNotIdleWhileALongMessageIsUnderWay(boolean heardAsAWhole) throws Exception {
		Duration idle = Duration.ofSeconds(2);
		byte[] pieces = random(2_000_000);
		CompletableFuture<byte[]> heard = new CompletableFuture<>();
		try (ConversationReceiver receiver = peers.bobs.open("slow", peers.receiverOptions(1),
				peers.bobs.options().withIdleTimeout(idle), (conversation) -> {
					heard.complete(heardAsAWhole ? conversation.listen(PATIENCE) : listenToAll(conversation));
				}, null);
				Conversation conversation = peers.alices.startConversation(peers.bobsId, "slow",
						peers.alices.options().withIdleTimeout(idle))) {
			long start = System.nanoTime();
			conversation.sayToListener(new SlowChannel(pieces), pieces.length);
			assertThat(heard).succeedsWithin(PATIENCE).isEqualTo(pieces);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(idle.plusSeconds(1));
		}
	}

	private static byte[] listenToAll(Conversation conversation) throws IOException {
		try (ReadableByteChannel message = conversation.listenChannel(PATIENCE)) {
			return Channels.newInputStream(message).readAllBytes();
		}
	}

	@Test
	void conversationIsClosedAfterItsLongestDurationThoughItIsNotIdle() {
		try (ConversationReceiver receiver = peers.listen("long", ConversationIT::echo);
				Conversation conversation = peers.alices.startConversation(peers.bobsId, "long",
						peers.alices.options().withMaxDuration(Duration.ofSeconds(1)))) {
			long start = System.nanoTime();
			assertThatExceptionOfType(ConversationEndedException.class).isThrownBy(() -> {
				while (System.nanoTime() - start < PATIENCE.toNanos()) {
					conversation.say("still here");
					conversation.listen(PATIENCE);
				}
			}).satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(Reason.TOO_LONG));
		}
	}

	@Test
	void requestIsAnswered() {
		try (ConversationReceiver receiver = peers.listen("square", (conversation) -> {
			int number = conversation.listen(Integer.class, PATIENCE);
			conversation.say(number * number);
		})) {
			assertThat(peers.alices.sendAndReceive(peers.bobsId, "square", 12, Integer.class, PATIENCE)).isEqualTo(144);
			assertThat(peers.alices.request(peers.bobsId, "square", 13, Integer.class, PATIENCE).block(PATIENCE))
				.isEqualTo(169);
			long start = System.nanoTime();
			for (int i = 0; i < 200; i++) {
				peers.alices.sendAndReceive(peers.bobsId, "square", 1, Integer.class, PATIENCE);
			}
			System.out.printf("a request and its answer: %.2f ms%n", (System.nanoTime() - start) / 200e6);
		}
	}

	@Test
	void requestCanBeAnsweredLater() {
		CountDownLatch goOn = new CountDownLatch(1);
		try (ConversationReceiver receiver = peers.listen("later", (conversation) -> {
			int number = conversation.listen(Integer.class, PATIENCE);
			goOn.await();
			conversation.say(number * number);
		})) {
			List<Mono<Integer>> requests = IntStream.range(0, 5)
				.mapToObj((number) -> peers.alices.request(peers.bobsId, "later", number, Integer.class, PATIENCE))
				.toList();
			CompletableFuture<List<Integer>> answers = Flux.mergeSequential(requests).collectList().toFuture();
			// none of them holds up who has asked
			assertThat(answers).isNotDone();
			goOn.countDown();
			assertThat(answers).succeedsWithin(PATIENCE).isEqualTo(List.of(0, 1, 4, 9, 16));
			StepVerifier.create(peers.alices.request(peers.bobsId.toString(), "nobody", 1, Integer.class, PATIENCE))
				.verifyError(ListenerNotFoundException.class);
		}
	}

	@Test
	void requestThatIsNotAnsweredInTimeFails() {
		CountDownLatch goOn = new CountDownLatch(1);
		try (ConversationReceiver receiver = peers.listen("slow", (conversation) -> goOn.await())) {
			assertThatExceptionOfType(ListenTimeoutException.class).isThrownBy(
					() -> peers.alices.sendAndReceive(peers.bobsId, "slow", 1, Integer.class, Duration.ofSeconds(3)));
			goOn.countDown();
		}
	}

	@Test
	void requestWaitsForATakenSeatNoLongerThanItMay() {
		CountDownLatch goOn = new CountDownLatch(1);
		ReceiverOptions options = peers.receiverOptions(1).with(1, peers.executor, AckMode.HANDLED);
		try (ConversationReceiver receiver = peers.bobs.open("taken", options, peers.bobs.options(),
				(conversation) -> goOn.await(), null);
				Conversation first = peers.alices.startConversation(peers.bobsId, "taken")) {
			// the listener lets a peer wait for 15 s before it says that it is busy
			assertThat(failureOfRequest("taken", 1, Duration.ofSeconds(1)))
				.isInstanceOf(TransmissionTimeoutException.class)
				.hasMessageContaining("did not join");
			goOn.countDown();
		}
	}

	@Test
	void requestIsNotTriedAgainWhenItsTimeIsOver() {
		CountDownLatch goOn = new CountDownLatch(1);
		ReceiverOptions options = peers.receiverOptions(1).with(1, peers.executor, AckMode.HANDLED);
		try (ConversationReceiver receiver = peers.bobs.open("busy", options,
				peers.bobs.options().withTimeout(Duration.ofMillis(100)), (conversation) -> goOn.await(), null);
				Conversation first = peers.alices.startConversation(peers.bobsId, "busy")) {
			// the third attempt ends after 750 ms or more, the fourth would come 800 ms
			// later
			assertThat(failureOfRequest("busy", 1, Duration.ofMillis(1500))).isInstanceOfSatisfying(
					TransmissionRefusedException.class,
					(ex) -> assertThat(ex.getReason()).isEqualTo(RefusalReason.BUSY));
			goOn.countDown();
		}
	}

	@Test
	void requestToOneThatAcceptsAndSaysNothingFailsInTime() throws Exception {
		try (TunnelListener silent = peers.bobsTunnels.listen(DirectLink.protocol("silent"))) {
			Future<TunnelStream> accepted = peers.executor.submit(silent::accept);
			assertThat(failureOfRequest("silent", 1, Duration.ofSeconds(1)))
				.isInstanceOf(TransmissionTimeoutException.class)
				.hasMessageContaining("did not join within");
			accepted.get().close();
		}
	}

	@Test
	void requestThatIsNotTakenFailsInTime() {
		CountDownLatch goOn = new CountDownLatch(1);
		try (ConversationReceiver receiver = peers.listen("untaken", (conversation) -> goOn.await())) {
			assertThat(failureOfRequest("untaken", random(5_000_000), Duration.ofSeconds(1)))
				.isInstanceOfAny(TransmissionTimeoutException.class, ListenTimeoutException.class);
			goOn.countDown();
		}
	}

	/**
	 * Sends a request that takes half as long as any other time-out at most.
	 */
	private static Throwable failureOfRequest(String listener, Object payload, Duration timeout) {
		long start = System.nanoTime();
		Throwable failure = catchThrowable(
				() -> peers.alices.sendAndReceive(peers.bobsId, listener, payload, Integer.class, timeout));
		Duration taken = Duration.ofNanos(System.nanoTime() - start);
		System.out.printf("request to '%s' with a time-out of %d ms failed after %d ms%n", listener, timeout.toMillis(),
				taken.toMillis());
		assertThat(taken).isLessThan(Duration.ofMillis(7500));
		return failure;
	}

	@Test
	void requestThatIsCancelledClosesItsConversation() throws Exception {
		CountDownLatch heard = new CountDownLatch(1);
		CompletableFuture<Reason> end = new CompletableFuture<>();
		try (ConversationReceiver receiver = peers.listen("cancelled", (conversation) -> {
			conversation.listen(PATIENCE);
			heard.countDown();
			try {
				conversation.listen(PATIENCE);
			}
			catch (ConversationEndedException ex) {
				end.complete(ex.getReason());
			}
		})) {
			Disposable request = peers.alices.request(peers.bobsId, "cancelled", 1, Integer.class, PATIENCE)
				.subscribe();
			assertThat(heard.await(30, TimeUnit.SECONDS)).isTrue();
			assertThat(end).isNotDone();
			request.dispose();
			assertThat(end).succeedsWithin(PATIENCE.dividedBy(2)).isEqualTo(Reason.CLOSED_BY_PEER);
		}
	}

	@Test
	void requestsCanBeEncryptedEachWithItsOwnKey() {
		AesGcmCipher cipher = new AesGcmCipher(random(32));
		try (ConversationReceiver receiver = peers.bobs.open("whisper", peers.receiverOptions(4),
				peers.bobs.options().withCipher(cipher), ConversationIT::echo, null)) {
			ConversationOptions secret = peers.alices.options().withCipher(cipher);
			assertThat(peers.alices.sendAndReceive(peers.bobsId, "whisper", "hush", String.class, PATIENCE, secret))
				.isEqualTo("hush");
			assertThat(peers.alices.request(peers.bobsId.toString(), "whisper", "hush", String.class, PATIENCE, secret)
				.block(PATIENCE)).isEqualTo("hush");
			assertThatExceptionOfType(TransmissionRefusedException.class)
				.isThrownBy(() -> peers.alices.sendAndReceive(peers.bobsId, "whisper", "hush", String.class, PATIENCE));
		}
	}

	@Test
	void nobodyListens() {
		assertThatExceptionOfType(ListenerNotFoundException.class)
			.isThrownBy(() -> peers.alices.startConversation(peers.bobsId, "nobody"));
		assertThatExceptionOfType(InvalidPeerException.class)
			.isThrownBy(() -> peers.alices.startConversation(peers.alicesId, "nobody"));
		Awaitility.await()
			.untilAsserted(() -> assertThat(ConversingPeers.mounted(peers.alice))
				.noneMatch((line) -> line.contains("nobody.")));
	}

	@Test
	void observersAreToldOfEachConversation() {
		List<String> told = new CopyOnWriteArrayList<>();
		ConversationTemplate observed = ConversingPeers.template(peers.alice, peers.alicesTunnels, peers.executor,
				new NotingObserver(told));
		try (ConversationReceiver receiver = peers.listen("observed", (conversation) -> {
			conversation.say(conversation.listen(PATIENCE));
			throw new IllegalStateException("on purpose");
		})) {
			Conversation conversation = observed.startConversation(peers.bobsId, "observed");
			conversation.say("Hello");
			conversation.listen(PATIENCE);
			assertThatExceptionOfType(TransmissionRefusedException.class)
				.isThrownBy(() -> conversation.listen(PATIENCE));
			assertThat(observed.sendAndReceive(peers.bobsId, "observed", "Hi", String.class, PATIENCE)).isEqualTo("Hi");
			assertThatExceptionOfType(ListenerNotFoundException.class)
				.isThrownBy(() -> observed.startConversation(peers.bobsId, "unheard of"));
		}
		observed.stop();
		assertThat(told).containsSubsequence("opened true", "said 5", "heard 5", "opened true", "said 2", "heard 2",
				"requested null", "failed ListenerNotFoundException");
		// another thread tells of the ends
		Awaitility.await()
			.untilAsserted(() -> assertThat(told).filteredOn((line) -> line.startsWith("ended"))
				.hasSize(2)
				.contains("ended REFUSED"));
	}

	@Test
	void joinerIsToldHowItsConversationsEnd() {
		List<String> told = new CopyOnWriteArrayList<>();
		ConversationTemplate observed = ConversingPeers.template(peers.bob, peers.bobsTunnels, peers.executor,
				new NotingObserver(told));
		try (ConversationReceiver receiver = observed.open("ends", peers.receiverOptions(4), observed.options(),
				(conversation) -> {
					if (conversation.listenText(PATIENCE).equals("fail")) {
						throw new IllegalStateException("on purpose");
					}
					conversation.listen(PATIENCE);
				}, null)) {
			for (String word : List.of("fail", "go on")) {
				try (Conversation conversation = peers.alices.startConversation(peers.bobsId, "ends")) {
					conversation.say(word);
					if (word.equals("fail")) {
						assertThatExceptionOfType(TransmissionRefusedException.class)
							.isThrownBy(() -> conversation.listen(PATIENCE));
					}
				}
			}
			Awaitility.await()
				.atMost(PATIENCE)
				.untilAsserted(() -> assertThat(told).contains("opened false", "ended FAILED", "ended CLOSED_BY_PEER"));
		}
		observed.stop();
	}

	@Test
	void listenerOfMessagesTakesNoConversation() {
		AtomicInteger messages = new AtomicInteger();
		try (TransmissionReceiver receiver = new TunnelTransmissionReceivers(peers.bobsTunnels, List.of())
			.open("messages", peers.receiverOptions(1), (message) -> messages.incrementAndGet())) {
			assertThatExceptionOfType(ListenerNotFoundException.class)
				.isThrownBy(() -> peers.alices.startConversation(peers.bobsId, "messages"))
				.withMessageContaining("takes messages, but no conversations");
			assertThat(messages).hasValue(0);
		}
	}

	@Test
	void peerThatIsNotAcceptedIsRefused() {
		ReceiverOptions options = peers.receiverOptions(1).with((offer) -> false);
		try (ConversationReceiver receiver = peers.bobs.open("closed", options, peers.bobs.options(),
				ConversationIT::echo, null)) {
			assertThatExceptionOfType(TransmissionRefusedException.class)
				.isThrownBy(() -> peers.alices.startConversation(peers.bobsId, "closed"))
				.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(RefusalReason.FORBIDDEN));
		}
	}

	@Test
	void moreThanTheConcurrencyWaitForASeat() throws Exception {
		List<Conversation> started = new ArrayList<>();
		CountDownLatch goOn = new CountDownLatch(1);
		ReceiverOptions options = peers.receiverOptions(1).with(1, peers.executor, AckMode.HANDLED);
		try (ConversationReceiver receiver = peers.bobs.open("single", options, peers.bobs.options(),
				(conversation) -> goOn.await(), null)) {
			started.add(peers.alices.startConversation(peers.bobsId, "single"));
			Future<Conversation> second = peers.executor
				.submit(() -> peers.alices.startConversation(peers.bobsId, "single"));
			assertThat(second).failsWithin(Duration.ofMillis(500));
			goOn.countDown();
			assertThat(second).succeedsWithin(PATIENCE);
		}
		started.forEach(Conversation::close);
	}

	/**
	 * As a Python peer does it, which would wait for one who joins else.
	 */
	@Test
	void startByAMessageIsNotAcknowledgedBeforeItIsTaken() {
		CountDownLatch goOn = new CountDownLatch(1);
		ReceiverOptions options = peers.receiverOptions(1).with(1, peers.executor, AckMode.RECEIVED);
		byte[] start = new Handshake("alices", new byte[0]).toStart();
		TransmissionTemplate transmissions = new TransmissionTemplate(peers.alicesTunnels,
				new SwarmPeerDirectory(peers.alice.kubo(), Duration.ofSeconds(10)), SenderOptions.defaults(),
				JsonMapper.builder().build(), List.of());
		try (ConversationReceiver receiver = peers.bobs.open("full", options,
				peers.bobs.options().withTimeout(Duration.ofMillis(200)), (conversation) -> goOn.await(), null);
				Conversation first = peers.alices.startConversation(peers.bobsId, "full")) {
			assertThatExceptionOfType(TransmissionRefusedException.class)
				.isThrownBy(() -> transmissions.send(peers.bobsId, "full", start));
			goOn.countDown();
		}
		finally {
			transmissions.stop();
		}
	}

	@Test
	void drainingLetsTheHandlerAnswerWhatItHasHeard() throws Exception {
		CountDownLatch heard = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		try (ConversationReceiver receiver = peers.listen("drained", (conversation) -> {
			for (byte[] message : conversation) {
				heard.countDown();
				goOn.await();
				conversation.say(message);
			}
		}); Conversation conversation = peers.alices.startConversation(peers.bobsId, "drained")) {
			conversation.say("last words");
			assertThat(heard.await(30, TimeUnit.SECONDS)).isTrue();
			Future<Boolean> drained = peers.executor.submit(() -> receiver.drain(PATIENCE));
			Awaitility.await().until(() -> !receiver.isActive());
			goOn.countDown();
			assertThat(conversation.listenText(PATIENCE)).isEqualTo("last words");
			assertThat(drained).succeedsWithin(PATIENCE).isEqualTo(true);
		}
	}

	@Test
	void applicationThatIsGoneIsNoticed() {
		CountDownLatch never = new CountDownLatch(1);
		ConversationReceiver receiver = peers.listen("gone", (conversation) -> never.await());
		Conversation conversation = peers.alices.startConversation(peers.bobsId, "gone");
		// ends all streams of the node, as the end of the application does
		peers.bob.run("p2p", "stream", "close", "--all");
		assertThatExceptionOfType(ConversationLostException.class).isThrownBy(() -> conversation.listen(PATIENCE));
		assertThatExceptionOfType(ConversationLostException.class).isThrownBy(() -> conversation.say("hello?"));
		assertThatExceptionOfType(ConversationLostException.class)
			.isThrownBy(() -> conversation.messages().blockLast(PATIENCE));
		never.countDown();
		receiver.close();
	}

	private static byte[] random(int size) {
		byte[] bytes = new byte[size];
		new Random(size).nextBytes(bytes);
		return bytes;
	}

	private record NotingObserver(List<String> told) implements ConversationObserver {

		@Override
		public void opened(Conversation conversation, boolean started) {
			this.told.add("opened " + started);
		}

		@Override
		public void startFailed(PeerId to, String listener, RuntimeException failure, Duration duration) {
			this.told.add("failed " + failure.getClass().getSimpleName());
		}

		@Override
		public void said(Conversation conversation, long bytes) {
			this.told.add("said " + bytes);
		}

		@Override
		public void heard(Conversation conversation, long bytes) {
			this.told.add("heard " + bytes);
		}

		@Override
		public void ended(Conversation conversation, boolean started, ConversationOutcome outcome, Duration duration) {
			this.told.add("ended " + outcome);
		}

		@Override
		public void requested(PeerId to, String listener, RuntimeException failure, Duration duration) {
			this.told.add("requested " + failure);
		}

	}

	/**
	 * Gives a piece at a time, and pauses before each.
	 */
	private static final class SlowChannel implements ReadableByteChannel {

		private final ReadableByteChannel bytes;

		SlowChannel(byte[] bytes) {
			this.bytes = Channels.newChannel(new ByteArrayInputStream(bytes));
		}

		@Override
		public int read(ByteBuffer target) throws IOException {
			try {
				new CountDownLatch(1).await(300, TimeUnit.MILLISECONDS);
			}
			catch (InterruptedException ex) {
				throw new InterruptedIOException();
			}
			return this.bytes.read(target);
		}

		@Override
		public boolean isOpen() {
			return true;
		}

		@Override
		public void close() {
		}

	}

}
