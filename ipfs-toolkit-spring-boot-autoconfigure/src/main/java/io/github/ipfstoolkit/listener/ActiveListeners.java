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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.IpfsTimeoutException;

/**
 * Waits until listeners are active. They are looked at again and again, as a node that
 * comes and goes does not say so.
 */
final class ActiveListeners {

	private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(10);

	private ActiveListeners() {
	}

	static void await(Collection<IpfsListenerContainer> containers, Duration timeout) {
		long start = System.nanoTime();
		List<String> inactive = inactive(containers);
		while (!inactive.isEmpty()) {
			if (System.nanoTime() - start >= timeout.toNanos()) {
				throw new IpfsTimeoutException("Waiting for the listeners %s to be active".formatted(inactive), timeout,
						null);
			}
			LockSupport.parkNanos(INTERVAL);
			if (Thread.currentThread().isInterrupted()) {
				throw new IpfsException(
						"Interrupted while waiting for the listeners %s to be active".formatted(inactive));
			}
			inactive = inactive(containers);
		}
	}

	private static List<String> inactive(Collection<IpfsListenerContainer> containers) {
		return containers.stream()
			.filter((container) -> !container.isActive())
			.map((container) -> container.getEndpoint().id())
			.toList();
	}

}
