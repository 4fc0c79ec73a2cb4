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

package io.github.ipfstoolkit.transmission.file;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.ipfstoolkit.Cid;
import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.transmission.conversation.Conversation;
import io.github.ipfstoolkit.transmission.conversation.ConversationInterruptedException;
import io.github.ipfstoolkit.transmission.conversation.ConversationLostException;
import io.github.ipfstoolkit.transmission.conversation.ListenTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads content that the node fetches. That it can not be had is another failure than one
 * of the disk that it is written to. The node is read from on a thread of its own, so
 * that it is noticed here when it takes too long, or the sender has gone. For use by one
 * thread.
 */
final class ContentInput implements AutoCloseable {

	private static final int BUFFERS = 2;

	private static final int BUFFER = 256 * 1024;

	/**
	 * How soon it is noticed that the sender has gone.
	 */
	private static final Duration CHECK = Duration.ofMillis(250);

	private final Conversation conversation;

	private final Duration timeout;

	private final Pace pace;

	private final BlockingQueue<byte[]> free = new LinkedBlockingQueue<>();

	private final BlockingQueue<Piece> arrived = new LinkedBlockingQueue<>();

	private final FutureTask<?> reader;

	private byte[] bytes = new byte[BUFFER];

	private long position;

	/**
	 * Begins to fetch content.
	 * @param conversation with the peer that waits for it to be fetched
	 * @param timeout how long the peer waits for any part of it
	 * @param executor runs the thread that reads
	 */
	ContentInput(FileContents contents, Cid cid, Conversation conversation, Duration timeout, Executor executor) {
		this.conversation = conversation;
		// so that the peer hears of it before it gives up
		this.timeout = timeout.multipliedBy(3).dividedBy(4);
		this.pace = new Pace(conversation.peer(), this.timeout, 0);
		for (int i = 1; i < BUFFERS; i++) {
			this.free.add(new byte[BUFFER]);
		}
		this.reader = new FutureTask<>(() -> fetch(contents, cid), null);
		executor.execute(this.reader);
	}

	private void fetch(FileContents contents, Cid cid) {
		try (InputStream input = contents.open(cid)) {
			int count = 0;
			while (count >= 0) {
				byte[] buffer = this.free.take();
				count = input.read(buffer);
				this.arrived.add(new Piece(buffer, count, null));
			}
		}
		catch (Exception ex) {
			this.arrived.add(new Piece(new byte[0], 0, ex));
		}
	}

	/**
	 * Reads as much as is there, into {@link #bytes()}.
	 * @return how much, -1 at the content's end
	 * @throws RefusedException if the content can not be had, or not in time
	 * @throws ConversationLostException if the sender has gone meanwhile
	 */
	int read() throws RefusedException {
		this.free.add(this.bytes);
		Piece piece = take();
		Exception failure = piece.failure();
		if (failure instanceof IOException || failure instanceof IpfsException) {
			throw unavailable(String.valueOf(failure.getMessage()));
		}
		if (failure != null) {
			throw new IllegalStateException("The content could not be read", failure);
		}
		this.bytes = piece.bytes();
		this.position += Math.max(piece.length(), 0);
		this.pace.reached(this.position);
		return piece.length();
	}

	private Piece take() throws RefusedException {
		try {
			return this.pace.await(this::take);
		}
		catch (ListenTimeoutException ex) {
			throw unavailable("next to nothing of it has come in %d ms".formatted(this.timeout.toMillis()));
		}
	}

	private Piece take(Duration timeout) {
		long deadline = System.nanoTime() + timeout.toNanos();
		try {
			while (true) {
				long nanos = Math.min(deadline - System.nanoTime(), CHECK.toNanos());
				Piece piece = this.arrived.poll(nanos, TimeUnit.NANOSECONDS);
				if (piece != null) {
					return piece;
				}
				if (!this.conversation.isOpen()) {
					throw new ConversationLostException(this.conversation.peer(), null);
				}
				if (nanos <= 0) {
					throw new ListenTimeoutException(this.conversation.peer(), timeout);
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new ConversationInterruptedException(this.conversation.peer(), ex);
		}
	}

	/**
	 * Returns what was read last, until it is read again.
	 */
	byte[] bytes() {
		return this.bytes;
	}

	private static RefusedException unavailable(String reason) {
		return new RefusedException(FileRefusal.NO_CONTENT, "its node can not get the content: " + reason);
	}

	/**
	 * Ends the fetching.
	 */
	@Override
	public void close() {
		this.reader.cancel(true);
	}

	/**
	 * What was read at once.
	 *
	 * @param bytes holds it
	 * @param length how much it is, -1 at the end
	 * @param failure why there is nothing, {@code null} if there is something
	 */
	@SuppressWarnings("ArrayRecordComponent")
	private record Piece(byte[] bytes, int length, @Nullable Exception failure) {
	}

}
