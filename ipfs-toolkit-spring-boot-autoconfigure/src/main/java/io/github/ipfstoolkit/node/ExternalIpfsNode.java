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
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import io.github.ipfstoolkit.NodeException;
import io.github.ipfstoolkit.rpc.KuboVersion;
import io.github.ipfstoolkit.rpc.RpcEndpoint;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * A node that somebody else runs. It is never started or stopped; when the application
 * starts it is checked that messages can be sent through it ({@link StreamMounting}).
 * <p>
 * A node that does not answer then is no reason not to start: it is logged, and the check
 * made up for as soon as the node is there. Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class ExternalIpfsNode implements IpfsNode, SmartLifecycle, AutoCloseable {

	private static final Log logger = LogFactory.getLog(ExternalIpfsNode.class);

	private static final Duration MAX_INTERVAL = Duration.ofSeconds(30);

	private final RpcEndpoint endpoint;

	private final StreamMounting streamMounting;

	private final NodeProbe probe;

	private final ReentrantLock lock = new ReentrantLock();

	private @Nullable ScheduledExecutorService checker;

	private volatile boolean running;

	/**
	 * Creates a node.
	 * @param endpoint where it is
	 * @param streamMounting what to do where stream mounting is off
	 * @param timeout how long the node is waited for when it is checked
	 */
	public ExternalIpfsNode(RpcEndpoint endpoint, StreamMounting streamMounting, Duration timeout) {
		this.endpoint = endpoint;
		this.streamMounting = streamMounting;
		this.probe = new NodeProbe(endpoint, timeout);
	}

	@Override
	public RpcEndpoint endpoint() {
		return this.endpoint;
	}

	@Override
	public boolean isManaged() {
		return false;
	}

	/**
	 * Checks the node.
	 * @throws NodeVersionException if the node is too old for messages
	 * @throws StreamMountingDisabledException if stream mounting is off, and is not to be
	 * or cannot be switched on
	 */
	@Override
	public void start() {
		this.lock.lock();
		try {
			if (this.running) {
				return;
			}
			try {
				check();
			}
			catch (IOException ex) {
				logger.warn("No IPFS node answers at %s yet (%s)".formatted(this.endpoint, ex.getMessage()));
				checkLater();
			}
			this.running = true;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void check() throws IOException {
		Optional<KuboVersion> version = this.probe.requireNode();
		version.filter((found) -> !found.isAtLeast(KuboVersion.OLDEST_SUPPORTED))
			.ifPresent((old) -> logger.warn("The IPFS node at %s is Kubo %s; the oldest version that is supported is %s"
				.formatted(this.endpoint, old, KuboVersion.OLDEST_SUPPORTED)));
		if (this.streamMounting == StreamMounting.IGNORE) {
			return;
		}
		version.filter((found) -> !found.isAtLeast(NodeVersionException.NEEDED)).ifPresent((old) -> {
			throw new NodeVersionException(this.endpoint, old);
		});
		switch (this.probe.mounting()) {
			case ON -> logger.debug("Stream mounting is on at " + this.endpoint);
			case UNKNOWN -> logger
				.warn("The node at %s does not tell whether stream mounting is on; without it there are no messages"
					.formatted(this.endpoint));
			case OFF -> enable();
		}
	}

	private void enable() {
		String problem = "Stream mounting is off on the IPFS node at %s, so that no messages can be sent or received"
			.formatted(this.endpoint);
		String remedy = "Run 'ipfs config --json Experimental.Libp2pStreamMounting true' there; where the application needs no "
				+ "messages, set 'ipfs.node.stream-mounting=ignore'.";
		if (this.streamMounting == StreamMounting.REQUIRE) {
			throw new StreamMountingDisabledException(problem,
					remedy + " Or let the application switch it on: 'ipfs.node.stream-mounting=enable'.", null);
		}
		try {
			this.probe.enableMounting();
			logger
				.info("Switched stream mounting on at %s (Experimental.Libp2pStreamMounting)".formatted(this.endpoint));
		}
		catch (IOException ex) {
			throw new StreamMountingDisabledException(
					"%s, and it cannot be switched on (%s)".formatted(problem, ex.getMessage()), remedy, ex);
		}
	}

	private void checkLater() {
		ExponentialBackOff backOff = new ExponentialBackOff(500, 1.5);
		backOff.setMaxInterval(MAX_INTERVAL.toMillis());
		ScheduledExecutorService checker = Executors.newSingleThreadScheduledExecutor((task) -> {
			Thread thread = new Thread(task, "ipfs-node-check");
			thread.setDaemon(true);
			return thread;
		});
		this.checker = checker;
		schedule(checker, backOff.start());
	}

	private void schedule(ScheduledExecutorService checker, BackOffExecution backOff) {
		checker.schedule(() -> checkAgain(checker, backOff), backOff.nextBackOff(), TimeUnit.MILLISECONDS);
	}

	private void checkAgain(ScheduledExecutorService checker, BackOffExecution backOff) {
		try {
			check();
			logger.info("An IPFS node answers at %s now".formatted(this.endpoint));
			checker.shutdown();
		}
		catch (IOException ex) {
			if (!checker.isShutdown()) {
				schedule(checker, backOff);
			}
		}
		catch (NodeException ex) {
			logger.error(ex.getMessage());
			checker.shutdown();
		}
	}

	@Override
	public void stop() {
		this.lock.lock();
		try {
			if (this.checker != null) {
				this.checker.shutdownNow();
				this.checker = null;
			}
			this.running = false;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void close() {
		stop();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	@Override
	public boolean isPauseable() {
		return false;
	}

}
