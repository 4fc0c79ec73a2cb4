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

package io.github.ipfstoolkit.rpc.cli;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;

/**
 * Notices a process that makes no progress. Time in which the consumer of its output asks
 * for nothing, or the source of its input has nothing to give, does not count. Safe for
 * use by several threads.
 */
final class Watchdog {

	private final long timeout;

	private final Runnable alarm;

	private volatile boolean reading;

	private volatile boolean writing;

	private volatile boolean inputComplete;

	private volatile boolean stopped;

	private volatile long lastProgress = System.nanoTime();

	private volatile @Nullable Disposable timer;

	/**
	 * Creates a watchdog that sleeps until it is started.
	 * @param timeout how long may pass without progress
	 * @param alarm what to do then, without blocking
	 */
	Watchdog(Duration timeout, Runnable alarm) {
		this.timeout = timeout.toNanos();
		this.alarm = alarm;
	}

	void start() {
		progress();
		schedule(this.timeout);
	}

	void stop() {
		this.stopped = true;
		Disposable timer = this.timer;
		if (timer != null) {
			timer.dispose();
		}
	}

	/**
	 * Says that something has come from the process.
	 */
	void progress() {
		this.lastProgress = System.nanoTime();
	}

	void reading(boolean reading) {
		progress();
		this.reading = reading;
	}

	void writing(boolean writing) {
		progress();
		this.writing = writing;
	}

	void inputComplete() {
		progress();
		this.inputComplete = true;
	}

	private void schedule(long nanos) {
		if (!this.stopped) {
			this.timer = Schedulers.parallel().schedule(this::check, nanos, TimeUnit.NANOSECONDS);
		}
	}

	private void check() {
		if (this.stopped) {
			return;
		}
		boolean waiting = this.writing || (this.inputComplete && this.reading);
		long left = waiting ? this.timeout - (System.nanoTime() - this.lastProgress) : this.timeout;
		if (left > 0) {
			schedule(left);
		}
		else {
			this.alarm.run();
		}
	}

}
