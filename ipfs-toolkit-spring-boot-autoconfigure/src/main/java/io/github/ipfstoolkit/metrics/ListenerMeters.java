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

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;

/**
 * Meters that have the name of a listener as a tag, of which a limited number is told
 * apart. Safe for use by several threads.
 */
final class ListenerMeters {

	private static final String FILES = ":files";

	private final MeterRegistry registry;

	private final BoundedTagValues listeners = new BoundedTagValues(TransmissionMetrics.MAX_LISTENERS);

	private final Set<String> names = ConcurrentHashMap.newKeySet();

	ListenerMeters(MeterRegistry registry) {
		this.registry = registry;
	}

	MeterProvider<Timer> timer(String name, String description) {
		this.names.add(name);
		return Timer.builder(name).description(description).withRegistry(this.registry);
	}

	MeterProvider<DistributionSummary> size(String name, String description) {
		this.names.add(name);
		return DistributionSummary.builder(name)
			.description(description)
			.baseUnit(BaseUnits.BYTES)
			.withRegistry(this.registry);
	}

	MeterProvider<Counter> counter(String name, String description) {
		this.names.add(name);
		return Counter.builder(name).description(description).withRegistry(this.registry);
	}

	/**
	 * Returns the tag for a listener. Those for the files of a conversation have a name
	 * of their own each, and count as one.
	 */
	Tags tags(String listener) {
		return Tags.of("listener", listener.endsWith(FILES) ? FILES : this.listeners.bound(listener));
	}

	/**
	 * Removes all meters.
	 */
	void remove() {
		this.names.forEach((name) -> this.registry.find(name).meters().forEach(this.registry::remove));
	}

}
