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

package io.github.ipfstoolkit.transmission;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.github.ipfstoolkit.testsupport.ScriptedStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SenderStream}.
 */
class SenderStreamTests {

	private static final String ACCEPTED = "Transmission request accepted.";

	private static final String REFUSED = "Transmission request not accepted.";

	private static SenderStream sender(ScriptedStream stream) throws IOException {
		return new SenderStream(stream, new Destination(ScriptedStream.PEER, "chat"),
				new SendLimits(Duration.ofSeconds(1), 0));
	}

	private static String request(ScriptedStream stream) throws IOException {
		return sender(stream).request(ScriptedStream.PEER);
	}

	private static Payload payload(int length) {
		return Payload.of(new byte[length]);
	}

	@Test
	void requestIsWrittenInOnePiece() throws IOException {
		ScriptedStream stream = ScriptedStream.open(ACCEPTED + "49152");
		assertThat(request(stream)).isEqualTo("49152");
		assertThat(stream.writes).containsExactly(Protocol.request(ScriptedStream.PEER));
	}

	@ParameterizedTest
	@ValueSource(strings = { "49152", "chat.standing", "8080", "some other name", "ü" })
	void channelsNameIsAllThatFollows(String name) throws IOException {
		String wire = new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
		assertThat(request(ScriptedStream.open(ACCEPTED + wire))).isEqualTo(name);
		assertThat(request(ScriptedStream.ending(ACCEPTED + wire))).isEqualTo(name);
	}

	@Test
	void replyMayComeInPieces() throws IOException {
		assertThat(request(ScriptedStream.open("Transmission ", "request accepted.", "49", "152"))).isEqualTo("49152");
		assertThat(request(ScriptedStream.open(ACCEPTED, "chat.st", "anding"))).isEqualTo("chat.standing");
		assertThat(request(ScriptedStream.open(ACCEPTED + "8", "0", "80"))).isEqualTo("8080");
	}

	@Test
	void acceptanceWithoutChannelIsUnreadable() {
		assertThatExceptionOfType(UnreadableReplyException.class)
			.isThrownBy(() -> request(ScriptedStream.ending(ACCEPTED)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "hello", "Transmission request", "Transmission request nope", "Finished!" })
	void otherRepliesAreUnreadable(String reply) {
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> request(ScriptedStream.ending(reply)))
			.isInstanceOfAny(UnreadableReplyException.class, EOFException.class)
			.isNotInstanceOf(NoReplyException.class);
	}

	@Test
	void streamThatEndsAtOnceIsNoReply() {
		assertThatExceptionOfType(NoReplyException.class)
			.isThrownBy(() -> request(ScriptedStream.ending(new String[0])));
	}

	@Test
	void silenceIsATimeout() {
		assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> request(ScriptedStream.open()));
	}

	@Test
	void refusalWithoutReasonIsOneOfTheClassicProtocol() {
		assertThatExceptionOfType(TransmissionRefusedException.class)
			.isThrownBy(() -> request(ScriptedStream.open(REFUSED)))
			.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(RefusalReason.UNKNOWN));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\u0001", "\u00ff\u00ff", "\u0003\u0000a", "\u0000" })
	void refusalWithAnUnreadableReasonIsStillOne(String reason) {
		assertThatExceptionOfType(TransmissionRefusedException.class)
			.isThrownBy(() -> request(ScriptedStream.ending(REFUSED + reason)))
			.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(RefusalReason.UNKNOWN));
	}

	@Test
	void refusalTellsItsReason() {
		ScriptedStream stream = ScriptedStream.ending(Protocol.refused(RefusalReason.TOO_LARGE, "at most 5 bytes"));
		assertThatExceptionOfType(TransmissionRefusedException.class).isThrownBy(() -> request(stream))
			.withMessageContaining("too-large: at most 5 bytes")
			.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(RefusalReason.TOO_LARGE));
	}

	@Test
	void headerGoesWithTheMessagesFirstBytes() throws IOException {
		ScriptedStream stream = ScriptedStream.open("Finished!");
		sender(stream).send(payload(100));
		assertThat(stream.writes).containsExactly(Frame.of(new byte[100]));
	}

	@Test
	void longMessageIsWrittenInChunks() throws IOException {
		ScriptedStream stream = ScriptedStream.open("Finished!");
		SenderStream sender = sender(stream);
		sender.send(payload(200_000));
		assertThat(stream.writes).hasSize(4).first().satisfies((first) -> assertThat(first).hasSize(65536));
		assertThat(stream.writes.stream().mapToInt((bytes) -> bytes.length).sum())
			.isEqualTo(200_000 + Frame.header(200_000).length);
		assertThat(sender.isReusable()).isTrue();
	}

	@Test
	void emptyMessageIsAnEmptyFrame() throws IOException {
		ScriptedStream stream = ScriptedStream.open("Finished!");
		sender(stream).send(payload(0));
		assertThat(stream.writes).containsExactly(new byte[] { 0 });
	}

	@Test
	void refusedMessageLeavesTheStreamUsable() throws IOException {
		ScriptedStream stream = ScriptedStream.ending(Protocol.refused(RefusalReason.FAILED, ""));
		SenderStream sender = sender(stream);
		assertThatExceptionOfType(TransmissionRefusedException.class).isThrownBy(() -> sender.send(payload(1)));
		assertThat(sender.isReusable()).isTrue();
	}

	@Test
	void streamThatBreaksIsNotUsedAgain() throws IOException {
		SenderStream sender = sender(ScriptedStream.ending("Fini"));
		assertThatExceptionOfType(EOFException.class).isThrownBy(() -> sender.send(payload(1)));
		assertThat(sender.isReusable()).isFalse();
	}

	@Test
	void messageThatIsShorterThanItsLengthIsNeverCompleted() throws IOException {
		ScriptedStream stream = ScriptedStream.open("Finished!");
		Payload cut = new Payload() {

			@Override
			public long length() {
				return 11;
			}

			@Override
			public InputStream open() throws IOException {
				return new ByteArrayResource(new byte[10]).getInputStream();
			}

		};
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> sender(stream).send(cut));
		assertThat(stream.writes).isEmpty();
	}

}
