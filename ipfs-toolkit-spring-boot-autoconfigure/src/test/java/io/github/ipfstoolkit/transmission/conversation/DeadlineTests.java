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

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Deadline}.
 */
class DeadlineTests {

	private final ConversationOptions options = ConversationOptions.defaults().withTimeout(Duration.ofMinutes(2));

	@Test
	void nothingTakesLongerThanWhatIsLeft() {
		Deadline deadline = Deadline.in(Duration.ofMinutes(1));
		assertThat(deadline.hasPassed()).isFalse();
		ConversationOptions bound = deadline.bound(this.options);
		assertThat(bound.timeout()).isBetween(Duration.ofMillis(1), Duration.ofMinutes(1));
		assertThat(bound.maxDuration()).isBetween(Duration.ofMillis(1), Duration.ofMinutes(1));
	}

	@Test
	void shorterTimeoutsStayAsTheyAre() {
		ConversationOptions brief = this.options.withMaxDuration(Duration.ofMinutes(3));
		assertThat(Deadline.in(Duration.ofDays(1)).bound(brief)).isEqualTo(brief);
	}

	@Test
	void whatHasPassedLeavesNoTimeAndNoTimeoutOfZero() {
		Deadline deadline = Deadline.in(Duration.ZERO);
		assertThat(deadline.hasPassed()).isTrue();
		assertThat(deadline.remaining()).isZero();
		assertThat(deadline.bound(this.options).timeout()).isEqualTo(Duration.ofMillis(1));
	}

	@Test
	void neverBoundsNothing() {
		Deadline never = Deadline.never();
		assertThat(never.hasPassed()).isFalse();
		assertThat(never.remaining()).isGreaterThan(Duration.ofDays(365));
		assertThat(never.bound(this.options)).isSameAs(this.options);
	}

}
