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

/**
 * Takes received files.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface FileHandler {

	/**
	 * Handles a file. A sender that uses this toolkit learns that its file was accepted
	 * when this method returns, and that it was refused when it throws; then the file is
	 * deleted. Several files may be handled at the same time, by different threads.
	 * @param file the file
	 * @throws Exception if the file is not accepted
	 */
	void handle(ReceivedFile file) throws Exception;

}
