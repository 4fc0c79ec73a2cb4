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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.IpfsTimeoutException;
import io.github.ipfstoolkit.testsupport.InMemoryTransmissionReceivers;
import io.github.ipfstoolkit.transmission.ReceiverOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link IpfsListenerEndpointRegistry}.
 */
class IpfsListenerEndpointRegistryTests {

	private static final IpfsMessageListener NOTHING = (message) -> {
	};

	private final List<Thread> earlierThreads = allKeepAliveThreads();

	private final InMemoryTransmissionReceivers receivers = new InMemoryTransmissionReceivers();

	private final IpfsListenerEndpointRegistry registry = new IpfsListenerEndpointRegistry(factory());

	@AfterEach
	void stop() {
		this.registry.stop();
	}

	/**
	 * A mistake that others paid for: to leave the phase to chance.
	 */
	@Test
	void startsAfterWebServersAndStopsBeforeThem() {
		assertThat(this.registry.getPhase()).isEqualTo(IpfsListenerEndpointRegistry.PHASE)
			.isEqualTo(SmartLifecycle.DEFAULT_PHASE - 100)
			.isGreaterThan(SmartLifecycle.DEFAULT_PHASE - 1024);
	}

	@Test
	void findsListenersById() {
		IpfsListenerContainer chat = this.registry.register(endpoint("chat"));
		IpfsListenerContainer other = this.registry.register(endpoint("chat").withId("other"));
		assertThat(this.registry.find("chat")).containsSame(chat);
		assertThat(this.registry.find("other")).containsSame(other);
		assertThat(this.registry.find("none")).isEmpty();
		assertThat(this.registry.getContainers()).containsExactly(chat, other);
	}

	@Test
	void refusesASecondListenerOfTheSameId() {
		this.registry.register(endpoint("chat"));
		assertThatExceptionOfType(InvalidListenerException.class)
			.isThrownBy(() -> this.registry.register(endpoint("chat")))
			.withMessage("There are two listeners with the ID 'chat'. Give one of them an 'id' of its own");
	}

	@Test
	void refusesAnEndpointWithoutASource() {
		assertThatExceptionOfType(InvalidListenerException.class)
			.isThrownBy(() -> this.registry.register(IpfsListenerEndpoint.of(IpfsListenerType.TOPIC, "news", NOTHING)))
			.withMessageContaining("Listener 'topic:news' is of type TOPIC");
	}

	@Test
	void startsAndStopsOneListener() {
		IpfsListenerContainer chat = this.registry.register(endpoint("chat"));
		IpfsListenerContainer other = this.registry.register(endpoint("other"));
		this.registry.start("chat");
		assertThat(chat.isActive()).isTrue();
		assertThat(other.isRunning()).isFalse();
		this.registry.stop("chat");
		assertThat(chat.isRunning()).isFalse();
		assertThatExceptionOfType(InvalidListenerException.class).isThrownBy(() -> this.registry.start("none"))
			.withMessage("There is no listener with the ID 'none', but [chat, other]");
	}

	/**
	 * A mistake that others paid for: to start what is not to start when a paused context
	 * goes on.
	 */
	@Test
	void restartStartsOnlyWhatStartsWithTheApplication() {
		IpfsListenerContainer automatic = this.registry.register(endpoint("automatic"));
		IpfsListenerContainer manual = this.registry
			.register(endpoint("manual").withOptions((options) -> options.autoStartup(false)));
		for (int i = 0; i < 2; i++) {
			this.registry.start();
			assertThat(automatic.isActive()).isTrue();
			assertThat(manual.isRunning()).isFalse();
			this.registry.stop();
			assertThat(automatic.isRunning()).isFalse();
		}
	}

