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

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.ipfstoolkit.Cid;
import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.core.IpfsOperations;
import io.github.ipfstoolkit.listener.IpfsListenerEndpointRegistry;
import io.github.ipfstoolkit.node.IpfsNode;
import io.github.ipfstoolkit.node.NodeState;
import io.github.ipfstoolkit.rpc.ContentApi.AddOptions;
import io.github.ipfstoolkit.rpc.Kubo;
import io.github.ipfstoolkit.rpc.NameApi.PublishOptions;
import io.github.ipfstoolkit.rpc.Upload;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The sample application's contract, between two peers with managed nodes.
 */
class SampleApplicationIT {

	/**
	 * The CID of the directory that {@link #publishSite()} publishes.
	 */
	private static final String SITE = "bafybeib5nk63we25ln62jl6osnp554sxbyw6dw2ycmlsdef35jenumnp6i";

	@TempDir
	static Path directory;

	private static ConfigurableApplicationContext alice;

	private static ConfigurableApplicationContext bob;

	@BeforeAll
	static void start() {
		alice = start("alice");
		bob = start("bob");
		post(alice, "/api/contacts", contact("bob", bob));
		post(bob, "/api/contacts", contact("alice", alice));
	}

	private static ConfigurableApplicationContext start(String name, String... arguments) {
		List<String> all = new ArrayList<>(List.of(arguments));
		all.addAll(List.of("--spring.application.name=" + name, "--server.port=0",
				"--ipfs.data-directory=" + directory.resolve(name), "--ipfs.health.timeout=60s",
				"--spring.web.resources.static-locations=classpath:/static/,ipfs:" + SITE + "/"));
		return new SpringApplicationBuilder(SampleApplication.class, Named.class).profiles("demo")
			.run(all.toArray(String[]::new));
	}

	@AfterAll
	static void stop() {
		alice.close();
		bob.close();
	}

	@Test
	void nodeIsShown() {
		Map<String, Object> node = get(alice, "/api/node", 200);
		assertThat(node).containsOnlyKeys("peerId", "kuboVersion", "backend", "connectedPeers", "addresses");
		assertThat(node.get("peerId").toString()).startsWith("12D3KooW");
		assertThat((List<?>) node.get("addresses"))
			.allSatisfy((address) -> assertThat(address.toString()).startsWith("/ip4/127.0.0.1/"));
	}

	@Test
	void contactConnects() {
		assertThat(post(alice, "/api/contacts/bob/connect", Map.of()).getBody()).isEqualTo(Map.of("connected", true));
	}

	@Test
	void contactsAreAddedListedAndRemoved() {
		Map<String, Object> carol = Map.of("name", "carol", "peerId",
				"12D3KooWASC7DDxnyEBjihPpi4BrECsRSGo92MGA71E1c3enQpWw", "addresses", List.of());
		assertThat(post(alice, "/api/contacts", carol).getStatusCode().value()).isEqualTo(201);
		assertThat(list(alice, "/api/contacts")).extracting("name").contains("bob", "carol");
		assertThat(exchange(client(alice).delete().uri("/api/contacts/carol")).getStatusCode().value()).isEqualTo(204);
		assertThat(list(alice, "/api/contacts")).extracting("name").doesNotContain("carol");
	}

	@Test
	@SuppressWarnings("unchecked")
	void messageArrivesUnderTheSendersName() {
		ResponseEntity<Map<String, Object>> sent = post(alice, "/api/messages",
				Map.of("to", "bob", "text", "Grüße 🚀"));
		assertThat(sent.getBody()).containsEntry("to", "bob");
		assertThat((Double) sent.getBody().get("millis")).isPositive();
		List<?> all = list(bob, "/api/messages");
		Map<String, Object> received = (Map<String, Object>) all.get(all.size() - 1);
		assertThat(received).containsOnlyKeys("from", "contact", "text", "receivedAt")
			.containsEntry("from", get(alice, "/api/node", 200).get("peerId"))
			.containsEntry("contact", "alice")
			.containsEntry("text", "Grüße 🚀");
		assertThat(Instant.parse(received.get("receivedAt").toString())).isBefore(Instant.now());
	}

