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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import io.github.ipfstoolkit.Cid;
import io.github.ipfstoolkit.rpc.CidApi.FormatOptions;
import io.github.ipfstoolkit.rpc.ContentApi.ResolvedPath;
import io.github.ipfstoolkit.rpc.DiagApi.ProfileOptions;
import io.github.ipfstoolkit.rpc.FilesApi.Entry;
import io.github.ipfstoolkit.rpc.FilesApi.WriteOptions;
import io.github.ipfstoolkit.rpc.RemotePinApi.QueryOptions;
import io.github.ipfstoolkit.rpc.RemotePinApi.RemotePin;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Calls each method of the sections about what a node keeps, and of those that need no
 * other peer, and compares the replies with what the executable answers.
 */
@SuppressWarnings("deprecation")
class KeepingSectionsIT extends SectionContract {

	KeepingSectionsIT() {
		super(FilesApi.class, PinApi.class, RemotePinApi.class, KeyApi.class, NameApi.class, ConfigApi.class,
				DiagApi.class, LogApi.class, CidApi.class, MultibaseApi.class);
	}

	@BeforeAll
	void followNamesByPubsub() {
		this.node.run("config", "--json", "Ipns.UsePubsub", "true");
		this.node.killAndRestart();
	}

	@Test
	void filesAreWrittenAndRead() {
		FilesApi files = this.kubo.files();
		files.mkdir("/written/sub", true).block();
		files.mkdir("/written/new", FilesApi.MkdirOptions.defaults().cidVersion(1).flush(true)).block();
		files.write("/written/f +", Cli.upload("hello"), WriteOptions.defaults().create(true)).block();
		files.write("/written/f +", Cli.upload("J"), WriteOptions.defaults().offset(0)).block();
		assertThat(Cli.text(files.read("/written/f +"))).isEqualTo("Jello")
			.isEqualTo(this.cli.text("files", "read", "/written/f +"));
		assertThat(Cli.text(files.read("/written/f +", 1, 2))).isEqualTo("el")
			.isEqualTo(this.cli.text("files", "read", "-o=1", "-n=2", "/written/f +"));
		Cli.assertSame(files.stat("/written/f +").block(), this.cli.json("files", "stat", "/written/f +"));
		Cli.assertSame(files.stat("/written", true).block(),
				this.cli.json("files", "stat", "--with-local", "/written"));
		Cli.assertSame(files.ls("/written").block(), this.cli.json("files", "ls", "-l", "/written"));
		assertThat(files.ls("/written").block().entries()).filteredOn(Entry::isDirectory)
			.extracting(Entry::name)
			.containsExactlyInAnyOrder("sub", "new");
		Cli.assertSame(files.ls("/written/sub").block(), this.cli.json("files", "ls", "-l", "/written/sub"));
	}

	/**
	 * The executable does the same in a second directory: both have the same CID then.
	 */
	@Test
	void filesAreCopiedMovedAndRemoved() {
		FilesApi files = this.kubo.files();
		for (String root : List.of("/ours", "/theirs")) {
			files.mkdir(root, false).block();
			files.write(root + "/f", Cli.upload("to copy"), WriteOptions.defaults().create(true)).block();
		}
		files.cp("/ours/f", "/ours/copy/g", true).block();
		this.cli.text("files", "cp", "-p", "/theirs/f", "/theirs/copy/g");
		assertSameDirectories();
		files.cp("/ours/f", "/ours/copy/h", FilesApi.CpOptions.defaults().flush(true)).block();
		this.cli.text("files", "cp", "/theirs/f", "/theirs/copy/h");
		assertSameDirectories();
		files.mv("/ours/f", "/ours/moved").block();
		files.mv("/ours/copy/h", "/ours/copy/i", false).block();
		this.cli.text("files", "mv", "/theirs/f", "/theirs/moved");
		this.cli.text("files", "mv", "/theirs/copy/h", "/theirs/copy/i");
		assertThat(files.flush("/ours").block().cid())
			.hasToString(this.cli.json("files", "flush", "/theirs").get("Cid").asString());
		assertSameDirectories();
		files.rm("/ours/copy", true, false).block();
		this.cli.text("files", "rm", "-r", "/theirs/copy");
		assertSameDirectories();
		assertFailsAlike(files.rm("/ours/nothing", false, false), "files", "rm", "/theirs/nothing");
	}

