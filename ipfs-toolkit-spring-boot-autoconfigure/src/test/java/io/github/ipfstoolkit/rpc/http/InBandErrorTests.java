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
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.ipfstoolkit.Cid;
import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.rpc.CidApi;
import io.github.ipfstoolkit.rpc.CommandFailedException;
import io.github.ipfstoolkit.rpc.ContentApi;
import io.github.ipfstoolkit.rpc.FilestoreApi;
import io.github.ipfstoolkit.rpc.Kubo;
import io.github.ipfstoolkit.rpc.Upload;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.http.ResponseEntity;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for failures that stand among the values of a reply with status 200, in the words
 * that Kubo 0.43 has for them.
 */
class InBandErrorTests {

	private static final String A = "QmdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR1m";

	private static final String B = "QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG";

	private static final List<Cid> CIDS = List.of(Cid.of(A), Cid.of(B));

	private static final FakeNode node = new FakeNode();

	private static final KuboHttpClient client = new KuboHttpClient(node::endpoint);

	@BeforeAll
	static void tellVersion() {
		node.tellsVersion(true);
	}

	@AfterAll
	static void close() {
		client.close();
		node.close();
	}

	static Stream<Reply> replies() {
		return Stream.of(
				new Reply("refs", (kubo) -> kubo.content().refs(A), "{'Ref':'%s','Err':''}".formatted(B),
						"{'Ref':'','Err':'block was not found locally (offline)'}", "block was not found locally"),
				new Reply("refs/local", (kubo) -> kubo.content().localRefs(), "{'Ref':'%s','Err':''}".formatted(B),
						"{'Ref':'','Err':'input/output error'}", "input/output error"),
				new Reply("repo/ls", (kubo) -> kubo.repo().ls(), "{'Ref':'%s','Err':''}".formatted(B),
						"{'Ref':'','Err':'input/output error'}", "input/output error"),
				new Reply("filestore/dups", (kubo) -> kubo.filestore().dups(), "{'Ref':'%s','Err':''}".formatted(B),
						"{'Ref':'','Err':'input/output error'}", "input/output error"),
				new Reply("block/rm", (kubo) -> kubo.block().rm(CIDS, false), "{'Hash':'%s'}".formatted(B),
						"{'Hash':'%s','Error':'pinned: recursive'}".formatted(A), "pinned: recursive"),
				new Reply("repo/gc", (kubo) -> kubo.repo().gc(true, false), "{'Key':{'/':'%s'}}".formatted(B),
						"{'Error':'could not remove the block','Key':null}", "could not remove the block"),
				new Reply("pin/verify", (kubo) -> kubo.pin().verify(true), "{'Cid':'%s','Ok':true}".formatted(B),
						"{'Cid':'%s','Err':'block was not found','Ok':false,'PinStatus':{'Ok':false}}".formatted(A),
						"block was not found"),
				new Reply("dag/import", (kubo) -> kubo.dag().importCar(Upload.of(new byte[1])),
						"{'Root':{'Cid':{'/':'%s'},'PinErrorMsg':''}}".formatted(B),
						"{'Root':{'Cid':{'/':'%s'},'PinErrorMsg':'ipld: could not find'}}".formatted(A),
						"'%s' was not pinned: ipld: could not find".formatted(A)),
				new Reply("cid/format", (kubo) -> kubo.cid().format(List.of(B, "bad"), CidApi.FormatOptions.defaults()),
						"{'CidStr':'%s','Formatted':'x','ErrorMsg':''}".formatted(B),
						"{'CidStr':'bad','Formatted':'','ErrorMsg':'invalid cid'}", "'bad': invalid cid"),
				new Reply("cid/base32", (kubo) -> kubo.cid().base32(List.of(B, "bad")),
						"{'CidStr':'%s','Formatted':'x','ErrorMsg':''}".formatted(B),
						"{'CidStr':'bad','Formatted':'','ErrorMsg':'invalid cid'}", "'bad': invalid cid"),
				new Reply("cid/inspect", (kubo) -> kubo.cid().inspect("bad"), null,
						"{'cid':'bad','errorMsg':'invalid cid'}", "'bad': invalid cid"),
				new Reply("filestore/ls", (kubo) -> kubo.filestore().ls(true),
						"{'Status':0,'ErrorMsg':'','Key':{'/':'%s'},'FilePath':'f','Offset':0,'Size':1}".formatted(B),
						"{'Status':20,'ErrorMsg':'error decoding the key','Key':null,'FilePath':'','Offset':0,'Size':0}",
						"error decoding the key"),
				new Reply("filestore/verify", (kubo) -> kubo.filestore().verify(true, false),
						"{'Status':12,'ErrorMsg':'changed','Key':{'/':'%s'},'FilePath':'f','Offset':0,'Size':1}"
							.formatted(B),
						"{'Status':20,'ErrorMsg':'data is damaged','Key':{'/':'%s'},'FilePath':'','Offset':0,'Size':0}"
							.formatted(A),
						"'%s': data is damaged".formatted(A)),
				new Reply("swarm/disconnect",
						(kubo) -> kubo.swarm()
							.disconnect(Multiaddr.of("/p2p/12D3KooWGL1WQ2TXMou8HRB8zv7K274sDfWbF3noAnxWESU6RL2K")),
						null, "{'Strings':['disconnect 12D3 success','disconnect 12D4 failure: conn not found']}",
						"failure: conn not found"));
	}

