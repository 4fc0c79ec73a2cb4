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

import io.github.ipfstoolkit.IpfsException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a command of the RPC API failed. Subclasses tell the kinds of failure
 * apart; a node that cannot be reached and a time-out have exceptions of their own, as no
 * reply of the node is involved.
 *
 * @since 0.1.0
 * @see io.github.ipfstoolkit.NodeUnreachableException
 * @see io.github.ipfstoolkit.IpfsTimeoutException
 */
@SuppressWarnings("serial")
public class RpcException extends IpfsException {

	private final String command;

	private final int status;

	private final @Nullable RpcError error;

	/**
	 * Creates an exception.
	 * @param message what failed and what can be done about it
	 * @param command the command, such as {@code files/rm}
	 * @param status the HTTP status of the reply, 0 if there was none
	 * @param error what the node says, if anything
	 * @param cause what made it fail, if known
	 */
	public RpcException(String message, String command, int status, @Nullable RpcError error,
			@Nullable Throwable cause) {
		super(message, cause);
		this.command = command;
		this.status = status;
		this.error = error;
	}

	/**
	 * Returns the command that failed, without its arguments.
	 * @return the path below {@code /api/v0/}, such as {@code files/rm}
	 */
	public String getCommand() {
		return this.command;
	}

	/**
	 * Returns the HTTP status of the reply.
	 * @return the status; 200 where the failure came after the reply had begun, 0 where
	 * there was no reply
	 */
	public int getStatus() {
		return this.status;
	}

	/**
	 * Returns what the node says about the failure.
	 * @return the node's words, {@code null} if it said nothing
	 */
	public @Nullable RpcError getError() {
		return this.error;
	}

}
