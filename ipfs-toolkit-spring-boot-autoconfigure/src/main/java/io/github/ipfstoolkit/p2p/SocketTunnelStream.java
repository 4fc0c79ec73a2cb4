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

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

import io.github.ipfstoolkit.InvalidIdentifierException;
import io.github.ipfstoolkit.PeerId;
import org.jspecify.annotations.Nullable;

/**
 * A stream over a TCP connection with the node.
 */
final class SocketTunnelStream implements TunnelStream {

	/**
	 * Longest text that is taken for a peer ID; those in use have 46 to 52 characters.
	 */
	private static final int MAX_PEER_ID = 128;

	/**
	 * How much goes to or comes from the socket at once: what is not in a direct buffer
	 * is copied to one of this size.
	 */
	private static final int CHUNK = 128 * 1024;

	private static final int READ_AHEAD = 8 * 1024;

	private final SocketChannel channel;

	private final Socket socket;

	private final GuardedInput input;

	private final GuardedOutput output;

	private final Consumer<SocketTunnelStream> onClose;

	private final boolean outgoing;

	private @Nullable PeerId peer;

	private volatile long readTimeoutNanos;

	private volatile long readingSince;

	private volatile long writeTimeoutNanos;

	private volatile long writingSince;

	/**
	 * Creates a stream.
	 * @param channel the connection with the node
	 * @param peer the peer, {@code null} where the node reports it before the first byte
	 * @param onClose is told once the stream is closed
	 */
	SocketTunnelStream(SocketChannel channel, @Nullable PeerId peer, Consumer<SocketTunnelStream> onClose)
			throws IOException {
		// messages are small, and their acknowledgement is waited for
		channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
		this.channel = channel;
		this.socket = channel.socket();
		this.input = new GuardedInput(this.socket.getInputStream());
		this.output = new GuardedOutput();
		this.outgoing = peer != null;
		this.peer = peer;
		this.onClose = onClose;
	}

	@Override
	public PeerId peer() throws IOException {
		if (this.peer == null) {
			this.peer = readPeer(this.input);
		}
		return this.peer;
	}

	/**
	 * Reads the line with which the node says whose stream it is, and nothing beyond it.
	 */
	static PeerId readPeer(InputStream input) throws IOException {
		StringBuilder text = new StringBuilder(64);
		int character = input.read();
		while (character != '\n') {
			if (character < 0) {
				throw new EOFException("The stream ended before the node had told whose it is");
			}
			if (text.length() == MAX_PEER_ID) {
				throw new IOException("The node did not tell whose stream it is");
			}
			text.append((char) character);
			character = input.read();
		}
		try {
			return PeerId.of(text.toString());
		}
		catch (InvalidIdentifierException ex) {
			throw new IOException("The node did not tell whose stream it is", ex);
		}
	}

	@Override
	public InputStream input() throws IOException {
		peer();
		return this.input;
	}

	@Override
	public OutputStream output() throws IOException {
		return this.output;
	}

	@Override
	public ReadableByteChannel inputChannel() throws IOException {
		peer();
		return this.input;
	}

	@Override
	public WritableByteChannel outputChannel() {
		return this.output;
	}

	@Override
	public void setReadTimeout(Duration timeout) throws IOException {
		boolean guarded = timeout.compareTo(OpenStreams.CHECK_INTERVAL) >= 0;
		// a time-out of the socket's own costs four more system calls for each read
		this.socket.setSoTimeout((guarded || timeout.isZero()) ? 0 : Sockets.toMillis(timeout));
		this.readTimeoutNanos = guarded ? timeout.toNanos() : 0;
	}

	@Override
	public void setWriteTimeout(Duration timeout) {
		this.writeTimeoutNanos = timeout.toNanos();
	}

	/**
	 * Ends the stream if a read or a write has waited for longer than it may.
	 */
	void checkTimeouts(long now) {
		if (isOverdue(this.readingSince, this.readTimeoutNanos, now)
				|| isOverdue(this.writingSince, this.writeTimeoutNanos, now)) {
			close();
		}
	}

	/**
	 * Returns the peer of a stream that this application has opened, if a read or a write
	 * waits for it. That a peer which has opened a stream says nothing on it is usual.
	 */
	Optional<PeerId> silentPeer(long now) {
		long patience = SilentPeers.PATIENCE.toNanos();
		boolean silent = this.outgoing
				&& (isOverdue(this.readingSince, patience, now) || isOverdue(this.writingSince, patience, now));
		return silent ? Optional.ofNullable(this.peer) : Optional.empty();
	}

	private static boolean isOverdue(long since, long limit, long now) {
		return since != 0 && limit > 0 && now - since > limit;
	}

	private static IOException explain(IOException failure, String message, long since, long limit) {
		if (!isOverdue(since, limit, System.nanoTime())) {
			return failure;
		}
		SocketTimeoutException timeout = new SocketTimeoutException(message);
		timeout.initCause(failure);
		return timeout;
	}

