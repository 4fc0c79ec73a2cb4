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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import io.github.ipfstoolkit.PeerId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Protocol}, byte by byte.
 */
class ProtocolTests {

	private static final String ID = "12D3KooWSqWVnXUtxkWGg8mTJzHhgwgrQDSxLEZsTZbDyGNnBtjn";

	@Test
	void requestHoldsChecksumAndPeerId() throws IOException {
		byte[] request = Protocol.request(PeerId.of(ID));
		int sum = ID.chars().sum() % 256;
		assertThat(HexFormat.of().formatHex(request, 0, 3)).isEqualTo("3600" + HexFormat.of().toHexDigits((byte) sum));
		assertThat(new String(request, 3, request.length - 3, StandardCharsets.US_ASCII)).isEqualTo(ID);
		byte[] content = Frame.read(new ByteArrayInputStream(request), Protocol.MAX_REQUEST);
		assertThat(Protocol.parseRequest(content)).isEqualTo(PeerId.of(ID));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "00", "41", "4141", "0000", "8213" })
	void requestWithoutPeerIdIsMalformed(String content) {
		assertThatExceptionOfType(MalformedTransmissionException.class)
			.isThrownBy(() -> Protocol.parseRequest(HexFormat.of().parseHex(content)));
	}

	@Test
	void requestWithAnyOtherChecksumIsMalformed() throws IOException {
		byte[] content = Frame.read(new ByteArrayInputStream(Protocol.request(PeerId.of(ID))), Protocol.MAX_REQUEST);
		byte right = content[0];
		for (int sum = 0; sum < 256; sum++) {
			content[0] = (byte) sum;
			if (content[0] != right) {
				assertThatExceptionOfType(MalformedTransmissionException.class)
					.isThrownBy(() -> Protocol.parseRequest(content));
			}
		}
	}

	@Test
	void repliesAreThoseOfThePythonToolkit() {
		assertThat(Protocol.accepted("49152")).asString().isEqualTo("Transmission request accepted.49152");
		assertThat(Protocol.ACCEPTED).hasSize(30);
		assertThat(Protocol.FINISHED).asString().isEqualTo("Finished!");
		assertThat(Protocol.refused(RefusalReason.BUSY, "")).asString(StandardCharsets.ISO_8859_1)
			.isEqualTo("Transmission request not accepted.\u0006\u0000busy\u00ff");
	}

	@Test
	void standingChannelIsNoPort() {
		assertThat(Protocol.standingChannel("1234")).isEqualTo("1234.standing").doesNotMatch("\\d+");
	}

	@ParameterizedTest
	@EnumSource
	void reasonsHaveCodesThatAreReadBack(RefusalReason reason) {
		assertThat(reason.code()).matches("[a-z-]+");
		assertThat(RefusalReason.ofCode(reason.code())).isEqualTo(reason);
	}

	@Test
	void unknownReasonIsUnknown() {
		assertThat(RefusalReason.ofCode("moon-phase")).isEqualTo(RefusalReason.UNKNOWN);
	}

	@Test
	void fieldsAreDividedAtTheirSeparators() {
		byte[] joined = Protocol.joinFields(bytes("a"), bytes(""), bytes("cü"));
		assertThat(HexFormat.of().formatHex(joined)).isEqualTo("61ffff63c3bc");
		assertThat(Protocol.splitFields(joined, 5)).containsExactly(bytes("a"), bytes(""), bytes("cü"));
		assertThat(Protocol.splitFields(new byte[0], 5)).containsExactly(new byte[0]);
		assertThat(Protocol.splitFields(new byte[] { -1 }, 5)).containsExactly(new byte[0], new byte[0]);
	}

	@Test
	void lastFieldMayHoldSeparators() {
		byte[] joined = Protocol.joinFields(bytes("a"), new byte[] { 1, -1, 2 });
		assertThat(Protocol.splitFields(joined, 2)).containsExactly(bytes("a"), new byte[] { 1, -1, 2 });
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
