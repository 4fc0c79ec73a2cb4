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

package io.github.ipfstoolkit.sample;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;

/**
 * Starts two peers, Alice and Bob, each with a Kubo node of its own on loopback,
 * introduces them to each other, lets them exchange messages, content, files and contacts
 * and talk through their REST APIs, and prints what they did. They stay up until the
 * program is ended. With {@code --once} it ends by itself.
 */
public final class TwoPeerDemo {

	private TwoPeerDemo() {
	}

	public static void main(String[] args) throws Exception {
		List<String> arguments = List.of(args);
		try (Peer alice = timed("Alice is up", () -> Peer.start("alice", 8080));
				Peer bob = timed("Bob is up", () -> Peer.start("bob", 8081))) {
			introduce(alice, bob);
			exchangeMessages(alice, bob);
			exchangeContent(alice, bob);
			exchangeFiles(alice, bob);
			converse(alice, bob);
			say("Health: Alice %s, Bob %s".formatted(alice.get("/actuator/health").get("status"),
					bob.get("/actuator/health").get("status")));
			if (!arguments.contains("--once")) {
				say("Alice: http://localhost:8080   Bob: http://localhost:8081   (Ctrl-C ends both)");
				Thread.currentThread().join();
			}
		}
	}

	private static void introduce(Peer alice, Peer bob) throws Exception {
		alice.post("/api/contacts", bob.asContact());
		bob.post("/api/contacts", alice.asContact());
		timed("Alice connects to Bob by name", () -> alice.post("/api/contacts/bob/connect", Map.of()));
	}

	private static void exchangeMessages(Peer alice, Peer bob) {
		say("Alice -> Bob 'Hello Bob': %.1f ms (the first message opens the way)"
			.formatted(alice.send("bob", "Hello Bob")));
		say("Bob -> Alice 'Hello Alice': %.1f ms".formatted(bob.send("alice", "Hello Alice")));
		double[] warm = IntStream.range(0, 100)
			.mapToDouble((i) -> alice.send("bob", "Message " + i))
			.sorted()
			.toArray();
		say("Alice -> Bob, 100 more, each acknowledged: median %.2f ms".formatted(warm[warm.length / 2]));
		say("Bob has received %d messages; the first: %s".formatted(bob.list("/api/messages").size(),
				bob.list("/api/messages").get(0)));
	}

	private static void exchangeContent(Peer alice, Peer bob) throws Exception {
		byte[] content = new byte[10_000_000];
		new Random(1).nextBytes(content);
		Map<String, Object> published = timed("Alice publishes 10 MB",
				() -> alice.upload("/api/content", content, Map.of()));
		byte[] read = timed("Bob reads them by CID " + published.get("cid"),
				() -> bob.bytes("/api/content/" + published.get("cid")));
		String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(read));
		say("The content is %s (SHA-256 %s…)".formatted(Arrays.equals(content, read) ? "the same" : "DIFFERENT",
				hash.substring(0, 16)));
		if (!Arrays.equals(content, read)) {
			throw new IllegalStateException("Bob has read something else than Alice has published");
		}
	}

	private static void exchangeFiles(Peer alice, Peer bob) throws Exception {
		byte[] content = new byte[10_000_000];
		new Random(2).nextBytes(content);
		Map<String, Object> sent = alice.upload("/api/files", content,
				Map.of("to", "bob", "metadata", "from the demo"));
		List<?> received = bob.list("/api/files");
		say("Alice sends a file of 10 MB to Bob: %.0f ms. Bob has received %s"
			.formatted(((Number) sent.get("millis")).doubleValue(), received));
		String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
		if (!received.toString().contains(hash)) {
			throw new IllegalStateException("Bob has received another file than Alice has sent");
		}
	}

	private static void converse(Peer alice, Peer bob) throws Exception {
		Map<String, Object> replies = timed("Bob and Alice talk", () -> bob.post("/api/conversations",
				Map.of("to", "alice", "messages", List.of("How are you?", "Goodbye"))));
		say("Alice answers " + replies.get("replies"));
	}

	private static <T> T timed(String what, Callable<T> action) throws Exception {
		long start = System.nanoTime();
		T result = action.call();
		say("%s: %d ms".formatted(what, Duration.ofNanos(System.nanoTime() - start).toMillis()));
		return result;
	}

	private static void say(String text) {
		System.out.println("[demo] " + text);
	}

	/**
	 * A running peer, and a client for its REST API.
	 */
	private record Peer(String name, ConfigurableApplicationContext context,
			RestClient client) implements AutoCloseable {

		static Peer start(String name, int port) {
			ConfigurableApplicationContext context = new SpringApplicationBuilder(SampleApplication.class)
				.profiles("demo")
				.run("--spring.application.name=" + name, "--server.port=" + port,
						"--ipfs.data-directory=" + Path.of("target", "demo", name).toAbsolutePath());
			return new Peer(name, context, RestClient.create("http://localhost:" + port));
		}

		Map<String, Object> asContact() {
			Map<String, Object> node = get("/api/node");
			return Map.of("name", this.name, "peerId", node.get("peerId"), "addresses", node.get("addresses"));
		}

		double send(String to, String text) {
			return ((Number) post("/api/messages", Map.of("to", to, "text", text)).get("millis")).doubleValue();
		}

		@SuppressWarnings("unchecked")
		Map<String, Object> get(String path) {
			return this.client.get().uri(path).retrieve().body(Map.class);
		}

		List<?> list(String path) {
			return this.client.get().uri(path).retrieve().body(List.class);
		}

		byte[] bytes(String path) {
			return this.client.get().uri(path).retrieve().body(byte[].class);
		}

		@SuppressWarnings("unchecked")
		Map<String, Object> post(String path, Object body) {
			return this.client.post().uri(path).body(body).retrieve().body(Map.class);
		}

		@SuppressWarnings("unchecked")
		Map<String, Object> upload(String path, byte[] content, Map<String, String> fields) {
			MultiValueMap<String, Object> parts = new LinkedMultiValueMap<>();
			fields.forEach(parts::add);
			parts.add("file", new ByteArrayResource(content) {
				@Override
				public String getFilename() {
					return "content.bin";
				}
			});
			return this.client.post().uri(path).body(parts).retrieve().body(Map.class);
		}

		@Override
		public void close() {
			this.context.close();
		}

	}

}
