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

import org.jspecify.annotations.Nullable;

/**
 * Root of all exceptions that the toolkit throws. Each subclass names one kind of
 * failure, its message the cause and, where there is one, the remedy.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public class IpfsException extends RuntimeException {

	/**
	 * Creates an exception.
	 * @param message what failed and what can be done about it
	 */
	public IpfsException(String message) {
		super(message);
	}

	/**
	 * Creates an exception with its cause.
	 * @param message what failed and what can be done about it
	 * @param cause what made it fail
	 */
	public IpfsException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
