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

import io.github.ipfstoolkit.transmission.file.FileReceipt;
import io.github.ipfstoolkit.transmission.file.FileTransferObserver;
import io.github.ipfstoolkit.transmission.file.ReceivedFile;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

/**
 * Meters of the files that were sent and received.
 * <ul>
 * <li>{@code ipfs.file.sent}: timer of the files that were sent, until the receiver has
 * them</li>
 * <li>{@code ipfs.file.sent.size}: their sizes in bytes</li>
 * <li>{@code ipfs.file.sent.failed}: timer of those that were not sent, after all
 * attempts; the tag {@code error} is the exception's name</li>
 * <li>{@code ipfs.file.received}: timer of the files that were received and handled</li>
 * <li>{@code ipfs.file.received.size}: their sizes in bytes</li>
 * <li>{@code ipfs.file.received.failed}: counter of the attempts to send one that came to
 * nothing; the tag {@code reason} says why</li>
 * </ul>
 * All have the tag {@code listener}, the name of the listener that was sent to; it is
 * {@code :files} for those of a conversation. The first
 * {@value TransmissionMetrics#MAX_LISTENERS} names are told apart, all further ones are
 * {@code other}. Safe for use by several threads.
 *
 * @since 0.1.0
 */
public class FileMetrics implements FileTransferObserver, AutoCloseable {

	private static final String SENT = "ipfs.file.sent";

	private static final String RECEIVED = "ipfs.file.received";

	private static final String SIZE = ".size";

	private static final String FAILED = ".failed";

	private final ListenerMeters meters;

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
	public FileMetrics(MeterRegistry registry) {
		this.meters = new ListenerMeters(registry);
		this.sent = this.meters.timer(SENT, "Files that were sent");
		this.sentSize = this.meters.size(SENT + SIZE, "Size of the files that were sent");
		this.sentFailed = this.meters.timer(SENT + FAILED, "Files that were not sent, after all attempts");
		this.received = this.meters.timer(RECEIVED, "Files that were received and handled");
		this.receivedSize = this.meters.size(RECEIVED + SIZE, "Size of the files that were received");
		this.receivedFailed = this.meters.counter(RECEIVED + FAILED, "Attempts to send a file that came to nothing");
	}

	@Override
	public void sent(FileReceipt receipt) {
		Tags tags = this.meters.tags(receipt.listener());
		this.sent.withTags(tags).record(receipt.duration());
		this.sentSize.withTags(tags).record(receipt.size());
	}

	@Override
	public void sendFailed(String listener, RuntimeException failure, Duration duration) {
		this.sentFailed.withTags(this.meters.tags(listener).and("error", failure.getClass().getSimpleName()))
			.record(duration);
	}

	@Override
	public void received(ReceivedFile file, Duration duration) {
		Tags tags = this.meters.tags(file.listener());
		this.received.withTags(tags).record(duration);
		this.receivedSize.withTags(tags).record(file.size());
	}

	@Override
	public void receiveFailed(String listener, String reason) {
		this.receivedFailed.withTags(this.meters.tags(listener).and("reason", reason)).increment();
	}

	/**
	 * Removes the meters, as the registry may outlive the application's context.
	 */
	@Override
	public void close() {
		this.meters.remove();
	}

}
