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
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.ipfstoolkit.p2p.TunnelListener;
import io.github.ipfstoolkit.p2p.TunnelStream;
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
		AtomicInteger tasks = new AtomicInteger();
		ReceiverOptions options = new ReceiverOptions(2, 8, DataSize.ofKilobytes(1), Duration.ofSeconds(5),
				Duration.ofSeconds(5), (task) -> {
					if (tasks.incrementAndGet() == 3) { // after those that accept
						throwAny(failure);
					}
					this.threads.execute(task);
				});
		TunnelTransmissionReceiver receiver = new TunnelTransmissionReceiver(new ScriptedListener("chat", List.of()),
				new ScriptedListener("chat.standing", List.of(first, second)), options,
				(message) -> this.handled.add(new String(message.bytes())), this.observer);
		receiver.start();
		assertThat(this.handled.poll(30, TimeUnit.SECONDS)).isEqualTo("second");
		assertThat(this.handled).isEmpty();
		assertThat(first.closed).isTrue();
		assertThat(this.observer.receiveFailures).containsExactly(ReceiveFailure.BUSY);
		assertThat(receiver.isActive()).isTrue();
		receiver.close();
	}

	private static void throwAny(Class<? extends Throwable> type) {
		try {
			throw TunnelTransmissionReceiverTests.<RuntimeException>cast(
					type.getConstructor(String.class).newInstance("unable to create native thread"));
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@SuppressWarnings("unchecked")
	private static <T extends Throwable> T cast(Throwable failure) throws T {
		throw (T) failure;
	}

	/**
	 * Has streams to accept, and waits for ever then.
	 */
	private static final class ScriptedListener implements TunnelListener {

		private final String protocol;

		private final BlockingQueue<TunnelStream> streams;

		private final CountDownLatch closed = new CountDownLatch(1);

		ScriptedListener(String protocol, List<ScriptedStream> streams) {
			this.protocol = protocol;
			this.streams = new LinkedBlockingQueue<>(streams);
		}

		@Override
		public String protocol() {
			return this.protocol;
		}

		@Override
		public boolean isActive() {
			return this.closed.getCount() > 0;
		}

		@Override
		public TunnelStream accept() throws IOException {
			TunnelStream next = this.streams.poll();
			if (next == null) {
				try {
					this.closed.await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
				throw new SocketException("closed");
			}
			return next;
		}

		@Override
		public void close() {
			this.closed.countDown();
		}

	}

}
