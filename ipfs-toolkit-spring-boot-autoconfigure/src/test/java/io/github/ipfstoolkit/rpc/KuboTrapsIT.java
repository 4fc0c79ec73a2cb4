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
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.github.ipfstoolkit.Cid;
import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.rpc.ContentApi.AddOptions;
import io.github.ipfstoolkit.rpc.ContentApi.RefsOptions;
import io.github.ipfstoolkit.rpc.http.KuboHttpClient;
import io.github.ipfstoolkit.testsupport.KuboTestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBufferUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for what Kubo does that nobody expects, with a real node: first, by a request of
 * any client, that it does, then that users of {@link Kubo} are not hit by it.
 * {@link KuboTrapsTests} lists all traps.
 */
@Timeout(120)
class KuboTrapsIT {

	private static final int LEAF = 1024;

	private static final String UNKNOWN = "QmdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR1m";

	private static final HttpClient http = HttpClient.newHttpClient();

	private static KuboTestNode node;

	private static Kubo kubo;

	/** The path of a file in many blocks, one of which is missing. */
	private static String damaged;

	@BeforeAll
	static void start() {
		node = KuboTestNode.start();
		kubo = node.kubo();
		byte[] content = new byte[300 * LEAF];
		for (int i = 0; i < content.length; i++) {
			content[i] = (byte) (i / LEAF + i % 7);
		}
		Cid cid = kubo.content()
			.add(Upload.of(content), AddOptions.defaults().chunker("size-" + LEAF).rawLeaves(true).pin(false))
			.blockLast()
			.cid();
		damaged = cid.toPath();
		List<Cid> blocks = kubo.content()
			.refs(damaged, RefsOptions.defaults().recursive(true))
			.map((ref) -> Cid.of(ref.ref()))
			.collectList()
			.block();
		kubo.block().rm(List.of(blocks.get(250)), false).blockLast();
	}

