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
package io.github.ipfstoolkit.transmission.conversation;

import java.time.Duration;

import io.github.ipfstoolkit.transmission.Observers;

/**
 * Tells observers of one conversation.
 */
final class ConversationReport {

	private final Observers<ConversationObserver> observers;

	private final Conversation conversation;

	private final boolean started;

	private final long startedAt = System.nanoTime();

	ConversationReport(Observers<ConversationObserver> observers, Conversation conversation, boolean started) {
		this.observers = observers;
		this.conversation = conversation;
		this.started = started;
	}

	void opened() {
		this.observers.tell((observer) -> observer.opened(this.conversation, this.started));
	}

	void said(long bytes) {
		this.observers.tell((observer) -> observer.said(this.conversation, bytes));
	}

	void heard(long bytes) {
		this.observers.tell((observer) -> observer.heard(this.conversation, bytes));
	}

	void ended(RuntimeException reason) {
		ConversationOutcome outcome = ConversationOutcome.of(reason);
		Duration duration = Duration.ofNanos(System.nanoTime() - this.startedAt);
		this.observers.tell((observer) -> observer.ended(this.conversation, this.started, outcome, duration));
	}

}
