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

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.p2p.TunnelStream;
import io.github.ipfstoolkit.transmission.MalformedTransmissionException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * One stream that is divided into many, where a node would not let as many be open. The
 * end that has opened it opens the substreams. Who uses one sees nothing of the others,
 * except that all end when the stream breaks.
 * <p>
 * One thread reads for all and never waits for any of them; one writes, so that a thread
 * that is interrupted in a write does not end the stream of the others. What waits to be
 * written is bounded, and written in the order in which it came.
 */
final class MultiplexedStream {

	private static final Log logger = LogFactory.getLog(MultiplexedStream.class);

	/**
	 * What such a stream begins with. A handshake never does.
	 */
	static final int MARK = 0;

	/**
	 * How many substreams are opened on one stream, so that not all are lost with it.
	 */
	static final int MAX_SUBSTREAMS = 256;

	/**
	 * The longest piece that is written at once.
	 */
	static final int MAX_PIECE = 64 * 1024;

	private static final int HEADER = 8;

	private static final int MAX_QUEUED = 1024 * 1024;

	private static final Piece LAST = new Piece(0, new byte[0]);

	private final TunnelStream stream;

	private final PeerId peer;

	private final Duration idleTimeout;

	private final @Nullable Consumer<TunnelStream> acceptor;

	private final Consumer<MultiplexedStream> onEnd;

	private final Map<Integer, Substream> substreams = new ConcurrentHashMap<>();

	private final BlockingQueue<Piece> queue = new LinkedBlockingQueue<>();

	private final Semaphore room = new Semaphore(MAX_QUEUED, true);

	/**
	 * Guards all below.
	 */
	private final ReentrantLock state = new ReentrantLock();

	private int lastNumber;

	private int open;

	private int uses;

	private boolean checking;

	private boolean closing;

	private volatile boolean ended;

	private MultiplexedStream(TunnelStream stream, Duration idleTimeout, @Nullable Consumer<TunnelStream> acceptor,
			Consumer<MultiplexedStream> onEnd) throws IOException {
		this.stream = stream;
		this.peer = stream.peer();
		this.idleTimeout = idleTimeout;
		this.acceptor = acceptor;
		this.onEnd = onEnd;
		stream.setReadTimeout(Duration.ZERO);
		endIfUnused();
	}

	/**
	 * Divides a stream that this end has opened.
	 * @param executor runs one thread that reads and one that writes
	 * @param idleTimeout how long the stream is kept when nothing is open on it
	 * @param onEnd is told once it has ended
	 */
	static MultiplexedStream opened(TunnelStream stream, Executor executor, Duration idleTimeout,
			Consumer<MultiplexedStream> onEnd) throws IOException {
		stream.output().write(MARK);
		MultiplexedStream result = new MultiplexedStream(stream, idleTimeout, null, onEnd);
		try {
			executor.execute(result::write);
			executor.execute(result::read);
			return result;
		}
		catch (RejectedExecutionException | OutOfMemoryError ex) {
			result.end();
			throw ex;
		}
	}

	/**
	 * Divides a stream that the peer has opened, on which {@link #MARK} was read. It is
	 * served by {@link #read()}.
	 * @param executor runs one thread that writes
	 * @param idleTimeout how long the stream is kept when nothing is open on it
	 * @param acceptor is given each substream, on the thread that reads
	 */
	static MultiplexedStream accepted(TunnelStream stream, Executor executor, Duration idleTimeout,
			Consumer<TunnelStream> acceptor) throws IOException {
		MultiplexedStream result = new MultiplexedStream(stream, idleTimeout, acceptor, (ended) -> {
		});
		executor.execute(result::write);
		return result;
	}

	/**
	 * Returns whether a stream is a part of one. Its peer is not held up by what is not
	 * read of it, as that would hold up the others.
	 */
	static boolean isSubstream(TunnelStream stream) {
		return stream instanceof Substream;
	}

	/**
	 * Opens a substream.
	 * @return {@code null} if there are too many, or the stream has ended
	 */
	@Nullable TunnelStream open() {
		this.state.lock();
		try {
			if (this.ended || this.closing || this.open >= MAX_SUBSTREAMS
					|| this.lastNumber >= Integer.MAX_VALUE - MAX_SUBSTREAMS) {
				return null;
			}
			this.open++;
			this.uses++;
			return new Substream(this, this.peer, 0);
		}
		finally {
			this.state.unlock();
		}
	}

