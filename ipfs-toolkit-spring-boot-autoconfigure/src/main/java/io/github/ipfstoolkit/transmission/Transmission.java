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

package io.github.ipfstoolkit.transmission;

import java.io.IOException;
import java.io.InputStream;

import io.github.ipfstoolkit.PeerId;

/**
 * A message as it arrives. Not safe for use by several threads.
 *
 * @since 0.1.0
 */
public interface Transmission {

	/**
	 * Returns who sent the message, as the node has authenticated it.
	 * @return the peer
	 */
	PeerId sender();

	/**
	 * Returns the name of the listener that it was sent to.
	 * @return the name
	 */
	String listener();

	/**
	 * Returns the payload's length.
	 * @return the length in bytes
	 */
	long length();

	/**
	 * Returns the payload as it arrives; it ends after {@link #length()} bytes. A
	 * connection that breaks before is an {@link IOException}, never an early end.
	 * @return the payload, the same stream each time
	 */
	InputStream content();

	/**
	 * Reads the whole payload into memory.
	 * @return the payload
	 * @throws MessageTooLargeException if it is longer than the receiver's
	 * {@link ReceiverOptions#maxMessageSize()}
	 * @throws IOException if the connection breaks before its end
	 */
	byte[] bytes() throws IOException;

}
