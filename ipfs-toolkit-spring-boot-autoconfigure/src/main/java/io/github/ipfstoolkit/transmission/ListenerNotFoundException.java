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

import io.github.ipfstoolkit.PeerId;

/**
 * Thrown when the receiving peer can be reached, but has no listener of that name, or the
 * application behind it does not answer.
 *
 * @since 0.1.0
 */
public class ListenerNotFoundException extends TransmissionException {

	private final PeerId peer;

	private final String listener;

	/**
	 * Creates an exception.
	 * @param peer the receiver
	 * @param listener the listener's name
	 */
	public ListenerNotFoundException(PeerId peer, String listener) {
		this(peer, listener, ("Peer %s is connected, but nothing there listens as '%s'. Check the name, and that the "
				+ "receiving application runs")
			.formatted(peer, listener));
	}

	/**
	 * Creates an exception with a message of its own.
	 * @param peer the receiver
	 * @param listener the listener's name
	 * @param message what is wrong with it
	 */
	public ListenerNotFoundException(PeerId peer, String listener, String message) {
		super(message, null);
		this.peer = peer;
		this.listener = listener;
	}

	/**
	 * Returns the receiver.
	 * @return the peer
	 */
	public PeerId getPeer() {
		return this.peer;
	}

	/**
	 * Returns the listener's name.
	 * @return the name
	 */
	public String getListener() {
		return this.listener;
	}

}
