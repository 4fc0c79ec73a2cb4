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

package io.github.ipfstoolkit.listener;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.github.ipfstoolkit.transmission.AckMode;
import io.github.ipfstoolkit.transmission.conversation.ConversationOptions;
import io.github.ipfstoolkit.transmission.file.FileReceiverOptions;

import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.util.Assert;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * How a listener listens. Immutable; {@link #toBuilder()} makes a changed copy. What an
 * annotation says is laid over the application's defaults in this way, so that what it
 * does not say always comes from there.
 *
 * @param concurrency how many messages are handled at the same time
 * @param autoStartup whether the listener starts with the application
 * @param shutdownTimeout how long messages that are being handled are waited for when the
 * listener stops
 * @param startupFailurePolicy what happens when the listener can not be started
 * @param startupBackOff when a start is tried again, for
 * {@link StartupFailurePolicy#RETRY}
 * @param errorHandler decides what becomes of a message that the listener failed on
 * @param executorFactory gives a listener, by its ID, the executor that its messages are
 * handled on. A stream of a peer occupies a thread as long as it is open, so the executor
 * must start each task at once or reject it, and never queue.
 * @param ackMode when messages of peers are acknowledged. Conversations, files and
 * requests that are answered are not acknowledged before they are taken, and topics know
 * no acknowledgement
 * @param files how a listener's files are received, as changes to the application's
 * options, such as another directory
 * @param conversations how a listener's conversations are held, and requests answered, as
 * changes to the application's options, such as a salutation
 * @since 0.1.0
 */
public record IpfsListenerOptions(int concurrency, boolean autoStartup, Duration shutdownTimeout,
		StartupFailurePolicy startupFailurePolicy, BackOff startupBackOff, IpfsListenerErrorHandler errorHandler,
		Function<String, Executor> executorFactory, AckMode ackMode, UnaryOperator<FileReceiverOptions> files,
		UnaryOperator<ConversationOptions> conversations) {

	/**
	 * How many messages are handled at the same time, if not said otherwise.
	 */
	public static final int DEFAULT_CONCURRENCY = 10;

	/**
	 * How long messages that are being handled are waited for, if not said otherwise:
	 * below the 30 s that Spring Boot gives a phase of the shutdown.
	 */
	public static final Duration DEFAULT_SHUTDOWN_TIMEOUT = Duration.ofSeconds(20);

	public IpfsListenerOptions {
		Assert.isTrue(concurrency > 0, () -> "'concurrency' must be positive, but is " + concurrency);
		Assert.isTrue(!shutdownTimeout.isNegative(), "'shutdownTimeout' must not be negative");
	}

	/**
	 * Starts from the defaults: 10 messages at the same time, started with the
	 * application, 20 s to stop, {@link StartupFailurePolicy#STOP}, an error handler that
	 * rethrows, a new daemon thread for each stream, and {@link AckMode#HANDLED}.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Starts from these options.
	 * @return a builder
	 */
	public Builder toBuilder() {
		return new Builder(this);
	}

	private static Executor newThreads(String listenerId) {
		SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("ipfs-listener-" + listenerId + "-");
		executor.setDaemon(true);
		return executor;
	}

	/**
	 * Builds {@link IpfsListenerOptions}. Not safe for use by several threads.
	 */
	public static final class Builder {

		private int concurrency = DEFAULT_CONCURRENCY;

		private boolean autoStartup = true;

		private Duration shutdownTimeout = DEFAULT_SHUTDOWN_TIMEOUT;

		private StartupFailurePolicy startupFailurePolicy = StartupFailurePolicy.STOP;

		private BackOff startupBackOff = new ExponentialBackOff(1000, 2);

		private IpfsListenerErrorHandler errorHandler = (message, failure) -> {
			throw failure;
		};

		private Function<String, Executor> executorFactory = IpfsListenerOptions::newThreads;

		private AckMode ackMode = AckMode.HANDLED;

		private UnaryOperator<FileReceiverOptions> files = UnaryOperator.identity();

		private UnaryOperator<ConversationOptions> conversations = UnaryOperator.identity();

		private Builder() {
		}

		private Builder(IpfsListenerOptions options) {
			this.concurrency = options.concurrency;
			this.autoStartup = options.autoStartup;
			this.shutdownTimeout = options.shutdownTimeout;
			this.startupFailurePolicy = options.startupFailurePolicy;
			this.startupBackOff = options.startupBackOff;
			this.errorHandler = options.errorHandler;
			this.executorFactory = options.executorFactory;
			this.ackMode = options.ackMode;
			this.files = options.files;
			this.conversations = options.conversations;
		}

		/**
		 * Sets how many messages are handled at the same time.
		 * @param concurrency the number, at least 1
		 * @return this builder
		 */
		public Builder concurrency(int concurrency) {
			this.concurrency = concurrency;
			return this;
		}

		/**
		 * Sets whether the listener starts with the application.
		 * @param autoStartup whether it does
		 * @return this builder
		 */
		public Builder autoStartup(boolean autoStartup) {
			this.autoStartup = autoStartup;
			return this;
		}

		/**
		 * Sets how long messages that are being handled are waited for when the listener
		 * stops.
		 * @param shutdownTimeout the time
		 * @return this builder
		 */
		public Builder shutdownTimeout(Duration shutdownTimeout) {
			this.shutdownTimeout = shutdownTimeout;
			return this;
		}

		/**
		 * Sets what happens when the listener can not be started.
		 * @param startupFailurePolicy the policy
		 * @return this builder
		 */
		public Builder startupFailurePolicy(StartupFailurePolicy startupFailurePolicy) {
			this.startupFailurePolicy = startupFailurePolicy;
			return this;
		}

		/**
		 * Sets when a start is tried again, for {@link StartupFailurePolicy#RETRY}.
		 * @param startupBackOff the intervals
		 * @return this builder
		 */
		public Builder startupBackOff(BackOff startupBackOff) {
			this.startupBackOff = startupBackOff;
			return this;
		}

		/**
		 * Sets what decides about a message that the listener failed on.
		 * @param errorHandler the handler
		 * @return this builder
		 */
		public Builder errorHandler(IpfsListenerErrorHandler errorHandler) {
			this.errorHandler = errorHandler;
			return this;
		}

		/**
		 * Sets where listeners get their executors from.
		 * @param executorFactory gives an executor to a listener, by its ID
		 * @return this builder
		 */
		public Builder executorFactory(Function<String, Executor> executorFactory) {
			this.executorFactory = executorFactory;
			return this;
		}

		/**
		 * Sets when messages of peers are acknowledged.
		 * @param ackMode the mode
		 * @return this builder
		 */
		public Builder ackMode(AckMode ackMode) {
			this.ackMode = ackMode;
			return this;
		}

		/**
		 * Sets how a listener's files are received, such as into another directory.
		 * @param files changes the application's options
		 * @return this builder
		 */
		public Builder files(UnaryOperator<FileReceiverOptions> files) {
			this.files = files;
			return this;
		}

		/**
		 * Sets how a listener's conversations are held, and requests answered, such as
		 * with a salutation.
		 * @param conversations changes the application's options
		 * @return this builder
		 */
		public Builder conversations(UnaryOperator<ConversationOptions> conversations) {
			this.conversations = conversations;
			return this;
		}

		/**
		 * Builds the options.
		 * @return the options
		 * @throws IllegalArgumentException if one of them is out of its range
		 */
		public IpfsListenerOptions build() {
			return new IpfsListenerOptions(this.concurrency, this.autoStartup, this.shutdownTimeout,
					this.startupFailurePolicy, this.startupBackOff, this.errorHandler, this.executorFactory,
					this.ackMode, this.files, this.conversations);
		}

	}

}
