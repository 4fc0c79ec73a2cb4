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

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.transmission.TransmissionException;

/**
 * Thrown when something is said or listened for after a conversation has ended in good
 * order.
 *
 * @since 0.1.0
 */
public class ConversationEndedException extends TransmissionException {

	private final Reason reason;

	/**
	 * Creates an exception.
	 * @param peer who was at the other end
	 * @param reason why the conversation has ended
	 */
	public ConversationEndedException(PeerId peer, Reason reason) {
		super("The conversation with peer %s has ended: %s".formatted(peer, reason.description), null);
		this.reason = reason;
	}

	/**
	 * Returns why the conversation has ended.
	 * @return the reason
	 */
	public Reason getReason() {
		return this.reason;
	}

	/**
	 * Why a conversation has ended.
	 */
	public enum Reason {

		/** The other end has closed it. */
		CLOSED_BY_PEER("the peer has closed it"),

		/** This end has closed it. */
		CLOSED("it was closed here"),

		/** The listener here has thrown, or the peer has said what is too long. */
		FAILED("the listener here has failed"),

		/** Nothing was said for the idle time-out. */
		IDLE("nothing was said for too long. Raise 'ipfs.transmission.conversation.idle-timeout' to allow for more"),

		/** It has taken as long as it may. */
		TOO_LONG("it has taken as long as 'ipfs.transmission.conversation.max-duration' allows"),

		/** This application is about to stop, or its listener. */
		STOPPING("the listener is about to stop");

		private final String description;

		Reason(String description) {
			this.description = description;
		}

	}

}