	@ParameterizedTest
	@MethodSource("replies")
	void failureIsRaisedAfterTheValues(Reply reply) {
		node.replyJson(reply.json());
		StepVerifier.create(reply.call(client)).expectNextCount(reply.values()).verifyErrorSatisfies((ex) -> {
			assertThat(ex).isInstanceOf(CommandFailedException.class).hasMessageContaining(reply.text());
			assertThat(((CommandFailedException) ex).getCommand()).isEqualTo(reply.command());
			assertThat(((CommandFailedException) ex).getStatus()).isEqualTo(200);
		});
	}

	@ParameterizedTest
	@MethodSource("replies")
	void valuesAfterTheFailureAreDelivered(Reply reply) {
		if (reply.value() != null) {
			node.replyJson(Reply.quoted(reply.error()) + "\n" + Reply.quoted(reply.value()) + "\n");
			StepVerifier.create(reply.call(client)).expectNextCount(1).verifyError(CommandFailedException.class);
		}
	}

	@Test
	void statesOfBlocksInFilesAreNoFailures() {
		node.replyJson(Reply.quoted("{'Status':11,'ErrorMsg':'no such file','Key':{'/':'%s'}}".formatted(A))
				+ Reply.quoted("{'Status':30,'ErrorMsg':'not found','Key':{'/':'%s'}}".formatted(B)));
		assertThat(client.filestore().ls(CIDS).collectList().block()).extracting(FilestoreApi.FileBlock::status)
			.containsExactly(FilestoreApi.FileBlock.FILE_NOT_FOUND, FilestoreApi.FileBlock.NOT_FOUND);
	}

	@Test
	void manyFailuresAreCounted() {
		StringBuilder json = new StringBuilder();
		for (int i = 0; i < 100; i++) {
			json.append("{\"Hash\":\"%s\",\"Error\":\"failure number %d.\"}\n".formatted(A, i));
		}
		node.replyJson(json.toString());
		StepVerifier.create(client.block().rm(CIDS, false))
			.verifyErrorSatisfies((ex) -> assertThat(ex)
				.hasMessageContainingAll("failure number 0.", "failure number 9.", "and 90 more")
				.hasMessageNotContaining("failure number 10."));
	}

	@Test
	void eachSubscriptionCountsItsOwnFailures() {
		Flux<?> removal = client.block().rm(CIDS, false);
		node.replyJson("{\"Hash\":\"%s\",\"Error\":\"pinned\"}".formatted(A));
		StepVerifier.create(removal).verifyError(CommandFailedException.class);
		node.replyJson("{\"Hash\":\"%s\"}".formatted(A));
		StepVerifier.create(removal).expectNextCount(1).expectComplete().verify(Duration.ofSeconds(30));
	}

	@Test
	void sectionsOfAnApplicationAreNoException() {
		OwnApi own = client.section(OwnApi.class);
		String json = Reply.quoted("{'Ref':'%s','Err':''}{'Ref':'','Err':'lost'}".formatted(B));
		node.replyJson(json).replyJson("{\"Ref\":\"\",\"Err\":\"lost\"}");
		StepVerifier.create(own.refs().flatMapMany(ResponseEntity::getBody))
			.expectNextCount(1)
			.verifyError(CommandFailedException.class);
		assertThatExceptionOfType(CommandFailedException.class).isThrownBy(own::refsAtOnce)
			.withMessageContaining("lost");
	}

	/**
	 * A section that an application declares.
	 */
	@HttpExchange("/api/v0")
	interface OwnApi {

		@PostExchange("/refs")
		Mono<ResponseEntity<Flux<ContentApi.Ref>>> refs();

		@PostExchange("/refs")
		ContentApi.@Nullable Ref refsAtOnce();

	}

	/**
	 * What a command answers, with single quotes for double ones.
	 *
	 * @param command the command
	 * @param method the method that stands for it
	 * @param value a value that is none of a failure, {@code null} if there can be none
	 * @param error a value that is one of a failure
	 * @param text what the exception says
	 */
	record Reply(String command, Function<Kubo, Publisher<?>> method, String value, String error, String text) {

		Flux<?> call(Kubo kubo) {
			return Flux.from(this.method.apply(kubo));
		}

		String json() {
			return quoted(((this.value != null) ? this.value + "\n" : "") + this.error + "\n");
		}

		int values() {
			return (this.value != null) ? 1 : 0;
		}

		static String quoted(String json) {
			return json.replace('\'', '"');
		}

		@Override
		public String toString() {
			return this.command;
		}

	}

}
