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

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.github.ipfstoolkit.transmission.AcceptancePolicy;
import io.github.ipfstoolkit.transmission.AckMode;
import io.github.ipfstoolkit.transmission.ReceiverOptions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for very many conversations that are open at the same time, with nodes that are
 * configured as usual: over QUIC they let one peer open 256 streams.
 */
class ManyConversationsIT {

	private static final boolean VIRTUAL_THREADS = Runtime.version().feature() >= 21;

	/**
	 * Without virtual threads each takes three threads of this one process.
	 */
	private static final int CONVERSATIONS = VIRTUAL_THREADS ? 1000 : 250;

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final byte[] LAST = "last".getBytes(StandardCharsets.US_ASCII);

	@ParameterizedTest
	@ValueSource(strings = { "tcp", "quic-v1" })
	@Timeout(300)
	void allAreOpenAtOnceAndAnswer(String transport) throws Exception {
		try (ConversingPeers peers = new ConversingPeers((alice, bob) -> alice.connectTo(bob, transport))) {
			AtomicInteger open = new AtomicInteger();
			AtomicInteger last = new AtomicInteger();
			ReceiverOptions options = new ReceiverOptions(CONVERSATIONS, 200, DataSize.ofMegabytes(1),
					Duration.ofSeconds(30), Duration.ofMinutes(1), peers.executor, AcceptancePolicy.any(), 1,
					AckMode.HANDLED);
			ThreadMXBean threads = ManagementFactory.getThreadMXBean();
			int threadsBefore = threads.getThreadCount();
			try (ConversationReceiver receiver = peers.bobs.open("crowd", options, peers.bobs.options(),
					(conversation) -> {
						open.incrementAndGet();
						for (byte[] message : conversation) {
							if (Arrays.equals(message, LAST)) {
								last.incrementAndGet();
							}
							else {
								conversation.say(message);
							}
						}
						open.decrementAndGet();
					}, null)) {
				long start = System.nanoTime();
				List<Conversation> conversations = inParallel(IntStream.range(0, CONVERSATIONS).boxed().toList(),
						(number) -> peers.alices.startConversation(peers.bobsId, "crowd"));
				long started = System.nanoTime();
				Awaitility.await().atMost(PATIENCE).until(() -> open.get() == CONVERSATIONS);
				int threadsMeanwhile = threads.getThreadCount();
				long streams = peers.alice.run("swarm", "peers", "--streams")
					.lines()
					.filter((line) -> line.contains("/x/crowd.conversation"))
					.count();
				long saying = System.nanoTime();
				List<String> answers = inParallel(conversations, (conversation) -> {
					conversation.say(conversation.name());
					return conversation.listenText(PATIENCE);
				});
				long answered = System.nanoTime();
				assertThat(answers).isEqualTo(conversations.stream().map(Conversation::name).toList());
				System.out.printf(
						"%d conversations over %s: started in %d ms, each answered once in %d ms; %d streams; %d threads before, %d with all open%n",
						CONVERSATIONS, transport, (started - start) / 1_000_000, (answered - saying) / 1_000_000,
						streams, threadsBefore, threadsMeanwhile);
				assertThat(streams).isBetween((long) ConversationStreams.OWN_STREAMS, 100L);
				if (VIRTUAL_THREADS) {
					assertThat(threadsMeanwhile - threadsBefore).isLessThan(CONVERSATIONS / 10);
				}
				// over QUIC, what is on its way is lost when a stream is ended
				conversations.forEach((conversation) -> {
					conversation.sayAhead(LAST, 0, LAST.length);
					conversation.close();
				});
				Awaitility.await().atMost(PATIENCE).until(() -> open.get() == 0);
				assertThat(last).hasValue(CONVERSATIONS);
				assertThat(receiver.drain(PATIENCE)).isTrue();
			}
		}
	}

	private static <T, R> List<R> inParallel(List<T> items, ThrowingFunction<T, R> task) throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(16);
		try {
			List<Future<R>> futures = new ArrayList<>();
			for (T item : items) {
				futures.add(executor.submit(() -> task.apply(item)));
			}
			List<R> results = new ArrayList<>();
			for (Future<R> future : futures) {
				results.add(future.get());
			}
			return results;
		}
		finally {
			executor.shutdownNow();
		}
	}

	private interface ThrowingFunction<T, R> {

		R apply(T value) throws Exception;

	}

}
