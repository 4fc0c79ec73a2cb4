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

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.ipfstoolkit.testsupport.KuboTestNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.core.task.SimpleAsyncTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link TopicTemplate} against two connected nodes.
 */
class TopicTemplateIT {

	private static final int MANY = 150;

	private static KuboTestNode alice;

	private static KuboTestNode bob;

	private static TopicTemplate aliceTopics;

	private static TopicTemplate bobTopics;

	@BeforeAll
	static void start() {
		alice = KuboTestNode.start();
		bob = KuboTestNode.start();
		alice.connectTo(bob);
		aliceTopics = new TopicTemplate(alice.kubo(), new SimpleAsyncTaskExecutor("test-"));
		bobTopics = new TopicTemplate(bob.kubo(), new SimpleAsyncTaskExecutor("test-"));
	}

	@AfterAll
	static void stop() {
		aliceTopics.close();
		bobTopics.close();
		alice.close();
		bob.close();
	}

	@Test
	void messagesReachOtherNodesAlsoAfterARestart() throws Exception {
		String topic = "news/ü +";
		BlockingQueue<TopicMessage> received = new LinkedBlockingQueue<>();
		TopicSubscription subscription = bobTopics.subscribe(topic, received::add);
		assertThat(bobTopics.topics()).contains(topic);
		assertThat(bob.run("pubsub", "ls")).contains(topic);
		awaitSubscriber(topic);
		aliceTopics.publish(topic, "hello ü");
		TopicMessage message = received.poll(60, TimeUnit.SECONDS);
		assertThat(message.text()).isEqualTo("hello ü");
		assertThat(message.from()).isEqualTo(new IpfsTemplate(alice.kubo()).peerId());
		byte[] binary = { 0, -1, 10, 13, 127, -128 };
		aliceTopics.publish(topic, binary);
		assertThat(received.poll(60, TimeUnit.SECONDS).data()).containsExactly(binary);

		bob.kill();
		Awaitility.await().until(() -> !subscription.isActive());
		bob.startProcess();
		Awaitility.await().until(subscription::isActive);
		assertThat(bobTopics.topics()).contains(topic);
		bob.connectTo(alice);
		awaitSubscriber(topic);
		aliceTopics.publish(topic, "after the restart");
		assertThat(received.poll(60, TimeUnit.SECONDS).text()).isEqualTo("after the restart");

		subscription.close();
		Awaitility.await().until(() -> !bobTopics.topics().contains(topic));
	}

	private static void awaitSubscriber(String topic) {
		var peer = new IpfsTemplate(bob.kubo()).peerId();
		Awaitility.await().until(() -> aliceTopics.subscribers(topic).contains(peer));
	}

	@Test
	void messageOfTheLargestSizeArrivesAndALargerOneIsAnError() throws Exception {
		String topic = "large";
		int largest = (int) TopicTemplate.MAX_MESSAGE_SIZE.toBytes() - topic.length();
		BlockingQueue<TopicMessage> received = new LinkedBlockingQueue<>();
		try (TopicSubscription subscription = bobTopics.subscribe(topic, received::add)) {
			assertThat(subscription.isActive()).isTrue();
			awaitSubscriber(topic);
			aliceTopics.publish(topic, new byte[largest]);
			assertThat(received.poll(60, TimeUnit.SECONDS).data()).hasSize(largest);
			assertThatExceptionOfType(TopicMessageTooLargeException.class)
				.isThrownBy(() -> aliceTopics.publish(topic, new byte[largest + 1]));
		}
	}

	@Test
	void manyTopicsAreSubscribedToAtOnceAndAgainAfterARestart() {
		try (KuboTestNode node = KuboTestNode.start();
				TopicTemplate topics = new TopicTemplate(node.kubo(), new SimpleAsyncTaskExecutor("test-"))) {
			Set<String> received = ConcurrentHashMap.newKeySet();
			List<TopicSubscription> subscriptions = new ArrayList<>();
			for (int i = 0; i < MANY; i++) {
				subscriptions.add(topics.subscribe("topic " + i, (message) -> received.add(message.topic())));
			}
			assertThat(topics.topics()).hasSize(MANY);
			awaitMessages(topics, received);
			// commands have connections of their own
			assertThat(node.kubo().node().id().block().id()).isEqualTo(node.peerId());
			node.kill();
			Awaitility.await().until(() -> subscriptions.stream().noneMatch(TopicSubscription::isActive));
			node.startProcess();
			Awaitility.await().until(() -> subscriptions.stream().allMatch(TopicSubscription::isActive));
			assertThat(topics.topics()).hasSize(MANY);
			received.clear();
			awaitMessages(topics, received);
		}
	}

	/**
	 * Publishes until each topic has had a message, as delivery is best effort. A node
	 * hears itself.
	 */
	private static void awaitMessages(TopicTemplate topics, Set<String> received) {
		Awaitility.await().until(() -> {
			for (int i = 0; i < MANY; i++) {
				if (!received.contains("topic " + i)) {
					topics.publish("topic " + i, "hello");
				}
			}
			return received.size() == MANY;
		});
	}

}
