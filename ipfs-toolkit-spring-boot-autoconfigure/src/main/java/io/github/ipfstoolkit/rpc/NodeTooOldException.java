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

import org.jspecify.annotations.Nullable;

/**
 * Thrown in place of calling a command that the node's version of Kubo does not have, or
 * with an option that it would ignore without a word.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public class NodeTooOldException extends RpcException {

	private final @Nullable String option;

	private final KuboVersion neededVersion;

	private final KuboVersion nodeVersion;

	/**
	 * Creates an exception.
	 * @param command the command, such as {@code p2p/listen}
	 * @param option the option, {@code null} where the command itself is not there
	 * @param neededVersion the version that brought it
	 * @param nodeVersion the node's version
	 */
	public NodeTooOldException(String command, @Nullable String option, KuboVersion neededVersion,
			KuboVersion nodeVersion) {
		super("%s needs Kubo %s or newer, and the node is Kubo %s: update it".formatted(
				(option != null) ? "The option '%s' of '%s'".formatted(option, command) : "'" + command + "'",
				neededVersion, nodeVersion), command, 0, null, null);
		this.option = option;
		this.neededVersion = neededVersion;
		this.nodeVersion = nodeVersion;
	}

	/**
	 * Returns the option that the node does not have.
	 * @return the option, {@code null} where it is the command that is not there
	 */
	public @Nullable String getOption() {
		return this.option;
	}

	/**
	 * Returns the version that is needed.
	 * @return the version that brought the command or option
	 */
	public KuboVersion getNeededVersion() {
		return this.neededVersion;
	}

	/**
	 * Returns the node's version.
	 * @return the version; that of the executable, where commands go through one that is
	 * older than the node
	 */
	public KuboVersion getNodeVersion() {
		return this.nodeVersion;
	}

}
