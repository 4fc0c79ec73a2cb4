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

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

import io.github.ipfstoolkit.NodeUnreachableException;
import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.p2p.PeerDirectory;
import io.github.ipfstoolkit.p2p.TunnelForward;
import io.github.ipfstoolkit.p2p.TunnelOperations;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;

/**
 * Sends over tunnels: the first message to a listener by the steps of the classic
 * protocol, further ones on the listener's standing channel where it has one.
 * <p>
 * A message is delivered at least once if {@code send} returns. It is sent again when the
 * connection breaks before the acknowledgement, so that the receiver may get it twice;
 * when {@code send} throws, the receiver may have got it or not, unless the exception
 * says so. Messages of one thread arrive in their order; those of several threads in any.
 *
 * @since 0.1.0
 */
public final class TransmissionTemplate implements TransmissionOperations, SmartLifecycle, DisposableBean {

	/**
	 * The phase in which sending is stopped: with the tunnels that it uses.
	 */
	public static final int PHASE = Integer.MIN_VALUE / 2 - 100;

	private final TunnelOperations tunnels;

	private final PeerResolver peers;

	/**
	 * Those of messages whose sender has said nothing else.
	 */
	private final SendLimits limits;

	private final PayloadFactory payloads;

	private final TransmissionObserver observer;

	private final StandingChannels channels;

	/**
	 * Where requests go that precede each message, as the listener has no standing
	 * channel.
	 */
	private final StandingChannels requests;

	private volatile CountDownLatch stopped = new CountDownLatch(1);

	private volatile boolean running;

	/**
	 * Creates an instance.
	 * @param tunnels the way to other peers
	 * @param peers finds peers by name and connects to them
	 * @param options how messages are sent
	 * @param mapper writes objects as JSON
	 * @param observers are told of each message
	 */
	public TransmissionTemplate(TunnelOperations tunnels, PeerDirectory peers, SenderOptions options, JsonMapper mapper,
			List<TransmissionObserver> observers) {
		this.tunnels = tunnels;
		this.peers = new PeerResolver(peers);
		this.limits = new SendLimits(options.timeout(), options.retries());
		this.payloads = new PayloadFactory(mapper);
		this.observer = new CompositeTransmissionObserver(observers);
		this.channels = new StandingChannels(tunnels, options, Destination::standingChannel);
		this.requests = new StandingChannels(tunnels, options, Destination::listener);
	}

	@Override
	public Receipt send(String to, String listener, Object payload) {
		long start = System.nanoTime();
		try {
			return send(new Destination(this.peers.resolve(to), listener), payload, this.limits, start);
		}
		catch (TransmissionException ex) {
			this.observer.sendFailed(to, listener, ex, since(start));
			throw ex;
		}
	}

	@Override
	public Receipt send(PeerId to, String listener, Object payload) {
		return send(to, listener, payload, this.limits);
	}

	/**
	 * Sends a message with limits of its own.
	 * @param to the receiver
	 * @param listener the name of the receiver's listener
	 * @param payload the message
	 * @param limits how long to wait and how often to try again
	 * @return what was sent
	 * @throws TransmissionException as
	 * {@link TransmissionOperations#send(PeerId, String, Object)}
	 */
	public Receipt send(PeerId to, String listener, Object payload, SendLimits limits) {
		long start = System.nanoTime();
		try {
			return send(new Destination(to, listener), payload, limits, start);
		}
		catch (TransmissionException ex) {
			this.observer.sendFailed(to.toString(), listener, ex, since(start));
			throw ex;
		}
	}

	private Receipt send(Destination destination, Object source, SendLimits limits, long start) {
		try (Payload payload = this.payloads.create(source)) {
			deliver(destination, payload, limits);
			Receipt receipt = new Receipt(destination.peer(), destination.listener(), payload.length(), since(start));
			this.observer.sent(receipt);
			return receipt;
		}
	}

	private static Duration since(long start) {
		return Duration.ofNanos(System.nanoTime() - start);
	}

