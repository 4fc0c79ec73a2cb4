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

package io.github.ipfstoolkit.node;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.ipfstoolkit.node.executable.NodeExecutable;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The directory of a managed node: Kubo's repository, and beside Kubo's files a lock, a
 * record of the running process and the node's log.
 * <p>
 * The lock says which application the node belongs to. The operating system gives it back
 * when that application ends, however it ends; so whoever holds it knows that a process
 * which is on record was left over.
 */
final class NodeRepository {

	private static final Log logger = LogFactory.getLog(ManagedIpfsNode.class);

	private static final Duration COMMAND_TIMEOUT = Duration.ofMinutes(1);

	/**
	 * The oldest repository that Kubo converts without downloading something.
	 */
	private static final int OLDEST_CONVERTIBLE = 16;

	private static final long MAX_LOG_SIZE = 1024 * 1024;

	private final Path directory;

	private @Nullable FileChannel lockChannel;

	private @Nullable FileLock lock;

	NodeRepository(Path directory) {
		this.directory = directory.toAbsolutePath().normalize();
	}

	Path directory() {
		return this.directory;
	}

	/**
	 * Takes the directory for this application, and makes it if need be.
	 * @throws RepositoryLockedException if another application has it
	 */
	void lock() throws IOException {
		Files.createDirectories(this.directory);
		FileChannel channel = FileChannel.open(this.directory.resolve("ipfs-toolkit.lock"), StandardOpenOption.CREATE,
				StandardOpenOption.WRITE);
		try {
			this.lock = channel.tryLock();
		}
		catch (OverlappingFileLockException ex) {
			logger.debug("The lock is held by this JVM", ex);
		}
		finally {
			if (this.lock == null) {
				channel.close();
			}
			else {
				this.lockChannel = channel;
			}
		}
		if (this.lock == null) {
			throw new RepositoryLockedException("Another application uses the node in " + this.directory,
					"Give each application a directory of its own with 'ipfs.data-directory' or 'ipfs.node.directory', or let "
							+ "this one use that node with 'ipfs.api.url'.",
					null);
		}
	}

	boolean isLocked() {
		return this.lock != null;
	}

	void unlock() {
		try {
			if (this.lockChannel != null) {
				this.lockChannel.close();
			}
		}
		catch (IOException ex) {
			logger.debug("The lock of " + this.directory + " could not be given back", ex);
		}
		finally {
			this.lock = null;
			this.lockChannel = null;
		}
	}

	/**
	 * Ends a node that an application left behind here. Only called with the lock held.
	 */
	void endStale(Duration timeout) throws IOException {
		NodeRecord record = NodeRecord.read(recordFile());
		ProcessHandle stale = (record != null) ? record.find(this.directory) : null;
		if (stale != null) {
			logger.warn("Ending a node that was left over by an application that ended (process %d)"
				.formatted(stale.pid()));
			StaleProcess.end(stale, timeout);
		}
		Files.deleteIfExists(recordFile());
		requireUnlockedByKubo();
	}

