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
 * Commands of {@code files}: the node's mutable file system (MFS). Paths begin with a
 * slash.
 *
 * @since 0.1.0
 */
@HttpExchange("/api/v0/files")
public interface FilesApi {

	/**
	 * Lists a directory with all details ({@code files/ls}).
	 * @param path the directory
	 * @return the entries, in no order
	 */
	@PostExchange("/ls?long=true")
	Mono<Entries> ls(@RequestParam("arg") String path);

	/**
	 * Tells about a file or directory ({@code files/stat}).
	 * @param path the file or directory, or {@code /ipfs/<CID>}
	 * @return what is known of it
	 */
	@PostExchange("/stat")
	Mono<Stat> stat(@RequestParam("arg") String path);

	/**
	 * Tells about a file or directory ({@code files/stat}).
	 * @param path the file or directory, or {@code /ipfs/<CID>}
	 * @param withLocal whether to find out how much of it the node has
	 * @return what is known of it
	 */
	@PostExchange("/stat")
	Mono<Stat> stat(@RequestParam("arg") String path, @RequestParam("with-local") boolean withLocal);

	/**
	 * Reads a file ({@code files/read}).
	 * @param path the file
	 * @return the content; the buffers are to be released
	 */
	@PostExchange("/read")
	Flux<DataBuffer> read(@RequestParam("arg") String path);

	/**
	 * Reads a part of a file ({@code files/read}).
	 * @param path the file
	 * @param offset where to begin, in bytes
	 * @param count how many bytes at most
	 * @return the content; the buffers are to be released
	 */
	@PostExchange("/read")
	Flux<DataBuffer> read(@RequestParam("arg") String path, @RequestParam("offset") long offset,
			@RequestParam("count") long count);

	/**
	 * Writes to a file ({@code files/write}).
	 * @param path the file
	 * @param upload what to write: a single file
	 * @param options where to write, and what to do where there is no file
	 * @return completes when it is written
	 */
	@PostExchange("/write")
	Mono<Void> write(@RequestParam("arg") String path, Upload upload, WriteOptions options);

	/**
	 * Makes a directory ({@code files/mkdir}).
	 * @param path the directory
	 * @param parents whether missing directories above it are made, and it is no error
	 * that it is there
	 * @return completes when it is made
	 */
	@PostExchange("/mkdir")
	Mono<Void> mkdir(@RequestParam("arg") String path, @RequestParam("parents") boolean parents);

	/**
	 * Makes a directory ({@code files/mkdir}).
	 * @param path the directory
	 * @param options how to make it
	 * @return completes when it is made
	 */
	@PostExchange("/mkdir")
	Mono<Void> mkdir(@RequestParam("arg") String path, MkdirOptions options);

	/**
	 * Copies a file or directory ({@code files/cp}), without copying its blocks.
	 * @param source a path, or {@code /ipfs/<CID>}
	 * @param target the new path
	 * @param parents whether missing directories above the target are made
	 * @return completes when it is copied
	 */
	@PostExchange("/cp")
	Mono<Void> cp(@RequestParam("arg") String source, @RequestParam("arg") String target,
			@RequestParam("parents") boolean parents);

	/**
	 * Copies a file or directory ({@code files/cp}), without copying its blocks.
	 * @param source a path, or {@code /ipfs/<CID>}
	 * @param target the new path
	 * @param options how to copy it
	 * @return completes when it is copied
	 */
	@PostExchange("/cp")
	Mono<Void> cp(@RequestParam("arg") String source, @RequestParam("arg") String target, CpOptions options);

	/**
	 * Moves a file or directory ({@code files/mv}).
	 * @param source the path
	 * @param target the new path
	 * @return completes when it is moved
	 */
	@PostExchange("/mv")
	Mono<Void> mv(@RequestParam("arg") String source, @RequestParam("arg") String target);

