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
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.transmission.MessageTooLargeException;
import io.github.ipfstoolkit.transmission.Observers;
import io.github.ipfstoolkit.transmission.RefusalReason;
import io.github.ipfstoolkit.transmission.TransmissionCipher;
import io.github.ipfstoolkit.transmission.TransmissionException;
import io.github.ipfstoolkit.transmission.conversation.ConversationEndedException.Reason;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.Assert;

/**
 * A conversation over a {@link Link}.
 */
final class DefaultConversation implements Conversation {

	private final PeerId peer;

	private final String listener;

	private final String name;

	private final Handshake others;

	private final Link link;

	private final Inbox inbox;

	private final ConversationOptions options;

	private final JsonMapper mapper;

	private final Executor executor;

	private final ConversationReport report;

	private final long startedAt = System.nanoTime();

	private volatile long usedAt = this.startedAt;

	/**
	 * Creates a conversation that both ends have joined.
	 * @param others what the other end said to start or to join
	 * @param observers are told of it
	 * @param started whether it was started here
	 */
	DefaultConversation(PeerId peer, String listener, String name, Handshake others, Link link, Inbox inbox,
			ConversationOptions options, JsonMapper mapper, Executor executor,
			Observers<ConversationObserver> observers, boolean started) {
		this.peer = peer;
		this.listener = listener;
		this.name = name;
		this.others = others;
		this.link = link;
		this.inbox = inbox;
		this.options = options;
		this.mapper = mapper;
		this.executor = executor;
		this.report = new ConversationReport(observers, this, started);
		inbox.onChange(this::use);
	}

	/**
	 * Tells observers of it, from its opening on.
	 */
	void observe() {
		this.report.opened();
		this.inbox.onEnd(this.report::ended);
	}

	@Override
	public PeerId peer() {
		return this.peer;
	}

