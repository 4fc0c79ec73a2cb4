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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.PeerId;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an application costs that has sent to a thousand listeners and then rests: 100
 * peers with 10 listeners each, as far as the sender is concerned, though all of them are
 * on one node here. Both ends are in this process, so that the figures are of both.
 */
@Tag("long")
@EnabledOnOs(OS.LINUX)
class IdleCostIT {

	private static final int LISTENERS = 1000;

	private static final Duration IDLE = Duration.ofSeconds(8);

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	@Test
	void everythingIsGivenBackAndNothingGrows() throws Exception {
		// over TCP, as QUIC allows 256 streams of one peer
		try (TwoPeers peers = new TwoPeers(false, (alice, bob) -> alice.connectTo(bob, "tcp"))) {
			PeerId bob = peers.bob.peerId();
			AtomicInteger handled = new AtomicInteger();
			ReceiverOptions options = new ReceiverOptions(32, 2 * LISTENERS, DataSize.ofMegabytes(1),
					Duration.ofSeconds(20), Duration.ofMinutes(5), new SimpleAsyncTaskExecutor("receiver-"),
					AcceptancePolicy.any(), 1, AckMode.HANDLED);
			TransmissionTemplate sender = peers.sender(new SenderOptions(Duration.ofSeconds(20), 3, 16, IDLE));
			ExecutorService senders = Executors.newFixedThreadPool(8);
			try (TransmissionReceiver receiver = peers.receivers.open("all", options,
					(message) -> handled.incrementAndGet())) {
				giveItMoreNames(peers);
				send(sender, bob, senders, LISTENERS);
				Cost first = awaitIdle("after the first message to each of 1000 listeners", peers);
				Cost peak = send(sender, bob, senders, LISTENERS);
				System.out.println("in use: " + peak);
				Cost second = awaitIdle("after the second to each", peers);
				send(sender, bob, senders, 10_000);
				Cost third = awaitIdle("after 10,000 more", peers);
				assertThat(handled).hasValue(12_000);
				assertThat(peak.files()).isGreaterThan(LISTENERS);
				for (Cost later : List.of(second, third)) {
					assertThat(later.threads()).isLessThanOrEqualTo(first.threads() + 10);
					assertThat(later.files()).isLessThanOrEqualTo(first.files() + 10);
				}
				assertThat(third.files()).isLessThan(300);
				assertThat(third.threads()).isLessThan(150);
			}
			finally {
				senders.shutdownNow();
				sender.stop();
			}
		}
	}

	/**
	 * Mounts a thousand names that lead to one receiver.
	 */
	private static void giveItMoreNames(TwoPeers peers) {
		Multiaddr target = peers.bob.kubo()
			.p2p()
			.ls()
			.block()
			.listeners()
			.stream()
			.filter((row) -> row.protocol().equals("/x/all.standing"))
			.findFirst()
			.orElseThrow()
			.targetAddress();
		for (int i = 0; i < LISTENERS; i++) {
			peers.bob.kubo().p2p().listen("/x/listener-%d.standing".formatted(i), target, true).block();
		}
	}

	private static Cost send(TransmissionTemplate sender, PeerId bob, ExecutorService senders, int count)
			throws Exception {
		List<Future<Receipt>> sent = IntStream.range(0, count)
			.mapToObj((i) -> senders.submit(() -> sender.send(bob, "listener-%d".formatted(i % LISTENERS), "message")))
			.toList();
		for (Future<Receipt> message : sent) {
			message.get();
		}
		return Cost.now();
	}

	private static Cost awaitIdle(String when, TwoPeers peers) {
		Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
			assertThat(peers.alice.kubo().p2p().ls().block().listeners()).isEmpty();
			assertThat(peers.alice.kubo().p2p().streams().block().streams()).isEmpty();
		});
		// the receiver's ends follow
		int[] last = { Integer.MAX_VALUE };
		Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> {
			int before = last[0];
			last[0] = Cost.now().threads();
			return last[0] == before && last[0] < 150;
		});
		Cost cost = Cost.now();
		System.out.println("idle " + when + ": " + cost);
		return cost;
	}

	private record Cost(int threads, int files) {

		static Cost now() {
			try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
				return new Cost((int) Thread.getAllStackTraces().keySet().stream().filter(Thread::isAlive).count(),
						(int) files.count());
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		}

		@Override
		public String toString() {
			return "%d threads, %d file descriptors".formatted(this.threads, this.files);
		}

	}

}
