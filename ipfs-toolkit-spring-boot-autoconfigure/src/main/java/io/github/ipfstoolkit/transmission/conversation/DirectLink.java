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
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.p2p.TunnelStream;
import io.github.ipfstoolkit.transmission.MalformedTransmissionException;
import io.github.ipfstoolkit.transmission.Protocol;
import io.github.ipfstoolkit.transmission.RefusalReason;
import io.github.ipfstoolkit.transmission.TransmissionException;
import io.github.ipfstoolkit.transmission.TransmissionTimeoutException;
import io.github.ipfstoolkit.transmission.conversation.ConversationEndedException.Reason;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;

/**
 * One stream that is one conversation. Each direction has a window, so that the thread
 * that reads never has to wait for one who listens. It never waits for a write either:
 * two ends whose readers wait for each other to read would be stuck.
 */
final class DirectLink implements Link {

	private static final Log logger = LogFactory.getLog(DirectLink.class);

	/**
	 * How much may be on its way, or in the inbox, in one direction.
	 */
	static final int WINDOW = 1024 * 1024;

	/**
	 * What each part of a message takes of the window besides its length, so that many
	 * short ones do not take more memory than a few long ones.
	 */
	static final int OVERHEAD = 64;

	/**
	 * How long a part is that is sent: long enough to make its cost small, short enough
	 * for the other end to grant space in time.
	 */
	private static final int CHUNK = 64 * 1024;

	/**
	 * How much of a message that is passed is read and written at a time: as long as it
	 * is in the processor's cache.
	 */
	private static final int PIECE = 128 * 1024;

	/**
	 * How much space has to be free before the other end is told: it costs a write.
	 */
	private static final int GRANT = WINDOW / 4;

	private static final int HEADER = 5;

	private static final int MAX_REASON = 4096;

	/**
	 * How long the other end may take to notice that the conversation ends.
	 */
	private static final Duration LINGER = Duration.ofSeconds(5);

	private final PeerId peer;

	private final String listener;

	private final TunnelStream stream;

	private final Inbox inbox;

	private final Executor executor;

	private final Duration timeout;

	private final boolean passing;

	/**
	 * Held while a message is sent, as messages do not mix.
	 */
	private final ReentrantLock sending = new ReentrantLock(true);

	private final ReentrantLock writing = new ReentrantLock();

	/**
	 * What is about to be written; as large as it had to be.
	 */
	private byte[] buffer = new byte[64];

	/**
	 * What is about to be passed; as large as it had to be.
	 */
	private ByteBuffer piece = ByteBuffer.allocate(0);

	/**
	 * Whether a part was read after which the message goes on. For the thread that reads.
	 */
	private boolean withinMessage;

	/**
	 * Guards all below.
	 */
	private final ReentrantLock state = new ReentrantLock();

	private final Condition progress = this.state.newCondition();

	private long credit = WINDOW;

	private long granted;

	private long space = WINDOW;

	private long sent;

	private long received;

	private int receivedToTell;

	private int spaceToTell;

	private byte @Nullable [] closeToTell;

	private boolean closedToTell;

	private boolean flushing;

	private @Nullable Supplier<? extends RuntimeException> end;

	private @Nullable Disposable lingering;

	/**
	 * Creates a link on a stream on which both ends have agreed.
	 * @param listener the listener that was asked
	 * @param executor runs the thread that reads
	 * @param timeout how long the other end may let this one wait
	 */
	DirectLink(PeerId peer, String listener, TunnelStream stream, Inbox inbox, Executor executor, Duration timeout) {
		this.peer = peer;
		this.listener = listener;
		this.stream = stream;
		this.inbox = inbox;
		this.executor = executor;
		this.timeout = timeout;
		this.passing = !MultiplexedStream.isSubstream(stream);
		inbox.onTaken(this::free);
	}

	/**
	 * Returns the name under which a listener takes streams that are conversations.
	 */
	static String protocol(String listener) {
		return listener + ".conversation";
	}