	@Override
	public String listener() {
		return this.listener;
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public String peerName() {
		return this.others.name();
	}

	@Override
	public byte[] salutation() {
		return this.others.salutation().clone();
	}

	@Override
	public ConversationOptions options() {
		return this.options;
	}

	@Override
	public boolean isDirect() {
		return this.link.isDirect();
	}

	@Override
	public boolean isOpen() {
		return this.link.isOpen();
	}

	private void use() {
		this.usedAt = System.nanoTime();
	}

	@Override
	public void say(Object payload) {
		byte[] bytes = write(payload);
		sayAhead(bytes, 0, bytes.length);
		awaitReceived();
	}

	private byte[] write(Object payload) {
		if (payload instanceof byte[] bytes) {
			return bytes;
		}
		if (payload instanceof CharSequence text) {
			return text.toString().getBytes(StandardCharsets.UTF_8);
		}
		try {
			return this.mapper.writeValueAsBytes(payload);
		}
		catch (JacksonException ex) {
			throw new TransmissionException(
					"A %s can not be said as JSON: %s".formatted(payload.getClass().getName(), ex.getOriginalMessage()),
					ex);
		}
	}

	@Override
	public void sayAhead(byte[] bytes, int offset, int length) {
		TransmissionCipher cipher = this.options.cipher();
		use();
		if (cipher != null) {
			byte[] encrypted = cipher.encrypt(Arrays.copyOfRange(bytes, offset, offset + length));
			this.link.send(encrypted, 0, encrypted.length);
			this.report.said(encrypted.length);
		}
		else {
			this.link.send(bytes, offset, length);
			this.report.said(length);
		}
		use();
	}

	@Override
	public void sayToListener(ReadableByteChannel message, int length) {
		TransmissionCipher cipher = this.options.cipher();
		use();
		if (cipher != null) {
			byte[] encrypted = cipher.encrypt(Link.readAll(message, length));
			this.link.pass(Channels.newChannel(new ByteArrayInputStream(encrypted)), encrypted.length);
			this.report.said(encrypted.length);
		}
		else {
			this.link.pass(new UsedChannel(message), length);
			this.report.said(length);
		}
		use();
	}

	@Override
	public void awaitReceived() {
		this.link.awaitReceived();
	}

	@Override
	public byte[] listen(Duration timeout) {
		return take(timeout);
	}

	private byte[] take(@Nullable Duration timeout) {
		try {
			return hear(this.inbox.take(timeout));
		}
		catch (MessageTooLargeException ex) {
			close(RefusalReason.TOO_LARGE);
			throw ex;
		}
	}

	private byte @Nullable [] poll() {
		try {
			byte[] message = this.inbox.poll();
			return (message != null) ? hear(message) : null;
		}
		catch (MessageTooLargeException ex) {
			close(RefusalReason.TOO_LARGE);
			throw ex;
		}
	}

	private byte[] hear(byte[] message) {
		this.report.heard(message.length);
		TransmissionCipher cipher = this.options.cipher();
		return (cipher != null) ? cipher.decrypt(message) : message;
	}

	@Override
	public InputStream listenStream(Duration timeout) {
		return (this.options.cipher() != null) ? new ByteArrayInputStream(listen(timeout))
				: this.inbox.open(timeout, this.report::heard);
	}

	@Override
	public ReadableByteChannel listenChannel(Duration timeout) {
		return (this.options.cipher() != null) ? Conversation.super.listenChannel(timeout)
				: this.inbox.open(timeout, this.report::heard);
	}

	@Override
	public String listenText(Duration timeout) {
		return new String(listen(timeout), StandardCharsets.UTF_8);
	}

	@Override
	public <T> T listen(Class<T> type, Duration timeout) {
		byte[] message = listen(timeout);
		if (type == byte[].class) {
			return type.cast(message);
		}
		if (type.isAssignableFrom(String.class)) {
			return type.cast(new String(message, StandardCharsets.UTF_8));
		}
		try {
			return this.mapper.readValue(message, type);
		}
		catch (JacksonException ex) {
			throw new TransmissionException("What peer %s has said can not be read as %s: %s".formatted(this.peer,
					type.getName(), ex.getOriginalMessage()), ex);
		}
	}

	@Override
	public Iterator<byte[]> iterator() {
		return new Messages();
	}

	@Override
	public Flux<byte[]> messages() {
		return Flux.create((sink) -> {
			Pump pump = new Pump(sink);
			// before anything is asked for: what arrives after that would not be noticed
			this.inbox.onChange(() -> {
				use();
				pump.schedule();
			});
			sink.onDispose(() -> this.inbox.onChange(this::use));
			sink.onRequest((count) -> pump.schedule());
		});
	}

	@Override
	public void close() {
		close(null);
	}

	/**
	 * Closes it.
	 * @param failure what the other end is told of why, {@code null} if nothing failed
	 */
	void close(@Nullable RefusalReason failure) {
		end(failure, (failure != null) ? Reason.FAILED : Reason.CLOSED);
	}

	/**
	 * Lets nothing new be heard.
	 */
	void endHearing() {
		this.inbox.end(() -> new ConversationEndedException(this.peer, Reason.STOPPING));
	}

	/**
	 * Closes it if one of its time-outs has passed.
	 */
	void checkTimeouts(long now) {
		if (isOver(this.usedAt, this.options.idleTimeout(), now)) {
			end(null, Reason.IDLE);
		}
		else if (isOver(this.startedAt, this.options.maxDuration(), now)) {
			end(null, Reason.TOO_LONG);
		}
	}

	private static boolean isOver(long since, Duration limit, long now) {
		return !limit.isZero() && now - since > limit.toNanos();
	}

	private void end(@Nullable RefusalReason failure, Reason reason) {
		this.link.close(failure, () -> new ConversationEndedException(this.peer, reason));
	}

	/**
	 * Notes that the conversation is used, while something long is said.
	 */
	private final class UsedChannel implements ReadableByteChannel {

		private final ReadableByteChannel message;

		UsedChannel(ReadableByteChannel message) {
			this.message = message;
		}

		@Override
		public int read(ByteBuffer target) throws IOException {
			use();
			return this.message.read(target);
		}

		@Override
		public boolean isOpen() {
			return this.message.isOpen();
		}

		@Override
		public void close() throws IOException {
			this.message.close();
		}

	}

	/**
	 * Gives messages one by one to who waits for them.
	 */
	private final class Messages implements Iterator<byte[]> {

		private byte @Nullable [] next;

		@Override
		public boolean hasNext() {
			if (this.next == null) {
				try {
					this.next = take(null);
				}
				catch (ConversationEndedException ex) {
					return false;
				}
			}
			return true;
		}

		@Override
		public byte[] next() {
			if (!hasNext()) {
				throw new NoSuchElementException("The conversation has ended");
			}
			byte[] message = this.next;
			Assert.state(message != null, "No message");
			this.next = null;
			return message;
		}

	}

	/**
	 * Gives messages to a subscriber as they arrive and are asked for, on a thread that
	 * may wait for others.
	 */
	private final class Pump implements Runnable {

		private final FluxSink<byte[]> sink;

		private final AtomicInteger signals = new AtomicInteger();

		Pump(FluxSink<byte[]> sink) {
			this.sink = sink;
		}

		void schedule() {
			if (this.signals.getAndIncrement() == 0) {
				DefaultConversation.this.executor.execute(this);
			}
		}

		@Override
		public void run() {
			int seen = 1;
			while (seen != 0) {
				try {
					drain();
				}
				catch (ConversationEndedException ex) {
					this.sink.complete();
				}
				catch (RuntimeException ex) {
					this.sink.error(ex);
				}
				seen = this.signals.addAndGet(-seen);
			}
		}

		private void drain() {
			while (this.sink.requestedFromDownstream() > 0 && !this.sink.isCancelled()) {
				byte[] message = poll();
				if (message == null) {
					return;
				}
				this.sink.next(message);
			}
		}

	}

}