	/**
	 * Moves a file or directory ({@code files/mv}).
	 * @param source the path
	 * @param target the new path
	 * @param flush whether the change is written up to the root at once; without, a later
	 * {@code files/flush} is needed
	 * @return completes when it is moved
	 */
	@PostExchange("/mv")
	Mono<Void> mv(@RequestParam("arg") String source, @RequestParam("arg") String target,
			@RequestParam("flush") boolean flush);

	/**
	 * Removes a file or directory ({@code files/rm}).
	 * @param path the path
	 * @param recursive whether a directory is removed with all that is in it
	 * @param force whether it is no error that nothing is there, and a directory is
	 * removed as if {@code recursive}
	 * @return completes when it is removed
	 */
	@PostExchange("/rm")
	Mono<Void> rm(@RequestParam("arg") String path, @RequestParam("recursive") boolean recursive,
			@RequestParam("force") boolean force);

	/**
	 * Writes to disk what changed at a path ({@code files/flush}).
	 * @param path the path
	 * @return the CID of what is there
	 */
	@PostExchange("/flush")
	Mono<Flushed> flush(@RequestParam("arg") String path);

	/**
	 * Changes the version of CIDs, or the hash function, from a directory on downwards
	 * ({@code files/chcid}).
	 * @param path the directory
	 * @param cidVersion 0 or 1
	 * @return completes when it is changed
	 */
	@PostExchange("/chcid")
	Mono<Void> chcid(@RequestParam("arg") String path, @RequestParam("cid-version") int cidVersion);

	/**
	 * Changes the version of CIDs, or the hash function, from a directory on downwards
	 * ({@code files/chcid}).
	 * @param path the directory
	 * @param options what to change
	 * @return completes when it is changed
	 */
	@PostExchange("/chcid")
	Mono<Void> chcid(@RequestParam("arg") String path, ChcidOptions options);

	/**
	 * Changes the permissions that are stored with a file or directory
	 * ({@code files/chmod}, Kubo 0.30 or newer).
	 * @param mode the permissions in octal digits, such as {@code 0644}
	 * @param path the file or directory
	 * @return completes when they are changed
	 */
	@PostExchange("/chmod")
	Mono<Void> chmod(@RequestParam("arg") String mode, @RequestParam("arg") String path);

	/**
	 * Sets the time of change that is stored with a file or directory to the present
	 * ({@code files/touch}, Kubo 0.30 or newer).
	 * @param path the file or directory
	 * @return completes when it is set
	 */
	@PostExchange("/touch")
	Mono<Void> touch(@RequestParam("arg") String path);

	/**
	 * Sets the time of change that is stored with a file or directory
	 * ({@code files/touch}, Kubo 0.30 or newer).
	 * @param path the file or directory
	 * @param options the time
	 * @return completes when it is set
	 */
	@PostExchange("/touch")
	Mono<Void> touch(@RequestParam("arg") String path, TouchOptions options);

	/**
	 * What is in a directory.
	 *
	 * @param entries the entries
	 */
	record Entries(@JsonProperty("Entries") List<Entry> entries) {

		public Entries {
			entries = Replies.orEmpty(entries);
		}

	}

	/**
	 * An entry of a directory.
	 *
	 * @param name the name
	 * @param type 0 for a file, 1 for a directory
	 * @param size a file's size in bytes
	 * @param cid the content
	 */
	record Entry(@JsonProperty("Name") String name, @JsonProperty("Type") int type, @JsonProperty("Size") long size,
			@JsonProperty("Hash") Cid cid) {

		/**
		 * Returns whether this is a directory.
		 * @return {@code false} for a file
		 */
		public boolean isDirectory() {
			return this.type == 1;
		}

	}

