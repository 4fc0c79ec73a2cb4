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
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.ipfstoolkit.rpc.RpcEndpoint;

/**
 * Answers the few requests that are made before a node is used.
 */
final class FakeNode implements AutoCloseable {

	final List<String> requests = new CopyOnWriteArrayList<>();

	int status = 200;

	String version = "{\"Version\":\"0.43.0\"}";

	boolean mounting;

	int configStatus = 200;

	private final HttpServer server;

	FakeNode() {
		this(0);
	}

	FakeNode(int port) {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	private void handle(HttpExchange exchange) throws IOException {
		String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
		this.requests.add(request);
		if (request.startsWith("POST /api/v0/config")) {
			this.mounting = this.configStatus == 200;
			reply(exchange, this.configStatus, "{}");
		}
		else if (request.equals("POST /api/v0/p2p/ls") && this.status == 200 && !this.mounting) {
			reply(exchange, 500, "{\"Message\":\"libp2p stream mounting not enabled\",\"Code\":0,\"Type\":\"error\"}");
		}
		else {
			reply(exchange, this.status, this.version);
		}
	}

	private static void reply(HttpExchange exchange, int status, String body) throws IOException {
		boolean json = status == 200 || status == 500;
		exchange.getResponseHeaders().add("Content-Type", json ? "application/json" : "text/plain");
		exchange.sendResponseHeaders(status, body.length());
		exchange.getResponseBody().write(body.getBytes());
		exchange.close();
	}

	int port() {
		return this.server.getAddress().getPort();
	}

	URI uri() {
		return URI.create("http://127.0.0.1:" + port());
	}

	RpcEndpoint endpoint() {
		return RpcEndpoint.of(uri().toString(), null);
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
