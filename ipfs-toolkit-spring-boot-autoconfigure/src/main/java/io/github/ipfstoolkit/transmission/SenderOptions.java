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

import org.springframework.util.Assert;

/**
 * How messages are sent.
 *
 * @param timeout how long to wait for each step: a stream, the reply to a request, the
 * receiver to take the next part of a message, the acknowledgement
 * @param retries how often a message is sent again when the connection breaks before its
 * acknowledgement, or the receiver is busy
 * @param maxStreams how many messages are under way at the same time to one listener of a
 * peer; others wait
 * @param idleTimeout after what time without a message a stream is closed
 * @since 0.1.0
 */
public record SenderOptions(Duration timeout, int retries, int maxStreams, Duration idleTimeout) {

	/**
	 * Creates options.
	 * @throws IllegalArgumentException if a value is out of range
	 */
	public SenderOptions {
		Assert.isTrue(timeout.toMillis() > 0, "'timeout' must be positive");
		Assert.isTrue(retries >= 0, "'retries' must not be negative");
		Assert.isTrue(maxStreams > 0, "'maxStreams' must be positive");
		Assert.isTrue(idleTimeout.toMillis() > 0, "'idleTimeout' must be positive");
	}

	/**
	 * Returns the options that fit most applications.
	 * @return a time-out of 30 seconds, 3 retries, 16 streams, closed after 30 seconds
	 */
	public static SenderOptions defaults() {
		return new SenderOptions(Duration.ofSeconds(30), 3, 16, Duration.ofSeconds(30));
	}

}
