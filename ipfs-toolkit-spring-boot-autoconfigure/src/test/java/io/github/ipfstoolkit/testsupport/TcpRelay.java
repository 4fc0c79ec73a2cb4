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

package io.github.ipfstoolkit.testsupport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between a client and a node, and counts what passes. What it cannot pass on it
 * does not read: its counts are what each side could send, but for what the operating
 * system holds.
 */
public final class TcpRelay implements AutoCloseable {

	private final ServerSocket server;

	private final URI target;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final AtomicLong fromClient = new AtomicLong();

	private final AtomicLong fromNode = new AtomicLong();

	private boolean stalled;

	/**
	 * Creates a relay.
	 * @param target the node's URL
	 */
	public TcpRelay(URI target) {
		this.target = target;
		try {
			this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start(this::accept);
	}

	/**
	 * Returns the URL at which the node is reached through this.
	 */
	public String url() {
		return "http://127.0.0.1:" + this.server.getLocalPort();
	}

	/**
	 * Returns how many bytes clients have sent.
	 */
	public long fromClient() {
		return this.fromClient.get();
	}

	/**
	 * Returns how many bytes the node has sent.
	 */
	public long fromNode() {
		return this.fromNode.get();
	}

	/**
	 * Passes on nothing more from clients, or goes on.
	 */
	public synchronized void stall(boolean stalled) {
		this.stalled = stalled;
		notifyAll();
	}

	private synchronized void awaitTurn() throws InterruptedException {
		while (this.stalled) {
			wait();
		}
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "relay");
		thread.setDaemon(true);
		thread.start();
	}

	private void accept() {
		try {
			while (true) {
				Socket client = this.server.accept();
				Socket node = new Socket(this.target.getHost(), this.target.getPort());
				this.sockets.add(client);
				this.sockets.add(node);
				start(() -> pass(client, node, this.fromClient));
				start(() -> pass(node, client, this.fromNode));
			}
		}
		catch (IOException ex) {
			// closed
		}
	}

	private void pass(Socket source, Socket target, AtomicLong count) {
		byte[] buffer = new byte[64 * 1024];
		try (source; target) {
			InputStream input = source.getInputStream();
			OutputStream output = target.getOutputStream();
			int length = input.read(buffer);
			while (length >= 0) {
				count.addAndGet(length);
				if (count == this.fromClient) {
					awaitTurn();
				}
				output.write(buffer, 0, length);
				length = input.read(buffer);
			}
		}
		catch (IOException ex) {
			// one side has closed the connection, and now the other is, too
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		for (Socket socket : this.sockets) {
			socket.close();
		}
	}

}
