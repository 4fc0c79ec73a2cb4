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

package io.github.ipfstoolkit.listener;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import io.github.ipfstoolkit.testsupport.InMemoryTransmissionReceivers;
import io.github.ipfstoolkit.transmission.MessageTooLargeException;
import io.github.ipfstoolkit.transmission.ReceiverOptions;
import io.github.ipfstoolkit.transmission.Transmission;
import io.github.ipfstoolkit.transmission.conversation.ConversationOptions;
import io.github.ipfstoolkit.transmission.conversation.ConversationReceivers;
import org.junit.jupiter.api.Test;

import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.messaging.Message;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.assertArg;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link TransmissionListenerSource} in a container.
 */
class TransmissionListenerSourceTests {

	private static final ReceiverOptions RECEIVER_OPTIONS = new ReceiverOptions(1, 2, DataSize.ofBytes(3),
			Duration.ofSeconds(4), Duration.ofSeconds(5), Runnable::run);

	private final InMemoryTransmissionReceivers receivers = new InMemoryTransmissionReceivers();

	/**
	 * A mistake that others paid for: settings that never reach what they are for.
	 */
	@Test
	void receiverHasTheListenersConcurrencyAndExecutorAndElseTheApplicationsOptions() {
		Executor executor = new SimpleAsyncTaskExecutor();
		start((message) -> {
		}, executor);
		ReceiverOptions options = this.receivers.options("chat");
		assertThat(options.concurrency()).isEqualTo(6);
		assertThat(options.executor()).isSameAs(executor);
		assertThat(options).usingRecursiveComparison()
			.ignoringFields("concurrency", "executor")
			.isEqualTo(RECEIVER_OPTIONS);
	}

	@Test
	void messageComesWithItsSenderAndListener() {
		CompletableFuture<Message<?>> message = new CompletableFuture<>();
		start(message::complete, Runnable::run);
		this.receivers.send("chat", "hello").join();
		assertThat(message).isCompletedWithValueMatching((received) -> received.getPayload() instanceof Transmission);
		assertThat(message.join().getHeaders()).containsEntry(IpfsHeaders.SENDER, InMemoryTransmissionReceivers.ALICE)
			.containsEntry(IpfsHeaders.LISTENER, "chat")
			.containsEntry(IpfsHeaders.LENGTH, 5L);
	}

	@Test
	void receiverLearnsThatAMessageWasTooLarge() {
		start((message) -> {
			throw new MessageTooLargeException(4, DataSize.ofBytes(3));
		}, Runnable::run);
		assertThat(this.receivers.send("chat", "long")).failsWithin(Duration.ofSeconds(30))
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(MessageTooLargeException.class);
	}

	@Test
	void listenerThatAnswersHoldsItsConversationsAsItsOptionsSay() {
		ConversationReceivers requests = mock(ConversationReceivers.class);
		given(requests.options()).willReturn(ConversationOptions.defaults());
		IpfsListenerOptions options = IpfsListenerOptions.builder()
			.conversations((usual) -> usual.withMaxMessageSize(DataSize.ofBytes(7)))
			.build();
		new TransmissionListenerSource(this.receivers, RECEIVER_OPTIONS, requests).open(
				IpfsListenerEndpoint.of(IpfsListenerType.TRANSMISSION, "upper", new Answering()), options,
				new Answering());
		then(requests).should()
			.open(eq("upper"), any(),
					assertArg((how) -> assertThat(how).usingRecursiveComparison()
						.isEqualTo(ConversationOptions.defaults().withMaxMessageSize(DataSize.ofBytes(7)))),
					any(), any());
	}

	private void start(IpfsMessageListener listener, Executor executor) {
		IpfsListenerOptions options = IpfsListenerOptions.builder()
			.concurrency(6)
			.executorFactory((id) -> executor)
			.build();
		new DefaultIpfsListenerContainerFactory(options,
				List.of(new TransmissionListenerSource(this.receivers, RECEIVER_OPTIONS)))
			.createContainer(IpfsListenerEndpoint.of(IpfsListenerType.TRANSMISSION, "chat", listener))
			.start();
	}

	private static final class Answering implements IpfsMessageListener {

		@Override
		public void onMessage(Message<?> message) {
		}

		@Override
		public boolean answers() {
			return true;
		}

	}

}
