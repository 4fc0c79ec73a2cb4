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

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.transmission.PeerNotFoundException;
import io.github.ipfstoolkit.transmission.conversation.Conversation;
import io.github.ipfstoolkit.transmission.conversation.ConversationOutcome;
import io.github.ipfstoolkit.transmission.file.FileReceipt;
import io.github.ipfstoolkit.transmission.file.ReceivedFile;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConversationMetrics}, {@link FileMetrics} and {@link BufferMetrics}.
 */
class ConversationMetricsTests {

	private static final PeerId PEER = PeerId.of("12D3KooWBRmDWFvm5WriT5zc32HKv7v78VzDSzJHpGQ6MhocRFL3");

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final ConversationMetrics conversations = new ConversationMetrics(this.registry);

	private final FileMetrics files = new FileMetrics(this.registry);

	private final BufferMetrics buffers = new BufferMetrics(this.registry);

	private static Conversation conversation(String listener) {
		Conversation conversation = Mockito.mock(Conversation.class);
		Mockito.when(conversation.listener()).thenReturn(listener);
		return conversation;
	}

	@Test
	void conversationsCountWhileTheyAreOpenAndByTheirOutcome() {
		Conversation one = conversation("talk");
		Conversation other = conversation("talk");
		this.conversations.opened(one, true);
		this.conversations.opened(other, true);
		this.conversations.opened(other, false);
		assertThat(active("starter")).isEqualTo(2);
		assertThat(active("joiner")).isOne();
		this.conversations.ended(one, true, ConversationOutcome.LOST, Duration.ofSeconds(3));
		assertThat(active("starter")).isOne();
		Timer timer = this.registry.get("ipfs.conversation")
			.tags("listener", "talk", "role", "starter", "outcome", "lost")
			.timer();
		assertThat(timer.totalTime(TimeUnit.SECONDS)).isEqualTo(3);
	}

	private double active(String role) {
		return this.registry.get("ipfs.conversation.active").tags("listener", "talk", "role", role).gauge().value();
	}

	@Test
	void messagesCountWithTheirLength() {
		this.conversations.said(conversation("talk"), 250);
		this.conversations.heard(conversation("talk"), 10);
		this.conversations.heard(conversation("talk"), 20);
		assertThat(this.registry.get("ipfs.conversation.said").tags("listener", "talk").summary().totalAmount())
			.isEqualTo(250);
		assertThat(this.registry.get("ipfs.conversation.heard").summary().count()).isEqualTo(2);
	}

	@Test
	void requestsAndFailedStartsCountWithWhatFailed() {
		PeerNotFoundException failure = new PeerNotFoundException("bob", "no such contact", null);
		this.conversations.startFailed(PEER, "talk", failure, Duration.ofMillis(7));
		this.conversations.requested(PEER, "square", null, Duration.ofMillis(5));
		this.conversations.requested(PEER, "square", failure, Duration.ofMillis(6));
		assertThat(this.registry.get("ipfs.conversation.start.failed")
			.tags("listener", "talk", "error", "PeerNotFoundException")
			.timer()
			.count()).isOne();
		assertThat(this.registry.get("ipfs.request").tags("listener", "square", "error", "none").timer().count())
			.isOne();
		assertThat(this.registry.get("ipfs.request").tags("error", "PeerNotFoundException").timer().count()).isOne();
	}

	@Test
	void filesCountWithTheirSize() {
		this.files.sent(new FileReceipt(PEER, "files", "a", 5000, "", 0, null, Duration.ofMillis(30)));
		this.files.sendFailed("files", new PeerNotFoundException("bob", "no such contact", null), Duration.ofMillis(7));
		this.files.received(new ReceivedFile(PEER, "files", Path.of("a"), "a", 7, new byte[0], ""),
				Duration.ofMillis(2));
		this.files.receiveFailed("files", "too-large");
		assertThat(this.registry.get("ipfs.file.sent").timer().count()).isOne();
		assertThat(this.registry.get("ipfs.file.sent.size").summary().totalAmount()).isEqualTo(5000);
		assertThat(this.registry.get("ipfs.file.sent.failed").tags("error", "PeerNotFoundException").timer().count())
			.isOne();
		assertThat(this.registry.get("ipfs.file.received").timer().totalTime(TimeUnit.MILLISECONDS)).isEqualTo(2);
		assertThat(this.registry.get("ipfs.file.received.size").summary().totalAmount()).isEqualTo(7);
		assertThat(this.registry.get("ipfs.file.received.failed").tags("reason", "too-large").counter().count())
			.isOne();
	}

	@Test
	void buffersCountWithWhatWentOverThem() {
		this.buffers.sent(PEER, "recordings", 1000, Duration.ofMillis(3));
		this.buffers.received(PEER, "recordings", 2000, Duration.ofMillis(4));
		assertThat(this.registry.get("ipfs.buffer.sent.size").tags("listener", "recordings").summary().totalAmount())
			.isEqualTo(1000);
		assertThat(this.registry.get("ipfs.buffer.received").timer().totalTime(TimeUnit.MILLISECONDS)).isEqualTo(4);
		assertThat(this.registry.get("ipfs.buffer.received.size").summary().totalAmount()).isEqualTo(2000);
	}

	/**
	 * Each conversation has a listener of its own for its files.
	 */
	@Test
	void listenersAreBounded() {
		for (int i = 0; i < 1000; i++) {
			this.conversations.requested(PEER, "listener" + i, null, Duration.ZERO);
			this.files.receiveFailed("talk.%016x:files".formatted(i), "broken");
			this.conversations.opened(conversation("talk.%016x:files".formatted(i)), false);
		}
		assertThat(this.registry.find("ipfs.request").timers()).hasSize(TransmissionMetrics.MAX_LISTENERS + 1);
		assertThat(this.registry.get("ipfs.file.received.failed").tags("listener", ":files").counter().count())
			.isEqualTo(1000);
		assertThat(this.registry.find("ipfs.conversation.active").gauges()).hasSize(1);
	}

	/**
	 * Prometheus refuses meters of one name with different tags.
	 */
	@Test
	void tagsOfAMeterAreAlwaysTheSame() {
		PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		prometheus.throwExceptionOnRegistrationFailure();
		try (ConversationMetrics metrics = new ConversationMetrics(prometheus)) {
			Conversation conversation = conversation("talk");
			for (boolean started : new boolean[] { true, false }) {
				metrics.opened(conversation, started);
				metrics.ended(conversation, started, ConversationOutcome.CLOSED, Duration.ZERO);
			}
			metrics.requested(PEER, "talk", null, Duration.ZERO);
			metrics.requested(PEER, "talk", new IllegalStateException(), Duration.ZERO);
			assertThat(prometheus.scrape()).contains("ipfs_conversation_active{listener=\"talk\",role=\"joiner\"} 0.0")
				.contains("ipfs_request_seconds_count{error=\"none\",listener=\"talk\"} 1");
		}
	}

	@Test
	void metersAreRemovedWithTheContext() {
		this.conversations.opened(conversation("talk"), true);
		this.conversations.ended(conversation("talk"), true, ConversationOutcome.CLOSED, Duration.ZERO);
		this.files.receiveFailed("files", "broken");
		this.buffers.sent(PEER, "recordings", 1, Duration.ZERO);
		this.conversations.close();
		this.files.close();
		this.buffers.close();
		assertThat(this.registry.getMeters()).extracting(Meter::getId).isEmpty();
	}

}
