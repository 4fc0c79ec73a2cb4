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
import io.github.ipfstoolkit.Cid;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * Commands on content as files and directories (UnixFS). Where a path is asked for, a
 * CID, {@code /ipfs/<CID>/…} and {@code /ipns/<name>/…} are taken.
 *
 * @since 0.1.0
 */
@HttpExchange("/api/v0")
public interface ContentApi {

	/**
	 * Header that tells the content's size in bytes: for a file its own, for a directory
	 * that of all blocks.
	 */
	String CONTENT_LENGTH = "X-Content-Length";

	/**
	 * Adds a file or directory ({@code add}).
	 * @param upload what to add
	 * @return an entry for each file and directory; the last is the root
	 */
	@PostExchange("/add")
	Flux<Added> add(Upload upload);

	/**
	 * Adds a file or directory ({@code add}).
	 * @param upload what to add
	 * @param options how to add it
	 * @return an entry for each file and directory, the last is the root; reports of
	 * progress between them where they are asked for
	 */
	@PostExchange("/add")
	Flux<Added> add(Upload upload, AddOptions options);

	/**
	 * Reads a file ({@code cat}).
	 * @param path the file
	 * @return the content; the buffers are to be released
	 */
	@PostExchange("/cat")
	Flux<DataBuffer> cat(@RequestParam("arg") String path);

	/**
	 * Reads a file or a part of it ({@code cat}).
	 * @param path the file
	 * @param options which part
	 * @return the content; the buffers are to be released
	 */
	@PostExchange("/cat")
	Flux<DataBuffer> cat(@RequestParam("arg") String path, CatOptions options);

	/**
	 * Reads a file or directory as a TAR archive ({@code get}).
	 * @param path the file or directory
	 * @return the archive; the buffers are to be released
	 */
	@PostExchange("/get")
	Flux<DataBuffer> get(@RequestParam("arg") String path);

	/**
	 * Reads a file or directory as an archive ({@code get}).
	 * @param path the file or directory
	 * @param options how to pack it
	 * @return the archive; the buffers are to be released
	 */
	@PostExchange("/get")
	Flux<DataBuffer> get(@RequestParam("arg") String path, GetOptions options);

	/**
	 * Reads a file or a part of it, and tells first whether that can be done
	 * ({@code cat}).
	 * @param path the file
	 * @param options which part
	 * @return the response once there is something to read, with the header
	 * {@value #CONTENT_LENGTH}; its body must be subscribed to and its buffers released
	 */
	@PostExchange("/cat")
	Mono<ResponseEntity<Flux<DataBuffer>>> catResponse(@RequestParam("arg") String path, CatOptions options);

	/**
	 * Reads a file or directory as an archive, and tells first whether that can be done
	 * ({@code get}).
	 * @param path the file or directory
	 * @param options how to pack it
	 * @return the response once there is something to read, with the header
	 * {@value #CONTENT_LENGTH}; its body must be subscribed to and its buffers released
	 */
	@PostExchange("/get")
	Mono<ResponseEntity<Flux<DataBuffer>>> getResponse(@RequestParam("arg") String path, GetOptions options);

	/**
	 * Lists a directory ({@code ls}).
	 * @param path the directory
	 * @return the listing
	 */
	@PostExchange("/ls")
	Mono<Listings> ls(@RequestParam("arg") String path);

	/**
	 * Lists a directory of any size ({@code ls}).
	 * @param path the directory
	 * @param options what to find out about each entry; with
	 * {@link LsOptions#stream(boolean) stream} there is a listing for each entry
	 * @return the listing, in one piece or several
	 */
	@PostExchange("/ls")
	Flux<Listings> ls(@RequestParam("arg") String path, LsOptions options);

	/**
	 * Lists the blocks that content refers to ({@code refs}).
	 * @param path the content
	 * @return the blocks; an error where one cannot be had
	 */
	@PostExchange("/refs")
	Flux<Ref> refs(@RequestParam("arg") String path);

