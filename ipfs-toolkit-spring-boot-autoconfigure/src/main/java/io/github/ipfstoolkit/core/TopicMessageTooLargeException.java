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

package io.github.ipfstoolkit.core;

import io.github.ipfstoolkit.IpfsException;

import org.springframework.util.unit.DataSize;

/**
 * Thrown when a message is too large to be published to a topic. Nodes would drop it
 * without a word.
 *
 * @since 0.1.0
 */
public class TopicMessageTooLargeException extends IpfsException {

	/**
	 * Creates an exception.
	 * @param topic the topic's name
	 * @param size the size in bytes of the message and the topic's name
	 * @param limit how large both may be
	 */
	public TopicMessageTooLargeException(String topic, long size, DataSize limit) {
		super("A message to topic '%s' has %d bytes with the topic's name, more than %d. Publish it as content and its CID to the topic"
			.formatted(topic, size, limit.toBytes()));
	}

}
