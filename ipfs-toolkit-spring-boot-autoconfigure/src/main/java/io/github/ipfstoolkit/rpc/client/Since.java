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

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.ipfstoolkit.rpc.KuboVersion;
import org.jspecify.annotations.Nullable;

/**
 * A command or an option that not all supported versions of Kubo have. This is the one
 * place that knows what came when.
 *
 * @param version the version that brought it
 * @param option the option, {@code null} for the command itself
 * @param value the value of the option with which it makes a difference
 */
record Since(KuboVersion version, @Nullable String option, boolean value) {

	private static final Map<String, List<Since>> COMMANDS = new HashMap<>();

	static {
		commands("0.40", "key/ls", "name/get", "name/put", "pubsub/reset", "swarm/addrs/autonat");
		options("0.40", "p2p/listen", "foreground");
		options("0.40", "p2p/forward", "foreground");
		commands("0.41", "cid/inspect");
		options("0.41", "add", "fast-provide-dag");
		options("0.41", "dag/import", "fast-provide-dag");
		options("0.41", "object/patch/add-link", "allow-non-unixfs");
		options("0.41", "object/patch/rm-link", "allow-non-unixfs");
		options("0.41", "pin/add", "fast-provide-root", "fast-provide-dag", "fast-provide-wait");
		options("0.41", "pin/update", "fast-provide-root", "fast-provide-dag", "fast-provide-wait");
		commands("0.42", "diag/healthy", "provide/once");
		options("0.42", "dag/export", "local-only");
		options("0.42", "dag/import", "local-only");
		// older versions always include them
		add("add", new Since(KuboVersion.of("0.40"), "empty-dirs", false));
	}

	private static void commands(String version, String... commands) {
		for (String command : commands) {
			add(command, new Since(KuboVersion.of(version), null, true));
		}
	}

	private static void options(String version, String command, String... options) {
		for (String option : options) {
			add(command, new Since(KuboVersion.of(version), option, true));
		}
	}

	private static void add(String command, Since since) {
		COMMANDS.computeIfAbsent(command, (key) -> new ArrayList<>()).add(since);
	}

	/**
	 * Returns what of a call is not in all supported versions; of several things the one
	 * that came last.
	 * @param command the command, such as {@code files/read}
	 * @param query the encoded query
	 */
	static Optional<Since> of(String command, @Nullable String query) {
		List<Since> known = COMMANDS.get(command);
		return (known != null) ? known.stream()
			.filter((since) -> since.option == null || QueryOption.has(query, since.option, since.value))
			.max(Comparator.comparing(Since::version)) : Optional.empty();
	}

	/**
	 * Returns all that is known, by command.
	 */
	static Map<String, List<Since>> all() {
		return COMMANDS;
	}

}
