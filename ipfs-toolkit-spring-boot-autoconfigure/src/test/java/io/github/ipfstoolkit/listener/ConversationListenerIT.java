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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.annotation.IpfsConversationListener;
import io.github.ipfstoolkit.annotation.IpfsListener;
import io.github.ipfstoolkit.annotation.Sender;
import io.github.ipfstoolkit.autoconfigure.IpfsApiAutoConfiguration;
import io.github.ipfstoolkit.autoconfigure.IpfsListenerAutoConfiguration;
import io.github.ipfstoolkit.autoconfigure.IpfsNodeAutoConfiguration;
import io.github.ipfstoolkit.autoconfigure.IpfsTransmissionAutoConfiguration;
import io.github.ipfstoolkit.testsupport.KuboTestNode;
import io.github.ipfstoolkit.testsupport.PythonPeer;
import io.github.ipfstoolkit.transmission.RefusalReason;
import io.github.ipfstoolkit.transmission.TransmissionOperations;
import io.github.ipfstoolkit.transmission.TransmissionRefusedException;
import io.github.ipfstoolkit.transmission.conversation.Conversation;
import io.github.ipfstoolkit.transmission.conversation.ConversationEndedException;
import io.github.ipfstoolkit.transmission.conversation.ConversationOperations;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import reactor.core.publisher.Mono;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for listener methods that converse or answer, of two applications with a real
 * node each.
 */
@Timeout(120)
class ConversationListenerIT {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static KuboTestNode aliceNode;

	private static KuboTestNode bobNode;

	private static ConfigurableApplicationContext alice;

	private static ConfigurableApplicationContext bob;

	private static ConversationOperations conversations;

	private static PeerId alicesId;

	private static PeerId bobsId;

	@BeforeAll
	static void start() {
		aliceNode = KuboTestNode.start();
		bobNode = KuboTestNode.start();
		aliceNode.connectTo(bobNode);
		alicesId = aliceNode.peerId();
		bobsId = bobNode.peerId();
		alice = application(aliceNode, Application.class);
		bob = application(bobNode, Application.class, Listeners.class);
		conversations = alice.getBean(ConversationOperations.class);
	}

	@AfterAll
	static void stop() {
		alice.close();
		bob.close();
		aliceNode.close();
		bobNode.close();
	}

	private static ConfigurableApplicationContext application(KuboTestNode node, Class<?>... sources) {
		return new SpringApplicationBuilder(sources).web(WebApplicationType.NONE)
			.properties("ipfs.api.url=" + node.endpoint().uri(), "spring.main.banner-mode=off",
					"spring.threads.virtual.enabled=true")
			.run();
	}

