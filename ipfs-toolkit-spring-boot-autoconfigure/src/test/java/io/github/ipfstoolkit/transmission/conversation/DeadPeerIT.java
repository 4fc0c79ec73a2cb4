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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;

import io.github.ipfstoolkit.testsupport.KuboTestNode;
import io.github.ipfstoolkit.transmission.ReceiverOptions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Conversations with a peer whose node dies without a word, in which nothing is said: on
 * streams of their own, and on one that is multiplexed.
 */
@Tag("long")
class DeadPeerIT {

	/**
	 * What the toolkit promises.
	 */
	private static final Duration PROMISE = Duration.ofMinutes(1);

	private static final int CONVERSATIONS = ConversationStreams.OWN_STREAMS + 6;

	@ParameterizedTest(name = "{1} over {0}")
	@CsvSource({ "tcp, bob", "tcp, alice", "quic-v1, bob", "quic-v1, alice" })
	@Timeout(180)
	void isNoticedAtBothEnds(String transport, String victim) throws Exception {
		try (ConversingPeers peers = new ConversingPeers((alice, bob) -> alice.connectTo(bob, transport))) {
			ConcurrentLinkedQueue<Throwable> heardByBob = new ConcurrentLinkedQueue<>();
			ReceiverOptions options = peers.receiverOptions(2 * CONVERSATIONS);
			try (ConversationReceiver receiver = peers.bobs.open("talk", options, peers.bobs.options(),
					(conversation) -> heardByBob.add(end(conversation)), null)) {
				List<Conversation> conversations = new ArrayList<>();
				for (int i = 0; i < CONVERSATIONS; i++) {
					conversations.add(peers.alices.startConversation(peers.bobsId, "talk"));
				}
				List<Future<Throwable>> heardByAlice = conversations.stream()
					.map((conversation) -> peers.executor.submit(() -> end(conversation)))
					.toList();
				KuboTestNode node = victim.equals("bob") ? peers.bob : peers.alice;
				node.kill();
				long start = System.nanoTime();
				Awaitility.await().atMost(PROMISE).until(() -> heardByAlice.stream().allMatch(Future::isDone));
				long alice = System.nanoTime();
				Awaitility.await().atMost(PROMISE).until(() -> heardByBob.size() == CONVERSATIONS);
				long bob = System.nanoTime();
				System.out.printf(
						"over %s, %s's node was killed: %d conversations noticed by alice after %d ms, "
								+ "by bob after %d ms%n",
						transport, victim, CONVERSATIONS, (alice - start) / 1_000_000, (bob - start) / 1_000_000);
				for (Future<Throwable> heard : heardByAlice) {
					assertThat(heard.get()).isInstanceOf(ConversationLostException.class);
				}
				assertThat(heardByBob).allMatch(ConversationLostException.class::isInstance);
				assertThat(conversations).noneMatch(Conversation::isOpen);
			}
		}
	}

	/**
	 * Listens until the conversation has ended.
	 */
	private static Throwable end(Conversation conversation) {
		try {
			conversation.listen(Duration.ofMinutes(5));
			return new AssertionError("Something was said");
		}
		catch (RuntimeException ex) {
			return ex;
		}
	}

}
