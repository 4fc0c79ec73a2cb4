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
 * Commands of {@code repo}: the node's repository.
 *
 * @since 0.1.0
 */
@HttpExchange("/api/v0/repo")
public interface RepoApi {

	/**
	 * Tells how large the repository is ({@code repo/stat}). Counts all blocks, which
	 * takes long for a large repository.
	 * @return the sizes
	 */
	@PostExchange("/stat")
	Mono<Stat> stat();

	/**
	 * Tells how large the repository is ({@code repo/stat}).
	 * @param sizeOnly whether to leave the blocks uncounted, which is faster
	 * @return the sizes
	 */
	@PostExchange("/stat")
	Mono<Stat> stat(@RequestParam("size-only") boolean sizeOnly);

	/**
	 * Removes all blocks that are not pinned ({@code repo/gc}).
	 * @return the removed blocks; then an error if one could not be removed
	 */
	@PostExchange("/gc")
	Flux<Collected> gc();

	/**
	 * Removes all blocks that are not pinned ({@code repo/gc}).
	 * @param streamErrors whether to tell of each block that could not be removed; they
	 * are all in the exception then
	 * @param silent whether removed blocks are not reported; not together with
	 * {@code streamErrors}
	 * @return the removed blocks; then an error if one could not be removed
	 */
	@PostExchange("/gc")
	Flux<Collected> gc(@RequestParam("stream-errors") boolean streamErrors, @RequestParam("silent") boolean silent);

	/**
	 * Lists all blocks that the node stores ({@code repo/ls}): the same as
	 * {@link ContentApi#localRefs()}.
	 * @return the blocks
	 */
	@PostExchange("/ls")
	Flux<ContentApi.Ref> ls();

	/**
	 * Tells the version of the repository's format ({@code repo/version}).
	 * @return the version
	 */
	@PostExchange("/version")
	Mono<FormatVersion> version();

	/**
	 * Reads all blocks and compares them with their hashes ({@code repo/verify}).
	 * @return reports of progress and of damaged blocks; then an error if there are any
	 */
	@PostExchange("/verify")
	Flux<Verified> verify();

	/**
	 * Reads all blocks and compares them with their hashes ({@code repo/verify}).
	 * @param options what to do with damaged blocks
	 * @return reports of progress and of damaged blocks; then an error if any are left
	 */
	@PostExchange("/verify")
	Flux<Verified> verify(VerifyOptions options);

	/**
	 * Brings the repository's format to the one of the executable ({@code repo/migrate}).
	 * Kubo does not offer this over HTTP: it needs a client that runs the executable on
	 * the repository, while no node runs on it.
	 * @return what was done
	 */
	@PostExchange("/migrate")
	Flux<Migrated> migrate();

	/**
	 * Changes the repository's format ({@code repo/migrate}). Kubo does not offer this
	 * over HTTP: it needs a client that runs the executable on the repository, while no
	 * node runs on it.
	 * @param version the version of the format, such as {@code 18}
	 * @param allowDowngrade whether it may be older than the present one
	 * @return what was done
	 */
	@PostExchange("/migrate")
	Flux<Migrated> migrate(@RequestParam("to") int version, @RequestParam("allow-downgrade") boolean allowDowngrade);

	/**
	 * The repository's sizes.
	 *
	 * @param size the size in bytes
	 * @param storageMax the configured limit in bytes
	 * @param blocks how many blocks there are, 0 where they were not counted
	 * @param path where the repository is, on the node's machine
	 * @param version the version of its format, such as {@code fs-repo@18}
	 */
	record Stat(@JsonProperty("RepoSize") long size, @JsonProperty("StorageMax") long storageMax,
			@JsonProperty("NumObjects") long blocks, @JsonProperty("RepoPath") @Nullable String path,
			@JsonProperty("Version") @Nullable String version) {
	}

	/**
	 * A block that was removed.
	 *
	 * @param cid the block
	 * @param error why it was not removed; raised as an exception by the client
	 */
	record Collected(@JsonProperty("Key") @Nullable Cid cid,
			@JsonProperty("Error") @Nullable String error) implements InBandError {
	}

	/**
	 * The version of the repository's format.
	 *
	 * @param version the version, such as {@code 18}
	 */
	record FormatVersion(@JsonProperty("Version") String version) {
	}

	/**
	 * A step of a migration.
	 *
	 * @param message what was done, in words
	 */
	record Migrated(@JsonProperty("Msg") String message) {
	}

	/**
	 * How far verifying is.
	 *
	 * @param message what was found, may be empty
	 * @param progress how many blocks were read
	 */
	record Verified(@JsonProperty("Msg") String message, @JsonProperty("Progress") long progress) {
	}

	/**
	 * Options of {@code repo/verify}.
	 */
	final class VerifyOptions extends CommandOptions<VerifyOptions> {

		private static final VerifyOptions DEFAULTS = new VerifyOptions(Map.of());

		private VerifyOptions(Map<String, List<String>> parameters) {
			super(parameters, VerifyOptions::new);
		}

		/**
		 * Returns options of which none is set.
		 * @return the options
		 */
		public static VerifyOptions defaults() {
			return DEFAULTS;
		}

		/**
		 * Sets whether damaged blocks are removed.
		 * @param drop whether to remove them
		 * @return new options
		 */
		public VerifyOptions drop(boolean drop) {
			return with("drop", drop);
		}

		/**
		 * Sets whether damaged blocks are removed and fetched anew from the network.
		 * @param heal whether to fetch them
		 * @return new options
		 */
		public VerifyOptions heal(boolean heal) {
			return with("heal", heal);
		}

		/**
		 * Sets how long is waited for each block that is fetched anew.
		 * @param timeout how long, 30 seconds by default; zero for no limit
		 * @return new options
		 */
		public VerifyOptions healTimeout(Duration timeout) {
			return with("heal-timeout", timeout);
		}

	}

}
