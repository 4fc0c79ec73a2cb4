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

package io.github.ipfstoolkit.node;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds ports that nobody listens on. Kubo cannot be left to notice that a swarm port is
 * taken: it sets {@code SO_REUSEPORT}, so that two nodes may share one, each getting some
 * of the other's connections.
 */
final class NodePorts {

	/**
	 * Below the ports that operating systems hand out for outgoing connections, so that a
	 * port which is kept over restarts is likely to be free again.
	 */
	private static final int FIRST = 22000;

	private static final int LAST = 31999;

	private static final int ATTEMPTS = 200;

	private NodePorts() {
	}

	/**
	 * Returns a port that is free for TCP and UDP.
	 */
	static int free(boolean loopback) {
		for (int i = 0; i < ATTEMPTS; i++) {
			int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
			if (isFree(port, loopback)) {
				return port;
			}
		}
		throw new NodePortInUseException("No free port was found between %d and %d".formatted(FIRST, LAST),
				"Set 'ipfs.node.swarm-port' to a free one.", null);
	}

	static boolean isFree(int port, boolean loopback) {
		return isFreeForTcp(port, loopback) && isFreeForUdp(port, loopback);
	}

	static boolean isFreeForTcp(int port, boolean loopback) {
		try (ServerSocket socket = new ServerSocket()) {
			socket.bind(address(loopback, port));
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static boolean isFreeForUdp(int port, boolean loopback) {
		try (DatagramSocket socket = new DatagramSocket(null)) {
			socket.bind(address(loopback, port));
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static InetSocketAddress address(boolean loopback, int port) {
		return loopback ? new InetSocketAddress("127.0.0.1", port) : new InetSocketAddress(port);
	}

}
