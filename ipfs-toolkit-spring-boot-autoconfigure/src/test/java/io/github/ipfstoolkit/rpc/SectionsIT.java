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

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.github.ipfstoolkit.Cid;
import io.github.ipfstoolkit.rpc.ContentApi.AddOptions;
import io.github.ipfstoolkit.rpc.ContentApi.Added;
import io.github.ipfstoolkit.rpc.ContentApi.CatOptions;
import io.github.ipfstoolkit.rpc.ContentApi.Entry;
import io.github.ipfstoolkit.rpc.ContentApi.GetOptions;
import io.github.ipfstoolkit.rpc.ContentApi.LsOptions;
import io.github.ipfstoolkit.rpc.ContentApi.RefsOptions;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the sections of the RPC API against a real node.
 */
class SectionsIT extends SectionContract {

	private static final String MISSING = "QmdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR1m";

	@Test
	void addCatAndGet() throws Exception {
		Added added = this.kubo.content().add(upload("hello")).blockLast();
		assertThat(this.node.run("cat", added.cid().toString())).isEqualTo("hello");
		assertThat(added.size()).isEqualTo(backend().tellsAll() ? 13 : -1);
		assertThat(text(this.kubo.content().cat(added.cid().toString()))).isEqualTo("hello");
		assertThat(text(this.kubo.content().cat(added.cid().toString(), CatOptions.defaults().offset(1).length(3))))
			.isEqualTo("ell");
		try (TarArchiveInputStream tar = tar(this.kubo.content().get(added.cid().toString(), GetOptions.defaults()))) {
			assertThat(tar.getNextEntry().getName()).isEqualTo(added.cid().toString());
			assertThat(tar.readAllBytes()).asString().isEqualTo("hello");
		}
	}

	@Test
	void addWithOptionsReportsProgressAndWraps() {
		List<Added> added = this.kubo.content()
			.add(upload("hello").withName("a+b %ü.txt"),
					AddOptions.defaults().wrapWithDirectory(true).progress(true).cidVersion(1))
			.collectList()
			.block();
		assertThat(added).extracting(Added::bytes).contains(5L);
		assertThat(added).extracting(Added::name).containsExactly("a+b %ü.txt", "a+b %ü.txt", "");
		String root = added.get(2).cid().toString();
		assertThat(this.node.run("ls", root)).contains("a+b %ü.txt");
		assertThat(text(this.kubo.content().cat("/ipfs/" + root + "/a+b %ü.txt"))).isEqualTo("hello");
	}

	@Test
	void listsAndRefs() {
		String root = this.kubo.content()
			.add(upload("hello").withName("f"), AddOptions.defaults().wrapWithDirectory(true))
			.blockLast()
			.cid()
			.toString();
		Entry entry = this.kubo.content().ls(root).block().directories().get(0).entries().get(0);
		assertThat(entry.type()).isEqualTo(Entry.FILE);
		assertThat(entry.size()).isEqualTo(5);
		assertThat(
				this.kubo.content().ls(root, LsOptions.defaults().stream(true).size(false)).blockLast().directories())
			.hasSize(1);
		assertThat(this.kubo.content().refs(root).blockLast().ref()).isEqualTo(entry.cid().toString());
		assertThat(this.kubo.content().refs(root, RefsOptions.defaults().format("<src> <linkname>")).blockLast().ref())
			.isEqualTo(root + " f");
		assertThat(this.kubo.content().localRefs().collectList().block()).isNotEmpty();
		assertThat(this.kubo.content().resolve("/ipfs/" + root + "/f").block().path())
			.isEqualTo("/ipfs/" + entry.cid());
	}

