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
 * Thrown when the receiver answered that it does not accept the message.
 *
 * @since 0.1.0
 */
public class TransmissionRefusedException extends TransmissionException {

	private final RefusalReason reason;

	/**
	 * Creates an exception.
	 * @param peer the receiver
	 * @param listener the receiver's listener
	 * @param reason why it refused
	 * @param detail what it said about it, may be empty
	 */
	public TransmissionRefusedException(PeerId peer, String listener, RefusalReason reason, String detail) {
		this("Listener '%s' of peer %s did not accept the message (%s)".formatted(listener, peer,
				detail.isEmpty() ? reason.code() : reason.code() + ": " + detail), reason);
	}

	/**
	 * Creates an exception.
	 * @param message what was refused and why
	 * @param reason why it was refused
	 */
	protected TransmissionRefusedException(String message, RefusalReason reason) {
		super(message, null);
		this.reason = reason;
	}

	/**
	 * Returns why the receiver refused.
	 * @return the reason, {@link RefusalReason#UNKNOWN} where it gave none
	 */
	public RefusalReason getReason() {
		return this.reason;
	}

}
