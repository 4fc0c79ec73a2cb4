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
import java.util.concurrent.Executor;

import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * How a receiver receives.
 *
 * @param concurrency how many messages are handled at the same time
 * @param maxConnections how many streams of peers are held open at the same time
 * @param maxMessageSize the longest message that is read into memory; a handler that
 * takes a stream has no limit
 * @param readTimeout how long a message that has begun to arrive may pause
 * @param idleTimeout after what time without a message an open stream is ended
 * @param executor runs a task for each open stream, on which its messages are handled,
 * and two tasks that accept streams. It must start each at once, or reject it, and never
 * queue
 * @since 0.1.0
 */
public record ReceiverOptions(int concurrency, int maxConnections, DataSize maxMessageSize, Duration readTimeout,
		Duration idleTimeout, Executor executor) {

	public ReceiverOptions {
		Assert.isTrue(concurrency > 0, "'concurrency' must be positive");
		Assert.isTrue(maxConnections > 0, "'maxConnections' must be positive");
	}

}
