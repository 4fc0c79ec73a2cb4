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

package io.github.ipfstoolkit.rpc.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.ipfstoolkit.Cid;
import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.NodeException;
import io.github.ipfstoolkit.NodeUnreachableException;
import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.core.IpfsTemplate;
import io.github.ipfstoolkit.rpc.CommandFailedException;
import io.github.ipfstoolkit.rpc.ContentApi.AddOptions;
import io.github.ipfstoolkit.rpc.ContentApi.CatOptions;
import io.github.ipfstoolkit.rpc.ContentApi.Entry;
import io.github.ipfstoolkit.rpc.FilesApi;
import io.github.ipfstoolkit.rpc.KeyApi;
import io.github.ipfstoolkit.rpc.Kubo;
import io.github.ipfstoolkit.rpc.KuboVersion;
import io.github.ipfstoolkit.rpc.NameApi;
import io.github.ipfstoolkit.rpc.NodeTooOldException;
import io.github.ipfstoolkit.rpc.PinApi;
import io.github.ipfstoolkit.rpc.RpcAccessDeniedException;
import io.github.ipfstoolkit.rpc.RpcEndpoint;
import io.github.ipfstoolkit.rpc.UnsupportedCommandException;
import io.github.ipfstoolkit.rpc.Upload;
import io.github.ipfstoolkit.testsupport.KuboTestNode;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link KuboCliClient} with the real executable: on a repository on which no
 * node runs, and as a client of a node elsewhere. What both backends have in common is in
 * the contract of the sections.
 */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(120)
class KuboCliClientIT {

	private static final PeerId OTHER = PeerId.of("12D3KooWGL1WQ2TXMou8HRB8zv7K274sDfWbF3noAnxWESU6RL2K");

	@TempDir
	private static Path directory;

	private Path repository;

	private KuboCliClient offline;

	@BeforeAll
	void start() throws Exception {
		this.repository = initialized("repository");
		this.offline = KuboCliClient.builder(KuboTestNode::executable, this.repository).build();
	}

	@AfterAll
	void stop() {
		this.offline.close();
	}

