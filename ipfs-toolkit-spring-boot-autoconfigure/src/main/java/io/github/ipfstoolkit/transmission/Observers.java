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
package io.github.ipfstoolkit.transmission;

import java.util.List;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Tells several observers, and keeps what they throw from what they observe. Safe for use
 * by several threads.
 *
 * @param <T> the type of the observers
 * @since 0.1.0
 */
public final class Observers<T> {

	private static final Log logger = LogFactory.getLog(Observers.class);

	private final List<T> observers;

	/**
	 * Creates an instance.
	 * @param observers who is told, in that order
	 */
	public Observers(List<? extends T> observers) {
		this.observers = List.copyOf(observers);
	}

	/**
	 * Tells all of them.
	 * @param event calls one
	 */
	public void tell(Consumer<T> event) {
		for (T observer : this.observers) {
			try {
				event.accept(observer);
			}
			catch (RuntimeException ex) {
				logger.warn("An observer of transmissions failed", ex);
			}
		}
	}

}
