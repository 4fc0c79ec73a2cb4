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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.rpc.P2pApi;
import io.github.ipfstoolkit.testsupport.ExclusiveOr;
import io.github.ipfstoolkit.testsupport.KuboTestNode;
import io.github.ipfstoolkit.testsupport.PythonPeer;
import io.github.ipfstoolkit.transmission.AesGcmCipher;
import io.github.ipfstoolkit.transmission.DecryptionException;
import io.github.ipfstoolkit.transmission.TransmissionCipher;
import io.github.ipfstoolkit.transmission.TransmissionTimeoutException;
import io.github.ipfstoolkit.transmission.conversation.ConversationEndedException.Reason;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Conversations with the Python IPFS-Toolkit 0.5.33: on Bob's node where Java starts
 * them, on Alice's where Python does.
 */
@EnabledIfEnvironmentVariable(named = PythonPeer.VARIABLE, matches = ".+")
@Timeout(180)
class PythonConversationIT {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	/**
	 * The application's time-out is 30 seconds.
	 */
	private static final Duration LESS_THAN_USUAL = Duration.ofSeconds(25);

	/**
	 * Names that Python listens at, its channels included.
	 */
	private static final Pattern PYTHONS_NAMES = Pattern.compile("/x/(python.*|\\d+)");

	/**
	 * Names that Bob listens at for one conversation.
	 */
	private static final Pattern OF_ONE_CONVERSATION = Pattern.compile("/x/java-end\\.[0-9a-f]{16}(\\.standing)?");

	/**
	 * Where the ways begin that Python opens to other peers.
	 */
	private static final Pattern PYTHONS_PORTS = Pattern.compile("/ip4/127.0.0.1/tcp/20[0-4]\\d\\d");

	private static ConversingPeers peers;

	private static ConversationTemplate bobs;

	private static final BlockingQueue<ConversationOutcome> outcomes = new LinkedBlockingQueue<>();

	private Map<KuboTestNode, Set<P2pApi.Mount>> before;

	@BeforeAll
	static void startNodes() {
		peers = new ConversingPeers();
		bobs = ConversingPeers.template(peers.bob, peers.bobsTunnels, peers.executor, new ConversationObserver() {

			@Override
			public void ended(Conversation conversation, boolean started, ConversationOutcome outcome,
					Duration duration) {
				outcomes.add(outcome);
			}

		});
	}

	@AfterAll
	static void stopNodes() {
		bobs.stop();
		peers.close();
	}

	@BeforeEach
	void lookAtNames() {
		outcomes.clear();
		this.before = new HashMap<>();
		for (KuboTestNode node : List.of(peers.alice, peers.bob)) {
			this.before.put(node, names(node));
		}
	}

	/**
	 * Whatever has happened, nothing that was mounted for a conversation stays so. What
	 * Python itself has mounted is not ours to unmount, and Python does not do so when it
	 * is killed.
	 */
	@AfterEach
	void namesAreGivenBack() {
		this.before.forEach((node, names) -> Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(() -> assertThat(names(node)).isEqualTo(names)));
	}

	private static Set<P2pApi.Mount> names(KuboTestNode node) {
		return node.kubo()
			.p2p()
			.ls()
			.block()
			.listeners()
			.stream()
			.filter(PythonConversationIT::isOurs)
			.collect(Collectors.toSet());
	}

	private static boolean isOurs(P2pApi.Mount mount) {
		if (!mount.isForward()) {
			return !PYTHONS_NAMES.matcher(mount.protocol()).matches();
		}
		// ways to listeners are kept for the next conversation, and belong to none
		return !mount.protocol().endsWith(".conversation")
				&& !PYTHONS_PORTS.matcher(mount.listenAddress().toString()).matches();
	}

