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

package io.github.ipfstoolkit.listener;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Bounds how many messages are handled at the same time. To close it wakes those that
 * wait for a permit, which a {@link java.util.concurrent.Semaphore} could not.
 */
final class Permits {

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final int limit;

	private int taken;

	private boolean closed;

	Permits(int limit) {
		this.limit = limit;
	}

	/**
	 * Waits for a permit.
	 * @return whether one was given; none is once this is closed
	 */
	boolean acquire() throws InterruptedException {
		this.lock.lockInterruptibly();
		try {
			while (!this.closed && this.taken == this.limit) {
				this.changed.await();
			}
			if (this.closed) {
				return false;
			}
			this.taken++;
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	void release() {
		this.lock.lock();
		try {
			this.taken--;
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	void close() {
		this.lock.lock();
		try {
			this.closed = true;
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Waits until all permits are given back.
	 * @return whether they were, in that time
	 */
	boolean awaitReleased(Duration timeout) throws InterruptedException {
		long nanos = timeout.toNanos();
		this.lock.lockInterruptibly();
		try {
			while (this.taken > 0) {
				if (nanos <= 0) {
					return false;
				}
				nanos = this.changed.awaitNanos(nanos);
			}
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

}
