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
 * Thrown when a command failed after its reply had begun. What came before the failure
 * must not be taken for the whole.
 * <p>
 * Kubo reports such a failure in the HTTP trailer {@code X-Stream-Error}, after status
 * 200 (<a href=
 * "https://github.com/ipfs/go-ipfs-cmds/blob/master/http/responseemitter.go">go-ipfs-cmds</a>).
 *
 * @since 0.1.0
 */
public class StreamFailedException extends CommandFailedException {

	/**
	 * Creates an exception.
	 * @param command the command, such as {@code files/rm}
	 * @param error what the node says
	 */
	public StreamFailedException(String command, RpcError error) {
		super("'%s' failed after its reply had begun: %s".formatted(command, error.message()), command, 200, error);
	}

}