	/**
	 * The same mistake, by a context that is stopped and started again.
	 */
	@Test
	void contextCanBeStoppedAndStartedAgain() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.registerBean("registry", IpfsListenerEndpointRegistry.class, this::newRegistry);
			context.refresh();
			IpfsListenerEndpointRegistry registry = context.getBean(IpfsListenerEndpointRegistry.class);
			IpfsListenerContainer manual = registry
				.register(endpoint("manual").withOptions((options) -> options.autoStartup(false)));
			IpfsListenerContainer automatic = registry.register(endpoint("automatic"));
			context.stop();
			assertThat(registry.isRunning()).isFalse();
			context.start();
			assertThat(automatic.isActive()).isTrue();
			assertThat(manual.isRunning()).isFalse();
			assertThat(registry.isPauseable()).isTrue();
		}
	}

	@Test
	void lateListenerStartsAtOnceOnlyWhileTheRegistryRuns() {
		assertThat(this.registry.register(endpoint("early")).isRunning()).isFalse();
		this.registry.start();
		assertThat(this.registry.register(endpoint("late")).isActive()).isTrue();
		assertThat(this.registry.register(endpoint("manual").withOptions((options) -> options.autoStartup(false)))
			.isRunning()).isFalse();
		this.registry.stop();
		assertThat(this.registry.register(endpoint("tooLate")).isRunning()).isFalse();
	}

	/**
	 * A mistake that others paid for: a shutdown that waits for a callback that never
	 * comes.
	 */
	@Test
	void callbackIsCalledOnceOnEachPath() {
		AtomicInteger neverStarted = new AtomicInteger();
		this.registry.stop(neverStarted::incrementAndGet);
		assertThat(neverStarted).hasValue(1);
		this.registry.register(endpoint("chat"));
		this.registry.start();
		AtomicInteger started = new AtomicInteger();
		this.registry.stop(started::incrementAndGet);
		await().untilAsserted(() -> assertThat(started).hasValue(1));
		AtomicInteger stopped = new AtomicInteger();
		this.registry.stop(stopped::incrementAndGet);
		assertThat(stopped).hasValue(1);
		await().during(Duration.ofMillis(100)).until(() -> started.get() == 1 && stopped.get() == 1);
	}

	/**
	 * The same mistake, where a listener can not be stopped.
	 */
	@Test
	void callbackIsCalledThoughAListenerFailsToStop() {
		IpfsListenerEndpointRegistry registry = new IpfsListenerEndpointRegistry(
				(endpoint) -> new FailingToStop(factory().createContainer(endpoint)));
		registry.register(endpoint("chat"));
		registry.start();
		AtomicInteger called = new AtomicInteger();
		registry.stop(called::incrementAndGet);
		await().untilAsserted(() -> assertThat(called).hasValue(1));
		assertThat(registry.isRunning()).isFalse();
	}

	@Test
	void slowListenersStopAtTheSameTime() throws Exception {
		CountDownLatch handling = new CountDownLatch(3);
		List<String> names = List.of("a", "b", "c");
		names.forEach((name) -> this.registry
			.register(IpfsListenerEndpoint.of(IpfsListenerType.TRANSMISSION, name, (message) -> {
				handling.countDown();
				await().until(() -> this.receivers.calls().containsAll(List.of("drain a", "drain b", "drain c")));
			})));
		this.registry.start();
		names.forEach((name) -> this.receivers.send(name, "hello"));
		handling.await();
		this.registry.stop();
		assertThat(this.registry.getContainers()).noneMatch(IpfsListenerContainer::isRunning);
		assertThat(this.receivers.calls()).contains("close a", "close b", "close c");
	}

	/**
	 * A mistake that others paid for: to leave listeners running when the application
	 * does not come up.
	 */
	@Test
	void listenersAreStoppedWhenTheContextFailsToStart() {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		List<IpfsListenerContainer> containers = new ArrayList<>();
		context.registerBean("registry", IpfsListenerEndpointRegistry.class, () -> {
			IpfsListenerEndpointRegistry registry = newRegistry();
			containers.add(registry.register(endpoint("chat")));
			return registry;
		});
		context.registerBean("failing", FailingLifecycle.class);
		assertThatExceptionOfType(Exception.class).isThrownBy(context::refresh).withStackTraceContaining("on purpose");
		assertThat(this.receivers.calls()).contains("open chat", "close chat");
		assertThat(containers).noneMatch(IpfsListenerContainer::isRunning);
	}

	/**
	 * The same mistake, where one of the listeners makes the start fail.
	 */
	@Test
	void listenersAreStoppedWhenOneOfThemFailsToStart() {
		this.registry.register(endpoint("a"));
		this.registry.register(endpoint("a").withId("b"));
		assertThatExceptionOfType(IpfsException.class).isThrownBy(this.registry::start).withMessage("in use: a");
		assertThat(this.registry.isRunning()).isFalse();
		assertThat(this.registry.getContainers()).noneMatch(IpfsListenerContainer::isRunning);
		await().untilAsserted(() -> assertThat(keepAliveThreads()).isEmpty());
	}

	/**
	 * A mistake that others paid for: to have tests sleep until listeners are ready.
	 */
	@Test
	void readinessOfAllCanBeWaitedFor() {
		this.registry.register(endpoint("chat"));
		this.registry.register(endpoint("manual").withOptions((options) -> options.autoStartup(false)));
		assertThatExceptionOfType(IpfsTimeoutException.class)
			.isThrownBy(() -> this.registry.awaitActive(Duration.ofMillis(1)))
			.withMessageContaining("[chat]");
		this.registry.start();
		this.registry.awaitActive(Duration.ofSeconds(30));
		assertThat(this.registry.find("chat")).get().matches(IpfsListenerContainer::isActive);
	}

	@Test
	void jvmIsKeptAliveAsLongAsAListenerWasStarted() {
		this.registry.start();
		assertThat(keepAliveThreads()).isEmpty();
		this.registry.register(endpoint("chat"));
		assertThat(keepAliveThreads()).singleElement().matches((thread) -> !thread.isDaemon());
		this.registry.register(endpoint("other"));
		assertThat(keepAliveThreads()).hasSize(1);
		this.registry.stop();
		await().untilAsserted(() -> assertThat(keepAliveThreads()).isEmpty());
	}

	/**
	 * Those that were started since this test began: one of a test before it may need a
	 * moment to end.
	 */
	private List<Thread> keepAliveThreads() {
		return allKeepAliveThreads().stream().filter((thread) -> !this.earlierThreads.contains(thread)).toList();
	}

	private static List<Thread> allKeepAliveThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("ipfs-listener-keep-alive"))
			.toList();
	}

	private IpfsListenerEndpointRegistry newRegistry() {
		return new IpfsListenerEndpointRegistry(factory());
	}

	private IpfsListenerContainerFactory factory() {
		ReceiverOptions receiverOptions = new ReceiverOptions(1, 1, DataSize.ofBytes(1), Duration.ZERO, Duration.ZERO,
				Runnable::run);
		return new DefaultIpfsListenerContainerFactory(IpfsListenerOptions.builder().build(),
				List.of(new TransmissionListenerSource(this.receivers, receiverOptions)));
	}

	private static IpfsListenerEndpoint endpoint(String name) {
		return IpfsListenerEndpoint.of(IpfsListenerType.TRANSMISSION, name, NOTHING);
	}

	static final class FailingLifecycle implements SmartLifecycle {

		@Override
		public void start() {
			throw new IllegalStateException("on purpose");
		}

		@Override
		public void stop() {
		}

		@Override
		public boolean isRunning() {
			return false;
		}

	}

	private record FailingToStop(IpfsListenerContainer delegate) implements IpfsListenerContainer {

		@Override
		public IpfsListenerEndpoint getEndpoint() {
			return this.delegate.getEndpoint();
		}

		@Override
		public IpfsListenerOptions getOptions() {
			return this.delegate.getOptions();
		}

		@Override
		public void start() {
			this.delegate.start();
		}

		@Override
		public void stop() {
			throw new IllegalStateException("on purpose");
		}

		@Override
		public boolean isRunning() {
			return this.delegate.isRunning();
		}

		@Override
		public boolean isActive() {
			return this.delegate.isActive();
		}

		@Override
		public void awaitActive(Duration timeout) {
			this.delegate.awaitActive(timeout);
		}

	}

}
