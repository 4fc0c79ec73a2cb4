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

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.p2p.SwarmPeerDirectory;
import io.github.ipfstoolkit.p2p.TunnelOptions;
import io.github.ipfstoolkit.p2p.TunnelTemplate;
import io.github.ipfstoolkit.testsupport.KuboTestNode;
import io.github.ipfstoolkit.transmission.SenderOptions;
import io.github.ipfstoolkit.transmission.TransmissionTemplate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sends ten thousand numbered messages while nodes and the receiving application are
 * killed and come back: each that was acknowledged must have been handled.
 */
@ParameterizedClass
@ValueSource(strings = { KuboTestNode.TCP, KuboTestNode.QUIC })
class DeliveryIT {

	private static final int MESSAGES = 10_000;

	private static final int SENDERS = 8;

	private final String transport;

	private final KuboTestNode alice;

	private final KuboTestNode bob;

	private final PeerId bobsId;

	private final TunnelTemplate tunnels;

	private final TransmissionTemplate transmissions;

	private final AtomicInteger next = new AtomicInteger();

	private final AtomicInteger failures = new AtomicInteger();

	private final AtomicBoolean goOn = new AtomicBoolean(true);

	private final Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();

	@TempDir
	private Path directory;

	private NotingProcess application;

	DeliveryIT(String transport) {
		this.transport = transport;
		this.alice = KuboTestNode.startWithTransport(transport);
		this.bob = KuboTestNode.startWithTransport(transport);
		this.bobsId = this.bob.peerId();
		this.tunnels = new TunnelTemplate(this.alice.kubo(), () -> this.alice.endpoint().uri().getHost(),
				TunnelOptions.defaults());
		this.transmissions = new TransmissionTemplate(this.tunnels,
				new SwarmPeerDirectory(this.alice.kubo(), Duration.ofSeconds(10)), SenderOptions.defaults(),
				JsonMapper.builder().build(), List.of());
	}

	@BeforeEach
	void start() throws Exception {
		this.alice.connectTo(this.bob);
		this.alice.awaitConnection(this.bob, this.transport);
		this.application = startApplication();
	}

	@AfterEach
	void stop() {
		this.goOn.set(false);
		this.transmissions.stop();
		this.tunnels.stop();
		this.application.kill();
		this.alice.close();
		this.bob.close();
	}

	private NotingProcess startApplication() throws IOException {
		return NotingProcess.start(this.bob, this.directory);
	}

	@Test
	void everyAcknowledgedMessageWasHandled() throws Exception {
		long start = System.nanoTime();
		ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
		List<Future<?>> sending = new ArrayList<>();
		for (int i = 0; i < SENDERS; i++) {
			sending.add(senders.submit(this::send));
		}
		awaitAcknowledged(MESSAGES / 6);
		this.bob.killAndRestart();
		awaitAcknowledged(2 * MESSAGES / 6);
		this.alice.killAndRestart();
		awaitAcknowledged(3 * MESSAGES / 6);
		this.application.stop();
		this.application = startApplication();
		awaitAcknowledged(4 * MESSAGES / 6);
		this.application.kill();
		this.application = startApplication();
		awaitAcknowledged(MESSAGES);
		for (Future<?> sender : sending) {
			assertThat(sender).succeedsWithin(Duration.ofSeconds(60));
		}
		senders.shutdown();
		this.alice.awaitConnection(this.bob, this.transport);
		report(System.nanoTime() - start);
	}

	private void send() {
		int number = this.next.getAndIncrement();
		while (this.goOn.get() && number < MESSAGES) {
			try {
				this.transmissions.send(this.bobsId, "numbers", Integer.toString(number));
				this.acknowledged.add(number);
				number = this.next.getAndIncrement();
			}
			catch (IpfsException ex) {
				// as an application would that must not lose it
				this.failures.incrementAndGet();
			}
		}
	}

	private void awaitAcknowledged(int count) {
		Awaitility.await()
			.atMost(Duration.ofMinutes(2))
			.pollInterval(Duration.ofMillis(5))
			.until(() -> this.acknowledged.size() >= count);
	}

	private void report(long nanos) throws IOException {
		TreeMap<Integer, Integer> handled = new TreeMap<>();
		this.application.notes().forEach((note) -> handled.merge(Integer.valueOf(note), 1, Integer::sum));
		Set<Integer> lost = new HashSet<>(this.acknowledged);
		lost.removeAll(handled.keySet());
		int duplicates = handled.values().stream().mapToInt((count) -> count - 1).sum();
		System.out.printf(
				"%s: %d messages acknowledged in %.1f s while both nodes were killed and the application was stopped and "
						+ "killed: %d lost, %d handled more than once, %d attempts failed and were repeated%n",
				this.transport, this.acknowledged.size(), nanos / 1e9, lost.size(), duplicates, this.failures.get());
		assertThat(this.acknowledged).hasSize(MESSAGES);
		assertThat(lost).isEmpty();
	}

}