	@Test
	void pageIsToldOfMessagesAsTheyArrive() throws Exception {
		BlockingQueue<String> lines = new LinkedBlockingQueue<>();
		String port = bob.getEnvironment().getProperty("local.server.port");
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/messages/stream"))
			.build();
		CompletableFuture<?> stream = HttpClient.newHttpClient()
			.sendAsync(request, HttpResponse.BodyHandlers.ofLines())
			.thenAccept((response) -> response.body().forEach(lines::add));
		post(alice, "/api/messages", Map.of("to", "bob", "text", "look at your page"));
		await().until(() -> {
			String line = lines.poll(1, TimeUnit.SECONDS);
			return line != null && line.contains("look at your page");
		});
		stream.cancel(true);
	}

	@Test
	void contentIsReadByTheOtherPeerWholeAndInParts() {
		post(alice, "/api/contacts/bob/connect", Map.of());
		byte[] content = new byte[1_000_000];
		new Random(1).nextBytes(content);
		MultiValueMap<String, Object> form = new LinkedMultiValueMap<>();
		form.add("file", new ByteArrayResource(content) {
			@Override
			public String getFilename() {
				return "content.bin";
			}
		});
		Map<String, Object> published = exchange(
				client(alice).post().uri("/api/content").contentType(MediaType.MULTIPART_FORM_DATA).body(form))
			.getBody();
		assertThat(published).containsEntry("size", content.length);
		String uri = "/api/content/" + published.get("cid");
		assertThat(client(bob).get().uri(uri).retrieve().body(byte[].class)).isEqualTo(content);
		ResponseEntity<byte[]> part = client(bob).get()
			.uri(uri)
			.header(HttpHeaders.RANGE, "bytes=500000-500099")
			.retrieve()
			.toEntity(byte[].class);
		assertThat(part.getStatusCode().value()).isEqualTo(206);
		assertThat(part.getHeaders().getFirst(HttpHeaders.CONTENT_RANGE)).isEqualTo("bytes 500000-500099/1000000");
		assertThat(part.getBody()).isEqualTo(Arrays.copyOfRange(content, 500_000, 500_100));
		assertThat(range(uri, "bytes=-10").getBody()).isEqualTo(Arrays.copyOfRange(content, 999_990, 1_000_000));
		assertThat(range(uri, "bytes=999999-").getBody()).isEqualTo(Arrays.copyOfRange(content, 999_999, 1_000_000));
		assertThat(range(uri, "nonsense").getBody()).isEqualTo(content);
		ResponseEntity<byte[]> beyond = range(uri, "bytes=1000000-");
		assertThat(beyond.getStatusCode().value()).isEqualTo(416);
		assertThat(beyond.getHeaders().getFirst(HttpHeaders.CONTENT_RANGE)).isEqualTo("bytes */1000000");
	}

	private static ResponseEntity<byte[]> range(String uri, String range) {
		return client(bob).get()
			.uri(uri)
			.header(HttpHeaders.RANGE, range)
			.retrieve()
			.onStatus(HttpStatusCode::isError, (request, response) -> {
			})
			.toEntity(byte[].class);
	}

	@Test
	void filesArriveWithTheirHashAndMetadata() throws Exception {
		byte[] picture = new byte[3_000_000];
		new Random(2).nextBytes(picture);
		Object from = get(alice, "/api/node", 200).get("peerId");
		Map<String, Object> sent = sendFile(alice, "bob", "Bild ä.png", picture, "Grüße").getBody();
		assertThat(sent).containsOnlyKeys("name", "size", "millis")
			.containsEntry("name", "Bild ä.png")
			.containsEntry("size", picture.length);
		assertThat((Double) sent.get("millis")).isPositive();
		String bobsId = get(bob, "/api/node", 200).get("peerId").toString();
		assertThat(sendFile(alice, bobsId, "by ID.txt", new byte[0], null).getBody()).containsEntry("size", 0);
		assertThat(list(bob, "/api/files")).isEqualTo(List.of(
				Map.of("from", from, "name", "Bild ä.png", "size", picture.length, "sha256", sha256(picture),
						"metadata", "Grüße"),
				Map.of("from", from, "name", "by ID.txt", "size", 0, "sha256", sha256(new byte[0]), "metadata", "")));
	}

