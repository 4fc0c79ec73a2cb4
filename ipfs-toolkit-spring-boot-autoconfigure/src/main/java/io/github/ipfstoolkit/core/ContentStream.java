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

package io.github.ipfstoolkit.core;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.ResponseEntity;

/**
 * Content as it arrives from the node. Few buffers are held at a time; closing it early
 * ends the command on the node. Read by one thread; may be closed by another, for which a
 * read that waits then fails, as it does when its thread is interrupted.
 */
final class ContentStream extends InputStream {

	// Spring's stream of a publisher keeps a processor busy when its thread is
	// interrupted,
	// and has a close by another thread look like the end

	private static final int BUFFERS = 16;

	private static final int REQUESTED_AT_ONCE = BUFFERS - BUFFERS / 4;

	private final long length;

	/** Buffers, then an {@link End}. Bounded by what was requested. */
	private final BlockingQueue<Object> arrived = new LinkedBlockingQueue<>();

	private final Receiver receiver = new Receiver();

	private final ReentrantLock lock = new ReentrantLock();

	private @Nullable DataBuffer current;

	private @Nullable End end;

	private int consumed;

	private volatile boolean closed;

	private ContentStream(Flux<DataBuffer> content, long length) {
		this.length = length;
		content.subscribe(this.receiver);
	}

	static ContentStream of(ResponseEntity<Flux<DataBuffer>> response) {
		Flux<DataBuffer> body = response.getBody();
		return new ContentStream((body != null) ? body : Flux.empty(),
				ReactiveIpfsTemplate.contentLength(response.getHeaders()));
	}

	/**
	 * Returns how many bytes the node says the content has; -1 if it does not say.
	 */
	long length() {
		return this.length;
	}

	@Override
	public int read() throws IOException {
		byte[] single = new byte[1];
		return (read(single, 0, 1) < 0) ? -1 : single[0] & 0xff;
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		Objects.checkFromIndexSize(offset, length, bytes.length);
		if (length == 0) {
			return 0;
		}
		while (true) {
			this.lock.lock();
			try {
				checkOpen();
				DataBuffer buffer = this.current;
				if (buffer != null && buffer.readableByteCount() > 0) {
					int count = Math.min(length, buffer.readableByteCount());
					buffer.read(bytes, offset, count);
					return count;
				}
				if (this.end != null) {
					this.end.raise();
					return -1;
				}
			}
			finally {
				this.lock.unlock();
			}
			await();
		}
	}

	@Override
	public int available() throws IOException {
		this.lock.lock();
		try {
			checkOpen();
			return (this.current != null) ? this.current.readableByteCount() : 0;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void checkOpen() throws IOException {
		if (this.closed) {
			throw new IOException("The stream is closed");
		}
	}

	private void await() throws IOException {
		Object next;
		try {
			next = this.arrived.take();
		}
		catch (InterruptedException ex) {
			close();
			Thread.currentThread().interrupt();
			throw new InterruptedIOException("Interrupted while waiting for content");
		}
		this.lock.lock();
		try {
			if (next instanceof End last) {
				this.end = last;
				return;
			}
			DataBufferUtils.release(this.current);
			this.current = (DataBuffer) next;
			if (this.closed) {
				releaseAll();
				return;
			}
		}
		finally {
			this.lock.unlock();
		}
		this.consumed++;
		if (this.consumed == REQUESTED_AT_ONCE) {
			this.consumed = 0;
			this.receiver.request(REQUESTED_AT_ONCE);
		}
	}

	@Override
	public void close() {
		this.lock.lock();
		try {
			this.closed = true;
			this.receiver.cancel();
			releaseAll();
		}
		finally {
			this.lock.unlock();
		}
		this.arrived.add(new End(null));
	}

	private void releaseAll() {
		DataBufferUtils.release(this.current);
		this.current = null;
		Object next = this.arrived.poll();
		while (next != null) {
			if (next instanceof DataBuffer buffer) {
				DataBufferUtils.release(buffer);
			}
			next = this.arrived.poll();
		}
	}

	/**
	 * The end of the content.
	 *
	 * @param failure why it ends, if that is not its last byte
	 */
	private record End(@Nullable Throwable failure) {

		void raise() throws IOException {
			if (this.failure != null) {
				throw new IOException(this.failure.getMessage(), this.failure);
			}
		}

	}

	/**
	 * Takes buffers from the publisher.
	 */
	private final class Receiver extends BaseSubscriber<DataBuffer> {

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			subscription.request(BUFFERS);
		}

		@Override
		protected void hookOnNext(DataBuffer buffer) {
			ContentStream.this.arrived.add(buffer);
			if (ContentStream.this.closed) {
				ContentStream.this.lock.lock();
				try {
					releaseAll();
				}
				finally {
					ContentStream.this.lock.unlock();
				}
				ContentStream.this.arrived.add(new End(null));
			}
		}

		@Override
		protected void hookOnComplete() {
			ContentStream.this.arrived.add(new End(null));
		}

		@Override
		protected void hookOnError(Throwable failure) {
			ContentStream.this.arrived.add(new End(failure));
		}

	}

}
