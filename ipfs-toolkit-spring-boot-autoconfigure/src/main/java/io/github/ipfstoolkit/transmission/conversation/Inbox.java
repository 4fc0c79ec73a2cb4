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
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.transmission.MessageTooLargeException;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * What the other end has said and nobody has listened to yet. Messages come and go in
 * parts, so that a long one need not be here as a whole.
 */
final class Inbox {

	/**
	 * How much memory is taken for a message before any of it has arrived.
	 */
	private static final int CHUNK = 64 * 1024;

	private final PeerId peer;

	private final DataSize maxMessageSize;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final Deque<Part> parts = new ArrayDeque<>();

	private final ByteArrayOutputStream message = new ByteArrayOutputStream(0);

	private IntConsumer onTaken = (bytes) -> {
	};

	private volatile Runnable onChange = () -> {
	};

	private Consumer<RuntimeException> onEnd = (reason) -> {
	};

	private @Nullable Supplier<? extends RuntimeException> end;

	/**
	 * The newest message that was passed.
	 */
	private @Nullable PassedMessage passed;

	private long waiting;

	/**
	 * Whether a message is being read part by part.
	 */
	private boolean streaming;

	/**
	 * Whether the rest of a message is not wanted.
	 */
	private boolean skipping;

	/**
	 * Creates an inbox.
	 * @param peer who is at the other end
	 * @param maxMessageSize the longest message that is put together in memory
	 */
	Inbox(PeerId peer, DataSize maxMessageSize) {
		this.peer = peer;
		this.maxMessageSize = maxMessageSize;
	}

	/**
	 * Sets who is told, by the thread that takes it, what space a part has left. To be
	 * called before the first part arrives.
	 */
	void onTaken(IntConsumer onTaken) {
		this.onTaken = onTaken;
	}

	/**
	 * Sets what runs, on the thread that adds or reads, when something has changed, or
	 * more has arrived of a message that was passed.
	 */
	void onChange(Runnable onChange) {
		this.onChange = onChange;
	}

	/**
	 * Sets who is told, once, why nothing will be added any more; at once if that is
	 * known.
	 */
	void onEnd(Consumer<RuntimeException> onEnd) {
		Supplier<? extends RuntimeException> end;
		this.lock.lock();
		try {
			this.onEnd = onEnd;
			end = this.end;
		}
		finally {
			this.lock.unlock();
		}
		if (end != null) {
			onEnd.accept(end.get());
		}
	}

	/**
	 * Adds a part.
	 * @param bytes the part
	 * @param last whether the message ends with it
	 * @param space what it takes
	 */
	void add(byte[] bytes, boolean last, int space) {
		change(() -> {
			this.parts.add(new Part(bytes, last, space, null));
			this.waiting += bytes.length;
		});
	}

	/**
	 * Adds a message that stays where it is until somebody listens to it, and waits for
	 * that.
	 * @param input holds it; read by the one who listens, or by this thread where nobody
	 * wants it
	 * @param length how long it is
	 */
	void pass(ReadableByteChannel input, int length) throws IOException {
		PassedMessage passed = new PassedMessage(input, length, this::tellOfChange);
		change(() -> {
			if (this.end != null) {
				passed.discard();
			}
			else {
				this.parts.add(new Part(new byte[0], true, 0, passed));
				this.passed = passed;
			}
		});
		passed.awaitTaken();
	}

	/**
	 * Notes that nothing will be added any more; the first reason counts.
	 */
	void end(Supplier<? extends RuntimeException> reason) {
		AtomicReference<Consumer<RuntimeException>> toTell = new AtomicReference<>();
		change(() -> {
			if (this.end == null) {
				this.end = reason;
				toTell.set(this.onEnd);
			}
			if (this.passed != null) {
				this.passed.discard();
				this.parts.removeIf((part) -> part.passed() != null);
			}
		});
		if (toTell.get() != null) {
			toTell.get().accept(reason.get());
		}
	}