	/**
	 * Looks whether some other daemon has Kubo's own lock, before anything is changed
	 * under its feet.
	 */
	private void requireUnlockedByKubo() throws IOException {
		Path file = this.directory.resolve("repo.lock");
		if (!Files.exists(file)) {
			return;
		}
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
				FileLock held = channel.tryLock()) {
			if (held == null) {
				throw lockedByKubo(null);
			}
		}
	}

	RepositoryLockedException lockedByKubo(@Nullable Throwable cause) {
		return new RepositoryLockedException("Another ipfs daemon runs on the repository " + this.directory,
				"End that daemon, let the application use it with 'ipfs.api.url' or 'ipfs.node.mode=external', or choose another "
						+ "directory with 'ipfs.node.directory'.",
				cause);
	}

	void record(ProcessHandle process, NodeExecutable executable) throws IOException {
		NodeRecord.of(process, executable).write(recordFile());
	}

	void forget() throws IOException {
		Files.deleteIfExists(recordFile());
	}

	private Path recordFile() {
		return this.directory.resolve("ipfs-toolkit.process");
	}

	/**
	 * Makes the repository if there is none, and sets in its configuration what is to be
	 * set.
	 */
	void configure(NodeExecutable executable, Changes changes) throws IOException {
		boolean fresh = initialize(executable);
		if (!fresh) {
			requireUsableVersion(executable);
		}
		Path file = this.directory.resolve("config");
		String before = Files.readString(file);
		NodeConfiguration configuration = NodeConfiguration.parse(before);
		changes.apply(configuration, fresh);
		String after = configuration.toString();
		if (!after.equals(before)) {
			replace(file, after);
		}
	}

	/**
	 * Writes so that the file is never half written, as it holds the node's private key;
	 * temporary files are readable for their owner alone.
	 */
	private void replace(Path file, String content) throws IOException {
		Path temporary = Files.createTempFile(this.directory, "config", ".tmp");
		try {
			try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
				channel.write(StandardCharsets.UTF_8.encode(content));
				channel.force(true);
			}
			Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		finally {
			Files.deleteIfExists(temporary);
		}
	}

	private boolean initialize(NodeExecutable executable) throws IOException {
		Path config = this.directory.resolve("config");
		boolean complete = Files.exists(config) && Files.exists(this.directory.resolve("version"));
		if (complete) {
			return false;
		}
		if (Files.exists(config)) {
			// an application was killed while it made the repository, which Kubo does not
			// go on with; its identity has never been used
			Files.move(config, this.directory.resolve("config.incomplete"), StandardCopyOption.REPLACE_EXISTING);
		}
		logger.info("Making a repository for the node in " + this.directory);
		run(executable, "init");
		return true;
	}

	private void requireUsableVersion(NodeExecutable executable) throws IOException {
		int actual = Integer.parseInt(Files.readString(this.directory.resolve("version")).strip());
		int supported = Integer.parseInt(run(executable, "version", "--repo"));
		if (actual > supported) {
			throw new RepositoryVersionException(
					"The repository %s has version %d, but Kubo %s knows none newer than %d".formatted(this.directory,
							actual, executable.version(), supported),
					"Use a newer Kubo ('ipfs.node.executable', 'ipfs.node.version'), or another directory "
							+ "('ipfs.node.directory').",
					null);
		}
		if (actual < OLDEST_CONVERTIBLE) {
			throw new RepositoryVersionException(
					"The repository %s has version %d, which Kubo %s cannot convert by itself to version %d"
						.formatted(this.directory, actual, executable.version(), supported),
					"Convert it with 'ipfs repo migrate', or use another directory ('ipfs.node.directory').", null);
		}
		if (actual < supported) {
			logger.info("Kubo %s converts the repository %s from version %d to %d".formatted(executable.version(),
					this.directory, actual, supported));
		}
	}

	private String run(NodeExecutable executable, String... arguments) throws IOException {
		ProcessBuilder builder = command(executable, List.of(arguments)).redirectErrorStream(true);
		Path output = Files.createTempFile(this.directory, "ipfs", ".out");
		Process process = builder.redirectOutput(output.toFile()).start();
		try {
			process.getOutputStream().close();
			boolean ended = process.waitFor(COMMAND_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
			String text = Files.readString(output).strip();
			if (!ended || process.exitValue() != 0) {
				throw new NodeStartException(
						"'%s' %s in %s: %s".formatted(String.join(" ", builder.command()),
								ended ? "failed" : "did not end", this.directory, text),
						"Look at what it says; the directory has to be writable.", null);
			}
			return text;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new NodeStartException("Starting the node was interrupted", "Start it again.", ex);
		}
		finally {
			process.destroyForcibly();
			Files.deleteIfExists(output);
		}
	}

	/**
	 * Prepares a command on this repository.
	 */
	ProcessBuilder command(NodeExecutable executable, List<String> arguments) {
		List<String> command = new ArrayList<>(List.of(executable.path().toString()));
		command.addAll(arguments);
		ProcessBuilder builder = new ProcessBuilder(command);
		builder.environment().put("IPFS_PATH", this.directory.toString());
		builder.environment().put("IPFS_TELEMETRY", "off");
		return builder;
	}

	BoundedLog log() {
		return new BoundedLog(this.directory.resolve("node.log"), MAX_LOG_SIZE);
	}

	/**
	 * Deletes what a node leaves that was killed, so that it is not taken for news.
	 */
	void deleteAddresses() throws IOException {
		Files.deleteIfExists(this.directory.resolve("api"));
		Files.deleteIfExists(this.directory.resolve("gateway"));
	}

	/**
	 * Returns the address of the RPC API, which a node writes when it accepts requests.
	 */
	@Nullable String api() {
		return read("api");
	}

	@Nullable URI gateway() {
		String address = read("gateway");
		return (address != null) ? URI.create(address) : null;
	}

	private @Nullable String read(String name) {
		try {
			String content = Files.readString(this.directory.resolve(name)).strip();
			return content.isEmpty() ? null : content;
		}
		catch (IOException ex) {
			return null;
		}
	}

	/**
	 * What is to be set in the configuration.
	 */
	interface Changes {

		void apply(NodeConfiguration configuration, boolean fresh);

	}

}
