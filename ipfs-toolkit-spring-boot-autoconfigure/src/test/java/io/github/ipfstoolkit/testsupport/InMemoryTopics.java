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

package io.github.ipfstoolkit.testsupport;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.core.TopicHandler;
import io.github.ipfstoolkit.core.TopicMessage;
import io.github.ipfstoolkit.core.TopicOperations;
import io.github.ipfstoolkit.core.TopicSubscription;

/**
 * {@link TopicOperations} without a node, with at most one subscription to each topic.
 * Messages are handled one after another by a thread of the subscription.
 */
public final class InMemoryTopics implements TopicOperations {

	private final Map<String, Subscription> subscriptions = new ConcurrentHashMap<>();

	@Override
	public void publish(String topic, byte[] data) {
		Subscription subscription = this.subscriptions.get(topic);
		if (subscription != null) {
			subscription.take(new TopicMessage(topic, InMemoryTransmissionReceivers.ALICE, data));
		}
	}

	@Override
	public void publish(String topic, String data) {
		publish(topic, data.getBytes());
	}

	@Override
	public TopicSubscription subscribe(String topic, TopicHandler handler) {
		return this.subscriptions.computeIfAbsent(topic, (name) -> new Subscription(name, handler));
	}

	@Override
	public List<String> topics() {
		return List.copyOf(this.subscriptions.keySet());
	}

	@Override
	public List<PeerId> subscribers(String topic) {
		return List.of();
	}

	private final class Subscription implements TopicSubscription {

		private final String topic;

		private final TopicHandler handler;

		private final ExecutorService thread = Executors.newSingleThreadExecutor();

		Subscription(String topic, TopicHandler handler) {
			this.topic = topic;
			this.handler = handler;
		}

		void take(TopicMessage message) {
			this.thread.execute(() -> {
				try {
					this.handler.handle(message);
				}
				catch (Exception ex) {
					// as the contract has it, the subscription goes on
				}
			});
		}

		@Override
		public String topic() {
			return this.topic;
		}

		@Override
		public boolean isActive() {
			return !this.thread.isShutdown();
		}

		@Override
		public long droppedMessages() {
			return 0;
		}

		@Override
		public void close() {
			InMemoryTopics.this.subscriptions.remove(this.topic, this);
			this.thread.shutdown();
			try {
				if (!this.thread.awaitTermination(10, TimeUnit.SECONDS)) {
					throw new IllegalStateException("The handler does not end");
				}
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
