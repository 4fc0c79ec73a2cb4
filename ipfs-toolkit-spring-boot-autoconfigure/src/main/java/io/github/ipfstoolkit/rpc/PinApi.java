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

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.ipfstoolkit.Cid;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * Commands of {@code pin}: content that the node keeps.
 *
 * @since 0.1.0
 */
@HttpExchange("/api/v0/pin")
public interface PinApi {

	/**
	 * Pins content with all its blocks ({@code pin/add}); fetches what is not there.
	 * @param path the content
	 * @return the pinned content
	 */
	@PostExchange("/add")
	Mono<Pins> add(@RequestParam("arg") String path);

	/**
	 * Pins content ({@code pin/add}); fetches what is not there.
	 * @param path the content
	 * @param options how to pin it
	 * @return reports of progress where they are asked for; the pinned content
	 */
	@PostExchange("/add")
	Flux<Pins> add(@RequestParam("arg") String path, AddOptions options);

	/**
	 * Lists pins of all types ({@code pin/ls}), also the blocks of pinned content.
	 * @return the pins
	 */
	@PostExchange("/ls?stream=true")
	Flux<Pin> ls();

	/**
	 * Lists pins ({@code pin/ls}).
	 * @param options which
	 * @return the pins
	 */
	@PostExchange("/ls?stream=true")
	Flux<Pin> ls(LsOptions options);

	/**
	 * Tells how content is pinned ({@code pin/ls}).
	 * @param path the content
	 * @return the pin; an error where it is not pinned
	 */
	@PostExchange("/ls?stream=true")
	Flux<Pin> ls(@RequestParam("arg") String path);

	/**
	 * Removes a recursive or direct pin ({@code pin/rm}).
	 * @param path the content
	 * @return the content; an error where it is not pinned
	 */
	@PostExchange("/rm")
	Mono<Pins> rm(@RequestParam("arg") String path);

	/**
	 * Removes a pin ({@code pin/rm}).
	 * @param path the content
	 * @param recursive whether a recursive pin may be removed, and not only a direct one
	 * @return the content; an error where it is not pinned
	 */
	@PostExchange("/rm")
	Mono<Pins> rm(@RequestParam("arg") String path, @RequestParam("recursive") boolean recursive);

	/**
	 * Replaces a recursive pin ({@code pin/update}). Fast where both have most blocks in
	 * common.
	 * @param from the content that is pinned
	 * @param to the content that is to be pinned, which must not be yet
	 * @param unpin whether the old pin is removed
	 * @return the old and the new content
	 */
	@PostExchange("/update")
	Mono<Pins> update(@RequestParam("arg") String from, @RequestParam("arg") String to,
			@RequestParam("unpin") boolean unpin);

	/**
	 * Replaces a recursive pin ({@code pin/update}).
	 * @param from the content that is pinned
	 * @param to the content that is to be pinned, which must not be yet
	 * @param options how
	 * @return the old and the new content
	 */
	@PostExchange("/update")
	Mono<Pins> update(@RequestParam("arg") String from, @RequestParam("arg") String to, UpdateOptions options);

	/**
	 * Looks whether all blocks of recursive pins are there ({@code pin/verify}).
	 * @param verbose whether to report also the pins that are well
	 * @return a report for each pin that lacks blocks, or for each pin
	 */
	@PostExchange("/verify")
	Flux<Verified> verify(@RequestParam("verbose") boolean verbose);

	/**
	 * Looks whether all blocks of recursive pins are there ({@code pin/verify}).
	 * @param verbose whether to report also the pins that are well; not together with
	 * {@code quiet}
	 * @param quiet whether not to tell which blocks are missing
	 * @return a report for each pin that lacks blocks, or for each pin
	 */
	@PostExchange("/verify")
	Flux<Verified> verify(@RequestParam("verbose") boolean verbose, @RequestParam("quiet") boolean quiet);

	/**
	 * Content that was pinned or unpinned, or how far pinning is.
	 *
	 * @param pins the CIDs, empty in a report of progress
	 * @param progress in a report of progress, how many blocks are there
	 * @param bytes in a report of progress, how many bytes these have
	 */
	record Pins(@JsonProperty("Pins") List<Cid> pins, @JsonProperty("Progress") long progress,
			@JsonProperty("Bytes") long bytes) {

		public Pins {
			pins = Replies.orEmpty(pins);
		}

	}

	/**
	 * A pin.
	 *
	 * @param cid the content
	 * @param type {@code recursive}, {@code direct}, {@code indirect}, or for one content
	 * {@code indirect through <CID>}
	 * @param name the pin's name, empty where it has none or names were not asked for
	 */
	record Pin(@JsonProperty("Cid") Cid cid, @JsonProperty("Type") String type, @JsonProperty("Name") String name) {

		public Pin {
			name = (name != null) ? name : "";
		}

	}

