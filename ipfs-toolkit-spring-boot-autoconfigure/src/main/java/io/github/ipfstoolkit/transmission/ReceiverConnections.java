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

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.p2p.TunnelStream;
import org.jspecify.annotations.Nullable;

/**
 * The streams that a receiver holds open. When there are as many as allowed, one that
 * rests makes room for a new one: peers that connect and say nothing can not keep others
 * out, and a sender whose stream was ended opens another. One that does not rest is never
 * ended for another, so that no peer may have all.
 */
final class ReceiverConnections {

	private final int max;

	private final int maxOfPeer;

	private final ReceiverOptions options;

	private final ReentrantLock lock = new ReentrantLock();

	private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

	private boolean closed;

	ReceiverConnections(ReceiverOptions options) {
		this.options = options;
		this.max = options.maxConnections();
		this.maxOfPeer = Share.limit(this.max, options.peerShare());
	}

	/**
	 * Counts a stream in.
	 * @return empty if there is no room for it, or no stream is taken any more
	 */
	Optional<Connection> add(TunnelStream stream) {
		this.lock.lock();
		try {
			if (this.closed || (this.connections.size() >= this.max && !makeRoom((connection) -> true))) {
				return Optional.empty();
			}
			Connection connection = new Connection(stream);
			this.connections.add(connection);
			return Optional.of(connection);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Counts a stream as one of a peer's, once it is known whose it is.
	 * @return empty if the peer has too many already, and none of them rests; else what
	 * the peer's streams may take together
	 */
	Optional<Share> assign(Connection connection, PeerId peer) {
		Predicate<Connection> ofPeer = (other) -> peer.equals(other.peer);
		this.lock.lock();
		try {
			if (this.connections.stream().filter(ofPeer).count() >= this.maxOfPeer && !makeRoom(ofPeer)) {
				return Optional.empty();
			}
			Share share = this.connections.stream()
				.filter(ofPeer)
				.findAny()
				.flatMap((other) -> Optional.ofNullable(other.share))
				.orElseGet(() -> Share.ofPeer(this.options));
			connection.share = share;
			connection.peer = peer;
			return Optional.of(share);
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean makeRoom(Predicate<Connection> candidates) {
		return this.connections.stream()
			.filter(candidates)
			.filter(Connection::mayEnd)
			.min(Comparator.comparingLong(Connection::idleSince))
			.filter(Connection::endIfIdle)
			.isPresent();
	}

	/**
	 * Ends all streams, and takes no further one.
	 */
	void closeAll() {
		this.lock.lock();
		try {
			this.closed = true;
		}
		finally {
			this.lock.unlock();
		}
		this.connections.forEach(Connection::close);
	}

	int size() {
		return this.connections.size();
	}

	/**
	 * A stream that is either idle, until its peer sends something new, or busy.
	 */
	final class Connection implements AutoCloseable {

		private final TunnelStream stream;

		private final ReentrantLock state = new ReentrantLock();

		private volatile long idleSince = System.nanoTime();

		private volatile boolean idle = true;

		private volatile boolean answered;

		private boolean ended;

		private volatile @Nullable PeerId peer;

		private volatile @Nullable Share share;

		Connection(TunnelStream stream) {
			this.stream = stream;
		}

		TunnelStream stream() {
			return this.stream;
		}

		/**
		 * Returns whether the stream rests, and its last answer has long arrived.
		 */
		boolean mayEnd() {
			return this.idle
					&& (!this.answered || System.nanoTime() - this.idleSince > Protocol.DELIVERY_TIME.toNanos());
		}

		long idleSince() {
			return this.idleSince;
		}

		/**
		 * Notes that something new has begun to arrive.
		 * @return {@code false} if the stream was ended meanwhile
		 */
		boolean begin() {
			this.state.lock();
			try {
				this.idle = false;
				return !this.ended;
			}
			finally {
				this.state.unlock();
			}
		}

		/**
		 * Notes that something was answered.
		 */
		void rest() {
			this.idleSince = System.nanoTime();
			this.answered = true;
			this.idle = true;
		}

		private boolean endIfIdle() {
			this.state.lock();
			try {
				if (this.idle) {
					this.ended = true;
					close();
				}
				return this.ended;
			}
			finally {
				this.state.unlock();
			}
		}

		@Override
		public void close() {
			this.stream.close();
			ReceiverConnections.this.connections.remove(this);
		}

	}

}
