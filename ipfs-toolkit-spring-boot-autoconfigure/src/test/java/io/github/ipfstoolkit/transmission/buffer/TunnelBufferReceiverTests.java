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

package io.github.ipfstoolkit.transmission.buffer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.github.ipfstoolkit.testsupport.ExhaustedExecutor;
import io.github.ipfstoolkit.testsupport.ScriptedListener;
import io.github.ipfstoolkit.testsupport.ScriptedStream;
import io.github.ipfstoolkit.transmission.Observers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TunnelBufferReceiver} without a node. How it receives is what
 * {@link BufferIT} tries.
 */
class TunnelBufferReceiverTests {

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
	}

	@ParameterizedTest
	@ValueSource(classes = { OutOfMemoryError.class, RejectedExecutionException.class })
	void goesOnToAcceptWhenThereWasNoThreadForAStream(Class<? extends Throwable> failure) throws Exception {
		ScriptedStream first = ScriptedStream.ending("first");
		ScriptedStream second = ScriptedStream.ending("second");
		BufferOptions options = new BufferOptions(Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofSeconds(30),
				8, 1, (offer) -> true, new ExhaustedExecutor(this.threads, 2, failure)); // after
																							// the
																							// one
																							// that
																							// accepts
		TunnelBufferReceiver receiver = new TunnelBufferReceiver(new ScriptedListener("recordings", first, second),
				options,
				(buffers) -> this.received.add(new String(buffers.input().readAllBytes(), StandardCharsets.US_ASCII)),
				(closed) -> {
				}, new Observers<>(List.of()));
		receiver.start();
		assertThat(this.received.poll(30, TimeUnit.SECONDS)).isEqualTo("second");
		assertThat(this.received).isEmpty();
		assertThat(first.closed).isTrue();
		assertThat(receiver.isActive()).isTrue();
		receiver.close();
	}

}
