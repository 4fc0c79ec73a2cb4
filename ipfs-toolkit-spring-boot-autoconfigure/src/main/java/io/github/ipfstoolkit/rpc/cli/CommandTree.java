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

package io.github.ipfstoolkit.rpc.cli;

import java.util.HashMap;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The commands that the executable has. Where one is not there, the executable takes its
 * name for an argument of the command above it.
 *
 * @param commands whether there are commands below a command, by its path
 */
record CommandTree(Map<String, Boolean> commands) {

	static CommandTree of(String json) {
		Map<String, Boolean> commands = new HashMap<>();
		JsonMapper.shared().readTree(json).get("Subcommands").forEach((child) -> collect(child, "", commands));
		return new CommandTree(commands);
	}

	private static void collect(JsonNode command, String prefix, Map<String, Boolean> commands) {
		String path = prefix + command.get("Name").asString();
		commands.put(path, !command.get("Subcommands").isEmpty());
		command.get("Subcommands").forEach((child) -> collect(child, path + "/", commands));
	}

	boolean contains(String command) {
		return this.commands.containsKey(command);
	}

	/**
	 * Returns whether a command may be none but a group of others, for which the
	 * executable prints how they are used.
	 */
	boolean isGroup(String command) {
		return this.commands.getOrDefault(command, false);
	}

}