	private static String sha256(byte[] content) throws Exception {
		return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
	}

	private static ResponseEntity<Map<String, Object>> sendFile(ConfigurableApplicationContext peer, Object to,
			String name, byte[] content, @Nullable String metadata) {
		MultiValueMap<String, Object> form = new LinkedMultiValueMap<>();
		form.add("file", new ByteArrayResource(content) {
			@Override
			public String getFilename() {
				return name;
			}
		});
		form.add("to", to);
		if (metadata != null) {
			form.add("metadata", metadata);
		}
		return exchange(client(peer).post().uri("/api/files").contentType(MediaType.MULTIPART_FORM_DATA).body(form));
	}

	@Test
	void conversationCollectsTheAnswers() {
		assertThat(
				post(alice, "/api/conversations", Map.of("to", "bob", "messages", List.of("one", "Grüße 🚀", "three")))
					.getBody())
			.isEqualTo(Map.of("replies", List.of("one", "Grüße 🚀", "three")));
		assertThat(post(bob, "/api/conversations", Map.of("to", "alice", "messages", List.of())).getBody())
			.isEqualTo(Map.of("replies", List.of()));
		Object bobsId = get(bob, "/api/node", 200).get("peerId");
		assertThat(post(alice, "/api/conversations", Map.of("to", bobsId, "messages", List.of("by ID"))).getBody())
			.isEqualTo(Map.of("replies", List.of("by ID")));
	}

	@Test
	void failuresAreProblemsWithTheFittingStatus() {
		assertProblem(post(alice, "/api/messages", Map.of("to", "nobody", "text", "?")), 404);
		assertProblem(post(alice, "/api/contacts/nobody/connect", Map.of()), 404);
		assertProblem(post(alice, "/api/contacts", Map.of("name", "dave", "peerId", "no peer ID")), 400);
		assertProblem(post(alice, "/api/messages",
				Map.of("to", get(alice, "/api/node", 200).get("peerId"), "text", "to myself")), 400);
		assertProblem(exchange(client(alice).get().uri("/api/content/no-cid")), 400);
		assertProblem(post(alice, "/api/conversations", Map.of("to", "nobody", "messages", List.of("?"))), 404);
		assertProblem(sendFile(alice, "nobody", "file", new byte[1], null), 404);
		assertProblem(exchange(client(alice).delete().uri("/api/contacts/nobody")), 404);
		assertProblem(post(alice, "/api/contacts",
				Map.of("name", "bob", "peerId", "12D3KooWQYhTNQdmr3ArTeUHRYzFg94BKyTkoWBDWez9kSCVe2Xo")), 409);
	}

	@Test
	void badRequestsAreProblemsToo() throws Exception {
		assertProblem(post(alice, "/api/messages", Map.of("to", "bob")), 400, "'text' is missing");
		assertProblem(post(alice, "/api/messages", Map.of("text", "?")), 400, "'to' is missing");
		assertProblem(post(alice, "/api/contacts", Map.of("name", "dave")), 400, "'peerId' is missing");
		assertProblem(sendFile(alice, get(alice, "/api/node", 200).get("peerId"), "file", new byte[1], null), 400);
		assertProblem(post(alice, "/api/conversations", Map.of("to", "bob")), 400, "'messages' are missing");
		assertProblem(exchange(client(alice).get().uri("/api/content/no-cid")), 400, "no-cid");
		assertProblem(
				exchange(
						client(alice).post().uri("/api/files").contentType(MediaType.MULTIPART_FORM_DATA).body(form())),
				400);
		assertProblem(exchange(client(alice).put().uri("/api/messages")), 405);
		Cid directory = alice.getBean(IpfsOperations.class)
			.publish(Upload.of(Files.createTempDirectory(SampleApplicationIT.directory, "empty")));
		assertProblem(exchange(client(alice).get().uri("/api/content/" + directory)), 400, "is a directory");
	}

