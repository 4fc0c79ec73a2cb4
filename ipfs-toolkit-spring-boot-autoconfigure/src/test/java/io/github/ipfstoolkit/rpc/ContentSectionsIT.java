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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;

import io.github.ipfstoolkit.Cid;
import io.github.ipfstoolkit.rpc.ContentApi.AddOptions;
import io.github.ipfstoolkit.rpc.ContentApi.Added;
import io.github.ipfstoolkit.rpc.ContentApi.CatOptions;
import io.github.ipfstoolkit.rpc.ContentApi.Entry;
import io.github.ipfstoolkit.rpc.ContentApi.GetOptions;
import io.github.ipfstoolkit.rpc.ContentApi.LsOptions;
import io.github.ipfstoolkit.rpc.ContentApi.RefsOptions;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.ResponseEntity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Calls each method of the sections about content, and compares the replies with what the
 * executable answers.
 */
@SuppressWarnings("deprecation")
class ContentSectionsIT extends SectionContract {

	private static final String MISSING = "QmdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR1m";

	@TempDir
	private static Path directory;

	ContentSectionsIT() {
		super(ContentApi.class, BlockApi.class, DagApi.class, FilestoreApi.class, RepoApi.class, ObjectApi.class);
	}

	@BeforeAll
	void enableFilestore() {
		this.node.run("config", "--json", "Experimental.FilestoreEnabled", "true");
		this.node.killAndRestart();
	}

	@Test
	void addedContentHasTheCidThatTheExecutableGivesIt() throws IOException {
		Path file = file("added.txt", "what is added");
		assertThat(this.kubo.content().add(Upload.of(file)).blockLast().cid())
			.hasToString(this.cli.text("add", "-Q", file.toString()));
		Map<AddOptions, List<String>> options = Map.of(AddOptions.defaults().cidVersion(1), List.of("--cid-version=1"),
				AddOptions.defaults().rawLeaves(true).chunker("size-4"), List.of("--raw-leaves", "--chunker=size-4"),
				AddOptions.defaults().hash("blake3").trickle(true), List.of("--hash=blake3", "--trickle"),
				AddOptions.defaults().inline(true).inlineLimit(64), List.of("--inline", "--inline-limit=64"),
				AddOptions.defaults().chunker("size-1").maxFileLinks(4),
				List.of("--chunker=size-1", "--max-file-links=4"),
				AddOptions.defaults().mode(0640).mtime(Instant.ofEpochSecond(1_600_000_000, 5)),
				List.of("--mode=0640", "--mtime=1600000000", "--mtime-nsecs=5"),
				AddOptions.defaults().onlyHash(true).wrapWithDirectory(true), List.of("--only-hash", "-w"));
		options
			.forEach((added, arguments) -> assertThat(this.kubo.content().add(Upload.of(file), added).blockLast().cid())
				.as(added.toString())
				.hasToString(this.cli.text(concat(List.of("add", "-Q"), arguments, List.of(file.toString())))));
	}

	@Test
	void modeAndTimeAreStored() {
		Added added = this.kubo.content()
			.add(Cli.upload("with mode"),
					AddOptions.defaults().mode(0640).mtime(Instant.ofEpochSecond(1_600_000_000, 5)))
			.blockLast();
		FilesApi.Stat stat = this.node.kubo().files().stat("/ipfs/" + added.cid()).block();
		JsonNode known = this.cli.json("files", "stat", "/ipfs/" + added.cid());
		assertThat(stat.mode()).isEqualTo("0640").isEqualTo(known.get("Mode").asString());
		assertThat(stat.mtime()).isEqualTo(1_600_000_000L).isEqualTo(known.get("Mtime").asLong());
		assertThat(stat.mtimeNanos()).isEqualTo(5).isEqualTo(known.get("MtimeNsecs").asInt());
		assertThat(
				this.kubo.content().add(Cli.upload("silent"), AddOptions.defaults().silent(true)).collectList().block())
			.isEmpty();
	}

	@Test
	void progressIsReportedAndFilesAreWrapped() {
		List<Added> added = this.kubo.content()
			.add(Cli.upload("hello").withName("a+b %ü.txt"),
					AddOptions.defaults().wrapWithDirectory(true).progress(true).cidVersion(1))
			.collectList()
			.block();
		assertThat(added).extracting(Added::bytes).contains(5L);
		assertThat(added).extracting(Added::name).containsExactly("a+b %ü.txt", "a+b %ü.txt", "");
		String root = added.get(2).cid().toString();
		assertThat(this.cli.text("ls", root)).contains("a+b %ü.txt");
		assertThat(Cli.text(this.kubo.content().cat("/ipfs/" + root + "/a+b %ü.txt"))).isEqualTo("hello");
	}

