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

import io.github.ipfstoolkit.transmission.MessageTooLargeException;
import io.github.ipfstoolkit.transmission.ReceiverOptions;
import io.github.ipfstoolkit.transmission.Transmission;
import io.github.ipfstoolkit.transmission.TransmissionReceiver;
import io.github.ipfstoolkit.transmission.TransmissionReceivers;

import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.support.MessageBuilder;

/**
 * Lets listeners take the messages that peers send to their names. The receiver bounds
 * them, runs them on the listener's executor and acknowledges those that are accepted.
 *
 * @since 0.1.0
 */
public class TransmissionListenerSource implements IpfsListenerSource {

	private final TransmissionReceivers receivers;

	private final ReceiverOptions receiverOptions;

	/**
	 * Creates a source.
	 * @param receivers opens the receivers
	 * @param receiverOptions how to receive; concurrency, executor and acknowledgement
	 * are replaced by those of the listener
	 */
	public TransmissionListenerSource(TransmissionReceivers receivers, ReceiverOptions receiverOptions) {
		this.receivers = receivers;
		this.receiverOptions = receiverOptions;
	}

	@Override
	public IpfsListenerType type() {
		return IpfsListenerType.TRANSMISSION;
	}

	@Override
	public Reception open(IpfsListenerEndpoint endpoint, IpfsListenerOptions options, IpfsMessageListener listener) {
		ReceiverOptions merged = this.receiverOptions.with(options.concurrency(),
				options.executorFactory().apply(endpoint.id()), options.ackMode());
		TransmissionReceiver receiver = this.receivers.open(endpoint.name(), merged,
				(transmission) -> handle(transmission, listener));
		return new TransmissionReception(receiver);
	}

	private static void handle(Transmission transmission, IpfsMessageListener listener) throws Exception {
		try {
			listener.onMessage(MessageBuilder.createMessage(transmission, headers(transmission)));
		}
		catch (ListenerExecutionFailedException ex) {
			if (ex.getCause() instanceof MessageTooLargeException tooLarge) {
				// the receiver tells the sender so
				throw tooLarge;
			}
			throw ex;
		}
	}

	private static MessageHeaders headers(Transmission transmission) {
		return new MessageHeaders(Map.of(IpfsHeaders.SENDER, transmission.sender(), IpfsHeaders.LISTENER,
				transmission.listener(), IpfsHeaders.LENGTH, transmission.length()));
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