	@Test
	void javaConversesWithAPythonListener() throws Exception {
		try (PythonPeer python = PythonPeer.start(peers.bob, "conversation_listen.py", "python-talk")) {
			python.awaitLine("listening");
			for (int i = 0; i < 2; i++) {
				// the second time it is known that the peer has no direct way
				try (Conversation conversation = peers.alices.startConversation(peers.bobsId, "python-talk")) {
					assertThat(python.awaitLine("joined")).isEqualTo("joined " + peers.alicesId);
					assertThat(conversation.isDirect()).isFalse();
					assertThat(conversation.peerName()).isEqualTo("python_" + conversation.name());
					conversation.say("Hello");
					assertThat(conversation.listenText(PATIENCE)).isEqualTo("olleH");
					byte[] large = new byte[300_000];
					new Random(1).nextBytes(large);
					conversation.sayAhead(large, 0, large.length);
					byte[] heard = conversation.listen(PATIENCE);
					assertThat(heard).hasSameSizeAs(large).startsWith(large[large.length - 1]).endsWith(large[0]);
					conversation.say("bye");
					python.awaitLine("closed");
				}
			}
		}
	}

	@Test
	void pythonThatHasClosedIsNoticed() throws Exception {
		try (PythonPeer python = PythonPeer.start(peers.bob, "conversation_listen.py", "python-gone")) {
			python.awaitLine("listening");
			Conversation conversation = peers.alices.startConversation(peers.bobsId, "python-gone");
			conversation.say("bye");
			python.awaitLine("closed");
			assertThatExceptionOfType(ListenTimeoutException.class)
				.isThrownBy(() -> conversation.listen(Duration.ofMillis(100)));
			assertThatExceptionOfType(ConversationLostException.class).isThrownBy(() -> conversation.say("hello?"));
			assertThatExceptionOfType(ConversationLostException.class).isThrownBy(() -> conversation.listen(PATIENCE));
		}
	}

	/**
	 * The same would happen to an application of this toolkit that starts while somebody
	 * looks for it.
	 */
	@Test
	void listenerThatTakesPythonsPlaceIsFoundOut() throws Exception {
		try (PythonPeer python = PythonPeer.start(peers.bob, "conversation_listen.py", "python-replaced")) {
			python.awaitLine("listening");
			try (Conversation conversation = peers.alices.startConversation(peers.bobsId, "python-replaced")) {
				assertThat(conversation.isDirect()).isFalse();
				conversation.say("bye");
				python.awaitLine("closed");
			}
			python.input(new byte[0]);
			Awaitility.await()
				.atMost(PATIENCE)
				.until(() -> ConversingPeers.mounted(peers.bob)
					.stream()
					.noneMatch((line) -> line.contains("python-replaced")));
		}
		try (ConversationReceiver receiver = peers.listen("python-replaced",
				(conversation) -> conversation.say("Java"));
				Conversation conversation = peers.alices.startConversation(peers.bobsId, "python-replaced")) {
			assertThat(conversation.isDirect()).isTrue();
			assertThat(conversation.listenText(PATIENCE)).isEqualTo("Java");
		}
	}

	@Test
	void pythonAnswersARequest() throws Exception {
		try (PythonPeer python = PythonPeer.start(peers.bob, "conversation_listen.py", "python-answer")) {
			python.awaitLine("listening");
			assertThat(peers.alices.sendAndReceive(peers.bobsId, "python-answer", "abc", String.class, PATIENCE))
				.isEqualTo("cba");
		}
	}

	@Test
	void pythonThatStopsAcknowledgingIsWaitedForAsLongAsTheOptionsSay() throws Exception {
		Duration timeout = Duration.ofSeconds(5);
		try (PythonPeer python = PythonPeer.start(peers.bob, "conversation_listen.py", "python-stopped")) {
			python.awaitLine("listening");
			try (Conversation conversation = peers.alices.startConversation(peers.bobsId, "python-stopped",
					peers.alices.options().withTimeout(timeout))) {
				conversation.say("Hello");
				assertThat(conversation.listenText(PATIENCE)).isEqualTo("olleH");
				python.suspend();
				long start = System.nanoTime();
				assertThatExceptionOfType(TransmissionTimeoutException.class)
					.isThrownBy(() -> conversation.say("hello?"))
					.satisfies((ex) -> assertThat(ex.getTimeout()).isEqualTo(timeout));
				assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(timeout, LESS_THAN_USUAL);
			}
			python.resume();
		}
	}

