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

package io.github.ipfstoolkit.core;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.github.ipfstoolkit.Cid;
import io.github.ipfstoolkit.ContentPath;
import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.IpfsTimeoutException;
import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.rpc.Backend;
import io.github.ipfstoolkit.rpc.CommandFailedException;
import io.github.ipfstoolkit.rpc.ContentApi.AddOptions;
import io.github.ipfstoolkit.rpc.ContentApi.CatOptions;
import io.github.ipfstoolkit.rpc.DagApi;
import io.github.ipfstoolkit.rpc.DiagApi;
import io.github.ipfstoolkit.rpc.KeyApi;
import io.github.ipfstoolkit.rpc.NameApi;
import io.github.ipfstoolkit.rpc.PinApi;
import io.github.ipfstoolkit.rpc.RpcEndpoint;
import io.github.ipfstoolkit.rpc.Upload;
import io.github.ipfstoolkit.rpc.client.KuboClient;
import io.github.ipfstoolkit.testsupport.KuboTestNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link IpfsTemplate} against two connected nodes.
 */
@TestInstance(Lifecycle.PER_CLASS)
class IpfsTemplateIT {

	private static final Cid MISSING = Cid.of("QmdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR1m");

	private static KuboTestNode node;

	private static KuboTestNode otherNode;

	private static IpfsTemplate ipfs;

	private static IpfsTemplate other;

	private static KuboClient client;

	private static KuboClient otherClient;

	@TempDir
	private Path directory;

	Backend backend() {
		return Backend.HTTP;
	}

	@BeforeAll
	void start() {
		node = KuboTestNode.start();
		otherNode = KuboTestNode.start();
		client = backend().connect(node);
		otherClient = backend().connect(otherNode);
		ipfs = new IpfsTemplate(client);
		other = new IpfsTemplate(otherClient);
		node.connectTo(otherNode);
	}

	@AfterAll
	void stop() {
		client.close();
		otherClient.close();
		node.close();
		otherNode.close();
	}

	@Test
	void fileIsPublishedAndReadInEachWay() throws Exception {
		Path file = Files.writeString(this.directory.resolve("a file"), "hello wörld");
		Cid cid = ipfs.publish(file);
		assertThat(cid).hasToString(node.run("add", "-Q", "-n", file.toString()).trim());
		assertThat(ipfs.predictCid(file)).isEqualTo(cid);
		assertThat(ipfs.publish(Upload.of(new ByteArrayResource(Files.readAllBytes(file))))).isEqualTo(cid);
		assertThat(ipfs.publish(Upload.of(new ByteArrayInputStream(Files.readAllBytes(file))))).isEqualTo(cid);
		assertThat(ipfs.publish(Upload.of(Files.readAllBytes(file)))).isEqualTo(cid);
		assertThat(ipfs.readText(cid)).isEqualTo("hello wörld");
		assertThat(ipfs.readText(cid, CatOptions.defaults().offset(6).length(6))).isEqualTo("wörld");
		assertThat(ipfs.read(cid)).asString(StandardCharsets.UTF_8).isEqualTo(node.run("cat", cid.toString()));
		assertThat(ipfs.read(cid, CatOptions.defaults().offset(1).length(3))).asString().isEqualTo("ell");
		try (InputStream content = ipfs.open(cid)) {
			assertThat(content).hasBinaryContent(Files.readAllBytes(file));
		}
		try (InputStream content = ipfs.open(cid, CatOptions.defaults().length(5))) {
			assertThat(content).hasContent("hello");
		}
	}

	@Test
	void emptyFileAndOptionsOfPublishing() {
		assertThat(ipfs.read(ipfs.publish(Upload.of(new byte[0])))).isEmpty();
		AddOptions options = AddOptions.defaults().cidVersion(1).pin(false);
		Cid predicted = ipfs.predictCid(Upload.of("not stored".getBytes()), options);
		assertThat(node.run("refs", "local")).doesNotContain(predicted.toString());
		assertThat(ipfs.publish(Upload.of("not stored".getBytes()), options)).isEqualTo(predicted);
		assertThat(predicted.version()).isOne();
		assertThat(ipfs.pins()).extracting(PinApi.Pin::cid).doesNotContain(predicted);
	}

