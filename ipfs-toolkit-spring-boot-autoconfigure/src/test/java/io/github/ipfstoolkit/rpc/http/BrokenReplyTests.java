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
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.ipfstoolkit.Cid;
import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.IpfsTimeoutException;
import io.github.ipfstoolkit.NodeUnreachableException;
import io.github.ipfstoolkit.rpc.CommandFailedException;
import io.github.ipfstoolkit.rpc.IncompleteReplyException;
import io.github.ipfstoolkit.rpc.Kubo;
import io.github.ipfstoolkit.rpc.MalformedReplyException;
import io.github.ipfstoolkit.rpc.RpcAccessDeniedException;
import io.github.ipfstoolkit.rpc.RpcException;
import io.github.ipfstoolkit.rpc.StreamFailedException;
import io.github.ipfstoolkit.rpc.Upload;
import io.github.ipfstoolkit.rpc.client.RpcRetries;
import io.github.ipfstoolkit.rpc.client.RpcTimeouts;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests each way in which a reply can go wrong with each form of call: a single value, a
 * stream of values, content, an upload, a command without a reply. Each must end in an
 * exception of the toolkit within its time-out, after the values that came before, and
 * give back its connection: the client has but one.
 */
@ExtendWith(OutputCaptureExtension.class)
class BrokenReplyTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final Duration TIMEOUT = Duration.ofMillis(700);

	private static final DataSize MAX_IN_MEMORY_SIZE = DataSize.ofMegabytes(1);

	private static final String CID = "QmdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR1m";

	static Stream<Arguments> breaks() {
		return Arrays.stream(Form.values())
			.flatMap((form) -> Arrays.stream(Stage.values())
				.flatMap((stage) -> Arrays.stream(End.values()).map((end) -> Arguments.of(form, stage, end))));
	}

	@ParameterizedTest
	@MethodSource("breaks")
	void connectionThatEndsIsAnError(Form form, Stage stage, End end) {
		try (Exchange exchange = new Exchange()) {
			exchange.node.reply((connection) -> {
				connection.write(stage.sent(form));
				end.script.answer(connection);
			});
			if (end == End.CLOSE) {
				exchange.assertFails(form, stage.error, stage.values(form));
			}
			else {
				// a reset overtakes what was sent before it, or does not
				exchange.assertFails(form, IpfsException.class, -1);
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void silenceIsAnErrorInTime(Stage stage) {
		List<Exchange> exchanges = new ArrayList<>();
		try {
			for (Form form : Form.values()) {
				Exchange exchange = new Exchange(TIMEOUT);
				exchanges.add(exchange);
				exchange.node.reply((connection) -> {
					connection.write(stage.sent(form));
					connection.stayOpen();
				});
			}
			// all at once, as each waits for its time-out
			List<Throwable> failures = Flux.fromIterable(exchanges)
				.flatMapSequential((exchange) -> exchange.call(Form.values()[exchanges.indexOf(exchange)])
					.then(Mono.<Throwable>empty())
					.onErrorResume(Mono::just))
				.collectList()
				.block(LIMIT);
			assertThat(failures).hasSameSizeAs(exchanges)
				.allSatisfy((failure) -> assertThat(failure).isInstanceOf(IpfsTimeoutException.class)
					.hasMessageContaining("ipfs.api.timeouts.transfer"));
			exchanges.forEach(Exchange::assertConnectionsAreGivenBack);
		}
		finally {
			exchanges.forEach(Exchange::close);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "VALUE", "NONE" })
	void replyThatTricklesEndsInTime(Form form) {
		try (Exchange exchange = new Exchange(TIMEOUT)) {
			exchange.node.reply((connection) -> {
				connection.write(FakeNode.chunked(form.contentType));
				trickle(connection, FakeNode.chunk(" "));
			});
			exchange.assertFails(form, IpfsTimeoutException.class, 0);
		}
	}

	@ParameterizedTest
	@EnumSource
	void refusalThatTricklesEndsInTime(Form form) {
		// within this its status has to come
		try (Exchange exchange = new Exchange(Duration.ofSeconds(2))) {
			exchange.node.reply((connection) -> {
				connection.write(FakeNode.chunked("text/plain").replace("200 OK", "500 Internal Server Error"));
				trickle(connection, FakeNode.chunk("why"));
			});
			exchange.assertFails(form, CommandFailedException.class, 0);
		}
	}

	@ParameterizedTest
	@EnumSource
	void repliesThatAnnounceAnotherEndInTime(Form form) {
		try (Exchange exchange = new Exchange(TIMEOUT)) {
			exchange.node.reply((connection) -> trickle(connection, "HTTP/1.1 100 Continue\r\n\r\n"));
			exchange.assertFails(form, IpfsTimeoutException.class, 0);
		}
	}

	private static void trickle(FakeNode.Connection connection, String piece) throws IOException, InterruptedException {
		while (true) {
			connection.write(piece);
			connection.pause(100);
		}
	}

	@ParameterizedTest
	@EnumSource
	void lateRefusalIsAnError(Form form) {
		try (Exchange exchange = new Exchange()) {
			exchange.node.reply((connection) -> {
				connection.pause(200);
				connection.write(FakeNode.response("500 Internal Server Error", "application/json",
						"{\"Message\":\"too late\",\"Code\":0,\"Type\":\"error\"}"));
			});
			exchange.assertFails(form, CommandFailedException.class, 0);
		}
	}

	@ParameterizedTest
	@EnumSource
	void forbiddenIsAnError(Form form) {
		try (Exchange exchange = new Exchange()) {
			exchange.node.reply(FakeNode.response("403 Forbidden", "text/plain", "403 - Forbidden"));
			exchange.assertFails(form, RpcAccessDeniedException.class, 0);
		}
	}

	@ParameterizedTest
	@EnumSource
	void slowPiecesOfHeadersAndChunksAreNoError(Form form) {
		try (Exchange exchange = new Exchange()) {
			String reply = form.reply() + "0\r\n\r\n";
			exchange.node.reply((connection) -> {
				for (int i = 0; i < reply.length(); i += reply.length() / 4 + 1) {
					connection.write(reply.substring(i, Math.min(reply.length(), i + reply.length() / 4 + 1)));
					connection.pause(20);
				}
			});
			assertThat(exchange.call(form).collectList().block(LIMIT)).hasSize(form.values);
			exchange.assertConnectionsAreGivenBack();
		}
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = { "CONTENT", "NONE" })
	void garbageIsAnError(Form form) {
		try (Exchange exchange = new Exchange()) {
			exchange.node.replyJson("{\"Hash\":" + "nonsense");
			exchange.assertFails(form, MalformedReplyException.class, 0);
			exchange.node
				.reply(FakeNode.chunked("application/json", form.first, form.second.substring(0, 3)) + "0\r\n\r\n");
			exchange.assertFails(form, MalformedReplyException.class, Math.max(form.values - 1, 0));
		}
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = { "CONTENT", "NONE" })
	void valuesMayBeCutAnywhere(Form form) {
		String json = form.first + form.second;
		try (Exchange exchange = new Exchange()) {
			for (int cut = 1; cut < json.length(); cut += 7) {
				exchange.node.reply(FakeNode.chunked("application/json", json.substring(0, cut), json.substring(cut))
						+ "0\r\n\r\n");
				assertThat(exchange.call(form).collectList().block(LIMIT)).hasSize(form.values);
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void failureInTheTrailerIsAnErrorAfterTheValues(Form form) {
		try (Exchange exchange = new Exchange()) {
			exchange.node.reply(form.reply() + "0\r\nX-Stream-Error: lost\r\n\r\n");
			exchange.assertFails(form, StreamFailedException.class, form.isStream() ? form.values : 0);
		}
	}

	@ParameterizedTest
	@EnumSource
	void replyWithoutEndIsAnError(Form form, CapturedOutput output) {
		try (Exchange exchange = new Exchange()) {
			exchange.node.reply((connection) -> {
				connection.write(
						FakeNode.chunked(form.contentType).replaceFirst("\r\n", "\r\nX-Content-Length: 3000000\r\n"));
				connection.write(FakeNode.chunk("{\"Ref\":\""));
				while (true) {
					connection.write(FakeNode.chunk("x".repeat(100_000)));
				}
			});
			exchange.assertFails(form, RpcException.class, -1);
			assertThat(output).doesNotContain("WARN");
		}
	}

	/**
	 * The forms of calls. All wait as long as moving content may take.
	 */
	enum Form {

		/** A single value, which comes in two chunks. */
		VALUE("application/json", "{\"Key\":\"" + CID + "\",", "\"Size\":17}\n", 1,
				(kubo) -> kubo.block().stat(Cid.of(CID))),

		/** A stream of values, each a chunk. */
		STREAM("application/json", "{\"Ref\":\"one\"}\n", "{\"Ref\":\"two\"}\n", 2, (kubo) -> kubo.content().refs(CID)),

		/** Content in two chunks, whose bytes count, as they may come together. */
		CONTENT("text/plain", "some", "more", 8, (kubo) -> kubo.content().cat(CID)),

		/** An upload with a reply of two values. */
		UPLOAD("application/json", "{\"Name\":\"a\",\"Bytes\":8}\n", "{\"Name\":\"a\",\"Hash\":\"" + CID + "\"}\n", 2,
				(kubo) -> kubo.content().add(Upload.of(new ByteArrayInputStream(new byte[300_000])))),

		/** A command that answers with nothing, or with something of no interest. */
		NONE("application/json", "\"no such\"\n", "\"file\"\n", 0, (kubo) -> kubo.files().rm("/x", false, false));

		private final String contentType;

		private final String first;

		private final String second;

		private final int values;

		private final Function<Kubo, Publisher<?>> call;

		Form(String contentType, String first, String second, int values, Function<Kubo, Publisher<?>> call) {
			this.contentType = contentType;
			this.first = first;
			this.second = second;
			this.values = values;
			this.call = call;
		}

		boolean isStream() {
			return this.values > 1;
		}

		String reply() {
			return FakeNode.chunked(this.contentType, this.first, this.second);
		}

	}

	/**
	 * How far a reply comes.
	 */
	enum Stage {

		BEFORE_HEADERS(NodeUnreachableException.class, 0, (form) -> ""),

		IN_HEADERS(IncompleteReplyException.class, 0, (form) -> form.reply().substring(0, 25)),

		AFTER_HEADERS(IncompleteReplyException.class, 0, (form) -> FakeNode.chunked(form.contentType)),

		IN_CHUNK(IncompleteReplyException.class, 0, (form) -> {
			String reply = FakeNode.chunked(form.contentType, form.first);
			return reply.substring(0, reply.length() - 5);
		}),

		BETWEEN_CHUNKS(IncompleteReplyException.class, 1, (form) -> FakeNode.chunked(form.contentType, form.first)),

		BEFORE_LAST_CHUNK(IncompleteReplyException.class, 2, Form::reply),

		BEFORE_TRAILER(IncompleteReplyException.class, 2, (form) -> form.reply() + "0\r\n"),

		IN_TRAILER(IncompleteReplyException.class, 2, (form) -> form.reply() + "0\r\nX-Stream-Er");

		private final Class<? extends IpfsException> error;

		private final int chunks;

		private final Function<Form, String> reply;

		Stage(Class<? extends IpfsException> error, int chunks, Function<Form, String> reply) {
			this.error = error;
			this.chunks = chunks;
			this.reply = reply;
		}

		String sent(Form form) {
			return this.reply.apply(form);
		}

		/**
		 * Returns how many values come before the failure, -1 for any number: some of the
		 * content of a chunk is delivered before the chunk's end.
		 */
		int values(Form form) {
			if (form == Form.CONTENT && this == IN_CHUNK) {
				return -1;
			}
			return form.isStream() ? this.chunks * form.values / 2 : 0;
		}

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

	/**
	 * A node, and a client of it with a single connection.
	 */
	private static final class Exchange implements AutoCloseable {

		private final FakeNode node = new FakeNode();

		private final KuboHttpClient client;

		private Exchange() {
			this(LIMIT);
		}

		private Exchange(Duration timeout) {
			this.client = KuboHttpClient.builder(this.node::endpoint)
				.maxConnections(1)
				.maxInMemorySize(MAX_IN_MEMORY_SIZE)
				.retries(RpcRetries.NONE)
				.timeouts(new RpcTimeouts(LIMIT, LIMIT, timeout, LIMIT, LIMIT))
				.build();
		}

		private Flux<?> call(Form form) {
			return Flux.from(form.call.apply(this.client)).concatMapIterable(Exchange::values);
		}

		private static List<?> values(Object received) {
			if (received instanceof DataBuffer buffer) {
				byte[] bytes = new byte[buffer.readableByteCount()];
				buffer.read(bytes);
				DataBufferUtils.release(buffer);
				return IntStream.range(0, bytes.length).mapToObj((i) -> bytes[i]).toList();
			}
			return List.of(received);
		}

		private void assertFails(Form form, Class<? extends IpfsException> type, int values) {
			List<Object> received = new ArrayList<>();
			Throwable failure = call(form).doOnNext(received::add)
				.then(Mono.<Throwable>empty())
				.onErrorResume(Mono::just)
				.block(LIMIT);
			assertThat(failure).isInstanceOf(type).isInstanceOf(IpfsException.class);
			if (values >= 0) {
				assertThat(received).hasSize(values);
			}
			assertConnectionsAreGivenBack();
		}

		private void assertConnectionsAreGivenBack() {
			this.node.replyJson("{\"Version\":\"1\"}");
			assertThat(this.client.node().version().block(LIMIT).version()).isEqualTo("1");
			await().atMost(LIMIT).until(() -> this.node.openConnections() == 1);
		}

		@Override
		public void close() {
			this.client.close();
			this.node.close();
		}

	}

}