	/**
	 * Lists the blocks that content refers to ({@code refs}).
	 * @param path the content
	 * @param options which of them, and how to write them
	 * @return the blocks; an error where one cannot be had
	 */
	@PostExchange("/refs")
	Flux<Ref> refs(@RequestParam("arg") String path, RefsOptions options);

	/**
	 * Lists all blocks that the node stores ({@code refs/local}).
	 * @return the blocks
	 */
	@PostExchange("/refs/local")
	Flux<Ref> localRefs();

	/**
	 * Follows a path or name to the content that it leads to ({@code resolve}).
	 * @param path the path, such as {@code /ipns/<name>}
	 * @return the path of what it leads to
	 */
	@PostExchange("/resolve")
	Mono<ResolvedPath> resolve(@RequestParam("arg") String path);

	/**
	 * Follows a path or name to the content that it leads to ({@code resolve}).
	 * @param path the path, such as {@code /ipns/<name>}
	 * @param options how to follow it
	 * @return the path of what it leads to
	 */
	@PostExchange("/resolve")
	Mono<ResolvedPath> resolve(@RequestParam("arg") String path, ResolveOptions options);

	/**
	 * What was added, or how far adding is.
	 *
	 * @param name the path from the upload's name on; empty for a directory that was
	 * wrapped around it
	 * @param cid the content's CID, {@code null} in a report of progress
	 * @param size the size in bytes of the content with all its blocks; 0 in a report of
	 * progress
	 * @param bytes in a report of progress, how many bytes of the file were added
	 * @param mode the permissions that came with the file or directory that was uploaded,
	 * whether they are stored or not, as Go writes them; {@code null} where there are
	 * none
	 * @param mtime the time of change that came with it, whether it is stored or not, in
	 * seconds since 1970; 0 where there is none
	 * @param mtimeNanos the nanoseconds that are to be added to it
	 */
	record Added(@JsonProperty("Name") String name, @JsonProperty("Hash") @Nullable Cid cid,
			@JsonProperty("Size") long size, @JsonProperty("Bytes") long bytes,
			@JsonProperty("Mode") @Nullable String mode, @JsonProperty("Mtime") long mtime,
			@JsonProperty("MtimeNsecs") int mtimeNanos) {
	}

	/**
	 * Listings of directories.
	 *
	 * @param directories the directories
	 */
	record Listings(@JsonProperty("Objects") List<Listing> directories) {

		public Listings {
			directories = Replies.orEmpty(directories);
		}

	}

	/**
	 * A directory's listing.
	 *
	 * @param path the directory, as it was asked for
	 * @param entries what is in it; empty for a file
	 */
	record Listing(@JsonProperty("Hash") String path, @JsonProperty("Links") List<Entry> entries) {

		public Listing {
			entries = Replies.orEmpty(entries);
		}

	}

	/**
	 * An entry of a directory.
	 *
	 * @param name the name
	 * @param cid the content
	 * @param size the size in bytes of a file; 0 where it was not asked for
	 * @param type one of the constants of this type
	 * @param target where a symbolic link leads to, empty for others
	 * @param mode the permissions that are stored with it, as a number in Go's form; 0
	 * where there are none
	 * @param modified the time of change that is stored with it, in year 1 where there is
	 * none
	 */
	record Entry(@JsonProperty("Name") String name, @JsonProperty("Hash") Cid cid, @JsonProperty("Size") long size,
			@JsonProperty("Type") int type, @JsonProperty("Target") @Nullable String target,
			@JsonProperty("Mode") long mode, @JsonProperty("ModTime") @Nullable Instant modified) {

		/** A directory. */
		public static final int DIRECTORY = 1;

		/** A file. */
		public static final int FILE = 2;

		/** A symbolic link. */
		public static final int SYMBOLIC_LINK = 4;

	}

