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

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.function.Supplier;

import io.github.ipfstoolkit.transmission.RefusalReason;
import io.github.ipfstoolkit.transmission.TransmissionException;
import org.jspecify.annotations.Nullable;

/**
 * How the two ends of a conversation reach each other. What arrives goes to an
 * {@link Inbox}, which also learns how it ends.
 */
interface Link {

	/**
	 * Returns whether it is one stream.
	 */
	boolean isDirect();

	/**
	 * Returns whether something can be sent.
	 */
	boolean isOpen();

	/**
	 * Sends a message, and returns when all of it is under way.
	 */
	void send(byte[] bytes, int offset, int length);

	/**
	 * Sends a message to one who listens: the other end reads nothing after it, and not
	 * all of it, until somebody listens to it there.
	 * @param message holds it. If it can not be read, some of it may be under way, and
	 * the link ends then
	 * @param length how long it is
	 */
	default void pass(ReadableByteChannel message, int length) {
		send(readAll(message, length), 0, length);
	}

	/**
	 * Reads what is to be sent.
	 */
	static byte[] readAll(ReadableByteChannel message, int length) {
		ByteBuffer bytes = ByteBuffer.allocate(length);
		while (bytes.hasRemaining()) {
			read(message, bytes);
		}
		return bytes.array();
	}

	/**
	 * Reads some of what is to be sent.
	 */
	static void read(ReadableByteChannel message, ByteBuffer buffer) {
		try {
			if (message.read(buffer) < 0) {
				throw new EOFException("It is shorter than was said");
			}
		}
		catch (IOException ex) {
			throw new TransmissionException("What is to be said can not be read: %s".formatted(ex.getMessage()), ex);
		}
	}

	/**
	 * Waits until all that was sent before has been received.
	 */
	void awaitReceived();

	/**
	 * Ends it in good order, without waiting for the other end.
	 * @param failure what the other end is told of why, {@code null} if nothing has
	 * failed
	 * @param reason what is thrown here from now on
	 */
	void close(@Nullable RefusalReason failure, Supplier<? extends RuntimeException> reason);

	/**
	 * Ends it at once.
	 */
	void abort();

}
