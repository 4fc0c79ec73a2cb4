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

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.transmission.DecryptionException;
import io.github.ipfstoolkit.transmission.ListenerNotFoundException;
import io.github.ipfstoolkit.transmission.ReceiverOptions;
import io.github.ipfstoolkit.transmission.RefusalReason;
import io.github.ipfstoolkit.transmission.TransmissionCipher;
import io.github.ipfstoolkit.transmission.TransmissionHandler;
import io.github.ipfstoolkit.transmission.TransmissionRefusedException;
import io.github.ipfstoolkit.transmission.conversation.Conversation;
import io.github.ipfstoolkit.transmission.conversation.ConversationEndedException;
import io.github.ipfstoolkit.transmission.conversation.ConversationEndedException.Reason;
import io.github.ipfstoolkit.transmission.conversation.ConversationHandler;
import io.github.ipfstoolkit.transmission.conversation.ConversationLostException;
import io.github.ipfstoolkit.transmission.conversation.ConversationOperations;
import io.github.ipfstoolkit.transmission.conversation.ConversationOptions;
import io.github.ipfstoolkit.transmission.conversation.ConversationReceiver;
import io.github.ipfstoolkit.transmission.conversation.ConversationReceivers;
import io.github.ipfstoolkit.transmission.conversation.ListenTimeoutException;
import org.awaitility.Awaitility;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Conversations between two peers, Alice and Bob, without a node. They can be made to
 * break.
 */
final class LocalConversations implements ConversationOperations, ConversationReceivers, AutoCloseable {

	static final PeerId ALICE = PeerId.of("12D3KooWGL1WQ2TXMou8HRB8zv7K274sDfWbF3noAnxWESU6RL2K");

	static final PeerId BOB = PeerId.of("QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N");

	private static final byte[] CLOSED = new byte[0];

	private static final byte[] LOST = new byte[0];

	private static final byte[] UNDECRYPTABLE = new byte[0];

	private final boolean direct;

	private final Map<String, Listener> listeners = new ConcurrentHashMap<>();

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final AtomicInteger started = new AtomicInteger();

	/**
	 * Which message of Alice's breaks the conversation, counted over all of them.
	 */
	private volatile int breakAt = -1;

	/**
	 * How much of that message arrives.
	 */
	private volatile int breakAfter;

	/**
	 * The message that has arrived in part.
	 */
	private volatile byte[] cut;

	/**
	 * Why the next conversations can not be started.
	 */
	private final Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();

	private final AtomicInteger open = new AtomicInteger();

	private final AtomicInteger said = new AtomicInteger();

	LocalConversations(boolean direct) {
		this.direct = direct;
	}

	/**
	 * Waits until all conversations have ended at Bob's end.
	 */
	void awaitEnd() {
		Awaitility.await().until(() -> this.open.get() == 0);
	}

	void breakAt(int message) {
		breakWithin(message, 0);
	}

	void breakWithin(int message, int bytes) {
		this.said.set(0);
		this.breakAfter = bytes;
		this.breakAt = message;
	}

	void failToStart(RuntimeException... failures) {
		this.failures.addAll(List.of(failures));
	}

	int started() {
		return this.started.get();
	}

	int said() {
		return this.said.get();
	}

	@Override
	public ConversationOptions options() {
		return ConversationOptions.defaults().withTimeout(Duration.ofSeconds(20));
	}

	@Override
	public Conversation startConversation(String to, String listener, ConversationOptions options) {
		return startConversation(BOB, listener, options);
	}

