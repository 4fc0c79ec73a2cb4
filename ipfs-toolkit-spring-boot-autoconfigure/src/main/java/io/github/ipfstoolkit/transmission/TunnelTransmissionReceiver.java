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

package io.github.ipfstoolkit.transmission;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.p2p.TunnelListener;
import io.github.ipfstoolkit.p2p.TunnelStream;
import io.github.ipfstoolkit.transmission.ReceiverConnections.Connection;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Receives the messages sent to one listener: answers requests with the name of the
 * listener's standing channel, and takes messages on that. Each stream has a thread,
 * which also runs the handler: handing a message over to another would cost more than all
 * else.
 */
final class TunnelTransmissionReceiver implements TransmissionReceiver {

	private static final Log logger = LogFactory.getLog(TunnelTransmissionReceiver.class);

	/**
	 * How long a peer may take to end the stream on which its request was answered.
	 */
	private static final Duration LINGER = Duration.ofSeconds(5);

	/**
	 * How much of a payload that its handler has left is read to keep the stream.
	 */
	private static final long MAX_SKIPPED = 1024 * 1024;

	/**
	 * How much a sender may go on sending until it notices that it was answered.
	 */
	private static final long MAX_DISCARDED = 64 * 1024 * 1024;

	private static final int MAX_REPORTED_PEERS = 100;

	private final TunnelListener requests;

	private final TunnelListener standing;

	private final ReceiverOptions options;

	private final MessageIntake intake;

	private final TransmissionObserver observer;

	private final ReceiverConnections connections;

	private final Set<PeerId> reportedPeers = ConcurrentHashMap.newKeySet();

	private final AcceptLoop acceptingRequests;

	private final AcceptLoop acceptingMessages;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition allAnswered = this.lock.newCondition();

	private final AtomicInteger inFlight = new AtomicInteger();

	private volatile long acknowledgedAt = System.nanoTime() - Protocol.DELIVERY_TIME.toNanos();

	TunnelTransmissionReceiver(TunnelListener requests, TunnelListener standing, ReceiverOptions options,
			TransmissionHandler handler, TransmissionObserver observer) {
		this.requests = requests;
		this.standing = standing;
		this.acceptingRequests = new AcceptLoop(requests, (stream) -> serve(stream, this::serveRequest));
		this.acceptingMessages = new AcceptLoop(standing, (stream) -> serve(stream, this::serveMessages));
		this.options = options;
		this.intake = new MessageIntake(requests.protocol(), options, handler, this::isStopping);
		this.observer = observer;
		this.connections = new ReceiverConnections(options);
	}

	void start() {
		this.options.executor().execute(this.acceptingRequests);
		this.options.executor().execute(this.acceptingMessages);
	}

	private boolean isStopping() {
		return this.acceptingRequests.isStopped();
	}

	private void serve(TunnelStream stream, Consumer<Connection> service) {
		stream.setWriteTimeout(this.options.readTimeout());
		Optional<Connection> connection = this.connections.add(stream);
		if (connection.isEmpty()) {
			turnAway(stream);
			return;
		}
		try {
			this.options.executor().execute(() -> service.accept(connection.get()));
		}
		catch (RejectedExecutionException | OutOfMemoryError ex) {
			// an error where the system has no further thread
			turnAway(stream);
			connection.get().close();
		}
	}

	private void turnAway(TunnelStream stream) {
		this.observer.receiveFailed(listener(), ReceiveFailure.BUSY);
		try (stream) {
			stream.output().write(Protocol.refused(RefusalReason.BUSY, ""));
		}
		catch (IOException ignored) {
			// the peer has gone already
		}
	}

	private void serveRequest(Connection connection) {
		try (connection) {
			TunnelStream stream = connection.stream();
			stream.setReadTimeout(this.options.readTimeout());
			PeerId sender = stream.peer();
			if (this.connections.assign(connection, sender).isEmpty()) {
				turnAway(stream);
				return;
			}
			PacedInput input = new PacedInput(stream, this.options.readTimeout());
			int first = input.readFirst(this.options.readTimeout());
			if (first >= 0 && connection.begin()) {
				stream.output().write(answer(sender, first, input));
				connection.rest();
				// the peer ends the stream: what it has not read yet could be lost if we
				// did, as it could if anything that it has sent were left unread
				if (input.readFirst(LINGER) >= 0) {
					discard(input);
				}
			}
		}
		catch (IOException ex) {
			debug("A request for", ex);
		}
	}

