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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.springframework.util.Assert;

/**
 * How long the sender of a message, or who starts a conversation, waits, and how often it
 * is tried again.
 *
 * @param timeout how long to wait for each step: a stream, the reply to a request, the
 * receiver to take the next part of a message, the acknowledgement
 * @param retries how often the message is sent again when the connection breaks before
 * its acknowledgement, or the receiver is busy
 * @param left how much time is left for all steps together. No step begins to wait for
 * longer, and connecting to the peer neither
 * @since 0.1.0
 */
public record SendLimits(Duration timeout, int retries, Supplier<Duration> left) {

	private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

	private static final Duration FIRST_RETRY_DELAY = Duration.ofMillis(200);

	private static final int MAX_DOUBLINGS = 10;

	/**
	 * Shortest time that a step is given: zero would mean without end.
	 */
	private static final Duration SHORTEST = Duration.ofMillis(1);

	/**
	 * Creates limits.
	 * @throws IllegalArgumentException if a value is out of range
	 */
	public SendLimits {
		Assert.isTrue(timeout.toMillis() > 0, "'timeout' must be positive");
		Assert.isTrue(retries >= 0, "'retries' must not be negative");
	}

	/**
	 * Creates limits of each step, and none of all together.
	 * @param timeout how long to wait for each step
	 * @param retries how often the message is sent again
	 */
	public SendLimits(Duration timeout, int retries) {
		this(timeout, retries, () -> FOREVER);
	}

	/**
	 * Returns how long a step that begins now may take.
	 * @return the time, at least a millisecond
	 */
	Duration step() {
		Duration left = this.left.get();
		if (left.compareTo(this.timeout) >= 0) {
			return this.timeout;
		}
		return (left.compareTo(SHORTEST) > 0) ? left : SHORTEST;
	}

	/**
	 * Waits before it is tried again: 200 ms, and each time twice as long.
	 * @param retry how often it was tried again so far
	 * @param failure what the last attempt failed with. It is thrown where this was the
	 * last one, no time is left for another, or the wait is ended
	 * @param stopped ends the wait, as does an interrupt
	 */
	public void awaitRetry(int retry, RuntimeException failure, CountDownLatch stopped) {
		Duration delay = FIRST_RETRY_DELAY.multipliedBy(1L << Math.min(retry, MAX_DOUBLINGS));
		try {
			if (retry == this.retries || delay.compareTo(this.left.get()) >= 0
					|| stopped.await(delay.toMillis(), TimeUnit.MILLISECONDS)) {
				throw failure;
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw failure;
		}
	}

}
