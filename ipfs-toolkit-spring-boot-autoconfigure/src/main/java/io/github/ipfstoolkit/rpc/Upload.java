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

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

import io.github.ipfstoolkit.IpfsException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.Resource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.util.Assert;

/**
 * What is sent to a node: a file, a directory with all that is in it, bytes from
 * elsewhere, or several of these. Nothing is read before it is sent, and never a whole
 * file at once.
 * <p>
 * Immutable. Can be sent several times, except where it stems from a stream, which can be
 * read only once.
 *
 * @since 0.1.0
 */
public final class Upload {

	/**
	 * How long a piece of content is at most, in bytes.
	 */
	static final int BUFFER_SIZE = 64 * 1024;

	private final String name;

	private final Function<String, Flux<Part>> parts;

	private final @Nullable Source source;

	private Upload(String name, Function<String, Flux<Part>> parts) {
		this(name, parts, null);
	}

	private Upload(String name, Source source) {
		this(name, (current) -> source.parts(current, false), source);
	}

	private Upload(String name, Function<String, Flux<Part>> parts, @Nullable Source source) {
		this.name = name;
		this.parts = parts;
		this.source = source;
	}

	/**
	 * Sends a file, or a directory with everything below it: hidden files too, symbolic
	 * links as links. A path that is itself a symbolic link is followed. The length of a
	 * single file is told to a node over HTTP beforehand: sending it fails where it gets
	 * longer or shorter meanwhile; a {@link #of(InputStream) stream} may.
	 * <p>
	 * Permissions and times of change are sent along, and stored where the node is told
	 * to ({@link ContentApi.AddOptions#preserveMode(boolean)},
	 * {@link ContentApi.AddOptions#preserveMtime(boolean)}).
	 * @param path the file or directory
	 * @return the upload, named like the file or directory
	 */
	public static Upload of(Path path) {
		return of(path, UploadOptions.defaults());
	}

	/**
	 * Sends a file, or a directory with what of it is wanted.
	 * @param path the file or directory. Where it is a symbolic link, that is followed
	 * @param options what of the directory is wanted
	 * @return the upload, named like the file or directory
	 */
	public static Upload of(Path path, UploadOptions options) {
		Path fileName = path.toAbsolutePath().normalize().getFileName();
		return new Upload((fileName != null) ? fileName.toString() : "", new Source(path, options));
	}

