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

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

import io.github.ipfstoolkit.Cid;
import io.github.ipfstoolkit.ContentPath;
import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.rpc.ContentApi.AddOptions;
import io.github.ipfstoolkit.rpc.ContentApi.CatOptions;
import io.github.ipfstoolkit.rpc.DagApi;
import io.github.ipfstoolkit.rpc.PinApi;
import io.github.ipfstoolkit.rpc.Upload;

/**
 * Publishing, reading and keeping content. Part of {@link IpfsOperations}.
 * <p>
 * Methods block until the node has answered and throw
 * {@link io.github.ipfstoolkit.IpfsException} where it could not do what was asked for.
 *
 * @since 0.1.0
 */
public interface ContentOperations {

	/**
	 * Publishes a file, or a directory with everything below it, and pins it.
	 * @param path the file or directory
	 * @return the CID of the file or directory
	 */
	default Cid publish(Path path) {
		return publish(Upload.of(path));
	}

	/**
	 * Publishes what can be uploaded: a file, a directory, bytes, a stream, a resource.
	 * It is pinned.
	 * @param upload what to publish
	 * @return the CID of the file or directory
	 */
	default Cid publish(Upload upload) {
		return publish(upload, AddOptions.defaults());
	}

	/**
	 * Publishes what can be uploaded.
	 * @param upload what to publish
	 * @param options how to publish it
	 * @return the CID of the file or directory
	 */
	Cid publish(Upload upload, AddOptions options);

	/**
	 * Publishes several files or directories in one request, and pins each. To have them
	 * in one directory, publish a {@link Upload#directory(String, Collection) directory}
	 * of them.
	 * @param uploads what to publish
	 * @return the CID of each, in the same order
	 */
	default List<Cid> publishAll(Collection<Upload> uploads) {
		return publishAll(uploads, AddOptions.defaults());
	}

	/**
	 * Publishes several files or directories in one request.
	 * @param uploads what to publish
	 * @param options how to publish each
	 * @return the CID of each, in the same order
	 * @throws IllegalArgumentException if the options are about names, which do not count
	 * here: {@code wrap-with-directory} or {@code to-files}
	 */
	List<Cid> publishAll(Collection<Upload> uploads, AddOptions options);

	/**
	 * Works out the CID that a file or directory gets when it is published, without
	 * storing anything.
	 * @param path the file or directory
	 * @return the CID
	 */
	default Cid predictCid(Path path) {
		return predictCid(Upload.of(path), AddOptions.defaults());
	}

	/**
	 * Works out the CID that {@link #publish(Upload, AddOptions)} would return, without
	 * storing anything.
	 * @param upload what would be published
	 * @param options how it would be published
	 * @return the CID
	 */
	Cid predictCid(Upload upload, AddOptions options);

	/**
	 * Opens a file for reading. Returns when the first bytes are there.
	 * @param path the file
	 * @return the content, to be closed by the caller. Its methods throw an
	 * {@link java.io.IOException} where the content ends early or cannot be had
	 */
	default InputStream open(ContentPath path) {
		return open(path, CatOptions.defaults());
	}

	/**
	 * Opens a file or a part of it for reading. Returns when the first bytes are there.
	 * @param path the file
	 * @param options which part
	 * @return the content, to be closed by the caller. Its methods throw an
	 * {@link java.io.IOException} where the content ends early or cannot be had
	 */
	InputStream open(ContentPath path, CatOptions options);

	/**
	 * Reads a file into memory.
	 * @param path the file
	 * @return the content
	 * @throws ContentTooLargeException if it is larger than the limit
	 */
	default byte[] read(ContentPath path) {
		return read(path, CatOptions.defaults());
	}

	/**
	 * Reads a file or a part of it into memory.
	 * @param path the file
	 * @param options which part
	 * @return the content
	 * @throws ContentTooLargeException if it is larger than the limit
	 */
	byte[] read(ContentPath path, CatOptions options);

	/**
	 * Reads a text file in UTF-8 into memory.
	 * @param path the file
	 * @return the text
	 * @throws ContentTooLargeException if it is larger than the limit
	 */
	default String readText(ContentPath path) {
		return readText(path, CatOptions.defaults());
	}

	/**
	 * Reads a text file in UTF-8 or a part of it into memory.
	 * @param path the file
	 * @param options which part, in bytes; a character that is cut in two becomes the
	 * replacement character
	 * @return the text
	 * @throws ContentTooLargeException if it is larger than the limit
	 */
	String readText(ContentPath path, CatOptions options);