	@Test
	void cidsModesAndTimesAreChanged() {
		FilesApi files = this.kubo.files();
		for (String root : List.of("/ours", "/theirs")) {
			files.mkdir(root + "/a/b", true).block();
		}
		files.chcid("/ours/a", 1).block();
		this.cli.text("files", "chcid", "--cid-version=1", "/theirs/a");
		assertSameDirectories();
		files.chcid("/ours/a", FilesApi.ChcidOptions.defaults().cidVersion(1).hash("blake3")).block();
		this.cli.text("files", "chcid", "--cid-version=1", "--hash=blake3", "/theirs/a");
		assertSameDirectories();
		files.chmod("0750", "/ours/a/b").block();
		this.cli.text("files", "chmod", "0750", "/theirs/a/b");
		assertSameDirectories();
		files.touch("/ours/a/b", FilesApi.TouchOptions.defaults().mtime(Instant.ofEpochSecond(1_600_000_000, 5)))
			.block();
		this.cli.text("files", "touch", "--mtime=1600000000", "--mtime-nsecs=5", "/theirs/a/b");
		assertSameDirectories();
		long before = Instant.now().getEpochSecond();
		files.touch("/ours/a/b").block();
		assertThat(this.cli.json("files", "stat", "/ours/a/b").get("Mtime").asLong()).isBetween(before,
				Instant.now().getEpochSecond());
		this.cli.text("files", "rm", "-r", "/ours", "/theirs");
	}

	private void assertSameDirectories() {
		assertThat(this.cli.text("files", "stat", "--hash", "/ours"))
			.isEqualTo(this.cli.text("files", "stat", "--hash", "/theirs"));
	}

	@Test
	void contentIsPinned() {
		PinApi pins = this.kubo.pin();
		String cid = this.cli.text("add", "-Q", "--pin=false", file("pinned"));
		Cli.assertSame(pins.add(cid).block(), this.cli.json("pin", "add", cid));
		assertSame(pins.ls(cid), this.cli.values("pin", "ls", "--stream", cid));
		Cli.assertSame(pins.rm(cid).block(), this.cli.json("pin", "add", cid));
		this.cli.text("pin", "rm", cid);
		Cli.assertSame(pins.add(cid, PinApi.AddOptions.defaults().name("a name").progress(true)).blockLast(),
				this.cli.json("pin", "add", cid));
		assertSame(pins.ls(PinApi.LsOptions.defaults().name("a na").names(true)),
				this.cli.values("pin", "ls", "--stream", "--names", "--name=a na"));
		assertFailsAlike(pins.rm(cid, false), "pin", "rm", "--recursive=false", cid);
		assertThat(pins.rm(cid, true).block().pins()).containsExactly(Cid.of(cid));
		assertFailsAlike(pins.rm(cid), "pin", "rm", cid);
		assertThat(pins.ls().map(PinApi.Pin::cid).map(Cid::toString).collectList().block())
			.containsExactlyInAnyOrderElementsOf(
					this.cli.values("pin", "ls", "--stream").stream().map((pin) -> pin.get("Cid").asString()).toList());
	}

