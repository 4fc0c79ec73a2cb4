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
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;

/**
 * Knows all listeners of the application, by their IDs, and starts and stops them with
 * it. Safe for use by several threads.
 * <p>
 * Listeners start late, when a web server takes requests already, and stop early, so that
 * what they need is there as long as they run. As long as this runs and at least one
 * listener was started, the JVM does not end by itself, also when there is no web server
 * and threads are virtual.
 *
 * @since 0.1.0
 */
public class IpfsListenerEndpointRegistry implements SmartLifecycle, DisposableBean {

	/**
	 * Phase in which listeners start and stop: after web servers start and before they
	 * stop.
	 */
	public static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 100;

	private static final Log logger = LogFactory.getLog(IpfsListenerEndpointRegistry.class);

	private final IpfsListenerContainerFactory containerFactory;

	private final NavigableMap<String, IpfsListenerContainer> containers = new ConcurrentSkipListMap<>();

	private final KeepAlive keepAlive = new KeepAlive();

	private final ReentrantLock lock = new ReentrantLock();

	/**
	 * Whether listeners that are registered from now on are started at once.
	 */
	private boolean started;

	private volatile boolean running;

	/**
	 * Creates a registry.
	 * @param containerFactory creates a container for each listener
	 */
	public IpfsListenerEndpointRegistry(IpfsListenerContainerFactory containerFactory) {
		this.containerFactory = containerFactory;
	}

	/**
	 * Adds a listener. It is started at once if this is running and the listener is to
	 * start with the application.
	 * @param endpoint the listener
	 * @return its container
	 * @throws InvalidListenerException if there is a listener with that ID, or none such
	 * can be served
	 */
	public IpfsListenerContainer register(IpfsListenerEndpoint endpoint) {
		IpfsListenerContainer container = this.containerFactory.createContainer(endpoint);
		boolean startNow;
		this.lock.lock();
		try {
			if (this.containers.putIfAbsent(endpoint.id(), container) != null) {
				throw new InvalidListenerException(
						"There are two listeners with the ID '%s'. Give one of them an 'id' of its own"
							.formatted(endpoint.id()));
			}
			startNow = this.started && container.getOptions().autoStartup();
		}
		finally {
			this.lock.unlock();
		}
		if (startNow) {
			start(container);
		}
		return container;
	}

	/**
	 * Finds a listener.
	 * @param id its ID: what the annotation says, else the listener's name, else
	 * {@code topic:} and the topic's name
	 * @return its container, empty if there is none such
	 */
	public Optional<IpfsListenerContainer> find(String id) {
		return Optional.ofNullable(this.containers.get(id));
	}

	/**
	 * Returns all listeners.
	 * @return their containers, sorted by ID
	 */
	public Collection<IpfsListenerContainer> getContainers() {
		return List.copyOf(this.containers.values());
	}

	/**
	 * Starts a listener, unless it runs.
	 * @param id its ID
	 * @throws InvalidListenerException if there is none such
	 * @throws io.github.ipfstoolkit.IpfsException if it can not be started and its policy
	 * is {@link StartupFailurePolicy#STOP}
	 */
	public void start(String id) {
		start(require(id));
	}

	/**
	 * Stops a listener, as {@link IpfsListenerContainer#stop()} does.
	 * @param id its ID
	 * @throws InvalidListenerException if there is none such
	 */
	public void stop(String id) {
		require(id).stop();
	}

	private IpfsListenerContainer require(String id) {
		return find(id).orElseThrow(() -> new InvalidListenerException(
				"There is no listener with the ID '%s', but %s".formatted(id, this.containers.keySet())));
	}

	private void start(IpfsListenerContainer container) {
		container.start();
		if (container.isRunning()) {
			this.keepAlive.start();
		}
	}

	/**
	 * Waits until messages can arrive at all listeners that run or start with the
	 * application. For tests, in place of a sleep.
	 * @param timeout how long to wait
	 * @throws io.github.ipfstoolkit.IpfsTimeoutException if they can not by then; names
	 * the listeners that are missing
	 */
	public void awaitActive(Duration timeout) {
		ActiveListeners.await(this.containers.values()
			.stream()
			.filter((container) -> container.isRunning() || container.getOptions().autoStartup())
			.toList(), timeout);
	}

	/**
	 * Starts the listeners that are to start with the application. If one of them can not
	 * be started and its policy says so, all are stopped again.
	 */
	@Override
	public void start() {
		List<IpfsListenerContainer> autoStarted;
		this.lock.lock();
		try {
			if (this.started) {
				return;
			}
			this.started = true;
			this.running = true;
			autoStarted = this.containers.values()
				.stream()
				.filter((container) -> container.getOptions().autoStartup())
				.toList();
		}
		finally {
			this.lock.unlock();
		}
		try {
			autoStarted.forEach(this::start);
		}
		catch (Throwable ex) {
			stop();
			throw ex;
		}
	}

	/**
	 * Stops all listeners at the same time and waits for them.
	 */
	@Override
	public void stop() {
		this.lock.lock();
		try {
			this.started = false;
		}
		finally {
			this.lock.unlock();
		}
		List<Thread> threads = this.containers.values()
			.stream()
			.filter(IpfsListenerContainer::isRunning)
			.map((container) -> startThread(container.getEndpoint().id() + "-stop", () -> stop(container)))
			.toList();
		join(threads);
		this.keepAlive.stop();
		this.running = false;
	}

	private static void stop(IpfsListenerContainer container) {
		try {
			container.stop();
		}
		catch (Throwable ex) {
			logger.warn("Listener '%s' could not be stopped cleanly".formatted(container.getEndpoint().id()), ex);
		}
	}

	private static void join(List<Thread> threads) {
		try {
			for (Thread thread : threads) {
				thread.join();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void stop(Runnable callback) {
		if (!this.running) {
			callback.run();
			return;
		}
		startThread("shutdown", () -> {
			try {
				stop();
			}
			finally {
				callback.run();
			}
		});
	}

	private static Thread startThread(String name, Runnable task) {
		Thread thread = new Thread(task, "ipfs-listener-" + name);
		thread.start();
		return thread;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	/**
	 * Stops all listeners, also those of an application that never came up.
	 */
	@Override
	public void destroy() {
		stop();
	}

}
