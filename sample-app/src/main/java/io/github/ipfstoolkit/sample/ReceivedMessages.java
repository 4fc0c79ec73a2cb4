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

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.annotation.IpfsListener;
import io.github.ipfstoolkit.annotation.Sender;
import io.github.ipfstoolkit.contacts.Contact;

import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Keeps the newest messages that have arrived, and tells open pages of each.
 */
@Component
class ReceivedMessages {

	private static final int KEPT = 1000;

	private final Lock lock = new ReentrantLock();

	private final Deque<ReceivedMessage> messages = new ArrayDeque<>();

	private final List<SseEmitter> pages = new ArrayList<>();

	@IpfsListener("chat")
	void receive(String text, @Sender PeerId from, @Sender Optional<Contact> contact) {
		ReceivedMessage message = new ReceivedMessage(from, contact.map(Contact::name).orElse(null), text,
				Instant.now());
		this.lock.lock();
		try {
			this.messages.addLast(message);
			if (this.messages.size() > KEPT) {
				this.messages.removeFirst();
			}
			this.pages.removeIf((page) -> !tell(page, message));
		}
		finally {
			this.lock.unlock();
		}
	}

	List<ReceivedMessage> all() {
		this.lock.lock();
		try {
			return List.copyOf(this.messages);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Opens a stream of all messages kept, and of those to come.
	 */
	SseEmitter follow() {
		SseEmitter page = new SseEmitter(0L);
		this.lock.lock();
		try {
			if (this.messages.stream().allMatch((message) -> tell(page, message))) {
				this.pages.add(page);
			}
		}
		finally {
			this.lock.unlock();
		}
		return page;
	}

	private static boolean tell(SseEmitter page, ReceivedMessage message) {
		try {
			page.send(message);
			return true;
		}
		catch (IOException | IllegalStateException ex) {
			// the page was closed
			return false;
		}
	}

}