	/**
	 * Waits until a piece can be queued.
	 * @param timeoutNanos how long, zero for ever
	 */
	void awaitRoom(int length, long timeoutNanos) throws IOException {
		try {
			if (timeoutNanos <= 0) {
				this.room.acquire(length);
			}
			else if (!this.room.tryAcquire(length, timeoutNanos, TimeUnit.NANOSECONDS)) {
				throw new SocketTimeoutException("The peer did not take what was written");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException("Interrupted while waiting to write");
		}
		if (this.ended) {
			throw new IOException("The stream has ended");
		}
	}

	/**
	 * Queues a piece for which there is room.
	 * @param number the substream's number, zero if it has none yet
	 * @return the substream's number
	 */
	int send(Substream substream, int number, byte[] bytes) {
		if (number == 0) {
			return begin(substream, bytes);
		}
		this.queue.add(new Piece(number, bytes));
		return number;
	}

	/**
	 * Queues the first piece of a substream that was opened here, under the next number:
	 * the peer knows by the order which of them are new.
	 */
	private int begin(Substream substream, byte[] bytes) {
		this.state.lock();
		try {
			int number = ++this.lastNumber;
			register(number, substream);
			this.queue.add(new Piece(number, bytes));
			return number;
		}
		finally {
			this.state.unlock();
		}
	}

	private void register(int number, Substream substream) {
		this.substreams.put(number, substream);
		if (this.ended) {
			// nobody may have told it
			substream.end();
		}
	}

	/**
	 * Forgets a substream that was closed here, and tells the peer.
	 * @param number its number, zero if it has none
	 */
	void closed(int number) {
		if (number != 0) {
			this.queue.add(new Piece(number, new byte[0]));
			this.substreams.remove(number);
		}
		boolean unused;
		this.state.lock();
		try {
			this.open--;
			unused = this.open == 0;
		}
		finally {
			this.state.unlock();
		}
		if (unused) {
			endIfUnused();
		}
	}

	/**
	 * Ends the stream when nothing is open on it, after a while unless it is about to be
	 * closed anyway.
	 */
	private void endIfUnused() {
		int uses;
		boolean now;
		this.state.lock();
		try {
			now = this.closing && this.open == 0;
			if (!now && this.checking) {
				return;
			}
			this.checking = true;
			uses = this.uses;
		}
		finally {
			this.state.unlock();
		}
		if (now) {
			this.stream.close();
		}
		else {
			Schedulers.boundedElastic().schedule(() -> check(uses), this.idleTimeout.toMillis(), TimeUnit.MILLISECONDS);
		}
	}

	private void check(int usesBefore) {
		boolean unused;
		this.state.lock();
		try {
			this.checking = false;
			unused = this.open == 0;
			this.closing = this.closing || (unused && this.uses == usesBefore);
		}
		finally {
			this.state.unlock();
		}
		if (unused) {
			endIfUnused();
		}
	}

	/**
	 * Opens and accepts nothing any more; the stream is ended with the last substream.
	 */
	void close() {
		this.state.lock();
		try {
			this.closing = true;
		}
		finally {
			this.state.unlock();
		}
		endIfUnused();
	}

	/**
	 * Reads until the stream ends.
	 */
	void read() {
		try (this.stream) {
			DataInputStream input = new DataInputStream(this.stream.input());
			while (true) {
				readPiece(input);
			}
		}
		catch (IOException ex) {
			if (!(ex instanceof EOFException)) {
				logger.debug("A stream of conversations with peer %s ended: %s".formatted(this.peer, ex));
			}
		}
		finally {
			end();
		}
	}

	private void readPiece(DataInputStream input) throws IOException {
		int number = input.readInt();
		int length = input.readInt();
		if (length < 0 || length > MAX_PIECE) {
			throw new MalformedTransmissionException("A piece of %d bytes".formatted(length));
		}
		byte[] bytes = input.readNBytes(length);
		if (bytes.length < length) {
			throw new EOFException("The stream ended within a piece");
		}
		Substream substream = this.substreams.get(number);
		if (substream == null) {
			substream = accept(number, length);
		}
		if (substream == null) {
			return;
		}
		if (length == 0) {
			substream.end();
		}
		else {
			substream.add(bytes);
		}
	}

	/**
	 * Takes a substream that the peer opens with its first piece.
	 * @return {@code null} if it does not, as with what it still says on a substream that
	 * was closed here
	 */
	private @Nullable Substream accept(int number, int length) {
		Consumer<TunnelStream> acceptor = this.acceptor;
		Substream substream;
		this.state.lock();
		try {
			if (acceptor == null || number <= this.lastNumber || length == 0) {
				return null;
			}
			this.lastNumber = number;
			substream = this.closing ? null : new Substream(this, this.peer, number);
			if (substream != null) {
				this.open++;
				this.uses++;
				register(number, substream);
			}
		}
		finally {
			this.state.unlock();
		}
		if (substream == null) {
			this.queue.add(new Piece(number, new byte[0]));
		}
		else {
			acceptor.accept(substream);
		}
		return substream;
	}

	private void end() {
		this.ended = true;
		this.stream.close();
		this.queue.add(LAST);
		// nobody waits for room any more
		this.room.release(Integer.MAX_VALUE / 2);
		this.substreams.values().forEach(Substream::end);
		this.onEnd.accept(this);
	}

	/**
	 * Writes what is queued until the stream ends.
	 */
	private void write() {
		ByteBuffer buffer = ByteBuffer.allocate(4 * MAX_PIECE);
		try (this.stream) {
			OutputStream output = this.stream.output();
			Piece piece = this.queue.take();
			while (piece != LAST) {
				int taken = 0;
				while (piece != null && piece != LAST && buffer.remaining() >= piece.bytes().length + HEADER) {
					buffer.putInt(piece.number()).putInt(piece.bytes().length).put(piece.bytes());
					taken += piece.bytes().length;
					piece = this.queue.poll();
				}
				output.write(buffer.array(), 0, buffer.position());
				buffer.clear();
				this.room.release(taken);
				if (piece == null) {
					piece = this.queue.take();
				}
			}
		}
		catch (IOException ex) {
			logger.debug("A stream of conversations with peer %s ended: %s".formatted(this.peer, ex));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * What is written at once; with nothing in it, it ends its substream.
	 */
	@SuppressWarnings("ArrayRecordComponent")
	private record Piece(int number, byte[] bytes) {
	}

}
