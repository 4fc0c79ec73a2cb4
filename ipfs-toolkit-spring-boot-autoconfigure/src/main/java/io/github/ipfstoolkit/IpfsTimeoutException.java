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

package io.github.ipfstoolkit;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when an operation did not end within its time-out.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public class IpfsTimeoutException extends IpfsException {

	private final Duration timeout;

	/**
	 * Creates an exception.
	 * @param operation what was under way
	 * @param timeout how long it was waited for
	 * @param cause what noticed it, if anything
	 */
	public IpfsTimeoutException(String operation, Duration timeout, @Nullable Throwable cause) {
		super("%s did not end within %s ms".formatted(operation, timeout.toMillis()), cause);
		this.timeout = timeout;
	}

	/**
	 * Returns how long the operation was waited for.
	 * @return the time-out
	 */
	public Duration getTimeout() {
		return this.timeout;
	}

}
