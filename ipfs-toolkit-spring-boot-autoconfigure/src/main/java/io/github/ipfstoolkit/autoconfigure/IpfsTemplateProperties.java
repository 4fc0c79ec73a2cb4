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

package io.github.ipfstoolkit.autoconfigure;

import io.github.ipfstoolkit.core.IpfsTemplate;
import io.github.ipfstoolkit.core.TopicTemplate;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * How everyday operations behave.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("ipfs.template")
public class IpfsTemplateProperties {

	/**
	 * Maximum size of content that is read into memory as bytes or text. Streams and
	 * downloads have no limit.
	 */
	private DataSize maxInMemorySize = IpfsTemplate.DEFAULT_MAX_IN_MEMORY_SIZE;

	private final Topic topic = new Topic();

	public DataSize getMaxInMemorySize() {
		return this.maxInMemorySize;
	}

	public void setMaxInMemorySize(DataSize maxInMemorySize) {
		this.maxInMemorySize = maxInMemorySize;
	}

	public Topic getTopic() {
		return this.topic;
	}

	/**
	 * How subscriptions to topics behave.
	 */
	public static class Topic {

		/**
		 * Maximum size of the messages that each subscription keeps until they are
		 * handled. Those beyond it are dropped.
		 */
		private DataSize maxPendingSize = TopicTemplate.DEFAULT_MAX_PENDING_SIZE;

		public DataSize getMaxPendingSize() {
			return this.maxPendingSize;
		}

		public void setMaxPendingSize(DataSize maxPendingSize) {
			this.maxPendingSize = maxPendingSize;
		}

	}

}
