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

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the receiver did not answer, or did not take what was sent, within the
 * time-out. The message may have been handled all the same, so it is not sent again.
 *
 * @since 0.1.0
 */
public class TransmissionTimeoutException extends TransmissionException {

	private final Duration timeout;

	/**
	 * Creates an exception.
	 * @param what what was waited for
	 * @param timeout how long it was waited for
	 * @param cause what noticed it, if anything
	 */
	public TransmissionTimeoutException(String what, Duration timeout, @Nullable Throwable cause) {
		super(("%s within %d ms. Where the receiver needs more time, raise the call's time-out or "
				+ "'ipfs.transmission.timeout'")
			.formatted(what, timeout.toMillis()), cause);
		this.timeout = timeout;
	}

	/**
	 * Returns how long it was waited for.
	 * @return the time-out
	 */
	public Duration getTimeout() {
		return this.timeout;
	}

}
