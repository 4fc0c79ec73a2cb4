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

package io.github.ipfstoolkit.rpc.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.ipfstoolkit.rpc.RpcEndpoint;

/**
 * A server whose replies are written byte by byte as a test says, so that it can fail in
 * all the ways a node, or the network before it, can.
 */
final class FakeNode implements AutoCloseable {

	private static final String VERSION = response("200 OK", "application/json", "{\"Version\":\"0.43.0\"}");

	private final ServerSocket server;

	private final BlockingQueue<Script> scripts = new LinkedBlockingQueue<>();

	private final BlockingQueue<Script> scriptsBeforeBody = new LinkedBlockingQueue<>();

	private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();

	private final ConcurrentLinkedQueue<Socket> sockets = new ConcurrentLinkedQueue<>();

	private final AtomicInteger received = new AtomicInteger();

	private final AtomicInteger accepted = new AtomicInteger();

	private final AtomicInteger open = new AtomicInteger();

	private final CountDownLatch released = new CountDownLatch(1);

	private volatile boolean tellsVersion;

	FakeNode() {
		try {
			this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start(this::accept);
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "fake-node");
		thread.setDaemon(true);
		thread.start();
	}

	RpcEndpoint endpoint() {
		return new RpcEndpoint(URI.create("http://127.0.0.1:" + this.server.getLocalPort()), null);
	}

	/**
	 * Says whether the node tells its version without being told to, as it is asked for
	 * it before commands that not all versions have.
	 */
	void tellsVersion(boolean tells) {
		this.tellsVersion = tells;
	}

	/**
	 * Says how the next request that has no reply yet is answered.
	 */
	FakeNode reply(Script script) {
		this.scripts.add(script);
		return this;
	}

	/**
	 * Says how the next request is answered, as soon as its headers are there.
	 */
	FakeNode replyBeforeBody(Script script) {
		this.scriptsBeforeBody.add(script);
		return this;
	}

	/**
	 * Answers the next request with this text, in which lines end with CR and LF.
	 */
	FakeNode reply(String text) {
		return reply((connection) -> connection.write(text));
	}

	/**
	 * Answers the next request with this text and ends the connection.
	 */
	FakeNode replyAndClose(String text) {
		return reply((connection) -> {
			connection.write(text);
			connection.close();
		});
	}

	/**
	 * Answers the next request with status 200 and JSON.
	 */
	FakeNode replyJson(String json) {
		return reply(response("200 OK", "application/json", json));
	}

	static String response(String status, String contentType, String body) {
		return "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s".formatted(status, contentType,
				body.getBytes(StandardCharsets.UTF_8).length, body);
	}

	static String chunked(String contentType, String... chunks) {
		StringBuilder text = new StringBuilder(
				"HTTP/1.1 200 OK\r\nContent-Type: %s\r\nTrailer: X-Stream-Error\r\n".formatted(contentType)
						+ "Transfer-Encoding: chunked\r\n\r\n");
		List.of(chunks).forEach((chunk) -> text.append(chunk(chunk)));
		return text.toString();
	}

	static String chunk(String text) {
		return "%x\r\n%s\r\n".formatted(text.getBytes(StandardCharsets.UTF_8).length, text);
	}

	Request takeRequest() {
		try {
			Request request = this.requests.poll(10, TimeUnit.SECONDS);
			if (request == null) {
				throw new AssertionError("no request came");
			}
			return request;
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	/**
	 * Returns how many requests have come as a whole.
	 */
	int requests() {
		return this.received.get();
	}

	int acceptedConnections() {
		return this.accepted.get();
	}

	int openConnections() {
		return this.open.get();
	}

	private void accept() {
		while (!this.server.isClosed()) {
			try {
				Socket socket = this.server.accept();
				this.sockets.add(socket);
				this.accepted.incrementAndGet();
				this.open.incrementAndGet();
				start(() -> serve(socket));
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private void serve(Socket socket) {
		try (socket) {
			InputStream input = new BufferedInputStream(socket.getInputStream());
			while (true) {
				Request head = Request.readHead(input);
				if (this.tellsVersion && head.target().equals("/api/v0/version")) {
					new Connection(socket, input, this.released).write(VERSION);
					continue;
				}
				Script early = this.scriptsBeforeBody.poll();
				if (early != null) {
					early.answer(new Connection(socket, input, this.released));
				}
				Request request = head.readBody(input);
				if (early != null) {
					continue;
				}
				this.received.incrementAndGet();
				this.requests.add(request);
				Script script = this.scripts.poll(10, TimeUnit.SECONDS);
				if (script == null) {
					return;
				}
				script.answer(new Connection(socket, input, this.released));
				if (socket.isClosed()) {
					return;
				}
			}
		}
		catch (IOException ex) {
			// the client has closed the connection
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.open.decrementAndGet();
		}
	}

	@Override
	public void close() {
		this.released.countDown();
		try {
			this.server.close();
			for (Socket socket : this.sockets) {
				socket.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Answers one request.
	 */
	@FunctionalInterface
	interface Script {

		void answer(Connection connection) throws IOException, InterruptedException;

	}

	/**
	 * The connection on which a request came.
	 */
	record Connection(Socket socket, InputStream input, CountDownLatch released) {

		void write(String text) throws IOException {
			OutputStream output = this.socket.getOutputStream();
			output.write(text.getBytes(StandardCharsets.UTF_8));
			output.flush();
		}

		/**
		 * Is silent until the client closes the connection, or the test ends.
		 */
		void stayOpen() throws IOException {
			while (this.input.read() >= 0) {
				// what the client sends does not matter
			}
		}

		/**
		 * Is silent, without looking at the connection, for a time or until the test
		 * ends.
		 */
		void pause(long millis) throws InterruptedException {
			this.released.await(millis, TimeUnit.MILLISECONDS);
		}

		void close() throws IOException {
			this.socket.close();
		}

		void reset() throws IOException {
			this.socket.setSoLinger(true, 0);
			this.socket.close();
		}

	}

	/**
	 * A request as it came.
	 */
	record Request(String method, String target, Map<String, String> headers, byte[] body) {

		String header(String name) {
			return this.headers.get(name.toLowerCase(Locale.ROOT));
		}

		static Request readHead(InputStream input) throws IOException {
			String[] first = line(input).split(" ");
			Map<String, String> headers = new LinkedHashMap<>();
			for (String line = line(input); !line.isEmpty(); line = line(input)) {
				int colon = line.indexOf(':');
				headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
			}
			return new Request(first[0], first[1], headers, new byte[0]);
		}

		Request readBody(InputStream input) throws IOException {
			return new Request(this.method, this.target, this.headers, body(this.headers, input));
		}

		private static byte[] body(Map<String, String> headers, InputStream input) throws IOException {
			if (headers.containsKey("content-length")) {
				return input.readNBytes(Integer.parseInt(headers.get("content-length")));
			}
			ByteArrayOutputStream body = new ByteArrayOutputStream();
			if (headers.containsKey("transfer-encoding")) {
				for (int size = size(input); size > 0; size = size(input)) {
					body.write(input.readNBytes(size));
					line(input);
				}
				line(input);
			}
			return body.toByteArray();
		}

		private static int size(InputStream input) throws IOException {
			return Integer.parseInt(line(input), 16);
		}

		private static String line(InputStream input) throws IOException {
			ByteArrayOutputStream line = new ByteArrayOutputStream();
			for (int next = input.read(); next != '\n'; next = input.read()) {
				if (next < 0) {
					throw new EOFException();
				}
				if (next != '\r') {
					line.write(next);
				}
			}
			return line.toString(StandardCharsets.UTF_8);
		}

	}

}
