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

	public Ssl getSsl() {
		return this.ssl;
	}

	public Timeouts getTimeouts() {
		return this.timeouts;
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
	 * time without any progress, not that of the whole call.
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
