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
import org.springframework.http.ResponseEntity;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * Commands of {@code dag}: data of any shape that links to other data (IPLD), and whole
 * graphs of it as CAR archives.
 *
 * @since 0.1.0
 */
@HttpExchange("/api/v0/dag")
public interface DagApi {

	/**
	 * Stores data that is given in DAG-JSON, as DAG-CBOR ({@code dag/put}).
	 * @param upload the data: one or several files
	 * @return what was stored, for each file
	 */
	@PostExchange("/put")
	Flux<Stored> put(Upload upload);

	/**
	 * Stores data ({@code dag/put}).
	 * @param upload the data: one or several files
	 * @param options how to read and store it
	 * @return what was stored, for each file
	 */
	@PostExchange("/put")
	Flux<Stored> put(Upload upload, PutOptions options);

	/**
	 * Reads data, or a part of it, in DAG-JSON ({@code dag/get}).
	 * @param path a CID, and the path to the part
	 * @return the data; the buffers are to be released
	 */
	@PostExchange("/get")
	Flux<DataBuffer> get(@RequestParam("arg") String path);

	/**
	 * Reads data, or a part of it ({@code dag/get}).
	 * @param path a CID, and the path to the part
	 * @param codec the codec in which it is wanted, such as {@code dag-cbor}
	 * @return the data; the buffers are to be released
	 */
	@PostExchange("/get")
	Flux<DataBuffer> get(@RequestParam("arg") String path, @RequestParam("output-codec") String codec);

	/**
	 * Follows a path as far as links to other blocks lead ({@code dag/resolve}).
	 * @param path a CID, and the path to the part
	 * @return the last block, and the path in it
	 */
	@PostExchange("/resolve")
	Mono<Resolved> resolve(@RequestParam("arg") String path);

	/**
	 * Reads a whole graph as a CAR archive ({@code dag/export}).
	 * @param path the graph's root
	 * @return the archive; the buffers are to be released
	 */
	@PostExchange("/export")
	Flux<DataBuffer> export(@RequestParam("arg") String path);

	/**
	 * Reads a graph as a CAR archive ({@code dag/export}).
	 * @param path the graph's root
	 * @param localOnly whether blocks that the node has not are left out; an error
	 * otherwise where they cannot be had
	 * @return the archive; the buffers are to be released
	 */
	@PostExchange("/export")
	Flux<DataBuffer> export(@RequestParam("arg") String path, @RequestParam("local-only") boolean localOnly);

	/**
	 * Reads a graph as a CAR archive ({@code dag/export}).
	 * @param path the graph's root
	 * @param options where blocks come from, and whether they may be missing
	 * @return the archive; the buffers are to be released
	 */
	@PostExchange("/export")
	Flux<DataBuffer> export(@RequestParam("arg") String path, ExportOptions options);

	/**
	 * Reads a graph as a CAR archive, and tells first whether that can be done
	 * ({@code dag/export}).
	 * @param path the graph's root
	 * @param options where blocks come from, and whether they may be missing
	 * @return the response once there is something to read; its body must be subscribed
	 * to and its buffers released
	 */
	@PostExchange("/export")
	Mono<ResponseEntity<Flux<DataBuffer>>> exportResponse(@RequestParam("arg") String path, ExportOptions options);

	/**
	 * Stores the blocks of CAR archives and pins their roots ({@code dag/import}).
	 * @param upload the archives: one or several files
	 * @return the roots; an error where one cannot be pinned
	 */
	@PostExchange("/import")
	Flux<Imported> importCar(Upload upload);

	/**
	 * Stores the blocks of CAR archives ({@code dag/import}).
	 * @param upload the archives: one or several files
	 * @param options what to do with them
	 * @return the roots that are pinned, then the numbers where they are asked for; an
	 * error where a root cannot be pinned
	 */
	@PostExchange("/import")
	Flux<Imported> importCar(Upload upload, ImportOptions options);

	/**
	 * Counts the blocks of graphs ({@code dag/stat}); fetches what is not there.
	 * @param paths the graphs' roots
	 * @return the numbers
	 */
	@PostExchange("/stat?progress=false")
	Mono<Stat> stat(@RequestParam("arg") List<String> paths);

	/**
	 * Counts the blocks of graphs ({@code dag/stat}); fetches what is not there.
	 * @param paths the graphs' roots
	 * @param progress whether to report while counting
	 * @return the numbers so far where progress is asked for; the last are those of all
	 */
	@PostExchange("/stat")
	Flux<Stat> stat(@RequestParam("arg") List<String> paths, @RequestParam("progress") boolean progress);

	/**
	 * Data that was stored.
	 *
	 * @param cid the data
	 */
	record Stored(@JsonProperty("Cid") Cid cid) {
	}

	/**
	 * Where a path leads to.
	 *
	 * @param cid the last block
	 * @param remainder the path in that block, beginning with a slash; empty where the
	 * path ends with the block
	 */
	record Resolved(@JsonProperty("Cid") Cid cid, @JsonProperty("RemPath") String remainder) {
	}

	/**
	 * A root of an archive, or how much was stored.
	 *
	 * @param root the root, {@code null} in a report of numbers
	 * @param stats how much was stored, {@code null} in a report of a root
	 */
	record Imported(@JsonProperty("Root") @Nullable Root root,
			@JsonProperty("Stats") @Nullable ImportStats stats) implements InBandError {

		@Override
		public @Nullable String error() {
			return (this.root != null && StringUtils.hasLength(this.root.pinError()))
					? "'%s' was not pinned: %s".formatted(this.root.cid(), this.root.pinError()) : null;
		}

	}

