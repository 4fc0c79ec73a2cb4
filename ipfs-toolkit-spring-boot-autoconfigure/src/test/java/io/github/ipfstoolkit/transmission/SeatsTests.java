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
import java.util.concurrent.CompletableFuture;

import io.github.ipfstoolkit.PeerId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Seats}.
 */
class SeatsTests {

	private static final PeerId ALICE = PeerId.of("12D3KooWSqWVnXUtxkWGg8mTJzHhgwgrQDSxLEZsTZbDyGNnBtjn");

	private static final PeerId BOB = PeerId.of("12D3KooWGL1WQ2TXMou8HRB8zv7K274sDfWbF3noAnxWESU6RL2K");

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final Seats seats = new Seats(4, 0.75);

	@Test
	void onePeerDoesNotGetAll() throws InterruptedException {
		for (int i = 0; i < 3; i++) {
			assertThat(this.seats.take(ALICE, Duration.ZERO)).isTrue();
		}
		assertThat(this.seats.take(ALICE, Duration.ofMillis(50))).isFalse();
		assertThat(this.seats.take(BOB, Duration.ZERO)).isTrue();
		assertThat(this.seats.take(BOB, Duration.ofMillis(50))).isFalse();
	}

	@Test
	void seatThatIsFreedGoesToWhoWaits() throws Exception {
		for (int i = 0; i < 3; i++) {
			this.seats.take(ALICE, Duration.ZERO);
		}
		CompletableFuture<Boolean> waiting = takeLater();
		assertThat(waiting).isNotDone();
		this.seats.free(ALICE);
		assertThat(waiting).succeedsWithin(PATIENCE).isEqualTo(true);
	}

	@Test
	void nobodyWaitsForSeatsThatAreClosed() throws Exception {
		for (int i = 0; i < 3; i++) {
			this.seats.take(ALICE, Duration.ZERO);
		}
		CompletableFuture<Boolean> waiting = takeLater();
		this.seats.close();
		assertThat(waiting).succeedsWithin(PATIENCE).isEqualTo(false);
		assertThat(this.seats.take(BOB, Duration.ZERO)).isFalse();
		assertThat(this.seats.awaitFree(Duration.ofMillis(50))).isFalse();
		for (int i = 0; i < 3; i++) {
			this.seats.free(ALICE);
		}
		assertThat(this.seats.awaitFree(Duration.ZERO)).isTrue();
	}

	private CompletableFuture<Boolean> takeLater() {
		return CompletableFuture.supplyAsync(() -> {
			try {
				return this.seats.take(ALICE, PATIENCE);
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		});
	}

}
