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

import io.github.ipfstoolkit.IpfsException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a listener is declared in a way that can not work.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public class InvalidListenerException extends IpfsException {

	/**
	 * Creates an exception.
	 * @param message what is wrong and how to put it right
	 */
	public InvalidListenerException(String message) {
		this(message, null);
	}

	/**
	 * Creates an exception with its cause.
	 * @param message what is wrong and how to put it right
	 * @param cause what noticed it, if anything
	 */
	public InvalidListenerException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
