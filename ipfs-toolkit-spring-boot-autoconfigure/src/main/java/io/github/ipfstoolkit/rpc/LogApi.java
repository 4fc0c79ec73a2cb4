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

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * Commands of {@code log}: what the node logs.
 *
 * @since 0.1.0
 */
@HttpExchange("/api/v0/log")
public interface LogApi {

	/**
	 * Lists the parts of the node that log ({@code log/ls}).
	 * @return their names
	 */
	@PostExchange("/ls")
	Mono<Strings> ls();

	/**
	 * Tells the default level ({@code log/level}, Kubo 0.37 or newer).
	 * @return the level, by an empty name
	 */
	@PostExchange("/level")
	Mono<Levels> level();

	/**
	 * Tells levels ({@code log/level}, Kubo 0.37 or newer).
	 * @param subsystem the name of a part of the node, or {@code all}
	 * @return the levels by name
	 */
	@PostExchange("/level")
	Mono<Levels> level(@RequestParam("arg") String subsystem);

	/**
	 * Sets a level until the node ends ({@code log/level}).
	 * @param subsystem the name of a part of the node, or {@code all}
	 * @param level {@code debug}, {@code info}, {@code warn}, {@code error},
	 * {@code dpanic}, {@code panic} or {@code fatal}
	 * @return what was done, as text
	 */
	@PostExchange("/level")
	Mono<Message> level(@RequestParam("arg") String subsystem, @RequestParam("arg") String level);

	/**
	 * Reads what the node logs from now on ({@code log/tail}).
	 * @return lines of text, without end; the buffers are to be released
	 */
	@PostExchange("/tail")
	Flux<DataBuffer> tail();

	/**
	 * Reads what the node logs from now on ({@code log/tail}).
	 * @param level the lowest level that is of interest; what the node does not log
	 * because of its own levels does not come either
	 * @return lines of text, without end; the buffers are to be released
	 */
	@PostExchange("/tail")
	Flux<DataBuffer> tail(@RequestParam("log-level") String level);

	/**
	 * Levels of logging.
	 *
	 * @param levels the levels by the name of the part of the node
	 */
	record Levels(@JsonProperty("Levels") Map<String, String> levels) {

		public Levels {
			levels = (levels != null) ? Map.copyOf(levels) : Map.of();
		}

	}

	/**
	 * What was done.
	 *
	 * @param text a text for people
	 */
	record Message(@JsonProperty("Message") String text) {
	}

}
