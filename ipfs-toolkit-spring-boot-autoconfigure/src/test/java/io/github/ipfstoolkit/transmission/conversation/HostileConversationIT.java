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
package io.github.ipfstoolkit.transmission.conversation;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.ipfstoolkit.p2p.TunnelForward;
import io.github.ipfstoolkit.p2p.TunnelStream;
import io.github.ipfstoolkit.p2p.TunnelTemplate;
import io.github.ipfstoolkit.testsupport.GoodPeer;
import io.github.ipfstoolkit.testsupport.HeldResources;
import io.github.ipfstoolkit.testsupport.HostileStreams;
import io.github.ipfstoolkit.testsupport.KuboTestNode;
import io.github.ipfstoolkit.transmission.Frame;
import io.github.ipfstoolkit.transmission.Protocol;
import io.github.ipfstoolkit.transmission.ReceiverOptions;
import io.github.ipfstoolkit.transmission.RefusalReason;
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
 * What a hostile peer can do to a conversation listener on raw tunnels, in numbers:
 * nothing outlives its time-out, nothing is left behind, and a good peer converses
 * meanwhile.
 */
@Tag("long")
@ParameterizedClass
@ValueSource(strings = { KuboTestNode.TCP, KuboTestNode.QUIC })
class HostileConversationIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final Duration READ_TIMEOUT = Duration.ofSeconds(2);

	private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(3);

	private static final int CONVERSATIONS = 16;

	private static final int MAX_CONNECTIONS = 64;

	private static final byte[] ACCEPTED = Arrays.copyOf(Protocol.accepted(new byte[0]),
			Protocol.accepted(new byte[0]).length - 1);

	private static final byte[] REFUSED = Arrays.copyOf(Protocol.refused(RefusalReason.BUSY, ""), 34);

	private static ConversingPeers peers;

	private static KuboTestNode mallory;

	private static TunnelTemplate mallorysTunnels;

	private static ConversationTemplate mallorys;

	private final String transport;

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final AtomicInteger open = new AtomicInteger();

	private final HostileStreams opened = new HostileStreams();

	private ConversationReceiver receiver;

	private TunnelForward direct;

	private GoodPeer goodPeer;

	private List<String> mounted;

	private HeldResources held;

	HostileConversationIT(String transport) {
		this.transport = transport;
	}

	@BeforeParameterizedClassInvocation
	static void start(String transport) {
		peers = new ConversingPeers(transport);
		mallory = KuboTestNode.startWithTransport(transport);
		mallory.connectTo(peers.bob);
		mallory.awaitConnection(peers.bob, transport);
		mallorysTunnels = ConversingPeers.tunnels(mallory);
		mallorys = ConversingPeers.template(mallory, mallorysTunnels, peers.executor);
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		mallorys.stop();
		mallorysTunnels.stop();
		mallory.close();
		peers.close();
	}

	@BeforeEach
	void open() throws Exception {
		ReceiverOptions receiverOptions = new ReceiverOptions(CONVERSATIONS, MAX_CONNECTIONS, DataSize.ofMegabytes(1),
				READ_TIMEOUT, Duration.ofSeconds(20), peers.executor);
		ConversationOptions options = peers.bobs.options()
			.withTimeout(Duration.ofSeconds(4))
			.withIdleTimeout(IDLE_TIMEOUT)
			.withMaxMessageSize(DataSize.ofKilobytes(100));
		this.receiver = peers.bobs.open("target", receiverOptions, options, this::echo, null);
		this.direct = mallorysTunnels.forward(peers.bobsId, "target.conversation");
		converse();
		this.mounted = listeners();
		this.held = HeldResources.of(TunnelConversationReceiver.class);
		this.goodPeer = new GoodPeer(this::converse);
	}

	private void echo(Conversation conversation) {
		this.open.incrementAndGet();
		try {
			for (byte[] message : conversation) {
				conversation.say(message);
			}
		}
		finally {
			this.open.decrementAndGet();
		}
	}

	private void converse() {
		String answer = peers.alices.sendAndReceive(peers.bobsId, "target", "good", String.class, TIMEOUT);
		assertThat(answer).isEqualTo("good");
	}

	private static List<String> listeners() {
		return ConversingPeers.mounted(peers.bob)
			.stream()
			.filter((line) -> line.contains("/p2p/" + peers.bobsId + " "))
			.sorted()
			.toList();
	}

	/**
	 * A good peer was served all the while, and all that the hostile one has opened is
	 * gone soon after it has left.
	 */
	@AfterEach
	void nothingIsLeft() throws Exception {
		this.goodPeer.stop(this.transport, "held a conversation");
		mallory.awaitConnection(peers.bob, this.transport);
		this.opened.close();
		this.held.awaitGivenBack(2, 8);
		Awaitility.await().atMost(TIMEOUT).until(() -> listeners().equals(this.mounted));
		Awaitility.await().atMost(TIMEOUT).until(() -> this.open.get() == 0);
		this.executor.shutdown();
		this.direct.close();
		assertThat(this.receiver.drain(TIMEOUT)).isTrue();
		this.receiver.close();
	}

	/**
	 * Starts a conversation by hand.
	 */
	private TunnelStream joined() throws IOException {
		TunnelStream stream = this.opened.open(this.direct);
		stream.output().write(handshake("mallorys"));
		assertThat(stream.input().readNBytes(ACCEPTED.length)).isEqualTo(ACCEPTED);
		Frame.read(stream.input(), Handshake.MAX_LENGTH);
		return stream;
	}

	private static byte[] handshake(String name) {
		return Frame.of(new Handshake(name, new byte[0]).toStart());
	}

	private static byte[] unit(int type, int number, byte... bytes) {
		return ByteBuffer.allocate(5 + bytes.length).put((byte) type).putInt(number).put(bytes).array();
	}

	@Test
	void silentConnections() throws Exception {
		long start = System.nanoTime();
		for (int i = 0; i < 250; i++) {
			this.opened.open(this.direct);
			HostileStreams.write(this.opened.open(this.direct), new byte[] { MultiplexedStream.MARK });
		}
		System.out.printf("500 silent connections in %d ms%n", (System.nanoTime() - start) / 1_000_000);
		this.goodPeer.awaitServed(20);
		// each multiplexed stream has two threads, of which one is the receiver's
		Awaitility.await()
			.atMost(TIMEOUT)
			.until(() -> HeldResources.threads(TunnelConversationReceiver.class) <= 2 * MAX_CONNECTIONS + CONVERSATIONS
					+ 4);
	}

	@Test
	void randomBytes() throws Exception {
		Random random = new Random(11);
		byte[][] starts = { new byte[0], handshake("mallorys"), { MultiplexedStream.MARK },
				substream(1, handshake("mallorys")) };
		List<TunnelStream> kept = new ArrayList<>();
		for (int i = 0; i < 200; i++) {
			byte[] bytes = new byte[1 + random.nextInt(3000)];
			random.nextBytes(bytes);
			TunnelStream stream = this.opened.open(this.direct);
			HostileStreams.write(stream, starts[i % starts.length]);
			HostileStreams.write(stream, bytes);
			if (i % 25 < starts.length) {
				kept.add(stream);
			}
			else {
				stream.close();
			}
		}
		long longest = HostileStreams.awaitEnd(kept);
		System.out.printf("200 streams of random bytes, ended within %d ms%n", longest);
		assertThat(longest).isLessThan(IDLE_TIMEOUT.plusSeconds(20).toMillis());
	}

	private static byte[] substream(int number, byte[] bytes) {
		return ByteBuffer.allocate(9 + bytes.length)
			.put((byte) MultiplexedStream.MARK)
			.putInt(number)
			.putInt(bytes.length)
			.put(bytes)
			.array();
	}

	@Test
	void handshakesThatAreCutAtEveryByte() throws Exception {
		int cut = 0;
		for (byte[] handshake : List.of(handshake("mallorys"),
				Frame.of(new Handshake("mallorys", new byte[] { 1, 2, 3 }).toStart()),
				substream(1, handshake("mallorys")))) {
			for (int end = 0; end < handshake.length; end++) {
				TunnelStream stream = this.opened.open(this.direct);
				HostileStreams.write(stream, Arrays.copyOf(handshake, end));
				stream.close();
				cut++;
			}
		}
		System.out.printf("%d handshakes cut at every byte%n", cut);
	}

	@Test
	void handshakesThatPauseAtEveryByte() throws Exception {
		byte[] handshake = handshake("mallorys");
		List<TunnelStream> paused = new ArrayList<>();
		for (int end = 1; end < handshake.length; end++) {
			TunnelStream stream = this.opened.open(this.direct);
			HostileStreams.write(stream, Arrays.copyOf(handshake, end));
			paused.add(stream);
		}
		long longest = HostileStreams.awaitEnd(paused);
		System.out.printf("%d handshakes that paused were ended within %d ms (read time-out %d ms)%n", paused.size(),
				longest, READ_TIMEOUT.toMillis());
		assertThat(longest).isLessThan(READ_TIMEOUT.plusSeconds(15).toMillis());
	}

	@Test
	void oneByteASecond() throws Exception {
		byte[] handshake = Frame.of(new Handshake("mallorys", new byte[1000]).toStart());
		List<TunnelStream> handshakes = new ArrayList<>();
		List<TunnelStream> refused = new ArrayList<>();
		List<TunnelStream> units = new ArrayList<>();
		List<TunnelStream> dripping = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			handshakes.add(this.opened.open(this.direct));
			HostileStreams.write(handshakes.get(i), Arrays.copyOf(handshake, 10));
			refused.add(this.opened.open(this.direct));
			HostileStreams.write(refused.get(i), Frame.of("nothing".getBytes(StandardCharsets.US_ASCII)));
			units.add(joined());
			HostileStreams.write(units.get(i), unit(1, 10_000));
		}
		dripping.addAll(handshakes);
		dripping.addAll(refused);
		dripping.addAll(units);
		long longest = HostileStreams.dripUntilEnded(dripping);
		System.out.printf(
				"12 handshakes, refused streams and messages of a byte a second were ended within %d ms "
						+ "(read time-out %d ms, idle time-out %d ms)%n",
				longest, READ_TIMEOUT.toMillis(), IDLE_TIMEOUT.toMillis());
		assertThat(longest).isLessThan(IDLE_TIMEOUT.plusSeconds(20).toMillis());
	}

	@Test
	void lengthsAndNamesThatAreNone() throws Exception {
		ByteArrayOutputStream longName = new ByteArrayOutputStream();
		longName.writeBytes(new Handshake("x".repeat(1025), new byte[0]).toStart());
		byte[] start = "I want to start a conversation\u00ff".getBytes(StandardCharsets.ISO_8859_1);
		List<byte[]> hostile = List.of(Frame.of(start), Frame.of(longName.toByteArray()),
				Frame.of(concat(start, new byte[] { (byte) 0xC3 })), Frame.of(concat(start, new byte[] { -1, -1, -1 })),
				new byte[] { -1, -1, -1, -1, -1, -1, -1, -1, -1, 0 }, new byte[] { 2, 1, 1, 1, 1, 1, 1, 1, 0 },
				Frame.of("I'm listening\u00ffx".getBytes(StandardCharsets.ISO_8859_1)));
		int refused = 0;
		for (int round = 0; round < 10; round++) {
			for (byte[] bytes : hostile) {
				TunnelStream stream = this.opened.open(this.direct);
				stream.output().write(bytes);
				refused += Arrays.equals(stream.input().readNBytes(REFUSED.length), REFUSED) ? 1 : 0;
				stream.close();
			}
		}
		System.out.printf("%d of %d wrong lengths and names were refused in words%n", refused, 10 * hostile.size());
		assertThat(refused).isEqualTo(10 * hostile.size());
	}

	private static byte[] concat(byte[] first, byte[] second) {
		return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
	}

	/**
	 * A name in a handshake is nothing but a name, whatever it holds.
	 */
	@Test
	void namesThatAreStrangeDoNoHarm() throws Exception {
		for (String name : List.of("\u0000", "a\u0000b", "../../x", "\n", "/x/target", "x".repeat(1024), " ")) {
			TunnelStream stream = this.opened.open(this.direct);
			stream.output().write(handshake(name));
			assertThat(stream.input().readNBytes(ACCEPTED.length)).isEqualTo(ACCEPTED);
			stream.close();
		}
	}

	@Test
	void unitsThatAreNone() throws Exception {
		List<byte[]> hostile = List.of(unit(0, 0), unit(1, 0), unit(6, 0), unit(7, 0), unit(1, -1),
				unit(2, Integer.MAX_VALUE), unit(2, Integer.MIN_VALUE), unit(1, DirectLink.WINDOW), unit(5, 4097),
				unit(255, 1));
		List<TunnelStream> streams = new ArrayList<>();
		for (byte[] bytes : hostile) {
			TunnelStream stream = joined();
			HostileStreams.write(stream, bytes);
			streams.add(stream);
		}
		long longest = HostileStreams.awaitEnd(streams);
		System.out.printf("%d conversations with units that are none were ended within %d ms%n", streams.size(),
				longest);
		assertThat(longest).isLessThan(IDLE_TIMEOUT.plusSeconds(20).toMillis());
	}

	/**
	 * One says more and more without listening to the answers, one says a message that
	 * never ends, and one grants space that there is not.
	 */
	@Test
	void floods() throws Exception {
		byte[] message = unit(2, 1000, new byte[1000]);
		byte[] endless = unit(1, 1000, new byte[1000]);
		byte[] empty = unit(1, 0);
		byte[] grant = unit(3, Integer.MAX_VALUE);
		byte[] received = unit(4, Integer.MAX_VALUE);
		List<TunnelStream> streams = new ArrayList<>();
		List<Future<?>> floods = new ArrayList<>();
		long[] written = new long[1];
		for (byte[] bytes : List.of(message, endless, empty, grant, received)) {
			TunnelStream stream = joined();
			streams.add(stream);
			stream.setWriteTimeout(Duration.ofSeconds(1));
			floods.add(this.executor.submit(() -> {
				try {
					while (true) {
						stream.output().write(bytes);
						written[0] += bytes.length;
					}
				}
				catch (IOException ex) {
					return null;
				}
			}));
		}
		for (Future<?> flood : floods) {
			assertThat(flood).succeedsWithin(TIMEOUT);
		}
		System.out.printf("5 floods were ended after about %d bytes in all%n", written[0]);
		streams.forEach(TunnelStream::close);
	}

	/**
	 * Who starts a conversation by a message, and names an end that is none, does not
	 * keep a seat.
	 */
	@Test
	void classicStartsThatNameNobody() throws Exception {
		TunnelForward standing = mallorysTunnels.forward(peers.bobsId, "target.standing");
		int sent = 0;
		for (String name : List.of("nobody", "\u0000", "a\nb", "x".repeat(1000), " ", "target", "/x/target")) {
			try (TunnelStream stream = standing.open(TIMEOUT)) {
				stream.setReadTimeout(TIMEOUT);
				stream.output().write(handshake(name));
				assertThat(stream.input().readNBytes(9)).asString(StandardCharsets.US_ASCII).isEqualTo("Finished!");
				sent++;
			}
		}
		standing.close();
		long start = System.nanoTime();
		// as many as one peer may hold
		List<Conversation> conversations = new ArrayList<>();
		for (int i = 0; i < CONVERSATIONS * 3 / 4; i++) {
			conversations
				.add(mallorys.startConversation(peers.bobsId, "target", mallorys.options().withTimeout(TIMEOUT)));
		}
		System.out.printf("%d starts that name nobody; all seats were free again after %d ms%n", sent,
				(System.nanoTime() - start) / 1_000_000);
		conversations.forEach(Conversation::close);
	}

	@Test
	void substreamsWithoutEnd() throws Exception {
		TunnelStream stream = this.opened.open(this.direct);
		stream.output().write(MultiplexedStream.MARK);
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		DataOutputStream output = new DataOutputStream(bytes);
		for (int number = 1; number <= 10_000; number++) {
			output.writeInt(number);
			output.writeInt(1);
			output.write(2);
		}
		stream.setWriteTimeout(Duration.ofSeconds(10));
		HostileStreams.write(stream, bytes.toByteArray());
		// those that are silent are ended, and told so
		long start = System.nanoTime();
		byte[] told = stream.input().readNBytes(1000);
		System.out.printf("10000 silent substreams: the first were ended after %d ms%n",
				(System.nanoTime() - start) / 1_000_000);
		assertThat(told).isNotEmpty();
		this.goodPeer.awaitServed(20);
		// some that have just been ended may still be on their way out
		Awaitility.await()
			.atMost(TIMEOUT)
			.until(() -> HeldResources.threads(TunnelConversationReceiver.class) <= MAX_CONNECTIONS + CONVERSATIONS
					+ 8);
	}

}