	@Test
	void directoryWithOddNamesRoundTrips() throws Exception {
		Path tree = oddTree();
		Cid cid = ipfs.publish(tree);
		assertThat(cid).hasToString(node.run("add", "-r", "-Q", "-n", "-H", tree.toString()).trim());
		assertThat(ipfs.predictCid(tree)).isEqualTo(cid);
		List<Long> progress = new ArrayList<>();
		Path copy = this.directory.resolve("copy");
		ipfs.download(cid, copy, DownloadOptions.defaults().withProgress((received, total) -> {
			progress.add(received);
			if (backend().tellsAll()) {
				assertThat(total).isGreaterThanOrEqualTo(received);
			}
			else {
				assertThat(total).isEqualTo(-1);
			}
		}));
		assertThat(contents(copy)).isEqualTo(contents(tree));
		assertThat(progress).isSorted().last().isEqualTo(200_000L + 11 * 7);
		Path single = this.directory.resolve("single");
		ipfs.download(cid.resolve("sub dir/a+b"), single);
		assertThat(single).hasContent("content");
		assertThat(ipfs.readText(cid.resolve("50%25?#&=.txt"))).isEqualTo("content");
	}

	@Test
	void severalArePublishedInOneRequest() throws Exception {
		Path tree = oddTree();
		List<Upload> uploads = new ArrayList<>(List.of(Upload.of(tree), Upload.of("same".getBytes()).withName("x"),
				Upload.of("same".getBytes()).withName("x"), Upload.of(new ByteArrayInputStream("stream".getBytes()))));
		for (int i = 0; i < 100; i++) {
			uploads.add(Upload.of(("file " + i).getBytes()));
		}
		List<Cid> cids = ipfs.publishAll(uploads);
		assertThat(cids).hasSize(104)
			.startsWith(ipfs.predictCid(tree), ipfs.predictCid(Upload.of("same".getBytes()), AddOptions.defaults()),
					ipfs.predictCid(Upload.of("same".getBytes()), AddOptions.defaults()));
		assertThat(ipfs.readText(cids.get(3))).isEqualTo("stream");
		assertThat(ipfs.readText(cids.get(103))).isEqualTo("file 99");
		assertThat(ipfs.pins()).extracting(PinApi.Pin::cid).containsAll(cids);
		assertThat(ipfs.publishAll(List.of())).isEmpty();
		for (AddOptions unusable : List.of(AddOptions.defaults().wrapWithDirectory(true),
				AddOptions.defaults().toFiles("/x"))) {
			assertThatIllegalArgumentException().isThrownBy(() -> ipfs.publishAll(uploads, unusable));
		}
	}

	@Test
	void permissionsAndTimesRoundTrip() throws Exception {
		Path tree = Files.createDirectories(this.directory.resolve("tree/sub")).getParent();
		Path file = Files.writeString(tree.resolve("sub/file"), "content");
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x--x"));
		for (Path path : List.of(file, file.getParent(), tree)) {
			Files.setLastModifiedTime(path, FileTime.from(Instant.ofEpochSecond(1_000_000_000)));
		}
		Cid cid = ipfs.publish(Upload.of(tree), AddOptions.defaults().preserveMode(true).preserveMtime(true));
		Path copy = this.directory.resolve("copy");
		ipfs.download(cid, copy, DownloadOptions.defaults().withAttributes(true));
		assertThat(Files.getPosixFilePermissions(copy.resolve("sub/file")))
			.isEqualTo(Files.getPosixFilePermissions(file));
		assertThat(List.of(copy, copy.resolve("sub"), copy.resolve("sub/file")))
			.allSatisfy((path) -> assertThat(Files.getLastModifiedTime(path).toInstant())
				.isEqualTo(Instant.ofEpochSecond(1_000_000_000)));
	}

	@Test
	void downloadStaysWithinItsLimits() throws Exception {
		Path tree = Files.createDirectories(this.directory.resolve("tree"));
		byte[] same = new byte[300_000];
		for (int i = 0; i < 10; i++) {
			Files.write(tree.resolve("file" + i), same);
		}
		// the node stores the block once
		Cid cid = ipfs.publish(tree);
		Path copy = this.directory.resolve("copy");
		for (DownloadOptions limited : List.of(DownloadOptions.defaults().withMaxSize(DataSize.ofBytes(2_999_999)),
				DownloadOptions.defaults().withMaxEntries(10))) {
			assertThatExceptionOfType(DownloadException.class).isThrownBy(() -> ipfs.download(cid, copy, limited))
				.withMessageContaining("more than");
			assertThat(copy).doesNotExist();
		}
		ipfs.download(cid, copy,
				DownloadOptions.defaults().withMaxSize(DataSize.ofBytes(3_000_000)).withMaxEntries(11));
		assertThat(contents(copy)).isEqualTo(contents(tree));
	}

