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

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What a node says about a command that failed
 * (<a href="https://github.com/ipfs/go-ipfs-cmds/blob/master/error.go">go-ipfs-cmds</a>).
 *
 * @param message the node's words, may be empty
 * @param code the kind of failure: 0 for an ordinary one, 1 for wrong arguments, 2 for a
 * fault of the node, 3 for too many requests, 4 for a lack of authorization; {@code null}
 * where the node sent text only
 * @param type {@code error}; {@code null} where the node sent text only
 * @since 0.1.0
 */
public record RpcError(@JsonProperty("Message") String message, @JsonProperty("Code") @Nullable Integer code,
		@JsonProperty("Type") @Nullable String type) {

	public RpcError {
		message = (message != null) ? message : "";
	}

}
