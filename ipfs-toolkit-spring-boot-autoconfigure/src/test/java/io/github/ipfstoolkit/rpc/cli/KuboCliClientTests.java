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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.IpfsTimeoutException;
import io.github.ipfstoolkit.NodeException;
import io.github.ipfstoolkit.NodeUnreachableException;
import io.github.ipfstoolkit.rpc.CallOptions;
import io.github.ipfstoolkit.rpc.CommandFailedException;
import io.github.ipfstoolkit.rpc.IncompleteReplyException;
import io.github.ipfstoolkit.rpc.InvalidArgumentException;
import io.github.ipfstoolkit.rpc.MalformedReplyException;
import io.github.ipfstoolkit.rpc.RpcAccessDeniedException;
import io.github.ipfstoolkit.rpc.RpcEndpoint;
import io.github.ipfstoolkit.rpc.StreamFailedException;
import io.github.ipfstoolkit.rpc.UnknownCommandException;
import io.github.ipfstoolkit.rpc.UnsupportedCommandException;
import io.github.ipfstoolkit.rpc.Upload;
import io.github.ipfstoolkit.rpc.client.RpcTimeouts;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link KuboCliClient} with scripts in the place of the executable, which do
 * what the real one seldom does.
 */
@DisabledOnOs(OS.WINDOWS)
class KuboCliClientTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final String HANG = """
			sleep 1000 & echo $! >> "$DIR/children"
			sleep 1000 & echo $! >> "$DIR/children"
			echo > "$DIR/hangs"
			wait
			""";

	@TempDir
	private Path directory;

	private FakeExecutable executable;

	private KuboCliClient client;

	@AfterEach
	void close() {
		if (this.client != null) {
			this.client.close();
		}
	}

	private KuboCliClient client(String body) {
		return client(body, RpcTimeouts.DEFAULTS);
	}

	/**
	 * Returns a client of a repository on which no node runs.
	 */
	private KuboCliClient client(String body, RpcTimeouts timeouts) {
		this.executable = FakeExecutable.in(this.directory, body);
		this.client = KuboCliClient.builder(this.executable::path, this.directory).timeouts(timeouts).build();
		return this.client;
	}

	/**
	 * Returns a client of a node elsewhere.
	 */
	private KuboCliClient client(String body, RpcEndpoint endpoint) {
		return client(body, endpoint, RpcTimeouts.DEFAULTS);
	}

	private KuboCliClient client(String body, RpcEndpoint endpoint, RpcTimeouts timeouts) {
		this.executable = FakeExecutable.in(this.directory, body);
		this.client = KuboCliClient.builder(this.executable::path, () -> endpoint)
			.timeouts(timeouts)
			.maxProcesses(2)
			.build();
		return this.client;
	}

	private static RpcTimeouts timeouts(Duration command) {
		return new RpcTimeouts(command, command, command, command, command);
	}

	private static Flux<DataBuffer> call(KuboCliClient client, String command, String... arguments) {
		return client.call(command, List.of(arguments), CallOptions.defaults(), null);
	}

	private static String text(Flux<DataBuffer> reply) {
		return DataBufferUtils.join(reply).map((buffer) -> {
			String text = buffer.toString(StandardCharsets.UTF_8);
			DataBufferUtils.release(buffer);
			return text;
		}).defaultIfEmpty("").block(TIMEOUT);
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(60, TimeUnit.SECONDS);
	}

	@Test
	void replyThatTricklesEndsInTime() {
		KuboCliClient client = client("while :; do printf ' '; sleep 0.1; done", timeouts(Duration.ofSeconds(3)));
		assertThatExceptionOfType(IpfsTimeoutException.class).isThrownBy(() -> client.node().version().block(TIMEOUT))
			.withMessageContainingAll("The reply to 'version' (ipfs.api.timeouts.command)", "3000 ms");
		await().until(() -> this.executable.haveEnded("pids"));
	}

	@Test
	void argumentsReachTheExecutableAsTheyAre() {
		String[] arguments = { "-rf", "--help", "a b", "'", "\"", "$(id)", "`id`", "; touch x", "\\", "*",
				"ünï ☃ 日本 😀", "line\nbreak", "", "%20+%", "-" };
		KuboCliClient client = client("");
		client.call("cat", List.of(arguments), CallOptions.defaults().set("offset", 1).set("name", "-x y=ü&\n"), null)
			.blockLast(TIMEOUT);
		List<String> expected = new ArrayList<>(List.of("cat", "--offset=1", "--name=-x y=ü&\n", "--enc=json", "--"));
		expected.addAll(List.of(arguments));
		assertThat(this.executable.arguments()).isEqualTo(expected);
	}

	@Test
	void eachValueOfAnOptionIsAnOption() {
		client("").call("files/ls", List.of(), CallOptions.defaults().set("status", List.of("a,b", "c")), null)
			.blockLast(TIMEOUT);
		assertThat(this.executable.arguments()).containsExactly("files", "ls", "--status=a,b", "--status=c",
				"--enc=json", "--");
	}

	@ParameterizedTest
	@ValueSource(strings = { "api", "api-auth", "repo-dir", "help", "h", "enc", "config-file", "a b", "-x" })
	void optionsThatLeadElsewhereAreRefused(String option) {
		KuboCliClient client = client("");
		assertThatExceptionOfType(InvalidArgumentException.class)
			.isThrownBy(() -> client.call("cat", List.of("x"), CallOptions.defaults().set(option, "v"), null)
				.blockLast(TIMEOUT))
			.withMessageContaining(option);
		assertThat(this.executable.file("pids")).doesNotExist();
	}

	@Test
	void whatNoExecutableCanBeGivenIsRefused() {
		KuboCliClient client = client("");
		assertThatExceptionOfType(InvalidArgumentException.class)
			.isThrownBy(() -> call(client, "cat", "a\0b").blockLast(TIMEOUT))
			.withMessageContaining("character 0");
		assertThatExceptionOfType(UnsupportedCommandException.class)
			.isThrownBy(() -> client.section(BodyApi.class).add("body").block(TIMEOUT))
			.withMessageContainingAll("'add'", "Upload");
	}

	@Test
	void repositoryIsNamedInTheEnvironmentAndNoTelemetryIsSent() {
		assertThat(text(call(client("echo \"$IPFS_PATH $IPFS_TELEMETRY\""), "cat", "x")))
			.isEqualTo(this.directory + " off\n");
	}

	@ParameterizedTest
	@CsvSource({ "http://127.0.0.1:5001, /ip4/127.0.0.1/tcp/5001", "http://[::1]:5001, /ip6/::1/tcp/5001",
			"http://node.example, /dns/node.example/tcp/80", "https://node.example, /dns/node.example/tcp/443/https",
			"/unix/run/ipfs.sock, /unix/run/ipfs.sock", "/ip4/10.0.0.5/tcp/80, /ip4/10.0.0.5/tcp/80" })
	void nodeElsewhereIsNamedByItsAddress(String url, String address) {
		call(client("", RpcEndpoint.of(url, null)), "cat", "x").blockLast(TIMEOUT);
		assertThat(this.executable.arguments()).containsExactly("--api=" + address, "cat", "--enc=json", "--", "x");
	}

	@ParameterizedTest
	@CsvSource({ "bearer:T, bearer:T", "basic:u:p, basic:dTpw" })
	void credentialsAreGivenInTheFormThatTheExecutableTakes(String credentials, String given) {
		call(client("", RpcEndpoint.of("http://127.0.0.1:5001", credentials)), "cat", "x").blockLast(TIMEOUT);
		assertThat(this.executable.arguments()).contains("--api-auth=" + given);
	}

	@Test
	void nodeThatTheExecutableCannotReachIsRefused() {
		assertThatExceptionOfType(NodeException.class)
			.isThrownBy(() -> call(client("", RpcEndpoint.of("http://node.example/prefix", null)), "cat", "x")
				.blockLast(TIMEOUT))
			.withMessageContainingAll("behind a path", "ipfs.backend=http");
		assertThatExceptionOfType(NodeException.class)
			.isThrownBy(() -> call(client("", RpcEndpoint.of("http://node.example", "Digest secret")), "cat", "x")
				.blockLast(TIMEOUT))
			.withMessageContaining("bearer")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("secret"));
	}

	@Test
	void failureIsWhatTheExecutableSays() {
		assertThatExceptionOfType(CommandFailedException.class)
			.isThrownBy(() -> call(client("echo 'Error: no such thing' >&2; exit 1"), "cat", "x").blockLast(TIMEOUT))
			.isNotInstanceOf(StreamFailedException.class)
			.satisfies((ex) -> assertThat(ex.getError().message()).isEqualTo("no such thing"));
	}

	@Test
	void failureAfterOutputComesAfterIt() {
		StringBuilder received = new StringBuilder();
		assertThatExceptionOfType(StreamFailedException.class)
			.isThrownBy(() -> call(client("echo content; echo 'Error: broken' >&2; exit 1"), "cat", "x")
				.doOnNext((buffer) -> received.append(buffer.toString(StandardCharsets.UTF_8)))
				.blockLast(TIMEOUT))
			.withMessageContaining("broken");
		assertThat(received).hasToString("content\n");
	}

	@Test
	void exitCodeIsAFailureAlsoWithoutWords() {
		assertThatExceptionOfType(CommandFailedException.class)
			.isThrownBy(() -> call(client("exit 3"), "cat", "x").blockLast(TIMEOUT))
			.withMessageContaining("exit code 3");
		assertThatExceptionOfType(CommandFailedException.class)
			.isThrownBy(() -> call(client("kill -KILL $$"), "cat", "x").blockLast(TIMEOUT))
			.withMessageContaining("exit code 137");
	}

	@Test
	void standardErrorIsKeptInBounds() {
		KuboCliClient client = client("""
				echo first >&2
				dd if=/dev/zero bs=1024 count=5000 2>/dev/null | tr '\\0' 'x' >&2
				echo >&2
				echo 'Error: the last words' >&2
				exit 1
				""");
		assertThatExceptionOfType(CommandFailedException.class)
			.isThrownBy(() -> call(client, "cat", "x").blockLast(TIMEOUT))
			.satisfies((ex) -> assertThat(ex.getError().message()).isEqualTo("the last words"));
		ErrorOutput output = new ErrorOutput();
		byte[] long1 = ("first" + "x".repeat(10_000_000) + "last").getBytes(StandardCharsets.UTF_8);
		output.readFrom(new ByteArrayInputStream(long1), () -> {
		});
		assertThat(output.text()).startsWith("first")
			.endsWith("last")
			.contains("bytes are left out")
			.hasSizeLessThan(2 * ErrorOutput.KEPT + 100);
	}

	@Test
	void whatIsSaidWhileACommandSucceedsIsNoFailure() {
		assertThat(text(call(client("echo 'Error: only a warning' >&2; echo fine"), "cat", "x"))).isEqualTo("fine\n");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					argument "path" is required\\n\\nUSAGE\\n  ipfs cat | io.github.ipfstoolkit.rpc.InvalidArgumentException | "path" is required
					unknown option "x" | io.github.ipfstoolkit.rpc.InvalidArgumentException | unknown option
					bad\\nUse 'ipfs cat --help' for information about this command | io.github.ipfstoolkit.rpc.InvalidArgumentException | bad
					lock /r/repo.lock: someone else has the lock | io.github.ipfstoolkit.rpc.cli.RepositoryInUseException | used by another process
					no IPFS repo found in /r.\\nplease run: 'ipfs init' | io.github.ipfstoolkit.NodeException | Run 'ipfs init'
					ipfs repo needs migration | io.github.ipfstoolkit.NodeException | ipfs repo migrate
					Your programs version (16) is lower than your repos (18). | io.github.ipfstoolkit.NodeException | newer executable
					this command must be run in online mode | io.github.ipfstoolkit.rpc.UnsupportedCommandException | no node runs on the repository
					command must be run on the daemon: [log tail] | io.github.ipfstoolkit.rpc.UnsupportedCommandException | Start one on it
					daemon not running | io.github.ipfstoolkit.rpc.UnsupportedCommandException | Start one on it
					ipfs daemon is running. please stop it to run this command | io.github.ipfstoolkit.rpc.UnsupportedCommandException | Stop the node
					anything else | io.github.ipfstoolkit.rpc.CommandFailedException | anything else
					""")
	void failuresHaveTypes(String words, Class<? extends IpfsException> type, String message) throws IOException {
		client("cat \"$DIR/words\" >&2; exit 1");
		Files.writeString(this.directory.resolve("words"), "a log line\nError: " + words.replace("\\n", "\n") + "\n");
		assertThatExceptionOfType(IpfsException.class)
			.isThrownBy(() -> call(this.client, "cat", "x").blockLast(TIMEOUT))
			.isInstanceOf(type)
			.withMessageContaining(message);
	}

	@Test
	void nodeElsewhereThatDoesNotAnswerIsUnreachable() {
		assertThatExceptionOfType(NodeUnreachableException.class)
			.isThrownBy(() -> call(client("echo 'Error: cannot connect to the api. Is the daemon running?' >&2; exit 1",
					RpcEndpoint.of("http://127.0.0.1:1", null)), "cat", "x")
				.blockLast(TIMEOUT))
			.withMessageContaining("http://127.0.0.1:1");
		assertThatExceptionOfType(RpcAccessDeniedException.class).isThrownBy(
				() -> call(client("echo 'Error: Kubo RPC Access Denied: Please provide a valid token' >&2; exit 1",
						RpcEndpoint.of("http://127.0.0.1:1", null)), "cat", "x")
					.blockLast(TIMEOUT));
	}

	@ParameterizedTest
	@ValueSource(strings = { "no/such", "nosuch", "files/nosuch", "cat/nosuch", "--help" })
	void commandThatIsNotThereIsUnknown(String command) {
		KuboCliClient client = client("echo would have run");
		assertThatExceptionOfType(UnknownCommandException.class)
			.isThrownBy(() -> call(client, command, "x").blockLast(TIMEOUT))
			.withMessageContaining(command);
		assertThat(this.executable.file("pids")).doesNotExist();
	}

	@Test
	void howAGroupIsUsedIsNoReply() {
		KuboCliClient client = client("printf 'USAGE\\n  ipfs %s - words\\n' \"$1\"");
		assertThat(text(call(client, "files"))).isEmpty();
		assertThat(text(call(client, "cat", "x"))).startsWith("USAGE");
	}

	@Test
	void whatIsForPeopleOrForAnotherPlaceIsNotTried() {
		KuboCliClient client = client("echo would have run", RpcEndpoint.of("http://127.0.0.1:5001", null));
		for (String command : List.of("config/edit", "daemon", "key/export", "key/rotate")) {
			assertThatExceptionOfType(UnsupportedCommandException.class)
				.isThrownBy(() -> call(client, command, "x").blockLast(TIMEOUT))
				.satisfies((ex) -> {
					assertThat(ex.getCommand()).isEqualTo(command);
					assertThat(ex.getProblem()).isNotBlank();
					assertThat(ex.getRemedy()).isNotBlank();
				});
		}
		assertThat(this.executable.file("pids")).doesNotExist();
	}

	@Test
	void executableThatIsMissingIsNamedWithTheRemedy() throws IOException {
		Path missing = this.directory.resolve("missing");
		try (KuboCliClient client = KuboCliClient.builder(() -> missing, this.directory).build()) {
			assertThatExceptionOfType(NodeException.class).isThrownBy(() -> call(client, "cat", "x").blockLast(TIMEOUT))
				.withMessageContainingAll(missing.toString(), "No such file", "ipfs.node.executable");
		}
		Files.writeString(missing, "no executable");
		try (KuboCliClient client = KuboCliClient.builder(() -> missing, this.directory).build()) {
			assertThatExceptionOfType(NodeException.class).isThrownBy(() -> call(client, "cat", "x").blockLast(TIMEOUT))
				.withMessageContainingAll(missing.toString(), "denied", "ipfs.node.executable");
		}
	}

	@Test
	void commandThatHangsFailsInTimeAndItsProcessesEnd() {
		KuboCliClient client = client(HANG, timeouts(Duration.ofSeconds(3)));
		assertThatExceptionOfType(IpfsTimeoutException.class)
			.isThrownBy(() -> call(client, "cat", "x").blockLast(TIMEOUT))
			.withMessageContainingAll("'cat'", "ipfs.api.timeouts.transfer", "3000 ms");
		await().until(() -> this.executable.haveEnded("pids") && this.executable.haveEnded("children"));
	}

	@Test
	void commandThatHangsAfterItsOutputFailsInTime() {
		KuboCliClient client = client("echo content; exec 1>&-; exec sleep 1000", timeouts(Duration.ofSeconds(3)));
		StringBuilder received = new StringBuilder();
		assertThatExceptionOfType(IpfsTimeoutException.class).isThrownBy(() -> call(client, "cat", "x")
			.doOnNext((buffer) -> received.append(buffer.toString(StandardCharsets.UTF_8)))
			.blockLast(TIMEOUT));
		assertThat(received).hasToString("content\n");
		await().until(() -> this.executable.haveEnded("pids"));
	}

	@Test
	void shortReplyThatTricklesFailsInTime() {
		KuboCliClient client = client("while :; do printf ' '; sleep 0.1; done", timeouts(Duration.ofSeconds(3)));
		assertThatExceptionOfType(IpfsTimeoutException.class).isThrownBy(() -> client.node().version().block(TIMEOUT))
			.withMessageContainingAll("'version'", "ipfs.api.timeouts.command", "3000 ms");
		await().until(() -> this.executable.haveEnded("pids"));
	}

	@Test
	void whatIsSaidOnStandardErrorIsASignOfLife() {
		KuboCliClient client = client("""
				for i in 1 2 3 4 5 6 7 8 9 10; do printf '\\r %s MB' $i >&2; sleep 0.5; done
				echo added Qm name
				""", timeouts(Duration.ofSeconds(4)));
		assertThat(client.call("add", List.of(), CallOptions.defaults(), Upload.of(new byte[1]), JsonLine.class)
			.blockLast(TIMEOUT)
			.Hash()).isEqualTo("Qm");
	}

	@Test
	void messageIsFoundBehindAReportOfProgress() {
		assertThat(new Exit(1, " 1 MB / 2 MB\033[2K\r 2 MB / 2 MB 100msError: no such: Error: thing\n").message())
			.isEqualTo("no such: Error: thing");
		assertThat(new Exit(1, "0 B / 1 B\rError: line\nand another\n").message()).isEqualTo("line\nand another");
		assertThat(new Exit(1, "a log\nError: first\nError: second\n").message()).isEqualTo("second");
		assertThat(new Exit(1, "panic: all is lost\n").message()).isEqualTo("panic: all is lost");
	}

	@Test
	void lastWordsOfAProcessThatIsKilledAreNoReply() {
		KuboCliClient client = client("""
				trap 'echo; echo shutting down; exit 1' TERM
				echo added Qm name
				while :; do sleep 0.1; done
				""", timeouts(Duration.ofSeconds(3)));
		List<String> added = new ArrayList<>();
		assertThatExceptionOfType(IpfsTimeoutException.class).isThrownBy(
				() -> client.call("add", List.of(), CallOptions.defaults(), Upload.of(new byte[1]), JsonLine.class)
					.doOnNext((line) -> added.add(line.Hash()))
					.blockLast(TIMEOUT));
		assertThat(added).containsExactly("Qm");
	}

	@Test
	void grandchildThatKeepsTheOutputOpenHoldsNobodyUp() {
		KuboCliClient client = client("""
				(trap '' TERM; echo content; (setsid sleep 40 &) ) &
				sleep 1000
				""", timeouts(Duration.ofSeconds(3)));
		assertThatExceptionOfType(IpfsTimeoutException.class)
			.isThrownBy(() -> call(client, "cat", "x").blockLast(Duration.ofSeconds(35)));
	}

	@Test
	void processThatDoesNotWantToEndIsEnded() {
		KuboCliClient client = client("trap '' TERM\necho > \"$DIR/hangs\"\nwhile :; do sleep 0.1; done",
				timeouts(Duration.ofSeconds(3)));
		assertThatExceptionOfType(IpfsTimeoutException.class)
			.isThrownBy(() -> call(client, "cat", "x").blockLast(TIMEOUT));
		await().until(() -> this.executable.haveEnded("pids"));
	}

	@Test
	void cancellingEndsTheProcessAndItsChildren() {
		KuboCliClient client = client(HANG);
		Disposable call = call(client, "cat", "x").subscribe();
		await().until(() -> Files.exists(this.executable.file("hangs")));
		call.dispose();
		await().until(() -> this.executable.haveEnded("pids") && this.executable.haveEnded("children"));
	}

	@Test
	void cancellingAReplyThatHasBegunEndsTheProcess() {
		KuboCliClient client = client("yes & echo $! > \"$DIR/children\"; wait");
		assertThat(call(client, "cat", "x").blockFirst(TIMEOUT)).isNotNull();
		await().until(() -> this.executable.haveEnded("pids") && this.executable.haveEnded("children"));
	}

	@Test
	void endlessStreamGoesOnAsLongAsItLikes() {
		KuboCliClient running = client("echo one; sleep 4; echo two; exec sleep 1000",
				RpcEndpoint.of("http://127.0.0.1:1", null), timeouts(Duration.ofMillis(1500)));
		assertThat(call(running, "log/tail").map((buffer) -> buffer.toString(StandardCharsets.UTF_8))
			.take(2)
			.collectList()
			.block(TIMEOUT)).containsExactly("one\n", "two\n");
		await().until(() -> this.executable.haveEnded("pids"));
	}

	/**
	 * Returns a script in which another program has subscribed to the topic already.
	 */
	private static String subscribing(String whatSubscribingDoes) {
		return """
				case "$*" in
				*"diag cmds"*)
					mark=$(cat "$DIR/subscribed" 2>/dev/null)
					printf '[{"Command":"pubsub/sub","Active":true,"Options":{}},'
					printf '{"Command":"pubsub/sub","Active":true,"Options":{"timeout":"%s"}}]' "$mark"
					echo asked >> "$DIR/asked";;
				*"pubsub ls"*) echo '{"Strings":["udG9waWM"]}';;
				*)
					for argument; do case $argument in --timeout=*) mark=${argument#--timeout=};; esac; done
				""" + whatSubscribingDoes + ";;\nesac\n";
	}

	@Test
	void subscriptionOfAnotherProgramIsNotTakenForItsOwn() throws IOException {
		KuboCliClient client = client(subscribing("""
				while [ ! -f "$DIR/go" ]; do sleep 0.1; done
				echo $mark > "$DIR/subscribed"
				sleep 1000
				"""), RpcEndpoint.of("http://127.0.0.1:1", null));
		AtomicReference<Object> reply = new AtomicReference<>();
		Disposable subscribing = client.pubsub().subscribe("topic").subscribe(reply::set, reply::set);
		await().until(() -> Files.exists(this.executable.file("asked"))
				&& this.executable.read("asked").lines().count() >= 3);
		assertThat(reply).hasValue(null);
		Files.createFile(this.executable.file("go"));
		await().untilAsserted(() -> assertThat(reply.get()).isInstanceOf(ResponseEntity.class));
		subscribing.dispose();
		// nobody has asked for the messages: that is not waited for
		assertThat(CompletableFuture.runAsync(client::close)).succeedsWithin(Duration.ofSeconds(30));
		await().until(() -> this.executable.haveEnded("pids"));
	}

	@Test
	void nodeThatDoesNotSubscribeIsNotWaitedForForEver() {
		KuboCliClient client = client(subscribing("exec sleep 1000"), RpcEndpoint.of("http://127.0.0.1:1", null),
				timeouts(Duration.ofSeconds(5)));
		assertThatExceptionOfType(IpfsTimeoutException.class)
			.isThrownBy(() -> client.pubsub().subscribe("topic").block(TIMEOUT))
			.withMessageContaining("'pubsub/sub'");
	}

	@Test
	void endlessCommandsCountUntilTheyHaveBegun() {
		KuboCliClient client = client("""
				case "$*" in
				*"stats bw"*) echo '{"TotalIn":1,"TotalOut":1,"RateIn":0,"RateOut":0}'; exec sleep 1000;;
				*) echo done;;
				esac
				""", RpcEndpoint.of("http://127.0.0.1:1", null));
		Flux<DataBuffer> polling = client.call("stats/bw", List.of(), CallOptions.defaults().set("poll", true), null);
		List<Disposable> endless = Stream.generate(polling::subscribe).limit(4).toList();
		await().until(() -> Files.exists(this.executable.file("pids"))
				&& this.executable.read("pids").lines().count() == endless.size());
		assertThat(text(call(client, "cat", "x"))).isEqualTo("done\n");
		endless.forEach(Disposable::dispose);
	}

	@ParameterizedTest
	@ValueSource(strings = { "pubsub/sub", "log/tail" })
	void whatNeedsANodeDoesNotLockTheRepositoryWhileThereIsNone(String command) {
		KuboCliClient client = client("echo would have run");
		assertThatExceptionOfType(UnsupportedCommandException.class)
			.isThrownBy(() -> call(client, command, "x").blockLast(TIMEOUT))
			.withMessageContaining("no node runs on the repository");
		assertThat(this.executable.file("pids")).doesNotExist();
	}

	@Test
	void commandsThatFailOrAreLeftGiveTheirPlacesBack() {
		KuboCliClient client = client("""
				for last; do :; done
				[ $last = last ] && exec echo done
				echo > "$DIR/$last"
				exec sleep 1000
				""", RpcEndpoint.of("http://127.0.0.1:1", null), new RpcTimeouts(Duration.ofSeconds(20),
				Duration.ofSeconds(20), Duration.ofSeconds(1), Duration.ofSeconds(20), Duration.ofSeconds(20)));
		// more than may run at once
		for (int i = 0; i < 3; i++) {
			assertThatExceptionOfType(IpfsTimeoutException.class)
				.isThrownBy(() -> call(client, "cat", "late").blockLast(TIMEOUT))
				.withMessageContaining("ipfs.api.timeouts.transfer");
		}
		for (int i = 0; i < 3; i++) {
			String name = "left-" + i;
			Disposable left = call(client, "id", name).subscribe();
			await().until(() -> Files.exists(this.executable.file(name)));
			left.dispose();
		}
		assertThat(text(call(client, "cat", "last"))).isEqualTo("done\n");
	}

	@Test
	void closingEndsAllProcesses() {
		KuboCliClient client = client(HANG);
		AtomicReference<Throwable> failure = new AtomicReference<>();
		call(client, "cat", "x").subscribe((buffer) -> {
		}, failure::set);
		await().until(() -> Files.exists(this.executable.file("hangs")));
		client.close();
		await().until(() -> this.executable.haveEnded("pids") && this.executable.haveEnded("children"));
		assertThat(failure.get()).isInstanceOf(IpfsException.class).hasMessageContaining("closed");
		assertThatExceptionOfType(IpfsException.class).isThrownBy(() -> call(client, "cat", "x").blockLast(TIMEOUT))
			.withMessageContaining("closed");
	}

	@Test
	void consumerThatTakesItsTimeHoldsTheExecutableBack() {
		KuboCliClient client = client("""
				i=0
				while [ $i -lt 400 ]; do
					dd if=/dev/zero bs=65536 count=1 2>/dev/null
					i=$((i + 1))
					echo $i > "$DIR/written"
				done
				""", timeouts(Duration.ofSeconds(4)));
		SlowConsumer consumer = new SlowConsumer();
		call(client, "cat", "x").subscribe(consumer);
		await().until(() -> consumer.received.get() > 0);
		String[] written = new String[1];
		// longer than the time-out, for which the executable is not to blame
		await().pollDelay(Duration.ofSeconds(8)).until(() -> {
			written[0] = this.executable.read("written").strip();
			return true;
		});
		assertThat(Integer.parseInt(written[0])).isLessThan(20);
		consumer.request(Long.MAX_VALUE);
		await().until(() -> consumer.end.get() != null);
		assertThat(consumer.end).hasValue("complete");
		assertThat(consumer.received).hasValue(400 * 65536);
	}

	@Test
	void sourceThatTakesItsTimeIsNoTimeout() {
		KuboCliClient client = client("cat > \"$DIR/received\"; echo added Qm name", timeouts(Duration.ofMillis(1500)));
		Flux<DataBuffer> slow = Flux.just("a", "b", "c")
			.delayElements(Duration.ofMillis(2000))
			.map(KuboCliClientTests::buffer);
		JsonLine added = client.call("add", List.of(), CallOptions.defaults(), Upload.of(slow), JsonLine.class)
			.blockLast(TIMEOUT);
		assertThat(added.Hash()).isEqualTo("Qm");
		assertThat(this.executable.read("received")).isEqualTo("abc");
	}

	@Test
	void sourceThatFailsEndsTheProcess() {
		KuboCliClient client = client("cat > /dev/null; echo added Qm name");
		// not before there is a process
		Flux<DataBuffer> failing = Flux.just(buffer("a")).concatWith(Mono.<DataBuffer>fromCallable(() -> {
			await().until(() -> Files.exists(this.executable.file("pids")));
			throw new IOException("disk on fire");
		}).subscribeOn(Schedulers.boundedElastic()));
		assertThatExceptionOfType(IpfsException.class)
			.isThrownBy(() -> client.call("add", List.of(), CallOptions.defaults(), Upload.of(failing), JsonLine.class)
				.blockLast(TIMEOUT))
			.withMessageContainingAll("'add'", "disk on fire");
		await().until(() -> this.executable.haveEnded("pids"));
	}

	@Test
	void executableThatDoesNotTakeAllIsNoSuccess() {
		KuboCliClient client = client("echo added Qm name");
		assertThatExceptionOfType(IncompleteReplyException.class)
			.isThrownBy(() -> client
				.call("add", List.of(), CallOptions.defaults(), Upload.of(new byte[10_000_000]), JsonLine.class)
				.blockLast(TIMEOUT))
			.withMessageContaining("before it had taken all");
		assertThatExceptionOfType(CommandFailedException.class)
			.isThrownBy(() -> client("echo 'Error: full' >&2; exit 1")
				.call("add", List.of(), CallOptions.defaults(), Upload.of(new byte[10_000_000]), JsonLine.class)
				.blockLast(TIMEOUT))
			.withMessageContaining("full");
	}

	@Test
	void directoryIsGivenInATemporaryOneThatOthersCannotRead() throws IOException {
		Path tree = Files.createDirectories(this.directory.resolve("tree/ünï ☃"));
		Files.writeString(tree.resolve("-rf"), "content");
		KuboCliClient client = client("""
				for last; do :; done
				ls -ld "$(dirname "$(dirname "$last")")" > "$DIR/permissions"
				cat "$last/ünï ☃/-rf" > "$DIR/received"
				echo "added Qm $(basename "$last")/ünï ☃/-rf"
				""");
		JsonLine added = client
			.call("add", List.of(), CallOptions.defaults(), Upload.of(this.directory.resolve("tree")), JsonLine.class)
			.blockLast(TIMEOUT);
		assertThat(added.Name()).isEqualTo("tree/ünï ☃/-rf");
		assertThat(this.executable.read("received")).isEqualTo("content");
		assertThat(this.executable.read("permissions")).startsWith("drwx------");
		assertTemporaryDirectoryIsGone();
	}

	@Test
	void temporaryDirectoryIsRemovedWhateverHappens() throws IOException {
		Path tree = Files.createDirectories(this.directory.resolve("tree/sub"));
		Files.writeString(tree.resolve("file"), "content");
		Upload upload = Upload.of(this.directory.resolve("tree"));
		KuboCliClient failing = client("echo 'Error: no' >&2; exit 1");
		assertThatExceptionOfType(CommandFailedException.class)
			.isThrownBy(() -> failing.call("add", List.of(), CallOptions.defaults(), upload).blockLast(TIMEOUT));
		assertTemporaryDirectoryIsGone();
		Files.delete(this.executable.file("pids"));
		KuboCliClient hanging = client(HANG);
		Disposable call = hanging.call("add", List.of(), CallOptions.defaults(), upload).subscribe();
		await().until(() -> Files.exists(this.executable.file("hangs")));
		call.dispose();
		await().until(() -> this.executable.haveEnded("pids"));
		assertTemporaryDirectoryIsGone();
	}

	private void assertTemporaryDirectoryIsGone() {
		List<String> arguments = this.executable.arguments();
		Path given = Path.of(arguments.get(arguments.size() - 1));
		assertThat(given.getParent().getFileName()).hasToString("files");
		await().untilAsserted(() -> assertThat(given.getParent().getParent()).doesNotExist());
	}

	@Test
	void nameThatLeadsOutOfTheTemporaryDirectoryIsRefused() {
		KuboCliClient client = client("echo would have run");
		Upload upload = Upload
			.all(List.of(Upload.of(new byte[1]).withName("ok"), Upload.of(new byte[1]).withName("../../evil")));
		assertThatExceptionOfType(IpfsException.class)
			.isThrownBy(
					() -> client.call("add", List.of(), CallOptions.defaults().set("wrap-with-directory", true), upload)
						.blockLast(TIMEOUT))
			.withMessageContaining("../../evil");
		assertThat(this.executable.file("pids")).doesNotExist();
	}

	@Test
	void severalFilesKeepTheirOrder() {
		KuboCliClient client = client("for f; do case $f in */*) cat \"$f\";; esac; done");
		Upload all = Upload.all(Stream.of("one", "two", "three")
			.map((text) -> Upload.of(text.getBytes(StandardCharsets.UTF_8)))
			.toList());
		assertThat(text(client.call("block/put", List.of(), CallOptions.defaults(), all))).isEqualTo("onetwothree");
	}

	@Test
	void archiveComesThroughStandardOutputAsItIsWritten() {
		KuboCliClient client = client("""
				for argument; do case $argument in --output=*) out=${argument#--output=};; esac; done
				exec 3> "$out"
				printf 'Saving archive to %s\\n' "$out"
				printf 'the archive' >&3
				""");
		assertThat(text(call(client, "get", "Qm"))).isEqualTo("the archive");
		assertThat(this.executable.arguments()).contains("--archive=true");
		KuboCliClient other = client("echo Something else; exit 0");
		assertThatExceptionOfType(MalformedReplyException.class).isThrownBy(() -> text(call(other, "get", "Qm")))
			.withMessageContaining("Something else");
	}

	@Test
	void linesOfAnotherFormAreNoReply() {
		for (String command : List.of("add", "ls", "stats/bw", "filestore/verify")) {
			KuboCliClient client = client("echo 'something new'");
			assertThatExceptionOfType(MalformedReplyException.class).as(command)
				.isThrownBy(() -> text(call(client, command, "x")))
				.withMessageContaining("something new");
			client.close();
		}
	}

	@Test
	void commandsOnARepositoryWithoutANodeWaitForEachOther() {
		KuboCliClient client = client("""
				mkdir "$DIR/busy" || { echo 'Error: not alone' >&2; exit 1; }
				sleep 0.2
				rmdir "$DIR/busy"
				echo done
				""");
		List<String> replies = Flux.range(0, 8)
			.flatMap((i) -> call(client, "cat", "x").map((buffer) -> buffer.toString(StandardCharsets.UTF_8)))
			.collectList()
			.block(TIMEOUT);
		assertThat(replies).hasSize(8).containsOnly("done\n");
	}

	@Test
	void commandsBeyondTheMaximumWait() {
		KuboCliClient client = client("""
				echo $$ > "$DIR/running.$$"
				ls "$DIR" | grep -c running >> "$DIR/counts"
				sleep 0.3
				rm "$DIR/running.$$"
				""", RpcEndpoint.of("http://127.0.0.1:1", null));
		Flux.range(0, 8).flatMap((i) -> call(client, "cat", "x")).blockLast(TIMEOUT);
		assertThat(this.executable.read("counts").lines().map(Integer::parseInt)).hasSize(8)
			.allMatch((count) -> count <= 2)
			.contains(2);
	}

	@Test
	void waitingForOthersHasATimeout() {
		KuboCliClient client = client(HANG, new RpcTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(3),
				Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1)));
		Disposable first = call(client, "cat", "x").subscribe();
		await().until(() -> Files.exists(this.executable.file("hangs")));
		assertThatExceptionOfType(IpfsTimeoutException.class)
			.isThrownBy(() -> call(client, "version").blockLast(TIMEOUT))
			.withMessageContainingAll("'version'", "takes one at a time");
		first.dispose();
	}

	private static DataBuffer buffer(String text) {
		return DefaultDataBufferFactory.sharedInstance.wrap(text.getBytes(StandardCharsets.UTF_8));
	}

	record JsonLine(String Name, String Hash, long Size, long Bytes) {

	}

	@HttpExchange("/api/v0")
	interface BodyApi {

		@PostExchange(url = "/add", contentType = "text/plain")
		Mono<String> add(@RequestBody String body);

	}

	private static final class SlowConsumer extends BaseSubscriber<DataBuffer> {

		private final AtomicLong received = new AtomicLong();

		private final AtomicReference<String> end = new AtomicReference<>();

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			request(1);
		}

		@Override
		protected void hookOnNext(DataBuffer buffer) {
			this.received.addAndGet(buffer.readableByteCount());
			DataBufferUtils.release(buffer);
		}

		@Override
		protected void hookOnComplete() {
			this.end.set("complete");
		}

		@Override
		protected void hookOnError(Throwable ex) {
			this.end.set(ex.toString());
		}

	}

}
