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
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.p2p.TunnelForward;
import io.github.ipfstoolkit.p2p.TunnelStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for a receiver with peers that speak to it on raw streams: by the letter of the
 * protocol, and otherwise. After each, a good peer is still served.
 */
class ReceiverIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final int MAX_CONNECTIONS = 12;

	private static TwoPeers peers;

	private static PeerId alice;

	private static PeerId bob;

	private final AtomicInteger handled = new AtomicInteger();

	private final List<AutoCloseable> opened = new ArrayList<>();

	private TransmissionReceiver receiver;

	private TunnelForward requests;

	private TunnelForward standing;

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
	void open() {
		peers.observer.clear();
		ReceiverOptions options = new ReceiverOptions(2, MAX_CONNECTIONS, DataSize.ofMegabytes(1),
				Duration.ofSeconds(2), Duration.ofSeconds(20), peers.executor);
		this.receiver = peers.receivers.open("target", options, (message) -> {
			message.bytes();
			this.handled.incrementAndGet();
		});
		this.requests = peers.alicesTunnels.forward(bob, "target");
		this.standing = peers.alicesTunnels.forward(bob, "target.standing");
	}

	@AfterEach
	void goodPeersAreStillServed() throws Exception {
		int before = this.handled.get();
		peers.transmissions.send(bob, "target", "good");
		assertThat(this.handled).hasValue(before + 1);
		for (AutoCloseable resource : this.opened) {
			resource.close();
		}
		this.requests.close();
		this.standing.close();
		assertThat(this.receiver.drain(TIMEOUT)).isTrue();
		this.receiver.close();
	}

	private TunnelStream stream(TunnelForward forward) throws IOException {
		TunnelStream stream = forward.open(TIMEOUT);
		stream.setReadTimeout(TIMEOUT);
		this.opened.add(stream);
		return stream;
	}

	private static String reply(TunnelStream stream) throws IOException {
		byte[] buffer = new byte[100];
		int count = stream.input().read(buffer);
		return (count < 0) ? "" : new String(buffer, 0, count, StandardCharsets.ISO_8859_1);
	}

	private static String refusal(RefusalReason reason) {
		return new String(Protocol.refused(reason, ""), StandardCharsets.ISO_8859_1);
	}

	@Test
	void requestIsAnsweredWithTheStandingChannel() throws Exception {
		TunnelStream request = stream(this.requests);
		request.output().write(Protocol.request(alice));
		assertThat(reply(request)).isEqualTo("Transmission request accepted.target.standing");
	}

	@Test
	void requestMayComeInPieces() throws Exception {
		TunnelStream request = stream(this.requests);
		for (byte value : Protocol.request(alice)) {
			request.output().write(value);
		}
		assertThat(reply(request)).startsWith("Transmission request accepted.");
	}

	@Test
	void messagesMayFollowEachOtherWithoutWaiting() throws Exception {
		TunnelStream stream = stream(this.standing);
		byte[] frame = Frame.of("hello".getBytes(StandardCharsets.US_ASCII));
		byte[] three = new byte[frame.length * 3];
		for (int i = 0; i < 3; i++) {
			System.arraycopy(frame, 0, three, i * frame.length, frame.length);
		}
		stream.output().write(three);
		assertThat(stream.input().readNBytes(27)).asString().isEqualTo("Finished!Finished!Finished!");
		assertThat(this.handled).hasValue(3);
	}

	@Test
	void requestUnderAnotherPeersNameIsRefused() throws Exception {
		for (int i = 0; i < 3; i++) {
			TunnelStream request = stream(this.requests);
			request.output().write(Protocol.request(bob));
			assertThat(reply(request)).isEqualTo(refusal(RefusalReason.IDENTITY));
		}
		assertThat(peers.observer.receiveFailures).hasSize(3).containsOnly(ReceiveFailure.IDENTITY);
	}

	@Test
	void senderLearnsThatItsNameWasNotBelieved() throws Exception {
		TunnelStream request = stream(this.requests);
		SenderStream sender = new SenderStream(request, new Destination(bob, "target"), new SendLimits(TIMEOUT, 0));
		assertThatExceptionOfType(TransmissionRefusedException.class).isThrownBy(() -> sender.request(bob))
			.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(RefusalReason.IDENTITY));
	}

	@Test
	void requestWithAWrongChecksumIsRefused() throws Exception {
		TunnelStream request = stream(this.requests);
		byte[] bytes = Protocol.request(alice);
		bytes[2]++;
		request.output().write(bytes);
		assertThat(reply(request)).startsWith("Transmission request not accepted.");
		assertThat(peers.observer.receiveFailures).containsExactly(ReceiveFailure.MALFORMED);
	}

	@Test
	void requestThatIsCutAnywhereHasNoEffect() throws Exception {
		byte[] request = Protocol.request(alice);
		for (int end = 0; end < request.length; end += 7) {
			TunnelStream stream = stream(this.requests);
			stream.output().write(Arrays.copyOf(request, end));
			stream.close();
		}
	}

	@Test
	void randomBytesEndTheStream() throws Exception {
		Random random = new Random(3);
		byte[] bytes = new byte[5000];
		for (TunnelForward forward : List.of(this.requests, this.standing, this.requests, this.standing)) {
			random.nextBytes(bytes);
			bytes[10] = 1;
			Arrays.fill(bytes, 0, 10, (byte) 255);
			TunnelStream stream = stream(forward);
			stream.output().write(bytes);
			assertThat(reply(stream)).startsWith("Transmission request not accepted.");
			stream.close();
		}
		assertThat(peers.observer.receiveFailures).hasSize(4).containsOnly(ReceiveFailure.MALFORMED);
	}

	@Test
	void hugeLengthTakesNeitherMemoryNorTime() throws Exception {
		TunnelStream stream = stream(this.standing);
		stream.output().write(Frame.header(Long.MAX_VALUE));
		stream.output().write(new byte[1000]);
		assertThat(reply(stream)).isEqualTo(refusal(RefusalReason.TOO_LARGE));
		// the receiver counts it once it has answered
		Awaitility.await()
			.untilAsserted(() -> assertThat(peers.observer.receiveFailures).containsExactly(ReceiveFailure.TOO_LARGE));
		TunnelStream overflow = stream(this.standing);
		overflow.output().write(new byte[] { -1, -1, -1, -1, -1, -1, -1, -1, 0 });
		assertThat(reply(overflow)).isEqualTo(refusal(RefusalReason.MALFORMED));
	}

	@Test
	void messageThatComesByteByByteIsGivenUpAndItsPermitIsFree() throws Exception {
		for (int i = 0; i < 3; i++) {
			TunnelStream slow = stream(this.standing);
			slow.output().write(Frame.header(10_000));
			peers.executor.execute(() -> drip(slow));
		}
		Awaitility.await()
			.atMost(TIMEOUT)
			.until(() -> peers.observer.receiveFailures.size() == 3
					&& peers.observer.receiveFailures.stream().allMatch(ReceiveFailure.BROKEN::equals));
		assertThat(this.handled).hasValue(0);
	}

	private static void drip(TunnelStream stream) {
		try {
			CountDownLatch never = new CountDownLatch(1);
			while (!never.await(100, TimeUnit.MILLISECONDS)) {
				stream.output().write(1);
			}
		}
		catch (IOException | InterruptedException ex) {
			// it was ended
		}
	}

	@Test
	void silentStreamsMakeRoomForOthers() throws Exception {
		for (int i = 0; i < 3 * MAX_CONNECTIONS; i++) {
			stream(this.requests);
			stream(this.standing);
		}
		for (int i = 0; i < 5; i++) {
			peers.transmissions.send(bob, "target", "message");
		}
		assertThat(this.handled).hasValue(5);
	}

	@Test
	void silentRequestIsEndedAfterTheReadTimeout() throws Exception {
		TunnelStream silent = stream(this.requests);
		silent.output().write(2);
		long start = System.nanoTime();
		try (InputStream input = silent.input()) {
			assertThat(input.read()).isEqualTo(-1);
		}
		// that it is ended at all within the time-out of the stream is what counts
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
	}

}