	@Override
	public boolean isDirect() {
		return true;
	}

	@Override
	public boolean isOpen() {
		this.state.lock();
		try {
			return this.end == null;
		}
		finally {
			this.state.unlock();
		}
	}

	/**
	 * Reads until the stream ends.
	 */
	void read() {
		try {
			this.stream.setReadTimeout(Duration.ZERO);
			DataInputStream input = new DataInputStream(this.stream.input());
			while (readUnit(input)) {
				flush(isQuiet());
			}
		}
		catch (IOException ex) {
			end(() -> new ConversationLostException(this.peer, ex));
			if (!(ex instanceof EOFException)) {
				logger.debug("A conversation with peer %s ended: %s".formatted(this.peer, ex));
			}
		}
		finally {
			finish();
		}
	}

	/**
	 * Returns whether the other end has received all that was sent: then what the reader
	 * writes can not be held up by it.
	 */
	private boolean isQuiet() {
		this.state.lock();
		try {
			return this.sent == this.received;
		}
		finally {
			this.state.unlock();
		}
	}

	/**
	 * Reads a unit.
	 * @return {@code false} after the last one
	 */
	private boolean readUnit(DataInputStream input) throws IOException {
		int type = input.readUnsignedByte();
		int number = input.readInt();
		if (number < 0) {
			throw new MalformedTransmissionException("A unit with a negative number");
		}
		switch (type) {
			case Unit.MORE, Unit.LAST -> readPart(input, number, type == Unit.LAST);
			case Unit.PASSED -> readPassed(number);
			case Unit.WINDOW -> progress(() -> grant(number));
			case Unit.RECEIVED -> progress(() -> this.received = Math.min(this.received + number, this.sent));
			case Unit.CLOSE -> readClose(input, number);
			case Unit.CLOSED -> {
				if (isOpen()) {
					throw new MalformedTransmissionException("An end that nobody has asked for");
				}
				return false;
			}
			default -> throw new MalformedTransmissionException("A unit of unknown type " + type);
		}
		return true;
	}

	private void grant(int bytes) {
		long before = this.credit;
		this.credit = Math.min(before + bytes, WINDOW);
		this.granted += this.credit - before;
	}

	private void readPart(DataInputStream input, int length, boolean last) throws IOException {
		if (length == 0 && !last) {
			// whoever sends such without end would neither say anything nor be idle
			throw new MalformedTransmissionException("A part of a message with nothing in it");
		}
		long taken = (long) length + OVERHEAD;
		this.state.lock();
		try {
			if (taken > this.space) {
				throw new MalformedTransmissionException("More than there is space for");
			}
			this.space -= taken;
		}
		finally {
			this.state.unlock();
		}
		// as large as said, which the space bounds: what grows as it is read is read in
		// small
		// pieces
		byte[] bytes = new byte[length];
		if (input.readNBytes(bytes, 0, length) < length) {
			throw new EOFException("The stream ended within a message");
		}
		if (last) {
			// before anybody can listen to it, and close the conversation for that
			this.state.lock();
			try {
				this.receivedToTell++;
			}
			finally {
				this.state.unlock();
			}
		}
		this.inbox.add(bytes, last, (int) taken);
		this.withinMessage = !last;
	}

	private void readPassed(int length) throws IOException {
		if (this.withinMessage || !this.passing) {
			throw new MalformedTransmissionException(
					this.withinMessage ? "A message within another" : "A message for which others would have to wait");
		}
		// from now on it is up to the other end to go on
		this.stream.setReadTimeout(this.timeout);
		this.inbox.pass(this.stream.inputChannel(), length);
		this.stream.setReadTimeout(Duration.ZERO);
		progress(() -> this.receivedToTell++);
	}

