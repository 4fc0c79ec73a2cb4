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

package io.github.ipfstoolkit.transmission.file;

import io.github.ipfstoolkit.transmission.ReceiverOptions;
import io.github.ipfstoolkit.transmission.conversation.Conversation;

/**
 * Receives files, encrypted as the application's conversations are, or as the options
 * say. Listener containers use it; applications annotate a method instead, or ask here
 * for the files of a conversation. Safe for use by several threads.
 *
 * @since 0.1.0
 */
public interface FileReceivers {

	/**
	 * Returns how files are received, if not said otherwise.
	 * @return the application's options, from which to make others
	 */
	FileReceiverOptions options();

	/**
	 * Receives the files that peers send to a listener. Returns once they can.
	 * @param listener the listener's name
	 * @param receiverOptions how to receive: its executor runs each transfer, its
	 * acceptance decides about each file, and as many as its concurrency says are handled
	 * at the same time. More may be received meanwhile, and wait for their turn; after
	 * half of the options' time-out their senders are told to try later
	 * @param options how to receive files
	 * @param handler takes each file
	 * @return the receiver, to be closed by the caller
	 * @throws io.github.ipfstoolkit.p2p.ProtocolInUseException if the name is taken on
	 * the node
	 * @throws io.github.ipfstoolkit.IpfsException if the node can not be reached or
	 * refuses, or the directory can not be used
	 */
	FileReceiver open(String listener, ReceiverOptions receiverOptions, FileReceiverOptions options,
			FileHandler handler);

	/**
	 * Receives the files that the other end of a conversation sends within it, until the
	 * returned receiver is closed; the conversation's end does not close it. They are
	 * encrypted as the conversation is, if the options do not say otherwise. To be called
	 * before the other end is told that it can send.
	 * @param conversation the conversation
	 * @param options how to receive files
	 * @param handler takes each file
	 * @return the receiver, to be closed by the caller
	 * @throws io.github.ipfstoolkit.IpfsException if the node can not be reached or
	 * refuses, or the directory can not be used
	 */
	FileReceiver open(Conversation conversation, FileReceiverOptions options, FileHandler handler);

}
