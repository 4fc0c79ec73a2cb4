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

package io.github.ipfstoolkit.listener;

import java.lang.reflect.UndeclaredThrowableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.IpfsTimeoutException;
import io.github.ipfstoolkit.testsupport.InMemoryTransmissionReceivers;
import io.github.ipfstoolkit.transmission.ReceiverOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.util.backoff.FixedBackOff;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link DefaultIpfsListenerContainer}.
 */
@ExtendWith(OutputCaptureExtension.class)
class DefaultIpfsListenerContainerTests {

	private final InMemoryTransmissionReceivers receivers = new InMemoryTransmissionReceivers();

	private final List<Object> events = Collections.synchronizedList(new ArrayList<>());

	@Test
	void messagesArriveBetweenStartAndStop() {
		List<Object> received = Collections.synchronizedList(new ArrayList<>());
		IpfsListenerContainer container = container((message) -> received.add(message.getPayload()));
		assertThat(this.receivers.send("chat", "early")).isCompletedExceptionally();
		container.start();
		this.receivers.send("chat", "hello").join();
		container.stop();
		assertThat(this.receivers.send("chat", "late")).isCompletedExceptionally();
		assertThat(received).hasSize(1);
	}

	@Test
	void lifeIsToldByEvents() {
		IpfsListenerContainer container = container((message) -> {
		});
		container.start();
		container.start();
		container.stop();
		container.stop();
		assertThat(this.events).extracting("class")
			.containsExactly(IpfsListenerStartingEvent.class, IpfsListenerStartedEvent.class,
					IpfsListenerStoppedEvent.class);
		assertThat(this.events).extracting("container").containsOnly(container);
	}

	@Test
	void canBeStartedAgainAfterItWasStopped() {
		IpfsListenerContainer container = container((message) -> {
		});
		container.start();
		container.stop();
		container.start();
		assertThat(container.isActive()).isTrue();
		assertThat(this.receivers.send("chat", "hello")).succeedsWithin(Duration.ofSeconds(30));
	}

	@Test
	void eventsArePublishedWithoutALock() {
		AtomicReference<IpfsListenerContainer> container = new AtomicReference<>();
		container.set(container((options) -> {
		}, (message) -> {
		}, (event) -> {
			this.events.add(event);
			if (event instanceof IpfsListenerStartedEvent) {
				CompletableFuture.runAsync(container.get()::stop).orTimeout(10, TimeUnit.SECONDS).join();
			}
		}));
		container.get().start();
		assertThat(container.get().isRunning()).isFalse();
		assertThat(this.events).last().isInstanceOf(IpfsListenerStoppedEvent.class);
	}

	/**
	 * A mistake that others paid for: to report "stopped" before all is done, or to take
	 * messages afterwards.
	 */
	@Test
	void stopsToReceiveThenDrainsThenClosesThenIsNotRunning() throws Exception {
		CountDownLatch handling = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		IpfsListenerContainer container = container((message) -> {
			handling.countDown();
			goOn.await();
		});
		container.start();
		CompletableFuture<Void> message = this.receivers.send("chat", "slow");
		handling.await();
		CompletableFuture<Void> stop = CompletableFuture.runAsync(container::stop);
		await().until(() -> this.receivers.calls().contains("drain chat"));
		assertThat(container.isRunning()).isTrue();
		assertThat(stop).isNotDone();
		assertThat(this.receivers.send("chat", "late")).isCompletedExceptionally();
		goOn.countDown();
		assertThat(stop).succeedsWithin(Duration.ofSeconds(30));
		assertThat(message).isCompleted();
		assertThat(container.isRunning()).isFalse();
		assertThat(this.receivers.calls()).containsExactly("open chat", "drain chat", "close chat");
	}

	@Test
	void stopIsBoundedByTheShutdownTimeout(CapturedOutput output) throws Exception {
		CountDownLatch handling = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		IpfsListenerContainer container = container((options) -> options.shutdownTimeout(Duration.ofMillis(50)),
				(message) -> {
					handling.countDown();
					goOn.await();
				}, this.events::add);
		container.start();
		CompletableFuture<Void> message = this.receivers.send("chat", "slow");
		handling.await();
		container.stop();
		assertThat(container.isRunning()).isFalse();
		assertThat(message).isNotDone();
		assertThat(output).containsOnlyOnce("Listener 'chat' was still handling messages after 50 ms");
		goOn.countDown();
	}