	/**
	 * A reference to a block.
	 *
	 * @param ref the block's CID, or text in the format that was asked for
	 * @param error why a block cannot be had; raised as an exception by the client
	 */
	record Ref(@JsonProperty("Ref") String ref, @JsonProperty("Err") @Nullable String error) implements InBandError {
	}

	/**
	 * A path that was followed.
	 *
	 * @param path such as {@code /ipfs/<CID>}
	 */
	record ResolvedPath(@JsonProperty("Path") String path) {
	}

	/**
	 * Options of {@code add}.
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
		 * Sets whether the content is pinned. The node does so by default.
		 * @param pin whether to pin
		 * @return new options
		 */
		public AddOptions pin(boolean pin) {
			return with("pin", pin);
		}

		/**
		 * Gives the pin a name.
		 * @param name the name, at most 255 bytes
		 * @return new options
		 */
		public AddOptions pinName(String name) {
			return with("pin-name", name);
		}

		/**
		 * Sets whether only the CID is worked out and nothing stored.
		 * @param onlyHash whether to store nothing
		 * @return new options
		 */
		public AddOptions onlyHash(boolean onlyHash) {
			return with("only-hash", onlyHash);
		}

		/**
		 * Sets whether a directory is wrapped around the file, which keeps its name.
		 * @param wrap whether to wrap
		 * @return new options
		 */
		public AddOptions wrapWithDirectory(boolean wrap) {
			return with("wrap-with-directory", wrap);
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
		 * Sets the version of the CIDs.
		 * @param version 0 or 1
		 * @return new options
		 */
		public AddOptions cidVersion(int version) {
			return with("cid-version", version);
		}

		/**
		 * Sets whether the leaves of files are raw blocks.
		 * @param rawLeaves whether leaves are raw
		 * @return new options
		 */
		public AddOptions rawLeaves(boolean rawLeaves) {
			return with("raw-leaves", rawLeaves);
		}

		/**
		 * Sets the hash function.
		 * @param hash its name, such as {@code sha2-256} or {@code blake3}
		 * @return new options
		 */
		public AddOptions hash(String hash) {
			return with("hash", hash);
		}

		/**
		 * Sets how files are cut into blocks.
		 * @param chunker such as {@code size-262144}, {@code rabin} or {@code buzhash}
		 * @return new options
		 */
		public AddOptions chunker(String chunker) {
			return with("chunker", chunker);
		}

		/**
		 * Sets whether files are laid out as trickle DAGs.
		 * @param trickle whether to use that layout
		 * @return new options
		 */
		public AddOptions trickle(boolean trickle) {
			return with("trickle", trickle);
		}

		/**
		 * Sets whether small blocks are held in their CIDs.
		 * @param inline whether to do so
		 * @return new options
		 */
		public AddOptions inline(boolean inline) {
			return with("inline", inline);
		}

		/**
		 * Also gives the content a path in the node's mutable file system (MFS).
		 * @param path the path; a directory's ends with a slash
		 * @return new options
		 */
		public AddOptions toFiles(String path) {
			return with("to-files", path);
		}

		/**
		 * Sets whether nothing is reported, not even the root.
		 * @param silent whether to report nothing
		 * @return new options
		 */
		public AddOptions silent(boolean silent) {
			return with("silent", silent);
		}

		/**
		 * Sets up to what size blocks are held in their CIDs.
		 * @param bytes the size in bytes, 32 by default
		 * @return new options
		 */
		public AddOptions inlineLimit(int bytes) {
			return with("inline-limit", bytes);
		}

		/**
		 * Sets how many links a block of a file may have.
		 * @param links how many
		 * @return new options
		 */
		public AddOptions maxFileLinks(int links) {
			return with("max-file-links", links);
		}

		/**
		 * Sets how many links a directory may have before it is spread over several
		 * blocks.
		 * @param links how many
		 * @return new options
		 */
		public AddOptions maxDirectoryLinks(int links) {
			return with("max-directory-links", links);
		}

		/**
		 * Sets how wide directories are spread over several blocks.
		 * @param fanout how many links each of these blocks may have: a power of 2
		 * @return new options
		 */
		public AddOptions maxHamtFanout(int fanout) {
			return with("max-hamt-fanout", fanout);
		}

		/**
		 * Leaves the content in its file, which must stay as it is, in place of copying
		 * it into the repository. The upload must come {@link Upload#withLocations() with
		 * its files' locations}, on the node's machine, and the node must have {@code
		 * Experimental.FilestoreEnabled} switched on.
		 * @param nocopy whether not to copy
		 * @return new options
		 */
		public AddOptions nocopy(boolean nocopy) {
			return with("nocopy", nocopy);
		}

		/**
		 * Looks for the content in the filestore before it is stored.
		 * @param fscache whether to look
		 * @return new options
		 */
		public AddOptions fscache(boolean fscache) {
			return with("fscache", fscache);
		}

		/**
		 * Sets whether the permissions that come with files and directories of an
		 * {@link Upload#of(java.nio.file.Path) upload} are stored. Leaves are not raw
		 * blocks then, so that the content has another CID.
		 * @param preserve whether to store them
		 * @return new options
		 */
		public AddOptions preserveMode(boolean preserve) {
			return with("preserve-mode", preserve);
		}

		/**
		 * Sets whether the times of change that come with files and directories of an
		 * {@link Upload#of(java.nio.file.Path) upload} are stored. Leaves are not raw
		 * blocks then, so that the content has another CID.
		 * @param preserve whether to store them
		 * @return new options
		 */
		public AddOptions preserveMtime(boolean preserve) {
			return with("preserve-mtime", preserve);
		}

		/**
		 * Sets the permissions that are stored.
		 * @param mode such as {@code 0644}, in octal digits
		 * @return new options
		 */
		public AddOptions mode(int mode) {
			return with("mode", mode);
		}

		/**
		 * Sets the time of change that is stored.
		 * @param mtime the time
		 * @return new options
		 */
		public AddOptions mtime(Instant mtime) {
			return with("mtime", mtime.getEpochSecond()).with("mtime-nsecs", mtime.getNano());
		}

		/**
		 * Sets whether empty directories are added. They are by default.
		 * @param emptyDirs whether to add them
		 * @return new options
		 */
		public AddOptions emptyDirs(boolean emptyDirs) {
			return with("empty-dirs", emptyDirs);
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
	 * Options of {@code cat}.
	 */
	final class CatOptions extends CommandOptions<CatOptions> {

		private static final CatOptions DEFAULTS = new CatOptions(Map.of());

		private CatOptions(Map<String, List<String>> parameters) {
			super(parameters, CatOptions::new);
		}

		/**
		 * Returns options of which none is set.
		 * @return the options
		 */
		public static CatOptions defaults() {
			return DEFAULTS;
		}

		/**
		 * Sets where to begin.
		 * @param offset how many bytes to leave out
		 * @return new options
		 */
		public CatOptions offset(long offset) {
			return with("offset", offset);
		}

		/**
		 * Sets how much to read.
		 * @param length how many bytes at most
		 * @return new options
		 */
		public CatOptions length(long length) {
			return with("length", length);
		}

	}

	/**
	 * Options of {@code get}.
	 */
	final class GetOptions extends CommandOptions<GetOptions> {

		private static final GetOptions DEFAULTS = new GetOptions(Map.of());

		private GetOptions(Map<String, List<String>> parameters) {
			super(parameters, GetOptions::new);
		}

		/**
		 * Returns options of which none is set.
		 * @return the options
		 */
		public static GetOptions defaults() {
			return DEFAULTS;
		}

		/**
		 * Packs with GZIP. Without {@link #archive(boolean) archive}, a file is not put
		 * in a TAR archive then.
		 * @param level from 1 (fast) to 9 (small)
		 * @return new options
		 */
		public GetOptions compress(int level) {
			return with("compress", true).with("compression-level", level);
		}

		/**
		 * Sets whether also a compressed file is put in a TAR archive.
		 * @param archive whether to do so
		 * @return new options
		 */
		public GetOptions archive(boolean archive) {
			return with("archive", archive);
		}

	}

	/**
	 * Options of {@code ls}.
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
		 * Sets whether the type of each entry is found out, for which its first block is
		 * needed. It is by default.
		 * @param resolve whether to find it out
		 * @return new options
		 */
		public LsOptions resolveType(boolean resolve) {
			return with("resolve-type", resolve);
		}

		/**
		 * Sets whether the size of each entry is found out, for which its first block is
		 * needed. It is by default.
		 * @param size whether to find it out
		 * @return new options
		 */
		public LsOptions size(boolean size) {
			return with("size", size);
		}

		/**
		 * Sets whether entries are sent as they are found, each in a listing of its own.
		 * @param stream whether to do so
		 * @return new options
		 */
		public LsOptions stream(boolean stream) {
			return with("stream", stream);
		}

	}

	/**
	 * Options of {@code refs}.
	 */
	final class RefsOptions extends CommandOptions<RefsOptions> {

		private static final RefsOptions DEFAULTS = new RefsOptions(Map.of());

		private RefsOptions(Map<String, List<String>> parameters) {
			super(parameters, RefsOptions::new);
		}

		/**
		 * Returns options of which none is set.
		 * @return the options
		 */
		public static RefsOptions defaults() {
			return DEFAULTS;
		}

		/**
		 * Sets the text of each reference.
		 * @param format such as {@code <src> -> <dst> <linkname>}
		 * @return new options
		 */
		public RefsOptions format(String format) {
			return with("format", format);
		}

		/**
		 * Sets whether blocks are listed once only.
		 * @param unique whether to leave out repetitions
		 * @return new options
		 */
		public RefsOptions unique(boolean unique) {
			return with("unique", unique);
		}

		/**
		 * Sets whether also what the blocks refer to is listed.
		 * @param recursive whether to follow references
		 * @return new options
		 */
		public RefsOptions recursive(boolean recursive) {
			return with("recursive", recursive);
		}

		/**
		 * Sets how far references are followed.
		 * @param depth how many steps; -1 for all
		 * @return new options
		 */
		public RefsOptions maxDepth(int depth) {
			return with("max-depth", depth);
		}

		/**
		 * Writes each reference as {@code <from> -> <to>}.
		 * @param edges whether to write both ends
		 * @return new options
		 */
		public RefsOptions edges(boolean edges) {
			return with("edges", edges);
		}

	}

	/**
	 * Options of {@code resolve}.
	 */
	final class ResolveOptions extends CommandOptions<ResolveOptions> {

		private static final ResolveOptions DEFAULTS = new ResolveOptions(Map.of());

		private ResolveOptions(Map<String, List<String>> parameters) {
			super(parameters, ResolveOptions::new);
		}

		/**
		 * Returns options of which none is set.
		 * @return the options
		 */
		public static ResolveOptions defaults() {
			return DEFAULTS;
		}

		/**
		 * Sets whether names are followed until the result is none. They are by default.
		 * @param recursive whether to follow them
		 * @return new options
		 */
		public ResolveOptions recursive(boolean recursive) {
			return with("recursive", recursive);
		}

		/**
		 * Sets how many records are collected before the best is taken.
		 * @param count how many; 0 for all that can be had
		 * @return new options
		 */
		public ResolveOptions dhtRecordCount(int count) {
			return with("dht-record-count", count);
		}

		/**
		 * Sets how long records are collected.
		 * @param timeout how long; zero for no limit
		 * @return new options
		 */
		public ResolveOptions dhtTimeout(Duration timeout) {
			return with("dht-timeout", timeout);
		}

	}

}
