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
import java.time.Duration;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.ipfstoolkit.p2p.TunnelForward;

/**
 * A listener's standing channel: a few streams on which messages follow each other. A
 * message has a stream for itself until it is acknowledged.
 * <p>
 * All senders to a listener meet here for each message, so that there is no lock.
 */
final class StandingChannel implements AutoCloseable {

	/**
	 * In place of the number of users, once there will be no more.
	 */
	private static final int CLOSED = -1;

	/**
	 * How long a stream may rest before it is looked at whether it is still there. Before
	 * that, finding out by using it costs less.
	 */
	private static final long UNCHECKED_REST = TimeUnit.MILLISECONDS.toNanos(100);

	/**
	 * For how long a peer that has answered is taken to be connected still.
	 */
	private static final long PRESENCE = TimeUnit.SECONDS.toNanos(3);

	private final Destination destination;

	private final TunnelForward forward;

	private final Semaphore permits;

	private final AtomicInteger users = new AtomicInteger();

	/**
	 * Streams that rest, the one that was used last at the front.
	 */
	private final Deque<Resting> resting = new ConcurrentLinkedDeque<>();

	private volatile long usedAt = System.nanoTime();

	private volatile long answeredAt = System.nanoTime() - PRESENCE;

	StandingChannel(Destination destination, TunnelForward forward, int maxStreams) {
		this.destination = destination;
		this.forward = forward;
		this.permits = new Semaphore(maxStreams, true);
	}

	/**
	 * Takes the right to use one of the channel's streams, which must be given back by
	 * {@link #leave()}.
	 * @return {@code false} if the channel is closed
	 * @throws TransmissionTimeoutException if none becomes free in time
	 */
	boolean enter(SendLimits limits) throws InterruptedException {
		if (this.users.getAndUpdate((count) -> (count == CLOSED) ? CLOSED : count + 1) == CLOSED) {
			return false;
		}
		boolean entered = false;
		try {
			entered = this.permits.tryAcquire(limits.step().toNanos(), TimeUnit.NANOSECONDS);
			if (!entered) {
				throw new TransmissionTimeoutException(
						"All streams to %s are in use, and none became free".formatted(this.destination),
						limits.timeout(), null);
			}
			return true;
		}
		finally {
			if (!entered) {
				removeUser();
			}
		}
	}

	void leave() {
		this.permits.release();
		removeUser();
	}

	private void removeUser() {
		this.usedAt = System.nanoTime();
		this.users.updateAndGet((count) -> (count == CLOSED) ? CLOSED : count - 1);
	}

	/**
	 * Takes a stream that was used before.
	 * @return empty if there is none that can be used
	 */
	Optional<SenderStream> takeResting(SendLimits limits) {
		Resting next = this.resting.pollFirst();
		while (next != null && !next.isUsable()) {
			next.stream().close();
			next = this.resting.pollFirst();
		}
		if (next == null) {
			return Optional.empty();
		}
		next.stream().setLimits(limits);
		return Optional.of(next.stream());
	}

	/**
	 * Opens a new stream.
	 */
	SenderStream open(SendLimits limits) throws IOException {
		return new SenderStream(this.forward.open(limits.step()), this.destination, limits);
	}

	/**
	 * Notes that the peer has answered.
	 */
	void answered() {
		this.answeredAt = System.nanoTime();
	}

	/**
	 * Returns whether the peer has answered a moment ago, so that it need not be looked
	 * whether it is connected.
	 */
	boolean hasJustAnswered() {
		return System.nanoTime() - this.answeredAt < PRESENCE;
	}

	/**
	 * Keeps a stream for the next message, if there can be one.
	 */
	void giveBack(SenderStream stream) {
		if (!stream.isReusable()) {
			stream.close();
			return;
		}
		this.resting.addFirst(new Resting(stream, System.nanoTime()));
		if (this.users.get() == CLOSED) {
			closeResting();
		}
	}

	/**
	 * Ends streams that were not used for some time, and the channel itself when nothing
	 * is left of it.
	 * @return whether the channel is closed now
	 */
	boolean closeIdle(Duration idleTimeout) {
		long before = System.nanoTime() - idleTimeout.toNanos();
		Resting oldest = this.resting.peekLast();
		while (oldest != null && oldest.since() - before < 0) {
			// a sender may have taken it in this moment
			if (this.resting.removeLastOccurrence(oldest)) {
				oldest.stream().close();
			}
			oldest = this.resting.peekLast();
		}
		boolean idle = this.resting.isEmpty() && this.usedAt - before < 0;
		if (idle && this.users.compareAndSet(0, CLOSED)) {
			this.forward.close();
		}
		return this.users.get() == CLOSED;
	}

	/**
	 * Gives the channel back: it takes no further message, those that are under way go
	 * on.
	 */
	@Override
	public void close() {
		this.users.set(CLOSED);
		closeResting();
		this.forward.close();
	}

	private void closeResting() {
		for (Resting next = this.resting.pollFirst(); next != null; next = this.resting.pollFirst()) {
			next.stream().close();
		}
	}

	/**
	 * A stream that rests.
	 */
	private static final class Resting {

		private final SenderStream stream;

		private final long since;

		Resting(SenderStream stream, long since) {
			this.stream = stream;
			this.since = since;
		}

		SenderStream stream() {
			return this.stream;
		}

		long since() {
			return this.since;
		}

		boolean isUsable() {
			return System.nanoTime() - this.since < UNCHECKED_REST || this.stream.isAlive();
		}

	}

}
