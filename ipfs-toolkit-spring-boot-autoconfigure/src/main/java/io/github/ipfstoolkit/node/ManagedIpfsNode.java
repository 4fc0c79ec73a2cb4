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
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.NodeUnreachableException;
import io.github.ipfstoolkit.node.executable.ExecutableLocator;
import io.github.ipfstoolkit.node.executable.NodeExecutable;
import io.github.ipfstoolkit.rpc.RpcEndpoint;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.util.Assert;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * A node of the application's own: a child process ({@code ipfs daemon}) with a
 * repository in a directory of its own, which keeps the node's identity and content from
 * one start to the next. RPC API and gateway listen on loopback, on free ports.
 * <p>
 * The node is started by {@link #start()} or when its {@link #endpoint()} is first asked
 * for. When it dies by itself it is restarted, with growing pauses and on the same RPC
 * port where that is possible, until it has died too often in a row. It ends with
 * {@link #stop()} or {@link #close()}; where the platform allows (Unix with a shell),
 * also when the application is killed. What was left over nevertheless, the next start
 * ends.
 * <p>
 * {@link NodeStartedEvent}, {@link NodeExitedEvent} and {@link NodeStoppedEvent} are
 * published to the application context, if there is one. Usable without Spring:
 * <pre class="code">
 * try (ManagedIpfsNode node = ManagedIpfsNode.builder(directory).network(NodeNetwork.LOCAL).build()) {
 *     RpcEndpoint endpoint = node.endpoint();
 * }
 * </pre>
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class ManagedIpfsNode implements IpfsNode, SmartLifecycle, AutoCloseable {

	private static final Log logger = LogFactory.getLog(ManagedIpfsNode.class);

	/**
	 * A node that lived this long did not die from its start: pauses begin anew.
	 */
	private static final Duration STABLE = Duration.ofMinutes(1);

	private static final int REPORTED_LINES = 10;

	private final NodeRepository repository;

	private final ExecutableLocator locator;

	private final NodeNetwork network;

	private final Map<String, String> configuration;

	private final int configuredRpcPort;

	private final int configuredGatewayPort;

	private final int swarmPort;

	private final Duration startTimeout;

	private final Duration stopTimeout;

	private final BackOff restartBackOff;

	private final boolean guarded;

	private final ApplicationEventPublisher events;

	private final ReentrantLock lock = new ReentrantLock();

	private volatile NodeState state = NodeState.NEW;

	private volatile boolean stopping;

	private volatile @Nullable RpcEndpoint endpoint;

	private volatile @Nullable NodeDaemon daemon;

	private volatile @Nullable NodeExecutable executable;

	private volatile @Nullable IpfsException failure;

	private @Nullable BackOffExecution backOff;

	private @Nullable ScheduledExecutorService supervisor;

	private ManagedIpfsNode(Builder builder) {
		this.repository = new NodeRepository(builder.repository);
		this.locator = builder.locator;
		this.network = builder.network;
		this.configuration = new LinkedHashMap<>(builder.configuration);
		this.configuredRpcPort = builder.rpcPort;
		this.configuredGatewayPort = builder.gatewayPort;
		this.swarmPort = builder.swarmPort;
		this.startTimeout = builder.startTimeout;
		this.stopTimeout = builder.stopTimeout;
		this.restartBackOff = builder.restartBackOff;
		this.guarded = builder.guarded;
		this.events = builder.events;
	}

	/**
	 * Returns a builder.
	 * @param repository the node's directory, made when it is missing
	 * @return the builder
	 */
	public static Builder builder(Path repository) {
		return new Builder(repository);
	}

	@Override
	public RpcEndpoint endpoint() {
		return switch (this.state) {
			case RUNNING, RESTARTING -> known();
			case FAILED -> throw failed();
			case STOPPED -> throw stopped();
			default -> {
				start();
				yield known();
			}
		};
	}

	private RpcEndpoint known() {
		RpcEndpoint known = this.endpoint;
		if (known == null) {
			throw stopped();
		}
		return known;
	}

	private NodeUnreachableException stopped() {
		return unreachable(new IllegalStateException("the managed node has been stopped"));
	}

	/**
	 * Makes a new exception, so that each caller finds its own stack trace in it.
	 */
	private NodeUnreachableException failed() {
		IpfsException cause = this.failure;
		return unreachable((cause != null) ? cause : new IllegalStateException("the managed node failed"));
	}

	private NodeUnreachableException unreachable(RuntimeException cause) {
		RpcEndpoint last = this.endpoint;
		return new NodeUnreachableException((last != null) ? last.toString() : this.repository.directory().toString(),
				cause);
	}

	@Override
	public boolean isManaged() {
		return true;
	}

	@Override
	public NodeState state() {
		return this.state;
	}

	@Override
	public @Nullable NodeProcess process() {
		NodeDaemon daemon = this.daemon;
		NodeExecutable executable = this.executable;
		if (this.state != NodeState.RUNNING || daemon == null || executable == null) {
			return null;
		}
		return new NodeProcess(daemon.pid(), executable, this.repository.directory(), this.repository.gateway());
	}

	/**
	 * Starts the node and waits until it answers. Does nothing if it runs.
	 * @throws io.github.ipfstoolkit.node.executable.ExecutableNotFoundException if there
	 * is no executable
	 * @throws NodeStartException if the node does not start
	 */
	@Override
	public void start() {
		this.lock.lock();
		try {
			if (isRunning()) {
				return;
			}
			this.stopping = false;
			this.failure = null;
			this.state = NodeState.STARTING;
			this.backOff = this.restartBackOff.start();
			try {
				this.executable = this.locator.locate();
				this.repository.lock();
				this.repository.endStale(this.stopTimeout);
				launch();
			}
			catch (IOException | RuntimeException ex) {
				IpfsException failure = translate(ex);
				this.failure = failure;
				this.state = NodeState.FAILED;
				this.repository.unlock();
				throw failure;
			}
			this.supervisor = Executors.newSingleThreadScheduledExecutor((task) -> {
				Thread thread = new Thread(task, "ipfs-node-supervisor");
				thread.setDaemon(true);
				return thread;
			});
			watch();
		}
		finally {
			this.lock.unlock();
		}
		publish(new NodeStartedEvent(this, false));
	}

	private IpfsException translate(Exception ex) {
		if (ex instanceof IpfsException known) {
			return known;
		}
		return new NodeStartException(
				"The node in %s could not be started (%s)".formatted(this.repository.directory(), ex),
				"Make sure that the directory is writable and its disk not full.", ex);
	}

	/**
	 * Starts the process and waits until it answers.
	 */
	private void launch() throws IOException {
		NodeExecutable executable = this.executable;
		Assert.state(executable != null, "There is no executable");
		long start = System.nanoTime();
		this.repository.configure(executable, this::configure);
		this.repository.deleteAddresses();
		NodeDaemon daemon = NodeDaemon.start(this.repository.command(executable, List.of("daemon", "--migrate=true")),
				this.guarded, this.repository.log());
		this.daemon = daemon;
		try {
			this.repository.record(daemon.handle(), executable);
			if (this.stopping || !daemon.await(() -> isReady(daemon), this.startTimeout)) {
				throw startFailure(daemon);
			}
			RpcEndpoint endpoint = RpcEndpoint.of(String.valueOf(this.repository.api()), null);
			this.endpoint = endpoint;
			this.state = NodeState.RUNNING;
			logger.info("Started Kubo %s (process %d) at %s in %d ms, repository %s".formatted(executable.version(),
					daemon.pid(), endpoint, Duration.ofNanos(System.nanoTime() - start).toMillis(),
					this.repository.directory()));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new NodeStartException("Starting the node was interrupted", "Start it again.", ex);
		}
		catch (TimeoutException ex) {
			throw new NodeStartException(
					"The node did not answer within %d s, its last lines are:%n%s"
						.formatted(this.startTimeout.toSeconds(), daemon.lastLines(REPORTED_LINES)),
					"Give it more time with 'ipfs.node.start-timeout', or see node.log in its directory.", ex);
		}
		finally {
			if (this.state != NodeState.RUNNING) {
				daemon.stop(this.stopTimeout);
				this.repository.forget();
			}
		}
	}

	/**
	 * The gateway comes after the RPC API, and a port that is taken ends the node. One
	 * without a gateway says at the end that it is ready.
	 */
	private boolean isReady(NodeDaemon daemon) {
		return this.repository.api() != null
				&& (this.repository.gateway() != null || daemon.lastLines(REPORTED_LINES).contains("Daemon is ready"));
	}

	private void configure(NodeConfiguration configuration, boolean fresh) {
		configuration.apply(this.network, fresh);
		configuration.swarm(this.network, fresh, this.swarmPort);
		configuration.set("Addresses.API", "/ip4/127.0.0.1/tcp/" + rpcPort());
		configuration.set("Addresses.Gateway",
				"/ip4/127.0.0.1/tcp/" + required(this.configuredGatewayPort, "gateway-port"));
		this.configuration.forEach(configuration::set);
	}

	/**
	 * A restarted node gets its old port back, so that those who connect need not notice.
	 */
	private int rpcPort() {
		RpcEndpoint last = this.endpoint;
		if (this.configuredRpcPort == 0 && last != null && NodePorts.isFreeForTcp(last.uri().getPort(), true)) {
			return last.uri().getPort();
		}
		return required(this.configuredRpcPort, "rpc-port");
	}

	private static int required(int port, String property) {
		if (port != 0 && !NodePorts.isFreeForTcp(port, true)) {
			throw new NodePortInUseException(
					"The port %d, which 'ipfs.node.%s' asks for, is taken".formatted(port, property),
					"End what uses it, or set 'ipfs.node.%s' to 0 for any that is free.".formatted(property), null);
		}
		return port;
	}

	private NodeStartException startFailure(NodeDaemon daemon) {
		String lines = daemon.lastLines(REPORTED_LINES);
		if (lines.contains("someone else has the lock")) {
			return this.repository.lockedByKubo(null);
		}
		if (lines.contains("address already in use")) {
			return new NodePortInUseException("The node found a port taken:%n%s".formatted(lines),
					"End what uses it, or choose another with 'ipfs.node.rpc-port', 'ipfs.node.gateway-port' or "
							+ "'ipfs.node.swarm-port'.",
					null);
		}
		return new NodeStartException(
				"The node in %s ended while it started, its last lines are:%n%s".formatted(this.repository.directory(),
						lines),
				"Correct what they name; if it is in the configuration, see 'ipfs.node.config' and the file 'config' in that "
						+ "directory.",
				null);
	}

	private void watch() {
		NodeDaemon watched = this.daemon;
		ScheduledExecutorService supervisor = this.supervisor;
		if (watched != null && supervisor != null) {
			watched.onDeath((exitStatus) -> supervise(() -> died(watched, exitStatus), Duration.ZERO));
		}
	}

	private void supervise(Runnable task, Duration delay) {
		ScheduledExecutorService supervisor = this.supervisor;
		if (supervisor != null && !supervisor.isShutdown()) {
			supervisor.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
		}
	}

	private void died(NodeDaemon dead, int exitStatus) {
		boolean restarting;
		this.lock.lock();
		try {
			if (this.stopping || this.daemon != dead || this.state != NodeState.RUNNING) {
				return;
			}
			if (dead.age().compareTo(STABLE) > 0) {
				this.backOff = this.restartBackOff.start();
			}
			restarting = retry("The node (process %d) ended by itself with status %d, its last lines are:%n%s"
				.formatted(dead.pid(), exitStatus, dead.lastLines(REPORTED_LINES)), null);
		}
		finally {
			this.lock.unlock();
		}
		publish(new NodeExitedEvent(this, exitStatus, restarting));
	}

	/**
	 * Plans the next start, or gives up. One line is logged for each failure.
	 */
	private boolean retry(String problem, @Nullable IpfsException cause) {
		BackOffExecution backOff = this.backOff;
		long delay = (backOff != null) ? backOff.nextBackOff() : BackOffExecution.STOP;
		if (delay == BackOffExecution.STOP) {
			this.failure = (cause != null) ? cause
					: new NodeStartException(problem, "See node.log in its directory.", null);
			this.state = NodeState.FAILED;
			logger.error("The node in %s is no longer restarted, as it died too often. %s"
				.formatted(this.repository.directory(), problem));
			return false;
		}
		this.state = NodeState.RESTARTING;
		logger.warn("%s%nIt is restarted in %d ms".formatted(problem, delay));
		supervise(this::restart, Duration.ofMillis(delay));
		return true;
	}

	private void restart() {
		this.lock.lock();
		try {
			if (this.stopping || this.state != NodeState.RESTARTING) {
				return;
			}
			try {
				launch();
				watch();
			}
			catch (IOException | RuntimeException ex) {
				if (!this.stopping) {
					IpfsException failure = translate(ex);
					retry(String.valueOf(failure.getMessage()), failure);
				}
				return;
			}
		}
		finally {
			this.lock.unlock();
		}
		publish(new NodeStartedEvent(this, true));
	}

	/**
	 * Stops the node: asks it to end, and kills it if it does not within the time-out.
	 * Does nothing if it does not run.
	 */
	@Override
	public void stop() {
		boolean stopped = false;
		this.stopping = true;
		NodeDaemon starting = this.daemon;
		if (starting != null) {
			// a start that is under way holds the lock until the process ends
			starting.terminate();
		}
		this.lock.lock();
		try {
			if (this.supervisor != null) {
				this.supervisor.shutdownNow();
				this.supervisor = null;
			}
			NodeDaemon running = this.daemon;
			if (running != null && isRunning()) {
				running.stop(this.stopTimeout);
				logger.info("Stopped the node (process %d)".formatted(running.pid()));
				stopped = true;
			}
			this.daemon = null;
			this.state = NodeState.STOPPED;
			forget();
			this.repository.unlock();
		}
		finally {
			this.lock.unlock();
		}
		if (stopped) {
			publish(new NodeStoppedEvent(this));
		}
	}

	private void forget() {
		try {
			if (this.repository.isLocked()) {
				this.repository.forget();
			}
		}
		catch (IOException ex) {
			logger.debug("The record of the node could not be deleted", ex);
		}
	}

	@Override
	public void stop(Runnable callback) {
		try {
			stop();
		}
		finally {
			callback.run();
		}
	}

	/**
	 * Stops the node, also where the application context failed to start and so has not
	 * called {@link #stop()}.
	 */
	@Override
	public void close() {
		stop();
	}

	@Override
	public boolean isRunning() {
		return switch (this.state) {
			case RUNNING, RESTARTING -> true;
			default -> false;
		};
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	/**
	 * A context that is only paused, as those are which tests keep in their cache, keeps
	 * its node: starting it anew takes longer than all else.
	 */
	@Override
	public boolean isPauseable() {
		return false;
	}

	private void publish(ApplicationEvent event) {
		try {
			this.events.publishEvent(event);
		}
		catch (RuntimeException ex) {
			// a listener that fails, or a context that is gone, must not harm the node
			logger.warn("%s could not be published".formatted(event.getClass().getSimpleName()), ex);
		}
	}

	/**
	 * Builds a {@link ManagedIpfsNode}.
	 */
	public static final class Builder {

		private final Path repository;

		private ExecutableLocator locator = ExecutableLocator.builder().build();

		private NodeNetwork network = NodeNetwork.PUBLIC;

		private final Map<String, String> configuration = new LinkedHashMap<>();

		private int rpcPort;

		private int gatewayPort;

		private int swarmPort;

		private Duration startTimeout = Duration.ofSeconds(60);

		private Duration stopTimeout = Duration.ofSeconds(10);

		private BackOff restartBackOff = defaultBackOff();

		private boolean guarded = NodeGuard.isAvailable();

		private ApplicationEventPublisher events = (event) -> {
		};

		private Builder(Path repository) {
			this.repository = repository;
		}

		private static BackOff defaultBackOff() {
			ExponentialBackOff backOff = new ExponentialBackOff(500, 2);
			backOff.setMaxInterval(Duration.ofSeconds(30).toMillis());
			backOff.setMaxAttempts(10);
			return backOff;
		}

		/**
		 * Sets where the executable comes from.
		 * @param locator the locator; by default one that looks on the {@code PATH} and
		 * in the toolkit's cache, and downloads nothing
		 * @return this
		 */
		public Builder executable(ExecutableLocator locator) {
			this.locator = locator;
			return this;
		}

		/**
		 * Sets with whom the node connects.
		 * @param network the network, {@link NodeNetwork#PUBLIC} by default
		 * @return this
		 */
		public Builder network(NodeNetwork network) {
			this.network = network;
			return this;
		}

		/**
		 * Adds to Kubo's configuration. Applied last, at each start.
		 * @param configuration values by key, such as {@code Datastore.StorageMax};
		 * values are JSON, or plain text for strings
		 * @return this
		 */
		public Builder configuration(Map<String, String> configuration) {
			this.configuration.putAll(configuration);
			return this;
		}

		/**
		 * Sets the ports.
		 * @param rpc the port of the RPC API, 0 (default) for any that is free
		 * @param gateway the port of the HTTP gateway, 0 (default) for any that is free
		 * @param swarm the port for other peers, TCP and UDP; 0 (default) for a free one
		 * that is chosen at the first start and kept
		 * @return this
		 */
		public Builder ports(int rpc, int gateway, int swarm) {
			this.rpcPort = rpc;
			this.gatewayPort = gateway;
			this.swarmPort = swarm;
			return this;
		}

		/**
		 * Sets how long the node may take to start.
		 * @param startTimeout the time-out, 60 seconds by default
		 * @return this
		 */
		public Builder startTimeout(Duration startTimeout) {
			this.startTimeout = startTimeout;
			return this;
		}

		/**
		 * Sets how long the node may take to end before it is killed.
		 * @param stopTimeout the time-out, 10 seconds by default
		 * @return this
		 */
		public Builder stopTimeout(Duration stopTimeout) {
			this.stopTimeout = stopTimeout;
			return this;
		}

		/**
		 * Sets the pauses before a node is restarted that died, and how often in a row
		 * that is tried. They begin anew when it has lived for a minute.
		 * @param restartBackOff the pauses; by default 0.5 seconds that double up to 30,
		 * ten times
		 * @return this
		 */
		public Builder restartBackOff(BackOff restartBackOff) {
			this.restartBackOff = restartBackOff;
			return this;
		}

		/**
		 * Sets where events are published.
		 * @param events the publisher, nowhere by default
		 * @return this
		 */
		public Builder events(ApplicationEventPublisher events) {
			this.events = events;
			return this;
		}

		Builder guarded(boolean guarded) {
			this.guarded = guarded;
			return this;
		}

		/**
		 * Builds the node, without starting it.
		 * @return the node
		 */
		public ManagedIpfsNode build() {
			return new ManagedIpfsNode(this);
		}

	}

}
