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

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.transmission.TransmissionException;

/**
 * Thrown when the other end of a conversation said nothing in the time that was given to
 * it. The conversation goes on.
 *
 * @since 0.1.0
 */
public class ListenTimeoutException extends TransmissionException {

	private final Duration timeout;

	/**
	 * Creates an exception.
	 * @param peer who said nothing
	 * @param timeout how long it was listened
	 */
	public ListenTimeoutException(PeerId peer, Duration timeout) {
		super("Peer %s has said nothing for %d ms. Listen again, or for longer".formatted(peer, timeout.toMillis()),
				null);
		this.timeout = timeout;
	}

	/**
	 * Returns how long it was listened.
	 * @return the time-out
	 */
	public Duration getTimeout() {
		return this.timeout;
	}

}
