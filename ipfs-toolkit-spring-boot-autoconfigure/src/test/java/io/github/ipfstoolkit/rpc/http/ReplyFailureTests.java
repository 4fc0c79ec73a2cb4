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

package io.github.ipfstoolkit.rpc.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.IpfsTimeoutException;
import io.github.ipfstoolkit.NodeUnreachableException;
import io.github.ipfstoolkit.rpc.CommandFailedException;
import io.github.ipfstoolkit.rpc.IncompleteReplyException;
import io.github.ipfstoolkit.rpc.InvalidArgumentException;
import io.github.ipfstoolkit.rpc.MalformedReplyException;
import io.github.ipfstoolkit.rpc.RpcAccessDeniedException;
import io.github.ipfstoolkit.rpc.RpcEndpoint;
import io.github.ipfstoolkit.rpc.RpcException;
import io.github.ipfstoolkit.rpc.StreamFailedException;
import io.github.ipfstoolkit.rpc.UnknownCommandException;
import io.github.ipfstoolkit.rpc.client.RpcRetries;
import io.github.ipfstoolkit.rpc.client.RpcTimeouts;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for what callers of {@link KuboHttpClient} get when a reply fails. The client has
 * one connection for commands, so that one that is not given back makes the next command
 * fail.
 */
@ExtendWith(OutputCaptureExtension.class)
class ReplyFailureTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(3);

	private static final String LONG = "x".repeat(100_000);

	private final FakeNode node = new FakeNode();

	private final KuboHttpClient client = KuboHttpClient.builder(this.node::endpoint)
		.maxConnections(1)
		.timeouts(new RpcTimeouts(Duration.ofSeconds(2), TIMEOUT, TIMEOUT, TIMEOUT, TIMEOUT))
		.retries(RpcRetries.NONE)
		.build();

	private final TestApi api = this.client.section(TestApi.class);

	@AfterEach
	void close() {
		this.client.close();
		this.node.close();
	}

	@Test
	void trailerAfterContentIsError() {
		this.node
			.reply(FakeNode.chunked("text/plain", "some content") + "0\r\nX-Stream-Error: block was not found\r\n\r\n");
		StepVerifier.create(text(this.api.cat("x"))).expectNext("some content").verifyErrorSatisfies((ex) -> {
			assertThat(ex).isInstanceOf(StreamFailedException.class)
				.hasMessageContainingAll("'cat'", "block was not found");
			assertThat(((RpcException) ex).getCommand()).isEqualTo("cat");
			assertThat(((RpcException) ex).getStatus()).isEqualTo(200);
			assertThat(((RpcException) ex).getError().message()).isEqualTo("block was not found");
		});
		assertConnectionIsReplaced();
	}

	@Test
	void trailerIsErrorWhereTheBodyIsNotOfInterest() {
		this.node.reply(
				FakeNode.chunked("application/json", "\"no such file\"") + "0\r\nX-Stream-Error: can't remove\r\n\r\n");
		assertThatFails(StreamFailedException.class, () -> this.api.filesRm("/x").block())
			.withMessageContaining("can't remove");
		assertConnectionIsReplaced();
	}

	@Test
	void trailerIsErrorForSingleValue() {
		this.node
			.reply(FakeNode.chunked("application/json", "{\"Version\":\"1\"}") + "0\r\nX-Stream-Error: no\r\n\r\n");
		assertThatFails(StreamFailedException.class, () -> this.api.version().block());
		assertConnectionIsReplaced();
	}

	@Test
	void trailerIsErrorInEntity() {
		this.node.reply(FakeNode.chunked("text/plain", "some") + "0\r\nX-Stream-Error: no\r\n\r\n");
		StepVerifier.create(this.api.catEntity("x").flatMapMany((entity) -> text(entity.getBody())))
			.expectNext("some")
			.verifyError(StreamFailedException.class);
		assertConnectionIsReplaced();
	}

	@Test
	void valuesBeforeTheTrailerAreDelivered() {
		this.node.reply(FakeNode.chunked("application/json", "{\"Ref\":\"a\"}\n{\"Ref\":\"b\"}\n")
				+ "0\r\nX-Stream-Error: no\r\n\r\n");
		StepVerifier.create(this.api.refs("x").map(TestApi.Ref::ref))
			.expectNext("a", "b")
			.verifyError(StreamFailedException.class);
		assertConnectionIsReplaced();
	}

	@Test
	void slowConsumerGetsAllContentBeforeTheError(CapturedOutput output) {
		String[] chunks = Flux.range(0, 200)
			.map((i) -> "chunk %3d|".formatted(i))
			.collectList()
			.block()
			.toArray(String[]::new);
		this.node.reply(FakeNode.chunked("text/plain", chunks) + "0\r\nX-Stream-Error: no\r\n\r\n");
		StringBuilder received = new StringBuilder();
		StepVerifier.create(text(this.api.cat("x")).doOnNext(received::append), 1)
			.expectNextCount(1)
			.thenAwait(Duration.ofMillis(100))
			.thenRequest(Long.MAX_VALUE)
			.thenConsumeWhile((text) -> true)
			.verifyError(StreamFailedException.class);
		assertThat(received.toString()).isEqualTo(String.join("", chunks));
		assertConnectionIsReplaced();
		assertThat(output).doesNotContain("WARN");
	}

	@Test
	void cutChunkIsError() {
		this.node.replyAndClose(FakeNode.chunked("text/plain", "some") + "400\r\ncut");
		assertThatFails(IncompleteReplyException.class, () -> text(this.api.cat("x")).blockLast())
			.withMessageContaining("'cat'");
		assertConnectionIsReplaced();
	}

	@Test
	void missingLastChunkIsError() {
		this.node.replyAndClose(FakeNode.chunked("text/plain", "some"));
		assertThatFails(IncompleteReplyException.class, () -> text(this.api.cat("x")).blockLast());
		assertConnectionIsReplaced();
	}

	@Test
	void missingLastChunkIsErrorForSingleValueAndForNone() {
		this.node.replyAndClose(FakeNode.chunked("application/json", "{\"Version\":\"1\"}"));
		assertThatFails(IncompleteReplyException.class, () -> this.api.version().block());
		this.node.replyAndClose(FakeNode.chunked("application/json", "\"x\""));
		assertThatFails(IncompleteReplyException.class, () -> this.api.filesRm("x").block());
		assertConnectionIsReplaced();
	}

	@Test
	void missingBytesAreError() {
		this.node.replyAndClose("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 1000\r\n\r\nsome");
		assertThatFails(IncompleteReplyException.class, () -> text(this.api.cat("x")).blockLast());
		assertConnectionIsReplaced();
	}

	@Test
	void replyWithoutLengthOrChunksIsError() {
		this.node.replyAndClose("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nsome");
		assertThatFails(IncompleteReplyException.class, () -> text(this.api.cat("x")).blockLast());
		assertConnectionIsReplaced();
	}

	@Test
	void lessContentThanAnnouncedIsError() {
		this.node.reply(FakeNode.chunked("text/plain", "some").replaceFirst("\r\n", "\r\nX-Content-Length: 5\r\n")
				+ "0\r\n\r\n");
		assertThatFails(IncompleteReplyException.class, () -> text(this.api.cat("x")).blockLast())
			.withMessageContaining("4 bytes in place of 5");
		assertConnectionIsReplaced();
	}

	@Test
	void invalidChunkSizeIsError() {
		this.node.reply(FakeNode.chunked("text/plain", "some") + "nonsense\r\nmore");
		assertThatFails(IncompleteReplyException.class, () -> text(this.api.cat("x")).blockLast());
		assertConnectionIsReplaced();
	}

	@Test
	void resetInTheBodyIsError() {
		this.node.reply((connection) -> {
			connection.write(FakeNode.chunked("text/plain", "some"));
			connection.pause(50);
			connection.reset();
		});
		assertThatFails(IncompleteReplyException.class, () -> text(this.api.cat("x")).blockLast());
		assertConnectionIsReplaced();
	}

	@Test
	void resetBeforeTheReplyIsUnreachable(CapturedOutput output) {
		this.node.reply(FakeNode.Connection::reset);
		assertThatFails(NodeUnreachableException.class, () -> this.api.version().block())
			.withMessageContaining(this.node.endpoint().toString());
		assertConnectionIsReplaced();
		assertThat(output).doesNotContain("WARN");
	}

	@Test
	void closeBeforeTheReplyIsUnreachable() {
		this.node.reply(FakeNode.Connection::close);
		assertThatFails(NodeUnreachableException.class, () -> this.api.version().block());
		assertConnectionIsReplaced();
	}

	@Test
	void closeInTheHeadersIsAnIncompleteReply() {
		this.node.replyAndClose("HTTP/1.1 200 OK\r\nContent-Ty");
		assertThatFails(IncompleteReplyException.class, () -> this.api.version().block());
		assertConnectionIsReplaced();
	}

	@Test
	void serverOfAnotherProtocolIsUnreachable(CapturedOutput output) {
		this.node.reply("\u0013/multistream/1.0.0\n\r\n\r\n");
		assertThatFails(NodeUnreachableException.class, () -> this.api.version().block())
			.withMessageContaining("does not speak HTTP");
		assertConnectionIsReplaced();
		assertThat(output).doesNotContain("WARN");
	}

	@Test
	void refusedConnectionIsUnreachable(CapturedOutput output) throws Exception {
		int port;
		try (ServerSocket socket = new ServerSocket(0)) {
			port = socket.getLocalPort();
		}
		assertUnreachable("http://127.0.0.1:" + port);
		assertThat(output).doesNotContain("WARN");
	}

	@Test
	void unknownHostIsUnreachable() {
		assertUnreachable("http://no-such-host.invalid:5001");
	}

	private void assertUnreachable(String address) {
		try (KuboHttpClient client = new KuboHttpClient(() -> new RpcEndpoint(URI.create(address), null))) {
			assertThatExceptionOfType(NodeUnreachableException.class).isThrownBy(() -> client.node().version().block())
				.withMessageContaining(address);
		}
	}

	@Test
	void jsonErrorIsCommandFailure() {
		this.node.reply((connection) -> {
			connection.pause(200);
			connection.write(FakeNode.response("500 Internal Server Error", "application/json",
					"{\"Message\":\"merkledag: not found\",\"Code\":0,\"Type\":\"error\"}"));
		});
		assertThatExceptionOfType(CommandFailedException.class).isThrownBy(() -> text(this.api.cat("x")).blockLast())
			.withMessage("'cat' failed: merkledag: not found")
			.satisfies((ex) -> {
				assertThat(ex.getStatus()).isEqualTo(500);
				assertThat(ex.getError().code()).isZero();
				assertThat(ex.getError().type()).isEqualTo("error");
			});
		assertConnectionIsGivenBack();
	}

	@Test
	void jsonErrorWithCodeOneIsArgumentFailure() {
		this.node.reply(FakeNode.response("400 Bad Request", "application/json",
				"{\"Message\":\"bad\",\"Code\":1,\"Type\":\"error\"}"));
		assertThatFails(InvalidArgumentException.class, () -> text(this.api.cat("x")).blockLast());
		assertConnectionIsGivenBack();
	}

	@Test
	void textErrors() {
		this.node.reply(FakeNode.response("400 Bad Request", "text/plain", "argument \"ipfs-path\" is required\n"));
		assertThatFails(InvalidArgumentException.class, () -> this.api.version().block())
			.withMessageEndingWith("argument \"ipfs-path\" is required");
		this.node.reply(FakeNode.response("403 Forbidden", "text/plain; charset=utf-8", "403 - Forbidden\n"));
		assertThatFails(RpcAccessDeniedException.class, () -> this.api.version().block())
			.withMessageContainingAll("'version'", "403 - Forbidden", "ipfs.api.authorization");
		this.node.reply(FakeNode.response("404 Not Found", "text/plain", "404 page not found\n"));
		assertThatFails(UnknownCommandException.class, () -> this.api.version().block())
			.withMessageContaining("404 page not found");
		this.node.reply(FakeNode.response("405 Method Not Allowed", "text/plain", "405 - Method Not Allowed\n"));
		assertThatFails(RpcException.class, () -> this.api.version().block()).withMessageContaining("HTTP 405");
		assertConnectionIsGivenBack();
		assertThat(this.node.acceptedConnections()).isOne();
	}

	@Test
	void errorWithoutReadableBodyKeepsItsStatus() {
		this.node.reply(FakeNode.response("403 Forbidden", "application/json", "{nonsense"));
		assertThatFails(RpcAccessDeniedException.class, () -> this.api.version().block());
		this.node.replyAndClose("HTTP/1.1 404 Not Found\r\nContent-Length: 100\r\n\r\ncut");
		assertThatFails(UnknownCommandException.class, () -> this.api.version().block());
		this.node.reply("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
		assertThatFails(RpcException.class, () -> this.api.version().block()).withMessageContaining("HTTP 502");
		assertConnectionIsGivenBack();
	}

	@Test
	void errorBodyIsReadUpToALimit() {
		this.node.reply((connection) -> {
			connection.write("HTTP/1.1 500 Internal Server Error\r\nTransfer-Encoding: chunked\r\n\r\n");
			for (int i = 0; i < 1000; i++) {
				connection.write(FakeNode.chunk(LONG));
			}
		});
		assertThatFails(CommandFailedException.class, () -> this.api.version().block())
			.satisfies((ex) -> assertThat(ex.getMessage()).hasSizeLessThan(2000));
		assertConnectionIsReplaced();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"Version\":", "nonsense", "{\"Version\":{}}", "[1,", "{\"Version\":\"1\"} trailing" })
	void garbageIsMalformedReply(String json) {
		this.node.replyJson(json);
		assertThatFails(MalformedReplyException.class, () -> this.api.version().block())
			.withMessageContaining("'version'");
		assertConnectionIsUsable();
	}

	@Test
	void garbageInStreamIsMalformedReply() {
		this.node.replyJson("{\"Ref\":\"a\"}\n{\"Ref\":nonsense");
		StepVerifier.create(this.api.refs("x").map(TestApi.Ref::ref))
			.expectNext("a")
			.verifyError(MalformedReplyException.class);
		assertConnectionIsUsable();
	}

	@Test
	void replyOfAnotherTypeIsMalformed() {
		this.node.reply(FakeNode.response("200 OK", "text/html", "<html>a login page</html>"));
		assertThatFails(MalformedReplyException.class, () -> this.api.version().block())
			.withMessageContaining("text/html");
		assertConnectionIsUsable();
	}

	@Test
	void emptyReplyIsNoErrorWhereNoValueIsDue() {
		this.node.replyJson("").replyJson("").replyJson("");
		assertThat(this.api.filesRm("x").block()).isNull();
		assertThat(this.api.refs("x").collectList().block()).isEmpty();
		assertThat(text(this.api.cat("x")).collectList().block()).isEmpty();
		assertConnectionIsGivenBack();
		assertThat(this.node.acceptedConnections()).isOne();
	}

	@ParameterizedTest
	@CsvSource({ "'',it holds nothing", "null,it holds nothing", "' ',No content" })
	void emptyReplyIsMalformedWhereAValueIsDue(String json, String text) {
		this.node.replyJson(json);
		assertThatFails(MalformedReplyException.class, () -> this.api.version().block())
			.withMessageContainingAll("'version'", text);
		assertConnectionIsGivenBack();
	}

	@Test
	void slowHeadersTimeOut(CapturedOutput output) {
		this.node.reply(FakeNode.Connection::stayOpen);
		assertThatFails(IpfsTimeoutException.class, () -> this.api.version().block())
			.withMessage("Waiting for the node in 'version' (ipfs.api.timeouts.command) did not end within 3000 ms");
		assertConnectionIsReplaced();
		assertThat(output).doesNotContain("WARN");
	}

	@Test
	void silenceInTheBodyTimesOut(CapturedOutput output) {
		this.node.reply((connection) -> {
			connection.write(FakeNode.chunked("text/plain", "some"));
			connection.stayOpen();
		});
		StepVerifier.create(text(this.api.cat("x")))
			.expectNext("some")
			.verifyErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(IpfsTimeoutException.class)
				.hasMessageContainingAll("'cat'", "ipfs.api.timeouts.transfer"));
		assertConnectionIsReplaced();
		assertThat(output).doesNotContain("WARN");
	}

	@Test
	void timeoutIsThatOfTheCallOnAConnectionThatIsUsedAgain() {
		Duration hour = Duration.ofHours(1);
		try (KuboHttpClient client = KuboHttpClient.builder(this.node::endpoint)
			.maxConnections(1)
			.timeouts(new RpcTimeouts(Duration.ofSeconds(2), TIMEOUT, hour, hour, hour))
			.retries(RpcRetries.NONE)
			.build()) {
			TestApi api = client.section(TestApi.class);
			this.node.reply(FakeNode.chunked("text/plain", "some") + "0\r\n\r\n");
			assertThat(text(api.cat("x")).collectList().block()).containsExactly("some");
			this.node.replyJson("{\"Version\":\"0.43.0\"}");
			assertThat(api.version().block().version()).isEqualTo("0.43.0");
			this.node.reply((connection) -> {
				connection.pause(2 * TIMEOUT.toMillis());
				connection.write(FakeNode.chunked("text/plain", "slow") + "0\r\n\r\n");
			});
			assertThat(text(api.cat("x")).collectList().block()).containsExactly("slow");
			this.node.reply(FakeNode.Connection::stayOpen);
			assertThatFails(IpfsTimeoutException.class, () -> api.version().block(Duration.ofSeconds(30)))
				.withMessageContaining("3000 ms");
			assertThat(this.node.acceptedConnections()).isOne();
		}
	}

	@Test
	void replyThatGoesOnDoesNotTimeOut() {
		this.node.reply((connection) -> {
			connection.write(FakeNode.chunked("text/plain"));
			for (int i = 0; i < 30; i++) {
				connection.pause(150);
				connection.write(FakeNode.chunk("x"));
			}
			connection.write("0\r\n\r\n");
		});
		assertThat(String.join("", text(this.api.cat("x")).collectList().block())).isEqualTo("x".repeat(30));
		assertConnectionIsGivenBack();
	}

	@Test
	void slowConsumerDoesNotTimeOut() {
		this.node.reply((connection) -> {
			connection.write(FakeNode.chunked("text/plain"));
			for (int i = 0; i < 200; i++) {
				connection.write(FakeNode.chunk(LONG));
			}
			connection.write("0\r\n\r\n");
		});
		int[] size = new int[1];
		StepVerifier.create(text(this.api.cat("x")).doOnNext((text) -> size[0] += text.length()), 1)
			.expectNextCount(1)
			.thenAwait(Duration.ofMillis(4500))
			.thenRequest(Long.MAX_VALUE)
			.thenConsumeWhile((text) -> true)
			.verifyComplete();
		assertThat(size[0]).isEqualTo(200 * LONG.length());
		assertConnectionIsGivenBack();
	}

	@Test
	void slowSourceOfTheRequestDoesNotTimeOut() {
		this.node.replyJson("\"done\"");
		Flux<DataBuffer> source = Flux.interval(Duration.ofMillis(4500)).take(2).map((i) -> buffer("part " + i));
		assertThat(this.api.upload(source).block()).contains("done");
		assertThat(new String(this.node.takeRequest().body(), StandardCharsets.UTF_8)).isEqualTo("part 0part 1");
	}

	@Test
	void nodeThatDoesNotTakeTheRequestTimesOut() {
		try (StalledNode stalled = new StalledNode();
				KuboHttpClient client = KuboHttpClient.builder(stalled::endpoint)
					.timeouts(new RpcTimeouts(Duration.ofSeconds(2), TIMEOUT, TIMEOUT, TIMEOUT, TIMEOUT))
					.build()) {
			Flux<DataBuffer> source = Flux.range(0, 100_000).map((i) -> buffer(LONG));
			assertThatExceptionOfType(IpfsTimeoutException.class)
				.isThrownBy(() -> client.section(TestApi.class).upload(source).block())
				.withMessageContaining("'block/put'");
		}
	}

	@Test
	void failureOfTheRequestsSourceIsNotTakenForTheNodes(CapturedOutput output) {
		Flux<DataBuffer> source = Flux.concat(Flux.just(buffer("some")), Flux.error(new NoSuchFileException("/gone")));
		assertThatFails(RpcException.class, () -> this.api.upload(source).block()).withMessageContaining("/gone");
		assertThat(output).doesNotContain("WARN");
		assertConnectionIsUsable();
	}

	@Test
	void sourceThatFailsAfterTheReplyHasBegunIsError() {
		this.node.replyBeforeBody((connection) -> {
			connection.write(FakeNode.chunked("application/json", "\"some\""));
			connection.stayOpen();
		});
		Flux<DataBuffer> source = Flux.just(buffer("some"))
			.concatWith(
					Mono.<DataBuffer>error(new NoSuchFileException("/gone")).delaySubscription(Duration.ofMillis(200)));
		assertThatFails(RpcException.class, () -> this.api.upload(source).block()).withMessageContaining("/gone");
		assertConnectionIsUsable();
	}

	@Test
	void refusalWhileTheRequestIsSentIsSeen() {
		this.node.replyBeforeBody((connection) -> connection
			.write(FakeNode.response("403 Forbidden", "text/plain", "403 - Forbidden\n")));
		Flux<DataBuffer> source = Flux.range(0, 20).map((i) -> buffer(LONG));
		assertThatFails(RpcAccessDeniedException.class, () -> this.api.upload(source).block());
	}

	@Test
	void logMayBeSilentFromTheBeginning() {
		this.node.reply((connection) -> {
			connection.pause(4500);
			connection.write(FakeNode.chunked("text/plain", "late"));
			connection.stayOpen();
		});
		assertThat(text(this.api.logTail()).blockFirst()).isEqualTo("late");
	}

	@Test
	void endlessStreamTimesOutOnlyBeforeItsBeginning() {
		this.node.reply((connection) -> {
			connection.write(FakeNode.chunked("text/plain"));
			connection.pause(4500);
			connection.write(FakeNode.chunk("late"));
			connection.stayOpen();
		});
		assertThat(text(this.api.subscribe("topic")).blockFirst()).isEqualTo("late");
		this.node.reply(FakeNode.Connection::stayOpen);
		assertThatFails(IpfsTimeoutException.class, () -> this.api.subscribe("topic").blockFirst());
	}

	@Test
	void endlessStreamsLeaveCommandsTheirConnections() {
		FakeNode.Script stream = (connection) -> {
			connection.write(FakeNode.chunked("text/plain", "begun"));
			connection.stayOpen();
		};
		List<Disposable> streams = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			this.node.reply(stream);
			streams.add(this.api.subscribe("topic").subscribe(DataBufferUtils::release));
			this.node.takeRequest();
		}
		assertConnectionIsUsable();
		streams.forEach(Disposable::dispose);
		await().untilAsserted(() -> assertThat(this.node.openConnections()).isLessThanOrEqualTo(1));
	}

	@Test
	void waitingForAConnectionEndsWithATimeout() {
		this.node.reply((connection) -> {
			connection.write(FakeNode.chunked("text/plain", LONG, LONG));
			connection.stayOpen();
		});
		StepVerifier.create(text(this.api.cat("x")), 1)
			.expectNextCount(1)
			.then(() -> assertThatExceptionOfType(IpfsTimeoutException.class)
				.isThrownBy(() -> this.api.version().block())
				.withMessageContaining("ipfs.api.max-connections"))
			.thenCancel()
			.verify();
	}

	@Test
	void cancellationEndsTheConnection() {
		this.node.reply((connection) -> {
			connection.write(FakeNode.chunked("text/plain", "some"));
			connection.stayOpen();
		});
		StepVerifier.create(text(this.api.cat("x"))).expectNext("some").thenCancel().verify();
		await().untilAsserted(() -> assertThat(this.node.openConnections()).isZero());
		this.node.reply(FakeNode.Connection::stayOpen);
		StepVerifier.create(this.api.version())
			.then(() -> await().until(() -> this.node.requests() == 2))
			.thenCancel()
			.verify();
		await().untilAsserted(() -> assertThat(this.node.openConnections()).isZero());
		assertConnectionIsUsable();
	}

	@Test
	void closeEndsWhatIsUnderWayAndRefusesWhatComes() {
		this.node.reply((connection) -> {
			connection.write(FakeNode.chunked("text/plain", "some"));
			connection.stayOpen();
		});
		StepVerifier.create(text(this.api.subscribe("topic")))
			.expectNext("some")
			.then(this.client::close)
			.verifyError(IncompleteReplyException.class);
		await().untilAsserted(() -> assertThat(this.node.openConnections()).isZero());
		assertThatExceptionOfType(IpfsException.class).isThrownBy(() -> this.api.version().block())
			.withMessageContaining("closed");
	}

	private static <E extends Throwable> ThrowableAssertAlternative<E> assertThatFails(Class<E> type,
			ThrowingCallable call) {
		return assertThatExceptionOfType(type).isThrownBy(call);
	}

	private void assertConnectionIsGivenBack() {
		int before = this.node.acceptedConnections();
		assertConnectionIsUsable();
		assertThat(this.node.acceptedConnections()).as("the connection is used again").isEqualTo(before);
	}

	private void assertConnectionIsReplaced() {
		int before = this.node.acceptedConnections();
		assertConnectionIsUsable();
		assertThat(this.node.acceptedConnections()).as("the connection is not used again").isEqualTo(before + 1);
		await().untilAsserted(() -> assertThat(this.node.openConnections()).isOne());
	}

	private void assertConnectionIsUsable() {
		this.node.replyJson("{\"Version\":\"0.43.0\"}");
		assertThat(this.api.version().block(Duration.ofSeconds(30)).version()).isEqualTo("0.43.0");
	}

	private static Flux<String> text(Flux<DataBuffer> body) {
		return body.map((buffer) -> {
			String text = buffer.toString(StandardCharsets.UTF_8);
			DataBufferUtils.release(buffer);
			return text;
		});
	}

	private static DataBuffer buffer(String text) {
		return DefaultDataBufferFactory.sharedInstance.wrap(text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * A server that accepts connections and reads nothing.
	 */
	private static final class StalledNode implements AutoCloseable {

		private final ServerSocket server;

		private StalledNode() {
			try {
				this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		private RpcEndpoint endpoint() {
			return new RpcEndpoint(URI.create("http://127.0.0.1:" + this.server.getLocalPort()), null);
		}

		@Override
		public void close() {
			try {
				this.server.close();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