	@Test
	void pinsAreReplacedAndVerified() {
		PinApi pins = this.kubo.pin();
		String from = this.cli.text("add", "-Q", file("from"));
		String to = this.cli.text("add", "-Q", "--pin=false", file("to"));
		PinApi.Pins replaced = pins.update(from, to, true).block();
		this.cli.text("pin", "add", from);
		this.cli.text("pin", "rm", to);
		Cli.assertSame(replaced, this.cli.json("pin", "update", from, to));
		assertThat(pins.update(to, from, PinApi.UpdateOptions.defaults().unpin(false)).block().pins())
			.containsExactly(Cid.of(to), Cid.of(from));
		assertThat(this.cli.lines("pin", "ls", "-t=recursive", "-q")).contains(from, to);
		assertThat(pins.verify(true).collectList().block()).allMatch(PinApi.Verified::ok)
			.hasSameSizeAs(this.cli.values("pin", "verify", "--verbose"));
		assertThat(pins.verify(false, true).collectList().block()).isEmpty();
		Cid lost = Cid.of(this.cli.text("add", "-Q", file("lost")));
		removeBlock(lost);
		assertSame(pins.verify(false), this.cli.values("pin", "verify"));
		assertThat(pins.verify(false).blockLast().badBlocks()).extracting(PinApi.BadBlock::cid).containsExactly(lost);
		this.cli.text("pin", "rm", lost.toString());
	}

