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
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.p2p.TunnelListener;
import io.github.ipfstoolkit.p2p.TunnelStream;
import io.github.ipfstoolkit.transmission.AcceptLoop;
import io.github.ipfstoolkit.transmission.AckMode;
import io.github.ipfstoolkit.transmission.DecryptionException;
import io.github.ipfstoolkit.transmission.Frame;
import io.github.ipfstoolkit.transmission.MalformedTransmissionException;
import io.github.ipfstoolkit.transmission.MessageTooLargeException;
import io.github.ipfstoolkit.transmission.Offer;
import io.github.ipfstoolkit.transmission.PacedInput;
import io.github.ipfstoolkit.transmission.Protocol;
import io.github.ipfstoolkit.transmission.ReceiverOptions;
import io.github.ipfstoolkit.transmission.RefusalReason;
import io.github.ipfstoolkit.transmission.Seats;
import io.github.ipfstoolkit.transmission.Transmission;
import io.github.ipfstoolkit.transmission.TransmissionException;
import io.github.ipfstoolkit.transmission.TransmissionHandler;
import io.github.ipfstoolkit.transmission.TransmissionReceiver;
import io.github.ipfstoolkit.transmission.TransmissionReceivers;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Takes the conversations that peers start at one listener, on streams of their own or
 * multiplexed ones, or by messages. A conversation on a stream has two threads: one that
 * reads, and the handler's.
 */
final class TunnelConversationReceiver implements ConversationReceiver {

	private static final Log logger = LogFactory.getLog(TunnelConversationReceiver.class);

	/**
	 * How long a peer may take to end a stream on which it was refused.
	 */
	private static final Duration LINGER = Duration.ofSeconds(5);

	private final String listener;

	private final TunnelListener direct;

	private final ReceiverOptions receiverOptions;

	private final ConversationOptions options;

	private final ConversationHandler handler;

	private final @Nullable TransmissionHandler messages;

	private final ConversationFactory factory;

	private final Consumer<ConversationReceiver> onClose;

	private final Seats seats;

	private final WaitingStreams waiting;

	private final Set<MultiplexedStream> multiplexed = ConcurrentHashMap.newKeySet();

	private final Seats multiplexedSeats;

	private final Set<DefaultConversation> held = ConcurrentHashMap.newKeySet();

	private final AcceptLoop accepting;

	private @Nullable TransmissionReceiver classic;

	TunnelConversationReceiver(String listener, TunnelListener direct, ReceiverOptions receiverOptions,
			ConversationOptions options, ConversationHandler handler, @Nullable TransmissionHandler messages,
			ConversationFactory factory, Consumer<ConversationReceiver> onClose) {
		this.listener = listener;
		this.direct = direct;
		this.accepting = new AcceptLoop(direct, this::serve);
		// its acknowledgement tells who starts a conversation by a message that it was
		// taken
		this.receiverOptions = receiverOptions.with(receiverOptions.concurrency(), receiverOptions.executor(),
				AckMode.HANDLED);
		this.options = options;
		this.handler = handler;
		this.messages = messages;
		this.factory = factory;
		this.onClose = onClose;
		this.seats = new Seats(receiverOptions.concurrency(), receiverOptions.peerShare());
		this.waiting = new WaitingStreams(receiverOptions.maxConnections(), receiverOptions.peerShare());
		this.multiplexedSeats = new Seats(receiverOptions.maxConnections(), receiverOptions.peerShare());
	}

	void start(TransmissionReceivers receivers) {
		this.classic = receivers.open(this.listener, this.receiverOptions, this::hear);
		this.receiverOptions.executor().execute(this.accepting);
	}

	private boolean isStopping() {
		return this.accepting.isStopped();
	}

	private void serve(TunnelStream stream) {
		serve(stream, () -> converse(stream, true));
	}

	private void serveSubstream(TunnelStream stream) {
		serve(stream, () -> converse(stream, false));
	}

	private void serve(TunnelStream stream, Runnable service) {
		stream.setWriteTimeout(this.options.timeout());
		if (!this.waiting.add(stream)) {
			turnAway(stream);
			return;
		}
		try {
			this.receiverOptions.executor().execute(service);
		}
		catch (RejectedExecutionException | OutOfMemoryError ex) {
			// an error where the system has no further thread
			this.waiting.remove(stream);
			turnAway(stream);
		}
	}