	/**
	 * What was found out about a pin.
	 *
	 * @param cid the pinned content, {@code null} where the pins themselves cannot be
	 * read
	 * @param ok whether all blocks are there
	 * @param error why the pins themselves cannot be read; raised as an exception by the
	 * client
	 * @param badBlocks the blocks that are missing or damaged
	 */
	record Verified(@JsonProperty("Cid") @Nullable Cid cid, @JsonProperty("Ok") boolean ok,
			@JsonProperty("Err") @Nullable String error,
			@JsonProperty("BadNodes") List<BadBlock> badBlocks) implements InBandError {

		public Verified {
			badBlocks = Replies.orEmpty(badBlocks);
		}

	}

	/**
	 * A block that is missing or damaged.
	 *
	 * @param cid the block
	 * @param error what is wrong with it
	 */
	record BadBlock(@JsonProperty("Cid") Cid cid, @JsonProperty("Err") @Nullable String error) {
	}

	/**
	 * Options of {@code pin/add}.
	 */
	final class AddOptions extends CommandOptions<AddOptions> {

		private static final AddOptions DEFAULTS = new AddOptions(Map.of());

		private AddOptions(Map<String, List<String>> parameters) {
			super(parameters, AddOptions::new);
		}

		/**
		 * Returns options of which none is set.
		 * @return the options
		 */
		public static AddOptions defaults() {
			return DEFAULTS;
		}

		/**
		 * Sets whether all blocks are pinned, or the first one only. All are by default.
		 * @param recursive whether to pin all blocks
		 * @return new options
		 */
		public AddOptions recursive(boolean recursive) {
			return with("recursive", recursive);
		}

		/**
		 * Gives the pin a name.
		 * @param name the name, at most 255 bytes
		 * @return new options
		 */
		public AddOptions name(String name) {
			return with("name", name);
		}

		/**
		 * Sets whether progress is reported.
		 * @param progress whether to report
		 * @return new options
		 */
		public AddOptions progress(boolean progress) {
			return with("progress", progress);
		}

		/**
		 * Sets whether the root is announced to the network at once.
		 * @param provide whether to announce it
		 * @return new options
		 */
		public AddOptions fastProvideRoot(boolean provide) {
			return with("fast-provide-root", provide);
		}

		/**
		 * Sets whether all blocks are announced to the network at once.
		 * @param provide whether to announce them
		 * @return new options
		 */
		public AddOptions fastProvideDag(boolean provide) {
			return with("fast-provide-dag", provide);
		}

		/**
		 * Sets whether the command waits for that announcement.
		 * @param wait whether to wait
		 * @return new options
		 */
		public AddOptions fastProvideWait(boolean wait) {
			return with("fast-provide-wait", wait);
		}

	}

	/**
	 * Options of {@code pin/ls}.
	 */
	final class LsOptions extends CommandOptions<LsOptions> {

		private static final LsOptions DEFAULTS = new LsOptions(Map.of());

		private LsOptions(Map<String, List<String>> parameters) {
			super(parameters, LsOptions::new);
		}

		/**
		 * Returns options of which none is set.
		 * @return the options
		 */
		public static LsOptions defaults() {
			return DEFAULTS;
		}

		/**
		 * Sets the type of the pins.
		 * @param type {@code recursive}, {@code direct}, {@code indirect} or {@code all}
		 * @return new options
		 */
		public LsOptions type(String type) {
			return with("type", type);
		}

		/**
		 * Sets whether the names of pins are reported.
		 * @param names whether to report them
		 * @return new options
		 */
		public LsOptions names(boolean names) {
			return with("names", names);
		}

		/**
		 * Lists only pins whose name contains a text.
		 * @param name the text
		 * @return new options
		 */
		public LsOptions name(String name) {
			return with("name", name);
		}

	}

	/**
	 * Options of {@code pin/update}.
	 */
	final class UpdateOptions extends CommandOptions<UpdateOptions> {

		private static final UpdateOptions DEFAULTS = new UpdateOptions(Map.of());

		private UpdateOptions(Map<String, List<String>> parameters) {
			super(parameters, UpdateOptions::new);
		}

		/**
		 * Returns options of which none is set.
		 * @return the options
		 */
		public static UpdateOptions defaults() {
			return DEFAULTS;
		}

		/**
		 * Sets whether the old pin is removed. It is by default.
		 * @param unpin whether to remove it
		 * @return new options
		 */
		public UpdateOptions unpin(boolean unpin) {
			return with("unpin", unpin);
		}

		/**
		 * Sets whether the root is announced to the network at once.
		 * @param provide whether to announce it
		 * @return new options
		 */
		public UpdateOptions fastProvideRoot(boolean provide) {
			return with("fast-provide-root", provide);
		}

		/**
		 * Sets whether all blocks are announced to the network at once.
		 * @param provide whether to announce them
		 * @return new options
		 */
		public UpdateOptions fastProvideDag(boolean provide) {
			return with("fast-provide-dag", provide);
		}

		/**
		 * Sets whether the command waits for that announcement.
		 * @param wait whether to wait
		 * @return new options
		 */
		public UpdateOptions fastProvideWait(boolean wait) {
			return with("fast-provide-wait", wait);
		}

	}

}
