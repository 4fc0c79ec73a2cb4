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

package io.github.ipfstoolkit.listener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.github.ipfstoolkit.core.TopicMessage;
import io.github.ipfstoolkit.testsupport.InMemoryTopics;
import io.github.ipfstoolkit.testsupport.InMemoryTransmissionReceivers;
import org.junit.jupiter.api.Test;

import org.springframework.messaging.Message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link TopicListenerSource} in a container.
 */
class TopicListenerSourceTests {

	private final InMemoryTopics topics = new InMemoryTopics();

	private final List<String> received = Collections.synchronizedList(new ArrayList<>());

	@Test
	void messageComesWithItsSenderAndTopic() {
		CompletableFuture<Message<?>> message = new CompletableFuture<>();
		container((options) -> {
		}, message::complete).start();
		this.topics.publish("news", "hello");
		assertThat(message).succeedsWithin(Duration.ofSeconds(30)).satisfies((received) -> {
			assertThat(((TopicMessage) received.getPayload()).text()).isEqualTo("hello");
			assertThat(received.getHeaders()).containsEntry(IpfsHeaders.SENDER, InMemoryTransmissionReceivers.ALICE)
				.containsEntry(IpfsHeaders.LISTENER, "news")
				.containsEntry(IpfsHeaders.LENGTH, 5L);
		});
	}

	/**
	 * A mistake that others paid for: to lose a permit when the listener throws.
	 */
	@Test
	void goesOnAfterMorePoisonMessagesThanItHasPermits() {
		IpfsListenerContainer container = container((options) -> options.concurrency(2), (message) -> {
			String text = text(message);
			if (text.equals("poison")) {
				throw new IllegalStateException(text);
			}
			this.received.add(text);
		});
		container.start();
		for (int i = 0; i < 3; i++) {
			this.topics.publish("news", "poison");
		}
		this.topics.publish("news", "good");
		await().untilAsserted(() -> assertThat(this.received).containsExactly("good"));
	}

	/**
	 * A mistake that others paid for: to lose a permit when the executor rejects.
	 */
	@Test
	void goesOnAfterItsExecutorRejectedAMessage() {
		AtomicBoolean full = new AtomicBoolean(true);
		container((options) -> options.concurrency(1).executorFactory((id) -> (task) -> {
			if (full.getAndSet(false)) {
				throw new RejectedExecutionException("full");
			}
			task.run();
		}), (message) -> this.received.add(text(message))).start();
		this.topics.publish("news", "rejected");
		this.topics.publish("news", "good");
		await().untilAsserted(() -> assertThat(this.received).containsExactly("good"));
	}

	/**
	 * A mistake that others paid for: to allow a concurrency that is never reached.
	 */
	@Test
	void reachesItsConcurrencyAndNotMore() throws Exception {
		CyclicBarrier all = new CyclicBarrier(25);
		AtomicInteger current = new AtomicInteger();
		AtomicInteger max = new AtomicInteger();
		CountDownLatch done = new CountDownLatch(50);
		container((options) -> options.concurrency(25), (message) -> {
			max.accumulateAndGet(current.incrementAndGet(), Math::max);
			all.await();
			current.decrementAndGet();
			done.countDown();
		}).start();
		for (int i = 0; i < 50; i++) {
			this.topics.publish("news", "hello");
		}
		await().until(() -> done.getCount() == 0);
		assertThat(max).hasValue(25);
	}

	@Test
	void keepsTheOrderWithAConcurrencyOfOne() {
		container((options) -> options.concurrency(1), (message) -> this.received.add(text(message))).start();
		List<String> sent = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			sent.add("message " + i);
			this.topics.publish("news", "message " + i);
		}
		await().untilAsserted(() -> assertThat(this.received).isEqualTo(sent));
	}

	/**
	 * A mistake that others paid for: to be stopped while a message is handled, or to
	 * handle one afterwards. A mistake that others paid for: to let the work outlive the
	 * container.
	 */
	@Test
	void stopWaitsForWhatIsHandledAndNoMoreIs() throws Exception {
		CountDownLatch handling = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		IpfsListenerContainer container = container((options) -> options.concurrency(1), (message) -> {
			handling.countDown();
			goOn.await();
			this.received.add(text(message));
		});
		container.start();
		this.topics.publish("news", "first");
		handling.await();
		this.topics.publish("news", "waits for a permit");
		CompletableFuture<Void> stop = CompletableFuture.runAsync(container::stop);
		await().until(() -> this.topics.topics().isEmpty());
		assertThat(stop).isNotDone();
		assertThat(container.isRunning()).isTrue();
		goOn.countDown();
		assertThat(stop).succeedsWithin(Duration.ofSeconds(30));
		assertThat(this.received).containsExactly("first");
	}

	@Test
	void startsAgainAfterItWasStopped() {
		IpfsListenerContainer container = container((options) -> options.concurrency(1),
				(message) -> this.received.add(text(message)));
		container.start();
		container.stop();
		this.topics.publish("news", "lost");
		container.start();
		this.topics.publish("news", "hello");
		await().untilAsserted(() -> assertThat(this.received).containsExactly("hello"));
	}

	private static String text(Message<?> message) {
		return ((TopicMessage) message.getPayload()).text();
	}

	private IpfsListenerContainer container(Consumer<IpfsListenerOptions.Builder> customizer,
			IpfsMessageListener listener) {
		return new DefaultIpfsListenerContainerFactory(IpfsListenerOptions.builder().build(),
				List.of(new TopicListenerSource(this.topics)))
			.createContainer(IpfsListenerEndpoint.of(IpfsListenerType.TOPIC, "news", listener).withOptions(customizer));
	}

}
