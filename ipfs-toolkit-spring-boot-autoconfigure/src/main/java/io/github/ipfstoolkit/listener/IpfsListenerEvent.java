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

import org.springframework.context.ApplicationEvent;

/**
 * Root of the events in a listener's life. They are published in the thread that starts
 * or stops the listener, without any lock held.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public abstract class IpfsListenerEvent extends ApplicationEvent {

	private final transient IpfsListenerContainer container;

	/**
	 * Creates an event.
	 * @param container the listener's container
	 */
	protected IpfsListenerEvent(IpfsListenerContainer container) {
		super(container);
		this.container = container;
	}

	/**
	 * Returns the container that the event is about.
	 * @return the container
	 */
	public IpfsListenerContainer getContainer() {
		return this.container;
	}

}
