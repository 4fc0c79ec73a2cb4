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
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

import io.github.ipfstoolkit.PeerId;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * Where the files of one listener are kept until they are complete. What a broken
 * connection leaves is kept for a while, up to a size in total, so that its sender can
 * take the transfer up again. Safe for use by several threads.
 */
final class PartStore {

	private static final Log logger = LogFactory.getLog(PartStore.class);

	private static final String RESUMABLE = ".part";

	private static final String TEMPORARY = ".tmp";

	private final Path directory;

	private final Duration maxAge;

	private final DataSize maxSize;

	private final ReentrantLock lock = new ReentrantLock();

	private final Set<Path> inUse = new HashSet<>();

	/**
	 * Creates a store.
	 * @param directory is used by this store alone
	 * @param maxAge how long the part of a broken transfer is kept, zero for not at all
	 * @param maxSize how large all parts that nobody is writing may be together
	 */
	PartStore(Path directory, Duration maxAge, DataSize maxSize) {
		this.directory = directory;
		this.maxAge = maxAge;
		this.maxSize = maxSize;
	}

	/**
	 * Returns a name for the directory of a listener's parts, whatever the listener is
	 * called.
	 */
	static String directoryName(String listener) {
		return HexFormat.of().formatHex(Sha256.create().digest(listener.getBytes(StandardCharsets.UTF_8)), 0, 8);
	}

	/**
	 * Makes the store ready: what an earlier run has left is deleted, unless it can be
	 * taken up again.
	 */
	void open() throws IOException {
		Files.createDirectories(this.directory);
		this.lock.lock();
		try {
			for (Path file : files()) {
				if (file.toString().endsWith(TEMPORARY) && !this.inUse.contains(file)) {
					delete(file);
				}
			}
			prune();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Returns the part of a transfer: what was received of it before, or an empty one.
	 * @param transferId the sender's name for the transfer, {@code null} or empty if it
	 * can not be taken up again
	 */
	Part take(PeerId sender, @Nullable String transferId) throws IOException {
		this.lock.lock();
		try {
			if (transferId != null && !transferId.isEmpty() && !this.maxAge.isZero()) {
				Path file = this.directory.resolve(key(sender, transferId) + RESUMABLE);
				if (!this.inUse.contains(file)) {
					return use(file);
				}
			}
			return use(newTemporary());
		}
		finally {
			this.lock.unlock();
		}
	}

	private Path newTemporary() {
		return this.directory.resolve(UUID.randomUUID() + TEMPORARY);
	}

	/**
	 * Gives a part a name under which it is not taken up again.
	 * @return where it is now
	 */
	Path makeTemporary(Path file) throws IOException {
		if (file.toString().endsWith(TEMPORARY)) {
			return file;
		}
		this.lock.lock();
		try {
			Path temporary = newTemporary();
			Files.move(file, temporary, StandardCopyOption.ATOMIC_MOVE);
			this.inUse.remove(file);
			this.inUse.add(temporary);
			return temporary;
		}
		finally {
			this.lock.unlock();
		}
	}

	private Part use(Path file) throws IOException {
		Files.createDirectories(this.directory);
		Part part = new Part(file, this);
		this.inUse.add(file);
		return part;
	}

	private static String key(PeerId sender, String transferId) {
		MessageDigest digest = Sha256.create();
		digest.update(sender.toString().getBytes(StandardCharsets.US_ASCII));
		digest.update((byte) 0);
		return HexFormat.of().formatHex(digest.digest(transferId.getBytes(StandardCharsets.UTF_8)), 0, 16);
	}

	/**
	 * Takes back a part that is not written any more.
	 */
	void giveBack(Path file) {
		this.lock.lock();
		try {
			if (file.toString().endsWith(TEMPORARY)) {
				delete(file);
			}
			this.inUse.remove(file);
			prune();
		}
		catch (IOException | UncheckedIOException ex) {
			logger.warn("Could not clean up in " + this.directory, ex);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Deletes what is too old, and the oldest of what is too much.
	 */
	private void prune() throws IOException {
		Instant oldest = Instant.now().minus(this.maxAge);
		List<Resting> resting = new ArrayList<>();
		for (Path file : files()) {
			if (!this.inUse.contains(file)) {
				Resting.of(file).ifPresent(resting::add);
			}
		}
		resting.sort(Comparator.comparing(Resting::modified).reversed());
		long total = 0;
		for (Resting part : resting) {
			total += part.size();
			if (part.size() == 0 || part.modified().isBefore(oldest) || total > this.maxSize.toBytes()) {
				delete(part.file());
				total -= part.size();
			}
		}
	}

	private List<Path> files() throws IOException {
		try (Stream<Path> files = Files.list(this.directory)) {
			return files.toList();
		}
		catch (NoSuchFileException ex) {
			return List.of();
		}
	}

	private static void delete(Path file) {
		try {
			Files.deleteIfExists(file);
		}
		catch (IOException ex) {
			logger.warn("Could not delete " + file, ex);
		}
	}

	/**
	 * A part that nobody is writing.
	 */
	private record Resting(Path file, Instant modified, long size) {

		static Optional<Resting> of(Path file) throws IOException {
			try {
				return Optional.of(new Resting(file, Files.getLastModifiedTime(file).toInstant(), Files.size(file)));
			}
			catch (NoSuchFileException ex) {
				return Optional.empty();
			}
		}

	}

}
