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
 * Is told how far the transfer of a file is, at either end. A bean of this type is told
 * of each file that is received.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface FileProgressListener {

	/**
	 * Called when a transfer begins and after each block, on the thread that transfers:
	 * what takes long here makes the transfer slower. What it throws ends the transfer.
	 * @param progress how far it is
	 */
	void onProgress(FileProgress progress);

	/**
	 * Returns a listener that tells this one, and then another one.
	 * @param after the other one
	 * @return a listener for both
	 */
	default FileProgressListener andThen(FileProgressListener after) {
		return (progress) -> {
			onProgress(progress);
			after.onProgress(progress);
		};
	}

	/**
	 * Returns a listener that does nothing.
	 * @return the listener
	 */
	static FileProgressListener none() {
		return (progress) -> {
		};
	}

}
