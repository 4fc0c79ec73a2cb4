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

package io.github.ipfstoolkit.rpc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The one list of what Kubo's command tree names and no section carries, with the reason.
 * {@link CommandCoverageIT} checks each against a running node.
 */
final class CommandExceptions {

	/** Commands of the executable alone: over HTTP there is no such path (404). */
	static final Set<String> NOT_REMOTE = Set.of("commands/completion", "commands/completion/bash",
			"commands/completion/fish", "commands/completion/zsh", "config/edit", "diag/datastore/count",
			"diag/datastore/get", "diag/datastore/put", "files/chroot", "key/export", "key/rotate", "repo/migrate",
			"update", "update/check", "update/clean", "update/install", "update/revert", "update/versions");

	/** Commands that were removed from Kubo, with what replaces them. */
	static final Map<String, String> REMOVED = new LinkedHashMap<>();

	static {
		REMOVED.put("dht/findpeer", "routing/findpeer");
		REMOVED.put("dht/findprovs", "routing/findprovs");
		REMOVED.put("dht/get", "routing/get");
		REMOVED.put("dht/provide", "provide/once");
		REMOVED.put("dht/put", "routing/put");
		REMOVED.put("object/data", "dag/get");
		REMOVED.put("object/get", "dag/get");
		REMOVED.put("object/links", "dag/get");
		REMOVED.put("object/new", "dag/put");
		REMOVED.put("object/patch/append-data", "files/write");
		REMOVED.put("object/patch/set-data", "files/write");
		REMOVED.put("object/put", "dag/put");
		REMOVED.put("object/stat", "files/stat");
	}

	/** What holds commands and is none itself. */
	static final Set<String> GROUPS = Set.of("bitswap", "block", "cid", "config/profile", "dag", "dht", "diag",
			"diag/datastore", "files", "filestore", "key", "log", "multibase", "name", "name/pubsub", "object",
			"object/patch", "p2p", "p2p/stream", "pin", "pin/remote", "pin/remote/service", "provide", "pubsub", "repo",
			"routing", "stats", "swarm", "swarm/peering");

	/**
	 * Options of every command. {@code offline}, {@code timeout} and {@code cid-base} are
	 * in all options objects. The others are about the form of a reply or mean something
	 * to the executable alone.
	 */
	static final Set<String> GLOBAL_OPTIONS = Set.of("offline", "timeout", "cid-base");

	static final Options OPTIONS = new Options()
		.because("they choose what the executable prints; the reply over HTTP is the same",
				"* --verbose,quiet,quieter,human,headers,numeric,prefix except block/rm pin/verify "
						+ "provide/clear swarm/peers",
				"files/ls --U", "files/stat --format,hash,size", "id --format", "key/list,key/ls,key/rm --l",
				"ls --long", "version --all,commit,number,repo", "dag/import --silent",
				"provide/stat,stats/provide,stats/reprovide "
						+ "--all,compact,connectivity,network,schedule,timings,workers,operations,queues")
		.because("the executable shows progress by them, counting what it receives", "cat,get,dag/export --progress")
		.because("they name where the executable writes to", "get,diag/profile --output")
		.because("the executable walks directories by them before it sends; an Upload does that here",
				"add --recursive,dereference-args,dereference-symlinks,hidden,ignore,ignore-rules-path,stdin-name")
		.because("they choose how identities are written in the reply, which becomes a PeerId in any form",
				"* --ipns-base", "id --peerid-base")
		.because("they are the options of the command above, which these do not ask for", "bootstrap/rm/all --all",
				"config/profile/apply,config/replace --bool,json,expand-auto", "config/show --bool,json",
				"refs/local --format,edges,unique,recursive,max-depth",
				"version/check,version/deps --all,commit,number,repo")
		.because("files/rm writes at once whatever is said, and the others do not ask for it",
				"files/chmod,files/flush,files/ls,files/read,files/rm,files/stat,files/touch --flush");

	private CommandExceptions() {
	}

	/**
	 * Options that are not carried, by the reason.
	 */
	static final class Options {

		private final Map<Rule, String> reasons = new LinkedHashMap<>();

		private Options because(String reason, String... rules) {
			for (String rule : rules) {
				this.reasons.put(Rule.of(rule), reason);
			}
			return this;
		}

		Optional<String> explanation(String command, Collection<String> option) {
			return this.reasons.entrySet()
				.stream()
				.filter((entry) -> entry.getKey().covers(command, option))
				.map(Map.Entry::getValue)
				.findFirst();
		}

		/**
		 * Returns what the rules name and no command has.
		 */
		List<String> unused(Map<String, Set<List<String>>> commands) {
			List<String> unused = new ArrayList<>();
			this.reasons.keySet().forEach((rule) -> {
				for (String option : rule.options()) {
					for (String command : rule.commands()) {
						if (commands.entrySet()
							.stream()
							.noneMatch((entry) -> (command.equals("*") || command.equals(entry.getKey()))
									&& entry.getValue().stream().anyMatch((names) -> names.contains(option)))) {
							unused.add(command + " --" + option);
						}
					}
				}
			});
			return unused;
		}

	}

	/**
	 * Options of some commands, or of all but some.
	 */
	private record Rule(List<String> commands, List<String> options, List<String> except) {

		static Rule of(String text) {
			String[] parts = text.split(" except ");
			String[] rule = parts[0].split(" --");
			return new Rule(List.of(rule[0].split(",")), List.of(rule[1].split(",")),
					(parts.length > 1) ? List.of(parts[1].split(" ")) : List.of());
		}

		boolean covers(String command, Collection<String> option) {
			return (this.commands.contains("*") || this.commands.contains(command)) && !this.except.contains(command)
					&& this.options.stream().anyMatch(option::contains);
		}

	}

}
