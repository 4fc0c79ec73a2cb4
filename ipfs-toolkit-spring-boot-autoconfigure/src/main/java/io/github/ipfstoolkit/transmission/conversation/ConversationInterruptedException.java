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
 * Thrown when a thread is interrupted while it says something or listens. Its flag is
 * set.
 *
 * @since 0.1.0
 */
public class ConversationInterruptedException extends TransmissionException {

	/**
	 * Creates an exception.
	 * @param peer who is at the other end
	 * @param cause the interruption
	 */
	public ConversationInterruptedException(PeerId peer, InterruptedException cause) {
		super("Interrupted in a conversation with peer %s".formatted(peer), cause);
	}

}
