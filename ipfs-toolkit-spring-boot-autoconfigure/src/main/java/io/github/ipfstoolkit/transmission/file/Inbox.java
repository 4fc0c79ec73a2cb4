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

package io.github.ipfstoolkit.transmission.file;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The directory that received files are put in. Never replaces what is there.
 *
 * @param directory the directory
 */
record Inbox(Path directory) {

	private static final int MAX_SAME_NAME = 100_000;

	/**
	 * Gives a complete file its name, or one like it where that is taken. Nobody sees an
	 * incomplete file under it.
	 * @param part the file, on the same file system
	 * @return where it is now
	 */
	Path place(Path part, ReceivedName name) throws IOException {
		ReceivedName possible = isPossible(name) ? name : name.ascii();
		for (int number = 0; number < MAX_SAME_NAME; number++) {
			Path target = this.directory.resolve(possible.text(number));
			if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS) && move(part, target)) {
				return target;
			}
		}
		throw new FileAlreadyExistsException("%s, and %d files of that name".formatted(possible, MAX_SAME_NAME));
	}

	private boolean isPossible(ReceivedName name) {
		try {
			this.directory.resolve(name.toString());
			return true;
		}
		catch (InvalidPathException ex) {
			// a JVM in the POSIX locale can name files in ASCII alone
			return false;
		}
	}

	/**
	 * Moves a file in one step, which no file system does without replacing what another
	 * has put there meanwhile: so the name is reserved first.
	 * @return {@code false} if the name is taken
	 */
	private static boolean move(Path part, Path target) throws IOException {
		try {
			// makes a name only where there is none
			Files.createLink(target, part);
		}
		catch (FileAlreadyExistsException ex) {
			return false;
		}
		catch (IOException | UnsupportedOperationException ex) {
			return moveWithoutLink(part, target);
		}
		Files.delete(part);
		return true;
	}

	private static boolean moveWithoutLink(Path part, Path target) throws IOException {
		try {
			Files.createFile(target);
		}
		catch (FileAlreadyExistsException ex) {
			return false;
		}
		try {
			Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
			return true;
		}
		catch (IOException ex) {
			Files.deleteIfExists(target);
			throw ex;
		}
	}

}
