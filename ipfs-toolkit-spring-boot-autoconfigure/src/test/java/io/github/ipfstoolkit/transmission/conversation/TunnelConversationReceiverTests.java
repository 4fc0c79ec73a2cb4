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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.github.ipfstoolkit.testsupport.ExhaustedExecutor;
import io.github.ipfstoolkit.testsupport.InMemoryTransmissionReceivers;
import io.github.ipfstoolkit.testsupport.ScriptedListener;
import io.github.ipfstoolkit.testsupport.ScriptedStream;
import io.github.ipfstoolkit.transmission.Frame;
import io.github.ipfstoolkit.transmission.Protocol;
import io.github.ipfstoolkit.transmission.ReceiverOptions;
import io.github.ipfstoolkit.transmission.RefusalReason;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link TunnelConversationReceiver} without a node. How it converses is what
 * {@link ConversationIT} tries.
 */
class TunnelConversationReceiverTests {

	private final ExecutorService threads = Executors.newCachedThreadPool();

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
	}

	@ParameterizedTest
	@ValueSource(classes = { OutOfMemoryError.class, RejectedExecutionException.class })
	void goesOnToAcceptWhenThereWasNoThreadForAStream(Class<? extends Throwable> failure) {
		ScriptedStream first = ScriptedStream.ending(Frame.of(new byte[] { 1 }));
		ScriptedStream second = ScriptedStream.ending(Frame.of(new byte[] { 1 }));
		ReceiverOptions options = new ReceiverOptions(2, 8, DataSize.ofKilobytes(1), Duration.ofSeconds(30),
				Duration.ofSeconds(30), new ExhaustedExecutor(this.threads, 2, failure)); // after
																							// the
																							// one
																							// that
																							// accepts
		TunnelConversationReceiver receiver = new TunnelConversationReceiver("talk",
				new ScriptedListener("talk.conversation", first, second), options, ConversationOptions.defaults(),
				(conversation) -> {
				}, null, mock(ConversationFactory.class), (closed) -> {
				});
		receiver.start(new InMemoryTransmissionReceivers());
		Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> second.closed);
		// it was read, and is no start of a conversation
		assertThat(second.writes).containsExactly(Protocol.refused(RefusalReason.MALFORMED, ""));
		assertThat(first.closed).isTrue();
		assertThat(first.writes).containsExactly(Protocol.refused(RefusalReason.BUSY, ""));
		assertThat(receiver.isActive()).isTrue();
		receiver.close();
	}

}