	@Test
	void contentIsRead() throws IOException {
		String cid = this.cli.text("add", "-Q", file("cat.txt", "0123456789").toString());
		assertThat(Cli.text(this.kubo.content().cat(cid))).isEqualTo(this.cli.text("cat", cid));
		CatOptions part = CatOptions.defaults().offset(2).length(3);
		assertThat(Cli.text(this.kubo.content().cat(cid, part)))
			.isEqualTo(this.cli.text("cat", "-o", "2", "-l", "3", cid));
		ResponseEntity<Flux<DataBuffer>> response = this.kubo.content().catResponse(cid, part).block();
		assertThat(Cli.text(response.getBody())).isEqualTo("234");
		assertThat(response.getHeaders().getFirst(ContentApi.CONTENT_LENGTH))
			.isEqualTo(backend().tellsAll() ? "3" : null);
	}

	@Test
	void archivesHoldWhatTheExecutableWrites() throws IOException {
		String cid = this.cli.text("add", "-Q", file("get.txt", "to get").toString());
		Path target = directory.resolve("got");
		this.cli.text("get", "-o", target.toString(), cid);
		for (Flux<DataBuffer> archive : List.of(this.kubo.content().get(cid),
				this.kubo.content().getResponse(cid, GetOptions.defaults()).block().getBody())) {
			try (var tar = new TarArchiveInputStream(new ByteArrayInputStream(Cli.bytes(archive)))) {
				assertThat(tar.getNextEntry().getName()).isEqualTo(cid);
				assertThat(tar.readAllBytes()).isEqualTo(Files.readAllBytes(target));
			}
		}
		byte[] packed = Cli.bytes(this.kubo.content().get(cid, GetOptions.defaults().compress(9)));
		assertThat(new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes())
			.isEqualTo(Files.readAllBytes(target));
	}

	@Test
	void directoriesAreListed() throws IOException {
		String root = directory("listed");
		List<Entry> entries = this.kubo.content().ls(root).block().directories().get(0).entries();
		// 'ipfs ls' prints text even where JSON is asked for
		assertThat(entries.stream()
			.map((entry) -> "%s %s %s".formatted(entry.cid(), (entry.type() == Entry.DIRECTORY) ? "-" : entry.size(),
					entry.name()) + ((entry.type() == Entry.DIRECTORY) ? "/" : ""))
			.toList())
			.isEqualTo(this.cli.lines("ls", root).stream().map((line) -> line.replaceAll(" +", " ")).toList());
		assertThat(this.kubo.content()
			.ls(root, LsOptions.defaults().stream(true))
			.flatMapIterable(ContentApi.Listings::directories)
			.flatMapIterable(ContentApi.Listing::entries)
			.collectList()
			.block()).containsExactlyInAnyOrderElementsOf(entries);
	}

	@Test
	@SinceKubo("0.40")
	void attributesAndTargetsOfEntriesAreListed() throws IOException {
		Path tree = Files.createDirectories(directory.resolve("with attributes/sub")).getParent();
		Path file = Files.writeString(tree.resolve("file"), "content");
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-x---"));
		Files.createSymbolicLink(tree.resolve("link"), Path.of("sub/there"));
		Instant time = Instant.ofEpochSecond(1_000_000_000);
		for (Path path : List.of(file, tree.resolve("sub"))) {
			Files.setLastModifiedTime(path, FileTime.from(time));
		}
		String root = this.cli.text("add", "-r", "-Q", "--preserve-mode", "--preserve-mtime", tree.toString());
		List<Entry> entries = this.kubo.content().ls(root).block().directories().get(0).entries();
		assertThat(entries).extracting(Entry::name).containsExactly("file", "link", "sub");
		if (!backend().tellsAll()) {
			return;
		}
		assertThat(entries).extracting(Entry::type).containsExactly(Entry.FILE, Entry.SYMBOLIC_LINK, Entry.DIRECTORY);
		assertThat(entries).extracting(Entry::target).containsExactly("", "sub/there", "");
		assertThat(entries.get(0).mode() & 0777).isEqualTo(0650);
		assertThat(entries.get(0).modified()).isEqualTo(time);
		List<String> known = this.cli.lines("ls", "-l", root)
			.stream()
			.map((line) -> line.replaceAll(" +", " "))
			.toList();
		assertThat(List.of(longForm(entries.get(0)), longForm(entries.get(2))))
			.isEqualTo(List.of(known.get(0), known.get(2)));
	}

