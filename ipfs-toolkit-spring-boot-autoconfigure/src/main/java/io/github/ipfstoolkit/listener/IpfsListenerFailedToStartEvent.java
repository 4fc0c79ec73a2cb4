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

/**
 * Published when a listener could not be started.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public class IpfsListenerFailedToStartEvent extends IpfsListenerEvent {

	private final Throwable failure;

	private final boolean retried;

	/**
	 * Creates an event.
	 * @param container the listener's container
	 * @param failure why it could not be started
	 * @param retried whether it will be tried again
	 */
	public IpfsListenerFailedToStartEvent(IpfsListenerContainer container, Throwable failure, boolean retried) {
		super(container);
		this.failure = failure;
		this.retried = retried;
	}

	/**
	 * Returns why the listener could not be started.
	 * @return what was thrown
	 */
	public Throwable getFailure() {
		return this.failure;
	}

	/**
	 * Returns whether the start will be tried again.
	 * @return {@code false} if the listener stays stopped
	 */
	public boolean isRetried() {
		return this.retried;
	}

}