	@Test
	void graphIsCarriedToAnotherNodeInACarArchive() throws Exception {
		Path tree = oddTree();
		Cid cid = ipfs.publish(tree);
		Path car = this.directory.resolve("archive.car");
		List<Long> progress = new ArrayList<>();
		ipfs.exportCar(cid, car, DownloadOptions.defaults().withProgress((received, total) -> progress.add(received)));
		assertThat(progress).isSorted().last().isEqualTo(Files.size(car));
		assertThatExceptionOfType(DownloadException.class).isThrownBy(() -> ipfs.exportCar(cid, car));
		try (InputStream archive = ipfs.openCar(cid)) {
			assertThat(archive).hasBinaryContent(Files.readAllBytes(car));
		}
		try (KuboTestNode alone = KuboTestNode.start(); KuboClient aloneClient = backend().connect(alone)) {
			IpfsTemplate target = new IpfsTemplate(aloneClient);
			assertThat(target.importCar(car)).containsExactly(cid);
			assertThat(target.pins()).extracting(PinApi.Pin::cid).contains(cid);
			Path copy = this.directory.resolve("copy");
			target.download(cid, copy, DownloadOptions.defaults().withOffline(true));
			assertThat(contents(copy)).isEqualTo(contents(tree));
			Cid second = ipfs.publish(Upload.of("second".getBytes()));
			ipfs.exportCar(second, car, DownloadOptions.defaults().withReplaceExisting(true));
			try (InputStream first = ipfs.openCar(cid)) {
				assertThat(target.importCar(Upload.all(List.of(Upload.of(first), Upload.of(car)))))
					.containsExactlyInAnyOrder(cid, second);
			}
			assertThat(target.importCar(Upload.of(car), DagApi.ImportOptions.defaults().pinRoots(false))).isEmpty();
			assertThatExceptionOfType(IpfsException.class)
				.isThrownBy(() -> target.importCar(Upload.of(Arrays.copyOf(Files.readAllBytes(car), 70))));
		}
	}

	@Test
	void graphWithAMissingBlockIsNotExported() throws Exception {
		byte[] bytes = new byte[1_000_000];
		new SplittableRandom(7).nextBytes(bytes);
		Cid cid = ipfs.publish(Upload.of(bytes), AddOptions.defaults().pin(false));
		String[] blocks = node.run("refs", cid.toString()).trim().split("\n");
		node.run("block", "rm", blocks[blocks.length - 1]);
		Path car = this.directory.resolve("archive.car");
		assertThatExceptionOfType(IpfsException.class)
			.isThrownBy(() -> ipfs.exportCar(cid, car, DownloadOptions.defaults().withOffline(true)));
		assertThat(this.directory).isEmptyDirectory();
		try (InputStream partial = ipfs.openCar(cid, DagApi.ExportOptions.defaults().localOnly(true))) {
			assertThat(partial.readAllBytes().length).isBetween(500_000, 1_000_000);
		}
		assertThatExceptionOfType(IpfsException.class)
			.isThrownBy(() -> ipfs.exportCar(MISSING, car, DownloadOptions.defaults().withOffline(true)));
	}

	private Path oddTree() throws IOException {
		Path tree = Files.createDirectories(this.directory.resolve("odd + tree"));
		for (String name : List.of("a b", "a+b", "50%25?#&=.txt", "quote\"s'", "ünï ☃ 日本", "back\\slash", ".hidden",
				"line\nbreak", "x".repeat(255), "ü".repeat(127) + "x")) {
			Files.writeString(tree.resolve(name), "content");
		}
		Files.write(tree.resolve("big"), new byte[200_000]);
		Files.createDirectories(tree.resolve("sub dir/empty"));
		Files.writeString(tree.resolve("sub dir/a+b"), "content");
		Files.createSymbolicLink(tree.resolve("link"), Path.of("sub dir/a+b"));
		Files.createSymbolicLink(tree.resolve("sub dir/up"), Path.of("../ünï ☃ 日本"));
		return tree;
	}

	private static Map<String, String> contents(Path tree) throws IOException {
		Map<String, String> contents = new TreeMap<>();
		try (Stream<Path> paths = Files.walk(tree)) {
			for (Path path : (Iterable<Path>) paths::iterator) {
				String content = Files.isSymbolicLink(path) ? "-> " + Files.readSymbolicLink(path)
						: Files.isDirectory(path) ? "directory" : Arrays.hashCode(Files.readAllBytes(path)) + "";
				contents.put(tree.relativize(path).toString(), content);
			}
		}
		return contents;
	}