	@Test
	void blocks() {
		BlockApi.Block block = this.kubo.block().put(upload("block")).block();
		assertThat(block.size()).isEqualTo(5);
		assertThat(this.kubo.block().stat(block.cid()).block()).isEqualTo(block);
		assertThat(text(this.kubo.block().get(block.cid()))).isEqualTo("block");
		assertThat(this.kubo.block().rm(List.of(block.cid()), false).collectList().block())
			.extracting(BlockApi.Removed::cid)
			.containsExactly(block.cid());
		assertThat(this.kubo.block()
			.put(upload("x"), BlockApi.PutOptions.defaults().hash("blake3").pin(true))
			.block()
			.cid())
			.hasToString(node
				.run("cid", "format", "-b", "base32",
						this.kubo.block()
							.put(upload("x"), BlockApi.PutOptions.defaults().hash("blake3"))
							.block()
							.cid()
							.toString())
				.trim());
	}

	@Test
	void pins() {
		Cid first = add("first pin");
		Cid second = add("second pin");
		this.kubo.pin().rm(second.toString()).block();
		assertThat(
				this.kubo.pin().add(second.toString(), PinApi.AddOptions.defaults().name("my pin")).blockLast().pins())
			.containsExactly(second);
		assertThat(this.kubo.pin().ls(PinApi.LsOptions.defaults().name("my").names(true).type("recursive")).blockLast())
			.isEqualTo(new PinApi.Pin(second, "recursive", "my pin"));
		assertThat(this.kubo.pin().ls(first.toString()).blockLast().type()).isEqualTo("recursive");
		Cid third = add("third pin");
		this.kubo.pin().rm(third.toString()).block();
		assertThat(this.kubo.pin().update(first.toString(), third.toString(), true).block().pins())
			.containsExactly(first, third);
		assertThat(this.kubo.pin().ls().map(PinApi.Pin::cid).collectList().block()).contains(second, third)
			.doesNotContain(first);
		assertThat(this.kubo.pin().verify(false).collectList().block()).isEmpty();
		assertThat(this.kubo.pin().verify(true).collectList().block()).isNotEmpty().allMatch(PinApi.Verified::ok);
	}

	@Test
	void keys() {
		KeyApi.Key key = this.kubo.key().gen("section").block();
		assertThat(this.node.run("key", "ls", "-l")).contains(key.id().toIpnsName() + " section");
		assertThat(this.kubo.key().rename("section", "renamed", false).block().newName()).isEqualTo("renamed");
		assertThat(this.kubo.key().ls().block().keys()).extracting(KeyApi.Key::name).contains("self", "renamed");
		assertThat(this.kubo.key().rm("renamed").block().keys()).hasSize(1);
		assertThat(
				this.kubo.key().gen("rsa", KeyApi.GenOptions.defaults().type("rsa").size(2048)).block().id().toString())
			.startsWith("Qm");
	}

	@Test
	void names() {
		String path = "/ipfs/" + add("named");
		KeyApi.Key key = this.kubo.key().gen("naming").block();
		NameApi.Published published = this.kubo.name()
			.publish(path,
					NameApi.PublishOptions.defaults()
						.key("naming")
						.allowOffline(true)
						.ttl(Duration.ofMinutes(1))
						.lifetime(Duration.ofHours(2)))
			.block();
		assertThat(published).isEqualTo(new NameApi.Published(key.id(), path));
		String name = key.id().toIpnsName();
		assertThat(this.kubo.name().resolve(name).block().path()).isEqualTo(path);
		assertThat(this.kubo.name()
			.resolve(name, NameApi.ResolveOptions.defaults().nocache(true).offline(true))
			.blockLast()).isEqualTo(new ContentApi.ResolvedPath(path));
		byte[] record = this.kubo.name().get(name).block();
		NameApi.Inspected inspected = this.kubo.name().inspect(Upload.of(record), name).block();
		assertThat(inspected.validation().valid()).isTrue();
		assertThat(inspected.entry().ttl()).isEqualTo(60_000_000_000L);
		assertThat(inspected.entry().validity()).isBetween(Instant.now().plusSeconds(7000),
				Instant.now().plusSeconds(7300));
		assertThat(this.kubo.name().put(name, Upload.of(record), true).block().value()).isEqualTo(path);
	}

