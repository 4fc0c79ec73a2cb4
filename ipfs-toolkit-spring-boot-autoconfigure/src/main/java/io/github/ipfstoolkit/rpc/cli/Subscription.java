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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds out when the node has subscribed to a topic for a process of {@code pubsub/sub},
 * which does not say so itself. Among the node's topics there may be one to which another
 * program has subscribed; so the process is looked for among the node's commands first.
 */
final class Subscription {

	/** Between one question and the next. */
	static final Duration PAUSE = Duration.ofMillis(100);

	private static final String MARK = "timeout";

	private static final long CENTURY = Duration.ofDays(36_500).toNanos();

	private final CliConnector connector;

	private final Node node;

	private final Invocation call;

	Subscription(CliConnector connector, Node node, Invocation call) {
		this.connector = connector;
		this.node = node;
		this.call = call;
	}

	/**
	 * Makes a command one that can be told from others: by an end that is more than a
	 * century away, and like no other. Nothing else reaches the node and changes nothing.
	 */
	static Invocation mark(Invocation call) {
		return call.options().containsKey(MARK) ? call
				: call.with(MARK, (CENTURY + ThreadLocalRandom.current().nextLong(CENTURY)) + "ns");
	}

	/**
	 * Asks the node. The command is listed a moment before it subscribes, so that its
	 * topic has to be listed after that.
	 */
	boolean isMade() throws IOException, InterruptedException {
		return ask("diag/cmds").valueStream().anyMatch(this::isThis)
				&& ask("pubsub/ls").path("Strings").valueStream().anyMatch(this::isTopic);
	}

	private boolean isThis(JsonNode command) {
		return command.path("Active").asBoolean() && command.path("Command").asString().equals(this.call.command())
				&& command.path("Options").path(MARK).asString().equals(this.call.options().getFirst(MARK));
	}

	private boolean isTopic(JsonNode encoded) {
		return this.call.arguments()
			.stream()
			.map((topic) -> "u"
					+ Base64.getUrlEncoder().withoutPadding().encodeToString(topic.getBytes(StandardCharsets.UTF_8)))
			.anyMatch(encoded.asString()::equals);
	}

	private JsonNode ask(String command) throws IOException, InterruptedException {
		List<String> commandLine = new ArrayList<>(List.of(this.connector.executable().toString()));
		commandLine.addAll(this.node.options());
		commandLine.addAll(List.of(command.split("/")));
		commandLine.add("--enc=json");
		return JsonMapper.shared()
			.readTree(CommandProcess.run(commandLine, this.node.environment(), this.connector.timeouts().command(),
					this.connector.scheduler(), (exit) -> Failures.of(command, this.node, exit)));
	}

}
