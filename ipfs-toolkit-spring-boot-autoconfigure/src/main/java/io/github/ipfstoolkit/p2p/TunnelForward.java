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
import java.net.InetSocketAddress;
import java.time.Duration;

import io.github.ipfstoolkit.PeerId;

/**
 * A way to open streams of one protocol to one peer. Safe for use by several threads.
 *
 * @since 0.1.0
 */
public interface TunnelForward extends AutoCloseable {

	/**
	 * Returns the peer that streams lead to.
	 * @return the peer
	 */
	PeerId peer();

	/**
	 * Returns the protocol's name.
	 * @return the name, without {@code /x/} before it
	 */
	String protocol();

	/**
	 * Returns where any program of the application's host gets a stream to the peer by
	 * connecting. The port may be another one after the node has restarted, unless it was
	 * asked for.
	 * @return the host and the port
	 */
	InetSocketAddress address();

	/**
	 * Opens a stream. That it opens does not mean that the peer was reached: where it is
	 * not, or does not listen, the stream ends before its first byte.
	 * @param timeout how long to wait, also for a node that restarts
	 * @return the stream, to be closed by the caller
	 * @throws IOException if the node does not accept a connection in that time
	 */
	TunnelStream open(Duration timeout) throws IOException;

	/**
	 * Gives the forward back. Streams that are open go on.
	 */
	@Override
	void close();

}
