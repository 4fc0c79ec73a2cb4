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
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * A running {@code ipfs daemon}, our own child.
 */
final class NodeDaemon {

	private static final Log logger = LogFactory.getLog(ManagedIpfsNode.class);

	private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

	private static final Duration KILL_TIMEOUT = Duration.ofSeconds(5);

	private final Process process;

	private final BoundedLog log;

	private final Thread pump;

	private final long startNanos = System.nanoTime();

	private final AtomicBoolean asked = new AtomicBoolean();

	private NodeDaemon(Process process, BoundedLog log) {
		this.process = process;
		this.log = log;
		this.pump = new Thread(() -> log.pump(process.getInputStream()), "ipfs-node-log-" + process.pid());
		this.pump.setDaemon(true);
	}

	/**
	 * Starts the daemon. The child's standard input stays open for as long as this
	 * process lives, which is what the guard waits on.
	 */
	static NodeDaemon start(ProcessBuilder builder, boolean guarded, BoundedLog log) throws IOException {
		List<String> command = builder.command();
		if (guarded) {
			builder.command(NodeGuard.guard(command));
		}
		Process process = builder.redirectErrorStream(true).start();
		NodeDaemon daemon = new NodeDaemon(process, log);
		daemon.pump.start();
		return daemon;
	}

	long pid() {
		return this.process.pid();
	}

	ProcessHandle handle() {
		return this.process.toHandle();
	}

	Duration age() {
		return Duration.ofNanos(System.nanoTime() - this.startNanos);
	}

	/**
	 * Waits until a condition holds.
	 * @return {@code false} if the process ended before
	 * @throws TimeoutException if neither happened in time
	 */
	boolean await(BooleanSupplier ready, Duration timeout) throws InterruptedException, TimeoutException {
		long deadline = System.nanoTime() + timeout.toNanos();
		while (!ready.getAsBoolean()) {
			if (this.process.waitFor(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
				this.pump.join(KILL_TIMEOUT.toMillis());
				return false;
			}
			if (System.nanoTime() - deadline > 0) {
				throw new TimeoutException();
			}
		}
		return true;
	}

	/**
	 * Calls back when the process has ended without having been asked to.
	 */
	void onDeath(IntConsumer callback) {
		this.process.onExit().thenAccept((ended) -> {
			if (!this.asked.get()) {
				callback.accept(ended.exitValue());
			}
		});
	}

	String lastLines(int count) {
		return this.log.lastLines(count);
	}

	/**
	 * Asks the process to end, without waiting.
	 */
	void terminate() {
		this.asked.set(true);
		this.process.destroy();
	}

	/**
	 * Ends the process: asks it to, and kills it if it does not.
	 */
	void stop(Duration timeout) {
		terminate();
		boolean interrupted = false;
		try {
			if (!this.process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
				logger.warn("The node (process %d) did not end within %d s and is killed".formatted(pid(),
						timeout.toSeconds()));
			}
		}
		catch (InterruptedException ex) {
			interrupted = true;
		}
		finally {
			this.process.destroyForcibly();
		}
		try {
			this.process.waitFor(KILL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			interrupted = true;
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

}
