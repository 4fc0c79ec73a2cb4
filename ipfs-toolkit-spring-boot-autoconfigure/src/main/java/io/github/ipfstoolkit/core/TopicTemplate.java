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

package io.github.ipfstoolkit.core;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.rpc.Kubo;
import io.github.ipfstoolkit.rpc.Upload;

import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * {@link TopicOperations} on the RPC API. Handlers are called on an executor, one message
 * after another for each subscription. Safe for use by several threads.
 *
 * @since 0.1.0
 */
public class TopicTemplate implements TopicOperations, AutoCloseable {

	/**
	 * How much a subscription keeps of what was not handled yet, unless set otherwise.
	 */
	public static final DataSize DEFAULT_MAX_PENDING_SIZE = DataSize.ofMegabytes(8);

	/**
	 * How large a message may be together with its topic's name. Nodes drop messages of
	 * more than 1 MiB without a word (go-libp2p-pubsub's {@code DefaultMaxMessageSize}),
	 * signature and sender included, for which 1 KiB is left here.
	 */
	public static final DataSize MAX_MESSAGE_SIZE = DataSize.ofKilobytes(1023);

	private final Kubo kubo;

	private final Executor executor;

	private final long maxPendingBytes;

	private final Set<PubsubSubscription> subscriptions = ConcurrentHashMap.newKeySet();

	private volatile boolean closed;

	/**
	 * Creates a template that keeps up to {@link #DEFAULT_MAX_PENDING_SIZE} for each
	 * subscription.
	 * @param kubo the RPC API
	 * @param executor calls the handlers
	 */
	public TopicTemplate(Kubo kubo, Executor executor) {
		this(kubo, executor, DEFAULT_MAX_PENDING_SIZE);
	}

	/**
	 * Creates a template.
	 * @param kubo the RPC API
	 * @param executor calls the handlers
	 * @param maxPendingSize how much a subscription keeps of what was not handled yet, as
	 * the sum of the messages' sizes; a message alone is always kept
	 */
	public TopicTemplate(Kubo kubo, Executor executor, DataSize maxPendingSize) {
		Assert.isTrue(maxPendingSize.toBytes() > 0, "'maxPendingSize' must be positive");
		this.kubo = kubo;
		this.executor = executor;
		this.maxPendingBytes = maxPendingSize.toBytes();
	}

	@Override
	public void publish(String topic, byte[] data) {
		long size = (long) data.length + topic.getBytes(StandardCharsets.UTF_8).length;
		if (size > MAX_MESSAGE_SIZE.toBytes()) {
			throw new TopicMessageTooLargeException(topic, size, MAX_MESSAGE_SIZE);
		}
		this.kubo.pubsub().pub(topic, Upload.of(data)).block();
	}

	@Override
	public TopicSubscription subscribe(String topic, TopicHandler handler) {
		PubsubSubscription subscription = new PubsubSubscription(topic, handler, this.executor, this.maxPendingBytes,
				this.subscriptions::remove);
		this.subscriptions.add(subscription);
		try {
			if (this.closed) {
				throw new IpfsException("Cannot subscribe to '%s': the template is closed".formatted(topic));
			}
			subscription.start(this.kubo.pubsub());
			return subscription;
		}
		catch (RuntimeException ex) {
			subscription.close();
			throw ex;
		}
	}

	@Override
	public List<String> topics() {
		var topics = this.kubo.pubsub().ls().block();
		return (topics != null) ? topics.topics() : List.of();
	}

	@Override
	public List<PeerId> subscribers(String topic) {
		var peers = this.kubo.pubsub().peers(topic).block();
		return (peers != null) ? peers.peers() : List.of();
	}

	/**
	 * Ends all subscriptions.
	 */
	@Override
	public void close() {
		this.closed = true;
		this.subscriptions.forEach(PubsubSubscription::close);
	}

}
