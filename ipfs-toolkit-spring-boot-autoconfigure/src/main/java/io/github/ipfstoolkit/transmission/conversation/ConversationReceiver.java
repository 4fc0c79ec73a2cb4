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

/**
 * Takes the conversations that peers start at one listener. Safe for use by several
 * threads.
 *
 * @since 0.1.0
 */
public interface ConversationReceiver extends AutoCloseable {

	/**
	 * Returns the listener's name.
	 * @return the name
	 */
	String listener();

	/**
	 * Returns whether peers can start conversations now. They can not while the node
	 * restarts.
	 * @return whether the node listens
	 */
	boolean isActive();

	/**
	 * Takes no further conversation, lets those that are open hear nothing new, and waits
	 * for their handlers to end.
	 * @param timeout how long to wait
	 * @return whether all ended in that time
	 */
	boolean drain(Duration timeout);

	/**
	 * Takes no further conversation and ends all that are open at once.
	 */
	@Override
	void close();

}
