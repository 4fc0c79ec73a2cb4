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
import java.util.concurrent.Executor;

import io.github.ipfstoolkit.transmission.AcceptancePolicy;

import org.springframework.util.Assert;

/**
 * How raw buffers are sent and received.
 *
 * @param timeout how long opening a stream may take, and how long a write waits for the
 * peer to take what was written
 * @param linger how long a sender that closes keeps its stream open for what is still
 * under way; nothing tells it when all has arrived
 * @param readTimeout how long a receiver waits for the next bytes, zero for ever
 * @param maxStreams how many streams a receiver holds open at the same time; one more is
 * ended as soon as is known whose it is
 * @param peerShare the largest part of these, up to 1, that one peer may hold; it may
 * always hold one
 * @param acceptance decides who may send; a stream of others is ended at once
 * @param executor runs a task for each stream that is received, and one that accepts
 * them. It must start each at once, or reject it, and never queue
 * @since 0.1.0
 */
public record BufferOptions(Duration timeout, Duration linger, Duration readTimeout, int maxStreams, double peerShare,
		AcceptancePolicy acceptance, Executor executor) {

	/**
	 * Creates options.
	 * @throws IllegalArgumentException if a value is out of range
	 */
	public BufferOptions {
		Assert.isTrue(timeout.toMillis() > 0, "'timeout' must be positive");
		Assert.isTrue(!linger.isNegative(), "'linger' must not be negative");
		Assert.isTrue(!readTimeout.isNegative(), "'readTimeout' must not be negative");
		Assert.isTrue(maxStreams > 0, "'maxStreams' must be positive");
		Assert.isTrue(peerShare > 0 && peerShare <= 1, "'peerShare' must be above 0 and at most 1");
	}

}
