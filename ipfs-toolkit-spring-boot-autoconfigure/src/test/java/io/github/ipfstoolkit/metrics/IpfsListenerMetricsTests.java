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

import io.github.ipfstoolkit.listener.IpfsListenerContainer;
import io.github.ipfstoolkit.listener.IpfsListenerEndpointRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link IpfsListenerMetrics}.
 */
class IpfsListenerMetricsTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final IpfsListenerEndpointRegistry listeners = mock();

	private final IpfsListenerMetrics metrics = new IpfsListenerMetrics(this.listeners);

	@Test
	void eachListenerCountsInOneState() {
		this.metrics.bindTo(this.registry);
		assertThat(gauge("active")).isZero();
		List<IpfsListenerContainer> containers = List.of(listener(true, true), listener(true, true),
				listener(true, false), listener(false, false));
		given(this.listeners.getContainers()).willReturn(containers);
		assertThat(gauge("active")).isEqualTo(2);
		assertThat(gauge("inactive")).isEqualTo(1);
		assertThat(gauge("stopped")).isEqualTo(1);
	}

	@Test
	void metersAreRemovedOnClose() {
		this.metrics.bindTo(this.registry);
		this.metrics.close();
		assertThat(this.registry.getMeters()).isEmpty();
	}

	private double gauge(String state) {
		return this.registry.get("ipfs.listeners").tags("state", state).gauge().value();
	}

	private static IpfsListenerContainer listener(boolean running, boolean active) {
		IpfsListenerContainer container = mock();
		given(container.isRunning()).willReturn(running);
		given(container.isActive()).willReturn(active);
		return container;
	}

}
