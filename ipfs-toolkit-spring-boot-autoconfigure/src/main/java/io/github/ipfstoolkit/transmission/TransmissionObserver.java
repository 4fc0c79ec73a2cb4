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

package io.github.ipfstoolkit.transmission;

import java.time.Duration;

import io.github.ipfstoolkit.PeerId;

/**
 * Is told of each message that is sent or received, for metrics and the like. Called on
 * the thread that sends or receives, by several threads at the same time: what takes long
 * slows messages down. What it throws is logged and has no other effect.
 *
 * @since 0.1.0
 */
public interface TransmissionObserver {

	/**
	 * A message was sent and acknowledged.
	 * @param receipt what was sent and how long it took
	 */
	default void sent(Receipt receipt) {
	}

	/**
	 * A message was not acknowledged, after all retries.
	 * @param to the name or peer ID that it was meant for
	 * @param listener the receiver's listener
	 * @param failure why; its class is one of a few
	 * @param duration how long it was tried
	 */
	default void sendFailed(String to, String listener, TransmissionException failure, Duration duration) {
	}

	/**
	 * A message was received, handled and acknowledged.
	 * @param sender the sender, as the node has authenticated it
	 * @param listener the listener's name
	 * @param bytes the payload's length
	 * @param duration how long it took from its first byte to the acknowledgement
	 */
	default void received(PeerId sender, String listener, long bytes, Duration duration) {
	}

	/**
	 * A message, request or stream of a peer was not accepted, or broke before its end.
	 * @param listener the listener's name
	 * @param reason why
	 */
	default void receiveFailed(String listener, ReceiveFailure reason) {
	}

}
