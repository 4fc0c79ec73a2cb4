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

import java.io.InputStream;
import java.nio.file.Path;

import io.github.ipfstoolkit.Cid;

/**
 * Content on IPFS, for files that are sent by content. Safe for use by several threads.
 *
 * @since 0.1.0
 */
public interface FileContents {

	/**
	 * Publishes a file, which is not read into memory.
	 * @param file the file
	 * @return its CID
	 */
	Cid publish(Path file);

	/**
	 * Opens the content of a file, which the node fetches from where it is; it verifies
	 * each block. This, and reading, must end when the thread is interrupted, as it is
	 * when the peer that has sent the CID has gone, or it takes too long.
	 * @param cid the content
	 * @return the content, to be closed by the caller. Its methods throw an
	 * {@link java.io.IOException} where it can not be had
	 */
	InputStream open(Cid cid);

}
