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

package io.github.ipfstoolkit.benchmarks;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Adds up the time of the two sides of a ratio that take turns within one benchmark, so
 * that both have the same machine, which differs from one minute to the next. JMH reports
 * the fields beside the time of the benchmark itself.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class Turns {

	/**
	 * What the peer took in all, in nanoseconds.
	 */
	public long peer;

	/**
	 * What the toolkit took in all, in nanoseconds.
	 */
	public long toolkit;

	void take(int times, Turn peer, Turn toolkit) throws Exception {
		this.peer += time(times, peer);
		this.toolkit += time(times, toolkit);
	}

	/**
	 * Each side once, after something that does not count.
	 */
	void takeAfter(Turn before, Turn peer, Turn toolkit) throws Exception {
		before.run();
		this.peer += time(1, peer);
		before.run();
		this.toolkit += time(1, toolkit);
	}

	private static long time(int times, Turn turn) throws Exception {
		long start = System.nanoTime();
		for (int i = 0; i < times; i++) {
			turn.run();
		}
		return System.nanoTime() - start;
	}

	/**
	 * What one side does, over the network or as a program, so that it is done also where
	 * its result is not used.
	 */
	@FunctionalInterface
	interface Turn {

		void run() throws Exception;

	}

}
