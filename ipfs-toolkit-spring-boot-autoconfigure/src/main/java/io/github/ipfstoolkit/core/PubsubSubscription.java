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

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.rpc.PubsubApi;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

/**
 * A subscription that is renewed until it is closed. What arrives is kept in a queue,
 * from which one task at a time hands it to the handler: the connection is always read,
 * as the node drops what a slow reader leaves to it, and does not tell.
 */
final class PubsubSubscription implements TopicSubscription {

	private static final Log logger = LogFactory.getLog(PubsubSubscription.class);

	private static final Duration MIN_BACKOFF = Duration.ofMillis(100);

	private static final Duration MAX_BACKOFF = Duration.ofSeconds(3);

	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);

	private final String topic;

	private final TopicHandler handler;

	private final Executor executor;

	private final long maxPendingBytes;

	private final Consumer<PubsubSubscription> onClose;

	private final Disposable.Swap connection = Disposables.swap();

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition idle = this.lock.newCondition();

	private final Queue<PubsubApi.Message> pending = new ArrayDeque<>();

	private long pendingBytes;

	private @Nullable Thread handlingThread;

	private boolean handling;

	private boolean closed;

	private volatile long dropped;

	private volatile boolean active;

	PubsubSubscription(String topic, TopicHandler handler, Executor executor, long maxPendingBytes,
			Consumer<PubsubSubscription> onClose) {
		this.topic = topic;
		this.handler = handler;
		this.executor = executor;
		this.maxPendingBytes = maxPendingBytes;
		this.onClose = onClose;
	}

	/**
	 * Subscribes, and waits until the node has done so.
	 * @throws IpfsException if it cannot
	 */
	void start(PubsubApi pubsub) {
		Sinks.Empty<Void> subscribed = Sinks.empty();
		// the first failure is the caller's, later ones are overcome
		Flux<PubsubApi.Message> messages = Mono.defer(() -> pubsub.subscribe(this.topic)).flatMapMany((response) -> {
			this.active = true;
			logRenewed(subscribed.tryEmitEmpty());
			return (response.getBody() != null) ? response.getBody() : Flux.<PubsubApi.Message>empty();
		}).concatWith(Mono.error(() -> new IpfsException("the node has ended it")));
		this.connection.update(messages.doOnError((ex) -> {
			if (subscribed.tryEmitError(ex) != Sinks.EmitResult.OK) {
				logLost(ex);
			}
			this.active = false;
		})
			.retryWhen(Retry.backoff(Long.MAX_VALUE, MIN_BACKOFF).maxBackoff(MAX_BACKOFF).transientErrors(true))
			.subscribe(this::enqueue));
		subscribed.asMono().block();
	}

	private void logRenewed(Sinks.EmitResult first) {
		if (first != Sinks.EmitResult.OK) {
			logger.info("Subscribed again to topic '%s'".formatted(this.topic));
		}
	}

	private void logLost(Throwable ex) {
		// once for each outage, not for each attempt to end it
		if (this.active) {
			logger.warn("Subscription to topic '%s' is lost and will be renewed: %s".formatted(this.topic,
					ex.getMessage()));
		}
	}

	private void enqueue(PubsubApi.Message message) {
		boolean firstDrop = false;
		this.lock.lock();
		try {
			if (this.closed) {
				return;
			}
			if (!this.pending.isEmpty() && this.pendingBytes + message.data().length > this.maxPendingBytes) {
				this.dropped++;
				firstDrop = (this.dropped == 1);
			}
			else {
				this.pending.add(message);
				this.pendingBytes += message.data().length;
				if (!this.handling) {
					this.handling = true;
					execute();
				}
			}
		}
		finally {
			this.lock.unlock();
		}
		if (firstDrop) {
			logger.warn("Messages of topic '%s' arrive faster than they are handled: some are dropped, and counted"
				.formatted(this.topic));
		}
	}

	private void execute() {
		try {
			this.executor.execute(this::handlePending);
		}
		catch (RejectedExecutionException ex) {
			this.handling = false;
			this.pending.clear();
			this.pendingBytes = 0;
			logger.warn("Messages of topic '%s' cannot be handled: %s".formatted(this.topic, ex.getMessage()));
		}
	}

	private void handlePending() {
		PubsubApi.Message message = next();
		while (message != null) {
			try {
				this.handler.handle(new TopicMessage(this.topic, message.from(), message.data()));
			}
			catch (Throwable ex) {
				logger.error(
						"A message of topic '%s' from %s could not be handled".formatted(this.topic, message.from()),
						ex);
			}
			message = next();
		}
	}

	private PubsubApi.@Nullable Message next() {
		this.lock.lock();
		try {
			PubsubApi.Message message = this.pending.poll();
			if (message == null) {
				this.handling = false;
				this.handlingThread = null;
				this.idle.signalAll();
				return null;
			}
			this.handlingThread = Thread.currentThread();
			this.pendingBytes -= message.data().length;
			return message;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public String topic() {
		return this.topic;
	}

	@Override
	public boolean isActive() {
		return this.active && !this.connection.isDisposed();
	}

	@Override
	public long droppedMessages() {
		return this.dropped;
	}

	@Override
	public void close() {
		this.lock.lock();
		try {
			this.closed = true;
			this.pending.clear();
			this.pendingBytes = 0;
		}
		finally {
			this.lock.unlock();
		}
		this.connection.dispose();
		this.onClose.accept(this);
		awaitHandler();
	}

	private void awaitHandler() {
		long left = CLOSE_TIMEOUT.toNanos();
		this.lock.lock();
		try {
			while (this.handling && this.handlingThread != Thread.currentThread() && left > 0) {
				left = this.idle.awaitNanos(left);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return;
		}
		finally {
			this.lock.unlock();
		}
		if (left <= 0) {
			logger.warn("The handler of topic '%s' has not returned %d s after the subscription was closed"
				.formatted(this.topic, CLOSE_TIMEOUT.toSeconds()));
		}
	}

}
