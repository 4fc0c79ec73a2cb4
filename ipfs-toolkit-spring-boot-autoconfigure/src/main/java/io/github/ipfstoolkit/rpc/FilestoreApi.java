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

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.ipfstoolkit.Cid;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * Commands of {@code filestore}: blocks that are not copied into the repository but read
 * from files on the node's machine, added with
 * {@link ContentApi.AddOptions#nocopy(boolean)}. The node must have
 * {@code Experimental.FilestoreEnabled} switched on.
 *
 * @since 0.1.0
 */
@HttpExchange("/api/v0/filestore")
public interface FilestoreApi {

	/**
	 * Lists all such blocks ({@code filestore/ls}).
	 * @param fileOrder whether to order them by file
	 * @return the blocks
	 */
	@PostExchange("/ls")
	Flux<FileBlock> ls(@RequestParam("file-order") boolean fileOrder);

	/**
	 * Tells where blocks are ({@code filestore/ls}).
	 * @param cids the blocks
	 * @return the blocks; also those that are not there, with that status
	 */
	@PostExchange("/ls")
	Flux<FileBlock> ls(@RequestParam("arg") List<Cid> cids);

	/**
	 * Reads all such blocks and compares them with their hashes
	 * ({@code filestore/verify}).
	 * @param fileOrder whether to order them by file
	 * @param removeBadBlocks whether to forget blocks which cannot be read any more, even
	 * pinned ones
	 * @return the blocks with their status: it is no error that some are damaged
	 */
	@PostExchange("/verify")
	Flux<FileBlock> verify(@RequestParam("file-order") boolean fileOrder,
			@RequestParam("remove-bad-blocks") boolean removeBadBlocks);

	/**
	 * Reads blocks and compares them with their hashes ({@code filestore/verify}).
	 * @param cids the blocks
	 * @return the blocks with their status: it is no error that some are damaged
	 */
	@PostExchange("/verify")
	Flux<FileBlock> verify(@RequestParam("arg") List<Cid> cids);

	/**
	 * Lists blocks that are also in the repository ({@code filestore/dups}).
	 * @return the blocks
	 */
	@PostExchange("/dups")
	Flux<ContentApi.Ref> dups();

	/**
	 * A block in a file.
	 *
	 * @param status one of the constants of this type
	 * @param reason what is wrong, empty where nothing is
	 * @param cid the block
	 * @param path the file on the node's machine, below the directory of the repository
	 * @param offset where the block begins in it
	 * @param size the block's size in bytes
	 */
	record FileBlock(@JsonProperty("Status") int status, @JsonProperty("ErrorMsg") String reason,
			@JsonProperty("Key") @Nullable Cid cid, @JsonProperty("FilePath") String path,
			@JsonProperty("Offset") long offset, @JsonProperty("Size") long size) implements InBandError {

		/** The block can be read. */
		public static final int OK = 0;

		/** The file cannot be read. */
		public static final int FILE_ERROR = 10;

		/** The file is not there. */
		public static final int FILE_NOT_FOUND = 11;

		/** The file has changed. */
		public static final int FILE_CHANGED = 12;

		/** The node's own data is damaged; raised as an exception by the client. */
		public static final int OTHER_ERROR = 20;

		/** The block is not known. */
		public static final int NOT_FOUND = 30;

		/**
		 * Returns whether nothing is wrong with the block, as far as was looked.
		 * @return whether the status is {@link #OK}
		 */
		public boolean isOk() {
			return this.status == OK;
		}

		@Override
		public @Nullable String error() {
			return (this.status == OTHER_ERROR)
					? ((this.cid != null) ? "'%s': %s".formatted(this.cid, this.reason) : this.reason) : null;
		}

	}

}
