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

package io.github.ipfstoolkit.sample;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.ipfstoolkit.transmission.conversation.Conversation;
import io.github.ipfstoolkit.transmission.conversation.ConversationOperations;

import org.springframework.util.Assert;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Talks to a peer and collects its answers.
 */
@RestController
@RequestMapping("/api/conversations")
class ConversationController {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private final ConversationOperations conversations;

	ConversationController(ConversationOperations conversations) {
		this.conversations = conversations;
	}

	@PostMapping
	Replies talk(@RequestBody NewConversation request) {
		List<String> replies = new ArrayList<>();
		try (Conversation conversation = this.conversations.startConversation(request.to(), "talk")) {
			for (String message : request.messages()) {
				conversation.say(message);
				replies.add(conversation.listenText(TIMEOUT));
			}
		}
		return new Replies(replies);
	}

	record NewConversation(String to, List<String> messages) {

		NewConversation {
			Assert.notNull(to, "'to' is missing");
			Assert.notNull(messages, "'messages' are missing");
		}

	}

	record Replies(List<String> replies) {
	}

}