	@AfterAll
	static void stop() {
		node.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "cat", "get", "dag/export" })
	void contentThatBreaksOffAfterASuccessfulBeginningIsAnError(String command) throws Exception {
		HttpResponse<byte[]> raw = http.send(request("/" + command + "?offline=true&arg=" + damaged),
				HttpResponse.BodyHandlers.ofByteArray());
		assertThat(raw.statusCode()).isEqualTo(200);
		assertThat(raw.body()).hasSizeLessThan(300 * LEAF);
		assertThatExceptionOfType(StreamFailedException.class)
			.isThrownBy(() -> kubo.call(command, List.of(damaged), CallOptions.defaults().offline(true), null)
				.doOnNext(DataBufferUtils::release)
				.blockLast())
			.withMessageContaining("'" + command + "'");
	}

	@Test
	void removalThatFailsWithStatus200IsAnError() throws Exception {
		assertThat(post("/files/rm?arg=/not-there").statusCode()).isEqualTo(200);
		assertThatExceptionOfType(StreamFailedException.class)
			.isThrownBy(() -> kubo.files().rm("/not-there", false, false).block())
			.withMessageContaining("can't remove some files");
	}

	static Stream<Arguments> failuresAmongValues() {
		Multiaddr nobody = Multiaddr
			.of("/ip4/127.0.0.1/tcp/9/p2p/12D3KooWGL1WQ2TXMou8HRB8zv7K274sDfWbF3noAnxWESU6RL2K");
		List<Cid> unknown = List.of(Cid.of(UNKNOWN));
		List<String> bad = List.of("bad");
		return Stream.of(
				Arguments.of("/refs?recursive=true&offline=true&arg=" + damaged,
						kubo.content().refs(damaged, RefsOptions.defaults().recursive(true).offline(true))),
				Arguments.of("/block/rm?arg=" + UNKNOWN, kubo.block().rm(unknown, false)),
				Arguments.of("/cid/format?arg=bad", kubo.cid().format(bad, CidApi.FormatOptions.defaults())),
				Arguments.of("/cid/base32?arg=bad", kubo.cid().base32(bad)),
				Arguments.of("/cid/inspect?arg=bad", kubo.cid().inspect("bad")),
				Arguments.of("/swarm/disconnect?arg=" + nobody, kubo.swarm().disconnect(nobody)));
	}

	@ParameterizedTest
	@MethodSource("failuresAmongValues")
	void failureAmongTheValuesOfASuccessfulReplyIsAnError(String target, Publisher<?> call) throws Exception {
		HttpResponse<String> raw = post(target);
		assertThat(raw.statusCode()).isEqualTo(200);
		assertThat(raw.body()).isNotEmpty();
		assertThatExceptionOfType(CommandFailedException.class).isThrownBy(() -> Flux.from(call).blockLast())
			.satisfies((ex) -> assertThat(ex.getStatus()).isEqualTo(200));
	}

	@Test
	void statusAndTypeOfErrorsVary() throws Exception {
		assertThat(get("/version").statusCode()).isEqualTo(405);
		HttpResponse<String> missingArgument = post("/cat");
		assertThat(missingArgument.statusCode()).isEqualTo(400);
		assertThat(missingArgument.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
		assertThatExceptionOfType(InvalidArgumentException.class)
			.isThrownBy(() -> kubo.call("cat", List.of(), CallOptions.defaults(), null).blockLast())
			.withMessageContaining("is required");
		HttpResponse<String> failed = post("/cat?arg=nonsense");
		assertThat(failed.statusCode()).isEqualTo(500);
		assertThat(failed.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/json");
		assertThatExceptionOfType(CommandFailedException.class)
			.isThrownBy(() -> kubo.content().cat("nonsense").blockLast());
		assertThat(post("/no/such/command").statusCode()).isEqualTo(404);
		assertThatExceptionOfType(UnknownCommandException.class)
			.isThrownBy(() -> kubo.call("no/such/command", List.of(), CallOptions.defaults(), null).blockLast());
		assertThat(post("/key/export?arg=self").statusCode()).isEqualTo(404);
		assertThatExceptionOfType(UnsupportedCommandException.class)
			.isThrownBy(() -> kubo.call("key/export", List.of("self"), CallOptions.defaults(), null).blockLast());
	}

	@ParameterizedTest
	@ValueSource(strings = { "5", "PT5S", "5 s", "1d", "99999999999h" })
	void timeoutThatKuboCannotReadIsRefused(String timeout) throws Exception {
		HttpResponse<String> raw = post("/version?timeout=" + URLEncoder.encode(timeout, StandardCharsets.UTF_8));
		assertThat(raw.statusCode()).isEqualTo(200);
		assertThat(raw.body()).isEmpty();
		assertThatExceptionOfType(InvalidArgumentException.class)
			.isThrownBy(() -> kubo
				.call("version", List.of(), CallOptions.defaults().set("timeout", timeout), null, NodeApi.Version.class)
				.blockLast())
			.withMessageContainingAll("'version'", timeout);
	}

	@ParameterizedTest
	@ValueSource(strings = { "90s", "1h30m", "+1.5h", "7µs", "2562047h47m16s", "100000000000ns" })
	void timeoutThatKuboCanReadReachesIt(String timeout) throws Exception {
		HttpResponse<String> raw = post("/version?timeout=" + URLEncoder.encode(timeout, StandardCharsets.UTF_8));
		assertThat(raw.body()).isNotEmpty();
		assertThatExceptionOfType(CommandFailedException.class).isThrownBy(() -> kubo
			.call("block/get", List.of(UNKNOWN), CallOptions.defaults().set("timeout", Duration.ofMillis(200)), null)
			.doOnNext(DataBufferUtils::release)
			.blockLast()).withMessageContaining("deadline");
	}

	@Test
	void optionsAreSentByTheirFirstNames() {
		Map<String, Set<String>> firstNames = new HashMap<>();
		collect(kubo.node().commands(true).block(), "", firstNames);
		SectionMethods.optionsByCommand()
			.forEach((command, options) -> assertThat(options).as(command)
				.isSubsetOf(union(firstNames.get(command), CommandExceptions.GLOBAL_OPTIONS)));
	}

	private static void collect(NodeApi.Command command, String path, Map<String, Set<String>> firstNames) {
		Set<String> names = new HashSet<>();
		command.options().forEach((option) -> names.add(option.names().get(0)));
		int parent = path.lastIndexOf('/');
		if (parent >= 0) {
			// a group's options can be given to each command below it
			names.addAll(firstNames.get(path.substring(0, parent)));
		}
		firstNames.put(path, names);
		command.subcommands()
			.forEach((child) -> collect(child, path.isEmpty() ? child.name() : path + "/" + child.name(), firstNames));
	}

	private static Set<String> union(Set<String> left, Set<String> right) {
		Set<String> union = new HashSet<>(left);
		union.addAll(right);
		return union;
	}

	@Test
	void wrongLastPartOfACommandCanBecomeAnArgument() throws Exception {
		assertThat(post("/refs/locall").statusCode()).as("no 404").isNotEqualTo(404);
		assertThatExceptionOfType(CommandFailedException.class)
			.isThrownBy(() -> kubo.call("refs/locall", List.of(), CallOptions.defaults(), null, ContentApi.Ref.class)
				.blockLast())
			.withMessageContaining("locall");
	}

	@Test
	void groupOfCommandsAnswersWithNothing() throws Exception {
		HttpResponse<String> raw = post("/swarm");
		assertThat(raw.statusCode()).isEqualTo(200);
		assertThat(raw.body()).isEmpty();
		assertThat(kubo.call("swarm", List.of(), CallOptions.defaults(), null).collectList().block()).isEmpty();
	}

	@Test
	void plusIsASpaceUnlessItIsEncoded() throws Exception {
		assertThat(post("/files/mkdir?arg=/a+b").statusCode()).isEqualTo(200);
		kubo.files().mkdir("/c+d", false).block();
		assertThat(kubo.files().ls("/").block().entries()).extracting(FilesApi.Entry::name).contains("a b", "c+d");
		kubo.files().rm("/a b", true, false).block();
		kubo.files().rm("/c+d", true, false).block();
	}

	@Test
	void browsersAndOtherKubosAreRefused() throws Exception {
		assertThat(http
			.send(builder("/id").header("User-Agent", "Mozilla/5.0").build(), HttpResponse.BodyHandlers.ofString())
			.statusCode()).isEqualTo(403);
		assertThat(http
			.send(builder("/id").header("User-Agent", "/kubo/0.1.0/").build(), HttpResponse.BodyHandlers.ofString())
			.statusCode()).isEqualTo(400);
		assertThat(kubo.node().id().block()).isNotNull();
	}

	@Test
	void connectionThatKuboClosesAfterAnUploadIsNotUsedAgain() {
		try (KuboHttpClient single = KuboHttpClient.builder(node::endpoint).maxConnections(1).build()) {
			for (int i = 0; i < 10; i++) {
				byte[] content = ("content " + i).getBytes(StandardCharsets.UTF_8);
				assertThat(single.content().add(Upload.of(content)).blockLast().cid()).isNotNull();
				assertThat(single.node().version().block().version()).isNotEmpty();
			}
		}
	}

	@Test
	void emptyListsAreNullOrMissing() throws Exception {
		assertThat(post("/p2p/ls").body()).contains("\"Listeners\":null");
		assertThat(kubo.p2p().ls().block().listeners()).isEmpty();
		assertThat(post("/p2p/stream/ls").body()).contains("\"Streams\":null");
		assertThat(kubo.p2p().streams().block().streams()).isEmpty();
		assertThat(post("/swarm/peers").body()).contains("\"Peers\":null");
		assertThat(kubo.swarm().peers().block().peers()).isEmpty();
		kubo.files().mkdir("/empty", false).block();
		assertThat(kubo.files().ls("/empty").block().entries()).isEmpty();
		assertThat(post("/pin/ls?type=recursive&names=true&name=none").body().strip()).isEqualTo("{}");
		assertThat(kubo.pin().ls(PinApi.LsOptions.defaults().name("none")).collectList().block()).isEmpty();
	}

	@Test
	void emptyReplyIsSaidToBeJson() throws Exception {
		HttpResponse<String> raw = post("/files/mkdir?parents=true&arg=/made");
		assertThat(raw.body()).isEmpty();
		assertThat(raw.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
		assertThat(kubo.files().mkdir("/made", true).block()).isNull();
	}

	@Test
	void topicsAreEncoded() throws Exception {
		HttpResponse<String> raw = post("/pubsub/peers?arg=topic");
		assertThat(raw.statusCode()).isEqualTo(500);
		assertThat(raw.body()).contains("multibase");
		assertThat(kubo.pubsub().peers("topic").block().peers()).isEmpty();
	}

	@Test
	void settingIsATextUnlessItIsSaidNotToBe() throws Exception {
		assertThat(post("/config?arg=Datastore.GCPeriod&arg=true").body()).contains("\"true\"");
		assertThat(kubo.config().set("Datastore.GCPeriod", "2h").block().value().isString()).isTrue();
		assertThat(kubo.config().setBoolean("Swarm.DisableBandwidthMetrics", false).block().value().isBoolean())
			.isTrue();
		assertThat(kubo.config().setJson("Datastore.StorageGCWatermark", "85").block().value().isInt()).isTrue();
	}

	@Test
	void streamOfManyValuesIsReadAsAWhole() {
		byte[] content = new byte[5000];
		for (int i = 0; i < content.length; i++) {
			content[i] = (byte) i;
		}
		Cid cid = kubo.content()
			.add(Upload.of(content), AddOptions.defaults().chunker("size-1").rawLeaves(true))
			.blockLast()
			.cid();
		assertThat(kubo.content()
			.refs(cid.toPath(), RefsOptions.defaults().recursive(true).edges(true))
			.map(ContentApi.Ref::ref)
			.collectList()
			.block()).hasSizeGreaterThan(content.length)
			.isEqualTo(node.run("refs", "-r", "-e", cid.toString()).lines().toList());
	}

	private static HttpRequest.Builder builder(String target) {
		return HttpRequest.newBuilder(URI.create(node.endpoint().uri() + "/api/v0" + target))
			.POST(HttpRequest.BodyPublishers.noBody())
			.timeout(Duration.ofSeconds(30));
	}

	private static HttpRequest request(String target) {
		return builder(target).build();
	}

	private static HttpResponse<String> post(String target) throws IOException, InterruptedException {
		return http.send(request(target), HttpResponse.BodyHandlers.ofString());
	}

	private static HttpResponse<String> get(String target) throws IOException, InterruptedException {
		return http.send(builder(target).GET().build(), HttpResponse.BodyHandlers.ofString());
	}

}
