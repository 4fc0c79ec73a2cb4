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

import java.util.OptionalLong;

import io.github.ipfstoolkit.PeerId;

/**
 * What a peer wants to send, as far as it is known before it is received.
 *
 * @param sender the peer, as the node has authenticated it
 * @param listener the name of the listener that it is meant for
 * @param size the size of the message or file in bytes; empty where the peer only asks
 * whether it may send, or starts a conversation
 * @since 0.1.0
 */
public record Offer(PeerId sender, String listener, OptionalLong size) {

	/**
	 * Returns what is known when a peer asks whether it may send.
	 * @param sender the peer
	 * @param listener the listener's name
	 * @return the offer, without a size
	 */
	public static Offer of(PeerId sender, String listener) {
		return new Offer(sender, listener, OptionalLong.empty());
	}

	/**
	 * Returns what is known when a message or file is about to come.
	 * @param sender the peer
	 * @param listener the listener's name
	 * @param size the size in bytes
	 * @return the offer
	 */
	public static Offer of(PeerId sender, String listener, long size) {
		return new Offer(sender, listener, OptionalLong.of(size));
	}

}
