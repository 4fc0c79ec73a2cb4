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
import java.util.Map;
import java.util.function.Consumer;

import io.github.ipfstoolkit.transmission.AckMode;
import io.github.ipfstoolkit.transmission.ReceiverOptions;
import io.github.ipfstoolkit.transmission.TransmissionException;
import io.github.ipfstoolkit.transmission.conversation.Conversation;
import io.github.ipfstoolkit.transmission.conversation.ConversationReceiver;
import io.github.ipfstoolkit.transmission.conversation.ConversationReceivers;

import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.support.MessageBuilder;

/**
 * Lets listeners take the conversations that peers start at their names. When as many are
 * held as the listener's concurrency allows, others wait.
 *
 * @since 0.1.0
 */
public class ConversationListenerSource implements IpfsListenerSource {

	private final ConversationReceivers receivers;

	private final ReceiverOptions receiverOptions;

	/**
	 * Creates a source.
	 * @param receivers opens the receivers
	 * @param receiverOptions how to receive; concurrency and executor are replaced by
	 * those of the listener
	 */
	public ConversationListenerSource(ConversationReceivers receivers, ReceiverOptions receiverOptions) {
		this.receivers = receivers;
		this.receiverOptions = receiverOptions;
	}

	@Override
	public IpfsListenerType type() {
		return IpfsListenerType.CONVERSATION;
	}

	@Override
	public Reception open(IpfsListenerEndpoint endpoint, IpfsListenerOptions options, IpfsMessageListener listener) {
		ReceiverOptions merged = this.receiverOptions.with(options.concurrency(),
				options.executorFactory().apply(endpoint.id()), AckMode.HANDLED);
		return new ConversationReception(
				this.receivers.open(endpoint.name(), merged, options.conversations().apply(this.receivers.options()),
						(conversation) -> converse(conversation, listener), null));
	}

	private static void converse(Conversation conversation, IpfsMessageListener listener) throws Exception {
		try {
			listener.onMessage(MessageBuilder.createMessage(conversation, headers(conversation)));
		}
		catch (ListenerExecutionFailedException ex) {
			if (ex.getCause() instanceof TransmissionException failure) {
				// the receiver tells the other end what it was
				throw failure;
			}
			throw ex;
		}
	}

	private static MessageHeaders headers(Conversation conversation) {
		Consumer<Object> reply = conversation::say;
		return new MessageHeaders(Map.of(IpfsHeaders.SENDER, conversation.peer(), IpfsHeaders.LISTENER,
				conversation.listener(), IpfsHeaders.REPLY, reply));
	}

	/**
	 * Receives conversations.
	 *
	 * @param receiver where they come from
	 */
	record ConversationReception(ConversationReceiver receiver) implements Reception {

		@Override
		public boolean isActive() {
			return this.receiver.isActive();
		}

		@Override
		public boolean drain(Duration timeout) {
			return this.receiver.drain(timeout);
		}

		@Override
		public void close() {
			this.receiver.close();
		}

	}

}
