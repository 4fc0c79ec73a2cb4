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

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;

import io.github.ipfstoolkit.PeerId;
import org.jspecify.annotations.Nullable;

/**
 * Messages that are acknowledged before they are handled. They wait in memory, of which
 * there is a limited amount; those of one peer are handled in their order, peers in turn.
 */
final class Backlog {

	private final Executor executor;

	private final int maxWorkers;

	private final Semaphore memory;

	private final ReentrantLock lock = new ReentrantLock();

	private final Map<PeerId, Queue<Runnable>> waiting = new LinkedHashMap<>();

	private int workers;

	/**
	 * Creates a backlog.
	 * @param executor runs the workers, each until nothing waits any more
	 * @param maxWorkers how many messages are handled at the same time
	 * @param memory how much memory there is, in {@link Share#units(long) units}
	 */
	Backlog(Executor executor, int maxWorkers, Semaphore memory) {
		this.executor = executor;
		this.maxWorkers = maxWorkers;
		this.memory = memory;
	}

	/**
	 * Reads a message once there is memory for it.
	 * @param sender who sends it
	 * @param share what the sender may take
	 * @param length the message's length
	 * @param input where it comes from
	 * @return the message, to be handled or released
	 */
	Stored store(PeerId sender, Share share, long length, InputStream input) throws IOException, InterruptedException {
		int units = Share.units(length);
		share.memory().acquire(units);
		boolean stored = false;
		try {
			this.memory.acquire(units);
			try {
				byte[] bytes = input.readNBytes((int) length);
				if (bytes.length < length) {
					throw new EOFException("The stream ended within a message");
				}
				stored = true;
				return new Stored(sender, share.memory(), units, bytes);
			}
			finally {
				if (!stored) {
					this.memory.release(units);
				}
			}
		}
		finally {
			if (!stored) {
				share.memory().release(units);
			}
		}
	}

	private void add(PeerId sender, Runnable handling) {
		boolean more;
		this.lock.lock();
		try {
			this.waiting.computeIfAbsent(sender, (key) -> new ArrayDeque<>()).add(handling);
			more = this.workers < this.maxWorkers;
			if (more) {
				this.workers++;
			}
		}
		finally {
			this.lock.unlock();
		}
		if (more) {
			startWorker();
		}
	}

	private void startWorker() {
		try {
			this.executor.execute(this::work);
		}
		catch (RejectedExecutionException | OutOfMemoryError ex) {
			// what was acknowledged must be handled
			work();
		}
	}

	private void work() {
		for (Runnable next = next(); next != null; next = next()) {
			next.run();
		}
	}

	private @Nullable Runnable next() {
		this.lock.lock();
		try {
			if (this.waiting.isEmpty()) {
				this.workers--;
				return null;
			}
			Map.Entry<PeerId, Queue<Runnable>> first = this.waiting.entrySet().iterator().next();
			PeerId sender = first.getKey();
			Queue<Runnable> queue = first.getValue();
			Runnable handling = queue.remove();
			this.waiting.remove(sender);
			if (!queue.isEmpty()) {
				// behind all others
				this.waiting.put(sender, queue);
			}
			return handling;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * A message in memory.
	 */
	final class Stored {

		private final PeerId sender;

		private final Semaphore peersMemory;

		private final int units;

		private final byte[] bytes;

		Stored(PeerId sender, Semaphore peersMemory, int units, byte[] bytes) {
			this.sender = sender;
			this.peersMemory = peersMemory;
			this.units = units;
			this.bytes = bytes;
		}

		byte[] bytes() {
			return this.bytes;
		}

		/**
		 * Lets the message be handled soon, and gives its memory back afterwards.
		 * @param handling does not throw
		 */
		void handleLater(Runnable handling) {
			add(this.sender, () -> {
				try {
					handling.run();
				}
				finally {
					release();
				}
			});
		}

		/**
		 * Gives the memory back.
		 */
		void release() {
			Backlog.this.memory.release(this.units);
			this.peersMemory.release(this.units);
		}

	}

}
