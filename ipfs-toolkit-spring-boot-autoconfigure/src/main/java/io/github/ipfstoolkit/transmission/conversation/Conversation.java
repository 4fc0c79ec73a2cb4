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

/**
 * An open conversation with a peer: what one end says, the other one hears, in order.
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
public interface Conversation extends AutoCloseable {

	/**
	 * Returns who is at the other end, as the node has authenticated it.
	 * @return the peer
	 */
	PeerId peer();

	/**
	 * Returns whether both ends are this toolkit's and talk over one stream. Otherwise
	 * each message is a transmission of its own, as the Python toolkit has it.
	 * @return whether the conversation is direct
	 */
	boolean isDirect();

	/**
	 * Says something and waits until the other end has received it.
	 * @param payload what to say: bytes, text, or an object that is written as JSON
	 */
	void say(Object payload);

	/**
	 * Waits for what the other end says next.
	 * @param timeout how long to wait
	 * @return what it said
	 */
	byte[] listen(Duration timeout);

	/**
	 * Ends the conversation at both ends.
	 */
	@Override
	void close();

}
