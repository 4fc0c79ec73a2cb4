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

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.ipfstoolkit.p2p.TunnelListener;
import io.github.ipfstoolkit.p2p.TunnelStream;
import io.github.ipfstoolkit.testsupport.ScriptedListener;
import io.github.ipfstoolkit.testsupport.ScriptedStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link AcceptLoop}.
 */
class AcceptLoopTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final ExecutorService executor = Executors.newSingleThreadExecutor();

	private final List<TunnelStream> served = new ArrayList<>();

	@AfterEach
	void endThread() {
		this.executor.shutdownNow();
	}

	@Test
	void streamsAreServedUntilItIsStopped() {
		TunnelStream first = new ScriptedStream();
		TunnelStream second = new ScriptedStream();
		ScriptedListener listener = new ScriptedListener("talk", first, second);
		AcceptLoop loop = new AcceptLoop(listener, (stream) -> {
			synchronized (this.served) {
				this.served.add(stream);
			}
		});
		Future<?> run = this.executor.submit(loop);
		Awaitility.await().until(() -> {
			synchronized (this.served) {
				return this.served.equals(List.of(first, second));
			}
		});
		assertThat(loop.isStopped()).isFalse();
		loop.stop();
		assertThat(run).succeedsWithin(PATIENCE);
		assertThat(loop.isStopped()).isTrue();
		assertThat(listener.isActive()).isFalse();
	}

	@Test
	void failureIsNotTheEnd() throws IOException {
		TunnelStream stream = new ScriptedStream();
		TunnelListener listener = mock(TunnelListener.class);
		AcceptLoop[] loop = new AcceptLoop[1];
		loop[0] = new AcceptLoop(listener, (accepted) -> {
			this.served.add(accepted);
			loop[0].stop();
		});
		given(listener.accept()).willThrow(new IOException("Too many open files")).willReturn(stream);
		assertThat(this.executor.submit(loop[0])).succeedsWithin(PATIENCE);
		assertThat(this.served).containsExactly(stream);
		then(listener).should().close();
	}

	/**
	 * Such a thread can not wait, so that it would try again and again without a pause.
	 */
	@Test
	void interruptedThreadEndsIt() throws IOException {
		AtomicInteger asked = new AtomicInteger();
		TunnelListener listener = mock(TunnelListener.class);
		given(listener.accept()).willAnswer((call) -> {
			asked.incrementAndGet();
			Thread.currentThread().interrupt();
			throw new IOException("closed by interrupt");
		});
		assertThat(this.executor.submit(new AcceptLoop(listener, this.served::add))).succeedsWithin(PATIENCE);
		assertThat(asked).hasValue(1);
	}

}
