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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import io.github.ipfstoolkit.p2p.TunnelForward;
import io.github.ipfstoolkit.p2p.TunnelStream;
import io.github.ipfstoolkit.p2p.TunnelTemplate;
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

	private final AtomicBoolean goOn = new AtomicBoolean(true);

	private final ConcurrentLinkedQueue<Long> micros = new ConcurrentLinkedQueue<>();

	private final List<TunnelStream> opened = new ArrayList<>();

	private TransmissionReceiver receiver;

	private Future<?> goodPeer;

	private TunnelForward requests;

	private TunnelForward standing;

	private int threads;

	private long files;

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
		this.threads = receiverThreads();
		this.files = openFiles();
		this.goodPeer = this.executor.submit(() -> {
			while (this.goOn.get()) {
				Receipt receipt = peers.transmissions.send(peers.bob.peerId(), "target", "good");
				this.micros.add(receipt.duration().toNanos() / 1000);
				TimeUnit.MILLISECONDS.sleep(5);
			}
			return null;
		});
	}

	/**
	 * A good peer was served all the while, and all that the hostile one has opened is
	 * gone soon after it has left.
	 */
	@AfterEach
	void nothingIsLeft() throws Exception {
		this.goOn.set(false);
		assertThat(this.goodPeer).succeedsWithin(TIMEOUT);
		long[] sorted = this.micros.stream().mapToLong(Long::longValue).sorted().toArray();
		System.out.printf("%s: meanwhile a good peer sent %d messages: %.2f ms (median), %.1f ms at most%n",
				this.transport, sorted.length, sorted[sorted.length / 2] / 1000.0, sorted[sorted.length - 1] / 1000.0);
		mallory.awaitConnection(peers.bob, this.transport);
		this.opened.forEach(TunnelStream::close);
		Awaitility.await().atMost(TIMEOUT).until(() -> receiverThreads() <= this.threads + 2);
		Awaitility.await().atMost(TIMEOUT).until(() -> openFiles() <= this.files + 4);
		this.executor.shutdown();
		this.requests.close();
		this.standing.close();
		assertThat(this.receiver.drain(TIMEOUT)).isTrue();
		this.receiver.close();
	}

	/**
	 * Threads that serve a stream now: those that are idle wait in their pool.
	 */
	private static int receiverThreads() {
		return (int) Thread.getAllStackTraces()
			.values()
			.stream()
			.filter((stack) -> Arrays.stream(stack)
				.anyMatch((frame) -> frame.getClassName().equals(TunnelTransmissionReceiver.class.getName())))
			.count();
	}

	private static long openFiles() throws IOException {
		Path files = Path.of("/proc/self/fd");
		if (!Files.isDirectory(files)) {
			return 0;
		}
		try (Stream<Path> open = Files.list(files)) {
			return open.count();
		}
	}

	private TunnelStream stream(TunnelForward forward) throws IOException {
		TunnelStream stream = forward.open(TIMEOUT);
		stream.setReadTimeout(TIMEOUT);
		this.opened.add(stream);
		return stream;
	}

	/**
	 * Reads until the receiver ends the stream.
	 */
	private static void awaitEnd(TunnelStream stream) {
		try {
			stream.input().skipNBytes(Long.MAX_VALUE);
		}
		catch (IOException ex) {
			// it has ended
		}
	}

	@Test
	void silentConnections() throws Exception {
		long start = System.nanoTime();
		for (int i = 0; i < 250; i++) {
			stream(this.requests);
			stream(this.standing);
		}
		System.out.printf("500 silent connections in %d ms, at most %d of them held%n",
				(System.nanoTime() - start) / 1_000_000, MAX_CONNECTIONS);
		int before = this.micros.size();
		Awaitility.await().atMost(TIMEOUT).until(() -> this.micros.size() > before + 100);
		// some that have just been ended may still be on their way out
		Awaitility.await().atMost(TIMEOUT).until(() -> receiverThreads() <= MAX_CONNECTIONS + 4);
	}

	@Test
	void randomBytes() throws Exception {
		Random random = new Random(11);
		int streams = 300;
		List<TunnelStream> kept = new ArrayList<>();
		for (int i = 0; i < streams; i++) {
			byte[] bytes = new byte[1 + random.nextInt(3000)];
			random.nextBytes(bytes);
			TunnelStream stream = stream((i % 2 == 0) ? this.requests : this.standing);
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
		long start = System.nanoTime();
		kept.forEach(HostilePeerIT::awaitEnd);
		long longest = (System.nanoTime() - start) / 1_000_000;
		System.out.printf("%d streams of random bytes, ended within %d ms%n", streams, longest);
		assertThat(longest).isLessThan(READ_TIMEOUT.plusSeconds(10).toMillis());
	}

	@Test
	void handshakesThatAreCutAtEveryByte() throws Exception {
		byte[] request = Protocol.request(mallory.peerId());
		byte[] message = Frame.of("message".getBytes());
		for (int end = 0; end < request.length; end++) {
			TunnelStream stream = stream(this.requests);
			stream.output().write(request, 0, end);
			stream.close();
		}
		for (int end = 0; end < message.length; end++) {
			TunnelStream stream = stream(this.standing);
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
			TunnelStream stream = stream(this.requests);
			stream.output().write(request, 0, end);
			paused.add(stream);
		}
		long start = System.nanoTime();
		paused.forEach(HostilePeerIT::awaitEnd);
		long longest = (System.nanoTime() - start) / 1_000_000;
		System.out.printf("%d handshakes that paused were ended within %d ms (read time-out %d ms)%n", paused.size(),
				longest, READ_TIMEOUT.toMillis());
		assertThat(longest).isLessThan(READ_TIMEOUT.plusSeconds(10).toMillis());
	}

	@Test
	void messagesOfOneByteASecond() throws Exception {
		List<TunnelStream> slow = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			TunnelStream stream = stream(this.standing);
			stream.output().write(Frame.header(10_000));
			slow.add(stream);
		}
		Future<?> dripping = this.executor.submit(() -> {
			while (this.goOn.get()) {
				for (TunnelStream stream : slow) {
					try {
						stream.output().write(1);
					}
					catch (IOException ex) {
						// it was ended
					}
				}
				TimeUnit.SECONDS.sleep(1);
			}
			return null;
		});
		long start = System.nanoTime();
		slow.forEach(HostilePeerIT::awaitEnd);
		long longest = (System.nanoTime() - start) / 1_000_000;
		System.out.printf("8 messages of a byte a second were ended within %d ms (read time-out %d ms)%n", longest,
				READ_TIMEOUT.toMillis());
		assertThat(longest).isLessThan(READ_TIMEOUT.plusSeconds(5).toMillis());
		this.goOn.set(false);
		assertThat(dripping).succeedsWithin(TIMEOUT);
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
		TunnelStream stream = stream(forward);
		stream.output().write(bytes);
		byte[] reply = stream.input().readNBytes(Protocol.REFUSED.length);
		stream.close();
		return Arrays.equals(reply, Protocol.REFUSED) ? 1 : 0;
	}

}