	/**
	 * What is known of a file or directory.
	 *
	 * @param cid the content
	 * @param size a file's size in bytes
	 * @param cumulativeSize the size in bytes of all blocks
	 * @param blocks how many blocks the first one refers to
	 * @param type {@code file}, {@code directory} or {@code symlink}
	 * @param local whether the node has all blocks; {@code false} unless asked for
	 * @param localSize how many bytes the node has; 0 unless asked for
	 * @param mode the permissions that are stored with it, such as {@code 0644}; empty or
	 * {@code null} where there are none
	 * @param mtime the time of change that is stored with it, in seconds since 1970; 0
	 * where there is none
	 * @param mtimeNanos the nanoseconds that are to be added to it
	 */
	record Stat(@JsonProperty("Hash") Cid cid, @JsonProperty("Size") long size,
			@JsonProperty("CumulativeSize") long cumulativeSize, @JsonProperty("Blocks") int blocks,
			@JsonProperty("Type") String type, @JsonProperty("Local") boolean local,
			@JsonProperty("SizeLocal") long localSize, @JsonProperty("Mode") @Nullable String mode,
			@JsonProperty("Mtime") long mtime, @JsonProperty("MtimeNsecs") int mtimeNanos) {
	}

	/**
	 * What is at a path that was flushed.
	 *
	 * @param cid the content, {@code null} where the node does not say
	 */
	record Flushed(@JsonProperty("Cid") @Nullable Cid cid) {
	}

	/**
	 * Options of {@code files/write}.
	 */
	final class WriteOptions extends CommandOptions<WriteOptions> {

		private static final WriteOptions DEFAULTS = new WriteOptions(Map.of());

		private WriteOptions(Map<String, List<String>> parameters) {
			super(parameters, WriteOptions::new);
		}

		/**
		 * Returns options of which none is set.
		 * @return the options
		 */
		public static WriteOptions defaults() {
			return DEFAULTS;
		}

		/**
		 * Sets whether the file is made where there is none.
		 * @param create whether to make it
		 * @return new options
		 */
		public WriteOptions create(boolean create) {
			return with("create", create);
		}

		/**
		 * Sets whether missing directories above the file are made.
		 * @param parents whether to make them
		 * @return new options
		 */
		public WriteOptions parents(boolean parents) {
			return with("parents", parents);
		}

		/**
		 * Sets whether the file is emptied before.
		 * @param truncate whether to empty it
		 * @return new options
		 */
		public WriteOptions truncate(boolean truncate) {
			return with("truncate", truncate);
		}

		/**
		 * Sets where to begin.
		 * @param offset how many bytes of the file to leave as they are
		 * @return new options
		 */
		public WriteOptions offset(long offset) {
			return with("offset", offset);
		}

		/**
		 * Sets how much to write.
		 * @param count how many bytes at most
		 * @return new options
		 */
		public WriteOptions count(long count) {
			return with("count", count);
		}

		/**
		 * Sets whether the change is written up to the root at once. It is by default;
		 * without, a later {@code files/flush} is needed.
		 * @param flush whether to do so
		 * @return new options
		 */
		public WriteOptions flush(boolean flush) {
			return with("flush", flush);
		}

		/**
		 * Sets the version of the CIDs of new blocks.
		 * @param version 0 or 1
		 * @return new options
		 */
		public WriteOptions cidVersion(int version) {
			return with("cid-version", version);
		}

		/**
		 * Sets whether new leaves are raw blocks.
		 * @param rawLeaves whether leaves are raw
		 * @return new options
		 */
		public WriteOptions rawLeaves(boolean rawLeaves) {
			return with("raw-leaves", rawLeaves);
		}

		/**
		 * Sets the hash function of new blocks.
		 * @param hash its name, such as {@code sha2-256}
		 * @return new options
		 */
		public WriteOptions hash(String hash) {
			return with("hash", hash);
		}

	}

	/**
	 * Options of {@code files/mkdir}.
	 */
	final class MkdirOptions extends CommandOptions<MkdirOptions> {

		private static final MkdirOptions DEFAULTS = new MkdirOptions(Map.of());

		private MkdirOptions(Map<String, List<String>> parameters) {
			super(parameters, MkdirOptions::new);
		}

		/**
		 * Returns options of which none is set.
		 * @return the options
		 */
		public static MkdirOptions defaults() {
			return DEFAULTS;
		}

		/**
		 * Sets whether missing directories above it are made, and it is no error that it
		 * is there.
		 * @param parents whether to make them
		 * @return new options
		 */
		public MkdirOptions parents(boolean parents) {
			return with("parents", parents);
		}

