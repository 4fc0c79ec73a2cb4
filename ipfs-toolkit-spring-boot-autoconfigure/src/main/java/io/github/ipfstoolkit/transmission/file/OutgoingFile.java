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

import java.security.MessageDigest;
import java.time.Duration;
import java.util.UUID;

import io.github.ipfstoolkit.Cid;
import io.github.ipfstoolkit.transmission.TransmissionRefusedException;
import io.github.ipfstoolkit.transmission.TransmissionTimeoutException;
import io.github.ipfstoolkit.transmission.UnreadableReplyException;
import io.github.ipfstoolkit.transmission.conversation.Conversation;
import io.github.ipfstoolkit.transmission.conversation.ConversationEndedException;
import io.github.ipfstoolkit.transmission.conversation.ConversationLostException;
import io.github.ipfstoolkit.transmission.conversation.ListenTimeoutException;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The sender's half of a transfer, which may take several conversations if they break.
 * For use by one thread.
 */
final class OutgoingFile {

	private static final byte SEPARATOR = (byte) 255;

	private static final int DIRECT_BLOCK_SIZE = 4 * 1024 * 1024;

	private final FileSource source;

	private final String listener;

	private final FileOptions options;

	private final @Nullable Cid cid;

	private final Duration timeout;

	private final int blockSize;

	private final String callId = UUID.randomUUID().toString();

	private long resumedAt;

	private @Nullable String sha256;

	OutgoingFile(FileSource source, String listener, FileOptions options, @Nullable Cid cid, Duration timeout,
			int blockSize) {
		this.source = source;
		this.listener = listener;
		this.options = options;
		this.cid = cid;
		this.timeout = timeout;
		this.blockSize = (int) Math.max(1, Math.min(blockSize, source.size()));
	}

	/**
	 * Returns how much the receiver had already when the last conversation began.
	 */
	long resumedAt() {
		return this.resumedAt;
	}

	/**
	 * Returns the SHA-256 of the file that was sent.
	 */
	String sha256() {
		Assert.state(this.sha256 != null, "The file was not sent");
		return this.sha256;
	}

	/**
	 * Sends the file. Returns when the receiver has it.
	 */
	void send(Conversation conversation) {
		try {
			if (conversation.isDirect()) {
				sendDirect(conversation);
			}
			else {
				sendClassic(conversation);
			}
		}
		catch (MalformedOfferException ex) {
			throw new UnreadableReplyException("Listener '%s' of peer %s sent an unreadable reply: %s"
				.formatted(this.listener, conversation.peer(), ex.getMessage()), ex);
		}
		catch (ConversationEndedException ex) {
			throw explain(conversation, ex);
		}
		catch (TransmissionRefusedException ex) {
			throw (ex instanceof FileRefusedException) ? ex : refusal(ex);
		}
	}

	/**
	 * Looks for what the receiver has said before it closed the conversation.
	 */
	private RuntimeException explain(Conversation conversation, ConversationEndedException end) {
		if (end.getReason() != ConversationEndedException.Reason.CLOSED_BY_PEER) {
			return end;
		}
		try {
			while (true) {
				FileMessage message = FileMessage.parse(conversation.listen(this.timeout));
				if (message.word().equals(FileMessage.REFUSED)) {
					return refusal(conversation, message);
				}
			}
		}
		catch (MalformedOfferException | ConversationEndedException | ListenTimeoutException ex) {
			// closed in mid-transfer: as good as broken
			return new ConversationLostException(conversation.peer(), end);
		}
	}

	/**
	 * Makes a refusal of what the receiver has closed the conversation with.
	 */
	private FileRefusedException refusal(TransmissionRefusedException end) {
		return new FileRefusedException("The file '%s' of %d bytes was not received. %s".formatted(this.source.name(),
				this.source.size(), end.getMessage()), end.getReason());
	}

	private FileRefusedException refusal(Conversation conversation, FileMessage message) {
		FileRefusal refusal = message.refusal();
		String detail = message.detail();
		String reason = detail.isEmpty() ? refusal.code() : refusal.code() + ": " + detail;
		return refusal.toException("Listener '%s' of peer %s did not accept the file '%s' of %d bytes (%s)"
			.formatted(this.listener, conversation.peer(), this.source.name(), this.source.size(), reason));
	}

	private void sendDirect(Conversation conversation) throws MalformedOfferException {
		FileOffer offer = new FileOffer(this.source.size(), this.source.name(), this.options.metadata(),
				this.source.transferId(this.listener), this.callId, this.cid);
		conversation.say(offer.toDirect());
		byte[] sent = (this.cid == null) ? sendBlocks(conversation, await(conversation, FileMessage.READY)) : null;
		String stored = await(conversation, FileMessage.DONE).sha256();
		if (sent != null && !stored.equals(Sha256.hex(sent))) {
			throw new FileCorruptedException("Listener '%s' of peer %s has stored a file with the SHA-256 %s, not %s"
				.formatted(this.listener, conversation.peer(), stored, Sha256.hex(sent)));
		}
		this.sha256 = stored;
		report(conversation, this.source.size());
	}

