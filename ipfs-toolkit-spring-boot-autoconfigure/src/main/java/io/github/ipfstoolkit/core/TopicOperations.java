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

package io.github.ipfstoolkit.core;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.github.ipfstoolkit.PeerId;

/**
 * Publishing to topics and subscribing to them (libp2p pubsub). Delivery is best effort:
 * nodes drop messages under load, and those sent while nobody listens are lost. For
 * messages that must arrive, use
 * {@code io.github.ipfstoolkit.transmission.TransmissionOperations}.
 *
 * @since 0.1.0
 */
public interface TopicOperations {

	/**
	 * Publishes a message.
	 * @param topic the topic's name
	 * @param data the message: together with the topic's name at most 1023 KiB
	 * @throws TopicMessageTooLargeException if it is larger
	 */
	void publish(String topic, byte[] data);

	/**
	 * Publishes a text in UTF-8.
	 * @param topic the topic's name
	 * @param text the message: together with the topic's name at most 1023 KiB
	 * @throws TopicMessageTooLargeException if it is larger
	 */
	default void publish(String topic, String text) {
		publish(topic, text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Subscribes to a topic, until the subscription is closed. It is renewed when the
	 * node restarts. Returns once the node has subscribed.
	 * <p>
	 * Messages that arrive faster than they are handled are kept, up to a limit; those
	 * beyond it are dropped and counted.
	 * @param topic the topic's name
	 * @param handler takes each message, one after another
	 * @return the subscription, to be closed by the caller
	 * @throws io.github.ipfstoolkit.IpfsException if the node cannot subscribe
	 */
	TopicSubscription subscribe(String topic, TopicHandler handler);

	/**
	 * Lists the topics that the node is subscribed to.
	 * @return the topics' names
	 */
	List<String> topics();

	/**
	 * Lists the peers that are known to be subscribed to a topic.
	 * @param topic the topic's name
	 * @return the peers
	 */
	List<PeerId> subscribers(String topic);

}
