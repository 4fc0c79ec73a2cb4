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
 * @param acceptance decides who may send what
 * @param peerShare the largest part, up to 1, that one peer may hold of the streams, of
 * the long messages (over 64 KB) that are handled at the same time, and of the memory for
 * messages that are acknowledged before that; it may always hold one of each
 * @param ackMode when messages are acknowledged
 * @since 0.1.0
 */
public record ReceiverOptions(int concurrency, int maxConnections, DataSize maxMessageSize, Duration readTimeout,
		Duration idleTimeout, Executor executor, AcceptancePolicy acceptance, double peerShare, AckMode ackMode) {

	/**
	 * The part that one peer may hold, if not said otherwise.
	 */
	public static final double DEFAULT_PEER_SHARE = 0.75;

	public ReceiverOptions {
		Assert.isTrue(concurrency > 0, "'concurrency' must be positive");
		Assert.isTrue(maxConnections > 0, "'maxConnections' must be positive");
		Assert.isTrue(peerShare > 0 && peerShare <= 1, "'peerShare' must be above 0 and at most 1");
	}

	/**
	 * Creates options for a receiver that accepts from any peer, gives one peer at most
	 * three quarters, and acknowledges what has been handled.
	 * @param concurrency how many messages are handled at the same time
	 * @param maxConnections how many streams of peers are held open at the same time
	 * @param maxMessageSize the longest message that is read into memory
	 * @param readTimeout how long a message that has begun to arrive may pause
	 * @param idleTimeout after what time without a message an open stream is ended
	 * @param executor runs a task for each open stream
	 */
	public ReceiverOptions(int concurrency, int maxConnections, DataSize maxMessageSize, Duration readTimeout,
			Duration idleTimeout, Executor executor) {
		this(concurrency, maxConnections, maxMessageSize, readTimeout, idleTimeout, executor, AcceptancePolicy.any(),
				DEFAULT_PEER_SHARE, AckMode.HANDLED);
	}

	/**
	 * Returns these options with another concurrency, executor and acknowledgement: what
	 * each listener has of its own.
	 * @param concurrency how many messages are handled at the same time
	 * @param executor runs a task for each open stream
	 * @param ackMode when messages are acknowledged
	 * @return the changed copy
	 */
	public ReceiverOptions with(int concurrency, Executor executor, AckMode ackMode) {
		return new ReceiverOptions(concurrency, this.maxConnections, this.maxMessageSize, this.readTimeout,
				this.idleTimeout, executor, this.acceptance, this.peerShare, ackMode);
	}

	/**
	 * Returns these options with another policy.
	 * @param acceptance decides who may send what
	 * @return the changed copy
	 */
	public ReceiverOptions with(AcceptancePolicy acceptance) {
		return new ReceiverOptions(this.concurrency, this.maxConnections, this.maxMessageSize, this.readTimeout,
				this.idleTimeout, this.executor, acceptance, this.peerShare, this.ackMode);
	}

}