	private void change(Runnable change) {
		this.lock.lock();
		try {
			change.run();
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
		tellOfChange();
	}

	private void tellOfChange() {
		this.onChange.run();
	}

	/**
	 * Waits until there is room for a message: when less than a limit waits, or nothing.
	 * @return {@code false} if nothing is taken any more
	 */
	boolean awaitRoom(long length, long limit) throws InterruptedException {
		this.lock.lockInterruptibly();
		try {
			while (this.end == null && this.waiting > 0 && this.waiting + length > limit) {
				this.changed.await();
			}
			return this.end == null;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Takes the next message.
	 * @param timeout how long to wait for it, {@code null} until the end
	 * @throws RuntimeException the reason of the end, when all was taken
	 */
	byte[] take(@Nullable Duration timeout) {
		long deadline = deadline(timeout);
		while (true) {
			byte[] message = tryToTake(timeout, deadline);
			if (message != null) {
				return message;
			}
			awaitParts(timeout, deadline);
		}
	}

	/**
	 * Takes the next message, if it is there.
	 * @return the message, {@code null} if it is not, or not as a whole
	 * @throws RuntimeException the reason of the end, when all was taken
	 */
	byte @Nullable [] poll() {
		byte[] message = tryToTake(null, 0);
		if (message == null) {
			this.lock.lock();
			try {
				if (this.parts.isEmpty()) {
					checkEnd();
				}
			}
			finally {
				this.lock.unlock();
			}
		}
		return message;
	}

	private static long deadline(@Nullable Duration timeout) {
		return (timeout != null) ? System.nanoTime() + timeout.toNanos() : 0;
	}

	private void grant(int space) {
		if (space > 0) {
			this.onTaken.accept(space);
		}
	}

	/**
	 * Takes the next message if it is there as a whole, or was passed.
	 * @param timeout how long the other end may take for one that was passed
	 */
	private byte @Nullable [] tryToTake(@Nullable Duration timeout, long deadline) {
		Taken taken = takeParts();
		grant(taken.space());
		Part passed = taken.passed();
		return (passed != null) ? readWhole(passed, passed.passed(), timeout, deadline) : taken.message();
	}

	/**
	 * Reads the rest of a message. It takes no more memory than has arrived, about.
	 */
	private byte[] readWhole(Part start, @Nullable PassedMessage rest, @Nullable Duration timeout, long deadline) {
		Assert.state(rest != null, "Not passed");
		int position = start.bytes().length;
		try {
			long length = position + (long) rest.remaining();
			if (length > this.maxMessageSize.toBytes()) {
				rest.discard();
				throw new MessageTooLargeException(length, this.maxMessageSize);
			}
			byte[] message = Arrays.copyOf(start.bytes(), (int) Math.min(length, position + (long) CHUNK));
			while (position < length) {
				if (position == message.length) {
					message = Arrays.copyOf(message, (int) Math.min(length, 2L * position));
				}
				position += rest.read(ByteBuffer.wrap(message, position, message.length - position));
				if (timeout != null && position < length && System.nanoTime() - deadline > 0) {
					putBack(new Part(Arrays.copyOf(message, position), true, 0, rest));
					throw new ListenTimeoutException(this.peer, timeout);
				}
			}
			return message;
		}
		catch (IOException ex) {
			throw new ConversationLostException(this.peer, ex);
		}
	}

	private void putBack(Part part) {
		change(() -> {
			if (this.end == null) {
				this.parts.addFirst(part);
				this.waiting += part.bytes().length;
			}
		});
	}

	/**
	 * Takes the parts of the next message that are there.
	 */
	private Taken takeParts() {
		this.lock.lock();
		try {
			int space = skipRest();
			while (!this.streaming && !this.parts.isEmpty()) {
				Part part = removePart();
				space += part.space();
				if (part.passed() != null) {
					return new Taken(null, part, space);
				}
				if (this.message.size() + (long) part.bytes().length > this.maxMessageSize.toBytes()) {
					throw new MessageTooLargeException(this.message.size() + (long) part.bytes().length,
							this.maxMessageSize);
				}
				if (part.last() && this.message.size() == 0) {
					return new Taken(part.bytes(), null, space);
				}
				this.message.writeBytes(part.bytes());
				if (part.last()) {
					return new Taken(takeAssembled(), null, space);
				}
			}
			return new Taken(null, null, space);
		}
		finally {
			this.lock.unlock();
		}
	}

	private int skipRest() {
		int space = 0;
		while (this.skipping && !this.parts.isEmpty()) {
			Part part = removePart();
			space += part.space();
			this.skipping = !part.last();
		}
		return space;
	}

	private Part removePart() {
		Part part = this.parts.remove();
		this.waiting -= part.bytes().length;
		this.changed.signalAll();
		return part;
	}

	private byte[] takeAssembled() {
		byte[] bytes = this.message.toByteArray();
		this.message.reset();
		return bytes;
	}

	/**
	 * Waits until there is a part and nobody reads the message.
	 */
	private void awaitParts(@Nullable Duration timeout, long deadline) {
		this.lock.lock();
		try {
			while (this.streaming || this.parts.isEmpty()) {
				if (!this.streaming) {
					checkEnd();
				}
				if (timeout == null) {
					this.changed.await();
				}
				else {
					long remaining = deadline - System.nanoTime();
					if (remaining <= 0) {
						throw new ListenTimeoutException(this.peer, timeout);
					}
					this.changed.awaitNanos(remaining);
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new ConversationInterruptedException(this.peer, ex);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void checkEnd() {
		if (this.end != null) {
			throw this.end.get();
		}
	}

	/**
	 * Waits for the next message, to be read part by part.
	 * @param onClosed is told how much of it was read
	 */
	MessageInput open(Duration timeout, LongConsumer onClosed) {
		long deadline = deadline(timeout);
		while (true) {
			int space;
			this.lock.lock();
			try {
				space = skipRest();
				if (!this.streaming && (!this.parts.isEmpty() || this.message.size() > 0)) {
					this.streaming = true;
					return new MessageInput(timeout, takeAssembled(), onClosed);
				}
			}
			finally {
				this.lock.unlock();
			}
			grant(space);
			awaitParts(timeout, deadline);
		}
	}

	private void endStreaming(boolean complete) {
		change(() -> {
			this.streaming = false;
			this.skipping = !complete;
		});
	}

	/**
	 * Part of a message.
	 *
	 * @param bytes the part
	 * @param last whether the message ends with it
	 * @param space what it takes
	 * @param passed what follows it of a message that was passed
	 */
	@SuppressWarnings("ArrayRecordComponent")
	private record Part(byte[] bytes, boolean last, int space, @Nullable PassedMessage passed) {
	}

	/**
	 * What was taken.
	 *
	 * @param message the message, once it is there as a whole
	 * @param passed the message, where it is still to be read
	 * @param space what its parts have taken
	 */
	@SuppressWarnings("ArrayRecordComponent")
	private record Taken(byte @Nullable [] message, @Nullable Part passed, int space) {
	}

	/**
	 * The message that is being read.
	 */
	final class MessageInput extends InputStream implements ReadableByteChannel {

		private final Duration timeout;

		private final LongConsumer onClosed;

		private ByteBuffer bytes;

		private @Nullable PassedMessage passed;

		private long taken;

		private boolean last;

		private boolean closed;

		private MessageInput(Duration timeout, byte[] start, LongConsumer onClosed) {
			this.timeout = timeout;
			this.bytes = ByteBuffer.wrap(start);
			this.onClosed = onClosed;
		}

		@Override
		public int read() throws IOException {
			byte[] single = new byte[1];
			return (read(single, 0, 1) < 0) ? -1 : single[0] & 0xFF;
		}

		@Override
		public int read(byte[] target, int offset, int length) throws IOException {
			return read(ByteBuffer.wrap(target, offset, length));
		}

		@Override
		public int read(ByteBuffer target) throws IOException {
			if (this.closed) {
				throw new IOException("The message was closed");
			}
			if (!target.hasRemaining()) {
				return 0;
			}
			int read = readSome(target);
			this.taken += Math.max(read, 0);
			return read;
		}

		private int readSome(ByteBuffer target) throws IOException {
			while (!this.bytes.hasRemaining()) {
				if (this.passed != null) {
					return this.passed.read(target);
				}
				if (this.last) {
					return -1;
				}
				next();
			}
			int count = Math.min(target.remaining(), this.bytes.remaining());
			target.put(this.bytes.slice().limit(count));
			this.bytes.position(this.bytes.position() + count);
			return count;
		}

		@Override
		public int available() {
			return this.bytes.remaining();
		}

		@Override
		public boolean isOpen() {
			return !this.closed;
		}

		private void next() throws IOException {
			long deadline = deadline(this.timeout);
			Part part = null;
			Inbox.this.lock.lock();
			try {
				while (Inbox.this.parts.isEmpty()) {
					checkEnd();
					long remaining = deadline - System.nanoTime();
					if (remaining <= 0) {
						throw new SocketTimeoutException(
								"The message has paused for more than %d ms".formatted(this.timeout.toMillis()));
					}
					Inbox.this.changed.awaitNanos(remaining);
				}
				part = removePart();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new ConversationInterruptedException(Inbox.this.peer, ex);
			}
			catch (RuntimeException ex) {
				throw new IOException(ex.getMessage(), ex);
			}
			finally {
				Inbox.this.lock.unlock();
			}
			grant(part.space());
			this.bytes = ByteBuffer.wrap(part.bytes());
			this.passed = part.passed();
			this.last = part.last();
		}

		@Override
		public void close() {
			if (!this.closed) {
				this.closed = true;
				if (this.passed != null) {
					this.passed.discard();
				}
				endStreaming(this.last);
				this.onClosed.accept(this.taken);
			}
		}

	}

}
