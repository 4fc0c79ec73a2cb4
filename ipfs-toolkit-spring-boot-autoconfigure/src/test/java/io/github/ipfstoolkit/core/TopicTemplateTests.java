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

package io.github.ipfstoolkit.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.NodeUnreachableException;
import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.rpc.Kubo;
import io.github.ipfstoolkit.rpc.PubsubApi;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.http.ResponseEntity;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link TopicTemplate}.
 */
class TopicTemplateTests {

	private static final PeerId PEER = PeerId.of("12D3KooWGL1WQ2TXMou8HRB8zv7K274sDfWbF3noAnxWESU6RL2K");

	private final Kubo kubo = mock(Kubo.class);

	private final PubsubApi pubsub = mock(PubsubApi.class);

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final AtomicInteger cancelled = new AtomicInteger();

	private volatile Sinks.Many<PubsubApi.Message> messages;

	private TopicTemplate topics;

	@BeforeEach
	void prepare() {
		given(this.kubo.pubsub()).willReturn(this.pubsub);
		given(this.pubsub.subscribe("topic")).willReturn(Mono.fromSupplier(this::connect));
		this.topics = new TopicTemplate(this.kubo, this.executor, DataSize.ofBytes(100));
	}

	@AfterEach
	void stop() {
		this.topics.close();
		this.executor.shutdownNow();
	}

	private ResponseEntity<Flux<PubsubApi.Message>> connect() {
		Sinks.Many<PubsubApi.Message> sink = Sinks.many().unicast().onBackpressureBuffer();
		this.messages = sink;
		return ResponseEntity.ok(sink.asFlux().doOnCancel(this.cancelled::incrementAndGet));
	}

	@Test
	void messagesAreHandledOneAfterAnotherOnTheExecutor() {
		List<String> handled = Collections.synchronizedList(new ArrayList<>());
		AtomicInteger atOnce = new AtomicInteger();
		TopicSubscription subscription = this.topics.subscribe("topic", (message) -> {
			assertThat(atOnce.incrementAndGet()).isOne();
			assertThat(message.from()).isEqualTo(PEER);
			handled.add(message.topic() + " " + message.text() + " " + Thread.currentThread().getName());
			atOnce.decrementAndGet();
		});
		assertThat(subscription.isActive()).isTrue();
		send("a");
		send("b");
		send("c");
		Awaitility.await().until(() -> handled.size() == 3);
		assertThat(handled).extracting((text) -> text.split(" ")[1]).containsExactly("a", "b", "c");
		assertThat(handled).allMatch((text) -> text.contains("pool-"));
	}

	@Test
	void handlerThatThrowsDoesNotEndTheSubscription() {
		List<String> handled = Collections.synchronizedList(new ArrayList<>());
		this.topics.subscribe("topic", (message) -> {
			handled.add(message.text());
			throw new IllegalStateException("thrown by the test");
		});
		send("a");
		send("b");
		Awaitility.await().until(() -> handled.equals(List.of("a", "b")));
	}

	@Test
	void firstFailureIsTheCallers() {
		given(this.pubsub.subscribe("topic"))
			.willReturn(Mono.error(new NodeUnreachableException("http://127.0.0.1:1", null)));
		assertThatExceptionOfType(NodeUnreachableException.class)
			.isThrownBy(() -> this.topics.subscribe("topic", (message) -> {
			}));
	}

	@Test
	void lostSubscriptionIsRenewed() {
		List<String> handled = Collections.synchronizedList(new ArrayList<>());
		TopicSubscription subscription = this.topics.subscribe("topic", (message) -> handled.add(message.text()));
		Sinks.Many<PubsubApi.Message> first = this.messages;
		first.tryEmitError(new IpfsException("lost"));
		Awaitility.await().until(() -> this.messages != first && subscription.isActive());
		send("after an error");
		Sinks.Many<PubsubApi.Message> second = this.messages;
		second.tryEmitComplete();
		Awaitility.await().until(() -> this.messages != second && subscription.isActive());
		send("after an end");
		Awaitility.await().until(() -> handled.equals(List.of("after an error", "after an end")));
	}

	@Test
	void nothingIsHandledAfterClose() throws Exception {
		CountDownLatch entered = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		AtomicInteger handled = new AtomicInteger();
		TopicSubscription subscription = this.topics.subscribe("topic", (message) -> {
			entered.countDown();
			assertThat(release.await(60, TimeUnit.SECONDS)).isTrue();
			handled.incrementAndGet();
		});
		send("a");
		send("b");
		assertThat(entered.await(60, TimeUnit.SECONDS)).isTrue();
		var closing = this.executor.submit(subscription::close);
		Awaitility.await().until(() -> this.cancelled.get() == 1);
		assertThat(closing.isDone()).isFalse();
		release.countDown();
		closing.get(60, TimeUnit.SECONDS);
		assertThat(handled).hasValue(1);
		assertThat(subscription.isActive()).isFalse();
	}

	@Test
	void handlerMayCloseItsSubscription() {
		AtomicReference<TopicSubscription> subscription = new AtomicReference<>();
		CountDownLatch closed = new CountDownLatch(1);
		subscription.set(this.topics.subscribe("topic", (message) -> {
			subscription.get().close();
			closed.countDown();
		}));
		send("a");
		Awaitility.await().until(() -> closed.getCount() == 0);
		assertThat(this.cancelled).hasValue(1);
	}

	@Test
	void messagesBeyondTheLimitAreDroppedAndCounted() throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		CountDownLatch entered = new CountDownLatch(1);
		List<Integer> handled = Collections.synchronizedList(new ArrayList<>());
		TopicSubscription subscription = this.topics.subscribe("topic", (message) -> {
			entered.countDown();
			release.await(60, TimeUnit.SECONDS);
			handled.add(message.data().length);
		});
		send("x".repeat(200));
		assertThat(entered.await(60, TimeUnit.SECONDS)).isTrue();
		send("x".repeat(60));
		send("x".repeat(61));
		send("x".repeat(40));
		assertThat(subscription.droppedMessages()).isOne();
		release.countDown();
		Awaitility.await().until(() -> handled.equals(List.of(200, 60, 40)));
	}

	@Test
	void closingTheTemplateEndsAllSubscriptions() {
		TopicSubscription subscription = this.topics.subscribe("topic", (message) -> {
		});
		this.topics.close();
		assertThat(subscription.isActive()).isFalse();
		assertThat(this.cancelled).hasValue(1);
		assertThatExceptionOfType(IpfsException.class).isThrownBy(() -> this.topics.subscribe("topic", (message) -> {
		}));
	}

	private void send(String text) {
		this.messages.emitNext(new PubsubApi.Message(PEER, text.getBytes(), new byte[] { 1 }, List.of("topic")),
				Sinks.EmitFailureHandler.FAIL_FAST);
	}

}
