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

import io.github.ipfstoolkit.transmission.ReceiverOptions;
import io.github.ipfstoolkit.transmission.TransmissionHandler;
import org.jspecify.annotations.Nullable;

/**
 * Lets peers start conversations. Listener containers use it; applications annotate a
 * method instead. Safe for use by several threads.
 *
 * @since 0.1.0
 */
public interface ConversationReceivers {

	/**
	 * Returns how conversations are held, if not said otherwise.
	 * @return the application's options, from which to make others
	 */
	ConversationOptions options();

	/**
	 * Lets peers start conversations at a listener. Returns once they can.
	 * @param listener the listener's name
	 * @param receiverOptions how to receive: {@code concurrency} is how many
	 * conversations are held at the same time, further ones wait; {@code maxConnections}
	 * how many may wait; {@code executor} runs each conversation, and what reads for it;
	 * {@code ackMode} does not matter, as a start is acknowledged once it is taken
	 * @param options how to converse
	 * @param handler takes each conversation
	 * @param messages takes the messages that start no conversation, which are refused
	 * where it is {@code null}
	 * @return the receiver, to be closed by the caller
	 * @throws io.github.ipfstoolkit.p2p.ProtocolInUseException if the name is taken on
	 * the node
	 * @throws io.github.ipfstoolkit.IpfsException if the node can not be reached or
	 * refuses
	 */
	ConversationReceiver open(String listener, ReceiverOptions receiverOptions, ConversationOptions options,
			ConversationHandler handler, @Nullable TransmissionHandler messages);

}
