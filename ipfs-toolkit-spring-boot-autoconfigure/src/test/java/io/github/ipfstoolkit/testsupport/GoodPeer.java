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

package io.github.ipfstoolkit.testsupport;

import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A peer that does the same again and again while another one is hostile, and that has to
 * be served all the while.
 */
public final class GoodPeer {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final ExecutorService executor = Executors.newSingleThreadExecutor();

	private final ConcurrentLinkedQueue<Long> micros = new ConcurrentLinkedQueue<>();

	private final Future<?> work;

	private volatile boolean goOn = true;

	/**
	 * Begins to work.
	 * @param task what it does; that it fails fails the test
	 */
	public GoodPeer(Task task) {
		this.work = this.executor.submit(() -> {
			while (this.goOn) {
				long start = System.nanoTime();
				task.run();
				this.micros.add((System.nanoTime() - start) / 1000);
				TimeUnit.MILLISECONDS.sleep(5);
			}
			return null;
		});
	}

	/**
	 * Waits until it was served a number of times more.
	 */
	public void awaitServed(int times) {
		int before = this.micros.size();
		Awaitility.await().atMost(PATIENCE).until(() -> this.micros.size() >= before + times || this.work.isDone());
	}

	/**
	 * Ends its work once it was served some times more, and prints how often and how fast
	 * it was served.
	 * @param transport the transport between the nodes
	 * @param what what was done
	 */
	public void stop(String transport, String what) {
		awaitServed(10);
		this.goOn = false;
		assertThat(this.work).succeedsWithin(PATIENCE);
		this.executor.shutdown();
		long[] sorted = this.micros.stream().mapToLong(Long::longValue).sorted().toArray();
		System.out.printf("[figures] %s: meanwhile a good peer %s %d times: %.2f ms (median), %.1f ms at most%n",
				transport, what, sorted.length, sorted[sorted.length / 2] / 1000.0, sorted[sorted.length - 1] / 1000.0);
	}

	/**
	 * What a good peer does.
	 */
	public interface Task {

		/**
		 * Does it once.
		 */
		void run() throws Exception;

	}

}
