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

package io.github.ipfstoolkit.p2p;

import java.io.IOException;

/**
 * Accepts streams of one protocol from other peers. Safe for use by several threads.
 *
 * @since 0.1.0
 */
public interface TunnelListener extends AutoCloseable {

	/**
	 * Returns the protocol's name.
	 * @return the name, without {@code /x/} before it
	 */
	String protocol();

	/**
	 * Returns whether the node listens now. It does not for a short time after it has
	 * restarted, and while it is down.
	 * @return whether peers can open streams
	 */
	boolean isActive();

	/**
	 * Waits for the next stream.
	 * @return the stream, to be closed by the caller
	 * @throws java.net.SocketException if the listener is closed, before or meanwhile
	 * @throws IOException if accepting fails
	 */
	TunnelStream accept() throws IOException;

	/**
	 * Ends listening. Streams that are open go on.
	 */
	@Override
	void close();

}