	@Override
	public boolean isQuiet() {
		try {
			if (!this.channel.isOpen() || this.input.available() > 0) {
				return false;
			}
			this.channel.configureBlocking(false);
			try {
				return this.channel.read(ByteBuffer.allocate(1)) == 0;
			}
			finally {
				this.channel.configureBlocking(true);
			}
		}
		catch (IOException ex) {
			return false;
		}
	}

	@Override
	public void close() {
		try {
			this.channel.close();
		}
		catch (IOException ignored) {
			// it is closed all the same
		}
		this.onClose.accept(this);
	}

	@Override
	public String toString() {
		return "stream with peer " + ((this.peer != null) ? this.peer : "not yet known");
	}

	/**
	 * Notes since when a read waits, and reads ahead for short ones.
	 */
	private final class GuardedInput extends InputStream implements ReadableByteChannel {

		private final InputStream socketInput;

		private final ByteBuffer ahead = ByteBuffer.allocate(READ_AHEAD).flip();

		GuardedInput(InputStream socketInput) {
			this.socketInput = socketInput;
		}

		@Override
		public int read() throws IOException {
			return readAhead() ? this.ahead.get() & 0xFF : -1;
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			return (length > 0) ? read(ByteBuffer.wrap(bytes, offset, length)) : 0;
		}

		@Override
		public int read(ByteBuffer target) throws IOException {
			if (!target.hasRemaining()) {
				return 0;
			}
			if (!this.ahead.hasRemaining() && target.remaining() >= READ_AHEAD) {
				return receive(target);
			}
			if (!readAhead()) {
				return -1;
			}
			int count = Math.min(target.remaining(), this.ahead.remaining());
			target.put(this.ahead.slice().limit(count));
			this.ahead.position(this.ahead.position() + count);
			return count;
		}

		/**
		 * Makes sure that there is something to be read.
		 * @return {@code false} at the stream's end
		 */
		private boolean readAhead() throws IOException {
			if (this.ahead.hasRemaining()) {
				return true;
			}
			this.ahead.clear();
			try {
				return receive(this.ahead) > 0;
			}
			finally {
				this.ahead.flip();
			}
		}

		private int receive(ByteBuffer target) throws IOException {
			long start = System.nanoTime() | 1; // never the 0 that means no read
			SocketTunnelStream.this.readingSince = start;
			try {
				return receiveNow(target);
			}
			catch (IOException ex) {
				throw explain(ex, "The peer sent nothing", start, SocketTunnelStream.this.readTimeoutNanos);
			}
			finally {
				SocketTunnelStream.this.readingSince = 0;
			}
		}

		private int receiveNow(ByteBuffer target) throws IOException {
			if (SocketTunnelStream.this.socket.getSoTimeout() == 0) {
				int end = target.limit();
				target.limit(Math.min(end, target.position() + CHUNK));
				try {
					return SocketTunnelStream.this.channel.read(target);
				}
				finally {
					target.limit(end);
				}
			}
			// a channel knows no time-out
			byte[] bytes = new byte[Math.min(target.remaining(), READ_AHEAD)];
			int count = this.socketInput.read(bytes);
			target.put(bytes, 0, Math.max(count, 0));
			return count;
		}

		@Override
		public int available() throws IOException {
			return this.ahead.remaining() + this.socketInput.available();
		}

		@Override
		public boolean isOpen() {
			return SocketTunnelStream.this.channel.isOpen();
		}

	}

	/**
	 * Notes since when a write waits, as a socket has no time-out for that.
	 */
	private final class GuardedOutput extends OutputStream implements WritableByteChannel {

		@Override
		public void write(int b) throws IOException {
			write(new byte[] { (byte) b });
		}

		@Override
		public void write(byte[] bytes, int offset, int length) throws IOException {
			write(ByteBuffer.wrap(bytes, offset, length));
		}

		@Override
		public int write(ByteBuffer source) throws IOException {
			int length = source.remaining();
			int end = source.limit();
			while (source.position() < end) {
				source.limit(Math.min(end, source.position() + CHUNK));
				send(source);
			}
			return length;
		}

		private void send(ByteBuffer source) throws IOException {
			long start = System.nanoTime() | 1; // never the 0 that means no write
			SocketTunnelStream.this.writingSince = start;
			try {
				while (source.hasRemaining()) {
					SocketTunnelStream.this.channel.write(source);
				}
			}
			catch (IOException ex) {
				throw explain(ex, "The peer did not take what was written", start,
						SocketTunnelStream.this.writeTimeoutNanos);
			}
			finally {
				SocketTunnelStream.this.writingSince = 0;
			}
		}

		@Override
		public boolean isOpen() {
			return SocketTunnelStream.this.channel.isOpen();
		}

	}

}
