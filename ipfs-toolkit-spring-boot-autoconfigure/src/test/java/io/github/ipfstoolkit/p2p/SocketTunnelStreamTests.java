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

package io.github.ipfstoolkit.p2p;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.github.ipfstoolkit.PeerId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SocketTunnelStream}.
 */
class SocketTunnelStreamTests {

	private static final PeerId PEER = PeerId.of("12D3KooWSqWVnXUtxkWGg8mTJzHhgwgrQDSxLEZsTZbDyGNnBtjn");

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private SocketTunnelStream alice;

	private SocketTunnelStream bob;

	@BeforeEach
	void connect() throws IOException {
		try (ServerSocketChannel server = ServerSocketChannel.open()) {
			server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
			this.alice = stream(SocketChannel.open(server.getLocalAddress()));
			this.bob = stream(server.accept());
		}
	}

	private static SocketTunnelStream stream(SocketChannel channel) throws IOException {
		return new SocketTunnelStream(channel, PEER, (closed) -> {
		});
	}

	@AfterEach
	void close() {
		this.alice.close();
		this.bob.close();
		this.executor.shutdownNow();
	}

	private static byte[] random(int length) {
		byte[] bytes = new byte[length];
		new Random(length).nextBytes(bytes);
		return bytes;
	}

	private Future<?> send(byte[] bytes) {
		return this.executor.submit(() -> {
			this.alice.output().write(bytes);
			return null;
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void inputAndChannelReadTheSameBytesInTurns(boolean direct) throws Exception {
		byte[] sent = random(1_000_000);
		Future<?> sending = send(sent);
		DataInputStream input = new DataInputStream(this.bob.input());
		ReadableByteChannel channel = this.bob.inputChannel();
		ByteBuffer read = ByteBuffer.allocate(sent.length);
		Random lengths = new Random(1);
		while (read.hasRemaining()) {
			byte[] few = input.readNBytes(Math.min(5, read.remaining()));
			read.put(few);
			int length = Math.min(read.remaining(), lengths.nextInt(200_000));
			ByteBuffer many = direct ? ByteBuffer.allocateDirect(length) : ByteBuffer.allocate(length);
			while (many.hasRemaining()) {
				assertThat(channel.read(many)).isPositive();
			}
			read.put(many.flip());
		}
		assertThat(read.array()).isEqualTo(sent);
		assertThat(sending).succeedsWithin(PATIENCE);
		this.alice.close();
		assertThat(channel.read(ByteBuffer.allocateDirect(100_000))).isEqualTo(-1);
		assertThat(input.read()).isEqualTo(-1);
	}

	@Test
	void channelFillsNoMoreThanABufferHasRoomFor() throws Exception {
		send(random(100));
		ByteBuffer target = ByteBuffer.allocateDirect(200_000);
		target.position(7).limit(17);
		while (target.hasRemaining()) {
			this.bob.inputChannel().read(target);
		}
		assertThat(target.limit()).isEqualTo(17);
		byte[] got = new byte[10];
		target.get(7, got);
		assertThat(got).isEqualTo(Arrays.copyOf(random(100), 10));
		assertThat(this.bob.inputChannel().read(ByteBuffer.allocate(0))).isZero();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 5000, 3_000_000 })
	void channelWritesAllOfABuffer(int length) throws Exception {
		byte[] bytes = random(length + 3);
		ByteBuffer source = ByteBuffer.allocateDirect(length + 3).put(bytes).flip().position(3);
		Future<Integer> sent = this.executor.submit(() -> this.alice.outputChannel().write(source));
		assertThat(this.bob.input().readNBytes(length)).isEqualTo(Arrays.copyOfRange(bytes, 3, bytes.length));
		assertThat(sent).succeedsWithin(PATIENCE).isEqualTo(length);
		assertThat(source.remaining()).isZero();
		assertThat(source.limit()).isEqualTo(length + 3);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 100_000 })
	void channelHasAShortReadTimeoutToo(int room) throws Exception {
		this.bob.setReadTimeout(Duration.ofMillis(50));
		ByteBuffer target = ByteBuffer.allocateDirect(room);
		assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> this.bob.inputChannel().read(target));
		this.alice.output().write(random(1));
		this.bob.setReadTimeout(PATIENCE);
		assertThat(this.bob.inputChannel().read(target)).isOne();
	}

	@Test
	void channelsEndWithTheStream() throws Exception {
		ReadableByteChannel input = this.bob.inputChannel();
		assertThat(input.isOpen()).isTrue();
		assertThat(this.bob.outputChannel().isOpen()).isTrue();
		this.bob.close();
		assertThat(input.isOpen()).isFalse();
		assertThat(this.bob.outputChannel().isOpen()).isFalse();
		assertThatExceptionOfType(ClosedChannelException.class)
			.isThrownBy(() -> this.bob.outputChannel().write(ByteBuffer.allocate(1)));
	}

	@Test
	void whatWasReadAheadMakesAStreamNotQuiet() throws Exception {
		assertThat(this.bob.isQuiet()).isTrue();
		this.alice.output().write(random(2));
		assertThat(this.bob.input().readNBytes(1)).hasSize(1);
		assertThat(this.bob.isQuiet()).isFalse();
	}

}
