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
package io.github.ipfstoolkit.transmission;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

import io.github.ipfstoolkit.PeerId;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Takes the messages of all streams of a receiver, and gives each to the handler when it
 * is its turn: before its sender is answered, or afterwards.
 * <p>
 * A short message is read before its turn, so that a sender that is slow holds up nobody.
 * A long one is read by the handler, in its turn; one peer's share of these is limited.
 */
final class MessageIntake {

	private static final Log logger = LogFactory.getLog(MessageIntake.class);

	/**
	 * How long a message is at most that is read before its turn.
	 */
	private static final int SHORT = 64 * 1024;

	private final String listener;

	private final ReceiverOptions options;

	private final TransmissionHandler handler;

	private final BooleanSupplier stopping;

	private final Semaphore turns;

	private final Backlog backlog;

	/**
	 * Creates an intake.
	 * @param listener the listener's name
	 * @param options how to receive
	 * @param handler takes the messages
	 * @param stopping whether no message is taken any more
	 */
	MessageIntake(String listener, ReceiverOptions options, TransmissionHandler handler, BooleanSupplier stopping) {
		this.listener = listener;
		this.options = options;
		this.handler = handler;
		this.stopping = stopping;
		Share whole = Share.whole(options);
		this.turns = whole.messages();
		this.backlog = new Backlog(options.executor(), options.concurrency(), whole.memory());
	}

	/**
	 * Takes a message as soon as there is room for it.
	 * @param sender who sends it
	 * @param share what the sender may take
	 * @param length the message's length
	 * @param input the stream, at the payload's beginning
	 * @return what to answer
	 * @throws IOException if the stream breaks
	 */
	Outcome take(PeerId sender, Share share, long length, PacedInput input) throws IOException {
		try {
			input.restart();
			if (this.options.ackMode() == AckMode.RECEIVED) {
				return store(sender, share, length, input);
			}
			if (length <= SHORT) {
				byte[] bytes = input.readNBytes((int) length);
				if (bytes.length < length) {
					throw new EOFException("The stream ended within a message");
				}
				return handleInTurn(sender, length, new ByteArrayInputStream(bytes)).withAllRead();
			}
			share.messages().acquire();
			try {
				return handleInTurn(sender, length, input);
			}
			finally {
				share.messages().release();
			}
		}
		catch (InterruptedException ex) {
			// who runs our threads wants them to end; a refusal can still be written
			return Outcome.stopping(length);
		}
	}

	private Outcome store(PeerId sender, Share share, long length, PacedInput input)
			throws IOException, InterruptedException {
		if (length > this.options.maxMessageSize().toBytes()) {
			return Outcome.refused(RefusalReason.TOO_LARGE, ReceiveFailure.TOO_LARGE, length);
		}
		Backlog.Stored stored = this.backlog.store(sender, share, length, input);
		if (this.stopping.getAsBoolean()) {
			stored.release();
			return Outcome.stopping(0);
		}
		return Outcome.stored(stored);
	}

	private Outcome handleInTurn(PeerId sender, long length, InputStream input) throws IOException {
		try {
			this.turns.acquire();
		}
		catch (InterruptedException ex) {
			return Outcome.stopping(length);
		}
		try {
			return this.stopping.getAsBoolean() ? Outcome.stopping(length) : handle(sender, length, input);
		}
		finally {
			this.turns.release();
		}
	}

	/**
	 * Gives a message to the handler now.
	 */
	Outcome handle(PeerId sender, long length, InputStream input) throws IOException {
		ReceivedTransmission message = new ReceivedTransmission(sender, this.listener, length, input,
				this.options.maxMessageSize());
		Throwable failure = null;
		try {
			this.handler.handle(message);
		}
		catch (Throwable ex) {
			failure = ex;
		}
		// a flag that the handler has left would end the stream at the next write
		Thread.interrupted();
		long unread = message.end();
		if (failure instanceof MessageTooLargeException) {
			return Outcome.refused(RefusalReason.TOO_LARGE, ReceiveFailure.TOO_LARGE, unread);
		}
		if (failure != null) {
			logger.debug("The handler of '%s' failed".formatted(this.listener), failure);
			return Outcome.refused(RefusalReason.FAILED, ReceiveFailure.HANDLER, unread);
		}
		return Outcome.handled(unread);
	}

}
