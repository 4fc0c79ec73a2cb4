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
 * Thrown when a command is not possible in the way in which the node is used: over HTTP,
 * where Kubo does not offer some commands at all; or with the {@code ipfs} executable,
 * where some need a running node.
 *
 * @since 0.1.0
 */
public class UnsupportedCommandException extends RpcException {

	private final String problem;

	private final String remedy;

	/**
	 * Creates an exception.
	 * @param command the command, such as {@code key/export}
	 * @param problem why it is not possible, without a full stop at its end
	 * @param remedy what can be done about it, as sentences
	 * @param status the HTTP status of the reply, 0 if there was none
	 * @param error what the node or the executable says, if anything
	 */
	public UnsupportedCommandException(String command, String problem, String remedy, int status,
			@Nullable RpcError error) {
		super("'%s' is not possible here: %s. %s".formatted(command, problem, remedy), command, status, error, null);
		this.problem = problem;
		this.remedy = remedy;
	}

	/**
	 * Returns why the command is not possible.
	 * @return the problem, without a full stop at its end
	 */
	public String getProblem() {
		return this.problem;
	}

	/**
	 * Returns what can be done about it.
	 * @return the remedy, as sentences
	 */
	public String getRemedy() {
		return this.remedy;
	}

}
