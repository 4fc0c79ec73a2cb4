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

import io.github.ipfstoolkit.transmission.TransmissionRefusedException;

/**
 * How a conversation has ended at one of its ends. Few values, so that they can be a
 * metric's tag.
 *
 * @since 0.1.0
 */
public enum ConversationOutcome {

	/** This end has closed it. */
	CLOSED,

	/** The other end has closed it. */
	CLOSED_BY_PEER,

	/** Nothing was said for the idle time-out. */
	IDLE,

	/** It has taken as long as it may. */
	TOO_LONG,

	/** The listener or the application was about to stop. */
	STOPPING,

	/** The peer has gone without a word. */
	LOST,

	/** The listener here has thrown, or the peer has said what is too long. */
	FAILED,

	/**
	 * The other end has closed it with a reason, such as that its listener has thrown.
	 */
	REFUSED;

	static ConversationOutcome of(RuntimeException end) {
		if (end instanceof ConversationEndedException ended) {
			return switch (ended.getReason()) {
				case CLOSED -> CLOSED;
				case CLOSED_BY_PEER -> CLOSED_BY_PEER;
				case FAILED -> FAILED;
				case IDLE -> IDLE;
				case TOO_LONG -> TOO_LONG;
				case STOPPING -> STOPPING;
			};
		}
		return (end instanceof TransmissionRefusedException) ? REFUSED : LOST;
	}

}
