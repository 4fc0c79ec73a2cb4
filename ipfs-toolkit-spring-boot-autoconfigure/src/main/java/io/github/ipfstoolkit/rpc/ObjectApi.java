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
import reactor.core.publisher.Mono;

import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * What is left of the commands of {@code object}: directories' links, one by one.
 *
 * @since 0.1.0
 * @deprecated as Kubo keeps it for old clients only; {@link FilesApi} changes directories
 * of any size, and {@link DagApi} works on data of any shape
 */
@Deprecated(since = "0.1.0")
@HttpExchange("/api/v0/object")
public interface ObjectApi {

	/**
	 * Compares the links of two directories ({@code object/diff}).
	 * @param before the one
	 * @param after the other
	 * @return what was added, removed and changed
	 */
	@PostExchange("/diff")
	Mono<Changes> diff(@RequestParam("arg") String before, @RequestParam("arg") String after);

	/**
	 * Makes a directory with another link ({@code object/patch/add-link}).
	 * @param root the directory, which is not changed
	 * @param name the link's name; a path with {@link PatchOptions#create(boolean)
	 * create}
	 * @param target where the link leads to
	 * @param options what may be done
	 * @return the new directory
	 */
	@PostExchange("/patch/add-link")
	Mono<Patched> addLink(@RequestParam("arg") String root, @RequestParam("arg") String name,
			@RequestParam("arg") String target, PatchOptions options);

	/**
	 * Makes a directory without a link ({@code object/patch/rm-link}).
	 * @param root the directory, which is not changed
	 * @param name the link's name
	 * @param allowNonUnixfs whether the root need be no directory
	 * @param allowBigBlock whether the result may be larger than 2 MiB
	 * @return the new directory
	 */
	@PostExchange("/patch/rm-link")
	Mono<Patched> removeLink(@RequestParam("arg") String root, @RequestParam("arg") String name,
			@RequestParam("allow-non-unixfs") boolean allowNonUnixfs,
			@RequestParam("allow-big-block") boolean allowBigBlock);

	/**
	 * What differs between two directories.
	 *
	 * @param changes the changes
	 */
	record Changes(@JsonProperty("Changes") List<Change> changes) {

		public Changes {
			changes = Replies.orEmpty(changes);
		}

	}

	/**
	 * A link that differs.
	 *
	 * @param type one of the constants of this type
	 * @param path the link's path
	 * @param before where it led to, {@code null} if it was added
	 * @param after where it leads to, {@code null} if it was removed
	 */
	record Change(@JsonProperty("Type") int type, @JsonProperty("Path") String path,
			@JsonProperty("Before") @Nullable Cid before, @JsonProperty("After") @Nullable Cid after) {

		/** A link that was added. */
		public static final int ADDED = 0;

		/** A link that was removed. */
		public static final int REMOVED = 1;

		/** A link that leads to something else. */
		public static final int MODIFIED = 2;

	}

	/**
	 * A new directory.
	 *
	 * @param cid the directory
	 */
	record Patched(@JsonProperty("Hash") Cid cid) {
	}

	/**
	 * Options of {@code object/patch/add-link}.
	 */
	final class PatchOptions extends CommandOptions<PatchOptions> {

		private static final PatchOptions DEFAULTS = new PatchOptions(Map.of());

		private PatchOptions(Map<String, List<String>> parameters) {
			super(parameters, PatchOptions::new);
		}

		/**
		 * Returns options of which none is set.
		 * @return the options
		 */
		public static PatchOptions defaults() {
			return DEFAULTS;
		}

		/**
		 * Sets whether missing directories on the path are made.
		 * @param create whether to make them
		 * @return new options
		 */
		public PatchOptions create(boolean create) {
			return with("create", create);
		}

		/**
		 * Sets whether the root need be no directory.
		 * @param allow whether to leave that unchecked
		 * @return new options
		 */
		public PatchOptions allowNonUnixfs(boolean allow) {
			return with("allow-non-unixfs", allow);
		}

		/**
		 * Sets whether the result may be larger than 2 MiB, which other peers may refuse
		 * to take.
		 * @param allow whether to allow it
		 * @return new options
		 */
		public PatchOptions allowBigBlock(boolean allow) {
			return with("allow-big-block", allow);
		}

	}

}
