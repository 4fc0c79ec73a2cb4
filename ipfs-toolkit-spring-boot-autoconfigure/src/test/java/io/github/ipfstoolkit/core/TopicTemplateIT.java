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

import io.github.ipfstoolkit.rpc.Backend;
import io.github.ipfstoolkit.rpc.Kubo;
import io.github.ipfstoolkit.rpc.client.KuboClient;
import io.github.ipfstoolkit.testsupport.KuboTestNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import org.springframework.core.task.SimpleAsyncTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link TopicTemplate} against two connected nodes.
 */
@TestInstance(Lifecycle.PER_CLASS)
class TopicTemplateIT {

	private KuboTestNode alice;

	private KuboTestNode bob;

	private KuboClient aliceClient;

	private KuboClient bobClient;

	private TopicTemplate aliceTopics;

	private TopicTemplate bobTopics;

	Backend backend() {
		return Backend.HTTP;
	}

	/**
	 * Returns how many topics are many.
	 */
	int many() {
		return 150;
	}

	@BeforeAll
	void start() {
		this.alice = KuboTestNode.start();
		this.bob = KuboTestNode.start();
		this.alice.connectTo(this.bob);
		this.aliceClient = backend().connect(this.alice);
		this.bobClient = backend().connect(this.bob);
		this.aliceTopics = topics(this.aliceClient);
		this.bobTopics = topics(this.bobClient);
	}

	private static TopicTemplate topics(Kubo kubo) {
		return new TopicTemplate(kubo, new SimpleAsyncTaskExecutor("test-"));
	}

	@AfterAll
	void stop() {
		this.aliceTopics.close();
		this.bobTopics.close();
		this.aliceClient.close();
		this.bobClient.close();
		this.alice.close();
		this.bob.close();
	}

	@Test
	void messagesReachOtherNodesAlsoAfterARestart() throws Exception {
		String topic = "news/ü +";
		BlockingQueue<TopicMessage> received = new LinkedBlockingQueue<>();
		TopicSubscription subscription = this.bobTopics.subscribe(topic, received::add);
		assertThat(this.bobTopics.topics()).contains(topic);
		assertThat(this.bob.run("pubsub", "ls")).contains(topic);
		awaitSubscriber(topic);
		this.aliceTopics.publish(topic, "hello ü");
		TopicMessage message = received.poll(60, TimeUnit.SECONDS);
		assertThat(message.text()).isEqualTo("hello ü");
		assertThat(message.from()).isEqualTo(new IpfsTemplate(this.alice.kubo()).peerId());
		byte[] binary = { 0, -1, 10, 13, 127, -128 };
		this.aliceTopics.publish(topic, binary);
		assertThat(received.poll(60, TimeUnit.SECONDS).data()).containsExactly(binary);

		this.bob.kill();
		Awaitility.await().until(() -> !subscription.isActive());
		this.bob.startProcess();
		Awaitility.await().until(subscription::isActive);
		assertThat(this.bobTopics.topics()).contains(topic);
		this.bob.connectTo(this.alice);
		awaitSubscriber(topic);
		this.aliceTopics.publish(topic, "after the restart");
		assertThat(received.poll(60, TimeUnit.SECONDS).text()).isEqualTo("after the restart");

		subscription.close();
		Awaitility.await().until(() -> !this.bobTopics.topics().contains(topic));
	}

	@Test
	void topicOfAnotherProgramIsSubscribedToBeforeMessagesAreExpected() throws Exception {
		String topic = "shared";
		TopicTemplate others = topics(this.bob.kubo());
		try (TopicSubscription other = others.subscribe(topic, (message) -> {
		})) {
			assertThat(other.isActive()).isTrue();
			for (int i = 0; i < 5; i++) {
				BlockingQueue<TopicMessage> received = new LinkedBlockingQueue<>();
				try (TopicSubscription subscription = this.bobTopics.subscribe(topic, received::add)) {
					// a node hears itself, without a way on which messages are lost
					others.publish(topic, "hello " + i);
					assertThat(received.poll(60, TimeUnit.SECONDS)).as("message %d of %s", i, subscription.topic())
						.isNotNull();
				}
			}
		}
	}

	private void awaitSubscriber(String topic) {
		var peer = new IpfsTemplate(this.bob.kubo()).peerId();
		Awaitility.await().until(() -> this.aliceTopics.subscribers(topic).contains(peer));
	}

	@Test
	void messageOfTheLargestSizeArrivesAndALargerOneIsAnError() throws Exception {
		String topic = "large";
		int largest = (int) TopicTemplate.MAX_MESSAGE_SIZE.toBytes() - topic.length();
		BlockingQueue<TopicMessage> received = new LinkedBlockingQueue<>();
		try (TopicSubscription subscription = this.bobTopics.subscribe(topic, received::add)) {
			assertThat(subscription.isActive()).isTrue();
			awaitSubscriber(topic);
			this.aliceTopics.publish(topic, new byte[largest]);
			assertThat(received.poll(60, TimeUnit.SECONDS).data()).hasSize(largest);
			assertThatExceptionOfType(TopicMessageTooLargeException.class)
				.isThrownBy(() -> this.aliceTopics.publish(topic, new byte[largest + 1]));
		}
	}

	@Test
	void manyTopicsAreSubscribedToAtOnceAndAgainAfterARestart() {
		try (KuboTestNode node = KuboTestNode.start();
				KuboClient client = backend().connect(node);
				TopicTemplate topics = topics(client)) {
			Set<String> received = ConcurrentHashMap.newKeySet();
			List<TopicSubscription> subscriptions = new ArrayList<>();
			for (int i = 0; i < many(); i++) {
				subscriptions.add(topics.subscribe("topic " + i, (message) -> received.add(message.topic())));
			}
			assertThat(topics.topics()).hasSize(many());
			awaitMessages(topics, received);
			// commands have connections of their own
			assertThat(client.node().id().block().id()).isEqualTo(node.peerId());
			node.kill();
			Awaitility.await().until(() -> subscriptions.stream().noneMatch(TopicSubscription::isActive));
			node.startProcess();
			Awaitility.await().until(() -> subscriptions.stream().allMatch(TopicSubscription::isActive));
			assertThat(topics.topics()).hasSize(many());
			received.clear();
			awaitMessages(topics, received);
		}
	}

	/**
	 * Publishes until each topic has had a message, as delivery is best effort. A node
	 * hears itself.
	 */
	private void awaitMessages(TopicTemplate topics, Set<String> received) {
		Awaitility.await().until(() -> {
			for (int i = 0; i < many(); i++) {
				if (!received.contains("topic " + i)) {
					topics.publish("topic " + i, "hello");
				}
			}
			return received.size() == many();
		});
	}

}