	/**
	 * Writes a file or directory to disk, where nothing may be yet.
	 * @param path the file or directory
	 * @param target what it is to become: the path of the file or directory itself, not
	 * of a directory to put it in
	 * @throws DownloadException if it cannot be written, or holds what must not be
	 */
	default void download(ContentPath path, Path target) {
		download(path, target, DownloadOptions.defaults());
	}

	/**
	 * Writes a file or directory to disk. It appears under its name when it is complete;
	 * where it fails, what was there is left as it was.
	 * @param path the file or directory
	 * @param target what it is to become: the path of the file or directory itself, not
	 * of a directory to put it in
	 * @param options what to do where something is already, and who is told of progress
	 * @throws DownloadException if it cannot be written, or holds what must not be
	 */
	void download(ContentPath path, Path target, DownloadOptions options);

	/**
	 * Opens a graph with all its blocks as a CAR archive for reading: content as others
	 * can import it without a change of its CID. Returns when the first bytes are there.
	 * @param path the graph's root
	 * @return the archive, to be closed by the caller. Its methods throw an
	 * {@link java.io.IOException} where it ends early or a block cannot be had
	 */
	default InputStream openCar(ContentPath path) {
		return openCar(path, DagApi.ExportOptions.defaults());
	}

	/**
	 * Opens a graph as a CAR archive for reading. Returns when the first bytes are there.
	 * @param path the graph's root
	 * @param options where blocks come from, and whether they may be missing
	 * @return the archive, to be closed by the caller. Its methods throw an
	 * {@link java.io.IOException} where it ends early or a block cannot be had
	 */
	InputStream openCar(ContentPath path, DagApi.ExportOptions options);

	/**
	 * Writes a graph with all its blocks to disk as a CAR archive, where nothing may be
	 * yet.
	 * @param path the graph's root
	 * @param target the file that it is to become
	 * @throws DownloadException if it cannot be written
	 */
	default void exportCar(ContentPath path, Path target) {
		exportCar(path, target, DownloadOptions.defaults());
	}

	/**
	 * Writes a graph with all its blocks to disk as a CAR archive. It appears under its
	 * name when it is complete; where it fails, what was there is left as it was.
	 * @param path the graph's root
	 * @param target the file that it is to become
	 * @param options what to do where something is already, how large it may be, and who
	 * is told of progress, without a total
	 * @throws DownloadException if it cannot be written
	 */
	void exportCar(ContentPath path, Path target, DownloadOptions options);

	/**
	 * Stores the blocks of a CAR archive, and pins its roots.
	 * @param car the archive
	 * @return the roots
	 */
	default List<Cid> importCar(Path car) {
		return importCar(Upload.of(car));
	}

	/**
	 * Stores the blocks of CAR archives, and pins their roots.
	 * @param car the archive; several with {@link Upload#all(Collection)}
	 * @return the roots
	 */
	default List<Cid> importCar(Upload car) {
		return importCar(car, DagApi.ImportOptions.defaults());
	}

	/**
	 * Stores the blocks of CAR archives.
	 * @param car the archive; several with {@link Upload#all(Collection)}
	 * @param options what to do with them
	 * @return the roots; none where these are not pinned, as the node does not tell them
	 * then
	 */
	List<Cid> importCar(Upload car, DagApi.ImportOptions options);

	/**
	 * Makes the node keep content with all its blocks; fetches what is not there.
	 * @param path the content
	 */
	default void pin(ContentPath path) {
		pin(path, PinApi.AddOptions.defaults());
	}

	/**
	 * Makes the node keep content; fetches what is not there.
	 * @param path the content
	 * @param options how to pin it
	 */
	void pin(ContentPath path, PinApi.AddOptions options);

	/**
	 * No longer makes the node keep content. It stays until the node next cleans up.
	 * @param path the content, which must be pinned itself, not only be part of what is
	 */
	void unpin(ContentPath path);

	/**
	 * No longer makes the node keep content, and makes it clean up at once: with this,
	 * everything else that nothing keeps is removed too. Blocks that are also part of
	 * other pinned content, or of the mutable file system, stay.
	 * @param path the content, which must be pinned itself, not only be part of what is
	 */
	void remove(ContentPath path);

	/**
	 * Lists what the node was told to keep: recursive and direct pins with their names,
	 * not the blocks below them.
	 * @return the pins
	 */
	List<PinApi.Pin> pins();

	/**
	 * Looks for peers that have content, among them the node itself.
	 * @param cid the content
	 * @param max how many to find. The node looks until it has found that many, or has
	 * asked everywhere
	 * @return the peers, each once
	 */
	List<PeerId> findProviders(Cid cid, int max);

}
