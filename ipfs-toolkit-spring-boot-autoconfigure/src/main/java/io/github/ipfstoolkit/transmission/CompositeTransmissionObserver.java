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

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import io.github.ipfstoolkit.PeerId;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Tells several observers, and keeps what they throw from messages.
 */
final class CompositeTransmissionObserver implements TransmissionObserver {

	private static final Log logger = LogFactory.getLog(CompositeTransmissionObserver.class);

	private final List<TransmissionObserver> observers;

	CompositeTransmissionObserver(List<TransmissionObserver> observers) {
		this.observers = List.copyOf(observers);
	}

	@Override
	public void sent(Receipt receipt) {
		tell((observer) -> observer.sent(receipt));
	}

	@Override
	public void sendFailed(String to, String listener, TransmissionException failure, Duration duration) {
		tell((observer) -> observer.sendFailed(to, listener, failure, duration));
	}

	@Override
	public void received(PeerId sender, String listener, long bytes, Duration duration) {
		tell((observer) -> observer.received(sender, listener, bytes, duration));
	}

	@Override
	public void receiveFailed(String listener, ReceiveFailure reason) {
		tell((observer) -> observer.receiveFailed(listener, reason));
	}

	private void tell(Consumer<TransmissionObserver> event) {
		for (TransmissionObserver observer : this.observers) {
			try {
				event.accept(observer);
			}
			catch (RuntimeException ex) {
				logger.warn("An observer of transmissions failed", ex);
			}
		}
	}

}