	private void deliver(Destination destination, Payload payload, SendLimits limits) {
		for (int retry = 0;; retry++) {
			try {
				tryToDeliver(destination, payload, limits);
				return;
			}
			catch (ConnectionLostException | ListenerNotFoundException | NodeUnreachableException ex) {
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

	/**
	 * Sends a message to a listener that knows the classic protocol alone, and nothing to
	 * one of this toolkit. It is tried once.
	 * @param to the receiver
	 * @param listener the receiver's listener
	 * @param message the message
	 * @param limits how long to wait
	 * @return whether it was sent: {@code false} if the listener is one of this toolkit
	 * @throws TransmissionException as
	 * {@link TransmissionOperations#send(PeerId, String, Object)}
	 */
	public boolean sendIfClassic(PeerId to, String listener, byte[] message, SendLimits limits) {
		Destination destination = new Destination(to, listener);
		try (Payload payload = this.payloads.create(message)) {
			return tryTo(destination, limits, () -> {
				String channel = request(destination, limits);
				boolean classic = !channel.equals(destination.standingChannel());
				this.channels.learn(destination, !classic);
				if (classic) {
					sendOnce(destination, channel, payload, limits);
				}
				return classic;
			});
		}
	}

	/**
	 * Gives back the way to a listener to which nothing more will be sent, without
	 * waiting until it has been idle. A message that is under way is not held up.
	 * @param to the receiver
	 * @param listener the receiver's listener
	 */
	public void forget(PeerId to, String listener) {
		Destination destination = new Destination(to, listener);
		this.channels.forget(destination);
		this.requests.forget(destination);
	}

	private void tryToDeliver(Destination destination, Payload payload, SendLimits limits) {
		tryTo(destination, limits, () -> {
			transmit(destination, payload, limits);
			return true;
		});
	}

	private <T> T tryTo(Destination destination, SendLimits limits, Attempt<T> attempt) {
		try {
			return attempt.run();
		}
		catch (PayloadException ex) {
			throw new TransmissionException(String.valueOf(ex.getMessage()), ex);
		}
		catch (MalformedTransmissionException ex) {
			throw new UnreadableReplyException("%s sent an unreadable reply".formatted(destination), ex);
		}
		catch (SocketTimeoutException ex) {
			throw new TransmissionTimeoutException("Listener %s did not answer".formatted(destination),
					limits.timeout(), ex);
		}
		catch (InterruptedException | InterruptedIOException | ClosedByInterruptException ex) {
			Thread.currentThread().interrupt();
			throw new TransmissionException("Interrupted while sending to %s".formatted(destination), ex);
		}
		catch (IOException ex) {
			throw new ConnectionLostException(
					"The connection to %s broke before the message was acknowledged".formatted(destination), ex);
		}
	}

	private void transmit(Destination destination, Payload payload, SendLimits limits)
			throws IOException, InterruptedException {
		Optional<Boolean> standing = this.channels.isStanding(destination);
		if (standing.isEmpty()) {
			checkNotSelf(destination);
		}
		// where it is not known, to try costs less than to ask
		if (standing.orElse(true) && sendOnStandingChannel(destination, payload, limits, false)) {
			if (standing.isEmpty()) {
				this.channels.learn(destination, true);
			}
			return;
		}
		boolean knownAsClassic = standing.isPresent() && !standing.get();
		if (knownAsClassic && payload.length() == 0) {
			throw new EmptyMessageException(destination.peer(), destination.listener());
		}
		String channel = knownAsClassic ? requestAgain(destination, limits) : request(destination, limits);
		boolean hasStanding = channel.equals(destination.standingChannel());
		this.channels.learn(destination, hasStanding);
		if (!hasStanding) {
			sendOnce(destination, channel, payload, limits);
		}
		else if (!sendOnStandingChannel(destination, payload, limits, true)) {
			throw new NoReplyException(null);
		}
	}

	private void checkNotSelf(Destination destination) {
		PeerId self = this.tunnels.self();
		if (self.equals(destination.peer())) {
			throw new InvalidPeerException(self);
		}
	}

	private String request(Destination destination, SendLimits limits) throws IOException {
		checkNotSelf(destination);
		connect(destination, limits);
		try (TunnelForward forward = this.tunnels.forward(destination.peer(), destination.listener());
				SenderStream stream = open(forward, destination, limits)) {
			return stream.request(this.tunnels.self());
		}
		catch (NoReplyException ex) {
			connect(destination, limits);
			throw new ListenerNotFoundException(destination.peer(), destination.listener());
		}
	}

	/**
	 * Asks a listener that has to be asked for each message. The way to it is kept for a
	 * while, like a standing channel.
	 */
	private String requestAgain(Destination destination, SendLimits limits) throws IOException, InterruptedException {
		StandingChannel requests = this.requests.enter(destination, limits);
		try {
			if (!requests.hasJustAnswered()) {
				connect(destination, limits);
			}
			try (SenderStream stream = requests.open(limits)) {
				String channel = stream.request(this.tunnels.self());
				requests.answered();
				return channel;
			}
		}
		catch (NoReplyException ex) {
			this.requests.forget(destination);
			return request(destination, limits);
		}
		finally {
			requests.leave();
		}
	}

	private void connect(Destination destination, SendLimits limits) {
		Duration left = limits.left().get();
		if (left.isZero()) {
			throw new TransmissionTimeoutException("Listener %s was not reached".formatted(destination),
					limits.timeout(), null);
		}
		this.peers.connect(destination.peer(), left);
	}

	private static SenderStream open(TunnelForward forward, Destination destination, SendLimits limits)
			throws IOException {
		return new SenderStream(forward.open(limits.step()), destination, limits);
	}

	/**
	 * Sends a message on a channel that is there for it alone.
	 */
	private void sendOnce(Destination destination, String channel, Payload payload, SendLimits limits)
			throws IOException {
		if (payload.length() == 0) {
			throw new EmptyMessageException(destination.peer(), destination.listener());
		}
		try (TunnelForward forward = this.tunnels.forwardBriefly(destination.peer(), channel);
				SenderStream stream = open(forward, destination, limits)) {
			stream.send(payload);
		}
	}

	/**
	 * Sends a message on the listener's standing channel.
	 * @param connected whether the peer was connected a moment ago
	 * @return {@code false} if nobody was there: the listener has to be asked again
	 */
	private boolean sendOnStandingChannel(Destination destination, Payload payload, SendLimits limits,
			boolean connected) throws IOException, InterruptedException {
		boolean checked = connected;
		if (!checked && this.channels.prepare(destination)) {
			// while the channel is opened
			connect(destination, limits);
			checked = true;
		}
		StandingChannel channel = this.channels.enter(destination, limits);
		try {
			Optional<SenderStream> resting = channel.takeResting(limits);
			if (resting.isPresent() && sendOnResting(channel, resting.get(), payload)) {
				return true;
			}
			if (!checked) {
				connect(destination, limits);
			}
			send(channel, channel.open(limits), payload);
			return true;
		}
		catch (NoReplyException ex) {
			this.channels.forget(destination);
			return false;
		}
		finally {
			channel.leave();
		}
	}

	/**
	 * Sends on a stream that was used before.
	 * @return {@code false} if it broke: then the receiver, or one of the nodes, was
	 * restarted
	 */
	private static boolean sendOnResting(StandingChannel channel, SenderStream stream, Payload payload)
			throws IOException {
		try {
			send(channel, stream, payload);
			return true;
		}
		catch (PayloadException | InterruptedIOException | ClosedByInterruptException ex) {
			throw ex;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static void send(StandingChannel channel, SenderStream stream, Payload payload) throws IOException {
		try {
			stream.send(payload);
		}
		finally {
			channel.giveBack(stream);
		}
	}

	@Override
	public void start() {
		this.stopped = new CountDownLatch(1);
		this.running = true;
	}

	/**
	 * Ends all streams that rest and gives their forwards back.
	 */
	@Override
	public void stop() {
		this.running = false;
		this.stopped.countDown();
		this.channels.closeAll();
		this.requests.closeAll();
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
	 * Channels are kept while a test context is paused, as the tunnels are.
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
	 * Something that may fail in all the ways that a stream can.
	 *
	 * @param <T> what comes of it
	 */
	private interface Attempt<T> {

		T run() throws IOException, InterruptedException;

	}

}