	private static MultiValueMap<String, Object> form() {
		MultiValueMap<String, Object> form = new LinkedMultiValueMap<>();
		form.add("to", "bob");
		return form;
	}

	@Test
	void nodeThatIsGoneIsServiceUnavailable() {
		try (ConfigurableApplicationContext carol = start("carol", "--ipfs.node.restart.max-attempts=0")) {
			String peerId = get(alice, "/api/node", 200).get("peerId").toString();
			IpfsNode node = carol.getBean(IpfsNode.class);
			ProcessHandle.of(node.process().pid()).orElseThrow().destroyForcibly();
			await().until(() -> node.state() == NodeState.FAILED);
			assertProblem(exchange(client(carol).get().uri("/api/node")), 503);
			assertProblem(exchange(client(carol).get().uri("/api/content/" + SITE)), 503);
			assertProblem(post(carol, "/api/messages", Map.of("to", peerId, "text", "?")), 503);
			assertProblem(post(carol, "/api/conversations", Map.of("to", peerId, "messages", List.of("?"))), 503);
			assertProblem(sendFile(carol, peerId, "file", new byte[1], null), 503);
			post(carol, "/api/contacts", Map.of("name", "alice", "peerId", peerId));
			assertProblem(post(carol, "/api/contacts/alice/connect", Map.of()), 503);
			assertThat(get(carol, "/actuator/health", 503)).containsEntry("status", "DOWN");
			assertThat(get(carol, "/actuator/health/liveness", 200)).containsEntry("status", "UP");
		}
	}

	@Test
	void unreachablePeerIsATimeout() {
		post(alice, "/api/contacts", Map.of("name", "absent", "peerId",
				"12D3KooWQYhTNQdmr3ArTeUHRYzFg94BKyTkoWBDWez9kSCVe2Xo", "addresses", List.of("/ip4/127.0.0.1/tcp/9")));
		assertProblem(post(alice, "/api/messages", Map.of("to", "absent", "text", "?")), 504);
		assertProblem(post(alice, "/api/conversations", Map.of("to", "absent", "messages", List.of("?"))), 504);
		assertProblem(sendFile(alice, "absent", "file", new byte[1], null), 504);
	}

	@Test
	void peerThatDoesNotListenIsATimeout() {
		IpfsListenerEndpointRegistry listeners = bob.getBean(IpfsListenerEndpointRegistry.class);
		listeners.stop();
		try {
			assertProblem(post(alice, "/api/messages", Map.of("to", "bob", "text", "?")), 504);
			assertProblem(post(alice, "/api/conversations", Map.of("to", "bob", "messages", List.of("?"))), 504);
		}
		finally {
			listeners.start();
		}
	}

	@Test
	void actuatorShowsHealthMetricsAndTheNode() {
		assertThat(get(alice, "/actuator/health", 200)).containsEntry("status", "UP");
		assertThat(get(alice, "/actuator/ipfs", 200)).isNotEmpty();
		assertThat(get(alice, "/actuator/metrics/ipfs.swarm.peers", 200)).containsEntry("name", "ipfs.swarm.peers");
		assertThat(client(alice).get().uri("/actuator/prometheus").retrieve().body(String.class)).contains("ipfs_");
	}

	@Test
	void pageIsServed() {
		assertThat(client(alice).get().uri("/").retrieve().body(String.class)).contains("<title>IPFS peer</title>")
			.contains("id=\"talk\"");
	}

