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

import java.nio.file.Path;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.transmission.file.TransferLimits.Place;
import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link TransferLimits}.
 */
class TransferLimitsTests {

	private static final PeerId ALICE = PeerId.of("12D3KooWSqWVnXUtxkWGg8mTJzHhgwgrQDSxLEZsTZbDyGNnBtjn");

	private static final PeerId BOB = PeerId.of("12D3KooWGL1WQ2TXMou8HRB8zv7K274sDfWbF3noAnxWESU6RL2K");

	private long free = 110;

	private final TransferLimits limits = new TransferLimits(
			FileReceiverOptions.of(Path.of("inbox")).withMinFreeSpace(DataSize.ofBytes(10)).withMaxTransfers(3, 2),
			(directory) -> this.free);

	@Test
	void filesThatFitOnlyAloneGetTheirSpaceOneAfterTheOther() throws Exception {
		try (Place second = this.limits.enter(BOB)) {
			try (Place first = this.limits.enter(ALICE)) {
				first.reserve(60);
				assertRefused(second, 41);
				second.reserve(40);
			}
			assertRefused(second, 61);
			second.reserve(60);
		}
	}

	@Test
	void whatHasArrivedIsNotSetAsideAnyMore() throws Exception {
		try (Place first = this.limits.enter(ALICE); Place second = this.limits.enter(BOB)) {
			first.reserve(60);
			this.free -= 50;
			first.arrived(50);
			assertRefused(second, 41);
			second.reserve(40);
		}
		try (Place third = this.limits.enter(ALICE)) {
			third.reserve(50);
			assertRefused(third, 1);
		}
	}

	@Test
	void spaceThatOthersHaveTakenIsNoticed() throws Exception {
		try (Place place = this.limits.enter(ALICE)) {
			place.reserve(100);
			this.free = 10;
			assertThatNoException().isThrownBy(() -> place.checkSpace(0));
			this.free = 9;
			assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> place.checkSpace(0))
				.matches((ex) -> ex.refusal() == FileRefusal.NO_SPACE)
				.matches((ex) -> ex.detail().equals("it has 0 bytes free for files"));
		}
	}

	@Test
	void placesAreBoundedForEachPeerAndInAll() throws Exception {
		Place first = this.limits.enter(ALICE);
		Place second = this.limits.enter(ALICE);
		assertFull(ALICE, FileRefusal.PEER_BUSY);
		Place third = this.limits.enter(BOB);
		assertFull(BOB, FileRefusal.BUSY);
		first.close();
		this.limits.enter(BOB).close();
		second.close();
		third.close();
		this.limits.enter(ALICE);
		this.limits.enter(ALICE);
		assertFull(ALICE, FileRefusal.PEER_BUSY);
	}

	private static void assertRefused(Place place, long bytes) {
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> place.reserve(bytes))
			.matches((ex) -> ex.refusal() == FileRefusal.NO_SPACE);
	}

	private void assertFull(PeerId peer, FileRefusal refusal) {
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> this.limits.enter(peer))
			.matches((ex) -> ex.refusal() == refusal);
	}

}
