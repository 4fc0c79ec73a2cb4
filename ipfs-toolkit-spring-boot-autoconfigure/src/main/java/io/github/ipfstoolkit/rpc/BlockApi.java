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

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * Commands of {@code block}: single blocks.
 *
 * @since 0.1.0
 */
@HttpExchange("/api/v0/block")
public interface BlockApi {

	/**
	 * Reads a block ({@code block/get}), from the network where the node has it not.
	 * @param cid the block
	 * @return the bytes; the buffers are to be released
	 */
	@PostExchange("/get")
	Flux<DataBuffer> get(@RequestParam("arg") Cid cid);

	/**
	 * Stores a block ({@code block/put}) of raw bytes, hashed with SHA2-256.
	 * @param upload the bytes: a single file, at most 2 MiB
	 * @return the block
	 */
	@PostExchange("/put")
	Mono<Block> put(Upload upload);

	/**
	 * Stores a block ({@code block/put}).
	 * @param upload the bytes: a single file
	 * @param options how to store it
	 * @return the block
	 */
	@PostExchange("/put")
	Mono<Block> put(Upload upload, PutOptions options);

	/**
	 * Tells a block's size ({@code block/stat}).
	 * @param cid the block
	 * @return the block
	 */
	@PostExchange("/stat")
	Mono<Block> stat(@RequestParam("arg") Cid cid);

	/**
	 * Removes blocks from the node ({@code block/rm}). What can be removed is removed,
	 * also if the removal of another fails.
	 * @param cids the blocks
	 * @param force whether blocks that are not there are no error
	 * @return the removed blocks; then an error if one could not be removed, as one that
	 * is pinned
	 */
	@PostExchange("/rm")
	Flux<Removed> rm(@RequestParam("arg") List<Cid> cids, @RequestParam("force") boolean force);

	/**
	 * Removes blocks from the node ({@code block/rm}).
	 * @param cids the blocks
	 * @param force whether blocks that are not there are no error
	 * @param quiet whether removed blocks are not reported
	 * @return the removed blocks; then an error if one could not be removed
	 */
	@PostExchange("/rm")
	Flux<Removed> rm(@RequestParam("arg") List<Cid> cids, @RequestParam("force") boolean force,
			@RequestParam("quiet") boolean quiet);

	/**
	 * A block.
	 *
	 * @param cid the block's CID
	 * @param size the size in bytes
	 */
	record Block(@JsonProperty("Key") Cid cid, @JsonProperty("Size") long size) {
	}

	/**
	 * A block that was removed.
	 *
	 * @param cid the block's CID
	 * @param error why it was not removed; raised as an exception by the client
	 */
	record Removed(@JsonProperty("Hash") @Nullable Cid cid,
			@JsonProperty("Error") @Nullable String error) implements InBandError {
	}

	/**
	 * Options of {@code block/put}.
	 */
	final class PutOptions extends CommandOptions<PutOptions> {

		private static final PutOptions DEFAULTS = new PutOptions(Map.of());

		private PutOptions(Map<String, List<String>> parameters) {
			super(parameters, PutOptions::new);
		}

		/**
		 * Returns options of which none is set.
		 * @return the options
		 */
		public static PutOptions defaults() {
			return DEFAULTS;
		}

		/**
		 * Sets the codec that the CID names.
		 * @param codec such as {@code raw} or {@code dag-pb}
		 * @return new options
		 */
		public PutOptions cidCodec(String codec) {
			return with("cid-codec", codec);
		}

		/**
		 * Sets the hash function.
		 * @param hash its name, such as {@code sha2-256}
		 * @return new options
		 */
		public PutOptions hash(String hash) {
			return with("mhtype", hash);
		}

		/**
		 * Sets whether the block is pinned.
		 * @param pin whether to pin
		 * @return new options
		 */
		public PutOptions pin(boolean pin) {
			return with("pin", pin);
		}

		/**
		 * Sets whether the block may be larger than 2 MiB, which other peers may refuse
		 * to take.
		 * @param allow whether to allow it
		 * @return new options
		 */
		public PutOptions allowBigBlock(boolean allow) {
			return with("allow-big-block", allow);
		}

		/**
		 * Sets the length of the hash.
		 * @param bytes the length in bytes; -1 for the hash function's own
		 * @return new options
		 */
		public PutOptions hashLength(int bytes) {
			return with("mhlen", bytes);
		}

		/**
		 * Sets the codec by its old name.
		 * @param format {@code v0}, {@code protobuf}, {@code cbor} or {@code raw}
		 * @return new options
		 * @deprecated use {@link #cidCodec(String)}
		 */
		@Deprecated(since = "0.1.0")
		public PutOptions format(String format) {
			return with("format", format);
		}

	}

}