	@Test
	void conversationWithPythonThatStopsAcknowledgingLastsNoLongerThanTheOptionsSay() throws Exception {
		Duration most = Duration.ofSeconds(10);
		try (PythonPeer python = PythonPeer.start(peers.bob, "conversation_listen.py", "python-brief")) {
			python.awaitLine("listening");
			long start = System.nanoTime();
			try (Conversation conversation = peers.alices.startConversation(peers.bobsId, "python-brief",
					peers.alices.options().withMaxDuration(most))) {
				conversation.say("Hello");
				assertThat(conversation.listenText(PATIENCE)).isEqualTo("olleH");
				python.suspend();
				assertThatExceptionOfType(TransmissionTimeoutException.class)
					.isThrownBy(() -> conversation.say("hello?"));
				assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LESS_THAN_USUAL);
			}
			python.resume();
		}
	}

	@Test
	void requestToPythonThatStopsAcknowledgingFailsInTime() throws Exception {
		try (PythonPeer python = PythonPeer.start(peers.bob, "conversation_listen.py", "python-mute")) {
			python.awaitLine("listening");
			// it says so a moment before
			Awaitility.await().atMost(PATIENCE).until(() -> peers.bob.run("p2p", "ls").contains("/x/python-mute "));
			python.suspend();
			long start = System.nanoTime();
			assertThatExceptionOfType(TransmissionTimeoutException.class).isThrownBy(() -> peers.alices
				.sendAndReceive(peers.bobsId, "python-mute", "abc", String.class, Duration.ofSeconds(3)));
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LESS_THAN_USUAL);
			python.resume();
		}
	}

	@Test
	void requestToPythonThatTakesNoConversationsFailsInTime() throws Exception {
		try (PythonPeer python = PythonPeer.start(peers.bob, "receive.py", "python-no-answer")) {
			python.awaitLine("listening");
			long start = System.nanoTime();
			assertThatExceptionOfType(TransmissionTimeoutException.class).isThrownBy(() -> peers.alices
				.sendAndReceive(peers.bobsId, "python-no-answer", "abc", String.class, Duration.ofSeconds(2)));
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
		}
	}

	@Test
	void pythonStartsAConversation() throws Exception {
		BlockingQueue<PeerId> senders = new LinkedBlockingQueue<>();
		try (ConversationReceiver receiver = peers.listen("java-talk", (conversation) -> {
			senders.add(conversation.peer());
			for (int i = 0; i < 3; i++) {
				conversation.say(conversation.listenText(PATIENCE).toUpperCase());
			}
		});
				PythonPeer python = PythonPeer.start(peers.alice, "conversation_start.py", "pythons",
						peers.bobsId.toString(), "java-talk")) {
			python.input("one\ntwo\nGrüße\n".getBytes(StandardCharsets.UTF_8));
			assertThat(python.awaitLine("heard")).isEqualTo("heard ONE");
			assertThat(python.awaitLine("heard")).isEqualTo("heard TWO");
			assertThat(python.awaitLine("heard")).isEqualTo("heard GRÜSSE");
			python.awaitLine("closed");
			assertThat(senders).containsExactly(peers.alicesId);
		}
	}

	@Test
	void encryptionCallbacksOfPythonAreUnderstood() throws Exception {
		TransmissionCipher cipher = new ExclusiveOr();
		try (ConversationReceiver receiver = peers.bobs.open("java-secret", peers.receiverOptions(4),
				peers.bobs.options().withCipher(cipher),
				(conversation) -> conversation.say("It was " + conversation.listenText(PATIENCE)), null);
				PythonPeer python = PythonPeer.start(peers.alice, "conversation_start.py", "python-secretive",
						peers.bobsId.toString(), "java-secret", "90")) {
			python.input("hush\n".getBytes(StandardCharsets.UTF_8));
			assertThat(python.awaitLine("heard")).isEqualTo("heard It was hush");
		}
	}

	@Test
	void pythonUnderstandsOurEncryption() throws Exception {
		try (PythonPeer python = PythonPeer.start(peers.bob, "conversation_listen.py", "python-secret", "90")) {
			python.awaitLine("listening");
			try (Conversation conversation = peers.alices.startConversation(peers.bobsId, "python-secret",
					peers.alices.options().withCipher(new ExclusiveOr()))) {
				conversation.say("hush");
				assertThat(conversation.listenText(PATIENCE)).isEqualTo("hsuh");
				conversation.say("bye");
				python.awaitLine("closed");
			}
		}
	}

	@Test
	void objectsAreSaidToAPythonListener() throws Exception {
		try (PythonPeer python = PythonPeer.start(peers.bob, "conversation_listen.py", "python-objects")) {
			python.awaitLine("listening");
			try (Conversation conversation = peers.alices.startConversation(peers.bobsId, "python-objects")) {
				conversation.say(Map.of("eins", "one", "zwölf", "twelve"));
				assertThat(conversation.listen(Map.class, PATIENCE))
					.isEqualTo(Map.of("one", "eins", "twelve", "zwölf"));
				conversation.say(12);
				assertThat(conversation.listen(Integer.class, PATIENCE)).isEqualTo(21);
				conversation.say("bye");
				python.awaitLine("closed");
			}
		}
	}

	@Test
	void objectsAreHeardFromPython() throws Exception {
		record Task(int number, String text) {
		}
		try (ConversationReceiver receiver = listen(bobs.options(), (conversation) -> {
			Task task = conversation.listen(Task.class, PATIENCE);
			conversation.say(new Task(task.number() * 2, task.text() + "!"));
		}); PythonPeer python = startPython(3)) {
			python.inputLine("{\"text\": \"Gr\\u00fc\u00dfe\", \"number\": 21}");
			assertThat(python.awaitLine("heard")).isEqualTo("heard {\"number\":42,\"text\":\"Grüße!\"}");
		}
	}

	@Test
	void fluxGivesWhatPythonSaysUntilItIsIdle() throws Exception {
		BlockingQueue<List<String>> heard = new LinkedBlockingQueue<>();
		ConversationOptions options = bobs.options().withIdleTimeout(Duration.ofSeconds(2));
		try (ConversationReceiver receiver = listen(options,
				(conversation) -> heard.add(conversation.messages()
					.map((message) -> new String(message, StandardCharsets.UTF_8).toUpperCase())
					.doOnNext(conversation::say)
					.collectList()
					.block(PATIENCE)));
				PythonPeer python = startPython(10)) {
			python.inputLine("one").inputLine("Grüße");
			assertThat(python.awaitLine("heard")).isEqualTo("heard ONE");
			assertThat(python.awaitLine("heard")).isEqualTo("heard GRÜSSE");
			assertThat(heard.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).containsExactly("ONE", "GRÜSSE");
			assertThat(nextOutcome()).isEqualTo(ConversationOutcome.IDLE);
		}
	}

	/**
	 * Nothing tells Python that a conversation has ended: it notices when it says
	 * something.
	 */
	@Test
	void handlerThatThrowsEndsTheConversation() throws Exception {
		try (ConversationReceiver receiver = listen(bobs.options(), (conversation) -> {
			conversation.say(conversation.listen(PATIENCE));
			throw new IllegalStateException("on purpose");
		}); PythonPeer python = startPython(3)) {
			python.inputLine("one");
			assertThat(python.awaitLine("heard")).isEqualTo("heard one");
			assertEnded(ConversationOutcome.FAILED, python);
		}
	}

	@Test
	void whatCanNotBeDecryptedEndsTheConversation() throws Exception {
		BlockingQueue<RuntimeException> failures = new LinkedBlockingQueue<>();
		try (ConversationReceiver receiver = listen(bobs.options().withCipher(new AesGcmCipher(new byte[32])),
				(conversation) -> {
					try {
						conversation.listen(PATIENCE);
					}
					catch (DecryptionException ex) {
						failures.add(ex);
						throw ex;
					}
				}); PythonPeer python = startPython(1)) {
			python.inputLine("not encrypted");
			assertThat(python.awaitLine("failed")).isEqualTo("failed ConvListenTimeout");
			assertEnded(ConversationOutcome.FAILED, python);
			assertThat(failures.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isNotNull();
		}
	}

	@ParameterizedTest
	@EnumSource(value = Reason.class, names = { "IDLE", "TOO_LONG" })
	void timeOutsEndTheConversation(Reason reason) throws Exception {
		BlockingQueue<Reason> ends = new LinkedBlockingQueue<>();
		// the longest time is also that for the conversation's start
		Duration brief = Duration.ofSeconds((reason == Reason.IDLE) ? 1 : 3);
		UnaryOperator<ConversationOptions> limit = (options) -> (reason == Reason.IDLE) ? options.withIdleTimeout(brief)
				: options.withMaxDuration(brief);
		try (ConversationReceiver receiver = listen(limit.apply(bobs.options()), (conversation) -> {
			try {
				conversation.listen(PATIENCE);
			}
			catch (ConversationEndedException ex) {
				ends.add(ex.getReason());
			}
		}); PythonPeer python = startPython(3)) {
			python.awaitLine("started");
			assertThat(ends.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(reason);
			assertEnded(ConversationOutcome.valueOf(reason.name()), python);
		}
		try (PythonPeer python = PythonPeer.start(peers.bob, "conversation_listen.py", "python-limits")) {
			python.awaitLine("listening");
			Conversation conversation = peers.alices.startConversation(peers.bobsId, "python-limits",
					limit.apply(peers.alices.options()));
			assertThatExceptionOfType(ConversationEndedException.class).isThrownBy(() -> conversation.listen(PATIENCE))
				.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(reason));
			assertThat(conversation.isOpen()).isFalse();
		}
	}

	@Test
	void pythonThatHasStartedAndIsKilledIsNoticed() throws Exception {
		BlockingQueue<RuntimeException> failures = new LinkedBlockingQueue<>();
		CountDownLatch killed = new CountDownLatch(1);
		try (ConversationReceiver receiver = listen(bobs.options(), (conversation) -> {
			conversation.say(conversation.listen(PATIENCE));
			killed.await();
			try {
				conversation.say("hello?");
			}
			catch (ConversationLostException ex) {
				failures.add(ex);
				throw ex;
			}
		}); PythonPeer python = startPython(3)) {
			python.inputLine("one");
			assertThat(python.awaitLine("heard")).isEqualTo("heard one");
			python.kill();
			killed.countDown();
			assertThat(nextOutcome()).isEqualTo(ConversationOutcome.LOST);
			assertThat(failures.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isNotNull();
		}
	}

	@Test
	void pythonThatHasJoinedAndIsKilledIsNoticed() throws Exception {
		try (PythonPeer python = PythonPeer.start(peers.bob, "conversation_listen.py", "python-killed")) {
			python.awaitLine("listening");
			Conversation conversation = peers.alices.startConversation(peers.bobsId, "python-killed");
			conversation.say("abc");
			assertThat(conversation.listenText(PATIENCE)).isEqualTo("cba");
			python.kill();
			assertThatExceptionOfType(ConversationLostException.class).isThrownBy(() -> conversation.say("hello?"));
			assertThatExceptionOfType(ConversationLostException.class).isThrownBy(() -> conversation.listen(PATIENCE));
			assertThat(conversation.isOpen()).isFalse();
		}
	}

	/**
	 * Lets Bob take conversations, and tell how they end.
	 */
	private static ConversationReceiver listen(ConversationOptions options, ConversationHandler handler) {
		return bobs.open("java-end", peers.receiverOptions(4), options, handler, null);
	}

	/**
	 * Lets Python start a conversation with Bob.
	 * @param patience how many seconds it waits for each answer
	 */
	private static PythonPeer startPython(int patience) {
		return PythonPeer.start(peers.alice, "conversation_start.py", "pythons", peers.bobsId.toString(), "java-end",
				"0", String.valueOf(patience));
	}

	private static ConversationOutcome nextOutcome() throws InterruptedException {
		return outcomes.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
	}

	private static void assertEnded(ConversationOutcome outcome, PythonPeer python) throws InterruptedException {
		assertThat(nextOutcome()).isEqualTo(outcome);
		// the end is told before what was mounted for the conversation is given back
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> names(peers.bob).stream()
				.noneMatch((mount) -> OF_ONE_CONVERSATION.matcher(mount.protocol()).matches()));
		python.inputLine("hello?");
		// however its node tells that nobody listens there
		assertThat(python.awaitLine("failed")).isIn("failed CommunicationTimeout", "failed BrokenPipeError",
				"failed ConnectionResetError");
	}

	@Test
	void failedStartGivesItsNameBack() throws Exception {
		// takes messages, but no conversations
		try (PythonPeer python = PythonPeer.start(peers.bob, "receive.py", "python-no-talk")) {
			python.awaitLine("listening");
			assertThatExceptionOfType(TransmissionTimeoutException.class)
				.isThrownBy(() -> peers.alices.startConversation(peers.bobsId, "python-no-talk",
						peers.alices.options().withTimeout(Duration.ofSeconds(3))));
		}
	}

}