	@Test
	void staticContentOnIpfsHasItsCidAsEntityTag() {
		publishSite();
		ResponseEntity<byte[]> logo = content("/logo.svg");
		assertThat(logo.getBody()).asString().isEqualTo("<svg/>");
		assertThat(logo.getHeaders().getContentType()).hasToString("image/svg+xml");
		assertThat(logo.getHeaders().getETag()).isEqualTo(tag("<svg/>".getBytes()));
		assertThat(content("/logo.svg", HttpHeaders.IF_NONE_MATCH, logo.getHeaders().getETag()).getStatusCode().value())
			.isEqualTo(304);
		assertThat(content("/gr%C3%B6%C3%9Fe%201+1.txt").getBody()).asString().isEqualTo("unusual");
		assertThat(exchange(client(alice).get().uri("/none.svg")).getStatusCode().value()).isEqualTo(404);
	}

	@Test
	void rangesOfStaticContentOnIpfsAreServed() {
		publishSite();
		ResponseEntity<byte[]> part = content("/logo.svg", HttpHeaders.RANGE, "bytes=1-3");
		assertThat(part.getStatusCode().value()).isEqualTo(206);
		assertThat(part.getBody()).asString().isEqualTo("svg");
		assertThat(part.getHeaders().getFirst(HttpHeaders.CONTENT_RANGE)).isEqualTo("bytes 1-3/6");
		assertThat(part.getHeaders().getETag()).isEqualTo(tag("<svg/>".getBytes()));
		ResponseEntity<byte[]> beyond = content("/logo.svg", HttpHeaders.RANGE, "bytes=6-");
		assertThat(beyond.getStatusCode().value()).isEqualTo(416);
		assertThat(beyond.getHeaders().getFirst(HttpHeaders.CONTENT_RANGE)).isEqualTo("bytes */6");
		byte[] video = video();
		ResponseEntity<byte[]> inside = content("/video.mp4", HttpHeaders.RANGE, "bytes=2000000-2999998");
		assertThat(inside.getStatusCode().value()).isEqualTo(206);
		assertThat(inside.getBody()).isEqualTo(Arrays.copyOfRange(video, 2_000_000, 2_999_999));
		assertThat(inside.getHeaders().getFirst(HttpHeaders.CONTENT_RANGE)).isEqualTo("bytes 2000000-2999998/3000000");
		ResponseEntity<Void> head = client(alice).head().uri("/video.mp4").retrieve().toBodilessEntity();
		assertThat(head.getHeaders().getContentLength()).isEqualTo(video.length);
		assertThat(head.getHeaders().getETag()).isEqualTo(tag(video));
		assertThat(head.getHeaders().getFirst(HttpHeaders.ACCEPT_RANGES)).isEqualTo("bytes");
	}

	@Test
	void whatANameStandsForMayChange() {
		alice.getBean(Kubo.class)
			.key()
			.importKey("named", Upload.of(Named.privateKey().getBytes()), "pem-pkcs8-cleartext")
			.block();
		publishNamed("first");
		ResponseEntity<byte[]> first = content("/named/page.html");
		assertThat(first.getBody()).asString().isEqualTo("first");
		assertThat(first.getHeaders().getETag()).isEqualTo(tag("first".getBytes()));
		publishNamed("the second");
		ResponseEntity<byte[]> second = content("/named/page.html", HttpHeaders.IF_NONE_MATCH,
				first.getHeaders().getETag());
		assertThat(second.getBody()).asString().isEqualTo("the second");
		assertThat(second.getHeaders().getETag()).isEqualTo(tag("the second".getBytes()));
	}

	private static void publishNamed(String page) {
		IpfsOperations ipfs = alice.getBean(IpfsOperations.class);
		Cid cid = ipfs.publish(Upload.of(page.getBytes()).withName("page.html"),
				AddOptions.defaults().cidVersion(1).wrapWithDirectory(true));
		PeerId name = ipfs.publishName(cid,
				PublishOptions.defaults().key("named").ttl(Duration.ofMillis(1)).allowOffline(true));
		assertThat(name).isEqualTo(Named.NAME);
	}

	private static void publishSite() {
		Cid cid = alice.getBean(IpfsOperations.class)
			.publish(
					Upload.all(List.of(Upload.of("<svg/>".getBytes()).withName("logo.svg"),
							Upload.of("unusual".getBytes(StandardCharsets.UTF_8)).withName("größe 1+1.txt"),
							Upload.of(video()).withName("video.mp4"))),
					AddOptions.defaults().cidVersion(1).wrapWithDirectory(true));
		assertThat(cid).hasToString(SITE);
	}

