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

import org.springframework.context.Lifecycle;

/**
 * Runs one listener: starts and stops it, hands it the messages and deals with its
 * failures. It can be started again after it was stopped. Safe for use by several
 * threads.
 *
 * @since 0.1.0
 */
public interface IpfsListenerContainer extends Lifecycle {

	/**
	 * Returns the listener that this runs.
	 * @return the endpoint
	 */
	IpfsListenerEndpoint getEndpoint();

	/**
	 * Returns the listener's options: the application's, changed by the endpoint.
	 * @return the options
	 */
	IpfsListenerOptions getOptions();

	/**
	 * Starts to listen, unless it does. Returns once messages can arrive, or according to
	 * the {@link StartupFailurePolicy}.
	 * @throws io.github.ipfstoolkit.IpfsException if it can not be started and the policy
	 * is {@link StartupFailurePolicy#STOP}
	 */
	@Override
	void start();

	/**
	 * Stops to listen: takes no further message, waits for those that are being handled,
	 * at most for the {@link IpfsListenerOptions#shutdownTimeout()}, and returns when no
	 * more can arrive. When the listener itself calls this, it returns at once and the
	 * listener is stopped in the background.
	 */
	@Override
	void stop();

	/**
	 * Returns whether this was started, from then until all messages are done after it
	 * was stopped. It is while a failed start is to be tried again.
	 * @return whether this is running
	 */
	@Override
	boolean isRunning();

	/**
	 * Returns whether messages can arrive now. They can not while the node restarts.
	 * @return whether the node listens
	 */
	boolean isActive();

	/**
	 * Waits until messages can arrive. For tests, and for applications that start
	 * listeners themselves.
	 * @param timeout how long to wait
	 * @throws io.github.ipfstoolkit.IpfsTimeoutException if they can not by then
	 */
	void awaitActive(Duration timeout);

}
