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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.github.ipfstoolkit.testsupport.ExhaustedExecutor;
import io.github.ipfstoolkit.testsupport.ScriptedListener;
import io.github.ipfstoolkit.testsupport.ScriptedStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TunnelTransmissionReceiver} without a node. How it receives is what
 * {@link ReceiverIT} tries.
 */
class TunnelTransmissionReceiverTests {

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final RecordingObserver observer = new RecordingObserver();

	private final BlockingQueue<String> handled = new LinkedBlockingQueue<>();

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
	}

	/**
	 * A mistake that others paid for: errors that end what accepts for good.
	 */
	@ParameterizedTest
	@ValueSource(classes = { OutOfMemoryError.class, RejectedExecutionException.class })
	void goesOnToAcceptWhenThereWasNoThreadForAStream(Class<? extends Throwable> failure) throws Exception {
		ScriptedStream first = ScriptedStream.ending(Frame.of("first".getBytes(StandardCharsets.US_ASCII)));
		ScriptedStream second = ScriptedStream.ending(Frame.of("second".getBytes(StandardCharsets.US_ASCII)));
		ReceiverOptions options = new ReceiverOptions(2, 8, DataSize.ofKilobytes(1), Duration.ofSeconds(5),
				Duration.ofSeconds(5), new ExhaustedExecutor(this.threads, 3, failure));
		TunnelTransmissionReceiver receiver = new TunnelTransmissionReceiver(new ScriptedListener("chat"),
				new ScriptedListener("chat.standing", first, second), options,
				(message) -> this.handled.add(new String(message.bytes())), this.observer);
		receiver.start();
		assertThat(this.handled.poll(30, TimeUnit.SECONDS)).isEqualTo("second");
		assertThat(this.handled).isEmpty();
		assertThat(first.closed).isTrue();
		assertThat(this.observer.receiveFailures).containsExactly(ReceiveFailure.BUSY);
		assertThat(receiver.isActive()).isTrue();
		receiver.close();
	}

}
