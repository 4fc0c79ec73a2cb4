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
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.testsupport.KuboTestNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for peers that keep a sender waiting: those that have died without a word, and
 * those that are only slow.
 */
@Tag("long")
class SilentPeerIT {

	/**
	 * What the toolkit promises after a node was restarted.
	 */
	private static final Duration PROMISE = Duration.ofSeconds(15);

	private TwoPeers peers;

	private TransmissionTemplate transmissions;

	private TransmissionReceiver receiver;

	private final AtomicInteger received = new AtomicInteger();

	private final CountDownLatch handling = new CountDownLatch(1);

	private final CountDownLatch goOn = new CountDownLatch(1);

	private void start(BiConsumer<KuboTestNode, KuboTestNode> connect) {
		this.peers = new TwoPeers(true, connect);
		this.transmissions = this.peers.sender(SenderOptions.defaults());
		this.receiver = this.peers.receivers.open("chat", this.peers.options(2), (message) -> {
			String text = new String(message.bytes());
			this.received.incrementAndGet();
			if (text.equals("slow")) {
				this.handling.countDown();
				this.goOn.await(1, TimeUnit.MINUTES);
			}
		});
	}

	@AfterEach
	void stop() {
		this.goOn.countDown();
		this.transmissions.stop();
		this.receiver.close();
		this.peers.close();
	}

	@ParameterizedTest(name = "{0}, dialled by {1}, dialled again: {2}")
	@CsvSource({ "quic-v1, bob, false", "quic-v1, bob, true", "quic-v1, alice, false", "tcp, bob, false",
			"tcp, bob, true" })
	void warmStreamWithAKilledNodeDoesNotHoldAMessageUp(String transport, String dialer, boolean dialledAgain) {
		start((alice, bob) -> {
			if (dialer.equals("bob")) {
				bob.connectTo(alice, transport);
			}
			else {
				alice.connectTo(bob, transport);
			}
		});
		this.transmissions.send(this.peers.bob.peerId(), "chat", "before");
		this.peers.bob.killAndRestart();
		Awaitility.await().atMost(PROMISE).until(this.receiver::isActive);
		if (dialledAgain) {
			this.peers.bob.connectTo(this.peers.alice, transport);
		}
		Receipt receipt = this.transmissions.send(this.peers.bob.peerId(), "chat", "after");
		System.out.printf("%s, dialled by %s, dialled again: %s: %d ms%n", transport, dialer, dialledAgain,
				receipt.duration().toMillis());
		assertThat(receipt.duration()).isLessThan(PROMISE);
		assertThat(this.received).hasValue(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "quic-v1", "tcp" })
	void messageThatWasSentToADeadNodeArrivesOnceItIsBack(String transport) throws Exception {
		start((alice, bob) -> bob.connectTo(alice, transport));
		this.transmissions.send(this.peers.bob.peerId(), "chat", "before");
		PeerId bob = this.peers.bob.peerId();
		this.peers.bob.kill();
		ExecutorService sender = Executors.newSingleThreadExecutor();
		long start = System.nanoTime();
		// a node that takes long to start is reported as a peer that is gone
		Future<Receipt> sent = sender.submit(() -> Awaitility.await()
			.ignoreExceptionsInstanceOf(PeerNotFoundException.class)
			.until(() -> this.transmissions.send(bob, "chat", "after"), Objects::nonNull));
		this.peers.bob.startProcess();
		sent.get(30, TimeUnit.SECONDS);
		Duration duration = Duration.ofNanos(System.nanoTime() - start);
		System.out.printf("%s, sent to a dead node: %d ms%n", transport, duration.toMillis());
		assertThat(duration).isLessThan(PROMISE);
		assertThat(this.received).hasValue(2);
		sender.shutdown();
	}

	@Test
	void peerThatIsGoneIsReportedBeforeTheTimeout() {
		start((alice, bob) -> bob.connectTo(alice, "quic-v1"));
		PeerId bob = this.peers.bob.peerId();
		this.transmissions.send(bob, "chat", "before");
		this.peers.bob.kill();
		long start = System.nanoTime();
		assertThatExceptionOfType(PeerNotFoundException.class)
			.isThrownBy(() -> this.transmissions.send(bob, "chat", "after"));
		Duration duration = Duration.ofNanos(System.nanoTime() - start);
		System.out.printf("a peer that is gone was reported after %d ms%n", duration.toMillis());
		assertThat(duration).isLessThan(Duration.ofSeconds(25));
	}

	@Test
	void slowHandlerIsWaitedForAndGetsItsMessageOnce() throws Exception {
		start((alice, bob) -> alice.connectTo(bob));
		ExecutorService sender = Executors.newSingleThreadExecutor();
		Future<Receipt> sent = sender.submit(() -> this.transmissions.send(this.peers.bob.peerId(), "chat", "slow"));
		assertThat(this.handling.await(30, TimeUnit.SECONDS)).isTrue();
		// long enough for the peer to be asked whether it is there, and to be taken for
		// dead
		assertThat(this.goOn.await(12, TimeUnit.SECONDS)).isFalse();
		this.goOn.countDown();
		assertThat(sent.get(30, TimeUnit.SECONDS).duration()).isGreaterThan(Duration.ofSeconds(12));
		assertThat(this.received).hasValue(1);
		sender.shutdown();
	}

}