	/**
	 * Sends what the receiver does not have yet.
	 * @return the SHA-256 of the whole file
	 */
	private byte[] sendBlocks(Conversation conversation, FileMessage ready) throws MalformedOfferException {
		try (SourceInput input = openAt(conversation, ready)) {
			this.resumedAt = input.position();
			conversation.say(FileMessage.of(FileMessage.FROM, input.position()).toBytes());
			report(conversation, input.position());
			sendRest(conversation, input, directBlockSize(conversation));
			byte[] hash = input.hash();
			conversation.say(new FileMessage(FileMessage.END, hash).toBytes());
			return hash;
		}
	}

	/**
	 * Returns how long blocks are that are read as they arrive. Their lengths have no
	 * meaning to the receiver, and the change from one to the next costs time, so that
	 * only blocks shorter than usual, for more signs of progress, are left as they are.
	 */
	private int directBlockSize(Conversation conversation) {
		boolean whole = conversation.options().cipher() != null;
		return (whole || this.blockSize < FileTransferTemplate.DEFAULT_BLOCK_SIZE.toBytes()) ? this.blockSize
				: Math.max(this.blockSize, DIRECT_BLOCK_SIZE);
	}

	private void sendRest(Conversation conversation, SourceInput input, int blockSize) {
		while (input.remaining() > 0) {
			conversation.sayToListener(input, (int) Math.min(blockSize, input.remaining()));
			report(conversation, input.position());
		}
	}

	/**
	 * Opens the file where the receiver's part ends, or at its start if that part is no
	 * part of it.
	 */
	private SourceInput openAt(Conversation conversation, FileMessage ready) throws MalformedOfferException {
		long start = ready.size();
		SourceInput input = this.source.open();
		if (start == 0) {
			return input;
		}
		SignOfLife signOfLife = new SignOfLife(conversation);
		input.readTo(Math.min(start, this.source.size()), () -> signOfLife.say(input.position()));
		if (MessageDigest.isEqual(input.hash(), ready.rest()) && input.position() == start) {
			return input;
		}
		input.close();
		return this.source.open();
	}

	/**
	 * Waits for a word of the receiver.
	 */
	private FileMessage await(Conversation conversation, String word) throws MalformedOfferException {
		Pace pace = new Pace(conversation.peer(), this.timeout, 0);
		while (true) {
			FileMessage message = FileMessage.parse(listen(conversation, pace));
			if (message.word().equals(word)) {
				return message;
			}
			switch (message.word()) {
				case FileMessage.PROGRESS -> {
					pace.reached(Math.min(message.size(), this.source.size()));
					if (this.cid != null) {
						report(conversation, message.size());
					}
				}
				case FileMessage.REFUSED -> throw refusal(conversation, message);
				default -> throw new MalformedOfferException("'%s' in place of '%s'".formatted(message.word(), word));
			}
		}
	}

	private byte[] listen(Conversation conversation, Pace pace) {
		try {
			return pace.await(conversation::listen);
		}
		catch (ListenTimeoutException ex) {
			throw new TransmissionTimeoutException("Listener '%s' of peer %s did not answer about the file '%s'"
				.formatted(this.listener, conversation.peer(), this.source.name()), this.timeout, ex);
		}
	}

	private void sendClassic(Conversation conversation) throws MalformedOfferException {
		checkClassic(conversation);
		FileOffer offer = new FileOffer(this.source.size(), this.source.name(), this.options.metadata(), null, null,
				null);
		conversation.say(offer.toClassic());
		report(conversation, 0);
		await(conversation, FileMessage.READY);
		try (SourceInput input = this.source.open()) {
			sendRest(conversation, input, this.blockSize);
			this.sha256 = Sha256.hex(input.hash());
		}
	}

	private void checkClassic(Conversation conversation) {
		if (this.cid != null) {
			throw new ClassicReceiverException(
					"Listener '%s' of peer %s takes no files by content: it speaks the classic protocol alone"
						.formatted(this.listener, conversation.peer()));
		}
		for (byte value : this.options.metadata()) {
			if (value == SEPARATOR) {
				throw new ClassicReceiverException(("Listener '%s' of peer %s speaks the classic protocol, in which "
						+ "metadata can not hold the byte FF. Encode it, in Base64 for example")
					.formatted(this.listener, conversation.peer()));
			}
		}
	}

	private void report(Conversation conversation, long bytes) {
		this.options.progress()
			.onProgress(new FileProgress(conversation.peer(), this.listener, this.source.name(), bytes,
					this.source.size()));
	}

}