	private byte[] answer(PeerId sender, int first, InputStream input) throws IOException {
		try {
			PeerId claimed = Protocol.parseRequest(Frame.read(first, input, Protocol.MAX_REQUEST));
			if (!claimed.equals(sender)) {
				reportFalseClaim(sender, claimed);
				return refuse(RefusalReason.IDENTITY, ReceiveFailure.IDENTITY);
			}
			if (isStopping()) {
				return refuse(RefusalReason.STOPPING, ReceiveFailure.STOPPING);
			}
			RefusalReason refusal = decide(Offer.of(sender, listener()));
			if (refusal != null) {
				return refuse(refusal, failure(refusal));
			}
			return Protocol.accepted(this.standing.protocol());
		}
		catch (MalformedTransmissionException ex) {
			debug("A request for", ex);
			return refuse(RefusalReason.MALFORMED, ReceiveFailure.MALFORMED);
		}
	}

	/**
	 * Asks the application whether it wants something.
	 * @return why not, {@code null} if it does
	 */
	private @Nullable RefusalReason decide(Offer offer) {
		try {
			return this.options.acceptance().accepts(offer) ? null : RefusalReason.FORBIDDEN;
		}
		catch (RuntimeException ex) {
			logger.error("Could not decide whether to accept %s, so it is refused".formatted(offer), ex);
			return RefusalReason.FAILED;
		}
	}

	private static ReceiveFailure failure(RefusalReason refusal) {
		return (refusal == RefusalReason.FORBIDDEN) ? ReceiveFailure.FORBIDDEN : ReceiveFailure.HANDLER;
	}

	private byte[] refuse(RefusalReason reason, ReceiveFailure failure) {
		this.observer.receiveFailed(listener(), failure);
		return Protocol.refused(reason, "");
	}

	private void reportFalseClaim(PeerId sender, PeerId claimed) {
		if (this.reportedPeers.size() < MAX_REPORTED_PEERS && this.reportedPeers.add(sender)) {
			logger.warn("Peer %s has asked to send to '%s' as %s, which it is not, and was refused".formatted(sender,
					listener(), claimed));
		}
	}

	private void serveMessages(Connection connection) {
		try (connection) {
			TunnelStream stream = connection.stream();
			stream.setReadTimeout(this.options.readTimeout());
			PeerId sender = stream.peer();
			Optional<Share> share = this.connections.assign(connection, sender);
			if (share.isEmpty()) {
				turnAway(stream);
				return;
			}
			PacedInput input = new PacedInput(stream, this.options.readTimeout());
			boolean open = true;
			while (open) {
				int first = awaitMessage(input);
				open = first >= 0 && connection.begin() && serveMessage(stream, sender, share.get(), first, input);
				connection.rest();
			}
		}
		catch (IOException ex) {
			debug("A stream of", ex);
		}
	}

	private int awaitMessage(PacedInput input) throws IOException {
		try {
			return input.readFirst(this.options.idleTimeout());
		}
		catch (SocketTimeoutException ex) {
			return -1;
		}
	}

	private boolean serveMessage(TunnelStream stream, PeerId sender, Share share, int first, PacedInput input)
			throws IOException {
		long start = System.nanoTime();
		Outcome outcome;
		this.inFlight.incrementAndGet();
		try {
			long length = Frame.readLength(first, input);
			RefusalReason refusal = decide(Offer.of(sender, listener(), length));
			if (refusal != null) {
				outcome = Outcome.refused(refusal, failure(refusal), length);
				// answered at once: nothing of the message is waited for
				answer(stream, sender, length, outcome, start);
				skip(input, outcome);
			}
			else {
				outcome = this.intake.take(sender, share, length, input);
				skip(input, outcome);
				answer(stream, sender, length, outcome, start);
			}
		}
		catch (MalformedTransmissionException ex) {
			stream.output().write(refuse(RefusalReason.MALFORMED, ReceiveFailure.MALFORMED));
			discard(input);
			throw ex;
		}
		catch (IOException ex) {
			this.observer.receiveFailed(listener(), ReceiveFailure.BROKEN);
			throw ex;
		}
		finally {
			leave();
		}
		if (outcome.unread() > MAX_SKIPPED) {
			discard(input);
			return false;
		}
		return true;
	}

