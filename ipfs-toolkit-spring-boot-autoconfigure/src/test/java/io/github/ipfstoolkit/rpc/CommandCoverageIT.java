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

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.github.ipfstoolkit.node.executable.ExecutableLocator;
import io.github.ipfstoolkit.testsupport.KuboTestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Asks a running node for its commands and their options, and compares them with what the
 * sections carry. A new Kubo with a command or option that no method has fails this test.
 */
class CommandCoverageIT {

	private static final Map<String, Set<String>> carried = SectionMethods.optionsByCommand();

	private static KuboTestNode node;

	private static RestClient http;

	/** The options by command, without those of the root, as the node tells them. */
	private static Map<String, Set<List<String>>> commands;

	@BeforeAll
	static void start() {
		node = KuboTestNode.start();
		http = RestClient.create(node.endpoint().uri() + "/api/v0");
		JsonNode root = JsonMapper.shared().readTree(post("commands?flags=true").text());
		Map<String, Set<List<String>>> found = new TreeMap<>();
		root.get("Subcommands").forEach((child) -> collect(child, "", Set.of(), found));
		commands = found;
	}

	@AfterAll
	static void stop() {
		node.close();
	}

	@Test
	void everyLiveCommandHasAMethod() {
		Set<String> live = live();
		assertThat(carried.keySet()).as("live commands that no method carries").containsAll(live);
		System.out.printf("%s are carried by %d methods, with %d options%n", count(), SectionMethods.count(),
				live.stream().mapToInt((command) -> carried.get(command).size()).sum());
	}

	@Test
	void readmeAndReferenceStateTheCount() throws IOException {
		assumeThat(KuboTestNode.version()).isEqualTo(KuboVersion.of(ExecutableLocator.DEFAULT_VERSION));
		for (String page : List.of("README.md", "docs/ipfs-api.md")) {
			assertThat(Path.of("..").resolve(page)).content().contains(count());
		}
	}

	private static String count() {
		Set<String> live = live();
		return "%d of the %d live commands of Kubo %s".formatted(live.stream().filter(carried::containsKey).count(),
				live.size(), KuboTestNode.version());
	}

	@Test
	void everyOptionThatActsOverHttpIsCarried() {
		List<String> missing = new ArrayList<>();
		live().forEach((command) -> commands.get(command).forEach((names) -> {
			if (names.stream().noneMatch(carried.getOrDefault(command, Set.of())::contains)
					&& CommandExceptions.OPTIONS.explanation(command, names).isEmpty()) {
				missing.add(command + " --" + names.get(0));
			}
		}));
		assertThat(missing).as("options that no method carries").isEmpty();
	}

	@Test
	void noMethodCarriesWhatTheNodeDoesNotHave() {
		List<String> unknown = new ArrayList<>();
		carried.forEach((command, options) -> {
			Set<String> names = new TreeSet<>(Set.of("arg"));
			names.addAll(CommandExceptions.GLOBAL_OPTIONS);
			commands.getOrDefault(command, Set.of()).forEach(names::addAll);
			options.stream()
				.filter((option) -> !names.contains(option))
				.forEach((option) -> unknown.add(command + " --" + option));
		});
		Set<String> known = new TreeSet<>(live());
		known.addAll(CommandExceptions.NOT_REMOTE);
		assertThat(known).containsAll(carried.keySet());
		assertThat(unknown).as("options that the node would ignore without a word").isEmpty();
	}

	@Test
	void exceptionsAreWhatTheyAreSaidToBe() {
		assertThat(CommandExceptions.NOT_REMOTE).allSatisfy((command) -> {
			assertThat(commands).containsKey(command);
			assertThat(post(command).status()).as(command).isEqualTo(404);
		});
		assertThat(CommandExceptions.REMOVED.keySet()).allSatisfy((command) -> {
			assertThat(commands).containsKey(command);
			assertThat(post(command)).as(command)
				.matches((reply) -> reply.status() == 500 && reply.text().contains("removed, use"));
		});
		assertThat(CommandExceptions.OPTIONS.unused(commands)).as("exceptions for options that are not there")
			.isEmpty();
	}

	/**
	 * Groups answer with status 200 and nothing, as a command without a reply does: they
	 * must not be taken for commands.
	 */
	@Test
	void groupsAreNoCommands() {
		assertThat(CommandExceptions.GROUPS).allSatisfy((group) -> {
			assertThat(commands).containsKey(group);
			assertThat(post(group)).as(group).isEqualTo(new Reply(200, ""));
		});
	}

	private static Set<String> live() {
		Set<String> live = new TreeSet<>(commands.keySet());
		live.removeAll(CommandExceptions.GROUPS);
		live.removeAll(CommandExceptions.NOT_REMOTE);
		live.removeAll(CommandExceptions.REMOVED.keySet());
		return live;
	}

	/**
	 * Options of a group or command can be given to each command below it.
	 */
	private static void collect(JsonNode command, String prefix, Set<List<String>> inherited,
			Map<String, Set<List<String>>> found) {
		String path = prefix + command.get("Name").asString();
		Set<List<String>> options = new LinkedHashSet<>(inherited);
		command.get("Options").forEach((option) -> {
			List<String> names = new ArrayList<>();
			option.get("Names").forEach((name) -> names.add(name.asString()));
			options.add(names);
		});
		found.put(path, options);
		command.get("Subcommands").forEach((child) -> collect(child, path + "/", options, found));
	}

	private static Reply post(String command) {
		return http.post()
			.uri("/" + command)
			.exchange((request, response) -> new Reply(response.getStatusCode().value(),
					new String(response.getBody().readAllBytes())));
	}

	private record Reply(int status, String text) {
	}

}
