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

import java.time.Duration;

/**
 * When something has to be done, of which each step may take a part of the time.
 */
final class Deadline {

	/**
	 * Shortest time-out that a step is given: one of zero would mean none.
	 */
	private static final Duration SHORTEST = Duration.ofMillis(1);

	private static final long NEVER = Long.MAX_VALUE;

	private final long start = System.nanoTime();

	private final long nanos;

	private Deadline(long nanos) {
		this.nanos = nanos;
	}

	static Deadline in(Duration timeout) {
		return new Deadline(timeout.toNanos());
	}

	static Deadline never() {
		return new Deadline(NEVER);
	}

	boolean hasPassed() {
		return remaining().isZero();
	}

	/**
	 * Returns how much time is left, zero if none.
	 */
	Duration remaining() {
		return (this.nanos != NEVER) ? Duration.ofNanos(Math.max(this.nanos - (System.nanoTime() - this.start), 0))
				: Duration.ofNanos(NEVER);
	}

	/**
	 * Returns options with which nothing takes longer than what is left now.
	 */
	ConversationOptions bound(ConversationOptions options) {
		if (this.nanos == NEVER) {
			return options;
		}
		Duration left = longer(remaining(), SHORTEST);
		Duration most = options.maxDuration();
		return options.withTimeout(shorter(options.timeout(), left))
			.withMaxDuration(most.isZero() ? left : shorter(most, left));
	}

	private static Duration shorter(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? one : other;
	}

	private static Duration longer(Duration one, Duration other) {
		return (one.compareTo(other) > 0) ? one : other;
	}

}
