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
package io.github.ipfstoolkit.transmission.file;

import java.time.Duration;
import java.util.function.Function;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.transmission.conversation.ListenTimeoutException;

/**
 * Gives up on a peer that lets this end wait for longer than the time-out in total for
 * any 64 KiB of a file. A time-out for each wait alone would let a peer that says a
 * little now and then hold on forever. For use by one thread.
 */
final class Pace {

	static final int PORTION = 64 * 1024;

	private final PeerId peer;

	private final Duration timeout;

	private long waited;

	private long position;

	/**
	 * Creates a pace.
	 * @param start how much of the file is done already
	 */
	Pace(PeerId peer, Duration timeout, long start) {
		this.peer = peer;
		this.timeout = timeout;
		this.position = start;
	}

	/**
	 * Waits for the peer.
	 * @param wait waits, for no longer than it is told
	 * @throws ListenTimeoutException if there is no time left
	 */
	<T> T await(Function<Duration, T> wait) {
		long remaining = this.timeout.toNanos() - this.waited;
		if (remaining <= 0) {
			throw new ListenTimeoutException(this.peer, this.timeout);
		}
		long start = System.nanoTime();
		try {
			return wait.apply(Duration.ofNanos(remaining));
		}
		finally {
			this.waited += System.nanoTime() - start;
		}
	}

	/**
	 * Notes how much of the file is done.
	 */
	void reached(long position) {
		if (position - this.position >= PORTION) {
			this.position = position;
			this.waited = 0;
		}
	}

}