	/**
	 * Writes an entry as {@code ipfs ls -l} does.
	 */
	private static String longForm(Entry entry) {
		boolean directory = entry.type() == Entry.DIRECTORY;
		StringBuilder mode = new StringBuilder(directory ? "d" : "-");
		for (int bit = 8; bit >= 0; bit--) {
			mode.append(((entry.mode() >> bit & 1) == 1) ? "xwr".charAt(bit % 3) : '-');
		}
		return "%s %s %s %s %s".formatted(mode, entry.cid(), directory ? "-" : entry.size(),
				DateTimeFormatter.ofPattern("MMM dd yyyy", Locale.US).format(entry.modified().atOffset(ZoneOffset.UTC)),
				entry.name() + (directory ? "/" : ""));
	}

	@Test
	void referencesAreListed() throws IOException {
		String root = directory("referred");
		assertThat(refs(this.kubo.content().refs(root))).isEqualTo(this.cli.lines("refs", root));
		assertThat(
				refs(this.kubo.content().refs(root, RefsOptions.defaults().recursive(true).unique(true).maxDepth(2))))
			.isEqualTo(this.cli.lines("refs", "-r", "-u", "--max-depth=2", root));
		assertThat(refs(this.kubo.content().refs(root, RefsOptions.defaults().edges(true))))
			.isEqualTo(this.cli.lines("refs", "-e", root));
		assertThat(refs(this.kubo.content().localRefs()))
			.containsExactlyInAnyOrderElementsOf(this.cli.lines("refs", "local"));
		assertThat(refs(this.kubo.repo().ls())).containsExactlyInAnyOrderElementsOf(this.cli.lines("repo", "ls"));
	}

	@Test
	void pathsAreResolved() throws IOException {
		String path = "/ipfs/" + directory("resolved") + "/sub/b";
		assertThat(this.kubo.content().resolve(path).block().path()).isEqualTo(this.cli.text("resolve", path));
		assertThat(this.kubo.content()
			.resolve(path,
					ContentApi.ResolveOptions.defaults()
						.recursive(true)
						.dhtRecordCount(1)
						.dhtTimeout(Duration.ofSeconds(1))
						.cidBase("base58btc"))
			.block()
			.path()).isEqualTo(this.cli.text("resolve", "--cid-base=base58btc", path));
	}

	@Test
	void blocksAreStoredAndRead() throws IOException {
		Path file = file("block", "a block");
		BlockApi.Block block = this.kubo.block().put(Cli.upload("a block")).block();
		assertThat(block.cid()).hasToString(this.cli.text("block", "put", file.toString()));
		assertThat(this.kubo.block().stat(block.cid()).block().size())
			.isEqualTo(this.cli.json("block", "stat", block.cid().toString()).get("Size").asLong());
		assertThat(Cli.text(this.kubo.block().get(block.cid())))
			.isEqualTo(this.cli.text("block", "get", block.cid().toString()));
		BlockApi.PutOptions options = BlockApi.PutOptions.defaults().cidCodec("dag-pb").hash("sha2-512").hashLength(64);
		Cid empty = this.kubo.block().put(Cli.upload(""), options).block().cid();
		assertThat(empty).hasToString(this.cli.text("block", "put", "--cid-codec=dag-pb", "--mhtype=sha2-512",
				"--mhlen=64", file("empty", "").toString()));
		assertThat(this.kubo.block().put(Cli.upload("v0"), BlockApi.PutOptions.defaults().format("raw")).block().cid())
			.hasToString(this.cli.text("block", "put", "--format=raw", file("v0", "v0").toString()));
		assertThat(this.kubo.block().rm(List.of(block.cid()), false).blockLast().cid()).isEqualTo(block.cid());
		assertThat(this.kubo.block().rm(List.of(empty), false, true).collectList().block()).isEmpty();
		assertThat(this.cli.lines("refs", "local")).doesNotContain(block.cid().toString(), empty.toString());
	}