	@Test
	void listenerMayStopItself() {
		AtomicReference<IpfsListenerContainer> container = new AtomicReference<>();
		container.set(container((message) -> container.get().stop()));
		container.get().start();
		assertThat(this.receivers.send("chat", "stop")).succeedsWithin(Duration.ofSeconds(30));
		await().until(() -> !container.get().isRunning());
	}

	/**
	 * A mistake that others paid for: to refuse to start, or to go on, without anybody
	 * having decided it.
	 */
	@Test
	void startFailureIsThrownByDefault() {
		this.receivers.failNext(1);
		IpfsListenerContainer container = container((message) -> {
		});
		assertThatExceptionOfType(IpfsException.class).isThrownBy(container::start).withMessage("no node");
		assertThat(container.isRunning()).isFalse();
		assertThat(this.events).last().isInstanceOfSatisfying(IpfsListenerFailedToStartEvent.class, (event) -> {
			assertThat(event.getFailure()).hasMessage("no node");
			assertThat(event.isRetried()).isFalse();
		});
		container.start();
		assertThat(container.isActive()).isTrue();
	}

	/**
	 * The same mistake.
	 */
	@Test
	void startFailureIsLoggedWhereThePolicyIsToContinue(CapturedOutput output) {
		this.receivers.failNext(1);
		IpfsListenerContainer container = container(
				(options) -> options.startupFailurePolicy(StartupFailurePolicy.CONTINUE), (message) -> {
				}, this.events::add);
		container.start();
		assertThat(container.isRunning()).isFalse();
		assertThat(this.events).last().isInstanceOf(IpfsListenerFailedToStartEvent.class);
		assertThat(output).containsOnlyOnce("Listener 'chat' could not be started");
	}

	/**
	 * Two mistakes that others paid for: to try again without a pause, and to give up at
	 * once.
	 */
	@Test
	void startIsTriedAgainAfterPausesWhereThePolicyIsToRetry(CapturedOutput output) {
		this.receivers.failNext(2);
		IpfsListenerContainer container = container((options) -> retry(options, 1000, 10), (message) -> {
		}, this.events::add);
		long start = System.nanoTime();
		container.start();
		assertThat(container.isRunning()).isTrue();
		assertThat(container.isActive()).isFalse();
		container.awaitActive(Duration.ofSeconds(30));
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
		await().until(() -> this.events.size() == 4);
		assertThat(this.events).extracting("class")
			.containsExactly(IpfsListenerStartingEvent.class, IpfsListenerFailedToStartEvent.class,
					IpfsListenerFailedToStartEvent.class, IpfsListenerStartedEvent.class);
		assertThat(output.getAll().lines().filter((line) -> line.contains("could not be started"))).hasSize(2);
	}

	/**
	 * A mistake that others paid for: to be "running" for ever without a chance.
	 */
	@Test
	void retriesAreGivenUp(CapturedOutput output) {
		this.receivers.failNext(Integer.MAX_VALUE);
		IpfsListenerContainer container = container((options) -> retry(options, 1, 2), (message) -> {
		}, this.events::add);
		container.start();
		await().until(() -> !container.isRunning());
		await().untilAsserted(() -> assertThat(this.events).last()
			.isInstanceOfSatisfying(IpfsListenerFailedToStartEvent.class,
					(event) -> assertThat(event.isRetried()).isFalse()));
		assertThat(this.receivers.calls()).hasSize(3);
		assertThat(output).containsOnlyOnce("will not be tried again");
	}

