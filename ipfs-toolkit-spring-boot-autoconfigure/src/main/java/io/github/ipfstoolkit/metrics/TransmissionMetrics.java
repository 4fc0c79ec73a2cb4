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

package io.github.ipfstoolkit.metrics;

import java.time.Duration;
import java.util.Locale;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.transmission.Receipt;
import io.github.ipfstoolkit.transmission.ReceiveFailure;
import io.github.ipfstoolkit.transmission.TransmissionException;
import io.github.ipfstoolkit.transmission.TransmissionObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

/**
 * Meters of the messages that were sent and received.
 * <ul>
 * <li>{@code ipfs.transmission.sent}: timer of the messages that were sent, until their
 * acknowledgement</li>
 * <li>{@code ipfs.transmission.sent.size}: their lengths in bytes</li>
 * <li>{@code ipfs.transmission.sent.failed}: timer of those that were not acknowledged,
 * after all retries; the tag {@code error} is the exception's name</li>
 * <li>{@code ipfs.transmission.received}: timer of the messages that were received,
 * handled and acknowledged</li>
 * <li>{@code ipfs.transmission.received.size}: their lengths in bytes</li>
 * <li>{@code ipfs.transmission.received.failed}: counter of what was not accepted; the
 * tag {@code reason} says why</li>
 * </ul>
 * All have the tag {@code listener}, the name of the listener that was sent to. Of the
 * names, the first {@value #MAX_LISTENERS} in each direction are told apart, all further
 * ones are {@code other}. Peers are no tag: there is no limit to them. Safe for use by
 * several threads.
 *
 * @since 0.1.0
 */
public class TransmissionMetrics implements TransmissionObserver, AutoCloseable {

	/**
	 * How many listeners' names are told apart in each direction.
	 */
	public static final int MAX_LISTENERS = 100;

	private static final String SENT = "ipfs.transmission.sent";

	private static final String RECEIVED = "ipfs.transmission.received";

	private static final String SIZE = ".size";

	private static final String FAILED = ".failed";

	private final ListenerMeters sentMeters;

	private final ListenerMeters receivedMeters;

	private final MeterProvider<Timer> sent;

	private final MeterProvider<DistributionSummary> sentSize;

	private final MeterProvider<Timer> sentFailed;

	private final MeterProvider<Timer> received;

	private final MeterProvider<DistributionSummary> receivedSize;

	private final MeterProvider<Counter> receivedFailed;

	/**
	 * Creates the meters, each when there is something to measure.
	 * @param registry where the meters are
	 */
	public TransmissionMetrics(MeterRegistry registry) {
		this.sentMeters = new ListenerMeters(registry);
		this.sent = this.sentMeters.timer(SENT, "Messages that were sent and acknowledged");
		this.sentSize = this.sentMeters.size(SENT + SIZE, "Length of the messages that were sent");
		this.sentFailed = this.sentMeters.timer(SENT + FAILED,
				"Messages that were not acknowledged, after all retries");
		this.receivedMeters = new ListenerMeters(registry);
		this.received = this.receivedMeters.timer(RECEIVED, "Messages that were received, handled and acknowledged");
		this.receivedSize = this.receivedMeters.size(RECEIVED + SIZE, "Length of the messages that were received");
		this.receivedFailed = this.receivedMeters.counter(RECEIVED + FAILED,
				"Messages, requests and streams of peers that were not accepted");
	}

	@Override
	public void sent(Receipt receipt) {
		Tags tags = this.sentMeters.tags(receipt.listener());
		this.sent.withTags(tags).record(receipt.duration());
		this.sentSize.withTags(tags).record(receipt.bytes());
	}

	@Override
	public void sendFailed(String to, String listener, TransmissionException failure, Duration duration) {
		this.sentFailed.withTags(this.sentMeters.tags(listener).and("error", failure.getClass().getSimpleName()))
			.record(duration);
	}

	@Override
	public void received(PeerId sender, String listener, long bytes, Duration duration) {
		Tags tags = this.receivedMeters.tags(listener);
		this.received.withTags(tags).record(duration);
		this.receivedSize.withTags(tags).record(bytes);
	}

	@Override
	public void receiveFailed(String listener, ReceiveFailure reason) {
		this.receivedFailed
			.withTags(this.receivedMeters.tags(listener).and("reason", reason.name().toLowerCase(Locale.ROOT)))
			.increment();
	}

	/**
	 * Removes the meters, as the registry may outlive the application's context.
	 */
	@Override
	public void close() {
		this.sentMeters.remove();
		this.receivedMeters.remove();
	}

}
