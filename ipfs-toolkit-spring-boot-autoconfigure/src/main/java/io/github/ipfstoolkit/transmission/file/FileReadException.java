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
import org.jspecify.annotations.Nullable;

/**
 * Thrown at the sender when the file that is to be sent can not be read, or changes while
 * it is sent.
 *
 * @since 0.1.0
 */
public class FileReadException extends TransmissionException {

	/**
	 * Creates an exception.
	 * @param message which file, and what is wrong with it
	 * @param cause what reading it has thrown, if anything
	 */
	public FileReadException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
