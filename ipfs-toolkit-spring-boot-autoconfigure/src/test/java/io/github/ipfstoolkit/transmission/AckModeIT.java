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

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.github.ipfstoolkit.PeerId;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for messages that are acknowledged before they are handled.
 */
class AckModeIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final String LISTENER = "early";

	private static TwoPeers peers;

	private static PeerId bob;

	private final CountDownLatch release = new CountDownLatch(1);

	private final List<String> handled = new CopyOnWriteArrayList<>();

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

	private TransmissionReceiver receiver(AckMode ackMode, int concurrency) {
		ReceiverOptions options = new ReceiverOptions(concurrency, 64, DataSize.ofKilobytes(64), Duration.ofSeconds(10),
				Duration.ofMinutes(1), peers.executor, AcceptancePolicy.any(), 0.75, ackMode);
		return peers.receivers.open(LISTENER, options, (message) -> {
			String text = new String(message.bytes());
			if (!this.release.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
				throw new IllegalStateException("never released");
			}
			if (text.startsWith("bad")) {
				throw new IllegalStateException("can not handle it");
			}
			this.handled.add(text);
		});
	}

	@Test
	void acknowledgementComesAtOnceAndMessagesAreHandledInTheirOrder() {
		try (TransmissionReceiver receiver = receiver(AckMode.RECEIVED, 1)) {
			List<String> sent = IntStream.range(0, 50).mapToObj((i) -> "message " + i).toList();
			sent.forEach((message) -> peers.transmissions.send(bob, LISTENER, message));
			assertThat(this.handled).isEmpty();
			this.release.countDown();
			assertThat(receiver.drain(TIMEOUT)).isTrue();
			assertThat(this.handled).isEqualTo(sent);
			assertThat(peers.observer.received).hasSize(50);
		}
	}

	@Test
	void acknowledgementOfAHandledMessageWaits() throws Exception {
		try (TransmissionReceiver receiver = receiver(AckMode.HANDLED, 1)) {
			CompletableFuture<Receipt> sending = CompletableFuture
				.supplyAsync(() -> peers.transmissions.send(bob, LISTENER, "message"));
			assertThat(
					sending.handle((receipt, failure) -> receipt).completeOnTimeout(null, 500, TimeUnit.MILLISECONDS))
				.succeedsWithin(TIMEOUT)
				.isNull();
			assertThat(this.handled).isEmpty();
			this.release.countDown();
			assertThat(sending.get(20, TimeUnit.SECONDS).bytes()).isEqualTo(7);
			assertThat(this.handled).containsExactly("message");
		}
	}

	@Test
	void failureIsReportedToTheReceiverAlone() {
		try (TransmissionReceiver receiver = receiver(AckMode.RECEIVED, 1)) {
			this.release.countDown();
			peers.transmissions.send(bob, LISTENER, "bad");
			peers.transmissions.send(bob, LISTENER, "good");
			assertThat(receiver.drain(TIMEOUT)).isTrue();
			assertThat(this.handled).containsExactly("good");
			assertThat(peers.observer.receiveFailures).containsExactly(ReceiveFailure.HANDLER);
		}
	}

	@Test
	void messageThatCanNotBeHeldInMemoryIsRefused() {
		try (TransmissionReceiver receiver = receiver(AckMode.RECEIVED, 1)) {
			this.release.countDown();
			assertThatExceptionOfType(TransmissionRefusedException.class)
				.isThrownBy(() -> peers.transmissions.send(bob, LISTENER, new byte[64 * 1024 + 1]))
				.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(RefusalReason.TOO_LARGE));
		}
	}

	@Test
	void memoryIsBoundedAndSendersWaitForIt() {
		try (TransmissionReceiver receiver = receiver(AckMode.RECEIVED, 2)) {
			// three quarters of twice 64 KiB: one of 64 KiB, and no second
			List<CompletableFuture<Receipt>> sending = IntStream.range(0, 6)
				.mapToObj((i) -> CompletableFuture
					.supplyAsync(() -> peers.transmissions.send(bob, LISTENER, "x".repeat(60 * 1024)), peers.executor))
				.toList();
			Awaitility.await().atMost(TIMEOUT).until(() -> acknowledged(sending) == 1);
			Awaitility.await()
				.during(Duration.ofMillis(500))
				.atMost(TIMEOUT)
				.untilAsserted(() -> assertThat(acknowledged(sending)).isOne());
			this.release.countDown();
			sending.forEach((message) -> assertThat(message).succeedsWithin(TIMEOUT));
			assertThat(receiver.drain(TIMEOUT)).isTrue();
			assertThat(this.handled).hasSize(6);
		}
	}

	private static long acknowledged(List<CompletableFuture<Receipt>> sending) {
		return sending.stream().filter(CompletableFuture::isDone).count();
	}

}
