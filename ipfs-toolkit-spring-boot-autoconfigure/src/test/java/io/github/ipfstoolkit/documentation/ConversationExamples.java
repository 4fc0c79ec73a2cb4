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
package io.github.ipfstoolkit.documentation;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.annotation.IpfsConversationListener;
import io.github.ipfstoolkit.annotation.IpfsListener;
import io.github.ipfstoolkit.annotation.Sender;
import io.github.ipfstoolkit.transmission.conversation.Conversation;
import io.github.ipfstoolkit.transmission.conversation.ConversationOperations;
import io.github.ipfstoolkit.transmission.conversation.ConversationOptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * Examples of conversations, and of requests and their answers.
 */
final class ConversationExamples {

	private ConversationExamples() {
	}

	// tag::start-conversation[]
	@Component
	class Caller {

		private final ConversationOperations conversations;

		Caller(ConversationOperations conversations) {
			this.conversations = conversations;
		}

		String greet(String contact) {
			try (Conversation conversation = this.conversations.startConversation(contact, "talk")) {
				conversation.say("Hello");
				return conversation.listenText(Duration.ofSeconds(10));
			}
		}

	}
	// end::start-conversation[]

	// tag::conversation-listener[]
	@Component
	class Talk {

		@IpfsConversationListener("talk")
		void on(Conversation conversation, @Sender PeerId from) {
			for (byte[] message : conversation) {
				conversation.say("I heard %d bytes of %s".formatted(message.length, from));
			}
		}

	}
	// end::conversation-listener[]

	// tag::conversation-listener-options[]
	@Component
	class Reception {

		@IpfsConversationListener(value = "reception", salutation = "Welcome to ${spring.application.name:here}",
				idleTimeout = "${reception.idle-timeout:10m}", maxMessageSize = "1MB")
		void on(Conversation conversation) {
			String greeting = new String(conversation.salutation(), StandardCharsets.UTF_8);
			conversation.say(greeting.isEmpty() ? "Who are you?" : greeting + " to you too");
		}

	}
	// end::conversation-listener-options[]

	// tag::conversation-flux[]
	Flux<Reading> readings(ConversationOperations conversations, String contact, JsonMapper mapper) {
		return Flux.using(() -> conversations.startConversation(contact, "readings"),
				(conversation) -> conversation.messages().map((bytes) -> mapper.readValue(bytes, Reading.class)));
	}
	// end::conversation-flux[]

	record Reading(String sensor, double value) {
	}

	// tag::conversation-options[]
	Conversation startPatiently(ConversationOperations conversations, String contact, byte[] salutation) {
		ConversationOptions options = conversations.options()
			.withTimeout(Duration.ofMinutes(2))
			.withRetries(10)
			.withIdleTimeout(Duration.ofHours(12))
			.withMaxMessageSize(DataSize.ofMegabytes(1))
			.withSalutation(salutation);
		return conversations.startConversation(contact, "talk", options);
	}
	// end::conversation-options[]

	// tag::answer[]
	@Component
	class Squares {

		@IpfsListener("square")
		int square(int number) {
			return number * number;
		}

		@IpfsListener("reverse")
		Mono<String> reverse(String text) {
			return Mono.fromCallable(() -> new StringBuilder(text).reverse().toString());
		}

	}
	// end::answer[]

	// tag::request[]
	@Component
	class Asker {

		private final ConversationOperations conversations;

		Asker(ConversationOperations conversations) {
			this.conversations = conversations;
		}

		int square(String contact, int number) {
			return this.conversations.sendAndReceive(contact, "square", number, Integer.class, Duration.ofSeconds(10));
		}

	}
	// end::request[]

	// tag::request-reactive[]
	Mono<Integer> squareLater(ConversationOperations conversations, String contact, int number) {
		return conversations.request(contact, "square", number, Integer.class, Duration.ofSeconds(10));
	}
	// end::request-reactive[]

}
