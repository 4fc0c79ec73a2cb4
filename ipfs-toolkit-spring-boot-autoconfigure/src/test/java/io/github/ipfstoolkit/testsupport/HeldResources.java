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

package io.github.ipfstoolkit.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

/**
 * What a receiver holds at one time: the threads that serve its streams, and the open
 * files of this process, sockets included, where the platform tells them.
 */
public final class HeldResources {

	private static final Path OPEN_FILES = Path.of("/proc/self/fd");

	private final Class<?> receiver;

	private final int threads;

	private final int files;

	private HeldResources(Class<?> receiver) {
		this.receiver = receiver;
		this.threads = threads(receiver);
		this.files = files();
	}

	/**
	 * Counts what is held now.
	 * @param receiver the class whose methods run on the threads
	 */
	public static HeldResources of(Class<?> receiver) {
		return new HeldResources(receiver);
	}

	/**
	 * Returns how many threads serve a stream now: those that are idle wait in their
	 * pool.
	 */
	public static int threads(Class<?> receiver) {
		return (int) Thread.getAllStackTraces()
			.values()
			.stream()
			.filter((stack) -> Arrays.stream(stack)
				.anyMatch((frame) -> frame.getClassName().equals(receiver.getName())))
			.count();
	}

	private static int files() {
		if (!Files.isDirectory(OPEN_FILES)) {
			return 0;
		}
		try (Stream<Path> open = Files.list(OPEN_FILES)) {
			return (int) open.count();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Waits until no more is held than when this was counted.
	 * @param threads how many threads more may be, such as those that good peers keep
	 * @param files how many open files more may be
	 */
	public void awaitGivenBack(int threads, int files) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.until(() -> threads(this.receiver) <= this.threads + threads && files() <= this.files + files);
	}

	@Override
	public String toString() {
		return "%d threads, %d open files".formatted(this.threads, this.files);
	}

}
