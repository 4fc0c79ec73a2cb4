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
 * Thrown when a reply does not have the form that the command's replies have.
 *
 * @since 0.1.0
 */
public class MalformedReplyException extends RpcException {

	/**
	 * Creates an exception.
	 * @param command the command, such as {@code id}
	 * @param reason what is wrong with the reply
	 * @param cause what noticed it, if anything
	 */
	public MalformedReplyException(String command, String reason, @Nullable Throwable cause) {
		super("The reply to '%s' cannot be read: %s. ipfs.api.url may lead to something else than a Kubo node"
			.formatted(command, reason), command, 200, null, cause);
	}

}
