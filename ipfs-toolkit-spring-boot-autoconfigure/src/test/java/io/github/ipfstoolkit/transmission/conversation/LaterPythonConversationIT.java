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
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.ipfstoolkit.testsupport.PythonPeer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Conversations with the later engine of the Python IPFS-Toolkit (ipfs_tk 0.1.14), which
 * has salutations: on Bob's node where Java starts them, on Alice's where Python does.
 */
@EnabledIfEnvironmentVariable(named = PythonPeer.LATER_VARIABLE, matches = ".+")
@Timeout(180)
class LaterPythonConversationIT {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	/**
	 * With the byte that divides fields, and the one that ends a frame's header.
	 */
	private static final byte[] ANSWER = { (byte) 0xFF, 0, 'h', 'i' };

	private static ConversingPeers peers;

	@BeforeAll
	static void startNodes() {
		peers = new ConversingPeers();
	}

	@AfterAll
	static void stopNodes() {
		peers.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "6869", "ff00ff", "00" })
	void salutationsGoBothWaysWhereJavaStarts(String salutation) throws Exception {
		try (PythonPeer python = PythonPeer.startLater(peers.bob, "later_conversation_listen.py", "later-" + salutation,
				HexFormat.of().formatHex(ANSWER))) {
			python.awaitLine("listening");
			ConversationOptions options = peers.alices.options().withSalutation(HexFormat.of().parseHex(salutation));
			try (Conversation conversation = peers.alices.startConversation(peers.bobsId, "later-" + salutation,
					options)) {
				assertThat(python.awaitLine("salutation")).isEqualTo("salutation " + salutation);
				assertThat(python.awaitLine("joined")).isEqualTo("joined " + peers.alicesId);
				assertThat(conversation.salutation()).isEqualTo(ANSWER);
				assertThat(conversation.isDirect()).isFalse();
				conversation.say("Hello");
				assertThat(conversation.listenText(PATIENCE)).isEqualTo("olleH");
				conversation.say("bye");
				python.awaitLine("closed");
			}
		}
	}

	@Test
	void javaStartsWithoutASalutation() throws Exception {
		try (PythonPeer python = PythonPeer.startLater(peers.bob, "later_conversation_listen.py", "later-plain")) {
			python.awaitLine("listening");
			try (Conversation conversation = peers.alices.startConversation(peers.bobsId, "later-plain")) {
				assertThat(python.awaitLine("salutation")).isEqualTo("salutation none");
				assertThat(conversation.salutation()).isEmpty();
				conversation.say("Hello");
				assertThat(conversation.listenText(PATIENCE)).isEqualTo("olleH");
				conversation.say("bye");
				python.awaitLine("closed");
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "6869", "ff00ff" })
	void salutationsGoBothWaysWherePythonStarts(String salutation) throws Exception {
		BlockingQueue<byte[]> salutations = new LinkedBlockingQueue<>();
		try (ConversationReceiver receiver = listen("for-later-" + salutation, salutations);
				PythonPeer python = PythonPeer.startLater(peers.alice, "later_conversation_start.py",
						"pythons-" + salutation, peers.bobsId.toString(), receiver.listener(), salutation)) {
			python.input("one\ntwo\n".getBytes(StandardCharsets.UTF_8));
			assertThat(python.awaitLine("salutation")).isEqualTo("salutation " + HexFormat.of().formatHex(ANSWER));
			assertThat(python.awaitLine("heard")).isEqualTo("heard ONE");
			assertThat(python.awaitLine("heard")).isEqualTo("heard TWO");
			assertThat(salutations.poll(30, TimeUnit.SECONDS)).isEqualTo(HexFormat.of().parseHex(salutation));
		}
	}

	/**
	 * Who starts without a salutation may not understand one.
	 */
	@Test
	void pythonThatStartsWithoutASalutationGetsNone() throws Exception {
		BlockingQueue<byte[]> salutations = new LinkedBlockingQueue<>();
		try (ConversationReceiver receiver = listen("for-plain", salutations);
				PythonPeer python = PythonPeer.startLater(peers.alice, "later_conversation_start.py", "pythons-plain",
						peers.bobsId.toString(), receiver.listener())) {
			python.input("one\n".getBytes(StandardCharsets.UTF_8));
			assertThat(python.awaitLine("salutation")).isEqualTo("salutation none");
			assertThat(python.awaitLine("heard")).isEqualTo("heard ONE");
			assertThat(salutations.poll(30, TimeUnit.SECONDS)).isEmpty();
		}
	}

	private static ConversationReceiver listen(String listener, BlockingQueue<byte[]> salutations) {
		return peers.bobs.open(listener, peers.receiverOptions(4), peers.bobs.options().withSalutation(ANSWER),
				(conversation) -> {
					salutations.add(conversation.salutation());
					for (byte[] message : conversation) {
						conversation.say(new String(message, StandardCharsets.UTF_8).toUpperCase());
					}
				}, null);
	}

}
