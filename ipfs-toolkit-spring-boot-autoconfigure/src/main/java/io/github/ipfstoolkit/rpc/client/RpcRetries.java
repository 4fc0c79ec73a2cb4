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

package io.github.ipfstoolkit.rpc.client;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * How often a call is sent again that failed before a single byte of its reply came: as
 * the node was away for a moment, or had closed the connection that was used.
 * <p>
 * Only commands that change nothing are sent again. Those that change something are where
 * {@code writes} is set, if sending them twice leaves the node as sending them once does,
 * such as {@code pin/add}; never those where it does not, such as {@code pubsub/pub}, nor
 * any command with an upload, nor one that is not known. A call that has timed out is not
 * sent again either.
 *
 * @param maxAttempts the maximum number of further attempts, 0 for none, 2 by default
 * @param initialInterval time until the first further attempt, which doubles with each
 * and is varied by up to a half, 100 ms by default
 * @param maxInterval the maximum time between two attempts, 1 second by default
 * @param writes whether commands that change something are sent again too, {@code false}
 * by default
 * @since 0.1.0
 */
public record RpcRetries(int maxAttempts, Duration initialInterval, Duration maxInterval, boolean writes) {

	/**
	 * The defaults.
	 */
	public static final RpcRetries DEFAULTS = new RpcRetries(2, Duration.ofMillis(100), Duration.ofSeconds(1), false);

	/**
	 * No further attempts.
	 */
	public static final RpcRetries NONE = new RpcRetries(0, DEFAULTS.initialInterval(), DEFAULTS.maxInterval(), false);

	/**
	 * Creates a description of retries.
	 * @throws IllegalArgumentException if the number of attempts is negative, an interval
	 * is not positive, or the first is longer than the longest
	 */
	public RpcRetries {
		Assert.isTrue(maxAttempts >= 0, "The maximum number of further attempts must not be negative");
		Assert.isTrue(initialInterval.toMillis() > 0, "The initial interval must be at least 1 ms");
		Assert.isTrue(maxInterval.compareTo(initialInterval) >= 0,
				"The maximum interval must not be shorter than the initial one");
	}

}
