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

import java.time.Duration;
import java.util.List;

import io.github.ipfstoolkit.transmission.Observers;
import io.github.ipfstoolkit.transmission.ReceiverOptions;
import io.github.ipfstoolkit.transmission.TransmissionCipher;
import io.github.ipfstoolkit.transmission.conversation.Conversation;
import io.github.ipfstoolkit.transmission.conversation.ConversationOptions;
import io.github.ipfstoolkit.transmission.conversation.ConversationReceiver;
import io.github.ipfstoolkit.transmission.conversation.ConversationReceivers;
import org.jspecify.annotations.Nullable;

/**
 * Receives files by conversations: each file is one.
 *
 * @since 0.1.0
 */
public final class ConversationFileReceivers implements FileReceivers {

	private final ConversationReceivers conversations;

	private final ReceiverOptions receiverOptions;

	private final FileReceiverOptions options;

	private final @Nullable FileContents contents;

	private final Observers<FileTransferObserver> observers;

	private final FreeSpace space;

	/**
	 * Creates an instance.
	 * @param conversations lets peers start conversations
	 * @param receiverOptions how the files of a conversation are received
	 * @param options how files are received, if not said otherwise
	 * @param contents gets what is sent by content, {@code null} if no such files are
	 * taken
	 * @param observers are told of each file
	 */
	public ConversationFileReceivers(ConversationReceivers conversations, ReceiverOptions receiverOptions,
			FileReceiverOptions options, @Nullable FileContents contents, List<FileTransferObserver> observers) {
		this(conversations, receiverOptions, options, contents, observers, FreeSpace::ofDisk);
	}

	ConversationFileReceivers(ConversationReceivers conversations, ReceiverOptions receiverOptions,
			FileReceiverOptions options, @Nullable FileContents contents, List<FileTransferObserver> observers,
			FreeSpace space) {
		this.conversations = conversations;
		this.receiverOptions = receiverOptions;
		this.options = options;
		this.contents = contents;
		this.observers = new Observers<>(observers);
		this.space = space;
	}

	@Override
	public FileReceiverOptions options() {
		return this.options;
	}

	@Override
	public FileReceiver open(String listener, ReceiverOptions receiverOptions, FileReceiverOptions options,
			FileHandler handler) {
		return open(listener, receiverOptions, options, this.conversations.options(),
				new FileReception(listener, receiverOptions.concurrency(), options, receiverOptions.acceptance(),
						this.contents, handler, receiverOptions.executor(), this.observers, this.space));
	}

	@Override
	public FileReceiver open(Conversation conversation, FileReceiverOptions options, FileHandler handler) {
		String listener = FileTransferTemplate.listenerOf(conversation.name());
		FileReception reception = new FileReception(listener, this.receiverOptions.concurrency(), options,
				(offer) -> offer.sender().equals(conversation.peer()), this.contents, handler,
				this.receiverOptions.executor(), this.observers, this.space);
		return open(listener, this.receiverOptions, options, conversation.options().withSalutation(new byte[0]),
				reception);
	}

	private FileReceiver open(String listener, ReceiverOptions receiverOptions, FileReceiverOptions options,
			ConversationOptions conversationOptions, FileReception reception) {
		reception.open();
		TransmissionCipher cipher = options.cipher();
		ConversationOptions how = (cipher != null) ? conversationOptions.withCipher(cipher) : conversationOptions;
		// so that each that is too much is told so in place of waiting
		ReceiverOptions unlimited = receiverOptions.with(receiverOptions.maxConnections(), receiverOptions.executor(),
				receiverOptions.ackMode());
		ConversationReceiver receiver = this.conversations.open(listener, unlimited, how.withTimeout(options.timeout()),
				reception::receive, null);
		return new Receiver(receiver, reception);
	}

	private record Receiver(ConversationReceiver receiver, FileReception reception) implements FileReceiver {

		@Override
		public String listener() {
			return this.receiver.listener();
		}

		@Override
		public boolean isActive() {
			return this.receiver.isActive();
		}

		@Override
		public boolean drain(Duration timeout) {
			this.reception.stop();
			return this.receiver.drain(timeout);
		}

		@Override
		public void close() {
			this.reception.stop();
			this.receiver.close();
		}

	}

}
