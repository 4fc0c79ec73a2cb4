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

package io.github.ipfstoolkit.listener;

/**
 * Names of the headers of a message that a listener gets.
 *
 * @since 0.1.0
 */
public final class IpfsHeaders {

	private static final String PREFIX = "ipfs_";

	/**
	 * Who sent the message, as a {@link io.github.ipfstoolkit.PeerId}. The node has
	 * authenticated it: the peer at the other end of the stream, or the peer that signed
	 * the message to a topic.
	 */
	public static final String SENDER = PREFIX + "sender";

	/**
	 * Name that the message was sent to: that of the listener or of the topic.
	 */
	public static final String LISTENER = PREFIX + "listener";

	/**
	 * Length of the payload in bytes, as a {@link Long}.
	 */
	public static final String LENGTH = PREFIX + "length";

	/**
	 * Takes the answer, as a {@link java.util.function.Consumer} of an {@link Object},
	 * where the sender waits for one.
	 */
	public static final String REPLY = PREFIX + "reply";

	private IpfsHeaders() {
	}

}
