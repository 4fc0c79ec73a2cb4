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

package io.github.ipfstoolkit.listener;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;

import io.github.ipfstoolkit.core.TopicMessage;
import io.github.ipfstoolkit.core.TopicOperations;
import io.github.ipfstoolkit.core.TopicSubscription;

import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.support.MessageBuilder;

/**
 * Lets listeners take the messages that are published to a topic. When as many are being
 * handled as the listener's concurrency allows, others wait in the subscription, which
 * drops those that it has no room for. Messages are handled in the order in which they
 * arrive if the concurrency is 1.
 *
 * @since 0.1.0
 */
public class TopicListenerSource implements IpfsListenerSource {

	private final TopicOperations topics;

	/**
	 * Creates a source.
	 * @param topics subscribes to topics
	 */
	public TopicListenerSource(TopicOperations topics) {
		this.topics = topics;
	}

	@Override
	public IpfsListenerType type() {
		return IpfsListenerType.TOPIC;
	}

	@Override
	public Reception open(IpfsListenerEndpoint endpoint, IpfsListenerOptions options, IpfsMessageListener listener) {
		Permits permits = new Permits(options.concurrency());
		Executor executor = options.executorFactory().apply(endpoint.id());
		TopicSubscription subscription = this.topics.subscribe(endpoint.name(), (message) -> {
			if (permits.acquire()) {
				dispatch(message, permits, executor, listener);
			}
		});
		return new TopicReception(subscription, permits);
	}

	private static void dispatch(TopicMessage message, Permits permits, Executor executor,
			IpfsMessageListener listener) {
		boolean dispatched = false;
		try {
			executor.execute(() -> {
				try {
					handle(message, listener);
				}
				finally {
					permits.release();
				}
			});
			dispatched = true;
		}
		finally {
			if (!dispatched) {
				permits.release();
			}
		}
	}

	private static void handle(TopicMessage message, IpfsMessageListener listener) {
		try {
			listener.onMessage(toMessage(message));
		}
		catch (Exception ignored) {
			// it has been logged, and nobody waits for an acknowledgement
		}
	}

	private static Message<TopicMessage> toMessage(TopicMessage message) {
		return MessageBuilder.createMessage(message, new MessageHeaders(Map.of(IpfsHeaders.SENDER, message.from(),
				IpfsHeaders.LISTENER, message.topic(), IpfsHeaders.LENGTH, (long) message.data().length)));
	}

	private record TopicReception(TopicSubscription subscription, Permits permits) implements Reception {

		@Override
		public boolean isActive() {
			return this.subscription.isActive();
		}

		@Override
		public boolean drain(Duration timeout) {
			close();
			try {
				return this.permits.awaitReleased(timeout);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return false;
			}
		}

		@Override
		public void close() {
			// first, as the subscription waits for its handler, which may wait for a
			// permit
			this.permits.close();
			this.subscription.close();
		}

	}

}
