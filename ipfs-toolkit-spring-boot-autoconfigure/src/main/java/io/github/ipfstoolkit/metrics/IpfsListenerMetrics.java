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

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import io.github.ipfstoolkit.listener.IpfsListenerContainer;
import io.github.ipfstoolkit.listener.IpfsListenerEndpointRegistry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * The gauge {@code ipfs.listeners}: how many listeners the application has. The tag
 * {@code state} is {@code active} for those at which messages can arrive,
 * {@code inactive} for those that run and wait for the node, {@code stopped} for the
 * others. Safe for use by several threads.
 *
 * @since 0.1.0
 */
public class IpfsListenerMetrics implements MeterBinder, AutoCloseable {

	private final IpfsListenerEndpointRegistry listeners;

	private final List<Runnable> removals = new CopyOnWriteArrayList<>();

	/**
	 * Creates the meters.
	 * @param listeners the application's listeners
	 */
	public IpfsListenerMetrics(IpfsListenerEndpointRegistry listeners) {
		this.listeners = listeners;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		bind(registry, "active", IpfsListenerContainer::isActive);
		bind(registry, "inactive", (listener) -> listener.isRunning() && !listener.isActive());
		bind(registry, "stopped", (listener) -> !listener.isRunning());
	}

	private void bind(MeterRegistry registry, String state, Predicate<IpfsListenerContainer> predicate) {
		Gauge gauge = Gauge
			.builder("ipfs.listeners", this.listeners,
					(listeners) -> listeners.getContainers().stream().filter(predicate).count())
			.description("Listeners of the application")
			.tag("state", state)
			.register(registry);
		this.removals.add(() -> registry.remove(gauge));
	}

	/**
	 * Removes the meters, as the registry may outlive the application's context.
	 */
	@Override
	public void close() {
		this.removals.forEach(Runnable::run);
		this.removals.clear();
	}

}