	private void readClose(DataInputStream input, int length) throws IOException {
		if (length > MAX_REASON) {
			throw new MalformedTransmissionException("A reason of %d bytes".formatted(length));
		}
		byte[] reason = input.readNBytes(length);
		// before the other end is told, which then closes the stream: to who still sends,
		// that would look like a loss
		end(() -> (reason.length > 0) ? Protocol.refusal(this.peer, this.listener, reason)
				: new ConversationEndedException(this.peer, Reason.CLOSED_BY_PEER));
		this.state.lock();
		try {
			this.closedToTell = true;
		}
		finally {
			this.state.unlock();
		}
		linger();
	}

	private void progress(Runnable change) {
		this.state.lock();
		try {
			change.run();
			this.progress.signalAll();
		}
		finally {
			this.state.unlock();
		}
	}

	/**
	 * Ends what can be sent and heard; the first reason counts.
	 */
	private void end(Supplier<? extends RuntimeException> reason) {
		progress(() -> {
			if (this.end == null) {
				this.end = reason;
			}
		});
		this.inbox.end(reason);
	}

	/**
	 * Gives the other end some time to end the stream: it has not received for certain
	 * what was written last.
	 */
	private void linger() {
		this.state.lock();
		try {
			if (this.lingering == null) {
				this.lingering = Schedulers.parallel()
					.schedule(this.stream::close, LINGER.toMillis(), TimeUnit.MILLISECONDS);
			}
		}
		finally {
			this.state.unlock();
		}
	}

	private void finish() {
		this.stream.close();
		this.state.lock();
		try {
			if (this.lingering != null) {
				this.lingering.dispose();
			}
		}
		finally {
			this.state.unlock();
		}
	}

	@Override
	public void send(byte[] bytes, int offset, int length) {
		int position = 0;
		try {
			this.sending.lockInterruptibly();
			try {
				do {
					int count = awaitCredit(length - position, position == 0);
					position += count;
					writePart(bytes, offset + position - count, count, position == length);
				}
				while (position < length);
			}
			finally {
				this.sending.unlock();
			}
		}
		catch (InterruptedException ex) {
			if (position > 0) {
				// the next message would be taken for the rest of this one
				abort();
			}
			throw interrupted(ex);
		}
	}

	/**
	 * Waits until the other end has room.
	 * @param first whether a message begins
	 * @return how much of the rest can be sent
	 */
	private int awaitCredit(int rest, boolean first) throws InterruptedException {
		// a part of its own for each few bytes would cost more than it brings
		int wanted = Math.min(rest, CHUNK);
		this.state.lock();
		try {
			if (this.end != null) {
				throw this.end.get();
			}
			awaitProgress(() -> this.credit >= wanted + OVERHEAD);
			this.credit -= wanted + OVERHEAD;
			if (first) {
				this.sent++;
			}
			return wanted;
		}
		finally {
			this.state.unlock();
		}
	}

	private void writePart(byte[] bytes, int offset, int count, boolean last) {
		this.writing.lock();
		try {
			reserve(HEADER + count);
			Unit.putHeader(this.buffer, 0, last ? Unit.LAST : Unit.MORE, count);
			System.arraycopy(bytes, offset, this.buffer, HEADER, count);
			writeBuffer(addPending(HEADER + count));
		}
		finally {
			this.writing.unlock();
		}
		flush(true);
	}

