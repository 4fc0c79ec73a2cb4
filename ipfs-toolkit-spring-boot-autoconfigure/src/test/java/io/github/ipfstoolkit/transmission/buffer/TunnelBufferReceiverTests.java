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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.github.ipfstoolkit.testsupport.ExhaustedExecutor;
import io.github.ipfstoolkit.testsupport.ScriptedListener;
import io.github.ipfstoolkit.testsupport.ScriptedStream;
import io.github.ipfstoolkit.transmission.Observers;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.ObjectUtils;

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
		// after the one that accepts
		TunnelBufferReceiver receiver = receiver(8, new ExhaustedExecutor(this.threads, 2, failure), first, second);
		receiver.start();
		assertThat(this.received.poll(30, TimeUnit.SECONDS)).isEqualTo("second");
		assertThat(this.received).isEmpty();
		assertThat(first.closed).isTrue();
		assertThat(receiver.isActive()).isTrue();
		receiver.close();
	}

	@Test
	void streamsOfWhichNobodyTellsWhoseTheyAreTakeNoPlaces() throws Exception {
		ScriptedStream[] unidentified = Stream.generate(ScriptedStream::unidentified)
			.limit(5)
			.toArray(ScriptedStream[]::new);
		TunnelBufferReceiver receiver = receiver(1, this.threads,
				ObjectUtils.addObjectToArray(unidentified, ScriptedStream.ending("good")));
		receiver.start();
		assertThat(this.received.poll(30, TimeUnit.SECONDS)).isEqualTo("good");
		assertThat(unidentified).noneMatch((stream) -> stream.closed);
		receiver.close();
		assertThat(unidentified).allMatch((stream) -> stream.closed);
	}

	@Test
	void streamsOfWhichNobodyTellsWhoseTheyAreAreBounded() throws Exception {
		ScriptedStream[] unidentified = Stream.generate(ScriptedStream::unidentified)
			.limit(TunnelBufferReceiver.MAX_UNIDENTIFIED)
			.toArray(ScriptedStream[]::new);
		AtomicInteger tasks = new AtomicInteger();
		ScriptedStream another = ScriptedStream.unidentified();
		List<ScriptedStream> streams = new ArrayList<>(List.of(unidentified));
		streams.add(another);
		streams.add(ScriptedStream.ending("good"));
		TunnelBufferReceiver receiver = receiver(1, (task) -> {
			tasks.incrementAndGet();
			this.threads.execute(task);
		}, streams.toArray(ScriptedStream[]::new));
		receiver.start();
		Awaitility.await().until(() -> tasks.get() == 1 + unidentified.length);
		assertThat(this.received).isEmpty();
		unidentified[7].close();
		unidentified[8].close();
		assertThat(this.received.poll(30, TimeUnit.SECONDS)).isEqualTo("good");
		receiver.close();
		assertThat(unidentified).allMatch((stream) -> stream.closed);
		assertThat(another.closed).isTrue();
	}

	private TunnelBufferReceiver receiver(int maxStreams, Executor executor, ScriptedStream... streams) {
		BufferOptions options = new BufferOptions(Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofSeconds(30),
				maxStreams, 1, (offer) -> true, executor);
		return new TunnelBufferReceiver(new ScriptedListener("recordings", streams), options,
				(buffers) -> this.received.add(new String(buffers.input().readAllBytes(), StandardCharsets.US_ASCII)),
				(closed) -> {
				}, new Observers<>(List.of()));
	}

}