	private static void skip(InputStream input, Outcome outcome) throws IOException {
		if (outcome.unread() <= MAX_SKIPPED) {
			input.skipNBytes(outcome.unread());
		}
	}

	private void answer(TunnelStream stream, PeerId sender, long length, Outcome outcome, long start)
			throws IOException {
		Backlog.Stored stored = outcome.stored();
		try {
			stream.output().write(outcome.reply());
		}
		catch (IOException ex) {
			if (stored != null) {
				// its sender sends it again
				stored.release();
			}
			throw ex;
		}
		if (outcome.failure() == null) {
			this.acknowledgedAt = System.nanoTime();
		}
		if (stored != null) {
			this.inFlight.incrementAndGet();
			stored.handleLater(() -> handleStored(sender, stored.bytes(), start));
		}
		else {
			report(sender, length, outcome, start);
		}
	}

	private void report(PeerId sender, long length, Outcome outcome, long start) {
		if (outcome.failure() == null) {
			this.observer.received(sender, listener(), length, Duration.ofNanos(System.nanoTime() - start));
		}
		else {
			this.observer.receiveFailed(listener(), outcome.failure());
		}
	}

	private void handleStored(PeerId sender, byte[] bytes, long start) {
		try {
			report(sender, bytes.length, this.intake.handle(sender, bytes.length, new ByteArrayInputStream(bytes)),
					start);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Memory can not be read", ex);
		}
		finally {
			leave();
		}
	}

	/**
	 * Reads on until the sender has noticed the answer: ending the stream before would
	 * take the answer away with it.
	 */
	private static void discard(InputStream input) throws IOException {
		byte[] buffer = new byte[8192];
		long discarded = 0;
		int count = input.read(buffer);
		while (count >= 0 && discarded < MAX_DISCARDED) {
			discarded += count;
			count = input.read(buffer);
		}
	}

	private void leave() {
		if (this.inFlight.decrementAndGet() == 0 && isStopping()) {
			this.lock.lock();
			try {
				this.allAnswered.signalAll();
			}
			finally {
				this.lock.unlock();
			}
		}
	}

	private void debug(String what, IOException failure) {
		if (logger.isDebugEnabled() && !(failure instanceof EOFException)) {
			logger.debug("%s '%s' ended: %s".formatted(what, listener(), failure));
		}
	}

	@Override
	public String listener() {
		return this.requests.protocol();
	}

	@Override
	public boolean isActive() {
		return !isStopping() && this.requests.isActive() && this.standing.isActive();
	}

	@Override
	public boolean drain(Duration timeout) {
		stopAccepting();
		long end = System.nanoTime() + timeout.toNanos();
		this.lock.lock();
		try {
			long wait = untilDelivered(end);
			while (wait > 0) {
				this.allAnswered.awaitNanos(wait);
				wait = untilDelivered(end);
			}
			return this.inFlight.get() == 0;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Returns for how long to wait until all acknowledgements have arrived.
	 */
	private long untilDelivered(long end) {
		long now = System.nanoTime();
		long remaining = end - now;
		if (this.inFlight.get() > 0) {
			return remaining;
		}
		return Math.min(remaining, this.acknowledgedAt + Protocol.DELIVERY_TIME.toNanos() - now);
	}

	private void stopAccepting() {
		this.acceptingRequests.stop();
		this.acceptingMessages.stop();
	}

	@Override
	public void close() {
		stopAccepting();
		this.connections.closeAll();
	}

}