	private static void turnAway(TunnelStream stream) {
		try (stream) {
			stream.output().write(Protocol.refused(RefusalReason.BUSY, ""));
		}
		catch (IOException ignored) {
			// the peer has gone already
		}
	}

	/**
	 * Shakes hands, then reads for the conversation until it ends.
	 * @param divisible whether the stream may be one that is divided into many
	 */
	private void converse(TunnelStream stream, boolean divisible) {
		try (stream) {
			Duration timeout = this.receiverOptions.readTimeout();
			stream.setReadTimeout(timeout);
			PeerId peer = stream.peer();
			PacedInput input = new PacedInput(stream, timeout);
			int first = input.readFirst(timeout);
			if (divisible && first == MultiplexedStream.MARK) {
				divide(stream, peer);
				return;
			}
			RefusalReason refusal = converse(stream, peer, first, input);
			if (refusal != null) {
				refuse(stream, input, refusal);
			}
		}
		catch (IOException ex) {
			logger.debug("A stream for '%s' ended: %s".formatted(this.listener, ex));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.waiting.remove(stream);
		}
	}

	/**
	 * Serves many conversations on one stream until it ends.
	 */
	private void divide(TunnelStream stream, PeerId peer) throws IOException, InterruptedException {
		this.waiting.remove(stream);
		if (!this.multiplexedSeats.take(peer, Duration.ZERO)) {
			logger.debug("Too many streams of conversations for '%s'".formatted(this.listener));
			return;
		}
		try {
			MultiplexedStream multiplexed = MultiplexedStream.accepted(stream, this.receiverOptions.executor(),
					this.receiverOptions.idleTimeout(), this::serveSubstream);
			this.multiplexed.add(multiplexed);
			if (isStopping()) {
				multiplexed.close();
			}
			multiplexed.read();
			this.multiplexed.remove(multiplexed);
		}
		finally {
			this.multiplexedSeats.free(peer);
		}
	}

	/**
	 * Says why a peer can not converse, and waits for it to end the stream: what it has
	 * not read yet could be lost if this end did.
	 */
	private static void refuse(TunnelStream stream, PacedInput input, RefusalReason refusal) throws IOException {
		stream.output().write(Protocol.refused(refusal, ""));
		long deadline = System.nanoTime() + LINGER.toNanos();
		long remaining = LINGER.toNanos();
		while (remaining > 0 && input.readFirst(Duration.ofNanos(remaining)) >= 0) {
			input.skip(input.available());
			remaining = deadline - System.nanoTime();
		}
	}

	private @Nullable RefusalReason converse(TunnelStream stream, PeerId peer, int first, PacedInput input)
			throws IOException, InterruptedException {
		Optional<Handshake> start = readStart(first, input);
		if (start.isEmpty()) {
			return RefusalReason.MALFORMED;
		}
		if (!this.waiting.identify(stream, peer)) {
			return RefusalReason.BUSY;
		}
		RefusalReason refusal = admit(peer);
		if (refusal != null) {
			return refusal;
		}
		this.waiting.remove(stream);
		DirectLink link;
		try {
			link = join(stream, peer, start.get());
		}
		catch (IOException | RuntimeException | OutOfMemoryError ex) {
			this.seats.free(peer);
			throw ex;
		}
		link.read();
		return null;
	}

