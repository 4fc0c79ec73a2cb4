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

package io.github.ipfstoolkit.node.executable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

import io.github.ipfstoolkit.rpc.KuboVersion;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.FileSystemUtils;

/**
 * Puts an executable into the toolkit's cache. What is in the cache under its final name
 * is whole: it is made in a directory of its own and moved at the end. One application at
 * a time does so, those that start meanwhile wait and find it.
 */
final class Provisioner {

	private static final Log logger = LogFactory.getLog(ExecutableLocator.class);

	private static final String WORK_PREFIX = ".work-";

	/**
	 * A file lock is held by the whole JVM; this one is for the threads in it.
	 */
	private static final ReentrantLock jvmLock = new ReentrantLock();

	private final Path cache;

	private final Path target;

	private final String version;

	private final ReleaseDownload download;

	private final @Nullable ModuleBuild build;

	/**
	 * Creates a provisioner.
	 * @param cache the cache's directory
	 * @param target the executable's final place in it
	 * @param version the version that is wanted
	 * @param download where to get a release
	 * @param build how to build it, {@code null} where that is not possible
	 */
	Provisioner(Path cache, Path target, String version, ReleaseDownload download, @Nullable ModuleBuild build) {
		this.cache = cache;
		this.target = target;
		this.version = version;
		this.download = download;
		this.build = build;
	}

	NodeExecutable provision() {
		jvmLock.lock();
		try {
			Files.createDirectories(this.target.getParent());
			try (FileChannel channel = FileChannel.open(this.cache.resolve("provision.lock"), StandardOpenOption.CREATE,
					StandardOpenOption.WRITE); FileLock lock = lock(channel)) {
				if (!Files.isExecutable(this.target)) {
					deleteLeftovers();
					make();
				}
				return new NodeExecutable(this.target, Commands.version(this.target).toString());
			}
		}
		catch (IOException ex) {
			throw new ProvisioningException(
					"Kubo %s cannot be put into the cache %s (%s: %s)".formatted(this.version, this.cache,
							ex.getClass().getSimpleName(), ex.getMessage()),
					"Make sure that the directory can be written to and that its disk has 500 MB to spare, or name another "
							+ "one with 'ipfs.node.cache-directory'.",
					ex);
		}
		finally {
			jvmLock.unlock();
		}
	}

	private FileLock lock(FileChannel channel) throws IOException {
		FileLock lock = channel.tryLock();
		if (lock == null) {
			logger.info("Waiting for another application that is getting Kubo %s into %s".formatted(this.version,
					this.cache));
			lock = channel.lock();
		}
		return lock;
	}

	private void make() throws IOException {
		Path work = Files.createTempDirectory(this.cache, WORK_PREFIX);
		try {
			Path executable = downloadOrBuild(work);
			if (!executable.toFile().setExecutable(true)) {
				throw new IOException("%s cannot be made executable".formatted(executable));
			}
			KuboVersion actual = Commands.version(executable);
			if (!actual.equals(KuboVersion.of(this.version))) {
				throw new ProvisioningException("Kubo %s was expected, but it is %s".formatted(this.version, actual),
						"Check 'ipfs.node.version' and 'ipfs.node.mirror'.", null);
			}
			Files.move(executable, this.target, StandardCopyOption.ATOMIC_MOVE);
			logger.info("Kubo %s is at %s".formatted(actual, this.target));
		}
		finally {
			FileSystemUtils.deleteRecursively(work);
		}
	}

	private Path downloadOrBuild(Path work) throws IOException {
		try {
			return this.download.into(work);
		}
		catch (SourceUnavailableException ex) {
			if (this.build == null) {
				throw new ProvisioningException(
						"Kubo %s could not be downloaded, and there is no Go to build it with: %s"
							.formatted(this.version, ex.getMessage()),
						"Check the network and its proxy, name a mirror that can be reached with 'ipfs.node.mirror' (a "
								+ "directory works too, as file:/…), install Go (it builds version %s), or install Kubo and set 'ipfs.node.executable'."
									.formatted(ExecutableLocator.DEFAULT_VERSION),
						ex);
			}
			logger.info("No release of Kubo is to be had: %s".formatted(ex.getMessage()));
			return this.build.into(work);
		}
	}

	/**
	 * Deletes what an application left that was killed while it held the lock.
	 */
	private void deleteLeftovers() throws IOException {
		try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(this.cache, WORK_PREFIX + "*")) {
			for (Path leftover : leftovers) {
				FileSystemUtils.deleteRecursively(leftover);
			}
		}
	}

}