	@Test
	void stopEndsRetries() {
		this.receivers.failNext(1);
		IpfsListenerContainer container = container((options) -> retry(options, 60_000, 10), (message) -> {
		}, this.events::add);
		container.start();
		container.stop();
		assertThat(container.isRunning()).isFalse();
		await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
			.doesNotContain("ipfs-listener-chat-start"));
		assertThat(this.receivers.calls()).hasSize(1);
	}

	/**
	 * A mistake that others paid for: to bury what the listener threw, and to log it
	 * twice.
	 */
	@Test
	void failureIsLoggedOnceWithWhatTheListenerThrew(CapturedOutput output) {
		container((message) -> {
			throw new UndeclaredThrowableException(new IllegalAccessException("no such room"));
		}).start();
		assertThat(this.receivers.send("chat", "hello")).failsWithin(Duration.ofSeconds(30))
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(ListenerExecutionFailedException.class)
			.withMessage("Listener 'chat' failed on a message from %s: %s", InMemoryTransmissionReceivers.ALICE,
					"java.lang.IllegalAccessException: no such room")
			.havingCause()
			.isInstanceOf(IllegalAccessException.class);
		assertThat(output.getAll().lines().filter((line) -> line.contains("Listener 'chat' failed"))).hasSize(1);
		assertThat(output).doesNotContain("UndeclaredThrowableException");
	}

	@Test
	void badPayloadIsLoggedWithoutAStackTrace(CapturedOutput output) {
		container((message) -> {
			throw new MessageConversionException("no JSON");
		}).start();
		assertThat(this.receivers.send("chat", "hello")).failsWithin(Duration.ofSeconds(30));
		assertThat(output).containsOnlyOnce("no JSON").doesNotContain("\tat ");
	}

	/**
	 * A mistake that others paid for: to let errors pass by the error handler.
	 */
	@Test
	void errorHandlerGetsErrorsToo(CapturedOutput output) {
		AtomicReference<Throwable> handled = new AtomicReference<>();
		container((options) -> options.errorHandler((message, failure) -> handled.set(failure.getCause())),
				(message) -> {
					throw new NoClassDefFoundError("gone");
				}, this.events::add)
			.start();
		assertThat(this.receivers.send("chat", "hello")).succeedsWithin(Duration.ofSeconds(30));
		assertThat(handled.get()).isInstanceOf(NoClassDefFoundError.class);
		assertThat(output).doesNotContain("failed");
	}

	@Test
	void errorHandlerThatFailsItselfIsLoggedOnceWithBothFailures(CapturedOutput output) {
		container((options) -> options.errorHandler((message, failure) -> {
			throw new IllegalStateException("second");
		}), (message) -> {
			throw new IllegalArgumentException("first");
		}, this.events::add).start();
		assertThat(this.receivers.send("chat", "hello")).failsWithin(Duration.ofSeconds(30))
			.withThrowableThat()
			.havingCause()
			.satisfies((thrown) -> {
				assertThat(thrown.getCause()).hasMessage("second");
				assertThat(thrown.getSuppressed()[0].getCause()).hasMessage("first");
			});
		assertThat(output).containsOnlyOnce("Listener 'chat' failed");
	}

	/**
	 * A mistake that others paid for: to have tests sleep until a listener is ready.
	 */
	@Test
	void readinessCanBeWaitedFor() {
		this.receivers.setActive(false);
		IpfsListenerContainer container = container((message) -> {
		});
		container.start();
		assertThatExceptionOfType(IpfsTimeoutException.class)
			.isThrownBy(() -> container.awaitActive(Duration.ofMillis(20)))
			.withMessageContaining("[chat]");
		this.receivers.setActive(true);
		container.awaitActive(Duration.ofSeconds(30));
		assertThat(container.isActive()).isTrue();
	}

	private static void retry(IpfsListenerOptions.Builder options, long interval, long maxAttempts) {
		options.startupFailurePolicy(StartupFailurePolicy.RETRY)
			.startupBackOff(new FixedBackOff(interval, maxAttempts));
	}

	private IpfsListenerContainer container(IpfsMessageListener listener) {
		return container((options) -> {
		}, listener, this.events::add);
	}

	private IpfsListenerContainer container(Consumer<IpfsListenerOptions.Builder> customizer,
			IpfsMessageListener listener, Consumer<Object> eventListener) {
		ReceiverOptions receiverOptions = new ReceiverOptions(1, 1, DataSize.ofBytes(1), Duration.ZERO, Duration.ZERO,
				Runnable::run);
		DefaultIpfsListenerContainerFactory factory = new DefaultIpfsListenerContainerFactory(
				IpfsListenerOptions.builder().build(),
				List.of(new TransmissionListenerSource(this.receivers, receiverOptions)));
		factory.setApplicationEventPublisher(eventListener::accept);
		return factory.createContainer(
				IpfsListenerEndpoint.of(IpfsListenerType.TRANSMISSION, "chat", listener).withOptions(customizer));
	}

}
