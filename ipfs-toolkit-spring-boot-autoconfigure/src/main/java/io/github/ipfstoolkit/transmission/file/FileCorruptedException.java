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

/**
 * Thrown when what has arrived is not what was sent, as the SHA-256 of the two differs.
 * The receiver has thrown it away. A damaged memory or disk at either end can be the
 * cause: send the file again, and look for it if that fails too.
 *
 * @since 0.1.0
 */
public class FileCorruptedException extends FileRefusedException {

	/**
	 * Creates an exception.
	 * @param message what was refused, why, and what can be done about it
	 */
	public FileCorruptedException(String message) {
		super(message, RefusalReason.FAILED);
	}

}
