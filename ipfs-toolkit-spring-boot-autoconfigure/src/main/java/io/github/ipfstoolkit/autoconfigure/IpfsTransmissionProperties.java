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

package io.github.ipfstoolkit.autoconfigure;

import java.time.Duration;

import io.github.ipfstoolkit.transmission.ReceiverOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * Properties of the messages to and from other peers.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("ipfs.transmission")
public class IpfsTransmissionProperties {

	/**
	 * How long a sender waits for each step: a stream, the reply to a request, the
	 * acknowledgement.
	 */
	private Duration timeout = Duration.ofSeconds(30);

	/**
	 * Number of times a message is sent again when the connection breaks before its
	 * acknowledgement, or the receiver is busy. As often it is tried again to start a
	 * conversation.
	 */
	private int retries = 3;

	/**
	 * Maximum number of messages that are under way at the same time to one listener of a
	 * peer. Others wait.
	 */
	private int maxStreams = 16;

	/**
	 * After what time without a message a sender closes its stream. A receiver waits ten
	 * times as long.
	 */
	private Duration idleTimeout = Duration.ofSeconds(30);

	/**
	 * Maximum size of a message that is read into memory. A listener that takes an
	 * InputStream has no limit.
	 */
	private DataSize maxMessageSize = DataSize.ofMegabytes(64);

	/**
	 * Maximum number of streams of other peers that a listener holds open at the same
	 * time.
	 */
	private int maxConnections = 100;

	/**
	 * How long a message that has begun to arrive may pause.
	 */
	private Duration readTimeout = Duration.ofSeconds(30);

	/**
	 * Largest part, up to 1, of a listener's streams, and of the messages over 64 KB that
	 * it takes at the same time, that one peer may hold. It may always hold one of each.
	 */
	private double peerShare = ReceiverOptions.DEFAULT_PEER_SHARE;

	/**
	 * Who may send. A bean of type AcceptancePolicy decides in place of this.
	 */
	private Accept accept = Accept.ANY;

	private final Encryption encryption = new Encryption();

	private final Buffer buffer = new Buffer();

	private final Conversation conversation = new Conversation();

	public Duration getTimeout() {
		return this.timeout;
	}

	public void setTimeout(Duration timeout) {
		this.timeout = timeout;
	}

	public int getRetries() {
		return this.retries;
	}

	public void setRetries(int retries) {
		this.retries = retries;
	}

	public int getMaxStreams() {
		return this.maxStreams;
	}

	public void setMaxStreams(int maxStreams) {
		this.maxStreams = maxStreams;
	}

	public Duration getIdleTimeout() {
		return this.idleTimeout;
	}

	public void setIdleTimeout(Duration idleTimeout) {
		this.idleTimeout = idleTimeout;
	}

	public DataSize getMaxMessageSize() {
		return this.maxMessageSize;
	}

	public void setMaxMessageSize(DataSize maxMessageSize) {
		this.maxMessageSize = maxMessageSize;
	}

	public int getMaxConnections() {
		return this.maxConnections;
	}

	public void setMaxConnections(int maxConnections) {
		this.maxConnections = maxConnections;
	}

	public Duration getReadTimeout() {
		return this.readTimeout;
	}

	public void setReadTimeout(Duration readTimeout) {
		this.readTimeout = readTimeout;
	}

	public double getPeerShare() {
		return this.peerShare;
	}

	public void setPeerShare(double peerShare) {
		this.peerShare = peerShare;
	}

	public Accept getAccept() {
		return this.accept;
	}

	public void setAccept(Accept accept) {
		this.accept = accept;
	}

	public Encryption getEncryption() {
		return this.encryption;
	}

	public Buffer getBuffer() {
		return this.buffer;
	}

	public Conversation getConversation() {
		return this.conversation;
	}

	/**
	 * Who may send.
	 */
	public enum Accept {

		/**
		 * Every peer.
		 */
		ANY,

		/**
		 * The peers in the contact book.
		 */
		CONTACTS

	}

	/**
	 * Conversations, requests and answers.
	 */
	public static class Conversation {

		/**
		 * After what time without a message in either direction a conversation is closed,
		 * 0 for never.
		 */
		private Duration idleTimeout = Duration.ofMinutes(30);

		/**
		 * After what time a conversation is closed in any case, 0 for never.
		 */
		private Duration maxDuration = Duration.ZERO;

		public Duration getIdleTimeout() {
			return this.idleTimeout;
		}

		public void setIdleTimeout(Duration idleTimeout) {
			this.idleTimeout = idleTimeout;
		}

		public Duration getMaxDuration() {
			return this.maxDuration;
		}

		public void setMaxDuration(Duration maxDuration) {
			this.maxDuration = maxDuration;
		}

	}

	/**
	 * Raw buffers.
	 */
	public static class Buffer {

		/**
		 * How long a sender of raw buffers that closes keeps its stream open for what is
		 * still under way.
		 */
		private Duration linger = Duration.ofSeconds(1);

		/**
		 * How long a receiver of raw buffers waits for the next bytes, 0 for ever.
		 */
		private Duration readTimeout = Duration.ofMinutes(5);

		public Duration getLinger() {
			return this.linger;
		}

		public void setLinger(Duration linger) {
			this.linger = linger;
		}

		public Duration getReadTimeout() {
			return this.readTimeout;
		}

		public void setReadTimeout(Duration readTimeout) {
			this.readTimeout = readTimeout;
		}

	}

	/**
	 * Encryption of conversations and files, beyond that of the connection.
	 */
	public static class Encryption {

		/**
		 * Key for AES-GCM that both ends share: 16, 24 or 32 bytes in Base64. Where it is
		 * set, conversations and files are encrypted with it. Needs
		 * spring-security-crypto.
		 */
		private @Nullable String key;

		public @Nullable String getKey() {
			return this.key;
		}

		public void setKey(@Nullable String key) {
			this.key = key;
		}

	}

}
