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

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.github.ipfstoolkit.Cid;
import io.github.ipfstoolkit.NodeUnreachableException;
import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.transmission.ConnectionLostException;
import io.github.ipfstoolkit.transmission.ListenerNotFoundException;
import io.github.ipfstoolkit.transmission.Observers;
import io.github.ipfstoolkit.transmission.PeerNotFoundException;
import io.github.ipfstoolkit.transmission.TransmissionException;
import io.github.ipfstoolkit.transmission.TransmissionRefusedException;
import io.github.ipfstoolkit.transmission.conversation.Conversation;
import io.github.ipfstoolkit.transmission.conversation.ConversationOperations;
import io.github.ipfstoolkit.transmission.conversation.ConversationOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.Resource;
import org.springframework.util.unit.DataSize;

/**
 * Sends files by conversations: each file is one, and one more after each break. Safe for
 * use by several threads.
 *
 * @since 0.1.0
 */
public final class FileTransferTemplate implements FileTransferOperations {

	/**
	 * How much of a file is sent at a time, if not said otherwise: as much as the Python
	 * toolkit does.
	 */
	public static final DataSize DEFAULT_BLOCK_SIZE = DataSize.ofMegabytes(1);

	/**
	 * How often a transfer goes on after a break, if not said otherwise.
	 */
	public static final int DEFAULT_RETRIES = 5;

	private static final Duration FIRST_RETRY_DELAY = Duration.ofMillis(500);

	private static final int MAX_DOUBLINGS = 4;

	private static final String FILES = ":files";

	private static final int LOCKS = 64;

	private final ConversationOperations conversations;

	private final @Nullable FileContents contents;

	private final DataSize blockSize;

	private final int retries;

	private final Observers<FileTransferObserver> observers;

	/**
	 * A Python receiver writes files of the same name over each other while they arrive.
	 */
	private final Lock[] classicNames = IntStream.range(0, LOCKS)
		.mapToObj((number) -> new ReentrantLock())
		.toArray(Lock[]::new);

	/**
	 * Creates an instance.
	 * @param conversations starts conversations
	 * @param contents publishes what is sent by content, {@code null} if nothing can be
	 * @param blockSize how much of a file is sent at a time, if not said otherwise
	 * @param retries how often a transfer goes on after a break, if not said otherwise
	 * @param observers are told of each file
	 */
	public FileTransferTemplate(ConversationOperations conversations, @Nullable FileContents contents,
			DataSize blockSize, int retries, List<FileTransferObserver> observers) {
		this.conversations = conversations;
		this.contents = contents;
		this.blockSize = blockSize;
		this.retries = retries;
		this.observers = new Observers<>(observers);
	}

	/**
	 * Returns the name of the listener that the files of a conversation go to.
	 * @param conversation the conversation's name at the receiver
	 */
	static String listenerOf(String conversation) {
		return conversation + FILES;
	}

	@Override
	public FileReceipt sendFile(String to, String listener, Path file, FileOptions options) {
		return send(FileSource.of(file, options.name()), listener, options,
				(how) -> this.conversations.startConversation(to, listener, how));
	}

	@Override
	public FileReceipt sendFile(String to, String listener, Resource resource, FileOptions options) {
		return send(FileSource.of(resource, options.name()), listener, options,
				(how) -> this.conversations.startConversation(to, listener, how));
	}

	@Override
	public FileReceipt sendFile(PeerId to, String listener, Path file, FileOptions options) {
		return send(FileSource.of(file, options.name()), listener, options,
				(how) -> this.conversations.startConversation(to, listener, how));
	}

	@Override
	public FileReceipt sendFile(PeerId to, String listener, Resource resource, FileOptions options) {
		return send(FileSource.of(resource, options.name()), listener, options,
				(how) -> this.conversations.startConversation(to, listener, how));
	}

	@Override
	public FileReceipt sendFile(Conversation conversation, Path file, FileOptions options) {
		String listener = listenerOf(conversation.peerName());
		return send(FileSource.of(file, options.name()), listener, options,
				conversation.options().withSalutation(new byte[0]),
				(how) -> this.conversations.startConversation(conversation.peer(), listener, how));
	}

	private FileReceipt send(FileSource source, String listener, FileOptions options,
			Function<ConversationOptions, Conversation> starter) {
		return send(source, listener, options, this.conversations.options(), starter);
	}

