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
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.transmission.InvalidPeerException;
import io.github.ipfstoolkit.transmission.PeerNotFoundException;
import io.github.ipfstoolkit.transmission.Receipt;
import io.github.ipfstoolkit.transmission.ReceiveFailure;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TransmissionMetrics}.
 */
class TransmissionMetricsTests {

	private static final PeerId PEER = PeerId.of("12D3KooWBRmDWFvm5WriT5zc32HKv7v78VzDSzJHpGQ6MhocRFL3");

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final TransmissionMetrics metrics = new TransmissionMetrics(this.registry);

	@Test
	void sentMessageCountsWithItsDurationAndLength() {
		this.metrics.sent(new Receipt(PEER, "chat", 250, Duration.ofMillis(30)));
		Timer timer = this.registry.get("ipfs.transmission.sent").tags("listener", "chat").timer();
		assertThat(timer.count()).isOne();
		assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(30);
		assertThat(this.registry.get("ipfs.transmission.sent.size").tags("listener", "chat").summary().totalAmount())
			.isEqualTo(250);
	}

	@Test
	void receivedMessageCountsWithItsDurationAndLength() {
		this.metrics.received(PEER, "chat", 1, Duration.ofMillis(2));
		Timer timer = this.registry.get("ipfs.transmission.received").tags("listener", "chat").timer();
		assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(2);
		assertThat(this.registry.get("ipfs.transmission.received.size").summary().totalAmount()).isOne();
	}

	@Test
	void failuresCountWithWhatFailed() {
		this.metrics.sendFailed("bob", "chat", new PeerNotFoundException("bob", "no such contact", null),
				Duration.ofMillis(7));
		this.metrics.receiveFailed("chat", ReceiveFailure.TOO_LARGE);
		Timer timer = this.registry.get("ipfs.transmission.sent.failed")
			.tags("listener", "chat", "error", "PeerNotFoundException")
			.timer();
		assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(7);
		assertThat(this.registry.get("ipfs.transmission.received.failed")
			.tags("listener", "chat", "reason", "too_large")
			.counter()
			.count()).isOne();
		assertThat(this.registry.find("ipfs.transmission.sent").timer()).isNull();
		assertThat(this.registry.find("ipfs.transmission.received").timer()).isNull();
	}

	@Test
	void madeUpListenersNamesDoNotMakeMetersWithoutEnd() {
		for (int i = 0; i < 10 * TransmissionMetrics.MAX_LISTENERS; i++) {
			this.metrics.sent(new Receipt(PEER, "session-" + i, 1, Duration.ZERO));
		}
		assertThat(this.registry.get("ipfs.transmission.sent").timers()).hasSize(TransmissionMetrics.MAX_LISTENERS + 1);
		assertThat(this.registry.get("ipfs.transmission.sent").tags("listener", "other").timer().count())
			.isEqualTo(9L * TransmissionMetrics.MAX_LISTENERS);
		this.metrics.received(PEER, "chat", 1, Duration.ZERO);
		assertThat(this.registry.get("ipfs.transmission.received").tags("listener", "chat").timer().count()).isOne();
	}

	@Test
	void noTagNamesAPeer() {
		recordEachKind(this.metrics);
		assertThat(this.registry.getMeters()).hasSize(6)
			.flatExtracting((meter) -> meter.getId().getTags())
			.noneMatch((tag) -> tag.getValue().contains(PEER.toString()) || tag.getValue().equals("bob"));
	}

	@Test
	void metersAreRemovedOnClose() {
		Meter other = this.registry.counter("other");
		recordEachKind(this.metrics);
		this.metrics.close();
		assertThat(this.registry.getMeters()).isEqualTo(List.of(other));
	}

	@Test
	void prometheusTakesEachMeterWhateverCameFirst() {
		PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		prometheus.throwExceptionOnRegistrationFailure();
		TransmissionMetrics metrics = new TransmissionMetrics(prometheus);
		metrics.sendFailed("bob", "chat", new InvalidPeerException(PEER), Duration.ofMillis(7));
		recordEachKind(metrics);
		assertThat(prometheus.scrape()).contains("ipfs_transmission_sent_seconds_count{listener=\"chat\"} 1",
				"ipfs_transmission_sent_size_bytes_sum{listener=\"chat\"} 250.0",
				"ipfs_transmission_sent_failed_seconds_count{error=\"InvalidPeerException\",listener=\"chat\"} 1",
				"ipfs_transmission_received_seconds_count{listener=\"chat\"} 1",
				"ipfs_transmission_received_failed_total{listener=\"chat\",reason=\"busy\"} 1.0");
	}

	private static void recordEachKind(TransmissionMetrics metrics) {
		metrics.sent(new Receipt(PEER, "chat", 250, Duration.ofMillis(30)));
		metrics.sendFailed("bob", "chat", new PeerNotFoundException("bob", "no such contact", null), Duration.ZERO);
		metrics.received(PEER, "chat", 1, Duration.ofMillis(2));
		metrics.receiveFailed("chat", ReceiveFailure.BUSY);
	}

}
