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
 * Tests for {@link PortRange}.
 */
class PortRangeTests {

	@Test
	void readsRangesPortsAndZero() {
		assertThat(PortRange.of("20001-20499")).isEqualTo(new PortRange(20001, 20499)).hasToString("20001-20499");
		assertThat(PortRange.of(" 4001 ")).isEqualTo(new PortRange(4001, 4001)).hasToString("4001");
		assertThat(PortRange.of("0")).isEqualTo(PortRange.ANY).hasToString("0");
		assertThat(PortRange.ANY.isAny()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "2-1", "0-5", "1-65536", "-1", "1-2-3", "1-" })
	void refusesWhatIsNone(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> PortRange.of(text));
	}

	@Test
	void shufflingGivesEachPortOnce() {
		assertThat(new PortRange(10, 13).shuffled()).containsExactlyInAnyOrder(10, 11, 12, 13);
	}

}
