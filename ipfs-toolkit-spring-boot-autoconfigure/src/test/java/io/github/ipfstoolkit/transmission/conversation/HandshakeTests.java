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
package io.github.ipfstoolkit.transmission.conversation;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Handshake}.
 */
class HandshakeTests {

	@Test
	void withoutASalutationItIsThePlainOne() {
		Handshake handshake = new Handshake("name", new byte[0]);
		assertThat(handshake.toStart()).isEqualTo(latin1("I want to start a conversation\u00ffname"));
		assertThat(handshake.toJoin()).isEqualTo(latin1("I'm listening\u00ffname"));
	}

	@Test
	void withASalutationItIsTheVersionedOne() {
		Handshake handshake = new Handshake("name", latin1("a\u00ffb"));
		assertThat(handshake.toStart())
			.isEqualTo(latin1("\u00ff\u0000\u00ffI want to start a conversation\u00ffname\u00ffa\u00ffb"));
		assertThat(handshake.toJoin()).isEqualTo(latin1("\u00ff\u0000\u00ffI'm listening\u00ffname\u00ffa\u00ffb"));
	}

	@Test
	void isReadAsItWasWritten() {
		for (String salutation : new String[] { "", "x", "a\u00ffb\u00ff" }) {
			Handshake handshake = new Handshake("Grüße", latin1(salutation));
			assertThat(Handshake.mayStart(handshake.toStart())).isTrue();
			assertSame(Handshake.parseStart(handshake.toStart()), handshake);
			assertSame(Handshake.parseJoin(handshake.toJoin()), handshake);
			assertThat(Handshake.parseJoin(handshake.toStart())).isEmpty();
			assertThat(Handshake.parseStart(handshake.toJoin())).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\u00ff", "I want to start a conversation", "I want to start a conversation\u00ff",
			"I want to start a conversation!\u00ffname", "\u00ff\u0000\u00ffI want to start a conversation",
			"\u00ff\u0000\u00ffI want to start a conversation\u00ff\u00ffsalutation",
			"\u00ff\u0001\u00ffI want to start a conversation\u00ffname\u00ffsalutation", "I'm listening\u00ffname" })
	void isNoStart(String message) {
		assertThat(Handshake.parseStart(latin1(message))).isEmpty();
	}

	@Test
	void nameThatIsTooLongIsNotTaken() {
		assertThat(Handshake.parseStart(new Handshake("n".repeat(1024), new byte[0]).toStart())).isPresent();
		assertThat(Handshake.parseStart(new Handshake("n".repeat(1025), new byte[0]).toStart())).isEmpty();
	}

	private static void assertSame(Optional<Handshake> parsed, Handshake expected) {
		assertThat(parsed).hasValueSatisfying((handshake) -> {
			assertThat(handshake.name()).isEqualTo(expected.name());
			assertThat(handshake.salutation()).isEqualTo(expected.salutation());
		});
	}

	private static byte[] latin1(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

}
