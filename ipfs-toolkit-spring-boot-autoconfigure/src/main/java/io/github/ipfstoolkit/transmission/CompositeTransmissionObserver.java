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

import io.github.ipfstoolkit.PeerId;

/**
 * Tells several observers, and keeps what they throw from messages.
 */
final class CompositeTransmissionObserver implements TransmissionObserver {

	private final Observers<TransmissionObserver> observers;

	CompositeTransmissionObserver(List<TransmissionObserver> observers) {
		this.observers = new Observers<>(observers);
	}

	@Override
	public void sent(Receipt receipt) {
		this.observers.tell((observer) -> observer.sent(receipt));
	}

	@Override
	public void sendFailed(String to, String listener, TransmissionException failure, Duration duration) {
		this.observers.tell((observer) -> observer.sendFailed(to, listener, failure, duration));
	}

	@Override
	public void received(PeerId sender, String listener, long bytes, Duration duration) {
		this.observers.tell((observer) -> observer.received(sender, listener, bytes, duration));
	}

	@Override
	public void receiveFailed(String listener, ReceiveFailure reason) {
		this.observers.tell((observer) -> observer.receiveFailed(listener, reason));
	}

}