	private static Optional<Handshake> readStart(int first, PacedInput input) throws IOException {
		try {
			return Handshake.parseStart(Frame.read(first, input, Handshake.MAX_LENGTH));
		}
		catch (MalformedTransmissionException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Asks whether a peer may converse, and waits until it can.
	 * @return why it can not, {@code null} if it has got a seat
	 */
	private @Nullable RefusalReason admit(PeerId peer) throws InterruptedException {
		if (isStopping()) {
			return RefusalReason.STOPPING;
		}
		Offer offer = Offer.of(peer, this.listener);
		try {
			if (!this.receiverOptions.acceptance().accepts(offer)) {
				return RefusalReason.FORBIDDEN;
			}
		}
		catch (RuntimeException ex) {
			logger.error("Could not decide whether to accept %s, so it is refused".formatted(offer), ex);
			return RefusalReason.FAILED;
		}
		// less than the time that the other end waits, if it is configured as this one
		if (!this.seats.take(peer, this.options.timeout().dividedBy(2))) {
			return isStopping() ? RefusalReason.STOPPING : RefusalReason.BUSY;
		}
		return null;
	}

	private DirectLink join(TunnelStream stream, PeerId peer, Handshake start) throws IOException {
		String name = ConversationFactory.newName(this.listener);
		Inbox inbox = new Inbox(peer, this.options.maxMessageSize());
		DirectLink link = new DirectLink(peer, this.listener, stream, inbox, this.receiverOptions.executor(),
				this.options.timeout());
		stream.output().write(Protocol.accepted(new Handshake(name, this.options.salutation()).toJoin()));
		DefaultConversation conversation = this.factory.create(peer, this.listener, name, start, link, inbox,
				this.options, this.receiverOptions.executor(), false);
		this.receiverOptions.executor().execute(() -> handle(conversation));
		return link;
	}

	/**
	 * Takes a message, which may start a conversation.
	 */
	private void hear(Transmission message) throws Exception {
		InputStream content = message.content();
		byte[] start = content.readNBytes(Handshake.PREFIX);
		if (!Handshake.mayStart(start)) {
			if (this.messages == null) {
				throw new MalformedTransmissionException("A message that starts no conversation");
			}
			this.messages.handle(new PeekedTransmission(message, start, this.receiverOptions.maxMessageSize()));
			return;
		}
		if (message.length() > Handshake.MAX_LENGTH) {
			throw new MalformedTransmissionException("A handshake of %d bytes".formatted(message.length()));
		}
		byte[] bytes = new SequenceInputStream(new ByteArrayInputStream(start), content).readAllBytes();
		Handshake handshake = Handshake.parseStart(bytes)
			.orElseThrow(() -> new MalformedTransmissionException("A handshake without a name"));
		RefusalReason refusal = admit(message.sender());
		if (refusal != null) {
			throw new TransmissionException(
					"Listener '%s' takes no conversation now: %s".formatted(this.listener, refusal), null);
		}
		try {
			this.receiverOptions.executor().execute(() -> join(message.sender(), handshake));
		}
		catch (RejectedExecutionException | OutOfMemoryError ex) {
			this.seats.free(message.sender());
			throw new TransmissionException("Listener '%s' takes no conversation now: %s".formatted(this.listener, ex),
					ex);
		}
	}

	private void join(PeerId peer, Handshake start) {
		DefaultConversation conversation;
		try {
			conversation = this.factory.join(peer, this.listener, start, this.options, this.receiverOptions.executor());
		}
		catch (RuntimeException | Error ex) {
			this.seats.free(peer);
			// what a peer can cause at will
			logger.debug(
					"Could not join a conversation that peer %s has started at '%s'".formatted(peer, this.listener),
					ex);
			return;
		}
		handle(conversation);
	}

	private void handle(DefaultConversation conversation) {
		this.held.add(conversation);
		if (isStopping()) {
			conversation.endHearing();
		}
		RefusalReason failure = null;
		try {
			this.handler.converse(conversation);
		}
		catch (MessageTooLargeException ex) {
			failure = RefusalReason.TOO_LARGE;
		}
		catch (DecryptionException ex) {
			// the other end could not read it if it were said in the conversation
			failure = RefusalReason.UNDECRYPTABLE;
		}
		catch (Throwable ex) {
			logger.debug("The handler of '%s' failed".formatted(this.listener), ex);
			failure = RefusalReason.FAILED;
		}
		finally {
			// a flag that the handler has left would end the stream at the next write
			Thread.interrupted();
			conversation.close(failure);
			this.held.remove(conversation);
			this.seats.free(conversation.peer());
		}
	}

	@Override
	public String listener() {
		return this.listener;
	}

	@Override
	public boolean isActive() {
		TransmissionReceiver classic = this.classic;
		return !isStopping() && this.direct.isActive() && classic != null && classic.isActive();
	}

	@Override
	public boolean drain(Duration timeout) {
		long deadline = System.nanoTime() + timeout.toNanos();
		stopAccepting();
		this.held.forEach(DefaultConversation::endHearing);
		TransmissionReceiver classic = this.classic;
		boolean drained = classic == null || classic.drain(timeout);
		try {
			return this.seats.awaitFree(Duration.ofNanos(Math.max(deadline - System.nanoTime(), 0))) && drained;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private void stopAccepting() {
		this.accepting.stop();
		this.seats.close();
	}

	@Override
	public void close() {
		stopAccepting();
		TransmissionReceiver classic = this.classic;
		if (classic != null) {
			classic.close();
		}
		this.waiting.closeAll();
		this.held.forEach(DefaultConversation::close);
		this.multiplexed.forEach(MultiplexedStream::close);
		this.onClose.accept(this);
	}

}
