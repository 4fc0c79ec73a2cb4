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

package io.github.ipfstoolkit.node.executable;

import java.time.Duration;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Shows that something which takes long is still alive, without filling the log.
 */
final class ProgressLog {

	private static final Log logger = LogFactory.getLog(ExecutableLocator.class);

	static final Duration INTERVAL = Duration.ofSeconds(5);

	private final long start = System.nanoTime();

	private long next = this.start + INTERVAL.toNanos();

	void report(Supplier<String> progress) {
		long now = System.nanoTime();
		if (now - this.next >= 0) {
			this.next = now + INTERVAL.toNanos();
			logger.info(progress.get() + " (" + seconds() + " s)");
		}
	}

	long seconds() {
		return Duration.ofNanos(System.nanoTime() - this.start).toSeconds();
	}

}