	@Test
	void dataIsStoredAndRead() throws IOException {
		String json = "{\"a\":[1,{\"b\":\"c\"}]}";
		Path file = file("data.json", json);
		Cid cid = this.kubo.dag().put(Cli.upload(json)).blockLast().cid();
		assertThat(cid).hasToString(this.cli.text("dag", "put", file.toString()));
		assertThat(this.kubo.dag()
			.put(Cli.upload(json), DagApi.PutOptions.defaults().storeCodec("dag-json").hash("blake3").pin(true))
			.blockLast()
			.cid())
			.hasToString(this.cli.text("dag", "put", "--store-codec=dag-json", "--hash=blake3", file.toString()));
		assertThat(Cli.text(this.kubo.dag().get(cid + "/a/1"))).isEqualTo(this.cli.text("dag", "get", cid + "/a/1"));
		assertThat(Cli.bytes(this.kubo.dag().get(cid.toString(), "dag-cbor")))
			.isEqualTo(Cli.bytes(this.kubo.block().get(cid)));
		DagApi.Resolved resolved = this.kubo.dag().resolve(cid + "/a/1").block();
		assertThat(resolved.cid() + resolved.remainder()).isEqualTo(this.cli.text("dag", "resolve", cid + "/a/1"));
	}

	@Test
	void graphsAreArchivedAndCounted() throws IOException {
		String root = directory("archived");
		byte[] archive = Cli.bytes(this.kubo.dag().export(root));
		assertThat(Cli.bytes(
				this.kubo.dag().exportResponse(root, DagApi.ExportOptions.defaults().offline(true)).block().getBody()))
			.isEqualTo(archive);
		Path file = Files.write(directory.resolve("archive.car"), archive);
		assertThat(this.cli.json("dag", "import", "--stats=false", file.toString()).at("/Root/Cid/~1").asString())
			.isEqualTo(root);
		this.cli.text("pin", "rm", root);
		this.cli.text("repo", "gc", "-q");
		assertThat(this.cli.lines("refs", "local")).doesNotContain(root);
		assertThat(this.kubo.dag().importCar(Upload.of(file)).blockLast().root().cid()).hasToString(root);
		List<DagApi.Imported> imported = this.kubo.dag()
			.importCar(Upload.of(file), DagApi.ImportOptions.defaults().stats(true))
			.collectList()
			.block();
		JsonNode stats = this.cli.json("dag", "import", "--stats", file.toString()).get("Stats");
		assertThat(imported.get(1).stats())
			.isEqualTo(new DagApi.ImportStats(stats.get("BlockCount").asLong(), stats.get("BlockBytesCount").asLong()));
		DagApi.Stat stat = this.kubo.dag().stat(List.of(root)).block();
		JsonNode counted = this.cli.json("dag", "stat", "--progress=false", root);
		assertThat(stat.uniqueBlocks()).isEqualTo(counted.get("UniqueBlocks").asLong());
		assertThat(stat.totalSize()).isEqualTo(counted.get("TotalSize").asLong());
		assertThat(stat.graphs()).singleElement()
			.isEqualTo(new DagApi.GraphStat(Cid.of(root), counted.at("/DagStats/0/Size").asLong(),
					counted.at("/DagStats/0/NumBlocks").asLong()));
		assertThat(this.kubo.dag().stat(List.of(root), true).collectList().block())
			.hasSizeGreaterThan(backend().tellsAll() ? 1 : 0)
			.last()
			.isEqualTo(stat);
	}

	@Test
	@SinceKubo("0.42")
	void graphOfWhichPartsAreMissingIsArchived() throws IOException {
		String root = directory("partly archived");
		byte[] archive = Cli.bytes(this.kubo.dag().export(root));
		DagApi.ExportOptions localOnly = DagApi.ExportOptions.defaults().localOnly(true);
		assertThat(Cli.bytes(this.kubo.dag().export(root, true))).isEqualTo(archive);
		assertThat(Cli.bytes(this.kubo.dag().export(root, localOnly))).isEqualTo(archive);
		String leaf = this.cli.lines("refs", root).get(0);
		this.cli.text("pin", "rm", root);
		this.cli.text("block", "rm", leaf);
		assertThat(Cli.bytes(this.kubo.dag().export(root, localOnly))).hasSizeLessThan(archive.length);
		assertFailsAlike(this.kubo.dag().export(root, DagApi.ExportOptions.defaults().offline(true)), "dag", "export",
				"--offline", "--progress=false", root);
	}

