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

package io.github.ipfstoolkit.rpc.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;

import org.jspecify.annotations.Nullable;

import org.springframework.util.FileSystemUtils;

/**
 * A temporary directory that only this user can read, made when it is needed.
 */
final class Workspace {

	private @Nullable Path directory;

	/** What was noted last is first: a directory before those in it. */
	private final Deque<Path> restricted = new ArrayDeque<>();

	private boolean deleted;

	/**
	 * Returns the directory.
	 * @throws UncheckedIOException if it cannot be made
	 */
	synchronized Path directory() {
		Path directory = this.directory;
		if (directory == null) {
			if (this.deleted) {
				throw new UncheckedIOException(new IOException("the command has ended"));
			}
			try {
				directory = Files.createTempDirectory("ipfs-cli");
			}
			catch (IOException ex) {
				throw new UncheckedIOException("A temporary directory cannot be made: " + ex.getMessage(), ex);
			}
			this.directory = directory;
		}
		return directory;
	}

	/**
	 * Notes a directory in which nothing may be deletable.
	 */
	synchronized void restricted(Path directory) {
		this.restricted.push(directory);
	}

	/**
	 * Deletes the directory with all that is in it.
	 */
	synchronized void delete() {
		this.deleted = true;
		try {
			for (Path directory : this.restricted) {
				Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
			}
			FileSystemUtils.deleteRecursively(this.directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("%s cannot be deleted: %s".formatted(this.directory, ex.getMessage()), ex);
		}
	}

}
