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

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.util.Assert;

/**
 * Goes through a file, or a directory and all that is below it: depth-first, a directory
 * before what is in it, as Kubo needs it. Holds no more than the directories that it is
 * in. Used by one thread at a time.
 */
final class FileTree implements Closeable {

	private static final String UNIX_ATTRIBUTES = "unix:mode,size,lastModifiedTime,isDirectory,isRegularFile,isSymbolicLink";

	private final Path root;

	private final String name;

	private final UploadOptions options;

	private final boolean locations;

	private final IgnoreRules ignored;

	private final Deque<Level> levels = new ArrayDeque<>();

	private boolean started;

	/**
	 * Begins to go through a file or directory. Where it is a symbolic link, that is
	 * followed.
	 * @param root the file or directory
	 * @param name what it is to be called
	 * @param options what of it is wanted
	 * @param locations whether parts tell where they are
	 */
	FileTree(Path root, String name, UploadOptions options, boolean locations) throws IOException {
		this.root = root.toRealPath();
		this.name = name;
		this.options = options;
		this.locations = locations;
		List<String> rules = new ArrayList<>();
		if (options.ignoreFile() != null) {
			rules.addAll(Files.readAllLines(options.ignoreFile()));
		}
		rules.addAll(options.ignored());
		this.ignored = IgnoreRules.of(rules);
	}

	/**
	 * Returns the next part, {@code null} at the end.
	 */
	Upload.@Nullable Part next() throws IOException {
		if (!this.started) {
			this.started = true;
			return enter(this.root, this.name, "", Attributes.read(this.root, false));
		}
		while (!this.levels.isEmpty()) {
			Level level = this.levels.element();
			Path path = level.next();
			if (path == null) {
				this.levels.remove().close();
				continue;
			}
			String fileName = text(path.getFileName(), path);
			String below = level.below() + fileName;
			Attributes attributes = Attributes.read(path, this.options.followLinks());
			boolean left = (!this.options.hidden() && fileName.startsWith("."))
					|| this.ignored.match(below, attributes.kind() == Upload.Kind.DIRECTORY);
			if (!left) {
				return enter(path, level.name() + "/" + fileName, below + "/", attributes);
			}
		}
		return null;
	}

	private Upload.Part enter(Path path, String partName, String below, Attributes attributes) throws IOException {
		Upload.Kind kind = attributes.kind();
		if (kind == null) {
			throw new IOException("'%s' is no file, directory or symbolic link".formatted(path));
		}
		if (kind == Upload.Kind.DIRECTORY) {
			checkLoop(path);
			this.levels.push(new Level(path, partName, below));
		}
		return new Upload.Part(partName, kind, content(path, kind), (kind == Upload.Kind.FILE) ? attributes.size() : 0,
				attributes.mode(), attributes.modified().toInstant(),
				(this.locations && kind == Upload.Kind.FILE) ? path : null);
	}

	private static Flux<DataBuffer> content(Path path, Upload.Kind kind) throws IOException {
		return switch (kind) {
			case FILE -> FileContent.read(path).onErrorMap(IOException.class, (ex) -> Upload.unreadable(path, ex));
			case DIRECTORY -> Flux.empty();
			case SYMBOLIC_LINK -> {
				byte[] target = text(Files.readSymbolicLink(path), path).getBytes(StandardCharsets.UTF_8);
				yield Flux.defer(() -> Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(target)));
			}
		};
	}

	private void checkLoop(Path directory) throws IOException {
		if (this.options.followLinks() && Files.isSymbolicLink(directory)) {
			for (Level level : this.levels) {
				if (Files.isSameFile(directory, level.directory())) {
					throw new IOException(
							"the symbolic link '%s' leads to a directory that it is in".formatted(directory));
				}
			}
		}
	}

	/**
	 * Returns a name as text. What cannot be decoded was replaced in it: that would be
	 * another name.
	 */
	private static String text(Path name, Path path) throws IOException {
		String text = name.toString();
		if (text.indexOf('\uFFFD') >= 0 && !name.equals(name.getFileSystem().getPath(text))) {
			throw new IOException("'%s' has a name or target that is not in the encoding of file names here (%s)"
				.formatted(path, System.getProperty("sun.jnu.encoding")));
		}
		return text;
	}

	@Override
	public void close() throws IOException {
		while (!this.levels.isEmpty()) {
			this.levels.remove().close();
		}
	}

	/**
	 * A directory that is gone through.
	 *
	 * @param directory the directory
	 * @param stream what is in it
	 * @param entries what is in it and has not been looked at
	 * @param name what it is called in the upload
	 * @param below its path below the root with a slash at the end, empty for the root
	 */
	private record Level(Path directory, DirectoryStream<Path> stream, Iterator<Path> entries, String name,
			String below) {

		Level(Path directory, String name, String below) throws IOException {
			this(directory, Files.newDirectoryStream(directory), name, below);
		}

		private Level(Path directory, DirectoryStream<Path> stream, String name, String below) {
			this(directory, stream, stream.iterator(), name, below);
		}

		@Nullable Path next() throws IOException {
			try {
				return this.entries.hasNext() ? this.entries.next() : null;
			}
			catch (DirectoryIteratorException ex) {
				throw ex.getCause();
			}
		}

		void close() throws IOException {
			this.stream.close();
		}

	}

	/**
	 * What the file system knows of a file, directory or symbolic link.
	 *
	 * @param kind what it is, {@code null} if it cannot be sent
	 * @param size how many bytes a file has
	 * @param mode the permissions, {@code null} where the file system has none
	 * @param modified when it was changed
	 */
	private record Attributes(Upload.@Nullable Kind kind, long size, @Nullable Integer mode, FileTime modified) {

		private static final int PERMISSIONS = 07777;

		static Attributes read(Path path, boolean followLinks) throws IOException {
			LinkOption[] options = followLinks ? new LinkOption[0] : new LinkOption[] { LinkOption.NOFOLLOW_LINKS };
			if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
				BasicFileAttributes known = Files.readAttributes(path, BasicFileAttributes.class, options);
				return new Attributes(kind(known.isRegularFile(), known.isDirectory(), known.isSymbolicLink()),
						known.size(), null, known.lastModifiedTime());
			}
			// the documented view of POSIX has no bits for set-user-ID and the like
			Map<String, Object> known = Files.readAttributes(path, UNIX_ATTRIBUTES, options);
			return new Attributes(
					kind(isTrue(known, "isRegularFile"), isTrue(known, "isDirectory"), isTrue(known, "isSymbolicLink")),
					value(known, "size", Long.class), value(known, "mode", Integer.class) & PERMISSIONS,
					value(known, "lastModifiedTime", FileTime.class));
		}

		private static <T> T value(Map<String, Object> attributes, String name, Class<T> type) {
			Object value = attributes.get(name);
			Assert.state(value != null, "The file system does not tell what was asked for");
			return type.cast(value);
		}

		private static boolean isTrue(Map<String, Object> attributes, String name) {
			return Boolean.TRUE.equals(attributes.get(name));
		}

		private static Upload.@Nullable Kind kind(boolean file, boolean directory, boolean link) {
			if (file) {
				return Upload.Kind.FILE;
			}
			if (directory) {
				return Upload.Kind.DIRECTORY;
			}
			return link ? Upload.Kind.SYMBOLIC_LINK : null;
		}

	}

}
