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

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.p2p.TunnelStream;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * A part of a {@link MultiplexedStream} that is a stream of its own to who uses it.
 */
final class Substream implements TunnelStream {

	private static final Log logger = LogFactory.getLog(Substream.class);

	/**
	 * How much is kept that was not read: more than a {@link DirectLink}, which reads all
	 * the time, ever lets wait.
	 */
	static final int MAX_UNREAD = 2 * DirectLink.WINDOW;

	/**
	 * The same as long as this end has said nothing.
	 */
	static final int MAX_UNANSWERED = Handshake.MAX_LENGTH + 16;

	private final MultiplexedStream whole;

	private final PeerId peer;

	/**
	 * Zero as long as nothing was said on one that was opened here.
	 */
	private int number;

	private final Input input = new Input();

	private final Output output = new Output();

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final Deque<byte[]> pieces = new ArrayDeque<>();

	/**
	 * How much of the first piece was read.
	 */
	private int position;

	private int unread;

	private boolean answered;

	private boolean ended;

	private boolean closed;

	private volatile long readTimeoutNanos;

	private volatile long writeTimeoutNanos;

	/**
	 * Creates a substream.
	 * @param number its number, zero for one that is opened here: it gets one when
	 * something is said
	 */
	Substream(MultiplexedStream whole, PeerId peer, int number) {
		this.whole = whole;
		this.peer = peer;
		this.number = number;
	}

	void add(byte[] bytes) {
		boolean tooMuch;
		this.lock.lock();
		try {
			tooMuch = this.unread + bytes.length > (this.answered ? MAX_UNREAD : MAX_UNANSWERED);
			if (!tooMuch && !this.closed) {
				this.pieces.add(bytes);
				this.unread += bytes.length;
				this.changed.signalAll();
			}
		}
		finally {
			this.lock.unlock();
		}
		if (tooMuch) {
			logger.debug("Peer %s said more than there is space for".formatted(this.peer));
			close();
		}
	}

	/**
	 * Notes that the peer says nothing more.
	 */
	void end() {
		this.lock.lock();
		try {
			this.ended = true;
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public PeerId peer() {
		return this.peer;
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
		this.readTimeoutNanos = timeout.toNanos();
	}

	@Override
	public void setWriteTimeout(Duration timeout) {
		this.writeTimeoutNanos = timeout.toNanos();
	}

	@Override
	public boolean isQuiet() {
		this.lock.lock();
		try {
			return !this.closed && !this.ended && this.pieces.isEmpty();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void close() {
		int number;
		this.lock.lock();
		try {
			if (this.closed) {
				return;
			}
			this.closed = true;
			number = this.number;
			this.pieces.clear();
			this.unread = 0;
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
		this.whole.closed(number);
	}

	private int read(byte[] target, int offset, int length) throws IOException {
		long nanos = this.readTimeoutNanos;
		boolean limited = nanos > 0;
		this.lock.lock();
		try {
			while (this.pieces.isEmpty()) {
				if (this.closed) {
					throw new IOException("The stream was closed");
				}
				if (this.ended) {
					return -1;
				}
				if (!limited) {
					this.changed.await();
				}
				else if (nanos <= 0) {
					throw new SocketTimeoutException("The peer sent nothing");
				}
				else {
					nanos = this.changed.awaitNanos(nanos);
				}
			}
			return take(target, offset, length);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException("Interrupted while waiting for the peer");
		}
		finally {
			this.lock.unlock();
		}
	}

	private int take(byte[] target, int offset, int length) {
		byte[] piece = this.pieces.element();
		int count = Math.min(length, piece.length - this.position);
		System.arraycopy(piece, this.position, target, offset, count);
		this.position += count;
		if (this.position == piece.length) {
			this.pieces.remove();
			this.position = 0;
		}
		this.unread -= count;
		return count;
	}

	private void write(byte[] bytes) throws IOException {
		this.whole.awaitRoom(bytes.length, this.writeTimeoutNanos);
		this.lock.lock();
		try {
			if (this.closed) {
				throw new IOException("The stream was closed");
			}
			this.answered = true;
			this.number = this.whole.send(this, this.number, bytes);
		}
		finally {
			this.lock.unlock();
		}
	}

	private final class Input extends InputStream {

		@Override
		public int read() throws IOException {
			byte[] single = new byte[1];
			return (read(single, 0, 1) < 0) ? -1 : single[0] & 0xFF;
		}

		@Override
		public int read(byte[] target, int offset, int length) throws IOException {
			return (length == 0) ? 0 : Substream.this.read(target, offset, length);
		}

		@Override
		public int available() {
			Substream.this.lock.lock();
			try {
				return Substream.this.unread;
			}
			finally {
				Substream.this.lock.unlock();
			}
		}

	}

	private final class Output extends OutputStream {

		@Override
		public void write(int value) throws IOException {
			write(new byte[] { (byte) value });
		}

		@Override
		public void write(byte[] bytes, int offset, int length) throws IOException {
			int written = 0;
			while (written < length) {
				int count = Math.min(length - written, MultiplexedStream.MAX_PIECE);
				byte[] piece = new byte[count];
				System.arraycopy(bytes, offset + written, piece, 0, count);
				Substream.this.write(piece);
				written += count;
			}
		}

	}

}
