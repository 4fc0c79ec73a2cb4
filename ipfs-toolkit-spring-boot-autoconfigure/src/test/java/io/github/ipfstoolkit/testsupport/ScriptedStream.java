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

package io.github.ipfstoolkit.testsupport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.p2p.TunnelStream;

/**
 * A stream whose peer says what a test has put down, a piece for each read, and which
 * keeps each write.
 */
public final class ScriptedStream implements TunnelStream {

	public static final PeerId PEER = PeerId.of("12D3KooWSqWVnXUtxkWGg8mTJzHhgwgrQDSxLEZsTZbDyGNnBtjn");

	public final List<byte[]> writes = new ArrayList<>();

	public final List<Duration> readTimeouts = new ArrayList<>();

	public final List<Duration> writeTimeouts = new ArrayList<>();

	private final List<byte[]> replies = new ArrayList<>();

	private boolean silent;

	private final CountDownLatch closing = new CountDownLatch(1);

	private boolean unidentified;

	public boolean quiet = true;

	public volatile boolean closed;

	private final InputStream input = new InputStream() {

		private InputStream current = InputStream.nullInputStream();

		@Override
		public int read() throws IOException {
			byte[] single = new byte[1];
			return (read(single, 0, 1) < 0) ? -1 : single[0] & 0xFF;
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			int count = this.current.read(bytes, offset, length);
			if (count < 0 && !ScriptedStream.this.replies.isEmpty()) {
				this.current = new ByteArrayInputStream(ScriptedStream.this.replies.remove(0));
				return read(bytes, offset, length);
			}
			if (count < 0 && ScriptedStream.this.silent) {
				throw new SocketTimeoutException("nothing more");
			}
			return count;
		}

		@Override
		public int available() throws IOException {
			return this.current.available();
		}

	};

	private final OutputStream output = new OutputStream() {

		@Override
		public void write(int value) {
			ScriptedStream.this.writes.add(new byte[] { (byte) value });
		}

		@Override
		public void write(byte[] bytes, int offset, int length) {
			ScriptedStream.this.writes.add(Arrays.copyOfRange(bytes, offset, offset + length));
		}

	};

	/**
	 * Creates a stream that ends after the replies.
	 */
	public static ScriptedStream ending(byte[]... replies) {
		ScriptedStream stream = new ScriptedStream();
		stream.replies.addAll(List.of(replies));
		return stream;
	}

	public static ScriptedStream ending(String... replies) {
		return ending(Arrays.stream(replies)
			.map((reply) -> reply.getBytes(StandardCharsets.ISO_8859_1))
			.toArray(byte[][]::new));
	}

	/**
	 * Creates a stream that stays open after the replies.
	 */
	public static ScriptedStream open(String... replies) {
		ScriptedStream stream = ending(replies);
		stream.silent = true;
		return stream;
	}

	/**
	 * Creates a stream of which nobody tells whose it is.
	 */
	public static ScriptedStream unidentified() {
		ScriptedStream stream = new ScriptedStream();
		stream.unidentified = true;
		return stream;
	}

	@Override
	public PeerId peer() throws IOException {
		if (this.unidentified) {
			try {
				this.closing.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			throw new SocketException("closed");
		}
		return PEER;
	}

	@Override
	public InputStream input() {
		return this.input;
	}

	@Override
	public OutputStream output() {
		return this.output;
	}

	@Override
	public ReadableByteChannel inputChannel() {
		return Channels.newChannel(input());
	}

	@Override
	public WritableByteChannel outputChannel() {
		return Channels.newChannel(output());
	}

	@Override
	public void setReadTimeout(Duration timeout) {
		this.readTimeouts.add(timeout);
	}

	@Override
	public void setWriteTimeout(Duration timeout) {
		this.writeTimeouts.add(timeout);
	}

	@Override
	public boolean isQuiet() {
		return this.quiet && !this.closed;
	}

	@Override
	public void close() {
		this.closed = true;
		this.closing.countDown();
	}

}