	@Test
	void methodConversesWithWhoItIsTold() throws Exception {
		Listeners listeners = bob.getBean(Listeners.class);
		try (Conversation conversation = conversations.startConversation(bobsId, "talk")) {
			conversation.say("hello");
			assertThat(conversation.listenText(PATIENCE)).isEqualTo("hello, " + alicesId);
			conversation.say("again");
			assertThat(conversation.listenText(PATIENCE)).isEqualTo("again, " + alicesId);
		}
		Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(listeners.ended).contains("talk"));
	}

	@Test
	void returnOfTheMethodClosesTheConversation() {
		try (Conversation conversation = conversations.startConversation(bobsId, "brief")) {
			assertThat(conversation.listenText(PATIENCE)).isEqualTo("that is all");
			assertThatExceptionOfType(ConversationEndedException.class).isThrownBy(() -> conversation.listen(PATIENCE));
		}
	}

	@Test
	void listenerHasItsOwnSalutationAndLimits() throws Exception {
		try (Conversation conversation = conversations.startConversation(bobsId, "greeting")) {
			assertThat(conversation.salutation()).asString(StandardCharsets.UTF_8).isEqualTo("Grüße von Bob");
			conversation.say(new byte[2000]);
			assertThatExceptionOfType(TransmissionRefusedException.class)
				.isThrownBy(() -> conversation.listen(PATIENCE))
				.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(RefusalReason.TOO_LARGE));
		}
		try (Conversation conversation = conversations.startConversation(bobsId, "greeting")) {
			// closed there after five seconds: the application's own limit is half an
			// hour
			assertThatExceptionOfType(ConversationEndedException.class).isThrownBy(() -> conversation.listen(PATIENCE));
		}
		Listeners listeners = bob.getBean(Listeners.class);
		Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(listeners.ended).contains("greeting: IDLE"));
		try (Conversation conversation = conversations.startConversation(bobsId, "talk")) {
			assertThat(conversation.salutation()).isEmpty();
		}
	}

	@Test
	void exceptionOfTheMethodIsTold() {
		try (Conversation conversation = conversations.startConversation(bobsId, "failing")) {
			assertThatExceptionOfType(TransmissionRefusedException.class)
				.isThrownBy(() -> conversation.listen(PATIENCE))
				.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(RefusalReason.FAILED));
		}
	}

	@Test
	void returnedValueAnswers() {
		assertThat(conversations.sendAndReceive(bobsId, "square", new Number(12), Number.class, PATIENCE))
			.isEqualTo(new Number(144));
		assertThat(conversations.sendAndReceive(bobsId, "upper", "Grüße", String.class, PATIENCE)).isEqualTo("GRÜSSE");
		assertThat(conversations.sendAndReceive(bobsId, "later", "x", byte[].class, PATIENCE)).containsExactly('x');
		assertThat(conversations.request(bobsId, "future", "x", String.class, PATIENCE).block(PATIENCE))
			.isEqualTo("x from " + alicesId);
	}

	@Test
	void requestThatFailsOrIsNotAnsweredFails() {
		assertThatExceptionOfType(TransmissionRefusedException.class)
			.isThrownBy(() -> conversations.sendAndReceive(bobsId, "square", "no number", Number.class, PATIENCE))
			.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(RefusalReason.FAILED));
		assertThatExceptionOfType(ConversationEndedException.class)
			.isThrownBy(() -> conversations.sendAndReceive(bobsId, "nothing", "x", String.class, PATIENCE));
	}

	@Test
	void listenerThatAnswersTakesMessagesToo() {
		Listeners listeners = bob.getBean(Listeners.class);
		alice.getBean(TransmissionOperations.class).send(bobsId, "nothing", "a message that is no request at all");
		assertThat(listeners.messages).contains("a message that is no request at all");
	}

	@Test
	@EnabledIfEnvironmentVariable(named = PythonPeer.VARIABLE, matches = ".+")
	void pythonConversesAndIsAnswered() throws Exception {
		try (PythonPeer python = PythonPeer.start(aliceNode, "conversation_start.py", "asking", bobsId.toString(),
				"upper")) {
			python.input("hello\n".getBytes(StandardCharsets.UTF_8));
			assertThat(python.awaitLine("heard")).isEqualTo("heard HELLO");
		}
		try (PythonPeer python = PythonPeer.start(aliceNode, "conversation_start.py", "talking", bobsId.toString(),
				"talk")) {
			python.input("one\ntwo\n".getBytes(StandardCharsets.UTF_8));
			assertThat(python.awaitLine("heard")).isEqualTo("heard one, " + alicesId);
			assertThat(python.awaitLine("heard")).isEqualTo("heard two, " + alicesId);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ IpfsNodeAutoConfiguration.class, IpfsApiAutoConfiguration.class,
			IpfsTransmissionAutoConfiguration.class, IpfsListenerAutoConfiguration.class })
	static class Application {

	}

	record Number(int value) {
	}

	static class Listeners {

		final BlockingQueue<String> ended = new LinkedBlockingQueue<>();

		final BlockingQueue<String> messages = new LinkedBlockingQueue<>();

		@IpfsConversationListener("talk")
		void talk(Conversation conversation, @Sender PeerId from) {
			conversation.iterator().forEachRemaining((message) -> conversation.say(new String(message) + ", " + from));
			this.ended.add(conversation.listener());
		}

		@IpfsConversationListener("brief")
		String brief(Conversation conversation) {
			return "that is all";
		}

		@IpfsConversationListener(value = "greeting", salutation = "Grüße von ${test.name:Bob}", idleTimeout = "5s",
				maxMessageSize = "1KB")
		void greet(Conversation conversation) {
			try {
				conversation.listen(PATIENCE);
			}
			catch (ConversationEndedException ex) {
				this.ended.add("greeting: " + ex.getReason());
				throw ex;
			}
		}

		@IpfsConversationListener("failing")
		void failing(Conversation conversation) {
			throw new IllegalStateException("on purpose");
		}

		@IpfsListener("square")
		Number square(Number number) {
			return new Number(number.value() * number.value());
		}

		@IpfsListener("upper")
		String upper(String text) {
			return text.toUpperCase();
		}

		@IpfsListener("later")
		Mono<byte[]> later(byte[] bytes) {
			return Mono.just(bytes).delayElement(Duration.ofMillis(10));
		}

		@IpfsListener("future")
		CompletableFuture<String> future(String text, @Sender String from) {
			return CompletableFuture.supplyAsync(() -> text + " from " + from);
		}

		@IpfsListener("nothing")
		@Nullable String nothing(String text) {
			this.messages.add(text);
			return null;
		}

	}

}
