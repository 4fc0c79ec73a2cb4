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
import java.util.regex.Pattern;

import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.NodeException;
import io.github.ipfstoolkit.NodeUnreachableException;
import io.github.ipfstoolkit.rpc.CommandFailedException;
import io.github.ipfstoolkit.rpc.InvalidArgumentException;
import io.github.ipfstoolkit.rpc.RpcAccessDeniedException;
import io.github.ipfstoolkit.rpc.RpcError;
import io.github.ipfstoolkit.rpc.UnknownCommandException;
import io.github.ipfstoolkit.rpc.UnsupportedCommandException;
import io.github.ipfstoolkit.rpc.client.CallKind;
import org.jspecify.annotations.Nullable;

/**
 * Makes the toolkit's exceptions of the executable's last words.
 */
final class Failures {

	/** What commands say that do nothing without a node that runs. */
	private static final Pattern NEEDS_NODE = Pattern.compile("must be run in online mode|must be run on the daemon"
			+ "|^daemon not running|without a running daemon|make sure the daemon is running"
			+ "|^experimental pubsub feature not enabled");

	private Failures() {
	}

	/**
	 * Fails for what is not even tried.
	 * @throws UnsupportedCommandException if the command is for people, or would be done
	 * somewhere else than at the node that is meant
	 */
	static void check(String command, Node node) {
		if (command.equals("config/edit")) {
			throw new UnsupportedCommandException(command, "it opens an editor",
					"Use config().show() and config().replace(…).", 0, null);
		}
		if (command.equals("daemon")) {
			throw new UnsupportedCommandException(command, "it is a node, and does not end",
					"Let the application run one: ipfs.node.mode=managed.", 0, null);
		}
		if (!node.running() && command.equals("log/tail")) {
			throw needsNode(command, node, "there is no log to follow", 0, null);
		}
		// the executable would take the repository's lock before it says so, again and
		// again while a subscription waits for a node to start, which needs that lock
		if (!node.running() && command.startsWith("pubsub/")) {
			throw needsNode(command, node, "there is nobody to send messages or to receive them", 0, null);
		}
		if (node.remote() && CallKind.isLocal(command)) {
			throw new UnsupportedCommandException(command,
					"the executable does it on a repository alone, and is told to use the node at " + node.name(),
					"Use a client that works on the node's repository, on the node's machine.", 0, null);
		}
	}

	/**
	 * Returns why a command has no reply.
	 */
	static IpfsException of(String command, Node node, Exit exit) {
		String message = exit.message();
		RpcError error = new RpcError(message, exit.isWrongArguments() ? 1 : 0, "error");
		if (message.contains("someone else has the lock")) {
			return new RepositoryInUseException("The " + node.name() + " is used by another process",
					"Wait until that has ended. A node that runs on it would take commands of many.");
		}
		if (message.startsWith("no IPFS repo found")) {
			return new NodeException("There is no " + node.name(),
					"Run 'ipfs init', name another one with IPFS_PATH or 'ipfs.cli.repository', or let the application "
							+ "run a node of its own: 'ipfs.node.mode=managed'.",
					null);
		}
		if (message.contains("needs migration") || message.contains("is lower than your repos")) {
			return new NodeException("The %s does not fit the executable: %s".formatted(node.name(), message),
					"Run 'ipfs repo migrate', or use a newer executable.", null);
		}
		if (message.startsWith("cannot connect to the api")) {
			return new NodeUnreachableException(node.name(), new IOException("says the ipfs executable"));
		}
		if (message.contains("daemon is running. please stop it")) {
			return new UnsupportedCommandException(command, "a node runs on the " + node.name(),
					"Stop the node before.", 500, error);
		}
		if (!node.running() && NEEDS_NODE.matcher(message).find()) {
			return needsNode(command, node, message, 500, error);
		}
		if (message.startsWith("Unknown Command")) {
			return new UnknownCommandException(command, 404, error);
		}
		if (message.contains("RPC Access Denied") || message.contains("403 Forbidden")) {
			return new RpcAccessDeniedException(command, 403, error);
		}
		return exit.isWrongArguments() ? new InvalidArgumentException(command, 400, error)
				: new CommandFailedException(command, 500, error);
	}

	private static UnsupportedCommandException needsNode(String command, Node node, String reason, int status,
			@Nullable RpcError error) {
		return new UnsupportedCommandException(command, "no node runs on the %s (%s)".formatted(node.name(), reason),
				"Start one on it ('ipfs daemon'), or let the application run one: 'ipfs.node.mode=managed'.", status,
				error);
	}

}
