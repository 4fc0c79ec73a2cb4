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

import java.nio.charset.StandardCharsets;

import io.github.ipfstoolkit.PeerId;

/**
 * A message that was published to a topic.
 *
 * @param topic the topic's name
 * @param from who published it
 * @param data the message
 * @since 0.1.0
 */
public record TopicMessage(String topic, PeerId from, byte[] data) {

	/**
	 * Returns the message as text.
	 * @return the data, decoded as UTF-8
	 */
	public String text() {
		return new String(this.data, StandardCharsets.UTF_8);
	}

}
