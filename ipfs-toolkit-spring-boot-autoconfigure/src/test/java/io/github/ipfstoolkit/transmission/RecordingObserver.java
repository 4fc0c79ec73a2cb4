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
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.ipfstoolkit.PeerId;

/**
 * Keeps what it is told.
 */
final class RecordingObserver implements TransmissionObserver {

	final List<Receipt> sent = new CopyOnWriteArrayList<>();

	final List<TransmissionException> sendFailures = new CopyOnWriteArrayList<>();

	final List<Long> received = new CopyOnWriteArrayList<>();

	final List<ReceiveFailure> receiveFailures = new CopyOnWriteArrayList<>();

	@Override
	public void sent(Receipt receipt) {
		this.sent.add(receipt);
	}

	@Override
	public void sendFailed(String to, String listener, TransmissionException failure, Duration duration) {
		this.sendFailures.add(failure);
	}

	@Override
	public void received(PeerId sender, String listener, long bytes, Duration duration) {
		this.received.add(bytes);
	}

	@Override
	public void receiveFailed(String listener, ReceiveFailure reason) {
		this.receiveFailures.add(reason);
	}

	void clear() {
		this.sent.clear();
		this.sendFailures.clear();
		this.received.clear();
		this.receiveFailures.clear();
	}

}
