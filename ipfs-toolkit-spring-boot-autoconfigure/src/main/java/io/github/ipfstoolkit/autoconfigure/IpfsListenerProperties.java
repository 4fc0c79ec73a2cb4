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

import io.github.ipfstoolkit.listener.IpfsListenerOptions;
import io.github.ipfstoolkit.listener.StartupFailurePolicy;
import io.github.ipfstoolkit.transmission.AckMode;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How listeners listen, unless their annotation says otherwise.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("ipfs.listener")
public class IpfsListenerProperties {

	/**
	 * Whether listeners start with the application.
	 */
	private boolean autoStartup = true;

	/**
	 * Number of messages that a listener handles at the same time.
	 */
	private int concurrency = IpfsListenerOptions.DEFAULT_CONCURRENCY;

	/**
	 * When a message counts as delivered, so that its sender gets the acknowledgement.
	 * Conversations, files and requests that are answered always count when they are
	 * handled.
	 */
	private AckMode ackMode = AckMode.HANDLED;

	/**
	 * How long a listener that stops waits for messages that are being handled. Should be
	 * less than "spring.lifecycle.timeout-per-shutdown-phase".
	 */
	private Duration shutdownTimeout = IpfsListenerOptions.DEFAULT_SHUTDOWN_TIMEOUT;

	private final Startup startup = new Startup();

	public boolean isAutoStartup() {
		return this.autoStartup;
	}

	public void setAutoStartup(boolean autoStartup) {
		this.autoStartup = autoStartup;
	}

	public int getConcurrency() {
		return this.concurrency;
	}

	public void setConcurrency(int concurrency) {
		this.concurrency = concurrency;
	}

	public AckMode getAckMode() {
		return this.ackMode;
	}

	public void setAckMode(AckMode ackMode) {
		this.ackMode = ackMode;
	}

	public Duration getShutdownTimeout() {
		return this.shutdownTimeout;
	}

	public void setShutdownTimeout(Duration shutdownTimeout) {
		this.shutdownTimeout = shutdownTimeout;
	}

	public Startup getStartup() {
		return this.startup;
	}

	/**
	 * What happens when a listener can not be started.
	 */
	public static class Startup {

		/**
		 * What happens when a listener can not be started, because the node is away or
		 * the listener's name is taken.
		 */
		private StartupFailurePolicy failurePolicy = StartupFailurePolicy.STOP;

		private final Retry retry = new Retry();

		public StartupFailurePolicy getFailurePolicy() {
			return this.failurePolicy;
		}

		public void setFailurePolicy(StartupFailurePolicy failurePolicy) {
			this.failurePolicy = failurePolicy;
		}

		public Retry getRetry() {
			return this.retry;
		}

	}

	/**
	 * When a start that failed is tried again, if the policy is to retry.
	 */
	public static class Retry {

		/**
		 * Time until the first further attempt. It doubles with each.
		 */
		private Duration initialInterval = Duration.ofSeconds(1);

		/**
		 * Maximum time between two attempts.
		 */
		private Duration maxInterval = Duration.ofSeconds(30);

		/**
		 * Maximum number of further attempts. Where it is not set, there is no limit.
		 */
		private @Nullable Long maxAttempts;

		public Duration getInitialInterval() {
			return this.initialInterval;
		}

		public void setInitialInterval(Duration initialInterval) {
			this.initialInterval = initialInterval;
		}

		public Duration getMaxInterval() {
			return this.maxInterval;
		}

		public void setMaxInterval(Duration maxInterval) {
			this.maxInterval = maxInterval;
		}

		public @Nullable Long getMaxAttempts() {
			return this.maxAttempts;
		}

		public void setMaxAttempts(@Nullable Long maxAttempts) {
			this.maxAttempts = maxAttempts;
		}

	}

}
