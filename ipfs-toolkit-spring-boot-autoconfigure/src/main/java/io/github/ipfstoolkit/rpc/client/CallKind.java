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

package io.github.ipfstoolkit.rpc.client;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * What a command waits for, and so how long the node may be silent in it. This is the one
 * place that knows it for each command. For backends.
 *
 * @since 0.1.0
 */
public enum CallKind {

	/** The node answers by itself. */
	COMMAND("command", RpcTimeouts::command),

	/** Content is moved. */
	TRANSFER("transfer", RpcTimeouts::transfer),

	/** Other peers are asked. */
	LOOKUP("lookup", RpcTimeouts::lookup),

	/** Whole graphs or the whole repository are worked through. */
	BULK("bulk", RpcTimeouts::bulk),

	/** The reply has no end; only its beginning is waited for with a time-out. */
	STREAM("command", RpcTimeouts::command),

	/**
	 * The reply has no end, and Kubo sends not even its headers before there is content.
	 */
	SILENT_STREAM("command", RpcTimeouts::command);

	private static final String ROOT = "/api/v0/";

	private static final Map<String, CallKind> COMMANDS = new HashMap<>();

	static {
		TRANSFER.takes("add", "block", "cat", "dag", "files", "get", "ls", "multibase", "object", "pin", "refs",
				"repo");
		LOOKUP.takes("name/get", "name/publish", "name/put", "name/resolve", "pin/remote", "ping", "provide/once",
				"resolve", "routing", "dht", "swarm/connect", "version/check");
		BULK.takes("bitswap/reprovide", "diag/profile", "filestore", "pin/add", "pin/update", "pin/verify", "repo/gc",
				"repo/verify", "routing/reprovide");
		STREAM.takes("pubsub/sub");
		SILENT_STREAM.takes("log/tail");
	}

	/** Commands that are endless only with the option that is true. */
	private static final Map<String, String> STREAM_OPTIONS = Map.of("p2p/listen", "foreground", "p2p/forward",
			"foreground", "stats/bw", "poll");

	/** What Kubo calls "NoRemote", and has for its executable alone. */
	private static final Set<String> LOCAL = Set.of("config/edit", "diag/datastore/count", "diag/datastore/get",
			"diag/datastore/put", "files/chroot", "key/export", "key/rotate", "repo/migrate");

	private final String property;

	private final Function<RpcTimeouts, Duration> timeout;

	CallKind(String property, Function<RpcTimeouts, Duration> timeout) {
		this.property = property;
		this.timeout = timeout;
	}

	private void takes(String... commands) {
		for (String command : commands) {
			COMMANDS.put(command, this);
		}
	}

	/**
	 * Returns the kind of a call.
	 * @param command the command, such as {@code files/read}
	 * @param query the encoded query
	 * @return its kind
	 */
	public static CallKind of(String command, @Nullable String query) {
		String streamOption = STREAM_OPTIONS.get(command);
		if (streamOption != null && QueryOption.has(query, streamOption, true)) {
			return STREAM;
		}
		if (command.equals("id") && query != null && query.contains("arg=")) {
			return LOOKUP;
		}
		for (String path = command; !path.isEmpty(); path = path.substring(0, Math.max(path.lastIndexOf('/'), 0))) {
			CallKind kind = COMMANDS.get(path);
			if (kind != null) {
				return kind;
			}
		}
		return COMMAND;
	}

	/**
	 * Returns whether Kubo does not offer a command over HTTP, but has it for its
	 * executable, which works on the repository itself.
	 * @param command the command, such as {@code key/export}
	 * @return whether the executable alone has it
	 */
	public static boolean isLocal(String command) {
		return LOCAL.contains(command);
	}

	/**
	 * Returns the command that a request is for: what follows the API's root, which may
	 * itself be below the path of a reverse proxy.
	 * @param uri what is asked for
	 * @return the command, such as {@code files/read}
	 */
	public static String command(URI uri) {
		String path = uri.getRawPath();
		int root = path.indexOf(ROOT);
		return (root >= 0) ? path.substring(root + ROOT.length()) : path;
	}

	/**
	 * Returns whether the reply has no end.
	 * @return whether it goes on until it is cancelled
	 */
	public boolean isEndless() {
		return this == STREAM || this == SILENT_STREAM;
	}

	/**
	 * Returns how long the node may be silent.
	 * @param timeouts what is configured
	 * @return the time-out
	 */
	public Duration timeout(RpcTimeouts timeouts) {
		return this.timeout.apply(timeouts);
	}

	/**
	 * Returns the name of the property that sets the time-out.
	 * @return the full name
	 */
	public String property() {
		return "ipfs.api.timeouts." + this.property;
	}

}
