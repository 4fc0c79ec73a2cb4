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
package io.github.ipfstoolkit.transmission.buffer;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.p2p.SwarmPeerDirectory;
import io.github.ipfstoolkit.p2p.TunnelForward;
import io.github.ipfstoolkit.p2p.TunnelStream;
import io.github.ipfstoolkit.p2p.TunnelTemplate;
import io.github.ipfstoolkit.testsupport.GoodPeer;
import io.github.ipfstoolkit.testsupport.HeldResources;
import io.github.ipfstoolkit.testsupport.HostileStreams;
import io.github.ipfstoolkit.testsupport.KuboTestNode;
import io.github.ipfstoolkit.transmission.AcceptancePolicy;
import io.github.ipfstoolkit.transmission.conversation.ConversingPeers;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a hostile peer can do to a listener of raw buffers, in numbers: nothing outlives
 * its time-out, nothing is left behind, and a good peer's bytes arrive meanwhile.
 */
@Tag("long")
@ParameterizedClass
@ValueSource(strings = { KuboTestNode.TCP, KuboTestNode.QUIC })
class HostileBufferIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final Duration READ_TIMEOUT = Duration.ofMillis(1500);

	private static final int MAX_STREAMS = 16;

	/**
	 * As much as one peer may have of these.
	 */
	private static final int MAX_OF_PEER = 12;

	private static ConversingPeers peers;

	private static KuboTestNode mallory;

	private static PeerId mallorysId;

	private static TunnelTemplate mallorysTunnels;

	private final String transport;

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final CountDownLatch readOn = new CountDownLatch(1);

	private final AtomicInteger mallorysOpen = new AtomicInteger();

	private final AtomicInteger mallorysMost = new AtomicInteger();

	private final BlockingQueue<String> good = new LinkedBlockingQueue<>();

	private final Set<PeerId> senders = ConcurrentHashMap.newKeySet();

	private final HostileStreams opened = new HostileStreams();

	private BufferTemplate alices;

	private BufferTemplate bobs;

	private BufferReceiver receiver;

	private TunnelForward forward;

	private GoodPeer goodPeer;

	private volatile boolean reading = true;

	private Set<Object> mounted;

	private HeldResources held;

	HostileBufferIT(String transport) {
		this.transport = transport;
	}

	@BeforeParameterizedClassInvocation
	static void start(String transport) {
		peers = new ConversingPeers(transport);
		mallory = KuboTestNode.startWithTransport(transport);
		mallorysId = mallory.peerId();
		mallory.connectTo(peers.bob);
		mallory.awaitConnection(peers.bob, transport);
		mallorysTunnels = ConversingPeers.tunnels(mallory);
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		mallorysTunnels.stop();
		mallory.close();
		peers.close();
	}

	@BeforeEach
	void open() throws Exception {
		this.mounted = mounted();
		this.alices = template(peers.alice, peers.alicesTunnels);
		this.bobs = template(peers.bob, peers.bobsTunnels);
		this.receiver = this.bobs.listen("target", this::receive);
		this.forward = mallorysTunnels.forward(peers.bobsId, "target");
		send();
		this.held = HeldResources.of(TunnelBufferReceiver.class);
		this.goodPeer = new GoodPeer(this::send);
	}

	private BufferTemplate template(KuboTestNode node, TunnelTemplate tunnels) {
		BufferOptions options = new BufferOptions(TIMEOUT, Duration.ZERO, READ_TIMEOUT, MAX_STREAMS,
				(double) MAX_OF_PEER / MAX_STREAMS, AcceptancePolicy.any(), this.executor);
		return new BufferTemplate(tunnels, new SwarmPeerDirectory(node.kubo(), TIMEOUT), options, List.of());
	}

	private void receive(ReceivedBuffers buffers) throws Exception {
		this.senders.add(buffers.sender());
		if (buffers.sender().equals(peers.alicesId)) {
			this.good.add(new String(buffers.input().readNBytes(4), StandardCharsets.US_ASCII));
			return;
		}
		this.mallorysMost.accumulateAndGet(this.mallorysOpen.incrementAndGet(), Math::max);
		try {
			if (!this.reading) {
				this.readOn.await();
			}
			InputStream input = buffers.input();
			byte[] bytes = new byte[8192];
			int count = input.read(bytes);
			while (count >= 0) {
				count = input.read(bytes);
			}
		}
		finally {
			this.mallorysOpen.decrementAndGet();
		}
	}

	/**
	 * Sends some bytes as a good peer, and waits until they have arrived.
	 */
	private void send() throws Exception {
		try (BufferSender sender = this.alices.open(peers.bobsId, "target")) {
			sender.write("good".getBytes(StandardCharsets.US_ASCII));
			sender.flush();
			assertThat(this.good.poll(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isEqualTo("good");
		}
	}

	/**
	 * A good peer was served all the while, and all that the hostile one has opened is
	 * gone soon after it has left.
	 */
	@AfterEach
	void nothingIsLeft() throws Exception {
		this.goodPeer.stop(this.transport, "sent bytes");
		mallory.awaitConnection(peers.bob, this.transport);
		this.opened.close();
		Awaitility.await().atMost(TIMEOUT).until(() -> this.mallorysOpen.get() == 0);
		this.held.awaitGivenBack(0, 4);
		assertThat(this.mallorysMost.get()).isLessThanOrEqualTo(MAX_OF_PEER);
		assertThat(this.senders).isSubsetOf(peers.alicesId, mallorysId);
		this.forward.close();
		this.receiver.close();
		this.alices.destroy();
		this.bobs.destroy();
		this.executor.shutdownNow();
		Awaitility.await().atMost(TIMEOUT).untilAsserted(() -> assertThat(mounted()).isEqualTo(this.mounted));
	}

	private static Set<Object> mounted() {
		return Stream.of(peers.alice, peers.bob, mallory)
			.flatMap((node) -> node.kubo().p2p().ls().block().listeners().stream())
			.collect(Collectors.toSet());
	}

	private TunnelStream stream() throws IOException {
		TunnelStream stream = this.opened.open(this.forward);
		stream.setWriteTimeout(READ_TIMEOUT);
		return stream;
	}

	private static long awaitEnd(List<TunnelStream> streams) {
		long millis = HostileStreams.awaitEnd(streams);
		assertThat(millis).isLessThan(READ_TIMEOUT.plusSeconds(20).toMillis());
		return millis;
	}

	@Test
	void silentConnections() throws Exception {
		List<TunnelStream> streams = new ArrayList<>();
		for (int i = 0; i < 500; i++) {
			streams.add(stream());
		}
		long longest = awaitEnd(streams);
		System.out.printf(
				"[figures] %s: 500 silent streams, of which %d were held at most, were ended within %d ms (read time-out %d ms)%n",
				this.transport, this.mallorysMost.get(), longest, READ_TIMEOUT.toMillis());
	}

	@Test
	void randomBytes() throws Exception {
		Random random = new Random(13);
		List<TunnelStream> kept = new ArrayList<>();
		for (int i = 0; i < 200; i++) {
			byte[] bytes = new byte[1 + random.nextInt(3000)];
			random.nextBytes(bytes);
			TunnelStream stream = stream();
			HostileStreams.write(stream, bytes);
			if (i % 10 == 0) {
				kept.add(stream);
			}
			else {
				stream.close();
			}
		}
		System.out.printf("[figures] %s: 200 streams of random bytes, those that went silent were ended within %d ms%n",
				this.transport, awaitEnd(kept));
	}

	/**
	 * That is no reason to end a stream of raw bytes, as each comes within the time-out.
	 * Its peer gets no more streams than it may have.
	 */
	@Test
	void fewBytesASecond() throws Exception {
		List<TunnelStream> streams = new ArrayList<>();
		for (int i = 0; i < 2 * MAX_OF_PEER; i++) {
			streams.add(stream());
		}
		for (int i = 0; i < 10; i++) {
			streams.forEach((stream) -> HostileStreams.write(stream, new byte[] { 1 }));
			TimeUnit.MILLISECONDS.sleep(250);
		}
		int held = this.mallorysOpen.get();
		System.out.printf(
				"[figures] %s: of %d streams of four bytes a second %d were held for 2.5 s, and ended %d ms after the last byte (read time-out %d ms)%n",
				this.transport, streams.size(), held, awaitEnd(streams), READ_TIMEOUT.toMillis());
		assertThat(held).isEqualTo(MAX_OF_PEER);
	}

	/**
	 * Before all that a peer sends, its node says whose stream it is.
	 */
	@Test
	void claimsThatAreFalse() throws Exception {
		byte[] claim = (peers.alicesId + "\ngood").getBytes(StandardCharsets.US_ASCII);
		for (int end = 0; end < claim.length; end++) {
			try (TunnelStream stream = stream()) {
				HostileStreams.write(stream, Arrays.copyOf(claim, end));
			}
		}
		HostileStreams.write(stream(), claim);
		Awaitility.await().atMost(TIMEOUT).until(() -> this.senders.contains(mallorysId));
		// nothing of it was taken for the good peer's: each of its own has asked for one
		System.out.printf(
				"[figures] %s: %d false claims, cut at every byte, were all taken as bytes of who sent them%n",
				this.transport, claim.length);
	}

	/**
	 * Who can reach the port of the application itself, but is not the node.
	 */
	@Test
	void identificationsThatAreCutAtEveryByte() throws Exception {
		byte[] line = (peers.alicesId + "\n").getBytes(StandardCharsets.US_ASCII);
		InetSocketAddress port = port();
		for (int end = 0; end < line.length; end++) {
			try (Socket socket = new Socket(port.getAddress(), port.getPort())) {
				socket.getOutputStream().write(line, 0, end);
			}
		}
		List<Socket> endless = new ArrayList<>();
		long start = System.nanoTime();
		for (String text : List.of("\n", "nobody\n", "x".repeat(200), "\u0000\n", "\u00ff".repeat(200))) {
			try (Socket socket = new Socket(port.getAddress(), port.getPort())) {
				socket.setSoTimeout((int) TIMEOUT.toMillis());
				socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
				assertThat(isEnded(socket)).isTrue();
			}
		}
		long longest = (System.nanoTime() - start) / 1_000_000;
		for (int i = 0; i < 2 * MAX_STREAMS - 4; i++) {
			endless.add(new Socket(port.getAddress(), port.getPort()));
		}
		this.goodPeer.awaitServed(20);
		System.out.printf(
				"[figures] %s: %d identifications cut at every byte; 5 that are none were ended within %d ms; %d that do not come took no place%n",
				this.transport, line.length, longest, endless.size());
		for (Socket socket : endless) {
			socket.close();
		}
	}

	private static boolean isEnded(Socket socket) {
		try {
			return socket.getInputStream().read() < 0;
		}
		catch (IOException ex) {
			// it was reset, as something was left unread
			return !(ex instanceof SocketTimeoutException);
		}
	}

	private static InetSocketAddress port() {
		String target = peers.bob.kubo()
			.p2p()
			.ls()
			.block()
			.listeners()
			.stream()
			.filter((mount) -> mount.protocol().equals("/x/target"))
			.findFirst()
			.orElseThrow()
			.targetAddress()
			.toString();
		return new InetSocketAddress("127.0.0.1", Integer.parseInt(target.substring(target.lastIndexOf('/') + 1)));
	}

	/**
	 * Where the handler does not read, no more is taken than the buffers on the way hold.
	 */
	@Test
	void floodsThatAreNotRead() throws Exception {
		this.reading = false;
		byte[] bytes = new byte[64 * 1024];
		List<Future<Long>> floods = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			TunnelStream stream = stream();
			floods.add(this.executor.submit(() -> {
				long written = 0;
				try {
					while (written < 1_000_000_000) {
						stream.output().write(bytes);
						written += bytes.length;
					}
				}
				catch (IOException ex) {
					// it came to a halt
				}
				return written;
			}));
		}
		long most = 0;
		for (Future<Long> flood : floods) {
			most = Math.max(most, flood.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS));
		}
		System.out.printf("[figures] %s: 4 floods that nobody reads came to a halt after %d bytes at most%n",
				this.transport, most);
		assertThat(most).isLessThan(100_000_000);
		this.readOn.countDown();
	}

}
