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
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.p2p.PeerDirectory;
import io.github.ipfstoolkit.p2p.TunnelListener;
import io.github.ipfstoolkit.p2p.TunnelOperations;
import io.github.ipfstoolkit.p2p.TunnelStream;
import io.github.ipfstoolkit.transmission.ConnectionLostException;
import io.github.ipfstoolkit.transmission.Frame;
import io.github.ipfstoolkit.transmission.InvalidPeerException;
import io.github.ipfstoolkit.transmission.ListenerNotFoundException;
import io.github.ipfstoolkit.transmission.MalformedTransmissionException;
import io.github.ipfstoolkit.transmission.Observers;
import io.github.ipfstoolkit.transmission.PacedInput;
import io.github.ipfstoolkit.transmission.PeerResolver;
import io.github.ipfstoolkit.transmission.Protocol;
import io.github.ipfstoolkit.transmission.ReceiverOptions;
import io.github.ipfstoolkit.transmission.SendLimits;
import io.github.ipfstoolkit.transmission.SenderOptions;
import io.github.ipfstoolkit.transmission.TransmissionException;
import io.github.ipfstoolkit.transmission.TransmissionHandler;
import io.github.ipfstoolkit.transmission.TransmissionRefusedException;
import io.github.ipfstoolkit.transmission.TransmissionTemplate;
import io.github.ipfstoolkit.transmission.TransmissionTimeoutException;
import io.github.ipfstoolkit.transmission.TunnelTransmissionReceivers;
import io.github.ipfstoolkit.transmission.UnreadableReplyException;
import io.github.ipfstoolkit.transmission.conversation.ConversationEndedException.Reason;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;

/**
 * Converses over tunnels: on one stream, or a part of one, with peers that use this
 * toolkit, in the way of the Python toolkit with others. Which of them it is, is found
 * out by trying. All conversations are closed when this is stopped.
 *
 * @since 0.1.0
 */
