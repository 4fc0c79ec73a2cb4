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

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.PrimitiveIterator;

/**
 * What listeners and forwards need of sockets.
 */
final class Sockets {

	/**
	 * How many connections of the node may wait to be accepted.
	 */
	private static final int BACKLOG = 256;

	private Sockets() {
	}

	/**
	 * Opens a server socket on a free port of a range.
	 */
	static ServerSocketChannel listen(String bindAddress, PortRange ports) throws IOException {
		ServerSocketChannel server = ServerSocketChannel.open();
		try {
			PrimitiveIterator.OfInt candidates = ports.shuffled().iterator();
			while (true) {
				int port = candidates.nextInt();
				try {
					return server.bind(new InetSocketAddress(bindAddress, port), BACKLOG);
				}
				catch (BindException ex) {
					if (!candidates.hasNext()) {
						throw ex;
					}
				}
			}
		}
		catch (IOException | RuntimeException ex) {
			close(server);
			throw ex;
		}
	}

	/**
	 * Returns a port that is likely to be free. Nothing holds it, so that whoever uses it
	 * must be ready to try another.
	 */
	static int likelyFreePort() throws IOException {
		try (ServerSocket probe = new ServerSocket(0)) {
			return probe.getLocalPort();
		}
	}

	static int toMillis(Duration timeout) {
		return (int) Math.max(1, Math.min(timeout.toMillis(), Integer.MAX_VALUE));
	}

	static void close(Closeable socket) {
		try {
			socket.close();
		}
		catch (IOException ignored) {
			// it is closed all the same
		}
	}

}