	@Override
	public void pass(ReadableByteChannel message, int length) {
		if (!this.passing) {
			Link.super.pass(message, length);
			return;
		}
		try {
			this.sending.lockInterruptibly();
			try {
				beginPassing();
				writePassed(message, length);
			}
			finally {
				this.sending.unlock();
			}
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
	}

	private void beginPassing() {
		this.state.lock();
		try {
			if (this.end != null) {
				throw this.end.get();
			}
			this.sent++;
		}
		finally {
			this.state.unlock();
		}
	}

	/**
	 * Writes a message as it is read.
	 */
	private void writePassed(ReadableByteChannel message, int length) {
		this.writing.lock();
		try {
			writeBuffer(addPending(0));
			reservePiece(HEADER + Math.min(length, PIECE));
			Unit.putHeader(this.buffer, 0, Unit.PASSED, length);
			this.piece.clear().put(this.buffer, 0, HEADER);
			int rest = length;
			do {
				rest -= readPiece(message, rest);
				writePiece();
			}
			while (rest > 0);
		}
		finally {
			this.writing.unlock();
		}
		flush(true);
	}

	private void reservePiece(int length) {
		if (this.piece.capacity() < length) {
			this.piece = ByteBuffer.allocateDirect(length);
		}
	}

	/**
	 * Reads a piece, or the rest.
	 * @return how much was read
	 */
	private int readPiece(ReadableByteChannel message, int rest) {
		int start = this.piece.position();
		this.piece.limit(start + Math.min(rest, PIECE));
		try {
			while (this.piece.hasRemaining()) {
				Link.read(message, this.piece);
			}
		}
		catch (RuntimeException ex) {
			// the next message would be taken for the rest of this one
			abort();
			throw ex;
		}
		return this.piece.position() - start;
	}

	private void writePiece() {
		this.piece.flip();
		try {
			WritableByteChannel output = this.stream.outputChannel();
			while (this.piece.hasRemaining()) {
				output.write(this.piece);
			}
		}
		catch (IOException ex) {
			throw lost(ex);
		}
		this.piece.clear();
	}

	@Override
	public void awaitReceived() {
		this.state.lock();
		try {
			long all = this.sent;
			awaitProgress(() -> this.received >= all);
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
		finally {
			this.state.unlock();
		}
	}

	/**
	 * Waits for a condition, as long as within the time-out the other end receives a
	 * message or grants a part's worth of space: one that grants a byte now and then
	 * could hold this one up for ever.
	 */
	private void awaitProgress(BooleanSupplier condition) throws InterruptedException {
		long nanos = this.timeout.toNanos();
		long before = achieved();
		while (!condition.getAsBoolean()) {
			if (this.end != null) {
				throw this.end.get();
			}
			if (nanos <= 0) {
				throw timedOut();
			}
			nanos = this.progress.awaitNanos(nanos);
			long now = achieved();
			if (now - before >= CHUNK) {
				before = now;
				nanos = this.timeout.toNanos();
			}
		}
	}

	private long achieved() {
		return this.received * CHUNK + this.granted;
	}

	private TransmissionTimeoutException timedOut() {
		abort();
		return new TransmissionTimeoutException("Peer %s did not receive what was said".formatted(this.peer),
				this.timeout, null);
	}

	private TransmissionException interrupted(InterruptedException ex) {
		Thread.currentThread().interrupt();
		return new ConversationInterruptedException(this.peer, ex);
	}

	private void free(int bytes) {
		boolean enough;
		this.state.lock();
		try {
			this.spaceToTell += bytes;
			this.space += bytes;
			enough = this.spaceToTell >= GRANT;
		}
		finally {
			this.state.unlock();
		}
		if (enough) {
			flush(true);
		}
	}

	private boolean isPending() {
		this.state.lock();
		try {
			return this.receivedToTell > 0 || this.spaceToTell >= GRANT || this.closeToTell != null
					|| this.closedToTell;
		}
		finally {
			this.state.unlock();
		}
	}

	/**
	 * Writes what the other end is to be told, unless another thread writes: that does it
	 * then.
	 * @param here whether this thread may wait for the write
	 */
	private void flush(boolean here) {
		while (isPending()) {
			if (!here) {
				flushElsewhere();
				return;
			}
			if (!this.writing.tryLock()) {
				return;
			}
			try {
				writeBuffer(addPending(0));
			}
			catch (TransmissionException ignored) {
				// the reader notices it too
				return;
			}
			finally {
				this.writing.unlock();
			}
		}
	}

	private void flushElsewhere() {
		this.state.lock();
		try {
			if (this.flushing) {
				return;
			}
			this.flushing = true;
		}
		finally {
			this.state.unlock();
		}
		try {
			this.executor.execute(this::flushNow);
		}
		catch (RejectedExecutionException | OutOfMemoryError ex) {
			flushNow();
		}
	}

	private void flushNow() {
		this.state.lock();
		try {
			this.flushing = false;
		}
		finally {
			this.state.unlock();
		}
		flush(true);
	}

	/**
	 * Puts into the buffer what the other end is to be told.
	 * @param start where the buffer is free
	 * @return where it is free now
	 */
	private int addPending(int start) {
		int position = start;
		this.state.lock();
		try {
			reserve(start + 4 * HEADER + ((this.closeToTell != null) ? this.closeToTell.length : 0));
			if (this.receivedToTell > 0) {
				position = Unit.putHeader(this.buffer, position, Unit.RECEIVED, this.receivedToTell);
				this.receivedToTell = 0;
			}
			if (this.spaceToTell >= GRANT) {
				position = Unit.putHeader(this.buffer, position, Unit.WINDOW, this.spaceToTell);
				this.spaceToTell = 0;
			}
			if (this.closedToTell) {
				position = Unit.putHeader(this.buffer, position, Unit.CLOSED, 0);
				this.closedToTell = false;
			}
			byte[] reason = this.closeToTell;
			if (reason != null) {
				position = Unit.putHeader(this.buffer, position, Unit.CLOSE, reason.length);
				System.arraycopy(reason, 0, this.buffer, position, reason.length);
				position += reason.length;
				this.closeToTell = null;
			}
			return position;
		}
		finally {
			this.state.unlock();
		}
	}

	private void reserve(int length) {
		if (this.buffer.length < length) {
			this.buffer = Arrays.copyOf(this.buffer, length);
		}
	}

	/**
	 * Writes the start of the buffer, which may be another one than before something was
	 * put into it.
	 */
	private void writeBuffer(int length) {
		if (length == 0) {
			return;
		}
		try {
			OutputStream output = this.stream.output();
			output.write(this.buffer, 0, length);
		}
		catch (IOException ex) {
			throw lost(ex);
		}
	}

	private RuntimeException lost(IOException ex) {
		end(() -> new ConversationLostException(this.peer, ex));
		this.stream.close();
		return reason();
	}

	private RuntimeException reason() {
		this.state.lock();
		try {
			return (this.end != null) ? this.end.get() : new ConversationLostException(this.peer, null);
		}
		finally {
			this.state.unlock();
		}
	}

	@Override
	public void close(@Nullable RefusalReason failure, Supplier<? extends RuntimeException> reason) {
		this.state.lock();
		try {
			if (this.end != null) {
				return;
			}
			this.closeToTell = (failure != null) ? Protocol.explain(failure, "") : new byte[0];
		}
		finally {
			this.state.unlock();
		}
		end(reason);
		linger();
		flushElsewhere();
	}

	@Override
	public void abort() {
		end(() -> new ConversationEndedException(this.peer, Reason.CLOSED));
		this.stream.close();
	}

	/**
	 * What goes over the stream: a byte that tells the type, a number of four bytes, and
	 * for some as many bytes more.
	 */
	private static final class Unit {

		/** A part of a message, with more to come. */
		static final int MORE = 1;

		/** The last part of a message. */
		static final int LAST = 2;

		/** So much more may be sent. */
		static final int WINDOW = 3;

		/** So many more messages have been received. */
		static final int RECEIVED = 4;

		/** The sender of this will send nothing more, and why. */
		static final int CLOSE = 5;

		/** The other's CLOSE was received, and all before it. */
		static final int CLOSED = 6;

		/** A whole message, of which nothing is kept until somebody listens to it. */
		static final int PASSED = 7;

		private Unit() {
		}

		static int putHeader(byte[] buffer, int position, int type, int number) {
			buffer[position] = (byte) type;
			buffer[position + 1] = (byte) (number >>> 24);
			buffer[position + 2] = (byte) (number >>> 16);
			buffer[position + 3] = (byte) (number >>> 8);
			buffer[position + 4] = (byte) number;
			return position + HEADER;
		}

	}

}
