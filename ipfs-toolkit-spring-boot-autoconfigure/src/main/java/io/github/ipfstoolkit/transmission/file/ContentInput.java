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

import java.io.IOException;
import java.io.InputStream;

import io.github.ipfstoolkit.Cid;
import io.github.ipfstoolkit.IpfsException;

/**
 * Reads content that the node fetches. That it can not be had is another failure than one
 * of the disk that it is written to.
 */
final class ContentInput implements AutoCloseable {

	private final InputStream input;

	private ContentInput(InputStream input) {
		this.input = input;
	}

	static ContentInput open(FileContents contents, Cid cid) throws RefusedException {
		try {
			return new ContentInput(contents.open(cid));
		}
		catch (IpfsException ex) {
			throw refusal(ex);
		}
	}

	/**
	 * Reads as much as is there.
	 * @return how much, -1 at the content's end
	 */
	int read(byte[] buffer) throws RefusedException {
		try {
			return this.input.read(buffer);
		}
		catch (IOException | IpfsException ex) {
			throw refusal(ex);
		}
	}

	private static RefusedException refusal(Exception failure) {
		return new RefusedException(FileRefusal.NO_CONTENT,
				"its node can not get the content: " + failure.getMessage());
	}

	@Override
	public void close() {
		try {
			this.input.close();
		}
		catch (IOException ignored) {
			// all that was wanted has been read
		}
	}

}
