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

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.web.bind.annotation.RequestParam;
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
	 * Forgets the commands that have ended ({@code diag/cmds/clear}).
	 * @return completes when they are forgotten
	 */
	@PostExchange("/cmds/clear")
	Mono<Void> clearCommands();

	/**
	 * Sets for how long commands that have ended are listed ({@code diag/cmds/set-time}).
	 * @param time how long
	 * @return completes when it is set
	 */
	@PostExchange("/cmds/set-time")
	Mono<Void> keepCommands(@RequestParam("arg") Duration time);

	/**
	 * Collects what helps to find what the node is busy with ({@code diag/profile}), for
	 * 30 seconds.
	 * @return a ZIP archive; the buffers are to be released
	 */
	@PostExchange("/profile")
	Flux<DataBuffer> profile();

	/**
	 * Collects what helps to find what the node is busy with ({@code diag/profile}).
	 * @param options what to collect
	 * @return a ZIP archive; the buffers are to be released
	 */
	@PostExchange("/profile")
	Flux<DataBuffer> profile(ProfileOptions options);

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

	/**
	 * Options of {@code diag/profile}.
	 */
	final class ProfileOptions extends CommandOptions<ProfileOptions> {

		private static final ProfileOptions DEFAULTS = new ProfileOptions(Map.of());

		private ProfileOptions(Map<String, List<String>> parameters) {
			super(parameters, ProfileOptions::new);
		}

		/**
		 * Returns options of which none is set.
		 * @return the options
		 */
		public static ProfileOptions defaults() {
			return DEFAULTS;
		}

		/**
		 * Sets what is collected.
		 * @param collectors of {@code goroutines-stack}, {@code goroutines-pprof}, {@code
		 * version}, {@code heap}, {@code allocs}, {@code bin}, {@code cpu},
		 * {@code mutex}, {@code block} and {@code trace}
		 * @return new options
		 */
		public ProfileOptions collectors(String... collectors) {
			return with("collectors", (Object[]) collectors);
		}

		/**
		 * Sets for how long is collected.
		 * @param time how long, 30 seconds by default
		 * @return new options
		 */
		public ProfileOptions profileTime(Duration time) {
			return with("profile-time", time);
		}

		/**
		 * Sets what part of the waits for locks is recorded.
		 * @param fraction every how many waits, 4 by default
		 * @return new options
		 */
		public ProfileOptions mutexProfileFraction(int fraction) {
			return with("mutex-profile-fraction", fraction);
		}

		/**
		 * Sets what part of all waits is recorded.
		 * @param rate one each time that waits have lasted that long, 1 millisecond by
		 * default
		 * @return new options
		 */
		public ProfileOptions blockProfileRate(Duration rate) {
			return with("block-profile-rate", rate);
		}

	}

}
