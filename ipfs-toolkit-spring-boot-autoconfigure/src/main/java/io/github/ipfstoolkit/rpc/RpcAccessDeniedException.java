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
 * Thrown when the node refuses a command to the sender: its {@code API.Authorizations} do
 * not allow the command for the credentials that were sent.
 *
 * @since 0.1.0
 */
public class RpcAccessDeniedException extends RpcException {

	/**
	 * Creates an exception.
	 * @param command the command, such as {@code files/rm}
	 * @param status the HTTP status
	 * @param error what the node says
	 */
	public RpcAccessDeniedException(String command, int status, RpcError error) {
		super("The node refused '%s' (HTTP %d): %s. Its API.Authorizations must allow the command for the credentials in ipfs.api.authorization"
			.formatted(command, status, error.message()), command, status, error, null);
	}

}
