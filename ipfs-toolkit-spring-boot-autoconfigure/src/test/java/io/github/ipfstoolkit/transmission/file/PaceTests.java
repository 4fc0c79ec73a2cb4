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
package io.github.ipfstoolkit.transmission.file;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.github.ipfstoolkit.transmission.conversation.ListenTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Pace}.
 */
@Timeout(30)
class PaceTests {

	private final Pace pace = new Pace(LocalConversations.ALICE, Duration.ofSeconds(1), 0);

	@Test
	void waitsForNoLongerThanTheTimeOut() {
		assertThat(this.pace.<Duration>await((remaining) -> remaining)).isEqualTo(Duration.ofSeconds(1));
		assertThat(this.pace.<Duration>await((remaining) -> remaining)).isLessThan(Duration.ofSeconds(1));
	}

	@Test
	void oneThatSaysALittleNowAndThenIsGivenUp() {
		assertThatExceptionOfType(ListenTimeoutException.class).isThrownBy(() -> {
			for (int i = 1; i < 10_000; i++) {
				this.pace.await(PaceTests::pause);
				this.pace.reached(i);
			}
		});
	}

	@Test
	void oneThatIsFastEnoughHasAllTheTime() {
		long start = System.nanoTime();
		for (int i = 1; System.nanoTime() - start < Duration.ofSeconds(2).toNanos(); i++) {
			this.pace.await(PaceTests::pause);
			this.pace.reached((long) i * Pace.PORTION);
		}
	}

	private static boolean pause(Duration remaining) {
		try {
			// stands for a peer that is slow
			TimeUnit.MILLISECONDS.sleep(20);
			return true;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
