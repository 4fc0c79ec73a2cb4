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

import java.io.ByteArrayInputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.IpfsTimeoutException;
import io.github.ipfstoolkit.NodeUnreachableException;
import io.github.ipfstoolkit.rpc.CommandFailedException;
import io.github.ipfstoolkit.rpc.IncompleteReplyException;
import io.github.ipfstoolkit.rpc.RpcEndpoint;
import io.github.ipfstoolkit.rpc.StreamFailedException;
import io.github.ipfstoolkit.rpc.Upload;
import io.github.ipfstoolkit.rpc.client.RpcRetries;
import io.github.ipfstoolkit.rpc.client.RpcTimeouts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.core.io.buffer.DataBufferUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for what is sent again, and above all, what is not. The node counts the requests.
 */
class RetryTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final RpcRetries TWICE = new RpcRetries(2, Duration.ofMillis(10), Duration.ofMillis(100), false);

	private static final RpcRetries TWICE_ALSO_WRITES = new RpcRetries(2, Duration.ofMillis(10), Duration.ofMillis(100),
			true);

	private static final String CID = "QmdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR1m";

	private final FakeNode node = new FakeNode();

	private KuboHttpClient client = client(TWICE);

	private KuboHttpClient client(RpcRetries retries) {
		return KuboHttpClient.builder(this.node::endpoint).maxConnections(1).retries(retries).build();
	}

	@AfterEach
	void close() {
		this.client.close();
		this.node.close();
	}

	@ParameterizedTest
	@EnumSource
	void readIsSentAgainWhenTheConnectionEndsBeforeTheReply(End end) {
		this.node.reply(end.script).reply(end.script).replyJson("{\"Version\":\"1\"}");
		assertThat(this.client.node().version().block(LIMIT).version()).isEqualTo("1");
		assertThat(requests()).isEqualTo(3);
	}

	@Test
	void contentIsReadAgainFromItsBeginning() {
		this.node.reply(FakeNode.Connection::reset).reply(FakeNode.chunked("text/plain", "content") + "0\r\n\r\n");
		String text = DataBufferUtils.join(this.client.content().cat(CID)).map((buffer) -> {
			String content = buffer.toString(StandardCharsets.UTF_8);
			DataBufferUtils.release(buffer);
			return content;
		}).block(LIMIT);
		assertThat(text).isEqualTo("content");
		assertThat(requests()).isEqualTo(2);
	}

	@Test
	void lastFailureIsThrownWhenAllAttemptsFail() {
		this.node.reply(FakeNode.Connection::reset).reply(FakeNode.Connection::reset).reply(FakeNode.Connection::close);
		assertThatExceptionOfType(NodeUnreachableException.class)
			.isThrownBy(() -> this.client.node().version().block(LIMIT));
		assertThat(requests()).isEqualTo(3);
	}

	@Test
	void refusedConnectionIsTriedAgainAtTheAddressOfThatTime() throws Exception {
		URI refused;
		try (ServerSocket socket = new ServerSocket(0)) {
			refused = URI.create("http://127.0.0.1:" + socket.getLocalPort());
		}
		AtomicInteger asked = new AtomicInteger();
		try (KuboHttpClient moved = KuboHttpClient
			.builder(() -> (asked.getAndIncrement() == 0) ? new RpcEndpoint(refused, null) : this.node.endpoint())
			.retries(TWICE)
			.build()) {
			this.node.replyJson("{\"Version\":\"1\"}");
			assertThat(moved.node().version().block(LIMIT).version()).isEqualTo("1");
			assertThat(asked).hasValue(2);
		}
	}

	@ParameterizedTest
	@EnumSource
	void writeIsSentOnce(End end) {
		this.node.reply(end.script).replyJson("");
		assertThatExceptionOfType(NodeUnreachableException.class)
			.isThrownBy(() -> this.client.files().cp("/a", "/b", false).block(LIMIT));
		assertThat(requests()).isEqualTo(1);
		this.node.takeRequest();
	}

	@ParameterizedTest
	@EnumSource
	void idempotentWriteIsSentOnceByDefault(End end) {
		this.node.reply(end.script);
		assertThatExceptionOfType(NodeUnreachableException.class)
			.isThrownBy(() -> this.client.pin().add(CID).block(LIMIT));
		assertThat(requests()).isEqualTo(1);
	}

	@Test
	void idempotentWriteIsSentAgainWhereThatIsAskedFor() {
		this.client.close();
		this.client = client(TWICE_ALSO_WRITES);
		this.node.reply(FakeNode.Connection::reset).replyJson("{\"Pins\":[\"%s\"]}".formatted(CID));
		assertThat(this.client.pin().add(CID).block(LIMIT).pins()).hasSize(1);
		assertThat(requests()).isEqualTo(2);
	}

	@Test
	void otherWriteIsSentOnceWhateverIsAskedFor() {
		this.client.close();
		this.client = client(TWICE_ALSO_WRITES);
		this.node.reply(FakeNode.Connection::reset);
		assertThatExceptionOfType(NodeUnreachableException.class)
			.isThrownBy(() -> this.client.key().gen("name").block(LIMIT));
		assertThat(requests()).isEqualTo(1);
	}

	@ParameterizedTest
	@EnumSource
	void uploadIsSentOnceWhateverIsAskedFor(End end) {
		this.client.close();
		this.client = client(TWICE_ALSO_WRITES);
		this.node.reply(end.script);
		byte[] content = new byte[300_000];
		assertThatExceptionOfType(NodeUnreachableException.class)
			.isThrownBy(() -> this.client.content().add(Upload.of(new ByteArrayInputStream(content))).blockLast(LIMIT));
		assertThat(requests()).isEqualTo(1);
		assertThat(this.node.takeRequest().body()).hasSizeGreaterThan(content.length);
	}

	@Test
	void uploadThatBreaksInTheMiddleIsSentOnce() {
		this.node.replyBeforeBody(FakeNode.Connection::reset);
		byte[] content = new byte[30_000_000];
		assertThatExceptionOfType(NodeUnreachableException.class)
			.isThrownBy(() -> this.client.content().add(Upload.of(new ByteArrayInputStream(content))).blockLast(LIMIT));
		assertThat(this.node.acceptedConnections()).isOne();
	}

	@Test
	void readIsSentOnceWhenItsReplyHasBegun() {
		this.node.replyAndClose("HTTP/1.1 200 OK\r\nContent-Ty");
		assertFails(IncompleteReplyException.class);
		this.node.replyAndClose(FakeNode.chunked("application/json", "{\"Version\""));
		assertFails(IncompleteReplyException.class);
		this.node.reply(FakeNode.chunked("application/json", "{}") + "0\r\nX-Stream-Error: lost\r\n\r\n");
		assertFails(StreamFailedException.class);
		this.node.reply(FakeNode.response("500 Internal Server Error", "application/json", "{\"Message\":\"no\"}"));
		assertFails(CommandFailedException.class);
		this.node.reply("\u0013/multistream/1.0.0\n\r\n\r\n");
		assertFails(NodeUnreachableException.class);
		assertThat(requests()).isEqualTo(5);
	}

	@Test
	void timeoutIsNotDoubled() {
		Duration timeout = Duration.ofSeconds(3);
		try (KuboHttpClient impatient = KuboHttpClient.builder(this.node::endpoint)
			.timeouts(new RpcTimeouts(timeout, timeout, timeout, timeout, timeout))
			.retries(TWICE)
			.build()) {
			this.node.reply(FakeNode.Connection::stayOpen);
			assertThatExceptionOfType(IpfsTimeoutException.class)
				.isThrownBy(() -> impatient.node().version().block(LIMIT));
		}
		assertThat(requests()).isEqualTo(1);
	}

	@Test
	void nothingIsSentAgainAfterCancellation() {
		this.client.close();
		this.client = client(new RpcRetries(10, Duration.ofSeconds(3), Duration.ofSeconds(3), false));
		this.node.reply(FakeNode.Connection::reset).replyJson("{}");
		StepVerifier.create(this.client.node().version())
			.then(this.node::takeRequest)
			.then(() -> await().until(() -> this.node.openConnections() == 0))
			.thenCancel()
			.verify(LIMIT);
		await().pollDelay(Duration.ofSeconds(5)).until(() -> this.node.acceptedConnections() == 1);
	}

	@Test
	void nothingIsSentAgainWhereRetriesAreOff() {
		this.client.close();
		this.client = client(RpcRetries.NONE);
		this.node.reply(FakeNode.Connection::reset);
		assertFails(NodeUnreachableException.class);
		assertThat(requests()).isEqualTo(1);
	}

	/**
	 * Not a retry: nothing has been sent on the connection that was closed.
	 */
	@Test
	void connectionThatTheNodeHasClosedIsReplacedForWritesToo() {
		this.node.reply((connection) -> {
			connection.write(FakeNode.response("200 OK", "application/json", "{\"Version\":\"1\"}"));
			connection.close();
		});
		this.client.node().version().block(LIMIT);
		await().until(() -> this.node.openConnections() == 0);
		this.node.replyJson("");
		this.client.files().cp("/a", "/b", false).block(LIMIT);
		assertThat(requests()).isEqualTo(2);
	}

	@Test
	void failureOfTheAddressIsNotTriedAgain() {
		AtomicInteger asked = new AtomicInteger();
		try (KuboHttpClient stopped = KuboHttpClient.builder(() -> {
			asked.incrementAndGet();
			throw new NodeUnreachableException("here", new IllegalStateException("stopped"));
		}).retries(TWICE).build()) {
			assertThatExceptionOfType(NodeUnreachableException.class)
				.isThrownBy(() -> stopped.node().version().block(LIMIT))
				.withMessageContaining("stopped");
		}
		assertThat(asked).hasValue(1);
	}

	private void assertFails(Class<? extends IpfsException> type) {
		Mono<?> call = this.client.node().version();
		assertThatExceptionOfType(type).isThrownBy(() -> call.block(LIMIT));
	}

	private int requests() {
		return this.node.requests();
	}

	/**
	 * How a connection ends.
	 */
	enum End {

		CLOSE(FakeNode.Connection::close), RESET(FakeNode.Connection::reset);

		private final FakeNode.Script script;

		End(FakeNode.Script script) {
			this.script = script;
		}

	}

}
