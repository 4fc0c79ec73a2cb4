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

import java.io.ByteArrayInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.Channels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.ipfstoolkit.p2p.TunnelStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link MultiplexedStream}.
 */
@Timeout(60)
class MultiplexedStreamTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final BlockingQueue<TunnelStream> accepted = new LinkedBlockingQueue<>();

	private final AtomicInteger ended = new AtomicInteger();

	private SocketStream alice;

	private SocketStream bob;

	@BeforeEach
	void connect() throws IOException {
		List<SocketStream> pair = SocketStream.pair(16 * 1024);
		this.alice = pair.get(0);
		this.bob = pair.get(1);
	}

	@AfterEach
	void close() {
		this.alice.close();
		this.bob.close();
		this.executor.shutdownNow();
	}

	private MultiplexedStream open() throws IOException {
		return open(PATIENCE);
	}

	private MultiplexedStream open(Duration idleTimeout) throws IOException {
		return MultiplexedStream.opened(this.alice, this.executor, idleTimeout,
				(stream) -> this.ended.incrementAndGet());
	}

	private MultiplexedStream accept() throws IOException {
		assertThat(this.bob.input().read()).isEqualTo(MultiplexedStream.MARK);
		MultiplexedStream stream = MultiplexedStream.accepted(this.bob, this.executor, PATIENCE, this.accepted::add);
		this.executor.execute(stream::read);
		return stream;
	}

	private TunnelStream acceptSubstream() throws InterruptedException {
		return this.accepted.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
	}

	/**
	 * Opens a substream on which both ends have said something.
	 */
	private List<TunnelStream> shakeHands(MultiplexedStream stream) throws Exception {
		TunnelStream opened = stream.open();
		opened.output().write(1);
		TunnelStream accepted = acceptSubstream();
		assertThat(accepted.input().read()).isEqualTo(1);
		accepted.output().write(2);
		assertThat(opened.input().read()).isEqualTo(2);
		return List.of(opened, accepted);
	}

	@Test
	void substreamsCarryMuchInBothDirectionsAtTheSameTime() throws Exception {
		MultiplexedStream stream = open();
		accept();
		List<Future<byte[]>> echoes = new ArrayList<>();
		for (int i = 0; i < 32; i++) {
			List<TunnelStream> ends = shakeHands(stream);
			TunnelStream substream = ends.get(0);
			byte[] bytes = random(i, 300_000 + i);
			this.executor.execute(() -> {
				try {
					substream.output().write(bytes);
				}
				catch (IOException ex) {
					throw new IllegalStateException(ex);
				}
			});
			echoes.add(this.executor.submit(() -> substream.input().readNBytes(bytes.length)));
			TunnelStream other = ends.get(1);
			this.executor.submit(() -> {
				byte[] buffer = new byte[10_000];
				for (int count = other.input().read(buffer); count >= 0; count = other.input().read(buffer)) {
					other.output().write(buffer, 0, count);
				}
				return null;
			});
		}
		for (int i = 0; i < 32; i++) {
			assertThat(echoes.get(i).get()).isEqualTo(random(i, 300_000 + i));
		}
	}

	@Test
	void whatWasWrittenBeforeTheEndArrives() throws Exception {
		MultiplexedStream stream = open();
		accept();
		List<TunnelStream> one = shakeHands(stream);
		List<TunnelStream> other = shakeHands(stream);
		one.get(0).output().write(random(1, 100_000));
		one.get(0).close();
		assertThat(one.get(1).input().readAllBytes()).isEqualTo(random(1, 100_000));
		assertThat(one.get(1).isQuiet()).isFalse();
		other.get(0).output().write(1);
		assertThat(other.get(1).input().read()).isEqualTo(1);
		assertThat(other.get(1).isQuiet()).isTrue();
	}

	@Test
	void endOfTheOtherEndIsNoticed() throws Exception {
		MultiplexedStream stream = open();
		accept();
		TunnelStream substream = stream.open();
		substream.output().write(1);
		acceptSubstream().close();
		assertThat(substream.input().read()).isEqualTo(-1);
		substream.close();
		assertThatIOException().isThrownBy(() -> substream.output().write(1));
		assertThatIOException().isThrownBy(() -> substream.input().read());
	}

	@Test
	void oneWhoDoesNotReadLosesHisOwnSubstreamAlone() throws Exception {
		MultiplexedStream stream = open();
		accept();
		List<TunnelStream> flooded = shakeHands(stream);
		List<TunnelStream> other = shakeHands(stream);
		byte[] piece = new byte[MultiplexedStream.MAX_PIECE];
		for (int i = 0; i < Substream.MAX_UNREAD / piece.length; i++) {
			flooded.get(0).output().write(piece);
		}
		Awaitility.await().atMost(PATIENCE).until(() -> flooded.get(1).input().available() == Substream.MAX_UNREAD);
		assertThat(flooded.get(0).isQuiet()).isTrue();
		flooded.get(0).output().write(1);
		assertThat(flooded.get(0).input().read()).isEqualTo(-1);
		assertThatIOException().isThrownBy(() -> flooded.get(1).input().read());
		other.get(0).output().write(3);
		assertThat(other.get(1).input().read()).isEqualTo(3);
	}

	@Test
	void oneThatWasNotAnsweredTakesAHandshakeAndNoMore() throws Exception {
		MultiplexedStream stream = open();
		accept();
		TunnelStream substream = stream.open();
		substream.output().write(new byte[Substream.MAX_UNANSWERED]);
		TunnelStream accepted = acceptSubstream();
		Awaitility.await().atMost(PATIENCE).until(() -> accepted.input().available() == Substream.MAX_UNANSWERED);
		substream.output().write(1);
		assertThat(substream.input().read()).isEqualTo(-1);
	}

	@Test
	void interruptedWriterLeavesTheOthersAlone() throws Exception {
		MultiplexedStream stream = open();
		TunnelStream substream = stream.open();
		Future<?> writing = this.executor.submit(() -> {
			while (true) {
				substream.output().write(new byte[64 * 1024]);
			}
		});
		TunnelStream other = stream.open();
		other.setWriteTimeout(Duration.ofMillis(200));
		Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(() -> assertThatExceptionOfType(SocketTimeoutException.class)
				.isThrownBy(() -> other.output().write(new byte[64 * 1024])));
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(InterruptedIOException.class)
			.isThrownBy(() -> other.output().write(new byte[64 * 1024]));
		assertThat(Thread.interrupted()).isTrue();
		writing.cancel(true);
		accept();
		TunnelStream third = stream.open();
		third.output().write(3);
		Awaitility.await().atMost(PATIENCE).until(() -> this.accepted.stream().anyMatch((accepted) -> {
			try {
				return accepted.input().available() == 1 && accepted.input().read() == 3;
			}
			catch (IOException ex) {
				return false;
			}
		}));
	}

	@Test
	void allEndWhenTheStreamBreaks() throws Exception {
		MultiplexedStream stream = open();
		accept();
		List<TunnelStream> substreams = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			TunnelStream substream = stream.open();
			substream.output().write(1);
			substreams.add(substream);
			substreams.add(acceptSubstream());
		}
		this.bob.close();
		for (TunnelStream substream : substreams) {
			assertThatNoException().isThrownBy(() -> substream.input().readAllBytes());
			Awaitility.await()
				.atMost(PATIENCE)
				.untilAsserted(() -> assertThatIOException().isThrownBy(() -> substream.output().write(1)));
		}
		assertThat(stream.open()).isNull();
		Awaitility.await().atMost(PATIENCE).until(() -> this.ended.get() == 1);
	}

	@Test
	void thereIsABoundOfSubstreams() throws Exception {
		MultiplexedStream stream = open();
		List<TunnelStream> substreams = new ArrayList<>();
		for (int i = 0; i < MultiplexedStream.MAX_SUBSTREAMS; i++) {
			substreams.add(stream.open());
		}
		assertThat(substreams).doesNotContainNull();
		assertThat(stream.open()).isNull();
		substreams.get(7).close();
		assertThat(stream.open()).isNotNull();
	}

	@Test
	void unusedStreamEndsAfterAWhile() throws Exception {
		MultiplexedStream stream = open(Duration.ofMillis(100));
		TunnelStream substream = stream.open();
		accept();
		substream.output().write(1);
		TunnelStream accepted = acceptSubstream();
		substream.setReadTimeout(Duration.ofMillis(500));
		assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> substream.input().read());
		assertThat(this.ended).hasValue(0);
		substream.close();
		Awaitility.await().atMost(PATIENCE).until(() -> this.ended.get() == 1);
		assertThat(accepted.input().readAllBytes()).containsExactly(1);
		assertThat(stream.open()).isNull();
	}

	@Test
	void closedStreamEndsWithItsLastSubstream() throws Exception {
		MultiplexedStream stream = open();
		MultiplexedStream other = accept();
		TunnelStream substream = stream.open();
		substream.output().write(1);
		TunnelStream accepted = acceptSubstream();
		stream.close();
		other.close();
		assertThat(stream.open()).isNull();
		assertThat(accepted.input().read()).isEqualTo(1);
		accepted.output().write(2);
		assertThat(substream.input().read()).isEqualTo(2);
		substream.close();
		Awaitility.await().atMost(PATIENCE).until(() -> this.ended.get() == 1);
	}

	@Test
	void openerSaysNothingThatWasNotAsked() throws Exception {
		MultiplexedStream stream = open();
		assertThat(this.bob.input().read()).isEqualTo(MultiplexedStream.MARK);
		TunnelStream substream = stream.open();
		substream.output().write(1);
		DataOutputStream output = new DataOutputStream(this.bob.output());
		for (int number : new int[] { 2, -1, 0, Integer.MAX_VALUE }) {
			output.writeInt(number);
			output.writeInt(1);
			output.write(9);
		}
		output.writeInt(1);
		output.writeInt(1);
		output.write(5);
		assertThat(substream.input().read()).isEqualTo(5);
	}

	@Test
	void substreamsMaySpeakInAnyOrder() throws Exception {
		MultiplexedStream stream = open();
		accept();
		List<TunnelStream> substreams = List.of(stream.open(), stream.open(), stream.open());
		for (int i : new int[] { 2, 0, 1 }) {
			substreams.get(i).output().write(i);
			assertThat(acceptSubstream().input().read()).isEqualTo(i);
		}
	}

	@Test
	void numberThatWasUsedIsNotOpenedAgain() throws Exception {
		this.alice.output().write(MultiplexedStream.MARK);
		accept();
		DataOutputStream output = new DataOutputStream(this.alice.output());
		for (int number : new int[] { 5, 4, 5, -3, 6 }) {
			output.writeInt(number);
			output.writeInt(1);
			output.write(number);
		}
		assertThat(acceptSubstream().input().readNBytes(2)).containsExactly(5, 5);
		assertThat(acceptSubstream().input().read()).isEqualTo(6);
		assertThat(this.accepted).isEmpty();
	}

	@Test
	void pieceThatIsTooLongEndsTheStream() throws Exception {
		this.alice.output().write(MultiplexedStream.MARK);
		accept();
		DataOutputStream output = new DataOutputStream(this.alice.output());
		output.writeInt(1);
		output.writeInt(MultiplexedStream.MAX_PIECE + 1);
		InputStream input = this.alice.input();
		assertThat(input.readAllBytes()).isEmpty();
	}

	@Test
	void executorThatTakesNothingEndsTheStream() throws Exception {
		this.executor.shutdown();
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(this::open);
		assertThat(this.alice.isClosed()).isTrue();
	}

	/**
	 * A message that is passed would hold up the other substreams.
	 */
	@Test
	void messagesAreNotPassedOnASubstream() throws Exception {
		MultiplexedStream stream = open();
		accept();
		List<TunnelStream> ends = shakeHands(stream);
		DirectLink link = link(ends.get(0), new Inbox(SocketStream.PEER, DataSize.ofMegabytes(100)));
		Inbox others = new Inbox(SocketStream.PEER, DataSize.ofMegabytes(100));
		link(ends.get(1), others);
		byte[] message = random(1, 10_000_000);
		Future<?> sent = this.executor
			.submit(() -> link.pass(Channels.newChannel(new ByteArrayInputStream(message)), message.length));
		List<TunnelStream> neighbours = shakeHands(stream);
		neighbours.get(0).output().write(3);
		assertThat(neighbours.get(1).input().read()).isEqualTo(3);
		assertThat(others.take(PATIENCE)).isEqualTo(message);
		assertThat(sent).succeedsWithin(PATIENCE);
		List<TunnelStream> hostile = shakeHands(stream);
		Inbox inbox = new Inbox(SocketStream.PEER, DataSize.ofMegabytes(100));
		link(hostile.get(1), inbox);
		hostile.get(0).output().write(new byte[] { 7, 0, 0, 0, 1, 'a' });
		assertThatExceptionOfType(ConversationLostException.class).isThrownBy(() -> inbox.take(PATIENCE));
	}

	private DirectLink link(TunnelStream stream, Inbox inbox) {
		DirectLink link = new DirectLink(SocketStream.PEER, "listener", stream, inbox, this.executor, PATIENCE);
		this.executor.execute(link::read);
		return link;
	}

	private static byte[] random(int seed, int size) {
		byte[] bytes = new byte[size];
		new Random(seed).nextBytes(bytes);
		return bytes;
	}

}