	@Test
	void bootstrapPeers() {
		String peer = "/ip4/127.0.0.1/tcp/9/p2p/12D3KooWGL1WQ2TXMou8HRB8zv7K274sDfWbF3noAnxWESU6RL2K";
		assertThat(this.kubo.bootstrap().list().block().peers()).isEmpty();
		assertThat(this.kubo.bootstrap().add(List.of(peer)).block().peers()).containsExactly(peer);
		assertThat(this.node.run("bootstrap", "list").trim()).isEqualTo(peer);
		assertThat(this.kubo.bootstrap().rm(List.of(peer)).block().peers()).containsExactly(peer);
		assertThat(this.kubo.bootstrap().rmAll().block().peers()).isEmpty();
	}

	@Test
	void pubsub() {
		String topic = "a topic/with ü";
		assertThat(this.kubo.pubsub().ls().block().topics()).isEmpty();
		PubsubApi.Message message = this.kubo.pubsub()
			.subscribe(topic)
			.flatMapMany((response) -> this.kubo.pubsub()
				.ls()
				.doOnNext((topics) -> assertThat(topics.topics()).containsExactly(topic))
				.then(this.kubo.pubsub().pub(topic, upload("hello")))
				.thenMany(response.getBody()))
			.blockFirst(Duration.ofSeconds(10));
		assertThat(message.data()).asString().isEqualTo("hello");
		assertThat(message.from()).isEqualTo(this.kubo.node().id().block().id());
		assertThat(message.topics()).containsExactly(topic);
		assertThat(this.kubo.pubsub().peers(topic).block().peers()).isEmpty();
	}

	@Test
	void mutableFileSystem() {
		FilesApi files = this.kubo.files();
		files.mkdir("/dir/sub", true).block();
		files.write("/dir/f +", upload("hello"), FilesApi.WriteOptions.defaults().create(true)).block();
		files.write("/dir/f +", upload("J"), FilesApi.WriteOptions.defaults().offset(0)).block();
		assertThat(this.node.run("files", "read", "/dir/f +")).isEqualTo("Jello");
		assertThat(text(files.read("/dir/f +"))).isEqualTo("Jello");
		assertThat(text(files.read("/dir/f +", 1, 2))).isEqualTo("el");
		assertThat(files.stat("/dir/f +").block().size()).isEqualTo(5);
		assertThat(files.stat("/dir/f +", true).block().local()).isTrue();
		files.cp("/dir/f +", "/copy/g", true).block();
		files.mv("/copy/g", "/copy/h").block();
		assertThat(files.ls("/copy").block().entries()).extracting(FilesApi.Entry::name).containsExactly("h");
		assertThat(files.ls("/dir").block().entries()).filteredOn(FilesApi.Entry::isDirectory)
			.extracting(FilesApi.Entry::name)
			.containsExactly("sub");
		files.chcid("/copy", 1).block();
		assertThat(files.flush("/copy").block().cid())
			.hasToString(this.node.run("files", "stat", "--hash", "/copy").trim());
		files.rm("/copy", true, false).block();
		assertThat(files.ls("/").block().entries()).extracting(FilesApi.Entry::name).containsExactly("dir");
		assertThat(files.ls("/dir/sub").block().entries()).isEmpty();
	}

	@Test
	void repository() {
		assertThat(this.kubo.repo().stat().block().blocks()).isPositive();
		assertThat(this.kubo.repo().stat(true).block().size()).isPositive();
		assertThat(this.kubo.repo().version().block().version())
			.isEqualTo(this.node.run("repo", "version", "--quiet").trim().replace("fs-repo@", ""));
		assertThat(this.kubo.repo().verify().blockLast().message()).contains("verify complete");
		Cid cid = add("garbage");
		this.kubo.pin().rm(cid.toString()).block();
		assertThat(this.kubo.repo().gc().collectList().block()).isNotEmpty();
	}

