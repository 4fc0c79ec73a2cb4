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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.github.ipfstoolkit.p2p.TunnelForward;
import io.github.ipfstoolkit.p2p.TunnelStream;
import io.github.ipfstoolkit.p2p.TunnelTemplate;
import io.github.ipfstoolkit.testsupport.GoodPeer;
import io.github.ipfstoolkit.testsupport.HeldResources;
import io.github.ipfstoolkit.testsupport.HostileStreams;
import io.github.ipfstoolkit.testsupport.KuboTestNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a hostile peer can do on a raw tunnel, in numbers: nothing outlives its time-out,
 * nothing is left behind, and a good peer is served meanwhile.
 */
@Tag("long")
@ParameterizedClass
@ValueSource(strings = { KuboTestNode.TCP, KuboTestNode.QUIC })
class HostilePeerIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final Duration READ_TIMEOUT = Duration.ofSeconds(2);

	private static final int MAX_CONNECTIONS = 64;

	private static TwoPeers peers;

	private static KuboTestNode mallory;

	private static TunnelTemplate mallorysTunnels;

	private final String transport;

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final HostileStreams opened = new HostileStreams();

	private TransmissionReceiver receiver;

	private GoodPeer goodPeer;

	private TunnelForward requests;

	private TunnelForward standing;

	private HeldResources held;

	HostilePeerIT(String transport) {
		this.transport = transport;
	}

	@BeforeParameterizedClassInvocation
	static void start(String transport) {
		peers = new TwoPeers(transport);
		mallory = KuboTestNode.startWithTransport(transport);
		mallory.connectTo(peers.bob);
		mallory.awaitConnection(peers.bob, transport);
		mallorysTunnels = TwoPeers.tunnels(mallory);
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		mallorysTunnels.stop();
		mallory.close();
		peers.close();
	}

	@BeforeEach
	void open() throws Exception {
		peers.observer.clear();
		ReceiverOptions options = new ReceiverOptions(4, MAX_CONNECTIONS, DataSize.ofMegabytes(1), READ_TIMEOUT,
				Duration.ofSeconds(20), peers.executor);
		this.receiver = peers.receivers.open("target", options, Transmission::bytes);
		this.requests = mallorysTunnels.forward(peers.bob.peerId(), "target");
		this.standing = mallorysTunnels.forward(peers.bob.peerId(), "target.standing");
		peers.transmissions.send(peers.bob.peerId(), "target", "hello");
		this.held = HeldResources.of(TunnelTransmissionReceiver.class);
		this.goodPeer = new GoodPeer(() -> peers.transmissions.send(peers.bob.peerId(), "target", "good"));
	}

	/**
	 * A good peer was served all the while, and all that the hostile one has opened is
	 * gone soon after it has left.
	 */
	@AfterEach
	void nothingIsLeft() throws Exception {
		this.goodPeer.stop(this.transport, "sent a message");
		mallory.awaitConnection(peers.bob, this.transport);
		this.opened.close();
		this.held.awaitGivenBack(2, 4);
		this.executor.shutdown();
		this.requests.close();
		this.standing.close();
		assertThat(this.receiver.drain(TIMEOUT)).isTrue();
		this.receiver.close();
	}

	@Test
	void silentConnections() throws Exception {
		long start = System.nanoTime();
		for (int i = 0; i < 250; i++) {
			this.opened.open(this.requests);
			this.opened.open(this.standing);
		}
		System.out.printf("500 silent connections in %d ms, at most %d of them held%n",
				(System.nanoTime() - start) / 1_000_000, MAX_CONNECTIONS);
		this.goodPeer.awaitServed(100);
		// some that have just been ended may still be on their way out
		Awaitility.await()
			.atMost(TIMEOUT)
			.until(() -> HeldResources.threads(TunnelTransmissionReceiver.class) <= MAX_CONNECTIONS + 4);
	}

	@Test
	void randomBytes() throws Exception {
		Random random = new Random(11);
		int streams = 300;
		List<TunnelStream> kept = new ArrayList<>();
		for (int i = 0; i < streams; i++) {
			byte[] bytes = new byte[1 + random.nextInt(3000)];
			random.nextBytes(bytes);
			TunnelStream stream = this.opened.open((i % 2 == 0) ? this.requests : this.standing);
			try {
				stream.output().write(bytes);
			}
			catch (IOException ex) {
				// refused before the end
			}
			if (i % 25 == 0) {
				kept.add(stream);
			}
			else {
				stream.close();
			}
		}
		long longest = HostileStreams.awaitEnd(kept);
		System.out.printf("%d streams of random bytes, ended within %d ms%n", streams, longest);
		assertThat(longest).isLessThan(READ_TIMEOUT.plusSeconds(10).toMillis());
	}

	@Test
	void handshakesThatAreCutAtEveryByte() throws Exception {
		byte[] request = Protocol.request(mallory.peerId());
		byte[] message = Frame.of("message".getBytes());
		for (int end = 0; end < request.length; end++) {
			TunnelStream stream = this.opened.open(this.requests);
			stream.output().write(request, 0, end);
			stream.close();
		}
		for (int end = 0; end < message.length; end++) {
			TunnelStream stream = this.opened.open(this.standing);
			stream.output().write(message, 0, end);
			stream.close();
		}
		System.out.printf("%d handshakes and messages cut at every byte%n", request.length + message.length);
		assertThat(peers.observer.received).doesNotContain((long) "message".length());
	}

	@Test
	void handshakesThatPauseAtEveryByte() throws Exception {
		byte[] request = Protocol.request(mallory.peerId());
		List<TunnelStream> paused = new ArrayList<>();
		for (int end = 1; end < request.length; end += 2) {
			TunnelStream stream = this.opened.open(this.requests);
			stream.output().write(request, 0, end);
			paused.add(stream);
		}
		long longest = HostileStreams.awaitEnd(paused);
		System.out.printf("%d handshakes that paused were ended within %d ms (read time-out %d ms)%n", paused.size(),
				longest, READ_TIMEOUT.toMillis());
		assertThat(longest).isLessThan(READ_TIMEOUT.plusSeconds(10).toMillis());
	}

	@Test
	void messagesOfOneByteASecond() throws Exception {
		List<TunnelStream> slow = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			TunnelStream stream = this.opened.open(this.standing);
			stream.output().write(Frame.header(10_000));
			slow.add(stream);
		}
		long longest = HostileStreams.dripUntilEnded(slow);
		System.out.printf("8 messages of a byte a second were ended within %d ms (read time-out %d ms)%n", longest,
				READ_TIMEOUT.toMillis());
		assertThat(longest).isLessThan(READ_TIMEOUT.plusSeconds(5).toMillis());
	}

	@Test
	void lengthsChecksumsAndClaimsThatAreWrong() throws Exception {
		byte[] wrongChecksum = Protocol.request(mallory.peerId());
		wrongChecksum[wrongChecksum.length - 1]++;
		List<byte[]> onRequests = List.of(wrongChecksum, Protocol.request(peers.alice.peerId()),
				Frame.of("\u0000name\u00ff with \u00ff and NUL".getBytes("ISO-8859-1")), Frame.header(Long.MAX_VALUE),
				new byte[] { 0 });
		List<byte[]> onStanding = List.of(Frame.header(Long.MAX_VALUE),
				new byte[] { -1, -1, -1, -1, -1, -1, -1, -1, -1, 0 }, new byte[] { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0 });
		int refused = 0;
		for (int round = 0; round < 20; round++) {
			for (byte[] bytes : onRequests) {
				refused += refuses(this.requests, bytes);
			}
			for (byte[] bytes : onStanding) {
				refused += refuses(this.standing, bytes);
			}
		}
		System.out.printf("%d of %d wrong lengths, checksums, claims and names were refused in words%n", refused,
				20 * 8);
		assertThat(refused).isEqualTo(20 * 8);
	}

	private int refuses(TunnelForward forward, byte[] bytes) throws IOException {
		TunnelStream stream = this.opened.open(forward);
		stream.output().write(bytes);
		byte[] reply = stream.input().readNBytes(Protocol.REFUSED.length);
		stream.close();
		return Arrays.equals(reply, Protocol.REFUSED) ? 1 : 0;
	}

}
