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

package io.github.ipfstoolkit.transmission.file;

import java.time.Duration;

import io.github.ipfstoolkit.transmission.conversation.Conversation;

/**
 * Tells the other end now and then how far this one is, where it takes long to answer.
 */
final class SignOfLife {

	/**
	 * Below any sensible time-out, and often enough to show a progress.
	 */
	private static final long INTERVAL = Duration.ofMillis(500).toNanos();

	private final Conversation conversation;

	private long last = System.nanoTime();

	SignOfLife(Conversation conversation) {
		this.conversation = conversation;
	}

	/**
	 * Tells, if it was not told a moment ago.
	 * @param bytes how many bytes have been dealt with
	 */
	void say(long bytes) {
		if (System.nanoTime() - this.last >= INTERVAL) {
			this.conversation.say(FileMessage.of(FileMessage.PROGRESS, bytes).toBytes());
			this.last = System.nanoTime();
		}
	}

}