	/**
	 * A root of an archive.
	 *
	 * @param cid the root
	 * @param pinError why it was not pinned; raised as an exception by the client
	 */
	record Root(@JsonProperty("Cid") Cid cid, @JsonProperty("PinErrorMsg") @Nullable String pinError) {
	}

	/**
	 * How much was stored.
	 *
	 * @param blocks how many blocks
	 * @param bytes how many bytes these have
	 */
	record ImportStats(@JsonProperty("BlockCount") long blocks, @JsonProperty("BlockBytesCount") long bytes) {
	}

	/**
	 * Numbers about graphs.
	 *
	 * @param uniqueBlocks how many different blocks there are; 0 in a report of progress
	 * @param totalSize the size in bytes of all different blocks
	 * @param sharedSize how many bytes blocks have that are in several of the graphs
	 * @param ratio by what factor sharing blocks saves space; 0 in a report of progress
	 * @param graphs the numbers for each graph
	 */
	record Stat(@JsonProperty("UniqueBlocks") long uniqueBlocks, @JsonProperty("TotalSize") long totalSize,
			@JsonProperty("SharedSize") long sharedSize, @JsonProperty("Ratio") double ratio,
			@JsonProperty("DagStats") List<GraphStat> graphs) {

		public Stat {
			graphs = Replies.orEmpty(graphs);
		}

	}

	/**
	 * Numbers about a graph.
	 *
	 * @param cid the graph's root
	 * @param size the size in bytes of its blocks
	 * @param blocks how many blocks it has
	 */
	record GraphStat(@JsonProperty("Cid") Cid cid, @JsonProperty("Size") long size,
			@JsonProperty("NumBlocks") long blocks) {
	}

	/**
	 * Options of {@code dag/put}.
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
		 * Sets the codec in which the data is stored.
		 * @param codec its name, {@code dag-cbor} by default
		 * @return new options
		 */
		public PutOptions storeCodec(String codec) {
			return with("store-codec", codec);
		}

		/**
		 * Sets the codec in which the data is given.
		 * @param codec its name, {@code dag-json} by default
		 * @return new options
		 */
		public PutOptions inputCodec(String codec) {
			return with("input-codec", codec);
		}

		/**
		 * Sets the hash function.
		 * @param hash its name, such as {@code sha2-256}
		 * @return new options
		 */
		public PutOptions hash(String hash) {
			return with("hash", hash);
		}

		/**
		 * Sets whether the data is pinned. It is not by default.
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

	}

	/**
	 * Options of {@code dag/export}.
	 */
	final class ExportOptions extends CommandOptions<ExportOptions> {

		private static final ExportOptions DEFAULTS = new ExportOptions(Map.of());

		private ExportOptions(Map<String, List<String>> parameters) {
			super(parameters, ExportOptions::new);
		}

		/**
		 * Returns options of which none is set.
		 * @return the options
		 */
		public static ExportOptions defaults() {
			return DEFAULTS;
		}

		/**
		 * Sets whether blocks that the node has not are left out. Otherwise it fetches
		 * them, or where it is {@link #offline(boolean) offline}, they are an error.
		 * @param localOnly whether to leave them out
		 * @return new options
		 */
		public ExportOptions localOnly(boolean localOnly) {
			return with("local-only", localOnly);
		}

	}

	/**
	 * Options of {@code dag/import}.
	 */
	final class ImportOptions extends CommandOptions<ImportOptions> {

		private static final ImportOptions DEFAULTS = new ImportOptions(Map.of());

		private ImportOptions(Map<String, List<String>> parameters) {
			super(parameters, ImportOptions::new);
		}

		/**
		 * Returns options of which none is set.
		 * @return the options
		 */
		public static ImportOptions defaults() {
			return DEFAULTS;
		}

		/**
		 * Sets whether the roots are pinned. They are by default; nothing is reported of
		 * roots that are not.
		 * @param pin whether to pin them
		 * @return new options
		 */
		public ImportOptions pinRoots(boolean pin) {
			return with("pin-roots", pin);
		}

		/**
		 * Takes archives that lack blocks, such as those which
		 * {@link DagApi#export(String, boolean)} writes; nothing is fetched. Roots cannot
		 * be pinned then.
		 * @param localOnly whether blocks may be missing
		 * @return new options
		 */
		public ImportOptions localOnly(boolean localOnly) {
			return with("local-only", localOnly);
		}

		/**
		 * Sets whether it is reported how much was stored.
		 * @param stats whether to report it
		 * @return new options
		 */
		public ImportOptions stats(boolean stats) {
			return with("stats", stats);
		}

		/**
		 * Sets whether blocks may be larger than 2 MiB, which other peers may refuse to
		 * take.
		 * @param allow whether to allow it
		 * @return new options
		 */
		public ImportOptions allowBigBlock(boolean allow) {
			return with("allow-big-block", allow);
		}

		/**
		 * Sets whether roots are announced to the network at once.
		 * @param provide whether to announce them
		 * @return new options
		 */
		public ImportOptions fastProvideRoot(boolean provide) {
			return with("fast-provide-root", provide);
		}

		/**
		 * Sets whether all blocks are announced to the network at once.
		 * @param provide whether to announce them
		 * @return new options
		 */
		public ImportOptions fastProvideDag(boolean provide) {
			return with("fast-provide-dag", provide);
		}

		/**
		 * Sets whether the command waits for that announcement.
		 * @param wait whether to wait
		 * @return new options
		 */
		public ImportOptions fastProvideWait(boolean wait) {
			return with("fast-provide-wait", wait);
		}

	}

}
