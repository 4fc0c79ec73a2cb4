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

package io.github.ipfstoolkit.p2p;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ProtocolName}.
 */
class ProtocolNameTests {

	@ParameterizedTest
	@ValueSource(strings = { "chat", "a/b:c", "my file.txt_conv", "grüße" })
	void putsNamesIntoKubosNameSpace(String name) {
		assertThat(ProtocolName.toKubo(name)).isEqualTo("/x/" + name);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", " chat", "chat ", "a\nb", "a\u0000b", "a\tb", "a\u007fb" })
	void refusesWhatCanNotBeAName(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> ProtocolName.toKubo(name));
	}

	@Test
	void refusesWhatIsTooLong() {
		assertThat(ProtocolName.toKubo("x".repeat(512))).hasSize(515);
		assertThatIllegalArgumentException().isThrownBy(() -> ProtocolName.toKubo("x".repeat(513)));
	}

}
