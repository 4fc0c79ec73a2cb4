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

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link SendLimits}.
 */
class SendLimitsTests {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	@Test
	void stepTakesNoLongerThanTheTimeoutOrWhatIsLeft() {
		assertThat(new SendLimits(MINUTE, 0).step()).isEqualTo(MINUTE);
		assertThat(new SendLimits(MINUTE, 0, () -> Duration.ofHours(1)).step()).isEqualTo(MINUTE);
		assertThat(new SendLimits(MINUTE, 0, () -> Duration.ofSeconds(3)).step()).isEqualTo(Duration.ofSeconds(3));
	}

	/**
	 * Zero would mean without end.
	 */
	@Test
	void stepHasAMillisecondWhenNothingIsLeft() {
		assertThat(new SendLimits(MINUTE, 0, () -> Duration.ZERO).step()).isEqualTo(Duration.ofMillis(1));
	}

	@Test
	void valuesOutOfRangeAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new SendLimits(Duration.ZERO, 0))
			.withMessage("'timeout' must be positive");
		assertThatIllegalArgumentException().isThrownBy(() -> new SendLimits(MINUTE, -1))
			.withMessage("'retries' must not be negative");
	}

}
