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

package io.github.ipfstoolkit.core;

/**
 * A subscription to a topic. Safe for use by several threads.
 *
 * @since 0.1.0
 */
public interface TopicSubscription extends AutoCloseable {

	/**
	 * Returns the topic's name.
	 * @return the name
	 */
	String topic();

	/**
	 * Returns whether the node is subscribed now. It is not while it restarts.
	 * @return whether messages can arrive
	 */
	boolean isActive();

	/**
	 * Returns how many messages were dropped because they arrived faster than they were
	 * handled.
	 * @return the count since the subscription began
	 */
	long droppedMessages();

	/**
	 * Ends the subscription. No message is handled after this returns, unless it is
	 * called from the handler itself.
	 */
	@Override
	void close();

}
