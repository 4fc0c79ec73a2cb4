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

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import io.github.ipfstoolkit.PeerId;

/**
 * Bounds how many conversations or streams are held at the same time, in all and with one
 * peer. Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class Seats {

	private final int max;

	private final int maxOfPeer;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition freed = this.lock.newCondition();

	private final Map<PeerId, Integer> takenBy = new HashMap<>();

	private int taken;

	private boolean closed;

	/**
	 * Creates seats that are all free.
	 * @param max how many there are
	 * @param peerShare the part of them that one peer may take, at least one
	 */
	public Seats(int max, double peerShare) {
		this.max = max;
		this.maxOfPeer = Share.limit(max, peerShare);
	}

	/**
	 * Waits for a seat.
	 * @param peer whose it will be
	 * @param timeout how long to wait at most, zero to take only one that is free
	 * @return whether one was taken in that time; none is once this is closed
	 * @throws InterruptedException if the thread was interrupted while it waited
	 */
	public boolean take(PeerId peer, Duration timeout) throws InterruptedException {
		long nanos = timeout.toNanos();
		this.lock.lockInterruptibly();
		try {
			while (!this.closed && (this.taken >= this.max || this.takenBy.getOrDefault(peer, 0) >= this.maxOfPeer)) {
				if (nanos <= 0) {
					return false;
				}
				nanos = this.freed.awaitNanos(nanos);
			}
			if (this.closed) {
				return false;
			}
			this.taken++;
			this.takenBy.merge(peer, 1, Integer::sum);
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Gives a seat back.
	 * @param peer whose it was
	 */
	public void free(PeerId peer) {
		this.lock.lock();
		try {
			this.taken--;
			this.takenBy.computeIfPresent(peer, (key, count) -> (count > 1) ? count - 1 : null);
			this.freed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Gives no seat any more.
	 */
	public void close() {
		this.lock.lock();
		try {
			this.closed = true;
			this.freed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Waits until all seats are free.
	 * @param timeout how long to wait at most
	 * @return whether they were, in that time
	 * @throws InterruptedException if the thread was interrupted while it waited
	 */
	public boolean awaitFree(Duration timeout) throws InterruptedException {
		long nanos = timeout.toNanos();
		this.lock.lockInterruptibly();
		try {
			while (this.taken > 0) {
				if (nanos <= 0) {
					return false;
				}
				nanos = this.freed.awaitNanos(nanos);
			}
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

}
