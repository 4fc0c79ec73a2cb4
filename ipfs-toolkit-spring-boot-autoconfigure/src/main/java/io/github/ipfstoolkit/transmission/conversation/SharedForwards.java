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
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.p2p.TunnelForward;
import io.github.ipfstoolkit.p2p.TunnelOperations;
import io.github.ipfstoolkit.p2p.TunnelStream;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * Forwards that are used for many streams, and given back when none was opened for some
 * time.
 */
final class SharedForwards {

	private final TunnelOperations tunnels;

	private final Duration idleTimeout;

	private final Map<Key, Shared> forwards = new ConcurrentHashMap<>();

	SharedForwards(TunnelOperations tunnels, Duration idleTimeout) {
		this.tunnels = tunnels;
		this.idleTimeout = idleTimeout;
	}

	/**
	 * Returns whether there is a forward already, so that the peer was there a moment
	 * ago.
	 */
	boolean isWarm(PeerId peer, String protocol) {
		return this.forwards.containsKey(new Key(peer, protocol));
	}

	/**
	 * Opens a stream.
	 * @return the stream, to be closed by the caller
	 */
	TunnelStream open(PeerId peer, String protocol, Duration timeout) throws IOException {
		Key key = new Key(peer, protocol);
		while (true) {
			TunnelForward forward = this.forwards.computeIfAbsent(key, Shared::new).use();
			if (forward != null) {
				return forward.open(timeout);
			}
		}
	}

	/**
	 * Gives a forward back, as it seems to lead nowhere.
	 */
	void forget(PeerId peer, String protocol) {
		Shared shared = this.forwards.get(new Key(peer, protocol));
		if (shared != null) {
			shared.close();
		}
	}

	void closeAll() {
		this.forwards.values().forEach(Shared::close);
	}

	private record Key(PeerId peer, String protocol) {
	}

	private final class Shared {

		private final Key key;

		private final ReentrantLock lock = new ReentrantLock();

		private @Nullable TunnelForward forward;

		private long usedAt;

		private boolean closed;

		Shared(Key key) {
			this.key = key;
		}

		/**
		 * Returns the forward, {@code null} if it was given back in this very moment.
		 */
		@Nullable TunnelForward use() {
			this.lock.lock();
			try {
				if (this.closed) {
					return null;
				}
				this.usedAt = System.nanoTime();
				if (this.forward == null) {
					this.forward = create();
				}
				return this.forward;
			}
			finally {
				this.lock.unlock();
			}
		}

		private TunnelForward create() {
			try {
				TunnelForward forward = SharedForwards.this.tunnels.forward(this.key.peer(), this.key.protocol());
				checkLater(SharedForwards.this.idleTimeout.toNanos());
				return forward;
			}
			catch (RuntimeException | Error ex) {
				close();
				throw ex;
			}
		}

		private void checkLater(long nanos) {
			Schedulers.boundedElastic().schedule(this::closeIfIdle, nanos, TimeUnit.NANOSECONDS);
		}

		private void closeIfIdle() {
			this.lock.lock();
			try {
				if (this.closed) {
					return;
				}
				long remaining = this.usedAt + SharedForwards.this.idleTimeout.toNanos() - System.nanoTime();
				if (remaining > 0) {
					checkLater(remaining);
				}
				else {
					close();
				}
			}
			finally {
				this.lock.unlock();
			}
		}

		/**
		 * Gives the forward back; streams that are open go on.
		 */
		void close() {
			this.lock.lock();
			try {
				this.closed = true;
				SharedForwards.this.forwards.remove(this.key, this);
				if (this.forward != null) {
					this.forward.close();
				}
			}
			finally {
				this.lock.unlock();
			}
		}

	}

}
