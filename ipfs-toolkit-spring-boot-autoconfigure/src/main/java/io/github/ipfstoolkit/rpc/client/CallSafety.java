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

import java.util.Arrays;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What it means to send a command twice, in the terms of HTTP (RFC 9110, 9.2), whose
 * methods do not tell: Kubo takes nothing but POST.
 */
enum CallSafety {

	/** Changes nothing that anyone asked for. */
	SAFE,

	/**
	 * Changes something, but the node is after the second time as after the first, and
	 * succeeds both times.
	 */
	IDEMPOTENT,

	/** Anything else: what is not known, and all that has an upload. */
	UNSAFE;

	private static final Set<String> SAFE_COMMANDS = Set.of("bitswap/ledger", "bitswap/stat", "bitswap/wantlist",
			"block/get", "block/stat", "bootstrap", "bootstrap/list", "cat", "cid/base32", "cid/bases", "cid/codecs",
			"cid/format", "cid/hashes", "cid/inspect", "commands", "config/show", "dag/export", "dag/get",
			"dag/resolve", "dag/stat", "dht/query", "diag/cmds", "diag/healthy", "diag/profile", "diag/sys", "files/ls",
			"files/read", "files/stat", "filestore/dups", "filestore/ls", "filestore/verify", "get", "id", "key/list",
			"key/ls", "log/ls", "log/tail", "ls", "multibase/list", "name/get", "name/pubsub/state", "name/pubsub/subs",
			"name/resolve", "object/diff", "p2p/ls", "p2p/stream/ls", "pin/ls", "pin/remote/ls",
			"pin/remote/service/ls", "pin/verify", "ping", "provide/stat", "pubsub/ls", "pubsub/peers", "pubsub/sub",
			"refs", "refs/local", "repo/ls", "repo/stat", "repo/verify", "repo/version", "resolve", "routing/findpeer",
			"routing/findprovs", "routing/get", "stats/bitswap", "stats/bw", "stats/dht", "stats/provide", "stats/repo",
			"stats/reprovide", "swarm/addrs", "swarm/addrs/autonat", "swarm/addrs/listen", "swarm/addrs/local",
			"swarm/filters", "swarm/peering/ls", "swarm/peers", "swarm/resources", "version", "version/check",
			"version/deps");

	private static final Set<String> IDEMPOTENT_COMMANDS = Set.of("bootstrap/add", "bootstrap/rm/all",
			"diag/cmds/clear", "diag/cmds/set-time", "files/chcid", "files/chmod", "files/flush", "files/touch",
			"pin/add", "provide/once", "repo/gc", "swarm/connect", "swarm/filters/add", "swarm/peering/add",
			"swarm/peering/rm");

	/** Read a setting with one argument, and set it with two. */
	private static final Set<String> SETTINGS = Set.of("config", "log/level");

	/** Options with which a command that reads repairs. */
	private static final Map<String, Set<String>> REPAIRING = Map.of("filestore/verify", Set.of("remove-bad-blocks"),
			"repo/verify", Set.of("drop", "heal"));

	/**
	 * Returns what it means to send a call twice.
	 * @param command the command, such as {@code files/read}
	 * @param query the encoded query
	 * @return its safety
	 */
	static CallSafety of(String command, @Nullable String query) {
		if (SETTINGS.contains(command)) {
			return (arguments(query) > 1) ? IDEMPOTENT : SAFE;
		}
		if (command.equals("files/mkdir")) {
			return QueryOption.has(query, "parents", true) ? IDEMPOTENT : UNSAFE;
		}
		for (String option : REPAIRING.getOrDefault(command, Set.of())) {
			if (QueryOption.has(query, option, true)) {
				return UNSAFE;
			}
		}
		if (SAFE_COMMANDS.contains(command)) {
			return SAFE;
		}
		return IDEMPOTENT_COMMANDS.contains(command) ? IDEMPOTENT : UNSAFE;
	}

	private static long arguments(@Nullable String query) {
		return (query == null) ? 0
				: Arrays.stream(query.split("&")).filter((parameter) -> parameter.startsWith("arg=")).count();
	}

}