	@Test
	void contentThatIsNotThereIsAnErrorAtOnce() {
		Cid directory = ipfs.publish(Upload.of("hello".getBytes()).withName("f"),
				AddOptions.defaults().wrapWithDirectory(true));
		assertThatExceptionOfType(CommandFailedException.class)
			.isThrownBy(() -> ipfs.open(directory.resolve("nothing")))
			.withMessageContaining("nothing");
		assertThatExceptionOfType(CommandFailedException.class).isThrownBy(() -> ipfs.read(directory))
			.withMessageContaining("directory");
		assertThatExceptionOfType(CommandFailedException.class)
			.isThrownBy(() -> ipfs.open(MISSING, CatOptions.defaults().offline(true)));
		assertThatExceptionOfType(CommandFailedException.class).isThrownBy(() -> ipfs.download(MISSING,
				this.directory.resolve("target"), DownloadOptions.defaults().withOffline(true)));
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void contentWithAMissingBlockIsNeverAShortSuccess() throws Exception {
		byte[] bytes = new byte[3_000_000];
		for (int i = 0; i < bytes.length; i++) {
			bytes[i] = (byte) (i * 31 ^ (i >> 8));
		}
		Cid cid = ipfs.publish(Upload.of(bytes));
		String[] blocks = node.run("refs", cid.toString()).trim().split("\n");
		node.run("pin", "rm", cid.toString());
		node.run("block", "rm", blocks[blocks.length - 2]);
		CatOptions offline = CatOptions.defaults().offline(true);
		assertThatExceptionOfType(IpfsException.class).isThrownBy(() -> ipfs.read(cid, offline));
		// the executable may fail before it prints anything, and so before the content is
		// opened
		Throwable failure = catchThrowable(() -> {
			try (InputStream content = ipfs.open(cid, offline)) {
				content.transferTo(OutputStream.nullOutputStream());
			}
		});
		assertThat((failure instanceof IOException) ? failure.getCause() : failure).isInstanceOf(IpfsException.class);
		Path target = this.directory.resolve("target");
		assertThatExceptionOfType(IpfsException.class)
			.isThrownBy(() -> ipfs.download(cid, target, DownloadOptions.defaults().withOffline(true)));
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void closingEarlyEndsTheCommandOnTheNode() throws Exception {
		byte[] bytes = new byte[50_000_000];
		new SplittableRandom(1).nextBytes(bytes);
		Cid cid = ipfs.publish(Upload.of(bytes), AddOptions.defaults().pin(false));
		try (InputStream content = ipfs.open(cid)) {
			assertThat(content.readNBytes(10)).isEqualTo(Arrays.copyOf(bytes, 10));
			assertThat(activeCommands()).contains("cat");
		}
		Awaitility.await().untilAsserted(() -> assertThat(activeCommands()).doesNotContain("cat"));
	}

	private static List<String> activeCommands() {
		return node.kubo()
			.diag()
			.commands()
			.filter(DiagApi.Command::active)
			.map(DiagApi.Command::command)
			.collectList()
			.block();
	}

	@Test
	void uploadThatFailsOnTheWayIsAnErrorAndNotPublished() {
		DataBuffer start = DefaultDataBufferFactory.sharedInstance.wrap("start".getBytes());
		Flux<DataBuffer> failing = Flux.just(start)
			.cast(DataBuffer.class)
			.concatWith(Mono.error(new IllegalStateException("no more")));
		assertThatExceptionOfType(IpfsException.class).isThrownBy(() -> ipfs.publish(Upload.of(failing)))
			.withMessageContaining("no more");
		Cid partial = ipfs.predictCid(Upload.of("start".getBytes()), AddOptions.defaults());
		assertThat(ipfs.pins()).extracting(PinApi.Pin::cid).doesNotContain(partial);
	}

	@Test
	void contentLargerThanTheLimitIsNotReadIntoMemory() {
		IpfsTemplate small = new IpfsTemplate(client, DataSize.ofBytes(10));
		Cid fits = ipfs.publish(Upload.of("0123456789".getBytes()));
		Cid large = ipfs.publish(Upload.of("0123456789a".getBytes()));
		assertThat(small.readText(fits)).isEqualTo("0123456789");
		assertThatExceptionOfType(ContentTooLargeException.class).isThrownBy(() -> small.read(large))
			.withMessageContaining("more than 10 bytes");
		assertThat(small.readText(large, CatOptions.defaults().length(10))).isEqualTo("0123456789");
	}

	@Test
	void contentIsPinnedAndRemoved() {
		Cid cid = ipfs.publish(Upload.of("to be pinned".getBytes()));
		assertThat(ipfs.pins()).contains(new PinApi.Pin(cid, "recursive", ""));
		ipfs.unpin(cid);
		assertThat(node.run("pin", "ls", "-q", "--type=recursive")).doesNotContain(cid.toString());
		ipfs.pin(cid, PinApi.AddOptions.defaults().recursive(false).name("my pin"));
		assertThat(ipfs.pins()).contains(new PinApi.Pin(cid, "direct", "my pin"));
		assertThat(node.run("pin", "ls", "--names", "--type=direct")).contains(cid + " direct my pin");
		ipfs.unpin(cid);
		ipfs.pin(cid);
		assertThat(node.run("refs", "local")).contains(rawCid(cid));
		ipfs.remove(cid);
		assertThat(node.run("refs", "local")).doesNotContain(rawCid(cid));
		assertThatExceptionOfType(CommandFailedException.class).isThrownBy(() -> ipfs.unpin(cid))
			.withMessageContaining("not pinned");
	}

	private static String rawCid(Cid cid) {
		// the repository knows blocks by their hash alone
		return node.run("cid", "format", "-v", "1", "--mc", "raw", "-b", "base32", cid.toString()).trim();
	}

	@Test
	void providersAreFound() {
		Cid cid = other.publish(Upload.of(("provided " + Instant.now()).getBytes()));
		ipfs.pin(cid);
		otherNode.run("routing", "provide", cid.toString());
		assertThat(ipfs.findProviders(cid, 5)).contains(ipfs.peerId(), other.peerId()).doesNotHaveDuplicates();
		assertThat(other.findProviders(cid, 1)).hasSize(1);
	}

	@Test
	void nameLeadsToContent() throws Exception {
		KeyApi.Key key = ipfs.createKey("news");
		assertThat(node.run("key", "list", "-l")).contains(key.id().toIpnsName() + " news");
		Cid first = ipfs.publish(Upload.of("first".getBytes()));
		Cid second = ipfs.publish(Upload.of("second".getBytes()));
		assertThat(ipfs.publishName("news", first)).isEqualTo(key.id());
		ContentPath name = ContentPath.ipns(key.id());
		assertThat(other.resolveName(name)).isEqualTo(first);
		assertThat(other.readText(name)).isEqualTo("first");
		assertThat(otherNode.run("name", "resolve", key.id().toIpnsName()).trim()).isEqualTo(first.toPath());
		NameRecord record = other.nameRecord(key.id());
		assertThat(record.value()).isEqualTo(first);
		assertThat(record.validUntil()).isBetween(Instant.now().plus(Duration.ofHours(47)),
				Instant.now().plus(Duration.ofHours(49)));
		assertThat(record.ttl()).isEqualTo(Duration.ofMinutes(5));
		ipfs.publishName("news", second);
		assertThat(other.resolveName(name)).as("cached").isEqualTo(first);
		assertThat(other.resolveName(name, NameApi.ResolveOptions.defaults().nocache(true))).isEqualTo(second);
		Path target = this.directory.resolve("target");
		ipfs.download(name, target);
		assertThat(target).hasContent("second");
		ipfs.removeKey("news");
		assertThat(ipfs.keys()).extracting(KeyApi.Key::name).contains("self").doesNotContain("news");
	}

	@Test
	void lifetimeAndTtlCountAlsoForTheSameContent() {
		KeyApi.Key key = ipfs.createKey("short", KeyApi.GenOptions.defaults().type("rsa").size(2048));
		Cid cid = ipfs.publish(Upload.of("named".getBytes()));
		ipfs.publishName("short", cid);
		ipfs.publishName(cid,
				NameApi.PublishOptions.defaults()
					.key("short")
					.lifetime(Duration.ofHours(2))
					.ttl(Duration.ofSeconds(90)));
		NameRecord record = ipfs.nameRecord(key.id());
		assertThat(record.ttl()).isEqualTo(Duration.ofSeconds(90));
		assertThat(record.sequence()).isOne();
		assertThat(record.validUntil()).isBefore(Instant.now().plus(Duration.ofHours(3)));
	}

	@Test
	void nameThatLeadsNowhereIsAnError() {
		ContentPath unknown = ContentPath.ipns(PeerId.of("12D3KooWGL1WQ2TXMou8HRB8zv7K274sDfWbF3noAnxWESU6RL2K"));
		assertThatExceptionOfType(CommandFailedException.class).isThrownBy(() -> ipfs.resolveName(unknown));
	}

	@Test
	void nodeTellsWhoItIs() {
		assertThat(ipfs.peerId()).hasToString(node.run("id", "-f", "<id>").trim());
		assertThat(ipfs.addresses()).isNotEmpty().allMatch((address) -> address.peerId().get().equals(ipfs.peerId()));
		assertThat(ipfs.isRunning()).isTrue();
		ipfs.waitUntilRunning(Duration.ofSeconds(30));
	}

	@Test
	void nodeThatStartsIsWaitedFor() {
		try (KuboTestNode late = KuboTestNode.start(); KuboClient lateClient = backend().connect(late::endpoint)) {
			IpfsTemplate lateIpfs = new IpfsTemplate(lateClient);
			late.kill();
			assertThat(lateIpfs.isRunning()).isFalse();
			CompletableFuture<Void> waiting = CompletableFuture
				.runAsync(() -> lateIpfs.waitUntilRunning(Duration.ofSeconds(60)));
			late.startProcess();
			assertThat(waiting).succeedsWithin(Duration.ofSeconds(60));
			assertThat(lateIpfs.isRunning()).isTrue();
		}
	}

	@Test
	void nodeThatDoesNotRunIsWaitedFor() {
		try (KuboClient nobody = backend().connect(() -> RpcEndpoint.of("http://127.0.0.1:1", null))) {
			IpfsTemplate nowhere = new IpfsTemplate(nobody);
			assertThat(nowhere.isRunning()).isFalse();
			assertThatExceptionOfType(IpfsTimeoutException.class)
				.isThrownBy(() -> nowhere.waitUntilRunning(Duration.ofMillis(300)));
		}
	}

	@Test
	void peersAreListedFoundAndPinged() {
		PeerId peer = other.peerId();
		assertThat(ipfs.peers()).containsExactly(peer);
		assertThat(ipfs.peerAddresses(peer)).isNotEmpty()
			.allMatch((address) -> address.peerId().get().equals(peer))
			.containsAnyElementsOf(other.addresses());
		assertThat(ipfs.findPeer(peer)).containsAnyElementsOf(other.addresses());
		assertThat(ipfs.isConnected(peer)).isTrue();
		assertThat(ipfs.ping(peer, 1))
			.hasValueSatisfying((time) -> assertThat(time).isPositive().isLessThan(Duration.ofSeconds(60)));
		PeerId unknown = PeerId.of("12D3KooWGL1WQ2TXMou8HRB8zv7K274sDfWbF3noAnxWESU6RL2K");
		assertThat(ipfs.isConnected(unknown)).isFalse();
		assertThat(ipfs.peerAddresses(unknown)).isEmpty();
		assertThat(ipfs.findPeer(unknown)).isEmpty();
		assertThat(ipfs.ping(unknown, 1)).isEmpty();
	}

	@Test
	void connectionsAreClosedAndMade() {
		// the other side may dial anew by itself, so that one attempt may not be enough
		Awaitility.await().untilAsserted(() -> {
			if (other.isConnected(ipfs.peerId())) {
				other.disconnect(ipfs.peerId());
			}
			assertThat(other.isConnected(ipfs.peerId())).isFalse();
			assertThat(otherNode.run("swarm", "peers")).doesNotContain(ipfs.peerId().toString());
		});
		other.connect(ipfs.addresses().get(0));
		assertThat(other.isConnected(ipfs.peerId())).isTrue();
		assertThat(otherNode.run("swarm", "peers")).contains(ipfs.peerId().toString());
	}

	@Test
	void swarmFiltersAreAddedAndRemoved() {
		Multiaddr filter = Multiaddr.of("/ip4/10.1.0.0/ipcidr/16");
		ipfs.addSwarmFilter(filter);
		assertThat(ipfs.swarmFilters()).containsExactly(filter);
		assertThat(node.run("swarm", "filters").trim()).isEqualTo(filter.toString());
		ipfs.removeSwarmFilter(filter);
		assertThat(ipfs.swarmFilters()).isEmpty();
	}

}
