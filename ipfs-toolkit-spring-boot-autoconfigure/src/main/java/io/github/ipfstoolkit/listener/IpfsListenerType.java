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

import io.github.ipfstoolkit.core.TopicMessage;
import io.github.ipfstoolkit.transmission.Transmission;
import io.github.ipfstoolkit.transmission.conversation.Conversation;
import io.github.ipfstoolkit.transmission.file.ReceivedFile;

/**
 * What a listener listens to. The container factory needs an {@link IpfsListenerSource}
 * for each type that is used.
 *
 * @since 0.1.0
 */
public enum IpfsListenerType {

	/**
	 * Messages that peers send to the listener's name; each is acknowledged.
	 */
	TRANSMISSION(Transmission.class),

	/**
	 * Conversations that peers start at the listener's name.
	 */
	CONVERSATION(Conversation.class),

	/**
	 * Messages that are published to a topic.
	 */
	TOPIC(TopicMessage.class),

	/**
	 * Files that peers send to the listener's name.
	 */
	FILE(ReceivedFile.class);

	private final Class<?> payloadType;

	IpfsListenerType(Class<?> payloadType) {
		this.payloadType = payloadType;
	}

	/**
	 * Returns what the payload of a message is before it is converted.
	 * @return the type of the payload
	 */
	public Class<?> payloadType() {
		return this.payloadType;
	}

}
