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

import java.time.Duration;

/**
 * Where the messages of one type of listener come from. A container opens a reception
 * when it starts, and drains and closes it when it stops.
 *
 * @since 0.1.0
 */
public interface IpfsListenerSource {

	/**
	 * Returns which type of listener this is for.
	 * @return the type
	 */
	IpfsListenerType type();

	/**
	 * Starts to receive. Returns once messages can arrive.
	 * @param endpoint the listener
	 * @param options how it listens
	 * @param listener takes the messages, at most
	 * {@link IpfsListenerOptions#concurrency()} at the same time; throws for those that
	 * are not accepted, having logged why
	 * @return the reception, to be closed by the caller
	 * @throws io.github.ipfstoolkit.IpfsException if the node can not be reached or
	 * refuses
	 */
	Reception open(IpfsListenerEndpoint endpoint, IpfsListenerOptions options, IpfsMessageListener listener);

	/**
	 * Receives the messages of a listener. It survives the node's restart. Safe for use
	 * by several threads.
	 */
	interface Reception extends AutoCloseable {

		/**
		 * Returns whether messages can arrive now. They can not while the node restarts.
		 * @return whether the node listens
		 */
		boolean isActive();

		/**
		 * Takes no further message and waits for those that are being handled.
		 * @param timeout how long to wait
		 * @return whether all were done in that time
		 */
		boolean drain(Duration timeout);

		/**
		 * Ends receiving at once.
		 */
		@Override
		void close();

	}

}
