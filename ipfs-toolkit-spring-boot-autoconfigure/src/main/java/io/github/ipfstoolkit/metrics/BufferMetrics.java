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

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.transmission.buffer.BufferObserver;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

/**
 * Meters of the streams of raw bytes: timers {@code ipfs.buffer.sent} and
 * {@code ipfs.buffer.received} of those that have ended, and
 * {@code ipfs.buffer.sent.size} and {@code ipfs.buffer.received.size} of what went over
 * each, in bytes. All have the tag {@code listener}, of which the first
 * {@value TransmissionMetrics#MAX_LISTENERS} values are told apart, all further ones are
 * {@code other}. Safe for use by several threads.
 *
 * @since 0.1.0
 */
public class BufferMetrics implements BufferObserver, AutoCloseable {

	private static final String SENT = "ipfs.buffer.sent";

	private static final String RECEIVED = "ipfs.buffer.received";

	private static final String SIZE = ".size";

	private final ListenerMeters meters;

	private final MeterProvider<Timer> sent;

	private final MeterProvider<DistributionSummary> sentSize;

	private final MeterProvider<Timer> received;

	private final MeterProvider<DistributionSummary> receivedSize;

	/**
	 * Creates the meters, each when there is something to measure.
	 * @param registry where the meters are
	 */
	public BufferMetrics(MeterRegistry registry) {
		this.meters = new ListenerMeters(registry);
		this.sent = this.meters.timer(SENT, "Streams of raw bytes that were sent");
		this.sentSize = this.meters.size(SENT + SIZE, "What was sent on a stream of raw bytes");
		this.received = this.meters.timer(RECEIVED, "Streams of raw bytes that were received");
		this.receivedSize = this.meters.size(RECEIVED + SIZE, "What was received on a stream of raw bytes");
	}

	@Override
	public void sent(PeerId to, String listener, long bytes, Duration duration) {
		Tags tags = this.meters.tags(listener);
		this.sent.withTags(tags).record(duration);
		this.sentSize.withTags(tags).record(bytes);
	}

	@Override
	public void received(PeerId sender, String listener, long bytes, Duration duration) {
		Tags tags = this.meters.tags(listener);
		this.received.withTags(tags).record(duration);
		this.receivedSize.withTags(tags).record(bytes);
	}

	/**
	 * Removes the meters, as the registry may outlive the application's context.
	 */
	@Override
	public void close() {
		this.meters.remove();
	}

}
