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

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/**
 * Writes the one file or directory that a TAR archive of a node holds. Whoever published
 * it chose the names and links in it: nothing is written outside of the target, no link
 * leads there, and nothing beyond the limits is written.
 */
final class ArchiveExtractor {

	private static final int PERMISSIONS = 0777;

	/** Without it a directory could be neither moved nor replaced nor removed. */
	private static final int OWNER_ACCESS = 0700;

	private final Path target;

	private final DownloadOptions options;

	private final long total;

	private final Map<Path, TarArchiveEntry> links = new LinkedHashMap<>();

	/** Directories, those that are in others after these. */
	private final Deque<Map.Entry<Path, TarArchiveEntry>> directories = new ArrayDeque<>();

	private final byte[] buffer = new byte[64 * 1024];

	private @Nullable String root;

	private long received;

	private long entries;

	/**
	 * Creates an extractor.
	 * @param target what the file or directory is to become; nothing may be there
	 * @param total how many bytes to report as the total
	 * @param options what is allowed and wanted
	 */
	ArchiveExtractor(Path target, long total, DownloadOptions options) {
		this.target = target;
		this.total = total;
		this.options = options;
	}

	void extract(InputStream archive) throws IOException {
		TarArchiveInputStream tar = new TarArchiveInputStream(archive, StandardCharsets.UTF_8.name());
		TarArchiveEntry entry = tar.getNextEntry();
		while (entry != null) {
			write(entry, tar);
			entry = tar.getNextEntry();
		}
		// a failure of the node comes after the last byte
		archive.transferTo(OutputStream.nullOutputStream());
		if (this.root == null) {
			throw new IOException("the node sent an empty archive");
		}
		// links come last, so that nothing is written through one
		for (Map.Entry<Path, TarArchiveEntry> link : this.links.entrySet()) {
			Files.createSymbolicLink(link.getKey(), Path.of(link.getValue().getLinkName()));
			setTime(link.getKey(), link.getValue());
		}
		// what is written into a directory changes its time
		while (!this.directories.isEmpty()) {
			Map.Entry<Path, TarArchiveEntry> directory = this.directories.removeLast();
			setAttributes(directory.getKey(), directory.getValue(), OWNER_ACCESS);
		}
	}

	private void write(TarArchiveEntry entry, TarArchiveInputStream tar) throws IOException {
		this.entries++;
		if (this.entries > this.options.maxEntries()) {
			throw refused(entry.getName(), "there are more than %d entries".formatted(this.options.maxEntries()));
		}
		Path path = resolve(entry.getName());
		if (entry.isDirectory()) {
			Files.createDirectory(path);
			if (this.options.attributes()) {
				this.directories.add(Map.entry(path, entry));
			}
		}
		else if (entry.isSymbolicLink()) {
			checkLink(path, entry.getLinkName());
			if (this.links.putIfAbsent(path, entry) != null) {
				throw refused(entry.getName(), "it occurs twice");
			}
		}
		else if (isRegularFile(entry)) {
			if (entry.getSize() > this.options.maxSize().toBytes() - this.received) {
				throw refused(entry.getName(),
						"the files have more than %d bytes".formatted(this.options.maxSize().toBytes()));
			}
			writeFile(path, tar);
			setAttributes(path, entry, 0);
		}
		else {
			throw refused(entry.getName(), "it is neither a file nor a directory nor a symbolic link");
		}
	}

	private static boolean isRegularFile(TarArchiveEntry entry) {
		// its isFile() also is true for devices and the like
		return entry.getLinkFlag() == TarConstants.LF_NORMAL || entry.getLinkFlag() == TarConstants.LF_OLDNORM;
	}

	private void writeFile(Path path, TarArchiveInputStream tar) throws IOException {
		try (OutputStream file = Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
			int count = tar.read(this.buffer);
			while (count >= 0) {
				file.write(this.buffer, 0, count);
				this.received += count;
				this.options.progress().onProgress(this.received, this.total);
				count = tar.read(this.buffer);
			}
		}
	}

	private void setAttributes(Path path, TarArchiveEntry entry, int added) throws IOException {
		if (this.options.attributes() && path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
			Files.setAttribute(path, "unix:mode", (entry.getMode() & PERMISSIONS) | added);
		}
		setTime(path, entry);
	}

	private void setTime(Path path, TarArchiveEntry entry) throws IOException {
		if (this.options.attributes()) {
			Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
				.setTimes(entry.getLastModifiedTime(), null, null);
		}
	}

	private Path resolve(String name) throws IOException {
		String[] names = (name.endsWith("/") ? name.substring(0, name.length() - 1) : name).split("/", -1);
		if (this.root == null) {
			if (names.length != 1) {
				throw refused(name, "it is not the root of what was asked for");
			}
			this.root = names[0];
			return this.target;
		}
		if (names.length == 1 || !names[0].equals(this.root)) {
			throw refused(name, "it is not below '%s'".formatted(this.root));
		}
		Path path = this.target;
		for (int i = 1; i < names.length; i++) {
			if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
				throw refused(name, "what it should be in is no directory");
			}
			path = child(path, names[i], name);
		}
		return path;
	}

	private static Path child(Path parent, String name, String entry) throws IOException {
		try {
			Path fileName = Path.of(name);
			boolean plain = !name.isEmpty() && !name.equals(".") && !name.equals("..") && !fileName.isAbsolute()
					&& fileName.getNameCount() == 1 && fileName.getRoot() == null;
			if (!plain) {
				throw refused(entry, "'%s' is no name of a file".formatted(name));
			}
			return parent.resolve(fileName);
		}
		catch (InvalidPathException ex) {
			throw refused(entry, "this file system cannot have the name '%s'".formatted(name));
		}
	}

	/**
	 * Lets a link only go up, then down. As the directory that it is in is a real one,
	 * going up leads where it seems to; as every link stays inside, so does going down
	 * through others.
	 */
	private void checkLink(Path link, String linkTarget) throws IOException {
		Path path;
		try {
			path = Path.of(linkTarget);
		}
		catch (InvalidPathException ex) {
			throw refused(link.toString(), "this file system cannot have a link to '%s'".formatted(linkTarget));
		}
		boolean down = false;
		for (Path name : path) {
			boolean up = name.toString().equals("..");
			if (up && down) {
				throw refused(link.toString(), "it leads to '%s'".formatted(linkTarget));
			}
			down = down || !(up || name.toString().equals("."));
		}
		Path directory = link.equals(this.target) ? null : link.getParent();
		boolean inside = directory != null && !path.isAbsolute() && path.getRoot() == null
				&& directory.resolve(path).normalize().startsWith(this.target);
		if (!inside) {
			throw refused(link.toString(), "it leads to '%s', outside of what was asked for".formatted(linkTarget));
		}
	}

	private static IOException refused(String name, String reason) {
		return new IOException("'%s' in it is refused: %s".formatted(name, reason));
	}

}
