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

import io.github.ipfstoolkit.IpfsException;

/**
 * Thrown when a listener failed on a message. Its cause is what the listener threw,
 * without any wrapping, or why the arguments for its method could not be made.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public class ListenerExecutionFailedException extends IpfsException {

	private final String listenerId;

	private final Throwable failure;

	/**
	 * Creates an exception.
	 * @param listenerId the listener's ID
	 * @param sender who sent the message
	 * @param failure what the listener threw
	 */
	public ListenerExecutionFailedException(String listenerId, Object sender, Throwable failure) {
		super("Listener '%s' failed on a message from %s: %s".formatted(listenerId, sender, failure), failure);
		this.listenerId = listenerId;
		this.failure = failure;
	}

	/**
	 * Returns which listener failed.
	 * @return the listener's ID
	 */
	public String getListenerId() {
		return this.listenerId;
	}

	/**
	 * Returns what the listener threw.
	 * @return the cause
	 */
	@Override
	public Throwable getCause() {
		return this.failure;
	}

}