	@Override
	public Conversation startConversation(PeerId to, String listener, ConversationOptions options) {
		this.started.incrementAndGet();
		RuntimeException failure = this.failures.poll();
		if (failure != null) {
			throw failure;
		}
		Listener bobs = this.listeners.get(listener);
		if (bobs == null) {
			throw new ListenerNotFoundException(to, listener);
		}
		End alice = new End(BOB, listener, "alices", "bobs", options);
		End bob = new End(ALICE, listener, "bobs", "alices", bobs.options());
		alice.other = bob;
		bob.other = alice;
		this.open.incrementAndGet();
		this.executor.execute(() -> {
			try {
				bobs.handler().converse(bob);
			}
			catch (DecryptionException ex) {
				bob.close(UNDECRYPTABLE);
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
			finally {
				bob.close();
				this.open.decrementAndGet();
			}
		});
		return alice;
	}

	@Override
	public ConversationReceiver open(String listener, ReceiverOptions receiverOptions, ConversationOptions options,
			ConversationHandler handler, TransmissionHandler messages) {
		this.listeners.put(listener, new Listener(handler, options));
		return new ConversationReceiver() {

			@Override
			public String listener() {
				return listener;
			}

			@Override
			public boolean isActive() {
				return true;
			}

			@Override
			public boolean drain(Duration timeout) {
				return true;
			}

			@Override
			public void close() {
				LocalConversations.this.listeners.remove(listener);
			}
		};
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
	}

	@Override
	public <T> T sendAndReceive(String to, String listener, Object payload, Class<T> type, Duration timeout,
			ConversationOptions options) {
		throw new UnsupportedOperationException();
	}

	@Override
	public <T> T sendAndReceive(PeerId to, String listener, Object payload, Class<T> type, Duration timeout,
			ConversationOptions options) {
		throw new UnsupportedOperationException();
	}

	@Override
	public <T> Mono<T> request(String to, String listener, Object payload, Class<T> type, Duration timeout,
			ConversationOptions options) {
		throw new UnsupportedOperationException();
	}

	@Override
	public <T> Mono<T> request(PeerId to, String listener, Object payload, Class<T> type, Duration timeout,
			ConversationOptions options) {
		throw new UnsupportedOperationException();
	}

	private final class End implements Conversation {

		private final PeerId peer;

		private final String listener;

		private final String name;

		private final String peerName;

		private final BlockingDeque<byte[]> heard = new LinkedBlockingDeque<>();

		private final ConversationOptions options;

		private volatile boolean closed;

		private volatile byte[] end;

		private End other;

		End(PeerId peer, String listener, String name, String peerName, ConversationOptions options) {
			this.peer = peer;
			this.listener = listener;
			this.name = name;
			this.peerName = peerName;
			this.options = options;
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
			return this.peerName;
		}

		@Override
		public byte[] salutation() {
			return new byte[0];
		}

		@Override
		public ConversationOptions options() {
			return this.options;
		}

		@Override
		public boolean isDirect() {
			return LocalConversations.this.direct;
		}

		@Override
		public boolean isOpen() {
			return !this.closed && this.end == null;
		}

		@Override
		public void say(Object payload) {
			if (this.peer == BOB && LocalConversations.this.said.getAndIncrement() == LocalConversations.this.breakAt) {
				breakUp(payload);
			}
			if (this.closed) {
				throw new ConversationEndedException(this.peer, Reason.CLOSED);
			}
			if (this.end != null) {
				throw ended(this.end);
			}
			byte[] bytes = (payload instanceof byte[] array) ? array
					: payload.toString().getBytes(StandardCharsets.UTF_8);
			TransmissionCipher cipher = this.options.cipher();
			this.other.heard.add((cipher != null) ? cipher.encrypt(bytes) : bytes.clone());
		}

		private void breakUp(Object payload) {
			this.end = LOST;
			if (payload instanceof byte[] bytes && LocalConversations.this.breakAfter > 0) {
				LocalConversations.this.cut = Arrays.copyOf(bytes, LocalConversations.this.breakAfter);
				this.other.heard.add(LocalConversations.this.cut);
			}
			this.other.heard.add(LOST);
		}

		private RuntimeException ended(byte[] how) {
			if (how == UNDECRYPTABLE) {
				return new TransmissionRefusedException(this.peer, this.listener, RefusalReason.UNDECRYPTABLE, "");
			}
			return (how == LOST) ? new ConversationLostException(this.peer, null)
					: new ConversationEndedException(this.peer, Reason.CLOSED_BY_PEER);
		}

		@Override
		public void sayAhead(byte[] bytes, int offset, int length) {
			say(Arrays.copyOfRange(bytes, offset, offset + length));
		}

		@Override
		public void sayToListener(ReadableByteChannel message, int length) {
			try {
				say(Channels.newInputStream(message).readNBytes(length));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		@Override
		public void awaitReceived() {
		}

		@Override
		public byte[] listen(Duration timeout) {
			try {
				byte[] message = this.heard.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
				if (message == null) {
					throw new ListenTimeoutException(this.peer, timeout);
				}
				if (message == CLOSED || message == LOST || message == UNDECRYPTABLE) {
					this.heard.addFirst(message);
					throw ended(message);
				}
				TransmissionCipher cipher = this.options.cipher();
				return (cipher != null) ? cipher.decrypt(message) : message;
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

		@Override
		public InputStream listenStream(Duration timeout) {
			byte[] message = listen(timeout);
			InputStream input = new ByteArrayInputStream(message);
			return (message == LocalConversations.this.cut) ? new SequenceInputStream(input, new LostInput()) : input;
		}

		@Override
		public String listenText(Duration timeout) {
			return new String(listen(timeout), StandardCharsets.UTF_8);
		}

		@Override
		public <T> T listen(Class<T> type, Duration timeout) {
			return type.cast(listen(timeout));
		}

		@Override
		public Iterator<byte[]> iterator() {
			throw new UnsupportedOperationException();
		}

		@Override
		public Flux<byte[]> messages() {
			throw new UnsupportedOperationException();
		}

		@Override
		public void close() {
			close(CLOSED);
		}

		void close(byte[] how) {
			if (!this.closed) {
				this.closed = true;
				this.other.heard.add(how);
				if (this.other.end == null) {
					this.other.end = how;
				}
			}
		}

	}

	/**
	 * Fails as the stream of a conversation that is lost.
	 */
	private static final class LostInput extends InputStream {

		@Override
		public int read() throws IOException {
			throw new EOFException("The stream ended within a message");
		}

	}

	private record Listener(ConversationHandler handler, ConversationOptions options) {
	}

}