	private FileReceipt send(FileSource source, String listener, FileOptions options, ConversationOptions usual,
			Function<ConversationOptions, Conversation> starter) {
		long start = System.nanoTime();
		try (source) {
			ConversationOptions how = conversationOptions(options, usual);
			Cid cid = options.published() ? publish(source) : null;
			OutgoingFile file = new OutgoingFile(source, listener, options, cid, how.timeout(), blockSize(options));
			PeerId peer = send(file, source, options, () -> starter.apply(how));
			FileReceipt receipt = new FileReceipt(peer, listener, source.name(), source.size(), file.sha256(),
					file.resumedAt(), cid, since(start));
			this.observers.tell((observer) -> observer.sent(receipt));
			return receipt;
		}
		catch (RuntimeException ex) {
			this.observers.tell((observer) -> observer.sendFailed(listener, ex, since(start)));
			throw ex;
		}
	}

	private static Duration since(long start) {
		return Duration.ofNanos(System.nanoTime() - start);
	}

	/**
	 * Nothing is tried again within one attempt: these are counted here, and a part of a
	 * file that is sent again to a Python receiver would make it another file there.
	 */
	private static ConversationOptions conversationOptions(FileOptions options, ConversationOptions usual) {
		ConversationOptions how = usual.withRetries(0);
		if (options.cipher() != null) {
			how = how.withCipher(options.cipher());
		}
		return (options.timeout() != null) ? how.withTimeout(options.timeout()) : how;
	}

	private int blockSize(FileOptions options) {
		DataSize size = options.blockSize();
		return Math.toIntExact(((size != null) ? size : this.blockSize).toBytes());
	}

	private Cid publish(FileSource source) {
		if (this.contents == null) {
			throw new TransmissionException("Files can not be sent by content: there is nothing to publish them with",
					null);
		}
		return this.contents.publish(source.file());
	}

	private PeerId send(OutgoingFile file, FileSource source, FileOptions options, Starter starter) {
		Integer chosen = options.retries();
		Attempts attempts = new Attempts((chosen != null) ? chosen : this.retries);
		while (true) {
			try (Conversation conversation = starter.start()) {
				attempts.begun();
				send(file, source, conversation);
				return conversation.peer();
			}
			catch (ConnectionLostException | ListenerNotFoundException ex) {
				attempts.awaitNext(file.resumedAt(), ex);
			}
			catch (PeerNotFoundException | NodeUnreachableException ex) {
				// it is waited for if it was there when the transfer began
				attempts.awaitNextIfBegun(file.resumedAt(), ex);
			}
			catch (TransmissionRefusedException ex) {
				if (!ex.getReason().isTransient()) {
					throw ex;
				}
				attempts.awaitNext(file.resumedAt(), ex);
			}
		}
	}

	private void send(OutgoingFile file, FileSource source, Conversation conversation) {
		if (conversation.isDirect()) {
			file.send(conversation);
			return;
		}
		int hash = (conversation.peer() + "\n" + conversation.listener() + "\n" + source.name()).hashCode();
		Lock lock = this.classicNames[Math.floorMod(hash, LOCKS)];
		lock.lock();
		try {
			file.send(conversation);
		}
		finally {
			lock.unlock();
		}
	}

	/**
	 * Starts a conversation.
	 */
	@FunctionalInterface
	private interface Starter {

		Conversation start();

	}

	/**
	 * Counts the attempts since something was last achieved.
	 */
	private static final class Attempts {

		private final int max;

		/** Whether node and peer were there once. */
		private boolean begun;

		private int failed;

		private long reached;

		Attempts(int max) {
			this.max = max;
		}

		void begun() {
			this.begun = true;
		}

		void awaitNextIfBegun(long reached, RuntimeException failure) {
			if (!this.begun) {
				throw failure;
			}
			awaitNext(reached, failure);
		}

		void awaitNext(long reached, RuntimeException failure) {
			this.begun = true;
			if (reached > this.reached) {
				this.reached = reached;
				this.failed = 0;
			}
			if (this.failed == this.max) {
				throw failure;
			}
			try {
				Thread.sleep(FIRST_RETRY_DELAY.toMillis() << Math.min(this.failed, MAX_DOUBLINGS));
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw failure;
			}
			this.failed++;
		}

	}

}
