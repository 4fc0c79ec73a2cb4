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
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

import io.github.ipfstoolkit.listener.ConversationListenerSource.ConversationReception;
import io.github.ipfstoolkit.transmission.MessageTooLargeException;
import io.github.ipfstoolkit.transmission.ReceiverOptions;
import io.github.ipfstoolkit.transmission.Transmission;
import io.github.ipfstoolkit.transmission.TransmissionReceiver;
import io.github.ipfstoolkit.transmission.TransmissionReceivers;
import io.github.ipfstoolkit.transmission.conversation.Conversation;
import io.github.ipfstoolkit.transmission.conversation.ConversationOptions;
import io.github.ipfstoolkit.transmission.conversation.ConversationReceiver;
import io.github.ipfstoolkit.transmission.conversation.ConversationReceivers;
import org.jspecify.annotations.Nullable;

import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.support.MessageBuilder;

/**
 * Lets listeners take the messages that peers send to their names. The receiver bounds
 * them, runs them on the listener's executor and acknowledges those that are accepted.
 * Where a listener answers, they can send requests too, each a conversation with one
 * message each way.
 *
 * @since 0.1.0
 */
public class TransmissionListenerSource implements IpfsListenerSource {

	private final TransmissionReceivers receivers;

	private final ReceiverOptions receiverOptions;

	private final @Nullable ConversationReceivers requests;

	/**
	 * Creates a source.
	 * @param receivers opens the receivers
	 * @param receiverOptions how to receive; concurrency, executor and acknowledgement
	 * are replaced by those of the listener
	 */
	public TransmissionListenerSource(TransmissionReceivers receivers, ReceiverOptions receiverOptions) {
		this(receivers, receiverOptions, null);
	}

	/**
	 * Creates a source of messages and requests.
	 * @param receivers opens the receivers
	 * @param receiverOptions how to receive; concurrency, executor and acknowledgement
	 * are replaced by those of the listener
	 * @param requests opens the receivers of listeners that answer, {@code null} where
	 * none may
	 */
	public TransmissionListenerSource(TransmissionReceivers receivers, ReceiverOptions receiverOptions,
			@Nullable ConversationReceivers requests) {
		this.receivers = receivers;
		this.receiverOptions = receiverOptions;
		this.requests = requests;
	}

	@Override
	public IpfsListenerType type() {
		return IpfsListenerType.TRANSMISSION;
	}

	@Override
	public Reception open(IpfsListenerEndpoint endpoint, IpfsListenerOptions options, IpfsMessageListener listener) {
		ReceiverOptions merged = this.receiverOptions.with(options.concurrency(),
				options.executorFactory().apply(endpoint.id()), options.ackMode());
		if (endpoint.listener().answers()) {
			return new ConversationReception(openForRequests(endpoint, merged, options, listener));
		}
		TransmissionReceiver receiver = this.receivers.open(endpoint.name(), merged,
				(transmission) -> handle(transmission, listener));
		return new TransmissionReception(receiver);
	}

	private ConversationReceiver openForRequests(IpfsListenerEndpoint endpoint, ReceiverOptions receiverOptions,
			IpfsListenerOptions options, IpfsMessageListener listener) {
		ConversationReceivers requests = this.requests;
		if (requests == null) {
			throw new InvalidListenerException(
					("Listener '%s' answers, for which there is no bean of type ConversationReceivers. "
							+ "Make its method void")
						.formatted(endpoint.id()));
		}
		ConversationOptions how = options.conversations().apply(requests.options());
		return requests.open(endpoint.name(), receiverOptions, how,
				(conversation) -> answer(conversation, how.timeout(), listener),
				(transmission) -> handle(transmission, listener));
	}

	private static void answer(Conversation conversation, Duration timeout, IpfsMessageListener listener)
			throws Exception {
		Request request = new Request(conversation.peer(), conversation.listener(), conversation.listen(timeout));
		Consumer<Object> reply = conversation::say;
		handle(request, Map.of(IpfsHeaders.REPLY, reply), listener);
	}

	private static void handle(Transmission transmission, IpfsMessageListener listener) throws Exception {
		handle(transmission, Map.of(), listener);
	}

	private static void handle(Transmission transmission, Map<String, Object> moreHeaders, IpfsMessageListener listener)
			throws Exception {
		try {
			Map<String, Object> headers = new HashMap<>(moreHeaders);
			headers.put(IpfsHeaders.SENDER, transmission.sender());
			headers.put(IpfsHeaders.LISTENER, transmission.listener());
			headers.put(IpfsHeaders.LENGTH, transmission.length());
			listener.onMessage(MessageBuilder.createMessage(transmission, new MessageHeaders(headers)));
		}
		catch (ListenerExecutionFailedException ex) {
			if (ex.getCause() instanceof MessageTooLargeException tooLarge) {
				// the receiver tells the sender so
				throw tooLarge;
			}
			throw ex;
		}
	}

	private record TransmissionReception(TransmissionReceiver receiver) implements Reception {

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
