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

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.IpfsTimeoutException;
import io.github.ipfstoolkit.NodeException;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

/**
 * The executable as it runs. It is waited for only so long without progress. Safe for use
 * by several threads.
 */
final class CommandProcess {

	private static final int BUFFER_SIZE = 64 * 1024;

	/** Between asking a process to end and ending it. */
	private static final Duration GRACE = Duration.ofSeconds(3);

	/** What a grandchild may hold open after the process has ended is not waited for. */
	private static final Duration LAST_WORDS = Duration.ofSeconds(1);

	private final Process process;

	private final Watchdog watchdog;

	private final ErrorOutput errors = new ErrorOutput();

	private final CountDownLatch errorsRead = new CountDownLatch(1);

	private final AtomicBoolean killed = new AtomicBoolean();

	private volatile boolean inputClosed;

	private @Nullable DataBuffer pushedBack;

	private CommandProcess(Process process, @Nullable Duration timeout, Runnable onTimeout, Scheduler scheduler) {
		this.process = process;
		this.watchdog = new Watchdog((timeout != null) ? timeout : Duration.ZERO, onTimeout);
		if (timeout != null) {
			this.watchdog.start();
		}
		scheduler.schedule(this::readErrors);
	}

	/**
	 * Starts a process.
	 * @param commandLine the executable and its arguments
	 * @param environment what is changed in the environment
	 * @param timeout how long is waited for it without progress, {@code null} for ever
	 * @param onTimeout called then, must not block
	 * @param scheduler has a thread for each process and more
	 * @throws NodeException if it cannot be started
	 */
	static CommandProcess start(List<String> commandLine, Map<String, String> environment, @Nullable Duration timeout,
			Runnable onTimeout, Scheduler scheduler) {
		ProcessBuilder builder = new ProcessBuilder(commandLine);
		builder.environment().putAll(environment);
		builder.environment().put("IPFS_TELEMETRY", "off");
		try {
			return new CommandProcess(builder.start(), timeout, onTimeout, scheduler);
		}
		catch (IOException ex) {
			throw new NodeException(
					"The ipfs executable %s cannot be run (%s)".formatted(commandLine.get(0),
							String.valueOf(ex.getMessage()).replaceFirst("^Cannot run program .*?: ", "")),
					"Name an executable of Kubo with 'ipfs.node.executable'.", ex);
		}
	}

	/**
	 * Runs a command that has no input and little output.
	 * @return what it printed
	 * @throws IpfsException if it fails
	 * @throws IpfsTimeoutException if it is silent for too long
	 */
	static String run(List<String> commandLine, Map<String, String> environment, Duration timeout, Scheduler scheduler,
			Function<Exit, IpfsException> failure) throws IOException, InterruptedException {
		AtomicBoolean late = new AtomicBoolean();
		AtomicReference<@Nullable CommandProcess> started = new AtomicReference<>();
		CommandProcess process = start(commandLine, environment, timeout, () -> {
			late.set(true);
			CommandProcess hanging = started.get();
			if (hanging != null) {
				hanging.kill();
			}
		}, scheduler);
		started.set(process);
		try {
			process.closeInput();
			StringBuilder output = new StringBuilder();
			for (DataBuffer part = process.read(); part != null; part = process.read()) {
				output.append(part.toString(StandardCharsets.UTF_8));
			}
			Exit exit = process.await();
			if (late.get()) {
				throw new IpfsTimeoutException(
						"'%s' (ipfs.api.timeouts.command)".formatted(String.join(" ", commandLine)), timeout, null);
			}
			if (exit.isFailure()) {
				throw failure.apply(exit);
			}
			return output.toString();
		}
		finally {
			process.kill();
			process.close();
		}
	}

	private void readErrors() {
		this.errors.readFrom(this.process.getErrorStream(), this.watchdog::progress);
		this.errorsRead.countDown();
	}

	/**
	 * Writes to standard input.
	 * @throws IOException if the process does not take it, as it has ended
	 */
	void write(DataBuffer buffer) throws IOException {
		this.watchdog.writing(true);
		try {
			buffer.asInputStream().transferTo(this.process.getOutputStream());
			this.process.getOutputStream().flush();
		}
		finally {
			this.watchdog.writing(false);
		}
	}

	/**
	 * Ends standard input.
	 */
	void closeInput() {
		try (OutputStream input = this.process.getOutputStream()) {
			this.inputClosed = true;
			this.watchdog.inputComplete();
		}
		catch (IOException ex) {
			// the process has ended, and tells why
		}
	}

	/**
	 * Returns whether standard input has been ended from this side.
	 */
	boolean isInputClosed() {
		return this.inputClosed;
	}

	/**
	 * Reads from standard output, and waits for it. By one thread at a time.
	 * @return what was read, {@code null} at the end
	 * @throws IOException if it cannot be read
	 */
	@Nullable DataBuffer read() throws IOException {
		DataBuffer first = this.pushedBack;
		if (first != null) {
			this.pushedBack = null;
			return first;
		}
		InputStream output = this.process.getInputStream();
		byte[] bytes = new byte[BUFFER_SIZE];
		this.watchdog.reading(true);
		try {
			int count = output.read(bytes);
			return (count < 0) ? null : DefaultDataBufferFactory.sharedInstance.wrap(bytes).slice(0, count);
		}
		finally {
			this.watchdog.reading(false);
		}
	}

	/**
	 * Makes what was read the next to be read.
	 */
	void pushBack(DataBuffer buffer) {
		this.pushedBack = buffer;
	}

	/**
	 * Waits for the end.
	 */
	Exit await() throws InterruptedException {
		this.watchdog.reading(true);
		try {
			int code = this.process.waitFor();
			this.errorsRead.await(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
			return new Exit(code, this.errors.text());
		}
		finally {
			this.watchdog.reading(false);
		}
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	/**
	 * Waits for a while, unless the process ends before.
	 * @return whether it still runs
	 */
	boolean isAliveAfter(Duration pause) throws InterruptedException {
		return !this.process.waitFor(pause.toMillis(), TimeUnit.MILLISECONDS);
	}

	/**
	 * Ends the watch over progress.
	 */
	void stopWatching() {
		this.watchdog.stop();
	}

	/**
	 * Asks the process and its children to end, and ends them when they do not.
	 */
	void kill() {
		if (!this.process.isAlive() || !this.killed.compareAndSet(false, true)) {
			return;
		}
		List<ProcessHandle> all = Stream.concat(this.process.descendants(), Stream.of(this.process.toHandle()))
			.toList();
		all.forEach(ProcessHandle::destroy);
		Schedulers.parallel()
			.schedule(() -> all.forEach(ProcessHandle::destroyForcibly), GRACE.toMillis(), TimeUnit.MILLISECONDS);
	}

	/**
	 * Waits until the process has ended, and gives back what it held.
	 */
	void close() throws InterruptedException {
		this.watchdog.stop();
		this.process.waitFor();
		for (Closeable stream : List.<Closeable>of(this.process.getOutputStream(), this.process.getInputStream())) {
			try {
				stream.close();
			}
			catch (IOException ex) {
				// there is nobody left at the other end
			}
		}
	}

}