public final class ConversationTemplate
		implements ConversationOperations, ConversationReceivers, SmartLifecycle, DisposableBean {

	/**
	 * The phase in which conversations are ended: with the tunnels that they use.
	 */
	public static final int PHASE = TransmissionTemplate.PHASE;

	private final TunnelOperations tunnels;

	private final PeerResolver peers;

	private final ConversationOptions options;

	private final JsonMapper mapper;

	private final Executor executor;

	private final SharedForwards forwards;

	private final ConversationStreams streams;

	private final ClassicPeers classicPeers = new ClassicPeers();

	private final ConversationFactory factory;

	private final Observers<ConversationObserver> observers;

	private final OpenConversations open = new OpenConversations();

	private final Set<ConversationReceiver> receivers = ConcurrentHashMap.newKeySet();

	private final TransmissionTemplate transmissions;

	private volatile CountDownLatch stopped = new CountDownLatch(1);

	private volatile boolean running;

	/**
	 * Creates an instance.
	 * @param tunnels the way to other peers
	 * @param peers finds peers by name and connects to them
	 * @param senderOptions how long to keep the way to a peer open for the next
	 * conversation
	 * @param options how to converse, if not said otherwise
	 * @param mapper writes and reads objects as JSON
	 * @param executor runs a task for each conversation that is started here. It must
	 * start each at once, or reject it, and never queue
	 * @param observers are told of each conversation
	 */
	public ConversationTemplate(TunnelOperations tunnels, PeerDirectory peers, SenderOptions senderOptions,
			ConversationOptions options, JsonMapper mapper, Executor executor, List<ConversationObserver> observers) {
		this.tunnels = tunnels;
		this.peers = new PeerResolver(peers);
		this.options = options;
		this.mapper = mapper;
		this.executor = executor;
		this.observers = new Observers<>(observers);
		this.forwards = new SharedForwards(tunnels, senderOptions.idleTimeout());
		this.streams = new ConversationStreams(this.forwards, executor, senderOptions.idleTimeout());
		// messages of conversations are no messages that an observer should hear of: each
		// conversation has a name of its own
		this.transmissions = new TransmissionTemplate(tunnels, peers, senderOptions, mapper, List.of());
		this.factory = new ConversationFactory(this.transmissions, new TunnelTransmissionReceivers(tunnels, List.of()),
				mapper, this.open, this.observers);
	}

	@Override
	public ConversationOptions options() {
		return this.options;
	}

	@Override
	public Conversation startConversation(String to, String listener, ConversationOptions options) {
		return startConversation(this.peers.resolve(to), listener, options);
	}

	@Override
	public Conversation startConversation(PeerId to, String listener, ConversationOptions options) {
		return startConversation(to, listener, options, Deadline.never());
	}

	private Conversation startConversation(PeerId to, String listener, ConversationOptions options, Deadline deadline) {
		long start = System.nanoTime();
		try {
			return start(to, listener, options, deadline);
		}
		catch (RuntimeException ex) {
			this.observers.tell((observer) -> observer.startFailed(to, listener, ex, since(start)));
			throw ex;
		}
	}

	private static Duration since(long start) {
		return Duration.ofNanos(System.nanoTime() - start);
	}

	private Conversation start(PeerId to, String listener, ConversationOptions options, Deadline deadline) {
		PeerId self = this.tunnels.self();
		if (self.equals(to)) {
			throw new InvalidPeerException(self);
		}
		SendLimits limits = new SendLimits(options.timeout(), options.retries(), deadline::remaining);
		for (int retry = 0;; retry++) {
			try {
				return tryToStart(to, listener, options, deadline);
			}
			catch (ConnectionLostException | ListenerNotFoundException ex) {
				limits.awaitRetry(retry, ex, this.stopped);
			}
			catch (TransmissionRefusedException ex) {
				if (!ex.getReason().isTransient()) {
					throw ex;
				}
				limits.awaitRetry(retry, ex, this.stopped);
			}
		}
	}

	private Conversation tryToStart(PeerId to, String listener, ConversationOptions options, Deadline deadline) {
		if (!this.classicPeers.contains(to, listener)) {
			Optional<Conversation> direct = startDirect(to, listener, options, deadline);
			if (direct.isPresent()) {
				return direct.get();
			}
		}
		Optional<Conversation> classic = this.factory.start(to, listener, deadline.bound(options), this.executor);
		if (classic.isPresent()) {
			this.classicPeers.add(to, listener);
			return classic.get();
		}
		// it was not there a moment ago
		this.classicPeers.remove(to, listener);
		return startDirect(to, listener, options, deadline).orElseThrow(() -> new ListenerNotFoundException(to,
				listener, "Listener '%s' of peer %s takes messages, but no conversations".formatted(listener, to)));
	}

	/**
	 * Starts a conversation on a stream of its own.
	 * @return empty if nobody there takes such
	 */
	private Optional<Conversation> startDirect(PeerId to, String listener, ConversationOptions options,
			Deadline deadline) {
		String protocol = DirectLink.protocol(listener);
		if (this.forwards.isWarm(to, protocol)) {
			Optional<Conversation> conversation = openDirect(to, listener, protocol, options, deadline);
			if (conversation.isPresent()) {
				return conversation;
			}
			this.forwards.forget(to, protocol);
		}
		this.peers.connect(to, deadline.remaining());
		Optional<Conversation> conversation = openDirect(to, listener, protocol, options, deadline);
		if (conversation.isEmpty()) {
			this.forwards.forget(to, protocol);
		}
		return conversation;
	}

	private Optional<Conversation> openDirect(PeerId to, String listener, String protocol, ConversationOptions options,
			Deadline deadline) {
		TunnelStream stream = null;
		boolean joined = false;
		Duration timeout = deadline.bound(options).timeout();
		try {
			stream = this.streams.open(to, protocol, timeout);
			Optional<Conversation> conversation = shakeHands(stream, to, listener, deadline.bound(options));
			joined = conversation.isPresent();
			return conversation;
		}
		catch (MalformedTransmissionException ex) {
			throw new UnreadableReplyException(
					"Listener '%s' of peer %s sent an unreadable reply".formatted(listener, to), ex);
		}
		catch (SocketTimeoutException ex) {
			throw new TransmissionTimeoutException("Listener '%s' of peer %s did not join".formatted(listener, to),
					timeout, ex);
		}
		catch (InterruptedIOException | ClosedByInterruptException ex) {
			Thread.currentThread().interrupt();
			throw new TransmissionException(
					"Interrupted while starting a conversation with listener '%s' of peer %s".formatted(listener, to),
					ex);
		}
		catch (IOException ex) {
			throw new ConnectionLostException(
					"The connection to listener '%s' of peer %s broke before it had joined".formatted(listener, to),
					ex);
		}
		finally {
			if (!joined && stream != null) {
				stream.close();
			}
		}
	}

	private Optional<Conversation> shakeHands(TunnelStream stream, PeerId to, String listener,
			ConversationOptions options) throws IOException {
		stream.setWriteTimeout(options.timeout());
		String name = ConversationFactory.newName(listener);
		PacedInput input = new PacedInput(stream, options.timeout());
		int first;
		try {
			stream.output().write(Frame.of(new Handshake(name, options.salutation()).toStart()));
			first = input.readFirst(options.timeout());
		}
		catch (SocketException ex) {
			return Optional.empty();
		}
		if (first < 0) {
			return Optional.empty();
		}
		byte[] reply = Protocol.readAccepted(first, input, to, listener, Handshake.MAX_LENGTH);
		Handshake join = Handshake.parseJoin(reply)
			.orElseThrow(() -> new MalformedTransmissionException("No handshake"));
		Inbox inbox = new Inbox(to, options.maxMessageSize());
		DirectLink link = new DirectLink(to, listener, stream, inbox, this.executor, options.timeout());
		Conversation conversation = this.factory.create(to, listener, name, join, link, inbox, options, this.executor,
				true);
		this.executor.execute(link::read);
		return Optional.of(conversation);
	}

	@Override
	public <T> T sendAndReceive(String to, String listener, Object payload, Class<T> type, Duration timeout,
			ConversationOptions options) {
		return sendAndReceive(this.peers.resolve(to), listener, payload, type, timeout, options);
	}

	@Override
	public <T> T sendAndReceive(PeerId to, String listener, Object payload, Class<T> type, Duration timeout,
			ConversationOptions options) {
		long start = System.nanoTime();
		try {
			T answer = ask(to, listener, payload, type, timeout, options);
			this.observers.tell((observer) -> observer.requested(to, listener, null, since(start)));
			return answer;
		}
		catch (RuntimeException ex) {
			this.observers.tell((observer) -> observer.requested(to, listener, ex, since(start)));
			throw ex;
		}
	}

	private <T> T ask(PeerId to, String listener, Object payload, Class<T> type, Duration timeout,
			ConversationOptions options) {
		Deadline deadline = Deadline.in(timeout);
		try (Conversation conversation = startConversation(to, listener, options, deadline)) {
			conversation.say(payload);
			return conversation.listen(type, deadline.remaining());
		}
		catch (ListenTimeoutException ex) {
			throw new ListenTimeoutException(to, timeout);
		}
		catch (ConversationEndedException ex) {
			if (ex.getReason() == Reason.TOO_LONG && deadline.hasPassed()) {
				throw new ListenTimeoutException(to, timeout);
			}
			throw ex;
		}
	}

	@Override
	public <T> Mono<T> request(String to, String listener, Object payload, Class<T> type, Duration timeout,
			ConversationOptions options) {
		return RequestTask.run(() -> sendAndReceive(to, listener, payload, type, timeout, options), this.executor);
	}

	@Override
	public <T> Mono<T> request(PeerId to, String listener, Object payload, Class<T> type, Duration timeout,
			ConversationOptions options) {
		return RequestTask.run(() -> sendAndReceive(to, listener, payload, type, timeout, options), this.executor);
	}

	@Override
	public ConversationReceiver open(String listener, ReceiverOptions receiverOptions, ConversationOptions options,
			ConversationHandler handler, @Nullable TransmissionHandler messages) {
		// peers try the direct way first, so that it must be there first
		TunnelListener direct = this.tunnels.listen(DirectLink.protocol(listener));
		try {
			TunnelConversationReceiver receiver = new TunnelConversationReceiver(listener, direct, receiverOptions,
					options, handler, messages, this.factory, this.receivers::remove);
			receiver.start(new TunnelTransmissionReceivers(this.tunnels, List.of()));
			this.receivers.add(receiver);
			return receiver;
		}
		catch (RuntimeException | Error ex) {
			direct.close();
			throw ex;
		}
	}

	@Override
	public void start() {
		this.stopped = new CountDownLatch(1);
		this.transmissions.start();
		this.running = true;
	}

	/**
	 * Closes all conversations and receivers.
	 */
	@Override
	public void stop() {
		this.running = false;
		this.stopped.countDown();
		this.receivers.forEach(ConversationReceiver::close);
		this.open.closeAll();
		this.streams.closeAll();
		this.forwards.closeAll();
		this.transmissions.stop();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	/**
	 * Conversations are kept while a test context is paused, as the tunnels are.
	 */
	@Override
	public boolean isPauseable() {
		return false;
	}

	@Override
	public void destroy() {
		stop();
	}

	/**
	 * Listeners that do not take the direct way, for a while: they may be replaced.
	 */
	private static final class ClassicPeers {

		private static final Duration MEMORY = Duration.ofMinutes(5);

		private static final int MAX_KNOWN = 10_000;

		private final ReentrantLock lock = new ReentrantLock();

		private final Map<List<Object>, Long> known = new LinkedHashMap<>() {

			@Override
			protected boolean removeEldestEntry(Map.Entry<List<Object>, Long> eldest) {
				return size() > MAX_KNOWN;
			}

		};

		boolean contains(PeerId peer, String listener) {
			this.lock.lock();
			try {
				Long since = this.known.get(List.of(peer, listener));
				return since != null && System.nanoTime() - since < MEMORY.toNanos();
			}
			finally {
				this.lock.unlock();
			}
		}

		void remove(PeerId peer, String listener) {
			this.lock.lock();
			try {
				this.known.remove(List.of(peer, listener));
			}
			finally {
				this.lock.unlock();
			}
		}

		void add(PeerId peer, String listener) {
			this.lock.lock();
			try {
				this.known.putIfAbsent(List.of(peer, listener), System.nanoTime());
			}
			finally {
				this.lock.unlock();
			}
		}

	}

}
