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

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a receiver's name is not known, or its peer can not be reached.
 *
 * @since 0.1.0
 */
public class PeerNotFoundException extends TransmissionException {

	private final String peer;

	/**
	 * Creates an exception.
	 * @param peer the name or peer ID
	 * @param reason why it was not found, and what can be done about it
	 * @param cause what made it fail, if anything
	 */
	public PeerNotFoundException(String peer, String reason, @Nullable Throwable cause) {
		super("Peer '%s' not found: %s".formatted(peer, reason), cause);
		this.peer = peer;
	}

	/**
	 * Returns who was not found.
	 * @return a name or a peer ID
	 */
	public String getPeer() {
		return this.peer;
	}

}
