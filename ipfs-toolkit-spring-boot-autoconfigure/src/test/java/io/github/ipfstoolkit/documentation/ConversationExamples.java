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

import java.time.Duration;

import io.github.ipfstoolkit.transmission.conversation.Conversation;
import io.github.ipfstoolkit.transmission.conversation.ConversationOperations;

import org.springframework.stereotype.Component;

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

}
