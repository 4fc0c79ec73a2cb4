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

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * How the node's RPC API is reached.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("ipfs.api")
public class IpfsApiProperties {

	/**
	 * Address of the node's RPC API, as a URL or a multiaddr; "/unix" and a path for a
	 * Unix domain socket. Where it is not set, the node is looked for at the usual
	 * places.
	 */
	private @Nullable String url;

	/**
	 * Credentials for the node's RPC API, in one of the forms of Kubo's
	 * API.Authorizations ("bearer:TOKEN", "basic:USER:PASSWORD") or as the value of the
	 * Authorization header.
	 */
	private @Nullable String authorization;

	/**
	 * Maximum number of connections for commands. Endless streams such as subscriptions
	 * have connections of their own, which are not counted.
	 */
	private int maxConnections = 64;

	/**
	 * Maximum size of a single value of a reply, such as the listing of a directory,
	 * which is read into memory to be decoded. Content and the number of values in a
	 * stream have no limit.
	 */
	private DataSize maxInMemorySize = DataSize.ofMegabytes(64);

	private final Retry retry = new Retry();

	private final Ssl ssl = new Ssl();

	private final Timeouts timeouts = new Timeouts();

	public @Nullable String getUrl() {
		return this.url;
	}

	public void setUrl(@Nullable String url) {
		this.url = url;
	}

	public @Nullable String getAuthorization() {
		return this.authorization;
	}

	public void setAuthorization(@Nullable String authorization) {
		this.authorization = authorization;
	}

	public int getMaxConnections() {
		return this.maxConnections;
	}

	public void setMaxConnections(int maxConnections) {
		this.maxConnections = maxConnections;
	}

	public DataSize getMaxInMemorySize() {
		return this.maxInMemorySize;
	}

	public void setMaxInMemorySize(DataSize maxInMemorySize) {
		this.maxInMemorySize = maxInMemorySize;
	}

	public Retry getRetry() {
		return this.retry;
	}

	public Ssl getSsl() {
		return this.ssl;
	}

	public Timeouts getTimeouts() {
		return this.timeouts;
	}

	/**
	 * When a call is sent again that failed before a single byte of its reply came.
	 */
	public static class Retry {

		/**
		 * Maximum number of further attempts for a command that changes nothing. 0 for
		 * none.
		 */
		private int maxAttempts = 2;

		/**
		 * Time until the first further attempt. It doubles with each, and is varied by up
		 * to a half.
		 */
		private Duration initialInterval = Duration.ofMillis(100);

		/**
		 * Maximum time between two attempts.
		 */
		private Duration maxInterval = Duration.ofSeconds(1);

		/**
		 * Whether commands that change something are sent again too, if sending them
		 * twice leaves the node as sending them once does, such as "pin/add". Uploads
		 * never are.
		 */
		private boolean writes;

		public int getMaxAttempts() {
			return this.maxAttempts;
		}

		public void setMaxAttempts(int maxAttempts) {
			this.maxAttempts = maxAttempts;
		}

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

		public boolean isWrites() {
			return this.writes;
		}

		public void setWrites(boolean writes) {
			this.writes = writes;
		}

	}

	/**
	 * How connections to a node at an https address are secured.
	 */
	public static class Ssl {

		/**
		 * Name of the SSL bundle with the certificates that are trusted, and with that of
		 * the application where the node asks for one. Without it the JVM's own settings
		 * apply.
		 */
		private @Nullable String bundle;

		public @Nullable String getBundle() {
			return this.bundle;
		}

		public void setBundle(@Nullable String bundle) {
			this.bundle = bundle;
		}

	}

	/**
	 * How long the node is waited for, by kind of call. Except for the first, each is the
	 * time without any progress, not that of the whole call; a reply of a single value or
	 * of none must also be complete within that time of its beginning.
	 */
	public static class Timeouts {

		/**
		 * Time to establish a connection.
		 */
		private Duration connect = Duration.ofSeconds(5);

		/**
		 * Time for which the node may be silent in a command that it answers by itself,
		 * such as "id" or "config".
		 */
		private Duration command = Duration.ofSeconds(30);

		/**
		 * Time for which the node may be silent while content is moved, such as "cat" or
		 * "add".
		 */
		private Duration transfer = Duration.ofMinutes(1);

		/**
		 * Time for which the node may be silent while it asks other peers, such as
		 * "routing/findpeer" or "name/publish".
		 */
		private Duration lookup = Duration.ofMinutes(2);

		/**
		 * Time for which the node may be silent while it works through whole graphs or
		 * the whole repository, such as "pin/add" or "repo/gc".
		 */
		private Duration bulk = Duration.ofHours(1);

		public Duration getConnect() {
			return this.connect;
		}

		public void setConnect(Duration connect) {
			this.connect = connect;
		}

		public Duration getCommand() {
			return this.command;
		}

		public void setCommand(Duration command) {
			this.command = command;
		}

		public Duration getTransfer() {
			return this.transfer;
		}

		public void setTransfer(Duration transfer) {
			this.transfer = transfer;
		}

		public Duration getLookup() {
			return this.lookup;
		}

		public void setLookup(Duration lookup) {
			this.lookup = lookup;
		}

		public Duration getBulk() {
			return this.bulk;
		}

		public void setBulk(Duration bulk) {
			this.bulk = bulk;
		}

	}

}
