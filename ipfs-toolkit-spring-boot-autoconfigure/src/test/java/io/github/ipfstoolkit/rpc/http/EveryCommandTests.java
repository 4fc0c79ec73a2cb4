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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.github.ipfstoolkit.rpc.CommandFailedException;
import io.github.ipfstoolkit.rpc.IncompleteReplyException;
import io.github.ipfstoolkit.rpc.InvalidArgumentException;
import io.github.ipfstoolkit.rpc.RpcAccessDeniedException;
import io.github.ipfstoolkit.rpc.RpcException;
import io.github.ipfstoolkit.rpc.SectionCall;
import io.github.ipfstoolkit.rpc.StreamFailedException;
import io.github.ipfstoolkit.rpc.client.RpcRetries;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that no method of any section takes a failure for a success. The methods are
 * found by reflection, so that none can be forgotten.
 */
class EveryCommandTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final FakeNode node = new FakeNode();

	private static final KuboHttpClient client = KuboHttpClient.builder(node::endpoint)
		.maxConnections(1)
		.retries(RpcRetries.NONE)
		.build();

	@AfterAll
	static void close() {
		client.close();
		node.close();
	}

	static Stream<SectionCall> calls() {
		return SectionCall.all();
	}

	@Test
	void methodsAreFound() {
		assertThat(calls()).hasSizeGreaterThan(200);
		assertThat(calls().filter(SectionCall::isStream)).hasSizeGreaterThan(60);
	}

	@ParameterizedTest
	@MethodSource("calls")
	void replyWithAValueSucceeds(SectionCall call) {
		node.tellsVersion(!call.command().equals("version"));
		node.reply(FakeNode.chunked(type(call), call.sampleReply()) + "0\r\n\r\n");
		List<Object> values = new ArrayList<>();
		call.invoke(client).doOnNext((value) -> values.add(released(value))).blockLast(LIMIT);
		assertThat(values).hasSize(call.valueType().toClass().equals(Void.class) ? 0 : 1);
		assertThat(node.takeRequest().target()).matches("/api/v0/" + call.command() + "(\\?.*)?");
	}

	@ParameterizedTest
	@MethodSource("calls")
	void failureInTheTrailerIsAnError(SectionCall call) {
		node.reply(
				FakeNode.chunked(type(call), call.sampleReply()) + "0\r\nX-Stream-Error: the block was lost\r\n\r\n");
		assertFails(call, StreamFailedException.class, "the block was lost");
	}

	@ParameterizedTest
	@MethodSource("calls")
	void failureInTheTrailerOfAnEmptyReplyIsAnError(SectionCall call) {
		node.reply(FakeNode.chunked(type(call)) + "0\r\nX-Stream-Error: the block was lost\r\n\r\n");
		assertFails(call, StreamFailedException.class, "the block was lost");
	}

	@ParameterizedTest
	@MethodSource("calls")
	void replyThatBreaksOffIsAnError(SectionCall call) {
		node.replyAndClose(FakeNode.chunked(type(call), call.sampleReply()));
		assertFails(call, IncompleteReplyException.class, call.command());
	}

	@ParameterizedTest
	@MethodSource("calls")
	void failureBeforeTheReplyIsAnError(SectionCall call) {
		node.reply(FakeNode.response("500 Internal Server Error", "application/json",
				"{\"Message\":\"merkledag: not found\",\"Code\":0,\"Type\":\"error\"}"));
		assertFails(call, CommandFailedException.class, "merkledag: not found");
	}

	@ParameterizedTest
	@MethodSource("calls")
	void refusalsInTextAreErrors(SectionCall call) {
		node.reply(FakeNode.response("400 Bad Request", "text/plain", "argument \"key\" is required"));
		assertFails(call, InvalidArgumentException.class, "argument \"key\" is required");
		node.reply(FakeNode.response("403 Forbidden", "text/plain; charset=utf-8", "403 - Forbidden"));
		assertFails(call, RpcAccessDeniedException.class, "ipfs.api.authorization");
	}

	private static String type(SectionCall call) {
		return call.isRaw() ? "text/plain" : "application/json";
	}

	private static void assertFails(SectionCall call, Class<? extends RpcException> type, String text) {
		node.tellsVersion(!call.command().equals("version"));
		assertThatExceptionOfType(type)
			.isThrownBy(() -> call.invoke(client).doOnNext(EveryCommandTests::released).blockLast(LIMIT))
			.withMessageContaining(text)
			.satisfies((ex) -> assertThat(ex.getCommand()).isEqualTo(call.command()));
		node.takeRequest();
	}

	private static Object released(Object value) {
		if (value instanceof DataBuffer buffer) {
			DataBufferUtils.release(buffer);
		}
		return value;
	}

}