	/**
	 * Sends bytes as a file.
	 * @param bytes the file's content, not copied
	 * @return the upload, without a name
	 */
	public static Upload of(byte[] bytes) {
		return ofContent("", Flux.defer(() -> Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(bytes))),
				bytes.length);
	}

	/**
	 * Sends what a stream holds as a file. The stream is read on a thread that may block,
	 * and closed at the end. Can be sent once; to send it again is an error.
	 * @param stream the file's content
	 * @return the upload, without a name
	 */
	public static Upload of(InputStream stream) {
		AtomicBoolean sent = new AtomicBoolean();
		return ofContent("", read(() -> {
			if (!sent.compareAndSet(false, true)) {
				// what has been read would be missing, without a word
				throw new IpfsException("A stream can be sent only once");
			}
			return stream;
		}), -1);
	}

	/**
	 * Sends a resource. Where it is in the file system, it is sent like a
	 * {@link #of(Path) path}, as a directory too; otherwise what it holds is sent as a
	 * file.
	 * @param resource the file or directory
	 * @return the upload, named like the resource where that has a name
	 */
	public static Upload of(Resource resource) {
		String name = resource.getFilename();
		return new Upload((name != null) ? name : "", (current) -> Flux.defer(() -> parts(resource, current)));
	}

	private static Flux<Part> parts(Resource resource, String name) {
		try {
			return resource.isFile() ? new Source(resource.getFilePath(), UploadOptions.defaults()).parts(name, false)
					: Flux.just(new Part(name, Kind.FILE, read(resource::getInputStream), size(resource), null, null,
							null));
		}
		catch (IOException ex) {
			return Flux
				.error(new IpfsException("Cannot read %s to send it: %s".formatted(resource, ex.getMessage()), ex));
		}
	}

	private static long size(Resource resource) {
		try {
			// what is open can be read only once, by which its size may be found out
			return resource.isOpen() ? -1 : resource.contentLength();
		}
		catch (IOException ex) {
			return -1;
		}
	}

	/**
	 * Sends what a publisher emits as a file. It is asked for as much as the node takes.
	 * @param content the file's content; its buffers are released
	 * @return the upload, without a name
	 */
	public static Upload of(Publisher<? extends DataBuffer> content) {
		// what is under way is bounded in number, not in size
		return ofContent("",
				Flux.from(content)
					.concatMapIterable(Upload::pieces, 1)
					.doOnDiscard(DataBuffer.class, DataBufferUtils::release),
				-1);
	}

	private static List<DataBuffer> pieces(DataBuffer buffer) {
		if (buffer.readableByteCount() <= BUFFER_SIZE) {
			return List.of(buffer);
		}
		List<DataBuffer> pieces = new ArrayList<>();
		DataBuffer rest = (buffer instanceof DefaultDataBuffer unpooled) ? copyOf(unpooled) : buffer;
		while (rest.readableByteCount() > BUFFER_SIZE) {
			pieces.add(rest.split(rest.readPosition() + BUFFER_SIZE));
		}
		pieces.add(rest);
		return pieces;
	}

	/**
	 * Returns a buffer on the same bytes, so that the other is as it was when it is sent
	 * again.
	 */
	private static DataBuffer copyOf(DefaultDataBuffer buffer) {
		try (DataBuffer.ByteBufferIterator bytes = buffer.readableByteBuffers()) {
			return DefaultDataBufferFactory.sharedInstance.wrap(bytes.next());
		}
	}

	/**
	 * Sends a directory that is made up of other uploads.
	 * @param name the directory's name
	 * @param entries what is in it, each under its name
	 * @return the upload
	 * @throws IllegalArgumentException if an entry has no name that can be in a
	 * directory, or two have the same
	 */
	public static Upload directory(String name, Collection<Upload> entries) {
		List<Upload> children = List.copyOf(entries);
		Set<String> names = new HashSet<>();
		for (Upload child : children) {
			Assert.isTrue(isFileName(child.name()),
					() -> "'%s' is no name of an entry of a directory; set another with withName"
						.formatted(child.name()));
			Assert.isTrue(names.add(child.name()),
					() -> "Two entries of the directory '%s' are called '%s'".formatted(name, child.name()));
		}
		return new Upload(name, (current) -> Flux.concat(
				Flux.just(new Part(current, Kind.DIRECTORY, Flux.empty(), 0, null, null, null)),
				Flux.fromIterable(children).concatMap((child) -> child.parts.apply(current + "/" + child.name()), 1)));
	}

	private static boolean isFileName(String name) {
		return !name.isEmpty() && !name.equals(".") && !name.equals("..") && name.indexOf('/') < 0;
	}

	/**
	 * Sends several files or directories beside each other, in one request. Commands that
	 * take several do with each what they do with one.
	 * @param uploads what to send
	 * @return the upload, which has no name of its own
	 */
	public static Upload all(Collection<Upload> uploads) {
		List<Upload> each = List.copyOf(uploads);
		return new Upload("", (current) -> Flux.fromIterable(each).concatMap(Upload::parts, 1));
	}

	private static Upload ofContent(String name, Flux<? extends DataBuffer> content, long size) {
		return new Upload(name, (current) -> Flux
			.just(new Part(current, Kind.FILE, content.map((buffer) -> buffer), size, null, null, null)));
	}

	private static Flux<DataBuffer> read(Callable<InputStream> stream) {
		return DataBufferUtils.readInputStream(stream, FileContent.BUFFERS, BUFFER_SIZE)
			.subscribeOn(Schedulers.boundedElastic());
	}

	static IpfsException unreadable(Path path, Exception ex) {
		return new IpfsException("Cannot read '%s' to send it: %s".formatted(path, ex), ex);
	}

	/**
	 * Gives the file or directory another name, which the node reports and uses where it
	 * wraps the file in a directory.
	 * @param name the name
	 * @return another upload
	 */
	public Upload withName(String name) {
		return new Upload(name, this.parts, this.source);
	}

	/**
	 * Also tells the node where each file is, so that it can leave the content there
	 * ({@link ContentApi.AddOptions#nocopy(boolean)}). Of use where the node runs on the
	 * same machine.
	 * @return another upload
	 * @throws IllegalStateException if this is not the upload of a {@link Path}
	 */
	public Upload withLocations() {
		Source source = this.source;
		if (source == null) {
			throw new IllegalStateException("Only the upload of a path has locations");
		}
		return new Upload(this.name, (current) -> source.parts(current, true), source);
	}

	/**
	 * Tells how far sending is. Where it is known how much there is to send, a directory
	 * is gone through once before.
	 * @param listener called after each piece of content that was handed on to be sent,
	 * on the thread that read it; the node may be some hundred kilobytes behind. What it
	 * throws makes the upload fail
	 * @return another upload
	 */
	public Upload withProgress(Consumer<Progress> listener) {
		return new Upload(this.name, (current) -> UploadProgress.observe(this.parts.apply(current), listener));
	}

	/**
	 * Returns the name of the file or directory.
	 * @return the name, may be empty
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Returns the parts of which the upload consists, in the order in which a node takes
	 * them: depth-first, a directory before what is in it.
	 * @return the parts; those of a directory are found while it is subscribed to
	 */
	public Flux<Part> parts() {
		return this.parts.apply(this.name);
	}

	/**
	 * Counts the bytes of all files, for which a directory is gone through.
	 * @return how many there are; empty where it is not known, as for a stream
	 */
	public Mono<Long> size() {
		return UploadProgress.size(parts()).filter((size) -> size >= 0);
	}

	/**
	 * What a part is.
	 */
	public enum Kind {

		/** A file. */
		FILE,

		/** A directory, without content of its own. */
		DIRECTORY,

		/** A symbolic link, whose content is the link's target. */
		SYMBOLIC_LINK

	}

	/**
	 * A file, directory or symbolic link.
	 *
	 * @param path its path from the upload's name on, with slashes
	 * @param kind what it is
	 * @param content what it holds, read when subscribed to; its buffers are to be
	 * released
	 * @param size how many bytes a file has; -1 if that is not known, 0 for what is no
	 * file
	 * @param mode its permissions as 12 bits, such as {@code 0644}; {@code null} if it
	 * has none
	 * @param modified when it was changed, {@code null} if that is not known
	 * @param location the file that it is read from, if the node is to know
	 */
	public record Part(String path, Kind kind, Flux<DataBuffer> content, long size, @Nullable Integer mode,
			@Nullable Instant modified, @Nullable Path location) {

		Part withContent(Flux<DataBuffer> content) {
			return new Part(this.path, this.kind, content, this.size, this.mode, this.modified, this.location);
		}

	}

	/**
	 * How far sending is.
	 *
	 * @param path the file that is being sent: its path from the upload's name on
	 * @param fileSent how many bytes of it were sent
	 * @param fileSize how many bytes it has; -1 if that is not known
	 * @param sent how many bytes of all files were sent
	 * @param total how many bytes all files have; -1 if that is not known
	 */
	public record Progress(String path, long fileSent, long fileSize, long sent, long total) {
	}

	/**
	 * Where files and directories are read from.
	 *
	 * @param path the file or directory
	 * @param options what of it is wanted
	 */
	private record Source(Path path, UploadOptions options) {

		Flux<Part> parts(String name, boolean locations) {
			return Flux.<Part, FileTree>generate(() -> new FileTree(this.path, name, this.options, locations),
					(tree, sink) -> {
						try {
							Part part = tree.next();
							if (part != null) {
								sink.next(part);
							}
							else {
								sink.complete();
							}
						}
						catch (IOException ex) {
							sink.error(ex);
						}
						return tree;
					}, this::close)
				.onErrorMap((ex) -> ex instanceof IOException || ex instanceof SecurityException,
						(ex) -> unreadable(this.path, (Exception) ex))
				.subscribeOn(Schedulers.boundedElastic());
		}

		private void close(FileTree tree) {
			try {
				tree.close();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