	private static byte[] video() {
		byte[] video = new byte[3_000_000];
		new Random(3).nextBytes(video);
		return video;
	}

	private static String tag(byte[] content) {
		Cid cid = alice.getBean(IpfsOperations.class)
			.predictCid(Upload.of(content), AddOptions.defaults().cidVersion(1));
		return '"' + cid.toString() + '"';
	}

	private static ResponseEntity<byte[]> content(String path, String... header) {
		return client(alice).get()
			.uri(URI.create("http://localhost:" + alice.getEnvironment().getProperty("local.server.port") + path))
			.headers((headers) -> {
				if (header.length > 0) {
					headers.set(header[0], header[1]);
				}
			})
			.retrieve()
			.onStatus(HttpStatusCode::isError, (request, response) -> {
			})
			.toEntity(byte[].class);
	}

	private static Map<String, Object> contact(String name, ConfigurableApplicationContext peer) {
		Map<String, Object> node = get(peer, "/api/node", 200);
		return Map.of("name", name, "peerId", node.get("peerId"), "addresses", node.get("addresses"));
	}

	private static void assertProblem(ResponseEntity<Map<String, Object>> response, int status, String detail) {
		assertProblem(response, status);
		assertThat(response.getBody().get("detail").toString()).contains(detail);
	}

	private static void assertProblem(ResponseEntity<Map<String, Object>> response, int status) {
		assertThat(response.getStatusCode().value()).as(String.valueOf(response.getBody())).isEqualTo(status);
		assertThat(response.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
	}

	private static Map<String, Object> get(ConfigurableApplicationContext peer, String path, int status) {
		ResponseEntity<Map<String, Object>> response = exchange(client(peer).get().uri(path));
		assertThat(response.getStatusCode().value()).isEqualTo(status);
		return response.getBody();
	}

	private static List<?> list(ConfigurableApplicationContext peer, String path) {
		return client(peer).get().uri(path).retrieve().body(List.class);
	}

	private static ResponseEntity<Map<String, Object>> post(ConfigurableApplicationContext peer, String path,
			Object body) {
		return exchange(client(peer).post().uri(path).body(body));
	}

	@SuppressWarnings({ "unchecked", "rawtypes" })
	private static ResponseEntity<Map<String, Object>> exchange(RestClient.RequestHeadersSpec<?> request) {
		return (ResponseEntity) request.retrieve().onStatus(HttpStatusCode::isError, (failed, response) -> {
		}).toEntity(Map.class);
	}

	private static RestClient client(ConfigurableApplicationContext peer) {
		JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory();
		// what has a time-out of its own is to tell it by itself
		requests.setReadTimeout(Duration.ofMinutes(2));
		return RestClient.builder()
			.requestFactory(requests)
			.baseUrl("http://localhost:" + peer.getEnvironment().getProperty("local.server.port"))
			.build();
	}

	/**
	 * Static content at a name, whose key is made before there is a node to publish with.
	 */
	static final class Named implements WebMvcConfigurer {

		private static final KeyPair KEYS = keys();

		private static final PeerId NAME = PeerId
			.of("f0172" + "0024" + "08011220" + HexFormat.of().formatHex(KEYS.getPublic().getEncoded()).substring(24));

		private static KeyPair keys() {
			try {
				return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
			}
			catch (NoSuchAlgorithmException ex) {
				throw new IllegalStateException(ex);
			}
		}

		static String privateKey() {
			return "-----BEGIN PRIVATE KEY-----\n" + Base64.getEncoder().encodeToString(KEYS.getPrivate().getEncoded())
					+ "\n-----END PRIVATE KEY-----\n";
		}

		@Override
		public void addResourceHandlers(ResourceHandlerRegistry registry) {
			registry.addResourceHandler("/named/**").addResourceLocations("ipns:" + NAME.toIpnsName() + "/");
		}

	}

}
