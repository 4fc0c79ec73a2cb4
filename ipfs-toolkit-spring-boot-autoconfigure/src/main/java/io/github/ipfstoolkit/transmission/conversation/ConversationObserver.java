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

import io.github.ipfstoolkit.PeerId;
import org.jspecify.annotations.Nullable;

/**
 * Is told of conversations, for metrics and the like. Called on the threads that
 * converse, by several at the same time: what takes long slows conversations down. What
 * it throws is logged and has no other effect.
 *
 * @since 0.1.0
 */
public interface ConversationObserver {

	/**
	 * A conversation was opened.
	 * @param conversation the conversation
	 * @param started whether this application has started it; otherwise it has joined
	 */
	default void opened(Conversation conversation, boolean started) {
	}

	/**
	 * A conversation could not be started, after all retries.
	 * @param to the peer
	 * @param listener the peer's listener
	 * @param failure why; its class is one of a few
	 * @param duration how long it was tried
	 */
	default void startFailed(PeerId to, String listener, RuntimeException failure, Duration duration) {
	}

	/**
	 * Something was said here, and is on its way.
	 * @param conversation the conversation
	 * @param bytes how long it was, as it was sent
	 */
	default void said(Conversation conversation, long bytes) {
	}

	/**
	 * Something that the peer has said was listened to here.
	 * @param conversation the conversation
	 * @param bytes how much of it was read
	 */
	default void heard(Conversation conversation, long bytes) {
	}

	/**
	 * A conversation has ended. Told once for each that was opened.
	 * @param conversation the conversation
	 * @param started whether this application has started it
	 * @param outcome how it has ended at this end
	 * @param duration how long it was open
	 */
	default void ended(Conversation conversation, boolean started, ConversationOutcome outcome, Duration duration) {
	}

	/**
	 * A request was answered, or has failed.
	 * @param to the peer
	 * @param listener the peer's listener
	 * @param failure why it failed, {@code null} if it did not; its class is one of a few
	 * @param duration how long it took
	 */
	default void requested(PeerId to, String listener, @Nullable RuntimeException failure, Duration duration) {
	}

}
