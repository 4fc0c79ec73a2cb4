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

package io.github.ipfstoolkit.listener;

import org.springframework.messaging.Message;

/**
 * Takes the messages of an {@linkplain IpfsListenerEndpoint endpoint}. Implementations
 * must be safe for use by several threads, unless the endpoint's concurrency is 1.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface IpfsMessageListener {

	/**
	 * Handles a message. Normal return accepts it.
	 * @param message the message; its payload is of the
	 * {@link IpfsListenerType#payloadType()} and valid until this method returns
	 * @throws Exception if the message could not be handled
	 */
	void onMessage(Message<?> message) throws Exception;

	/**
	 * Returns whether this answers those messages that have the header
	 * {@link IpfsHeaders#REPLY}.
	 * @return {@code false} by default: then peers can not send it requests
	 */
	default boolean answers() {
		return false;
	}

}
