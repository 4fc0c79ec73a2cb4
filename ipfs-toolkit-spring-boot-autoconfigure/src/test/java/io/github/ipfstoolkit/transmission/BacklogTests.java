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
import java.io.EOFException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

import io.github.ipfstoolkit.PeerId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Backlog}.
 */
class BacklogTests {

	private static final PeerId ALICE = PeerId.of("12D3KooWSqWVnXUtxkWGg8mTJzHhgwgrQDSxLEZsTZbDyGNnBtjn");

	private static final PeerId BOB = PeerId.of("12D3KooWEqnTdgqHnkkwarSrJjeMP2ZJiADWLYADaNvUb6SQNyPF");

	private final List<Runnable> workers = new ArrayList<>();

	private final List<String> handled = new ArrayList<>();

	private final Semaphore memory = new Semaphore(100);

	private final Share share = new Share(new Semaphore(10), new Semaphore(50));

	private Backlog backlog = new Backlog(this.workers::add, 2, this.memory);

	private void add(PeerId sender, String text) throws Exception {
		this.backlog.store(sender, this.share, text.length(), new ByteArrayInputStream(text.getBytes()))
			.handleLater(() -> this.handled.add(text));
	}

	@Test
	void peersTakeTurnsAndEachKeepsItsOrder() throws Exception {
		add(ALICE, "a1");
		add(ALICE, "a2");
		add(ALICE, "a3");
		add(BOB, "b1");
		add(BOB, "b2");
		assertThat(this.workers).hasSize(2);
		this.workers.get(0).run();
		assertThat(this.handled).containsExactly("a1", "b1", "a2", "b2", "a3");
		this.workers.get(1).run();
		add(BOB, "b3");
		assertThat(this.workers).hasSize(3);
	}

	@Test
	void memoryIsGivenBackOnceHandled() throws Exception {
		add(ALICE, "a1");
		assertThat(this.memory.availablePermits()).isEqualTo(99);
		assertThat(this.share.memory().availablePermits()).isEqualTo(49);
		this.workers.get(0).run();
		assertThat(this.memory.availablePermits()).isEqualTo(100);
		assertThat(this.share.memory().availablePermits()).isEqualTo(50);
	}

	@Test
	void memoryIsGivenBackWhenTheMessageBreaks() {
		assertThatExceptionOfType(EOFException.class)
			.isThrownBy(() -> this.backlog.store(ALICE, this.share, 10, new ByteArrayInputStream(new byte[9])));
		assertThat(this.memory.availablePermits()).isEqualTo(100);
		assertThat(this.share.memory().availablePermits()).isEqualTo(50);
	}

	@Test
	void whatWasAcknowledgedIsHandledWithoutAThreadToo() throws Exception {
		this.backlog = new Backlog((task) -> {
			throw new RejectedExecutionException("no thread");
		}, 2, this.memory);
		add(ALICE, "a1");
		assertThat(this.handled).containsExactly("a1");
	}

}
