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
package io.github.ipfstoolkit.transmission.buffer;

import java.time.Duration;

import io.github.ipfstoolkit.PeerId;

/**
 * Is told of each stream of raw bytes, for metrics and the like. Called on the threads
 * that send and receive, by several at the same time. What it throws is logged and has no
 * other effect.
 *
 * @since 0.1.0
 */
public interface BufferObserver {

	/**
	 * A stream that was sent has ended.
	 * @param to the receiver
	 * @param listener the receiver's listener
	 * @param bytes how much was written
	 * @param duration how long it was open
	 */
	default void sent(PeerId to, String listener, long bytes, Duration duration) {
	}

	/**
	 * A stream that was received has ended.
	 * @param sender the sender
	 * @param listener the listener
	 * @param bytes how much was read
	 * @param duration how long it was open
	 */
	default void received(PeerId sender, String listener, long bytes, Duration duration) {
	}

}
