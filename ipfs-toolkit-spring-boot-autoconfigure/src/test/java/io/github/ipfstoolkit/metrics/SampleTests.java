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
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link Sample}.
 */
class SampleTests {

	private final Queue<Mono<String>> answers = new ConcurrentLinkedQueue<>();

	private final AtomicInteger questions = new AtomicInteger();

	private final AtomicInteger open = new AtomicInteger();

	private final Sample<String> sample = new Sample<>(this::ask, Duration.ofMillis(1), Duration.ofMinutes(1));

	@AfterEach
	void stop() {
		this.sample.stop();
	}

	@Test
	void nothingIsAskedBeforeTheStart() {
		assertThat(this.sample.latest()).isNull();
		assertThat(this.questions).hasValue(0);
	}

	@Test
	void latestAnswerReplacesTheOneBefore() {
		this.answers.add(Mono.just("one"));
		this.sample.start();
		await().until(() -> "one".equals(this.sample.latest()));
		this.answers.add(Mono.just("two"));
		await().until(() -> "two".equals(this.sample.latest()));
	}

	@Test
	void errorIsForgottenAndAskedAgain() {
		this.answers.add(Mono.just("one"));
		this.sample.start();
		await().until(() -> "one".equals(this.sample.latest()));
		this.answers.add(Mono.error(new IllegalStateException("down")));
		await().until(() -> this.sample.latest() == null);
		this.answers.add(Mono.just("two"));
		await().until(() -> "two".equals(this.sample.latest()));
	}

	@Test
	void questionWithoutAnswerIsGivenUpAndAskedAgain() {
		Sample<String> sample = new Sample<>(
				() -> (this.questions.incrementAndGet() == 1) ? Mono.never() : Mono.just("two"), Duration.ofMillis(1),
				Duration.ofMillis(20));
		sample.start();
		await().until(() -> "two".equals(sample.latest()));
		sample.stop();
	}

	@Test
	void questionsNeverOverlap() {
		AtomicInteger most = new AtomicInteger();
		Sample<String> sample = new Sample<>(
				() -> Mono.just("x").delayElement(Duration.ofMillis(5)).doOnSubscribe((subscription) -> {
					this.questions.incrementAndGet();
					most.accumulateAndGet(this.open.incrementAndGet(), Math::max);
				}).doOnTerminate(this.open::decrementAndGet), Duration.ofMillis(1), Duration.ofSeconds(20));
		sample.start();
		sample.start();
		await().until(() -> this.questions.get() > 5);
		sample.stop();
		assertThat(most).hasValue(1);
	}

	@Test
	void stopForgetsTheAnswerAndCancelsTheQuestion() {
		Sample<String> sample = new Sample<>(() -> Mono.<String>never()
			.doOnSubscribe((subscription) -> this.open.incrementAndGet())
			.doOnCancel(this.open::decrementAndGet), Duration.ofMillis(1), Duration.ofMinutes(1));
		sample.start();
		await().until(() -> this.open.get() == 1);
		sample.stop();
		assertThat(sample.latest()).isNull();
		await().until(() -> this.open.get() == 0);
	}

	@Test
	void errorAfterTheStopIsOfNoInterest() throws InterruptedException {
		List<Throwable> dropped = new CopyOnWriteArrayList<>();
		Hooks.onErrorDropped(dropped::add);
		try {
			CountDownLatch asked = new CountDownLatch(1);
			Semaphore stopped = new Semaphore(0);
			CountDownLatch answered = new CountDownLatch(1);
			Sample<String> sample = new Sample<>(() -> {
				asked.countDown();
				// stopping interrupts it
				stopped.acquireUninterruptibly();
				return Mono.<String>error(new IllegalStateException("closed"))
					.doFinally((signal) -> answered.countDown());
			}, Duration.ofMillis(1), Duration.ofMinutes(1));
			sample.start();
			assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
			sample.stop();
			stopped.release();
			assertThat(answered.await(20, TimeUnit.SECONDS)).isTrue();
			assertThat(dropped).isEmpty();
		}
		finally {
			Hooks.resetOnErrorDropped();
		}
	}

	@Test
	void canBeStartedAgain() {
		this.answers.add(Mono.just("one"));
		this.sample.start();
		await().until(() -> "one".equals(this.sample.latest()));
		this.sample.stop();
		this.sample.start();
		// a question that was under way at the stop may still take an answer
		await().until(() -> this.answers.add(Mono.just("two")) && "two".equals(this.sample.latest()));
	}

	private Mono<String> ask() {
		this.questions.incrementAndGet();
		Mono<String> answer = this.answers.poll();
		return (answer != null) ? answer : Mono.empty();
	}

}
