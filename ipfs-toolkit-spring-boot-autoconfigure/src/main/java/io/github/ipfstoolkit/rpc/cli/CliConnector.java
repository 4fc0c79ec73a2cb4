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
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.IpfsTimeoutException;
import io.github.ipfstoolkit.NodeException;
import io.github.ipfstoolkit.rpc.Upload;
import io.github.ipfstoolkit.rpc.client.RpcTimeouts;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;

/**
 * Runs the executable for each request. It has threads of its own, as waiting for a
 * process blocks; no more than its processes need.
 */
final class CliConnector implements ClientHttpConnector, AutoCloseable {

	/** Far above what processes a machine bears: never the limit. */
	private static final int MAX_THREADS = 100_000;

	/** Some seconds for processes to end, and time to delete what was made for them. */
	private static final Duration CLOSE_TIMEOUT = Duration.ofMinutes(1);

	private final Supplier<Path> executable;

	private final Supplier<Node> node;

	private final RpcTimeouts timeouts;

	private final Semaphore processes;

	private final Semaphore repository = new Semaphore(1, true);

	private final Scheduler scheduler = Schedulers.newBoundedElastic(MAX_THREADS, MAX_THREADS, "ipfs-cli", 60, true);

	private final Set<CommandRun> runs = ConcurrentHashMap.newKeySet();

	private final ReentrantLock treeLock = new ReentrantLock();

	private volatile @Nullable Path located;

	private volatile @Nullable CommandTree tree;

	private volatile boolean closed;

	CliConnector(Supplier<Path> executable, Supplier<Node> node, RpcTimeouts timeouts, int maxProcesses) {
		this.executable = executable;
		this.node = node;
		this.timeouts = timeouts;
		this.processes = new Semaphore(maxProcesses, true);
	}

	@Override
	public Mono<ClientHttpResponse> connect(HttpMethod method, URI uri,
			Function<? super ClientHttpRequest, Mono<Void>> requestCallback) {
		return Mono.deferContextual((context) -> {
			Upload upload = context.getOrDefault(Upload.class, null);
			Invocation call = Invocation.of(uri);
			// an upload is taken as it is, not in the form in which it would be sent
			Mono<Void> otherBody = (upload != null) ? Mono.empty()
					: requestCallback.apply(new BodilessRequest(method, uri, call.command()));
			return otherBody.then(Mono.defer(() -> run(call, uri.getRawQuery(), upload)));
		});
	}

	private Mono<ClientHttpResponse> run(Invocation call, @Nullable String query, @Nullable Upload upload) {
		CommandRun run = new CommandRun(this, call, query, upload);
		this.runs.add(run);
		if (this.closed) {
			this.runs.remove(run);
			return Mono.error(closed());
		}
		return run.start();
	}

	void ended(CommandRun run) {
		this.runs.remove(run);
	}

	private static IpfsException closed() {
		return new IpfsException("The client of the RPC API is closed");
	}

	RpcTimeouts timeouts() {
		return this.timeouts;
	}

	Scheduler scheduler() {
		return this.scheduler;
	}

	Node node() {
		return this.node.get();
	}

	Path executable() {
		Path located = this.located;
		if (located == null) {
			located = this.executable.get();
			this.located = located;
		}
		return located;
	}

	/**
	 * Returns the commands that the executable has, which it is asked for once.
	 */
	CommandTree tree() throws IOException, InterruptedException {
		CommandTree tree = this.tree;
		if (tree == null) {
			this.treeLock.lockInterruptibly();
			try {
				tree = this.tree;
				if (tree == null) {
					tree = CommandTree.of(CommandProcess.run(List.of(executable().toString(), "commands", "--enc=json"),
							Map.of(), this.timeouts.command(), this.scheduler, this::unusable));
					this.tree = tree;
				}
			}
			finally {
				this.treeLock.unlock();
			}
		}
		return tree;
	}

	private NodeException unusable(Exit exit) {
		return new NodeException(
				"The executable %s does not tell its commands: %s".formatted(executable(), exit.message()),
				"Name an executable of Kubo with 'ipfs.node.executable'.", null);
	}

	/**
	 * Waits until a command may be run.
	 * @param node where it is run
	 * @return gives back what was taken
	 * @throws IpfsTimeoutException if others take too long
	 */
	Runnable admit(Node node, String command) throws InterruptedException {
		Semaphore semaphore = node.running() ? this.processes : this.repository;
		if (!semaphore.tryAcquire(this.timeouts.command().toMillis(), TimeUnit.MILLISECONDS)) {
			throw new IpfsTimeoutException(
					"Waiting for other commands before '%s' (%s)".formatted(command,
							node.running() ? "ipfs.cli.max-processes run"
									: "without a running node, the " + node.name() + " takes one at a time"),
					this.timeouts.command(), null);
		}
		return semaphore::release;
	}

	@Override
	public void close() {
		this.closed = true;
		this.runs.forEach((run) -> run.fail(closed()));
		long end = System.nanoTime() + CLOSE_TIMEOUT.toNanos();
		this.runs.forEach((run) -> run.awaitEnd(end - System.nanoTime()));
		this.scheduler.dispose();
	}

}
