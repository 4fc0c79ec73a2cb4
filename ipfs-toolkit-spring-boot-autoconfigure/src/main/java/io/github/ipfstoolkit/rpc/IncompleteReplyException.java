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
 * Thrown when a reply ended before its end. What came of it must not be taken for the
 * whole; whether the node has done what it was asked for is not known.
 *
 * @since 0.1.0
 */
public class IncompleteReplyException extends RpcException {

	/**
	 * Creates an exception.
	 * @param command the command, such as {@code cat}
	 * @param reason how it was noticed
	 * @param cause what made it end, if known
	 */
	public IncompleteReplyException(String command, String reason, @Nullable Throwable cause) {
		super("The reply to '%s' is not complete: %s".formatted(command, reason), command, 200, null, cause);
	}

}
