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

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import io.github.ipfstoolkit.Cid;
import io.github.ipfstoolkit.ContentPath;
import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.rpc.ContentApi.AddOptions;
import io.github.ipfstoolkit.rpc.ContentApi.CatOptions;
import io.github.ipfstoolkit.rpc.KeyApi.GenOptions;
import io.github.ipfstoolkit.rpc.NameApi.PublishOptions;
import io.github.ipfstoolkit.rpc.Upload;
import io.github.ipfstoolkit.testsupport.KuboTestNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ReactiveIpfsTemplate} with real nodes, on threads that must not block.
 */
class ReactiveIpfsTemplateIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static KuboTestNode alice;

	private static KuboTestNode bob;

	private static ReactiveIpfsTemplate ipfs;

	@BeforeAll
	static void start() {
		alice = KuboTestNode.start();
		bob = KuboTestNode.start();
		ipfs = new ReactiveIpfsTemplate(alice.kubo(), DataSize.ofKilobytes(100));
	}

	@AfterAll
	static void stop() {
		alice.close();
		bob.close();
	}

	/**
	 * Runs on a thread on which to block is an error.
	 */
	private static <T> T run(Mono<T> operation) {
		return operation.subscribeOn(Schedulers.parallel()).block(TIMEOUT);
	}

	@Test
	void contentIsPublishedReadPinnedAndRemoved() {
		byte[] bytes = new byte[90_000];
		bytes[500] = 42;
		Flux<DataBuffer> source = Flux.range(0, 9)
			.map((part) -> DefaultDataBufferFactory.sharedInstance
				.wrap(Arrays.copyOfRange(bytes, part * 10_000, (part + 1) * 10_000)));
		Cid cid = run(ipfs.publish(Upload.of(source)));
		assertThat(run(ipfs.predictCid(Upload.of(bytes), AddOptions.defaults()))).isEqualTo(cid);
		assertThat(run(ipfs.read(cid))).isEqualTo(bytes);
		assertThat(run(ipfs.read(cid, CatOptions.defaults().offset(500).length(1)))).containsExactly(42);
		assertThat(run(ipfs.content(cid).map((buffer) -> {
			int count = buffer.readableByteCount();
			DataBufferUtils.release(buffer);
			return count;
		}).reduce(Integer::sum))).isEqualTo(90_000);
		assertThat(run(ipfs.pins().filter((pin) -> pin.cid().equals(cid)).next())).isNotNull();
		run(ipfs.unpin(cid));
		run(ipfs.pin(cid));
		run(ipfs.remove(cid));
		assertThat(alice.run("refs", "local")).doesNotContain(cid.toV1().toString().substring(10));
	}

	@Test
	void contentThatIsTooLargeForMemoryIsAnError() {
		Cid cid = run(ipfs.publish(Upload.of(new byte[100 * 1024 + 1])));
		StepVerifier.create(ipfs.read(cid)).expectError(ContentTooLargeException.class).verify(TIMEOUT);
	}

	@Test
	void textAndEmptyContentAreRead() {
		assertThat(run(ipfs.readText(run(ipfs.publish(Upload.of("Grüße".getBytes(StandardCharsets.UTF_8)))))))
			.isEqualTo("Grüße");
		assertThat(run(ipfs.read(run(ipfs.publish(Upload.of(new byte[0])))))).isEmpty();
	}

	@Test
	void directoryIsDownloaded(@TempDir Path directory) throws Exception {
		Path source = Files.createDirectories(directory.resolve("source/sub"));
		Files.writeString(source.resolve("file"), "content");
		Cid cid = run(ipfs.publish(Upload.of(directory.resolve("source"))));
		Path target = directory.resolve("target");
		run(ipfs.download(cid, target, DownloadOptions.defaults()));
		assertThat(target.resolve("sub/file")).hasContent("content");
		StepVerifier.create(ipfs.download(cid, target, DownloadOptions.defaults()))
			.expectError(DownloadException.class)
			.verify(TIMEOUT);
	}

	@Test
	void severalArePublishedAndCarriedInACarArchive(@TempDir Path directory) {
		List<Cid> cids = run(
				ipfs.publishAll(List.of(Upload.of(new byte[] { 1 }), Upload.of(new byte[200_000]))).collectList());
		assertThat(run(ipfs.read(cids.get(0)))).containsExactly(1);
		Path car = directory.resolve("archive.car");
		run(ipfs.exportCar(cids.get(1), car, DownloadOptions.defaults()));
		assertThat(run(new ReactiveIpfsTemplate(bob.kubo()).importCar(Upload.of(car)).collectList()))
			.containsExactly(cids.get(1));
		assertThat(run(new ReactiveIpfsTemplate(bob.kubo()).importCar(Upload.of(ipfs.car(cids.get(1)))).collectList()))
			.containsExactly(cids.get(1));
		StepVerifier.create(ipfs.exportCar(cids.get(1), car, DownloadOptions.defaults()))
			.expectError(DownloadException.class)
			.verify(TIMEOUT);
		StepVerifier
			.create(ipfs.publishAll(List.of(Upload.of(new byte[0])), AddOptions.defaults().wrapWithDirectory(true)))
			.expectError(IllegalArgumentException.class)
			.verify(TIMEOUT);
	}

	@Test
	void namesArePublishedAndResolved() {
		Cid cid = run(ipfs.publish(Upload.of(new byte[] { 1 })));
		run(ipfs.createKey("blog", GenOptions.defaults()));
		PublishOptions options = PublishOptions.defaults().key("blog").allowOffline(true);
		var name = run(ipfs.publishName(cid, options));
		assertThat(run(ipfs.resolveName(ContentPath.ipns(name))).toPath()).isEqualTo(cid.toPath());
		long sequence = run(ipfs.nameRecord(name)).sequence();
		run(ipfs.publishName(cid, options.lifetime(Duration.ofHours(1))));
		assertThat(run(ipfs.nameRecord(name)).sequence()).isEqualTo(sequence + 1);
		assertThat(run(ipfs.keys().map((key) -> key.name()).collectList())).contains("self", "blog");
		run(ipfs.removeKey("blog"));
		assertThat(run(ipfs.keys().map((key) -> key.name()).collectList())).doesNotContain("blog");
	}

	@Test
	void peersAreConnectedPingedAndDisconnected() {
		Multiaddr address = bob.kubo().node().id().block().addresses().get(0);
		run(ipfs.connect(address));
		assertThat(run(ipfs.isConnected(bob.peerId()))).isTrue();
		assertThat(run(ipfs.peers().collectList())).containsExactly(bob.peerId());
		assertThat(run(ipfs.ping(bob.peerId(), 1))).isPositive();
		assertThat(run(ipfs.peerAddresses(bob.peerId()).collectList()))
			.allSatisfy((known) -> assertThat(known.toString()).endsWith("/p2p/" + bob.peerId()));
		// routing may dial anew by itself, so that one attempt may not be enough
		Awaitility.await().untilAsserted(() -> {
			run(ipfs.disconnect(bob.peerId()));
			assertThat(run(ipfs.isConnected(bob.peerId()))).isFalse();
		});
		run(ipfs.disconnect(bob.peerId()));
		Multiaddr filter = Multiaddr.of("/ip4/192.168.0.0/ipcidr/16");
		run(ipfs.addSwarmFilter(filter));
		assertThat(run(ipfs.swarmFilters().collectList())).contains(filter);
		run(ipfs.removeSwarmFilter(filter));
		assertThat(run(ipfs.swarmFilters().collectList())).doesNotContain(filter);
	}

	@Test
	void nodeIsDescribed() {
		assertThat(run(ipfs.peerId())).isEqualTo(alice.peerId());
		assertThat(run(ipfs.addresses().collectList())).isNotEmpty();
		assertThat(run(ipfs.isRunning())).isTrue();
		run(ipfs.waitUntilRunning(TIMEOUT));
	}

}
