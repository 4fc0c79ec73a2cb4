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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A shell script in the place of Kubo's executable. It tells which commands it has; what
 * it does about any other than {@code commands} is up to the test. It notes its arguments
 * and its process ID.
 *
 * @param path the script
 */
record FakeExecutable(Path path) {

	private static final String COMMANDS = """
			{"Name":"ipfs","Subcommands":[
			{"Name":"cat","Subcommands":[]},{"Name":"add","Subcommands":[]},{"Name":"version","Subcommands":[]},
			{"Name":"get","Subcommands":[]},{"Name":"ls","Subcommands":[]},{"Name":"id","Subcommands":[]},
			{"Name":"daemon","Subcommands":[]},{"Name":"config","Subcommands":[{"Name":"edit","Subcommands":[]}]},
			{"Name":"key","Subcommands":[{"Name":"export","Subcommands":[]},{"Name":"rotate","Subcommands":[]}]},
			{"Name":"stats","Subcommands":[{"Name":"bw","Subcommands":[]}]},
			{"Name":"log","Subcommands":[{"Name":"tail","Subcommands":[]}]},
			{"Name":"pubsub","Subcommands":[{"Name":"sub","Subcommands":[]}]},
			{"Name":"files","Subcommands":[{"Name":"ls","Subcommands":[]}]},
			{"Name":"filestore","Subcommands":[{"Name":"ls","Subcommands":[]},{"Name":"verify","Subcommands":[]}]},
			{"Name":"cid","Subcommands":[{"Name":"format","Subcommands":[]},{"Name":"base32","Subcommands":[]}]},
			{"Name":"pin","Subcommands":[{"Name":"add","Subcommands":[]}]},
			{"Name":"block","Subcommands":[{"Name":"stat","Subcommands":[]},{"Name":"rm","Subcommands":[]},
			{"Name":"put","Subcommands":[]}]}]}
			""";

	/**
	 * Writes the script.
	 * @param body what it does, in the language of the shell; {@code $DIR} is where it is
	 */
	static FakeExecutable in(Path directory, String body) {
		try {
			Files.writeString(directory.resolve("commands.json"), COMMANDS);
			Path script = Files.writeString(directory.resolve("ipfs"), """
					#!/bin/sh
					DIR='%s'
					[ "$1" = commands ] && exec cat "$DIR/commands.json"
					echo $$ >> "$DIR/pids"
					for argument in "$@"; do printf '%%s\\036' "$argument"; done > "$DIR/arguments"
					%s
					""".formatted(directory, body));
			script.toFile().setExecutable(true);
			return new FakeExecutable(script);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	Path file(String name) {
		return this.path.resolveSibling(name);
	}

	String read(String name) {
		try {
			return Files.readString(file(name));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the arguments of the last call.
	 */
	List<String> arguments() {
		String text = read("arguments");
		return List.of(text.substring(0, text.length() - 1).split("\036", -1));
	}

	/**
	 * Returns whether all processes have ended whose IDs a file holds, of which there
	 * must be some.
	 */
	boolean haveEnded(String file) {
		List<Long> ids = read(file).lines().map(Long::parseLong).toList();
		return !ids.isEmpty()
				&& ids.stream().map(ProcessHandle::of).flatMap(Optional::stream).noneMatch(ProcessHandle::isAlive);
	}

}