	private static Path initialized(String name) throws Exception {
		Path repository = directory.resolve(name);
		ProcessBuilder builder = new ProcessBuilder(KuboTestNode.executable().toString(), "init", "--profile=test")
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD);
		builder.environment().put("IPFS_PATH", repository.toString());
		assertThat(builder.start().waitFor(60, TimeUnit.SECONDS)).isTrue();
		return repository;
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(60, TimeUnit.SECONDS);
	}

	private static Upload upload(String text) {
		return Upload.of(text.getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void whatNeedsNoNodeWorksOnARepositoryWithoutOne() throws Exception {
		Kubo kubo = this.offline;
		IpfsTemplate ipfs = new IpfsTemplate(kubo);
		assertThat(kubo.backend()).isEqualTo("cli");
		assertThat(kubo.node().id().block().id()).isEqualTo(identity(this.repository));
		assertThat(kubo.node().version().block().version()).isNotEmpty();
		Cid cid = ipfs.publish(upload("kept offline"));
		assertThat(ipfs.readText(cid)).isEqualTo("kept offline");
		assertThat(kubo.content().cat(cid.toPath(), CatOptions.defaults().offset(5).length(7)).blockFirst())
			.extracting((buffer) -> buffer.toString(StandardCharsets.UTF_8))
			.isEqualTo("offline");
		Path tree = Files.createDirectories(directory.resolve("tree/a b ü"));
		Files.writeString(tree.resolve("-file"), "content");
		Cid root = ipfs.publish(Upload.of(directory.resolve("tree")));
		Entry entry = kubo.content().ls(root.resolve("a b ü").toPath()).block().directories().get(0).entries().get(0);
		assertThat(entry.name()).isEqualTo("-file");
		Path target = directory.resolve("downloaded");
		ipfs.download(root, target);
		assertThat(target.resolve("a b ü/-file")).hasContent("content");
		kubo.pin().rm(cid.toString()).block();
		kubo.pin().add(cid.toString(), PinApi.AddOptions.defaults().name("a name")).blockLast();
		assertThat(kubo.pin().ls(PinApi.LsOptions.defaults().names(true).name("a name")).collectList().block())
			.extracting(PinApi.Pin::cid)
			.containsExactly(cid);
		kubo.files().write("/a b", upload("in MFS"), FilesApi.WriteOptions.defaults().create(true)).block();
		assertThat(kubo.files().stat("/a b").block().size()).isEqualTo(6);
		KeyApi.Key key = kubo.key().gen("offline").block();
		assertThat(kubo.key().ls().block().keys()).contains(key);
		assertThat(kubo.name()
			.publish(cid.toPath(), NameApi.PublishOptions.defaults().key("offline").allowOffline(true))
			.block()
			.value()).isEqualTo(cid.toPath());
		kubo.config().set("Datastore.StorageMax", "11GB").block();
		assertThat(kubo.config().get("Datastore.StorageMax").block().value().asString()).isEqualTo("11GB");
		assertThat(kubo.repo().stat().block().blocks()).isPositive();
		assertThat(kubo.repo().gc().collectList().block()).isNotNull();
		assertThat(kubo.content()
			.cat("QmdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR1m")
			.onErrorResume(CommandFailedException.class, (ex) -> Flux.empty())
			.collectList()
			.block()).isEmpty();
	}

	private static String file(String content) {
		try {
			return Files.writeString(directory.resolve(content), content).toString();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static PeerId identity(Path repository) throws IOException {
		String config = Files.readString(repository.resolve("config"));
		return PeerId.of(config.replaceFirst("(?s).*\"PeerID\": \"(\\w+)\".*", "$1"));
	}

	@Test
	void whatNeedsANodeSaysSo() {
		Kubo kubo = this.offline;
		kubo.config().setBoolean("Experimental.Libp2pStreamMounting", true).block();
		List<Mono<?>> calls = List.of(kubo.swarm().peers(), kubo.swarm().addresses(),
				kubo.swarm().connect(Multiaddr.of("/ip4/127.0.0.1/tcp/1/p2p/" + OTHER)), kubo.p2p().ls(),
				kubo.pubsub().ls(), kubo.pubsub().pub("topic", upload("message")), kubo.pubsub().subscribe("topic"),
				kubo.node().shutdown(), kubo.node().id(OTHER), kubo.node().ping(OTHER, 1).next(),
				kubo.stats().bandwidth(), kubo.bitswap().stat(), kubo.routing().findPeer(OTHER).next(),
				kubo.diag().profile().next(), kubo.log().tail().next());
		for (Mono<?> call : calls) {
			assertThatExceptionOfType(UnsupportedCommandException.class)
				.isThrownBy(() -> call.block(Duration.ofSeconds(60)))
				.withMessageContainingAll("no node runs on the repository " + this.repository, "ipfs daemon",
						"ipfs.node.mode=managed");
		}
	}

	@Test
	void manyCommandsAtOnceOnARepositoryWithoutANode() {
		Set<Cid> cids = new HashSet<>(Flux.range(0, 12)
			.flatMap((i) -> this.offline.content().add(upload("number " + i)).last().map((added) -> added.cid()))
			.collectList()
			.block(Duration.ofSeconds(100)));
		assertThat(cids).hasSize(12);
	}

	@Test
	void identityIsRotatedAndItsKeyGivenAway() throws Exception {
		Path rotated = initialized("rotated");
		try (KuboCliClient kubo = KuboCliClient.builder(KuboTestNode::executable, rotated).build()) {
			PeerId before = identity(rotated);
			PeerId after = kubo.key().rotate("before").block().id();
			assertThat(identity(rotated)).isEqualTo(after).isNotEqualTo(before);
			byte[] key = kubo.key().export("before").block();
			assertThat(kubo.key().importKey("again", Upload.of(key), "libp2p-protobuf-cleartext").block().id())
				.isEqualTo(before);
			byte[] pem = kubo.key().export("before", "pem-pkcs8-cleartext").block();
			assertThat(new String(pem, StandardCharsets.US_ASCII)).startsWith("-----BEGIN PRIVATE KEY-----");
			assertThat(kubo.key()
				.rotate("rsa", KeyApi.GenOptions.defaults().type("rsa").size(2048))
				.block()
				.id()
				.toString()).startsWith("Qm");
			assertThatExceptionOfType(CommandFailedException.class).isThrownBy(() -> kubo.key().export("none").block())
				.withMessageContaining("none");
			int version = Integer.parseInt(kubo.repo().version().block().version());
			Files.writeString(rotated.resolve("version"), (version - 1) + "\n");
			assertThatExceptionOfType(NodeException.class).isThrownBy(() -> kubo.repo().stat().block())
				.withMessageContaining("ipfs repo migrate");
			assertThat(kubo.repo().migrate().collectList().block()).extracting((step) -> step.message())
				.anyMatch((message) -> message.contains("successfully migrated to version " + version));
			assertThat(kubo.repo().stat().block().version()).isEqualTo("fs-repo@" + version);
		}
	}

	@Test
	void repositoryThatIsNotThereIsNamedWithTheRemedy() {
		try (KuboCliClient kubo = KuboCliClient.builder(KuboTestNode::executable, directory.resolve("none")).build()) {
			assertThatExceptionOfType(NodeException.class).isThrownBy(() -> kubo.node().id().block())
				.withMessageContainingAll("none", "ipfs init", "ipfs.cli.repository");
		}
	}

	@Test
	void repositoryThatAnotherProcessUsesIsNamedWithTheRemedy() throws Exception {
		Path locked = initialized("locked");
		try (KuboCliClient kubo = KuboCliClient.builder(KuboTestNode::executable, locked).build();
				FileChannel channel = FileChannel.open(locked.resolve("repo.lock"), StandardOpenOption.CREATE,
						StandardOpenOption.WRITE)) {
			channel.lock();
			assertThatExceptionOfType(RepositoryInUseException.class).isThrownBy(() -> kubo.repo().stat().block())
				.satisfies((ex) -> {
					assertThat(ex.getProblem()).contains(locked.toString(), "used by another process");
					assertThat(ex.getRemedy()).isNotEmpty();
				});
			assertThatExceptionOfType(RepositoryInUseException.class)
				.isThrownBy(() -> kubo.content().add(upload("content")).blockLast());
		}
	}

	@Test
	void nodeElsewhereIsUsedByItsAddressAndCredentials() {
		try (KuboTestNode node = KuboTestNode.start()) {
			Cid expected = Cid.of(node.run("add", "--cid-version=1", "--only-hash", "-Q", file("elsewhere")).strip());
			node.run("config", "--json", "API.Authorizations",
					"{\"all\":{\"AuthSecret\":\"basic:user:pass word\",\"AllowedPaths\":[\"/api/v0\"]}}");
			node.killAndRestart();
			String url = node.endpoint().toString();
			try (KuboCliClient kubo = at(url, "basic:user:pass word"); KuboCliClient other = at(url, "bearer:wrong")) {
				Cid cid = kubo.content()
					.add(upload("elsewhere"), AddOptions.defaults().cidVersion(1))
					.blockLast()
					.cid();
				assertThat(cid).isEqualTo(expected);
				assertThat(kubo.swarm().peers().block().peers()).isEmpty();
				assertThatExceptionOfType(UnsupportedCommandException.class)
					.isThrownBy(() -> kubo.key().export("self").block())
					.withMessageContaining(url);
				assertThatExceptionOfType(RpcAccessDeniedException.class)
					.isThrownBy(() -> other.swarm().peers().block());
			}
		}
		try (KuboCliClient kubo = at("http://127.0.0.1:1", null)) {
			assertThatExceptionOfType(NodeUnreachableException.class).isThrownBy(() -> kubo.node().id().block())
				.withMessageContaining("http://127.0.0.1:1");
		}
	}

	@Test
	void repositoryWhoseNodeWasKilledIsUsedWithoutIt() {
		try (KuboTestNode node = KuboTestNode.start();
				KuboCliClient kubo = KuboCliClient.builder(KuboTestNode::executable, node.repository()).build()) {
			PeerId identity = node.peerId();
			node.kill();
			assertThat(node.repository().resolve("api")).exists();
			assertThat(kubo.node().id().block().id()).isEqualTo(identity);
			Cid cid = kubo.content().add(upload("after the node")).blockLast().cid();
			assertThat(new IpfsTemplate(kubo).readText(cid)).isEqualTo("after the node");
			assertThatExceptionOfType(UnsupportedCommandException.class).isThrownBy(() -> kubo.swarm().peers().block())
				.withMessageContainingAll("no node runs on the repository " + node.repository(), "ipfs daemon");
			node.startProcess();
			assertThat(kubo.swarm().peers().block().peers()).isEmpty();
			assertThat(new IpfsTemplate(node.kubo()).readText(cid)).isEqualTo("after the node");
		}
	}

	private static KuboCliClient at(String url, String credentials) {
		RpcEndpoint endpoint = RpcEndpoint.of(url, credentials);
		return KuboCliClient.builder(KuboTestNode::executable, () -> endpoint).build();
	}

	@Test
	void cancellingAStreamEndsItsProcessAndTheNodesWork() {
		try (KuboTestNode node = KuboTestNode.start();
				KuboCliClient kubo = KuboCliClient.builder(KuboTestNode::executable, node.repository()).build()) {
			Disposable subscription = kubo.pubsub().sub("topic").subscribe();
			await().until(() -> node.kubo().pubsub().ls().block().topics().contains("topic"));
			Set<Long> processes = processes("pubsub");
			assertThat(processes).isNotEmpty();
			subscription.dispose();
			await().until(() -> node.kubo().pubsub().ls().block().topics().isEmpty());
			await().until(() -> processes.stream().noneMatch(processes("pubsub")::contains));
		}
	}

	private static Set<Long> processes(String argument) {
		return ProcessHandle.current()
			.children()
			.filter((child) -> child.info()
				.arguments()
				.map(List::of)
				.filter((list) -> list.contains(argument))
				.isPresent())
			.map(ProcessHandle::pid)
			.collect(Collectors.toSet());
	}

	/**
	 * It would ignore an option that it does not know, and the executable passes it on.
	 */
	@Test
	void nodeThatIsOlderThanTheExecutableIsFoundOut() throws Exception {
		HttpServer node = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		node.createContext("/api/v0/version", (exchange) -> reply(exchange, "{\"Version\":\"0.39.0\"}"));
		node.createContext("/api/v0/id", (exchange) -> reply(exchange, """
				{"ID":"%s","PublicKey":"","Addresses":[],"AgentVersion":"kubo/0.39.0/","Protocols":[]}"""
			.formatted(OTHER)));
		node.start();
		RpcEndpoint endpoint = RpcEndpoint.of("http://127.0.0.1:" + node.getAddress().getPort(), null);
		try (KuboCliClient client = KuboCliClient.builder(KuboTestNode::executable, () -> endpoint).build()) {
			assertThatExceptionOfType(NodeTooOldException.class).isThrownBy(() -> client.node().healthy().block())
				.satisfies((ex) -> assertThat(ex.getNodeVersion()).isEqualTo(KuboVersion.of("0.39.0")));
		}
		finally {
			node.stop(0);
		}
	}

	private static void reply(HttpExchange exchange, String json) throws IOException {
		byte[] reply = json.getBytes(StandardCharsets.US_ASCII);
		exchange.getResponseHeaders().add("Content-Type", "application/json");
		exchange.sendResponseHeaders(200, reply.length);
		exchange.getResponseBody().write(reply);
		exchange.close();
	}

}
