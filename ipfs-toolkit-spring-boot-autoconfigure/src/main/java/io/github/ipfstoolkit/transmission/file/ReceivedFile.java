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

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import io.github.ipfstoolkit.PeerId;

/**
 * A file that a peer has sent, complete and in its place. It belongs to the application
 * now: nothing else deletes it.
 *
 * @param sender who sent it, as the node has authenticated it
 * @param listener the name of the listener that it was sent to
 * @param path where it is. Its last part differs from the {@code name} where a file of
 * that name was there already
 * @param name its name: a plain one, whatever the sender sent
 * @param size how many bytes it has
 * @param metadata what the sender sent along, not to be changed; often empty
 * @param sha256 the SHA-256 of its content, in 64 hexadecimal digits
 * @since 0.1.0
 */
@SuppressWarnings("ArrayRecordComponent")
public record ReceivedFile(PeerId sender, String listener, Path path, String name, long size, byte[] metadata,
		String sha256) {

	/**
	 * Returns what the sender sent along as text.
	 * @return the metadata, read as UTF-8
	 */
	public String metadataText() {
		return new String(this.metadata, StandardCharsets.UTF_8);
	}

}
