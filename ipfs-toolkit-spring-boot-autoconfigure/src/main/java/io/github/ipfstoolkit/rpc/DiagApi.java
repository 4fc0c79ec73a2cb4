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

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * Commands of {@code diag}: what helps to find the cause of trouble. Whether the node is
 * well is told by {@link NodeApi#healthy()}.
 *
 * @since 0.1.0
 */
@HttpExchange("/api/v0/diag")
public interface DiagApi {

	/**
	 * Tells about the machine that the node runs on ({@code diag/sys}).
	 * @return disk, memory, network, runtime
	 */
	@PostExchange("/sys")
	Mono<JsonNode> sys();

	/**
	 * Lists the commands that the node runs or has run lately ({@code diag/cmds}).
	 * @return the commands
	 */
	@PostExchange("/cmds")
	Flux<Command> commands();

	/**
	 * A command.
	 *
	 * @param id its number
	 * @param command its name, such as {@code files/ls}
	 * @param arguments its arguments
	 * @param startTime when it began
	 * @param endTime when it ended; in year 1 where it has not
	 * @param active whether it is running
	 */
	record Command(@JsonProperty("ID") long id, @JsonProperty("Command") String command,
			@JsonProperty("Args") List<String> arguments, @JsonProperty("StartTime") Instant startTime,
			@JsonProperty("EndTime") @Nullable Instant endTime, @JsonProperty("Active") boolean active) {

		public Command {
			arguments = Replies.orEmpty(arguments);
		}

	}

}