		/**
		 * Sets the version of the CIDs.
		 * @param version 0 or 1
		 * @return new options
		 */
		public MkdirOptions cidVersion(int version) {
			return with("cid-version", version);
		}

		/**
		 * Sets the hash function, which makes CIDs version 1.
		 * @param hash its name, such as {@code sha2-256}
		 * @return new options
		 */
		public MkdirOptions hash(String hash) {
			return with("hash", hash);
		}

		/**
		 * Sets whether the change is written up to the root at once. It is by default;
		 * without, a later {@code files/flush} is needed.
		 * @param flush whether to do so
		 * @return new options
		 */
		public MkdirOptions flush(boolean flush) {
			return with("flush", flush);
		}

	}

	/**
	 * Options of {@code files/cp}.
	 */
	final class CpOptions extends CommandOptions<CpOptions> {

		private static final CpOptions DEFAULTS = new CpOptions(Map.of());

		private CpOptions(Map<String, List<String>> parameters) {
			super(parameters, CpOptions::new);
		}

		/**
		 * Returns options of which none is set.
		 * @return the options
		 */
		public static CpOptions defaults() {
			return DEFAULTS;
		}

		/**
		 * Sets whether missing directories above the target are made.
		 * @param parents whether to make them
		 * @return new options
		 */
		public CpOptions parents(boolean parents) {
			return with("parents", parents);
		}

		/**
		 * Sets whether a file at the target is replaced, and content is taken that is
		 * neither a file nor a directory.
		 * @param force whether to do so
		 * @return new options
		 */
		public CpOptions force(boolean force) {
			return with("force", force);
		}

		/**
		 * Sets whether the change is written up to the root at once. It is by default;
		 * without, a later {@code files/flush} is needed.
		 * @param flush whether to do so
		 * @return new options
		 */
		public CpOptions flush(boolean flush) {
			return with("flush", flush);
		}

	}

	/**
	 * Options of {@code files/chcid}.
	 */
	final class ChcidOptions extends CommandOptions<ChcidOptions> {

		private static final ChcidOptions DEFAULTS = new ChcidOptions(Map.of());

		private ChcidOptions(Map<String, List<String>> parameters) {
			super(parameters, ChcidOptions::new);
		}

		/**
		 * Returns options of which none is set.
		 * @return the options
		 */
		public static ChcidOptions defaults() {
			return DEFAULTS;
		}

		/**
		 * Sets the version of the CIDs.
		 * @param version 0 or 1
		 * @return new options
		 */
		public ChcidOptions cidVersion(int version) {
			return with("cid-version", version);
		}

		/**
		 * Sets the hash function, which makes CIDs version 1.
		 * @param hash its name, such as {@code sha2-256}
		 * @return new options
		 */
		public ChcidOptions hash(String hash) {
			return with("hash", hash);
		}

		/**
		 * Sets whether the change is written up to the root at once. It is by default;
		 * without, a later {@code files/flush} is needed.
		 * @param flush whether to do so
		 * @return new options
		 */
		public ChcidOptions flush(boolean flush) {
			return with("flush", flush);
		}

	}

	/**
	 * Options of {@code files/touch}.
	 */
	final class TouchOptions extends CommandOptions<TouchOptions> {

		private static final TouchOptions DEFAULTS = new TouchOptions(Map.of());

		private TouchOptions(Map<String, List<String>> parameters) {
			super(parameters, TouchOptions::new);
		}

		/**
		 * Returns options of which none is set.
		 * @return the options
		 */
		public static TouchOptions defaults() {
			return DEFAULTS;
		}

		/**
		 * Sets the time of change.
		 * @param mtime the time, not the first second of 1970, for which the node takes
		 * the present
		 * @return new options
		 */
		public TouchOptions mtime(Instant mtime) {
			return with("mtime", mtime.getEpochSecond()).with("mtime-nsecs", mtime.getNano());
		}

	}

}
