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

/**
 * Thrown when the node could not do what a command asks for.
 *
 * @since 0.1.0
 */
public class CommandFailedException extends RpcException {

	/**
	 * Creates an exception.
	 * @param command the command, such as {@code files/rm}
	 * @param status the HTTP status
	 * @param error what the node says
	 */
	public CommandFailedException(String command, int status, RpcError error) {
		this("'%s' failed: %s".formatted(command, error.message()), command, status, error);
	}

	CommandFailedException(String message, String command, int status, RpcError error) {
		super(message, command, status, error, null);
	}

}
