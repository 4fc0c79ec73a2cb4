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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.github.ipfstoolkit.IpfsException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.Resource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

/**
 * What is sent to a node: a file, a directory with all that is in it, or bytes from
 * elsewhere. Nothing is read before it is sent, and never a whole file at once.
 * <p>
 * Immutable. Can be sent several times, except where it stems from a stream, which can be
 * read only once.
 *
 * @since 0.1.0
 */
public final class Upload {

	private static final int BUFFER_SIZE = 64 * 1024;

	private final String name;

	private final Function<String, Flux<Part>> parts;

	private final @Nullable Path path;

	private Upload(String name, Function<String, Flux<Part>> parts, @Nullable Path path) {
		this.name = name;
		this.parts = parts;
		this.path = path;
	}

	/**
	 * Sends a file, or a directory with everything below it: hidden files too, symbolic
	 * links as links. A path that is itself a symbolic link is followed.
	 * @param path the file or directory
	 * @return the upload, named like the file or directory
	 */
	public static Upload of(Path path) {
		Path fileName = path.toAbsolutePath().normalize().getFileName();
		return new Upload((fileName != null) ? fileName.toString() : "", (name) -> walk(path, name, false), path);
	}

	/**
	 * Sends bytes as a file.
	 * @param bytes the file's content, not copied
	 * @return the upload, without a name
	 */
	public static Upload of(byte[] bytes) {
		return ofContent("", Flux.defer(() -> Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(bytes))));
	}

	/**
	 * Sends what a stream holds as a file. The stream is read on a thread that may block,
	 * and closed at the end. Can be sent once.
	 * @param stream the file's content
	 * @return the upload, without a name
	 */
	public static Upload of(InputStream stream) {
		return ofContent("", read(() -> stream));
	}

	/**
	 * Sends a resource as a file.
	 * @param resource the file's content
	 * @return the upload, named like the resource where that has a name
	 */
	public static Upload of(Resource resource) {
		String name = resource.getFilename();
		return ofContent((name != null) ? name : "", read(resource::getInputStream));
	}

	/**
	 * Sends what a publisher emits as a file.
	 * @param content the file's content; its buffers are released
	 * @return the upload, without a name
	 */
	public static Upload of(Publisher<? extends DataBuffer> content) {
		return ofContent("", Flux.from(content));
	}

	private static Upload ofContent(String name, Flux<? extends DataBuffer> content) {
		return new Upload(name,
				(current) -> Flux.just(new Part(current, Kind.FILE, content.map((buffer) -> buffer), null)), null);
	}

	private static Flux<DataBuffer> read(Callable<InputStream> stream) {
		return DataBufferUtils.readInputStream(stream, DefaultDataBufferFactory.sharedInstance, BUFFER_SIZE)
			.subscribeOn(Schedulers.boundedElastic());
	}

	private static Flux<Part> walk(Path root, String name, boolean locations) {
		// depth-first with a directory before what is in it, as Kubo needs it
		Callable<Stream<Path>> walk = () -> Files.isDirectory(root) ? Files.walk(root.toRealPath())
				: Stream.of(root.toRealPath());
		return Flux
			.using(walk, (paths) -> Flux.fromStream(paths).map((path) -> part(root, path, name, locations)),
					Stream::close)
			.onErrorMap((ex) -> ex instanceof IOException || ex instanceof UncheckedIOException,
					(ex) -> new IpfsException("Cannot read '%s' to send it: %s".formatted(root, ex.getMessage()), ex))
			.subscribeOn(Schedulers.boundedElastic());
	}

	private static Part part(Path root, Path path, String name, boolean locations) {
		try {
			Path relative = root.toRealPath().relativize(path);
			String partName = relative.toString().isEmpty() ? name : name + "/" + slashed(relative);
			if (Files.isSymbolicLink(path)) {
				byte[] target = Files.readSymbolicLink(path).toString().getBytes(StandardCharsets.UTF_8);
				return new Part(partName, Kind.SYMBOLIC_LINK,
						Flux.defer(() -> Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(target))), null);
			}
			if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
				return new Part(partName, Kind.DIRECTORY, Flux.empty(), null);
			}
			if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
				throw new IOException("'%s' is no file, directory or symbolic link".formatted(path));
			}
			return new Part(partName, Kind.FILE, read(() -> Files.newInputStream(path)), locations ? path : null);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String slashed(Path relative) {
		return StreamSupport.stream(relative.spliterator(), false).map(Path::toString).collect(Collectors.joining("/"));
	}

	/**
	 * Gives the file or directory another name, which the node reports and uses where it
	 * wraps the file in a directory.
	 * @param name the name
	 * @return another upload
	 */
	public Upload withName(String name) {
		return new Upload(name, this.parts, this.path);
	}

	/**
	 * Also tells the node where each file is, so that it can leave the content there
	 * ({@link ContentApi.AddOptions#nocopy(boolean)}). Of use where the node runs on the
	 * same machine.
	 * @return another upload
	 * @throws IllegalStateException if this is not the upload of a {@link Path}
	 */
	public Upload withLocations() {
		Path path = this.path;
		if (path == null) {
			throw new IllegalStateException("Only the upload of a path has locations");
		}
		return new Upload(this.name, (name) -> walk(path, name, true), path);
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
	 * @param content what it holds, read when subscribed to
	 * @param location the file that it is read from, if the node is to know
	 */
	public record Part(String path, Kind kind, Flux<DataBuffer> content, @Nullable Path location) {
	}

}
