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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.p2p.TunnelForward;
import io.github.ipfstoolkit.p2p.TunnelStream;
import io.github.ipfstoolkit.p2p.TunnelTemplate;
import io.github.ipfstoolkit.testsupport.HostileStreams;
import io.github.ipfstoolkit.testsupport.KuboTestNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for who may send, and how much of a receiver one peer may take.
 */
class AcceptanceIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final AtomicInteger counter = new AtomicInteger();

	private static TwoPeers peers;

	private static PeerId alice;

	private static PeerId bob;

	/**
	 * Of each test its own, as the sender remembers listeners.
	 */
	private final String listener = "guarded-" + counter.incrementAndGet();

	private final List<Offer> offers = new CopyOnWriteArrayList<>();

	private final AtomicInteger handled = new AtomicInteger();

	private final List<AutoCloseable> opened = new ArrayList<>();

	private volatile AcceptancePolicy policy = AcceptancePolicy.any();

	@BeforeAll
	static void start() {
		peers = new TwoPeers();
		alice = peers.alice.peerId();
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

	@AfterEach
	void close() throws Exception {
		for (int i = this.opened.size() - 1; i >= 0; i--) {
			this.opened.get(i).close();
		}
	}

	private <T extends AutoCloseable> T closing(T resource) {
		this.opened.add(resource);
		return resource;
	}

	private void receive(ReceiverOptions options) {
		closing(peers.receivers.open(this.listener, options.with((offer) -> {
			this.offers.add(offer);
			return this.policy.accepts(offer);
		}), (message) -> {
			message.bytes();
			this.handled.incrementAndGet();
		}));
	}

	private TunnelStream standing() throws IOException {
		return stream(this.listener + ".standing");
	}

	private TunnelStream stream(String protocol) throws IOException {
		TunnelForward forward = closing(peers.alicesTunnels.forward(bob, protocol));
		TunnelStream stream = closing(forward.open(TIMEOUT));
		stream.setReadTimeout(TIMEOUT);
		return stream;
	}

	private static byte[] refusal(RefusalReason reason) {
		return Protocol.refused(reason, "");
	}

	@Test
	void peerThatMayNotSendIsRefused() {
		receive(peers.options(2));
		this.policy = (offer) -> false;
		assertThatExceptionOfType(TransmissionRefusedException.class)
			.isThrownBy(() -> peers.transmissions.send(bob, this.listener, "hello"))
			.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(RefusalReason.FORBIDDEN));
		assertThat(this.handled).hasValue(0);
		assertThat(this.offers).containsExactly(new Offer(alice, this.listener, OptionalLong.of(5)));
		Awaitility.await()
			.atMost(TIMEOUT)
			.untilAsserted(() -> assertThat(peers.observer.receiveFailures).containsExactly(ReceiveFailure.FORBIDDEN));
	}

	@Test
	void peerThatMayNotSendIsRefusedWhenItAsks() throws Exception {
		receive(peers.options(2));
		this.policy = (offer) -> false;
		try (SenderStream stream = new SenderStream(stream(this.listener), new Destination(bob, this.listener),
				new SendLimits(TIMEOUT, 0))) {
			assertThatExceptionOfType(TransmissionRefusedException.class).isThrownBy(() -> stream.request(alice))
				.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(RefusalReason.FORBIDDEN));
		}
		assertThat(this.offers).containsExactly(new Offer(alice, this.listener, OptionalLong.empty()));
		assertThat(peers.observer.receiveFailures).containsExactly(ReceiveFailure.FORBIDDEN);
	}

	@Test
	void messageIsRefusedBeforeAnythingOfItHasCome() throws Exception {
		receive(peers.options(2));
		this.policy = (offer) -> offer.size().orElse(0) < 1000;
		TunnelStream stream = standing();
		stream.output().write(Frame.header(1000));
		byte[] expected = refusal(RefusalReason.FORBIDDEN);
		assertThat(stream.input().readNBytes(expected.length)).isEqualTo(expected);
		// what was under way is passed over, and the stream goes on
		stream.output().write(new byte[1000]);
		stream.output().write(Frame.of("small".getBytes(StandardCharsets.US_ASCII)));
		assertThat(stream.input().readNBytes(9)).isEqualTo(Protocol.FINISHED);
		assertThat(this.handled).hasValue(1);
	}

	@Test
	void senderOfAHugeMessageThatIsNotWantedGoesOnWithSmallOnes() {
		receive(peers.options(2));
		this.policy = (offer) -> offer.size().orElse(0) < 1000;
		for (int i = 0; i < 3; i++) {
			assertThatExceptionOfType(TransmissionRefusedException.class)
				.isThrownBy(() -> peers.transmissions.send(bob, this.listener, new byte[8 * 1024 * 1024]))
				.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(RefusalReason.FORBIDDEN));
			peers.transmissions.send(bob, this.listener, "small");
		}
		assertThat(this.handled).hasValue(3);
	}

	@Test
	void policyThatFailsRefuses() {
		receive(peers.options(2));
		this.policy = (offer) -> {
			throw new IllegalStateException("no database");
		};
		assertThatExceptionOfType(TransmissionRefusedException.class)
			.isThrownBy(() -> peers.transmissions.send(bob, this.listener, "hello"))
			.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(RefusalReason.FAILED));
		assertThat(this.handled).hasValue(0);
	}

	/**
	 * Each of the hostile peer's messages is sent just fast enough not to be given up.
	 */
	@ParameterizedTest
	@CsvSource({ "HANDLED, 60000", "HANDLED, 1000000", "RECEIVED, 60000", "RECEIVED, 1000000" })
	void peerThatHoldsItsShareKeepsNobodyOut(AckMode ackMode, int size) throws Exception {
		int connections = 16;
		int held = 12;
		receive(new ReceiverOptions(4, connections, DataSize.ofMegabytes(1), Duration.ofSeconds(20),
				Duration.ofMinutes(1), peers.executor, AcceptancePolicy.any(), 0.75, ackMode));
		try (KuboTestNode mallory = KuboTestNode.start()) {
			mallory.connectTo(peers.bob);
			TunnelTemplate tunnels = closing(new Stoppable(TwoPeers.tunnels(mallory))).tunnels();
			CountDownLatch end = new CountDownLatch(1);
			try (TunnelForward forward = tunnels.forward(bob, this.listener + ".standing")) {
				List<TunnelStream> streams = new ArrayList<>();
				for (int i = 0; i < connections + 4; i++) {
					TunnelStream stream = closing(forward.open(TIMEOUT));
					// what is beyond its share may be ended before it is written
					HostileStreams.write(stream, Frame.header(size));
					HostileStreams.write(stream, new byte[] { 1 });
					streams.add(stream);
				}
				Awaitility.await()
					.atMost(TIMEOUT)
					.untilAsserted(() -> assertThat(streams.stream().filter(TunnelStream::isQuiet)).hasSize(held));
				peers.executor.execute(() -> drip(streams, end));
				long start = System.nanoTime();
				for (int i = 0; i < 20; i++) {
					peers.transmissions.send(bob, this.listener, "message " + i);
				}
				System.out.printf(
						"%s: 20 messages while another peer holds %d of %d streams with %d bytes each: %d ms%n",
						ackMode, held, connections, size, Duration.ofNanos(System.nanoTime() - start).toMillis());
				Awaitility.await().atMost(TIMEOUT).untilAsserted(() -> assertThat(this.handled).hasValue(20));
			}
			finally {
				end.countDown();
			}
		}
	}

	private static void drip(List<TunnelStream> streams, CountDownLatch end) {
		try {
			while (!end.await(200, TimeUnit.MILLISECONDS)) {
				for (TunnelStream stream : streams) {
					write(stream);
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void write(TunnelStream stream) {
		try {
			stream.output().write(1);
		}
		catch (IOException ignored) {
			// one of those that were turned away
		}
	}

	private record Stoppable(TunnelTemplate tunnels) implements AutoCloseable {

		@Override
		public void close() {
			this.tunnels.stop();
		}

	}

}
