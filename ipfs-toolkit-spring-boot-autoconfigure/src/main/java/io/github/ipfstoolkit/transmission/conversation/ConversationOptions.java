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

import java.time.Duration;

import io.github.ipfstoolkit.transmission.TransmissionCipher;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * How one end converses.
 *
 * @param timeout how long to wait for the other end to join, to take the next part of
 * what is said, and to acknowledge it. A peer that speaks the classic protocol alone is
 * asked before each message, and opens a stream for it: each of these steps may take as
 * long. Connecting to the peer is not a part of it
 * @param retries how often to try again to start the conversation where the connection
 * breaks, nothing listens, or the listener is busy. A message to a peer that speaks the
 * classic protocol alone is sent again as often when the connection breaks before its
 * acknowledgement, so that the peer may hear it twice; to others each is sent once
 * @param idleTimeout after what time without a message in either direction this end
 * closes the conversation, zero for never
 * @param maxDuration after what time this end closes the conversation in any case, zero
 * for never
 * @param maxMessageSize the longest message that is read into memory
 * @param cipher encrypts what is said and decrypts what is heard, {@code null} for none.
 * Both ends must have the same
 * @param salutation what this end says with its handshake, not encrypted; often empty.
 * The Python toolkit 0.5.33 does not understand a handshake with one
 * @since 0.1.0
 */
@SuppressWarnings("ArrayRecordComponent")
public record ConversationOptions(Duration timeout, int retries, Duration idleTimeout, Duration maxDuration,
		DataSize maxMessageSize, @Nullable TransmissionCipher cipher, byte[] salutation) {

	/**
	 * Longest salutation, in bytes.
	 */
	public static final int MAX_SALUTATION = 64 * 1024;

	/**
	 * Creates options.
	 * @throws IllegalArgumentException if a value is out of range
	 */
	public ConversationOptions {
		Assert.isTrue(timeout.toMillis() > 0, "'timeout' must be positive");
		Assert.isTrue(retries >= 0, "'retries' must not be negative");
		Assert.isTrue(!idleTimeout.isNegative(), "'idleTimeout' must not be negative");
		Assert.isTrue(!maxDuration.isNegative(), "'maxDuration' must not be negative");
		Assert.isTrue(!maxMessageSize.isNegative(), "'maxMessageSize' must not be negative");
		Assert.isTrue(salutation.length <= MAX_SALUTATION,
				() -> "'salutation' must not be longer than %d bytes".formatted(MAX_SALUTATION));
	}

	/**
	 * Returns the options that fit most applications.
	 * @return a time-out of 30 seconds, 3 retries, 30 minutes without a message, no limit
	 * in all, messages of up to 64 MB, no encryption, no salutation
	 */
	public static ConversationOptions defaults() {
		return new ConversationOptions(Duration.ofSeconds(30), 3, Duration.ofMinutes(30), Duration.ZERO,
				DataSize.ofMegabytes(64), null, new byte[0]);
	}

	/**
	 * Returns these options with another time-out.
	 * @param timeout how long to wait for the other end
	 * @return the changed copy
	 */
	public ConversationOptions withTimeout(Duration timeout) {
		return new ConversationOptions(timeout, this.retries, this.idleTimeout, this.maxDuration, this.maxMessageSize,
				this.cipher, this.salutation);
	}

	/**
	 * Returns these options with another number of retries.
	 * @param retries how often to try again, 0 for one attempt alone
	 * @return the changed copy
	 */
	public ConversationOptions withRetries(int retries) {
		return new ConversationOptions(this.timeout, retries, this.idleTimeout, this.maxDuration, this.maxMessageSize,
				this.cipher, this.salutation);
	}

	/**
	 * Returns these options with another idle time-out.
	 * @param idleTimeout after what time without a message to close, zero for never
	 * @return the changed copy
	 */
	public ConversationOptions withIdleTimeout(Duration idleTimeout) {
		return new ConversationOptions(this.timeout, this.retries, idleTimeout, this.maxDuration, this.maxMessageSize,
				this.cipher, this.salutation);
	}

	/**
	 * Returns these options with another limit of the conversation's duration.
	 * @param maxDuration after what time to close in any case, zero for never
	 * @return the changed copy
	 */
	public ConversationOptions withMaxDuration(Duration maxDuration) {
		return new ConversationOptions(this.timeout, this.retries, this.idleTimeout, maxDuration, this.maxMessageSize,
				this.cipher, this.salutation);
	}

	/**
	 * Returns these options with another limit of what is read into memory.
	 * @param maxMessageSize the longest message
	 * @return the changed copy
	 */
	public ConversationOptions withMaxMessageSize(DataSize maxMessageSize) {
		return new ConversationOptions(this.timeout, this.retries, this.idleTimeout, this.maxDuration, maxMessageSize,
				this.cipher, this.salutation);
	}

	/**
	 * Returns these options with another cipher.
	 * @param cipher the cipher, {@code null} for no encryption
	 * @return the changed copy
	 */
	public ConversationOptions withCipher(@Nullable TransmissionCipher cipher) {
		return new ConversationOptions(this.timeout, this.retries, this.idleTimeout, this.maxDuration,
				this.maxMessageSize, cipher, this.salutation);
	}

	/**
	 * Returns these options with another salutation.
	 * @param salutation what to say with the handshake
	 * @return the changed copy
	 */
	public ConversationOptions withSalutation(byte[] salutation) {
		return new ConversationOptions(this.timeout, this.retries, this.idleTimeout, this.maxDuration,
				this.maxMessageSize, this.cipher, salutation);
	}

}
