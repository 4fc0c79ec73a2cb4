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

package io.github.ipfstoolkit.rpc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * As much of <a href="https://ipfs.github.io/pinning-services-api-spec/">a pinning
 * service</a> as Kubo asks for. It has what it is to pin when it is asked for its state.
 */
final class PinningService implements AutoCloseable {

	private final Map<String, Map<String, Object>> pins = new LinkedHashMap<>();

	private final String token;

	private final HttpServer server;

	private int requests;

	PinningService(String token) {
		this.token = token;
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/pins", this::handle);
		this.server.start();
	}

	String endpoint() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	synchronized Map<String, ?> pins() {
		return Map.copyOf(this.pins);
	}

	private synchronized void handle(HttpExchange exchange) throws IOException {
		if (!("Bearer " + this.token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
			reply(exchange, 401, Map.of("error", Map.of("reason", "UNAUTHORIZED")));
			return;
		}
		String id = exchange.getRequestURI().getPath().substring("/pins".length()).replace("/", "");
		switch (exchange.getRequestMethod() + (id.isEmpty() ? "" : " id")) {
			case "GET" -> reply(exchange, 200, find(exchange));
			case "GET id" -> {
				this.pins.get(id).put("status", "pinned");
				reply(exchange, 200, this.pins.get(id));
			}
			case "POST" -> reply(exchange, 202, add(JsonMapper.shared().readTree(exchange.getRequestBody())));
			case "DELETE id" -> {
				this.pins.remove(id);
				exchange.sendResponseHeaders(202, -1);
				exchange.close();
			}
			default -> reply(exchange, 405, Map.of());
		}
	}

	private Map<String, Object> add(JsonNode pin) {
		String id = "request-" + ++this.requests;
		Map<String, Object> status = new LinkedHashMap<>(
				Map.of("requestid", id, "status", "queued", "created", Instant.now().toString(), "delegates", List.of(),
						"pin", Map.of("cid", pin.get("cid").asString(), "name", pin.path("name").asString(""))));
		this.pins.put(id, status);
		return status;
	}

	private Map<String, Object> find(HttpExchange exchange) {
		MultiValueMap<String, String> query = UriComponentsBuilder.fromUri(exchange.getRequestURI())
			.build()
			.getQueryParams();
		List<Map<String, Object>> found = this.pins.values()
			.stream()
			.filter((status) -> allows(query.getFirst("status"), status.get("status")))
			.filter((status) -> allows(query.getFirst("cid"), ((Map<?, ?>) status.get("pin")).get("cid")))
			.filter((status) -> allows(query.getFirst("name"), ((Map<?, ?>) status.get("pin")).get("name")))
			.toList();
		return Map.of("count", found.size(), "results", found);
	}

	private static boolean allows(String values, Object value) {
		return values == null || Arrays.asList(values.replace("%2C", ",").split(",")).contains(value);
	}

	private static void reply(HttpExchange exchange, int status, Map<String, ?> body) throws IOException {
		byte[] json = JsonMapper.shared().writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().add("Content-Type", "application/json");
		exchange.sendResponseHeaders(status, json.length);
		exchange.getResponseBody().write(json);
		exchange.close();
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