	@Test
	void statistics() {
		assertThat(this.kubo.stats().bandwidth().block().totalIn()).isNotNegative();
		assertThat(this.kubo.stats().bandwidth("/ipfs/bitswap/1.2.0").block().totalOut()).isZero();
		assertThat(this.kubo.stats().bitswap().block().peers()).isEmpty();
	}

	@Test
	void configuration() {
		assertThat(this.kubo.config().get("Pubsub.Enabled").block().value().booleanValue()).isTrue();
		assertThat(this.kubo.config().set("Datastore.StorageMax", "11GB").block().value().asString()).isEqualTo("11GB");
		this.kubo.config().setJson("Datastore.StorageGCWatermark", "80").block();
		assertThat(this.node.run("config", "Datastore.StorageGCWatermark").trim()).isEqualTo("80");
		String configuration = this.kubo.config().show().block().toString();
		assertThat(configuration).contains("11GB").doesNotContain("PrivKey");
		this.kubo.config().replace(upload(configuration.replace("11GB", "12GB"))).block();
		assertThat(this.node.run("config", "Datastore.StorageMax").trim()).isEqualTo("12GB");
		assertThat(this.kubo.config().applyProfile("server", true).block().after().toString()).contains("ipcidr");
	}

	@Test
	void diagnosis() {
		assertThat(this.kubo.diag().sys().block().get("ipfs_version").asString())
			.isEqualTo(this.node.run("version", "-n").trim());
		assertThat(this.kubo.diag().commands().collectList().block()).extracting(DiagApi.Command::command)
			.contains("diag/cmds");
	}

	@Test
	void contentOfAMissingBlockIsAnErrorOffline() {
		assertThatExceptionOfType(CommandFailedException.class)
			.isThrownBy(() -> text(this.kubo.content().cat(MISSING, CatOptions.defaults().offline(true))))
			.withMessageContaining(MISSING);
	}

	@Test
	void failuresAmongTheValuesOfAReplyAreErrors() {
		assertThatExceptionOfType(CommandFailedException.class)
			.isThrownBy(() -> this.kubo.content().refs(MISSING, RefsOptions.defaults().offline(true)).blockLast())
			.withMessageContaining(MISSING)
			.satisfies((ex) -> assertThat(ex.getCommand()).isEqualTo("refs"));
		Cid pinned = add("pinned");
		Cid other = this.kubo.content().add(upload("not pinned"), AddOptions.defaults().pin(false)).blockLast().cid();
		List<BlockApi.Removed> removed = new ArrayList<>();
		assertThatExceptionOfType(CommandFailedException.class)
			.isThrownBy(() -> this.kubo.block().rm(List.of(pinned, other), false).doOnNext(removed::add).blockLast())
			.withMessageContaining("pinned: recursive");
		assertThat(removed).extracting(BlockApi.Removed::cid).containsExactly(other);
	}

	@Test
	void removingAPathThatIsNotThereIsAnError() {
		assertThatExceptionOfType(CommandFailedException.class)
			.isThrownBy(() -> this.kubo.files().rm("/nothing", false, false).block());
	}

	private Cid add(String text) {
		return this.kubo.content().add(upload(text)).blockLast().cid();
	}

	private static Upload upload(String text) {
		return Upload.of(text.getBytes(StandardCharsets.UTF_8));
	}

	private static String text(Flux<DataBuffer> content) {
		return DataBufferUtils.join(content).map((buffer) -> {
			String text = buffer.toString(StandardCharsets.UTF_8);
			DataBufferUtils.release(buffer);
			return text;
		}).block(Duration.ofSeconds(20));
	}

	private static TarArchiveInputStream tar(Flux<DataBuffer> content) {
		InputStream stream = DataBufferUtils.subscriberInputStream(content, 4);
		return new TarArchiveInputStream(stream);
	}

}
