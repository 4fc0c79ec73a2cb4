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

package io.github.ipfstoolkit.core;

import java.nio.file.Path;
import java.util.Collection;

import io.github.ipfstoolkit.Cid;
import io.github.ipfstoolkit.ContentPath;
import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.rpc.ContentApi.AddOptions;
import io.github.ipfstoolkit.rpc.ContentApi.CatOptions;
import io.github.ipfstoolkit.rpc.DagApi;
import io.github.ipfstoolkit.rpc.PinApi;
import io.github.ipfstoolkit.rpc.Upload;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * Publishing, reading and keeping content, for reactive applications.
 *
 * @since 0.1.0
 * @see ContentOperations
 */
public interface ReactiveContentOperations {

	/**
	 * Publishes what can be uploaded: a file, a directory, bytes, a stream of buffers, a
	 * resource. It is pinned.
	 * @param upload what to publish
	 * @return the CID of the file or directory
	 */
	default Mono<Cid> publish(Upload upload) {
		return publish(upload, AddOptions.defaults());
	}

	/**
	 * Publishes what can be uploaded.
	 * @param upload what to publish
	 * @param options how to publish it
	 * @return the CID of the file or directory
	 */
	Mono<Cid> publish(Upload upload, AddOptions options);

	/**
	 * Publishes several files or directories in one request, and pins each. To have them
	 * in one directory, publish a {@link Upload#directory(String, Collection) directory}
	 * of them.
	 * @param uploads what to publish
	 * @return the CID of each, in the same order, as each is published
	 */
	default Flux<Cid> publishAll(Collection<Upload> uploads) {
		return publishAll(uploads, AddOptions.defaults());
	}

	/**
	 * Publishes several files or directories in one request.
	 * @param uploads what to publish
	 * @param options how to publish each; {@link IllegalArgumentException} if they are
	 * about names, which do not count here: {@code wrap-with-directory} or
	 * {@code to-files}
	 * @return the CID of each, in the same order, as each is published
	 */
	Flux<Cid> publishAll(Collection<Upload> uploads, AddOptions options);

	/**
	 * Works out the CID that {@link #publish(Upload, AddOptions)} would give, without
	 * storing anything.
	 * @param upload what would be published
	 * @param options how it would be published
	 * @return the CID
	 */
	Mono<Cid> predictCid(Upload upload, AddOptions options);

	/**
	 * Reads a file as it arrives.
	 * @param path the file
	 * @return its content, as buffers to be released
	 */
	default Flux<DataBuffer> content(ContentPath path) {
		return content(path, CatOptions.defaults());
	}

	/**
	 * Reads a file or a part of it as it arrives. Where it ends early or cannot be had,
	 * that is an error, never a short success.
	 * @param path the file
	 * @param options which part
	 * @return its content, as buffers to be released
	 */
	Flux<DataBuffer> content(ContentPath path, CatOptions options);

	/**
	 * Reads a file into memory.
	 * @param path the file
	 * @return the content; {@link ContentTooLargeException} if it is larger than the
	 * limit
	 */
	default Mono<byte[]> read(ContentPath path) {
		return read(path, CatOptions.defaults());
	}

	/**
	 * Reads a file or a part of it into memory.
	 * @param path the file
	 * @param options which part
	 * @return the content; {@link ContentTooLargeException} if it is larger than the
	 * limit
	 */
	Mono<byte[]> read(ContentPath path, CatOptions options);

	/**
	 * Reads a text file in UTF-8 into memory.
	 * @param path the file
	 * @return the text; {@link ContentTooLargeException} if it is larger than the limit
	 */
	Mono<String> readText(ContentPath path);

	/**
	 * Writes a file or directory to disk, on a thread that may block. It appears under
	 * its name when it is complete; where it fails or is cancelled, what was there is
	 * left as it was.
	 * @param path the file or directory
	 * @param target what it is to become: the path of the file or directory itself, not
	 * of a directory to put it in
	 * @param options what to do where something is already, and who is told of progress
	 * @return completes when it is written; {@link DownloadException} if it cannot be, or
	 * holds what must not be
	 */
	Mono<Void> download(ContentPath path, Path target, DownloadOptions options);

	/**
	 * Reads a graph with all its blocks as a CAR archive, as it arrives. Where it ends
	 * early or a block cannot be had, that is an error, never a short success.
	 * @param path the graph's root
	 * @return the archive, as buffers to be released
	 */
	default Flux<DataBuffer> car(ContentPath path) {
		return car(path, DagApi.ExportOptions.defaults());
	}

	/**
	 * Reads a graph as a CAR archive, as it arrives. Where it ends early or a block
	 * cannot be had, that is an error, never a short success.
	 * @param path the graph's root
	 * @param options where blocks come from, and whether they may be missing
	 * @return the archive, as buffers to be released
	 */
	Flux<DataBuffer> car(ContentPath path, DagApi.ExportOptions options);

	/**
	 * Writes a graph with all its blocks to disk as a CAR archive, on a thread that may
	 * block. It appears under its name when it is complete; where it fails or is
	 * cancelled, what was there is left as it was.
	 * @param path the graph's root
	 * @param target the file that it is to become
	 * @param options what to do where something is already, how large it may be, and who
	 * is told of progress, without a total
	 * @return completes when it is written; {@link DownloadException} if it cannot be
	 */
	Mono<Void> exportCar(ContentPath path, Path target, DownloadOptions options);

	/**
	 * Stores the blocks of CAR archives, and pins their roots.
	 * @param car the archive; several with {@link Upload#all(Collection)}
	 * @return the roots
	 */
	default Flux<Cid> importCar(Upload car) {
		return importCar(car, DagApi.ImportOptions.defaults());
	}

	/**
	 * Stores the blocks of CAR archives.
	 * @param car the archive; several with {@link Upload#all(Collection)}
	 * @param options what to do with them
	 * @return the roots; none where these are not pinned, as the node does not tell them
	 * then
	 */
	Flux<Cid> importCar(Upload car, DagApi.ImportOptions options);

	/**
	 * Makes the node keep content with all its blocks; fetches what is not there.
	 * @param path the content
	 * @return completes when it is kept
	 */
	default Mono<Void> pin(ContentPath path) {
		return pin(path, PinApi.AddOptions.defaults());
	}

	/**
	 * Makes the node keep content; fetches what is not there.
	 * @param path the content
	 * @param options how to pin it
	 * @return completes when it is kept
	 */
	Mono<Void> pin(ContentPath path, PinApi.AddOptions options);

	/**
	 * No longer makes the node keep content. It stays until the node next cleans up.
	 * @param path the content, which must be pinned itself, not only be part of what is
	 * @return completes when it is no longer kept
	 */
	Mono<Void> unpin(ContentPath path);

	/**
	 * No longer makes the node keep content, and makes it clean up at once: with this,
	 * everything else that nothing keeps is removed too.
	 * @param path the content, which must be pinned itself, not only be part of what is
	 * @return completes when the node has cleaned up
	 */
	Mono<Void> remove(ContentPath path);

	/**
	 * Lists what the node was told to keep: recursive and direct pins with their names,
	 * not the blocks below them.
	 * @return the pins
	 */
	Flux<PinApi.Pin> pins();

	/**
	 * Looks for peers that have content, among them the node itself.
	 * @param cid the content
	 * @param max how many to find
	 * @return the peers, each once, as they are found
	 */
	Flux<PeerId> findProviders(Cid cid, int max);

}
