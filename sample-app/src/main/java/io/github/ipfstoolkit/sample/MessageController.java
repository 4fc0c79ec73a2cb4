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

import java.util.List;

import io.github.ipfstoolkit.transmission.Receipt;
import io.github.ipfstoolkit.transmission.TransmissionOperations;

import org.springframework.http.MediaType;
import org.springframework.util.Assert;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Sends messages, and shows those that have arrived.
 */
@RestController
@RequestMapping("/api/messages")
class MessageController {

	private final TransmissionOperations transmissions;

	private final ReceivedMessages received;

	MessageController(TransmissionOperations transmissions, ReceivedMessages received) {
		this.transmissions = transmissions;
		this.received = received;
	}

	@GetMapping
	List<ReceivedMessage> all() {
		return this.received.all();
	}

	@GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	SseEmitter follow() {
		return this.received.follow();
	}

	@PostMapping
	Sent send(@RequestBody NewMessage message) {
		Receipt receipt = this.transmissions.send(message.to(), "chat", message.text());
		return new Sent(message.to(), receipt.duration().toNanos() / 1e6);
	}

	record NewMessage(String to, String text) {

		NewMessage {
			Assert.notNull(to, "'to' is missing");
			Assert.notNull(text, "'text' is missing");
		}

	}

	record Sent(String to, double millis) {
	}

}
