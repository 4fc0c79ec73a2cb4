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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.transmission.conversation.Conversation;
import io.github.ipfstoolkit.transmission.conversation.ConversationObserver;
import io.github.ipfstoolkit.transmission.conversation.ConversationOutcome;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Meters of conversations, also of those that are requests or about files.
 * <ul>
 * <li>{@code ipfs.conversation}: timer of the conversations that have ended; the tag
 * {@code outcome} is how, {@code role} is {@code starter} or {@code joiner}</li>
 * <li>{@code ipfs.conversation.active}: gauge of those that are open, by
 * {@code role}</li>
 * <li>{@code ipfs.conversation.start.failed}: timer of those that could not be started,
 * after all retries; the tag {@code error} is the exception's name</li>
 * <li>{@code ipfs.conversation.said}, {@code ipfs.conversation.heard}: lengths of the
 * messages in bytes</li>
 * <li>{@code ipfs.request}: timer of the requests that were sent; the tag {@code error}
 * is the exception's name, {@code none} where there was an answer</li>
 * </ul>
 * All have the tag {@code listener}, the name of the listener at which the conversation
 * was started. The first {@value TransmissionMetrics#MAX_LISTENERS} names are told apart,
 * all further ones are {@code other}. Safe for use by several threads.
 *
 * @since 0.1.0
 */
public class ConversationMetrics implements ConversationObserver, AutoCloseable {

	private static final String NAME = "ipfs.conversation";

	private static final String ACTIVE = NAME + ".active";

	private static final String ERROR = "error";

	private final MeterRegistry registry;

	private final ListenerMeters meters;

	private final MeterProvider<Timer> ended;

	private final MeterProvider<Timer> startFailed;

	private final MeterProvider<DistributionSummary> said;

	private final MeterProvider<DistributionSummary> heard;

	private final MeterProvider<Timer> requests;

	private final Map<Tags, AtomicInteger> active = new ConcurrentHashMap<>();

	/**
	 * Creates the meters, each when there is something to measure.
	 * @param registry where the meters are
	 */
	public ConversationMetrics(MeterRegistry registry) {
		this.registry = registry;
		this.meters = new ListenerMeters(registry);
		this.ended = this.meters.timer(NAME, "Conversations that have ended");
		this.startFailed = this.meters.timer(NAME + ".start.failed",
				"Conversations that could not be started, after all retries");
		this.said = this.meters.size(NAME + ".said", "Length of the messages that were said in conversations");
		this.heard = this.meters.size(NAME + ".heard", "Length of the messages that were heard in conversations");
		this.requests = this.meters.timer("ipfs.request", "Requests that were sent");
	}

	@Override
	public void opened(Conversation conversation, boolean started) {
		active(conversation, started).incrementAndGet();
	}

	private AtomicInteger active(Conversation conversation, boolean started) {
		return this.active.computeIfAbsent(tags(conversation, started), (tags) -> {
			AtomicInteger count = new AtomicInteger();
			Gauge.builder(ACTIVE, count, AtomicInteger::get)
				.description("Conversations that are open")
				.tags(tags)
				.strongReference(true)
				.register(this.registry);
			return count;
		});
	}

	private Tags tags(Conversation conversation, boolean started) {
		return this.meters.tags(conversation.listener()).and("role", started ? "starter" : "joiner");
	}

	@Override
	public void startFailed(PeerId to, String listener, RuntimeException failure, Duration duration) {
		this.startFailed.withTags(this.meters.tags(listener).and(ERROR, failure.getClass().getSimpleName()))
			.record(duration);
	}

	@Override
	public void said(Conversation conversation, long bytes) {
		this.said.withTags(this.meters.tags(conversation.listener())).record(bytes);
	}

	@Override
	public void heard(Conversation conversation, long bytes) {
		this.heard.withTags(this.meters.tags(conversation.listener())).record(bytes);
	}

	@Override
	public void ended(Conversation conversation, boolean started, ConversationOutcome outcome, Duration duration) {
		active(conversation, started).decrementAndGet();
		this.ended.withTags(tags(conversation, started).and("outcome", outcome.name().toLowerCase(Locale.ROOT)))
			.record(duration);
	}

	@Override
	public void requested(PeerId to, String listener, @Nullable RuntimeException failure, Duration duration) {
		String error = (failure != null) ? failure.getClass().getSimpleName() : "none";
		this.requests.withTags(this.meters.tags(listener).and(ERROR, error)).record(duration);
	}

	/**
	 * Removes the meters, as the registry may outlive the application's context.
	 */
	@Override
	public void close() {
		this.meters.remove();
		this.registry.find(ACTIVE).meters().forEach(this.registry::remove);
	}

}