	@Test
	void rootThatCannotBePinnedIsAnError() throws IOException {
		Cid block = Cid.of(this.cli.text("block", "put", file("in", "in the archive").toString()));
		Cid missing = Cid.of("bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy");
		byte[] archive = Cli.bytes(this.kubo.dag().export(block.toString()));
		// names another root: the first place in which the CID stands is the header
		byte[] header = block.toBytes();
		int position = new String(archive, StandardCharsets.ISO_8859_1)
			.indexOf(new String(header, StandardCharsets.ISO_8859_1));
		System.arraycopy(missing.toBytes(), 0, archive, position, header.length);
		assertThatExceptionOfType(CommandFailedException.class)
			.isThrownBy(() -> this.kubo.dag().importCar(Upload.of(archive)).blockLast())
			.withMessageContainingAll("dag/import", missing.toString(), "was not pinned");
		assertThat(this.kubo.dag()
			.importCar(Upload.of(archive), DagApi.ImportOptions.defaults().pinRoots(false))
			.collectList()
			.block()).isEmpty();
	}

	@Test
	void filesAreLeftWhereTheyAre() throws IOException {
		// the node takes only files below the directory that its repository is in
		Path file = Files.createTempFile(this.node.repository().getParent(), "left +ü", "");
		try {
			Files.writeString(file, "left in its file");
			Cid cid = this.kubo.content()
				.add(Upload.of(file).withLocations(), AddOptions.defaults().nocopy(true))
				.blockLast()
				.cid();
			assertThat(cid).hasToString(this.cli.text("add", "-Q", "--nocopy", file.toString()));
			FilestoreApi.FileBlock block = this.kubo.filestore().ls(true).blockLast();
			assertThat(block.cid() + "     " + block.size() + " " + block.path() + " " + block.offset())
				.isEqualTo(this.cli.text("filestore", "ls").replaceAll(" {2,}", "     "));
			assertThat(this.node.repository().getParent().resolve(block.path())).isEqualTo(file);
			assertThat(this.kubo.filestore().ls(List.of(cid)).blockLast()).isEqualTo(block);
			assertThat(this.kubo.filestore().verify(true, false).blockLast().isOk()).isTrue();
			assertThat(this.kubo.filestore().dups().collectList().block()).isEmpty();
			this.kubo.block().put(Cli.upload("left in its file")).block();
			assertThat(refs(this.kubo.filestore().dups())).isEqualTo(this.cli.lines("filestore", "dups"));
			Files.writeString(file, "changed");
			assertThat(this.kubo.filestore().verify(List.of(cid)).blockLast().status())
				.isEqualTo(FilestoreApi.FileBlock.FILE_CHANGED);
			assertThat(this.cli.text("filestore", "verify", cid.toString())).startsWith("changed");
		}
		finally {
			Files.delete(file);
		}
	}

	@Test
	void repositoryIsMeasuredAndCleaned() throws IOException {
		JsonNode stat = this.cli.json("repo", "stat");
		RepoApi.Stat all = this.kubo.repo().stat().block();
		assertThat(all.blocks()).isEqualTo(stat.get("NumObjects").asLong());
		assertThat(all.version()).isEqualTo(stat.get("Version").asString());
		assertThat(all.storageMax()).isEqualTo(stat.get("StorageMax").asLong());
		assertThat(this.kubo.repo().stat(true).block().blocks()).isZero();
		assertThat("fs-repo@" + this.kubo.repo().version().block().version())
			.isEqualTo(this.cli.text("repo", "version", "-q"));
		assertThat(this.kubo.repo().verify().blockLast().message())
			.isEqualTo(this.cli.json("repo", "verify").get("Msg").asString());
		assertThat(this.kubo.repo().verify(RepoApi.VerifyOptions.defaults().drop(true)).blockLast().message())
			.contains("verify complete");
		Cid garbage = this.kubo.block().put(Cli.upload("garbage")).block().cid();
		assertThat(this.kubo.repo().gc().map(RepoApi.Collected::cid).collectList().block()).contains(garbage);
		this.kubo.block().put(Cli.upload("garbage")).block();
		assertThat(this.kubo.repo().gc(true, false).map(RepoApi.Collected::cid).collectList().block())
			.contains(garbage);
		this.kubo.block().put(Cli.upload("garbage")).block();
		assertThat(this.kubo.repo().gc(false, true).collectList().block()).isEmpty();
		assertThat(this.cli.lines("refs", "local")).doesNotContain(garbage.toString());
	}

