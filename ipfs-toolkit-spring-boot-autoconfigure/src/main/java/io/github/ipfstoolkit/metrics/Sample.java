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

package io.github.ipfstoolkit.metrics;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * What the node said when it was last asked. It is asked again and again in the
 * background, so that nobody who reads this has to wait for it.
 *
 * @param <T> the type of the reply
 */
final class Sample<T> {

	private static final Log logger = LogFactory.getLog(Sample.class);

	private final Supplier<Mono<T>> question;

	private final Duration interval;

	private final Duration timeout;

	private final ReentrantLock lock = new ReentrantLock();

	private @Nullable Disposable questions;

	private volatile @Nullable T latest;

	/**
	 * Creates a sample that is not taken yet.
	 * @param question asks the node
	 * @param interval how long to wait from one answer to the next question
	 * @param timeout how long to wait for an answer
	 */
	Sample(Supplier<Mono<T>> question, Duration interval, Duration timeout) {
		this.question = question;
		this.interval = interval;
		this.timeout = timeout;
	}

	void start() {
		this.lock.lock();
		try {
			if (this.questions == null) {
				// Subscribing may block, as where the node is still to be started
				this.questions = Mono.defer(this.question)
					// Reactor logs an error that comes after the stop
					.materialize()
					.subscribeOn(Schedulers.boundedElastic())
					.timeout(this.timeout)
					.<T>dematerialize()
					.doOnNext(this::keep)
					.onErrorResume(this::forget)
					.repeatWhen((answered) -> answered.delayElements(this.interval))
					.subscribe();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * An answer that was under way at the stop must not stay after it.
	 */
	private void keep(T answer) {
		this.lock.lock();
		try {
			if (this.questions != null) {
				this.latest = answer;
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * What is not known any more must not pass for the present.
	 */
	private Mono<T> forget(Throwable ex) {
		this.latest = null;
		logger.debug("The node did not tell its figures, they are asked for again in " + this.interval, ex);
		return Mono.empty();
	}

	void stop() {
		this.lock.lock();
		try {
			if (this.questions != null) {
				this.questions.dispose();
				this.questions = null;
			}
			this.latest = null;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Returns the last answer, {@code null} if the last question got none.
	 */
	@Nullable T latest() {
		return this.latest;
	}

}
