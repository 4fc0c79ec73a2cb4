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

import java.util.concurrent.Semaphore;

import org.springframework.util.unit.DataSize;

/**
 * What may be taken of a receiver's means at the same time: by one peer, or by all.
 *
 * @param messages a permit for each message that is handled; of one peer, each long one
 * @param memory a permit for each KiB of a message that was acknowledged before it is
 * handled
 */
record Share(Semaphore messages, Semaphore memory) {

	private static final int UNIT = 1024;

	/**
	 * Returns all that a receiver has: memory for two of the longest messages.
	 */
	static Share whole(ReceiverOptions options) {
		return new Share(new Semaphore(options.concurrency(), true), new Semaphore(wholeMemory(options), true));
	}

	/**
	 * Returns what one peer may take of it: at least one message, of any length that is
	 * received.
	 */
	static Share ofPeer(ReceiverOptions options) {
		int memory = Math.max((int) (wholeMemory(options) * options.peerShare()),
				units(options.maxMessageSize().toBytes()));
		return new Share(new Semaphore(limit(options.concurrency(), options.peerShare()), true),
				new Semaphore(memory, true));
	}

	/**
	 * Returns a part of a number, but at least 1.
	 */
	static int limit(int whole, double part) {
		return Math.max(1, (int) (whole * part));
	}

	/**
	 * Returns how many permits a message takes: one more than its length, as it costs
	 * something in any case.
	 */
	static int units(long length) {
		return (int) Math.min(length / UNIT + 1, Integer.MAX_VALUE / 2);
	}

	private static int wholeMemory(ReceiverOptions options) {
		DataSize longest = options.maxMessageSize();
		return 2 * units(longest.toBytes());
	}

}
