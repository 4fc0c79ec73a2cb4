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

package io.github.ipfstoolkit.transmission.file;

import io.github.ipfstoolkit.transmission.TransmissionException;

/**
 * Thrown when a file is to be sent in a way that the receiver does not know, as it speaks
 * the classic protocol of the Python toolkit alone. Nothing of the file was sent.
 *
 * @since 0.1.0
 */
public class ClassicReceiverException extends TransmissionException {

	/**
	 * Creates an exception.
	 * @param message what the receiver does not know, and what can be done
	 */
	public ClassicReceiverException(String message) {
		super(message, null);
	}

}
