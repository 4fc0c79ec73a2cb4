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
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.testsupport.KuboTestNode;
import io.github.ipfstoolkit.testsupport.PythonPeer;
import io.github.ipfstoolkit.transmission.TransmissionCipher;
import io.github.ipfstoolkit.transmission.TransmissionTimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

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

	private static ConversingPeers peers;

	@BeforeAll
	static void startNodes() {
		peers = new ConversingPeers();
	}

	@AfterAll
	static void stopNodes() {
		peers.close();
	}

	@Test
	void javaConversesWithAPythonListener() throws Exception {
		List<String> before = ConversingPeers.mounted(peers.alice);
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
			assertNamesAreGivenBack(peers.alice, before);
		}
	}

	@Test
	void pythonThatHasClosedIsNoticed() throws Exception {
		List<String> before = ConversingPeers.mounted(peers.alice);
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
		assertNamesAreGivenBack(peers.alice, before);
	}

	/**
	 * The same would happen to an application of this toolkit that starts while somebody
	 * looks for it.
	 */
	@Test
	void listenerThatTakesPythonsPlaceIsFoundOut() throws Exception {
		try (PythonPeer python = PythonPeer.start(peers.bob, "conversation_listen.py", "replaced")) {
			python.awaitLine("listening");
			try (Conversation conversation = peers.alices.startConversation(peers.bobsId, "replaced")) {
				assertThat(conversation.isDirect()).isFalse();
				conversation.say("bye");
				python.awaitLine("closed");
			}
			python.input(new byte[0]);
			Awaitility.await()
				.atMost(PATIENCE)
				.until(() -> ConversingPeers.mounted(peers.bob)
					.stream()
					.noneMatch((line) -> line.contains("replaced")));
		}
		try (ConversationReceiver receiver = peers.listen("replaced", (conversation) -> conversation.say("Java"));
				Conversation conversation = peers.alices.startConversation(peers.bobsId, "replaced")) {
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
		List<String> before = ConversingPeers.mounted(peers.alice);
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
		assertNamesAreGivenBack(peers.alice, before);
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
		try (PythonPeer python = PythonPeer.start(peers.bob, "receive.py", "no-answer")) {
			python.awaitLine("listening");
			long start = System.nanoTime();
			assertThatExceptionOfType(TransmissionTimeoutException.class).isThrownBy(() -> peers.alices
				.sendAndReceive(peers.bobsId, "no-answer", "abc", String.class, Duration.ofSeconds(2)));
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
		}
	}

	@Test
	void pythonStartsAConversation() throws Exception {
		List<String> before = ConversingPeers.mounted(peers.bob);
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
		assertNamesAreGivenBack(peers.bob, before);
	}

	@Test
	void encryptionCallbacksOfPythonAreUnderstood() throws Exception {
		TransmissionCipher cipher = new ExclusiveOr();
		try (ConversationReceiver receiver = peers.bobs.open("java-secret", peers.receiverOptions(4),
				peers.bobs.options().withCipher(cipher),
				(conversation) -> conversation.say("It was " + conversation.listenText(PATIENCE)), null);
				PythonPeer python = PythonPeer.start(peers.alice, "conversation_start.py", "secretive",
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
	void failedStartGivesItsNameBack() throws Exception {
		List<String> before = ConversingPeers.mounted(peers.alice);
		// takes messages, but no conversations
		try (PythonPeer python = PythonPeer.start(peers.bob, "receive.py", "no-talk")) {
			python.awaitLine("listening");
			assertThatExceptionOfType(TransmissionTimeoutException.class).isThrownBy(() -> peers.alices
				.startConversation(peers.bobsId, "no-talk", peers.alices.options().withTimeout(Duration.ofSeconds(3))));
		}
		assertNamesAreGivenBack(peers.alice, before);
	}

	/**
	 * Ways to peers are kept for a while, but no names.
	 */
	private static void assertNamesAreGivenBack(KuboTestNode node, List<String> before) {
		PeerId self = node.peerId();
		Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(() -> assertThat(ConversingPeers.mounted(node))
				.filteredOn((line) -> line.contains("/p2p/" + self + " "))
				.isSubsetOf(before));
	}

	private static final class ExclusiveOr implements TransmissionCipher {

		@Override
		public byte[] encrypt(byte[] plain) {
			byte[] result = plain.clone();
			for (int i = 0; i < result.length; i++) {
				result[i] ^= 90;
			}
			return result;
		}

		@Override
		public byte[] decrypt(byte[] encrypted) {
			return encrypt(encrypted);
		}

	}

}
