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
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Supplier;

import io.github.ipfstoolkit.IpfsException;

import org.springframework.util.FileSystemUtils;

/**
 * Writes content beside its target first, and gives it its name when it is complete.
 *
 * @param path the content, for messages
 * @param target what it is to become
 * @param options how to write it
 */
record Download(String path, Path target, DownloadOptions options) {

	/**
	 * Writes the file or directory that is in a TAR archive.
	 */
	void extract(Supplier<ContentStream> archive) {
		write(archive,
				(stream, content) -> new ArchiveExtractor(content, stream.length(), this.options).extract(stream));
	}

	/**
	 * Writes an archive as it is.
	 */
	void keep(Supplier<ContentStream> archive) {
		write(archive, this::copy);
	}

	private void copy(ContentStream archive, Path content) throws IOException {
		byte[] buffer = new byte[64 * 1024];
		long received = 0;
		try (OutputStream file = Files.newOutputStream(content)) {
			int count = archive.read(buffer);
			while (count >= 0) {
				received += count;
				if (received > this.options.maxSize().toBytes()) {
					throw new IOException(
							"the archive has more than %d bytes".formatted(this.options.maxSize().toBytes()));
				}
				file.write(buffer, 0, count);
				this.options.progress().onProgress(received, archive.length());
				count = archive.read(buffer);
			}
		}
	}

	private void write(Supplier<ContentStream> source, Format format) {
		try {
			checkTarget();
			Path directory = this.target.toAbsolutePath().normalize().getParent();
			if (directory == null) {
				throw new DownloadException("Cannot write %s to '%s'".formatted(this.path, this.target), null);
			}
			Files.createDirectories(directory);
			Path workspace = Files.createTempDirectory(directory, ".ipfs-download-");
			try {
				Path content = workspace.resolve("content");
				try (ContentStream stream = source.get()) {
					format.write(stream, content);
				}
				checkTarget();
				move(content, workspace.resolve("replaced"));
			}
			finally {
				FileSystemUtils.deleteRecursively(workspace);
			}
		}
		catch (IOException ex) {
			if (ex.getCause() instanceof IpfsException failure) {
				throw failure;
			}
			throw new DownloadException(
					"Cannot write %s to '%s': %s".formatted(this.path, this.target, ex.getMessage()), ex);
		}
	}

	/**
	 * Fails if something is there that must not be replaced.
	 */
	void checkTarget() {
		if (!this.options.replaceExisting() && Files.exists(this.target, LinkOption.NOFOLLOW_LINKS)) {
			throw new DownloadException(
					"Cannot write %s to '%s': something is there already. Choose another target or replaceExisting"
						.formatted(this.path, this.target),
					null);
		}
	}

	private void move(Path content, Path replaced) throws IOException {
		if (!Files.exists(this.target, LinkOption.NOFOLLOW_LINKS)) {
			atomicMove(content, this.target);
			return;
		}
		if (!isDirectory(content) && !isDirectory(this.target)) {
			Files.move(content, this.target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
			return;
		}
		// no file system replaces a directory in one step
		atomicMove(this.target, replaced);
		try {
			atomicMove(content, this.target);
		}
		catch (IOException ex) {
			atomicMove(replaced, this.target);
			throw ex;
		}
	}

	private static boolean isDirectory(Path path) {
		return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
	}

	private static void atomicMove(Path source, Path target) throws IOException {
		try {
			Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (AtomicMoveNotSupportedException ex) {
			Files.move(source, target);
		}
	}

	/**
	 * Makes a file or directory of what arrives.
	 */
	private interface Format {

		void write(ContentStream stream, Path content) throws IOException;

	}

}