	@Test
	void repositoryIsMigratedByTheExecutableAlone() {
		Flux<RepoApi.Migrated> present = this.kubo.repo().migrate();
		Flux<RepoApi.Migrated> older = this.kubo.repo().migrate(1, false);
		if (backend() == Backend.HTTP) {
			for (Flux<RepoApi.Migrated> migration : List.of(present, older)) {
				assertThatExceptionOfType(UnsupportedCommandException.class).isThrownBy(migration::blockLast)
					.withMessageContainingAll("'repo/migrate'", "does not offer it over HTTP", "ipfs.backend=cli");
			}
			return;
		}
		assertThat(present.blockLast().message()).isEqualTo(this.cli.text("repo", "migrate"));
		assertThatExceptionOfType(CommandFailedException.class).isThrownBy(older::blockLast)
			.withMessageContaining("allow-downgrade");
	}

	@Test
	void linksAreAddedRemovedAndCompared() throws IOException {
		String root = directory("patched");
		String leaf = this.cli.text("add", "-Q", file("leaf", "leaf").toString());
		Cid more = this.kubo.object()
			.addLink(root, "x/y", leaf, ObjectApi.PatchOptions.defaults().create(true))
			.block()
			.cid();
		assertThat(more).hasToString(this.cli.text("object", "patch", "add-link", "--create", root, "x/y", leaf));
		Cid less = this.kubo.object().removeLink(root, "a", false, false).block().cid();
		assertThat(less).hasToString(this.cli.text("object", "patch", "rm-link", root, "a"));
		List<ObjectApi.Change> changes = this.kubo.object().diff(root, less.toString()).block().changes();
		assertThat(changes).singleElement().satisfies((change) -> {
			assertThat(change.type()).isEqualTo(ObjectApi.Change.REMOVED);
			assertThat("- %s \"%s\"".formatted(change.before(), change.path()))
				.isEqualTo(this.cli.text("object", "diff", root, less.toString()));
		});
		assertThat(this.kubo.object().diff(less.toString(), root).block().changes()).singleElement()
			.extracting(ObjectApi.Change::type)
			.isEqualTo(ObjectApi.Change.ADDED);
	}

	@Test
	void failuresStandInReplies() {
		assertThatExceptionOfType(CommandFailedException.class)
			.isThrownBy(() -> this.kubo.content().refs(MISSING, RefsOptions.defaults().offline(true)).blockLast())
			.withMessageContainingAll("refs", "could not find");
		assertThatExceptionOfType(CommandFailedException.class)
			.isThrownBy(() -> this.kubo.block().rm(List.of(Cid.of(MISSING)), false, true).blockLast())
			.withMessageContainingAll("block/rm", "could not find");
		Cid pinned = this.kubo.content().add(Cli.upload("pinned")).blockLast().cid();
		Cid other = this.kubo.content()
			.add(Cli.upload("not pinned"), AddOptions.defaults().pin(false))
			.blockLast()
			.cid();
		List<BlockApi.Removed> removed = new ArrayList<>();
		assertThatExceptionOfType(CommandFailedException.class)
			.isThrownBy(() -> this.kubo.block().rm(List.of(pinned, other), false).doOnNext(removed::add).blockLast())
			.withMessageContaining("pinned: recursive")
			.satisfies((ex) -> assertThat(ex.getCommand()).isEqualTo("block/rm"));
		assertThat(removed).extracting(BlockApi.Removed::cid).containsExactly(other);
	}

	@Test
	void contentThatIsMissingIsAnErrorOffline() {
		assertFailsAlike(this.kubo.content().cat(MISSING, CatOptions.defaults().offline(true)), "cat", "--offline",
				MISSING);
	}

	private static List<String> refs(Flux<ContentApi.Ref> refs) {
		return refs.map(ContentApi.Ref::ref).collectList().block();
	}

	private static Path file(String name, String content) throws IOException {
		return Files.writeString(directory.resolve(name), content);
	}

	private String directory(String name) throws IOException {
		Path root = directory.resolve(name);
		Files.createDirectories(root.resolve("sub"));
		Files.writeString(root.resolve("a"), "the file a of " + name);
		Files.writeString(root.resolve("sub/b"), "the file b of " + name);
		return this.cli.text("add", "-Q", "-r", "--raw-leaves", "--cid-version=1", root.toString());
	}

	@SafeVarargs
	private static String[] concat(List<String>... lists) {
		return Arrays.stream(lists).flatMap(List::stream).toArray(String[]::new);
	}

}
