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
import io.github.ipfstoolkit.transmission.ConnectionLostException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a conversation has broken: the peer, its application or one of the nodes
 * has gone without a word, or the connection between them. What was said and not
 * acknowledged may have been received or not.
 *
 * @since 0.1.0
 */
public class ConversationLostException extends ConnectionLostException {

	/**
	 * Creates an exception.
	 * @param peer who was at the other end
	 * @param cause what noticed it, if anything
	 */
	public ConversationLostException(PeerId peer, @Nullable Throwable cause) {
		super("The conversation with peer %s is lost: the peer, or the connection to it, has gone. Start another"
			.formatted(peer), cause);
	}

}