	/**
	 * Removes a block behind the node's back: the node itself does not remove what is
	 * pinned.
	 */
	private void removeBlock(Cid cid) {
		try (var files = Files.walk(this.node.repository().resolve("blocks"))) {
			String name = this.cli.text("cid", "format", "-f=%M", "-b=base32upper", cid.toString()).substring(1);
			Path block = files.filter((file) -> file.toString().endsWith(name + ".data")).findFirst().orElseThrow();
			Files.delete(block);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void contentIsPinnedAtAService() {
		RemotePinApi remote = this.kubo.remotePin();
		Cid cid = Cid.of(this.cli.text("add", "-Q", file("kept elsewhere")));
		try (PinningService service = new PinningService("a token")) {
			remote.addService("ours", service.endpoint(), "a token").block();
			this.cli.text("pin", "remote", "service", "add", "theirs", service.endpoint(), "another token");
			Cli.assertSame(remote.services(false).block(), this.cli.json("pin", "remote", "service", "ls"));
			RemotePinApi.Services services = remote.services(true).block();
			Cli.assertSame(services, this.cli.json("pin", "remote", "service", "ls", "--stat"));
			assertThat(services.services()).extracting((known) -> known.stat().status())
				.containsExactlyInAnyOrder("valid", "invalid");
			RemotePin pin = remote.add(cid.toString(), RemotePinApi.AddOptions.defaults().service("ours").name("one"))
				.block();
			assertThat(pin).isEqualTo(new RemotePin(RemotePin.PINNED, cid, "one"));
			Cli.assertSame(pin, this.cli.json("pin", "remote", "add", "--service=ours", "--name=one", cid.toString()));
			assertThat(remote.add(cid.toString(), RemotePinApi.AddOptions.defaults().service("ours").background(true))
				.block()
				.status()).isEqualTo(RemotePin.QUEUED);
			QueryOptions all = QueryOptions.defaults().service("ours").cids(cid);
			assertSame(remote.ls(all), this.cli.values("pin", "remote", "ls", "--service=ours", "--cid=" + cid));
			assertSame(remote.ls(all.statuses(RemotePin.QUEUED, RemotePin.PINNED)),
					this.cli.values("pin", "remote", "ls", "--service=ours", "--cid=" + cid, "--status=queued,pinned"));
			assertThat(service.pins()).hasSize(3);
			assertFailsAlike(remote.rm(all.name("one"), false), "pin", "remote", "rm", "--service=ours", "--name=one");
			remote.rm(all.name("one"), true).block();
			assertThat(service.pins()).hasSize(1);
			this.cli.text("pin", "remote", "rm", "--service=ours", "--status=queued");
			assertThat(service.pins()).isEmpty();
			remote.removeService("ours").block();
			this.cli.text("pin", "remote", "service", "rm", "theirs");
			assertThat(this.cli.lines("pin", "remote", "service", "ls")).isEmpty();
		}
	}

	@Test
	void keysAreMadeRenamedAndRemoved() {
		KeyApi keys = this.kubo.key();
		KeyApi.Key made = keys.gen("made").block();
		Cli.assertSame(keys.list().block(), this.cli.json("key", "list"));
		assertThat(this.cli.lines("key", "list", "-l")).contains(made.id().toIpnsName() + " made");
		assertThat(keys.gen("rsa", KeyApi.GenOptions.defaults().type("rsa").size(2048)).block().id().toString())
			.startsWith("Qm");
		KeyApi.Renamed renamed = keys.rename("made", "renamed", false).block();
		this.cli.text("key", "rename", "renamed", "made");
		Cli.assertSame(renamed, this.cli.json("key", "rename", "made", "renamed"));
		assertThat(keys.rm("renamed").block().keys()).containsExactly(new KeyApi.Key("renamed", made.id()));
		assertFailsAlike(keys.rm("renamed"), "key", "rm", "renamed");
		this.cli.text("key", "rm", "rsa");
	}

	@Test
	void keysAreGivenAwayByTheExecutableAlone() {
		this.kubo.key().gen("secret").block();
		Mono<byte[]> exported = this.kubo.key().export("secret");
		Mono<byte[]> pem = this.kubo.key().export("secret", "pem-pkcs8-cleartext");
		List<Mono<KeyApi.Rotated>> rotated = List.of(this.kubo.key().rotate("old"),
				this.kubo.key().rotate("old", KeyApi.GenOptions.defaults().type("rsa")));
		if (backend() == Backend.HTTP) {
			for (Mono<?> call : List.of(exported, pem, rotated.get(0), rotated.get(1))) {
				assertThatExceptionOfType(UnsupportedCommandException.class).isThrownBy(call::block)
					.withMessageContainingAll("does not offer it over HTTP", "ipfs.backend=cli");
			}
			return;
		}
		KeyApi key = this.kubo.key();
		assertThat(key.importKey("copy", Upload.of(exported.block()), "libp2p-protobuf-cleartext").block().id())
			.isEqualTo(key.importKey("pem", Upload.of(pem.block()), "pem-pkcs8-cleartext").block().id());
		for (Mono<KeyApi.Rotated> call : rotated) {
			assertThatExceptionOfType(UnsupportedCommandException.class).isThrownBy(call::block)
				.withMessageContainingAll("'key/rotate'", "a node runs on", "Stop the node");
		}
	}

	@Test
	@SinceKubo("0.40")
	void keysAreListed() {
		Cli.assertSame(this.kubo.key().ls().block(), this.cli.json("key", "ls"));
	}

	@Test
	void keysAreImported() throws IOException {
		KeyApi keys = this.kubo.key();
		KeyApi.Key made = keys.gen("exported").block();
		Path file = this.node.repository().resolve("exported.pem");
		this.cli.text("key", "export", "-f=pem-pkcs8-cleartext", "-o=" + file, "exported");
		KeyApi.Key imported = keys.importKey("imported", Upload.of(file), "pem-pkcs8-cleartext").block();
		assertThat(imported).isEqualTo(new KeyApi.Key("imported", made.id()));
		this.cli.text("key", "rm", "imported");
		Cli.assertSame(imported, this.cli.json("key", "import", "-f=pem-pkcs8-cleartext", "imported", file.toString()));
		this.cli.text("key", "rm", "imported");
		assertThat(keys.importKey("imported", Upload.of(file), "pem-pkcs8-cleartext", true).block())
			.isEqualTo(imported);
		this.cli.text("key", "rm", "imported", "exported");
	}

	@Test
	void dataIsSignedAndVerified() {
		KeyApi keys = this.kubo.key();
		String data = file("to sign");
		KeyApi.Key signing = keys.gen("signing").block();
		KeyApi.Signed signed = keys.sign(Upload.of(Path.of(data)), "signing").block();
		Cli.assertSame(signed, this.cli.json("key", "sign", "--key=signing", data));
		Cli.assertSame(keys.sign(Cli.upload("to sign")).block(), this.cli.json("key", "sign", data));
		KeyApi.SignatureCheck check = keys.verify(Cli.upload("to sign"), "signing", signed.signature()).block();
		Cli.assertSame(check,
				this.cli.json("key", "verify", "--key=signing", "--signature=" + signed.signature(), data));
		assertThat(check).isEqualTo(new KeyApi.SignatureCheck(signing, true));
		assertThat(keys.verify(Cli.upload("other"), "signing", signed.signature()).block().valid()).isFalse();
		this.cli.text("key", "rm", "signing");
	}

	@Test
	void namesArePublishedAndFollowed() {
		NameApi names = this.kubo.name();
		String path = "/ipfs/" + this.cli.text("add", "-Q", file("named"));
		Cli.assertSame(names.publish(path).block(), this.cli.json("name", "publish", path));
		KeyApi.Key key = this.kubo.key().gen("naming").block();
		NameApi.Published published = names
			.publish(path,
					NameApi.PublishOptions.defaults().key("naming").allowOffline(true).ttl(Duration.ofMinutes(1)))
			.block();
		assertThat(published).isEqualTo(new NameApi.Published(key.id(), path));
		Cli.assertSame(published, this.cli.json("name", "publish", "--key=naming", "--allow-offline", path));
		String name = key.id().toIpnsName();
		Cli.assertSame(names.resolve(name).block(), this.cli.json("name", "resolve", name));
		assertThat(names.resolve(name, NameApi.ResolveOptions.defaults().nocache(true).offline(true)).blockLast())
			.isEqualTo(new ResolvedPath(this.cli.text("name", "resolve", "--nocache", "--offline", name)));
		assertThat(names.pubsubState().block().enabled())
			.isEqualTo(this.cli.json("name", "pubsub", "state").get("Enabled").asBoolean());
		Cli.assertSame(names.pubsubSubscriptions().block(), this.cli.json("name", "pubsub", "subs"));
		assertThat(names.pubsubSubscriptions().block().strings()).contains("/ipns/" + name);
		assertThat(names.cancelPubsubSubscription(name).block().canceled()).isTrue();
		Cli.assertSame(names.cancelPubsubSubscription(name).block(), this.cli.json("name", "pubsub", "cancel", name));
	}

	@Test
	void recordsAreInspected() {
		NameApi names = this.kubo.name();
		KeyApi.Key key = this.kubo.key().gen("inspected").block();
		String name = key.id().toIpnsName();
		String path = "/ipfs/" + this.cli.text("add", "-Q", file("inspected"));
		names
			.publish(path,
					NameApi.PublishOptions.defaults().key("inspected").allowOffline(true).lifetime(Duration.ofHours(2)))
			.block();
		byte[] record = this.cli.json("routing", "get", "/ipns/" + name).get("Extra").binaryValue();
		String file = file(record);
		NameApi.Inspected inspected = names.inspect(Upload.of(record), name).block();
		assertThat(inspected.validation().valid()).isTrue();
		assertThat(inspected.entry().validity()).isBetween(Instant.now().plusSeconds(7000),
				Instant.now().plusSeconds(7300));
		Cli.assertSame(inspected, this.cli.json("name", "inspect", "--verify=" + name, "--dump=false", file));
		Cli.assertSame(names.inspect(Upload.of(record), true).block(), this.cli.json("name", "inspect", file));
	}

	@Test
	@SinceKubo("0.40")
	void recordsAreFetchedAndPublished() {
		NameApi names = this.kubo.name();
		String name = this.kubo.key().gen("fetched").block().id().toIpnsName();
		String path = "/ipfs/" + this.cli.text("add", "-Q", file("fetched"));
		names.publish(path, NameApi.PublishOptions.defaults().key("fetched").allowOffline(true)).block();
		byte[] record = names.get(name).block();
		JsonNode known = this.cli.json("routing", "get", "/ipns/" + name);
		assertThat(record).isEqualTo(known.get("Extra").binaryValue());
		assertThat(names.get(name, true).block()).isEqualTo(record);
		String file = file(record);
		Cli.assertSame(names.put(name, Upload.of(record)).block(), this.cli.json("name", "put", name, file));
		Cli.assertSame(names.put(name, Upload.of(record), true).block(),
				this.cli.json("name", "put", "--allow-offline", name, file));
		Cli.assertSame(names.put(name, Upload.of(record), NameApi.PutOptions.defaults().force(true).allowOffline(true))
			.block(), this.cli.json("name", "put", "--force", "--allow-offline", name, file));
	}

	@Test
	void configurationIsReadAndChanged() {
		ConfigApi config = this.kubo.config();
		Cli.assertSame(config.get("Pubsub.Enabled").block(), this.cli.json("config", "Pubsub.Enabled"));
		Cli.assertSame(config.get("Bootstrap", true).block(), this.cli.json("config", "--expand-auto", "Bootstrap"));
		Cli.assertSame(config.set("Datastore.StorageMax", "11GB").block(),
				this.cli.json("config", "Datastore.StorageMax"));
		Cli.assertSame(config.setJson("Datastore.StorageGCWatermark", "80").block(),
				this.cli.json("config", "Datastore.StorageGCWatermark"));
		Cli.assertSame(config.setBoolean("Swarm.DisableBandwidthMetrics", false).block(),
				this.cli.json("config", "Swarm.DisableBandwidthMetrics"));
		JsonNode shown = config.show().block();
		assertThat(shown).isEqualTo(this.cli.json("config", "show"));
		assertThat(shown.at("/Datastore/StorageMax").asString()).isEqualTo("11GB");
		assertThat(config.show(true).block()).isEqualTo(this.cli.json("config", "show", "--expand-auto"));
		config.replace(Cli.upload(shown.toString().replace("11GB", "12GB"))).block();
		assertThat(this.cli.text("config", "Datastore.StorageMax")).isEqualTo("12GB");
		Cli.assertSame(config.applyProfile("server", true).block(),
				this.cli.json("config", "profile", "apply", "--dry-run", "server"));
	}

	@Test
	void commandsAreListed() {
		DiagApi diag = this.kubo.diag();
		diag.keepCommands(Duration.ofHours(1)).block();
		this.cli.text("files", "stat", "/");
		List<DiagApi.Command> told = diag.commands().collectList().block();
		List<JsonNode> known = this.cli.values("diag", "cmds");
		assertThat(told).extracting(DiagApi.Command::command).contains("diag/cmds/set-time", "files/stat", "diag/cmds");
		told.stream()
			.filter((command) -> !command.active())
			.forEach((command) -> assertThat(
					known.stream().filter((candidate) -> candidate.get("ID").asLong() == command.id()).findFirst())
				.hasValueSatisfying((same) -> {
					assertThat(command.command()).isEqualTo(same.get("Command").asString());
					assertThat(command.startTime()).isEqualTo(Instant.parse(same.get("StartTime").asString()));
					assertThat(command.endTime()).isEqualTo(Instant.parse(same.get("EndTime").asString()));
				}));
		diag.clearCommands().block();
		assertThat(this.cli.text("diag", "cmds")).doesNotContain("files/stat");
	}

	@Test
	void machineIsDescribed() {
		JsonNode told = this.kubo.diag().sys().block();
		JsonNode known = this.cli.json("diag", "sys");
		assertThat(told.propertyNames()).isEqualTo(known.propertyNames());
		assertThat(told.get("ipfs_version")).isEqualTo(known.get("ipfs_version"));
		assertThat(told.at("/runtime/arch")).isEqualTo(known.at("/runtime/arch"));
	}

	@Test
	void profilesAreArchives() throws IOException {
		byte[] zip = Cli.bytes(this.kubo.diag()
			.profile(ProfileOptions.defaults()
				.collectors("goroutines-stack", "version")
				.profileTime(Duration.ofMillis(100))));
		Path file = this.node.repository().resolve("profile.zip");
		this.cli.text("diag", "profile", "--collectors=goroutines-stack,version", "--profile-time=100ms", "-o=" + file);
		assertThat(names(zip)).isEqualTo(names(Files.readAllBytes(file)));
		// would go on for half a minute
		assertThat(Cli.bytes(this.kubo.diag().profile().take(1))).startsWith('P', 'K');
	}

	private static Set<String> names(byte[] zip) throws IOException {
		Set<String> names = new TreeSet<>();
		try (ZipInputStream archive = new ZipInputStream(new ByteArrayInputStream(zip))) {
			for (ZipEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
				names.add(entry.getName());
			}
		}
		return names;
	}

	@Test
	void logLevelsAreReadAndSet() {
		LogApi log = this.kubo.log();
		Cli.assertSame(log.ls().block(), this.cli.json("log", "ls"));
		Cli.assertSame(log.level().block(), this.cli.json("log", "level"));
		Cli.assertSame(log.level("pubsub").block(), this.cli.json("log", "level", "pubsub"));
		Cli.assertSame(log.level("pubsub", "warn").block(), this.cli.json("log", "level", "pubsub", "warn"));
		assertThat(log.level("pubsub").block().levels()).containsEntry("pubsub", "warn");
		assertFailsAlike(log.level("pubsub", "loud"), "log", "level", "pubsub", "loud");
	}

	@Test
	void logIsRead() {
		LogApi log = this.kubo.log();
		for (Flux<DataBuffer> tail : List.of(log.tail(), log.tail("debug"))) {
			CompletableFuture<String> line = tail.map(KeepingSectionsIT::release).next().toFuture();
			await().untilAsserted(() -> {
				this.cli.text("log", "level", "all", "debug");
				assertThat(line).isCompletedWithValueMatching((text) -> text.contains("Changed log level"));
			});
			this.cli.text("log", "level", "all", "error");
		}
	}

	private static String release(DataBuffer buffer) {
		String text = buffer.toString(StandardCharsets.UTF_8);
		DataBufferUtils.release(buffer);
		return text;
	}

	@Test
	void cidsAreRewritten() {
		CidApi cids = this.kubo.cid();
		List<String> some = List.of("QmdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR1m",
				"bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy");
		FormatOptions options = FormatOptions.defaults().version(1).base("base36").codec("raw").format("%s %b %c %M");
		assertThat(cids.format(some, options).map(CidApi.Formatted::formatted).collectList().block()).isEqualTo(this.cli
			.lines("cid", "format", "-v=1", "-b=base36", "--mc=raw", "-f=%s %b %c %M", some.get(0), some.get(1)));
		assertThat(cids.base32(some).map(CidApi.Formatted::formatted).collectList().block())
			.isEqualTo(this.cli.lines("cid", "base32", some.get(0), some.get(1)));
		assertThatExceptionOfType(CommandFailedException.class)
			.isThrownBy(() -> cids.base32(List.of("nonsense")).blockLast())
			.withMessageContaining("nonsense");
	}

	@Test
	@SinceKubo("0.41")
	void cidsAreTakenApart() {
		String cid = "QmdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR1m";
		Cli.assertSame(this.kubo.cid().inspect(cid).block(), this.cli.json("cid", "inspect", cid));
	}

	@Test
	void multiformatsAreListed() {
		CidApi cids = this.kubo.cid();
		assertSameTable(cids.bases(), "cid", "bases");
		assertSameTable(cids.codecs(false), "cid", "codecs");
		assertSameTable(cids.codecs(true), "cid", "codecs", "--supported");
		assertSameTable(cids.hashes(false), "cid", "hashes");
		assertSameTable(cids.hashes(true), "cid", "hashes", "--supported");
		assertSameTable(this.kubo.multibase().list(), "multibase", "list");
	}

	private void assertSameTable(Flux<CodeAndName> table, String... command) {
		Cli.assertSame(table.collectList().block(), JsonMapper.shared().valueToTree(this.cli.values(command)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "base16", "base32", "base58btc", "base64url" })
	void bytesAreWrittenAsText(String base) {
		MultibaseApi multibase = this.kubo.multibase();
		String bytes = file("some bytes");
		String text = Cli.text(multibase.encode(Cli.upload("some bytes"), base));
		assertThat(text).isEqualTo(this.cli.text("multibase", "encode", "-b=" + base, bytes));
		assertThat(Cli.text(multibase.decode(Cli.upload(text)))).isEqualTo("some bytes")
			.isEqualTo(this.cli.text("multibase", "decode", file(text)));
		assertThat(Cli.text(multibase.transcode(Cli.upload(text), "base36")))
			.isEqualTo(this.cli.text("multibase", "transcode", "-b=base36", file(text)));
	}

}
