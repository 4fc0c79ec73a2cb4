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

import io.github.ipfstoolkit.transmission.RefusalReason;
import io.github.ipfstoolkit.transmission.TransmissionRefusedException;

/**
 * Thrown when the receiver did not accept a file. Subclasses tell the reasons that files
 * alone have; {@link #getReason()} tells the others, such as that its listener failed.
 *
 * @since 0.1.0
 */
public class FileRefusedException extends TransmissionRefusedException {

	/**
	 * Creates an exception.
	 * @param message what was refused and why
	 * @param reason why it was refused
	 */
	public FileRefusedException(String message, RefusalReason reason) {
		super(message, reason);
	}

}
