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

package io.github.ipfstoolkit.health;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;

import io.github.ipfstoolkit.IpfsTimeoutException;
import io.github.ipfstoolkit.listener.IpfsListenerContainer;
import io.github.ipfstoolkit.listener.IpfsListenerEndpointRegistry;
import io.github.ipfstoolkit.listener.IpfsListenerEvent;
import io.github.ipfstoolkit.listener.IpfsListenerFailedToStartEvent;
import io.github.ipfstoolkit.node.IpfsNode;
import io.github.ipfstoolkit.node.NodeState;
import io.github.ipfstoolkit.rpc.Kubo;
import io.github.ipfstoolkit.rpc.NodeApi.Identity;
import io.github.ipfstoolkit.rpc.NodeApi.Version;
import io.github.ipfstoolkit.rpc.NodeTooOldException;
import io.github.ipfstoolkit.rpc.SwarmApi.Peer;
import io.github.ipfstoolkit.rpc.SwarmApi.Peers;
import io.github.ipfstoolkit.rpc.UnsupportedCommandException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ApplicationListener;

/**
 * Tells whether the node is well and the application's listeners listen.
 * <p>
 * {@link Status#UP} when the node answers within the time-out and messages can arrive at
 * all listeners that are started. {@link Status#DOWN} when the node does not answer, says
 * that it is not well or is being restarted, when a listener could not be started, or
 * when one that was started waits for the node. Listeners that the application has
 * stopped, or has not started yet, are no failure. Safe for use by several threads.
 *
 * @since 0.1.0
 */
public class IpfsHealthIndicator extends AbstractHealthIndicator implements ApplicationListener<IpfsListenerEvent> {

	private final Kubo kubo;

	private final @Nullable IpfsNode node;

	private final @Nullable IpfsListenerEndpointRegistry listeners;

	private final Duration timeout;

	private final Set<String> failedListeners = new ConcurrentSkipListSet<>();

	/**
	 * Creates an indicator.
	 * @param kubo the node's RPC API
	 * @param node where the node comes from, {@code null} if that is not known
	 * @param listeners the application's listeners, {@code null} if it has none
	 * @param timeout how long one check may take as a whole
	 */
	public IpfsHealthIndicator(Kubo kubo, @Nullable IpfsNode node, @Nullable IpfsListenerEndpointRegistry listeners,
			Duration timeout) {
		super("IPFS health check failed");
		this.kubo = kubo;
		this.node = node;
		this.listeners = listeners;
		this.timeout = timeout;
	}

	/**
	 * Remembers which listeners could not be started: a failed one looks like one that
	 * was stopped.
	 */
	@Override
	public void onApplicationEvent(IpfsListenerEvent event) {
		String id = event.getContainer().getEndpoint().id();
		if (event instanceof IpfsListenerFailedToStartEvent) {
			this.failedListeners.add(id);
		}
		else {
			this.failedListeners.remove(id);
		}
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		builder.up().withDetail("backend", this.kubo.backend());
		checkListeners(builder);
		if (checkState(builder)) {
			askNode(builder);
		}
	}

	private void checkListeners(Health.Builder builder) {
		if (this.listeners == null) {
			return;
		}
		Collection<IpfsListenerContainer> containers = this.listeners.getContainers();
		Set<String> failed = new TreeSet<>(this.failedListeners);
		containers.stream()
			.filter((container) -> container.isRunning() && !container.isActive())
			.map((container) -> container.getEndpoint().id())
			.forEach(failed::add);
		builder.withDetail("listeners", Map.of("total", containers.size(), "active",
				containers.stream().filter(IpfsListenerContainer::isActive).count(), "failed", failed));
		if (!failed.isEmpty()) {
			builder.down();
		}
	}

	/**
	 * Tells whether the node can be asked. One that is not there yet would be started by
	 * that, which is not for a health check to do.
	 */
	private boolean checkState(Health.Builder builder) {
		if (this.node == null) {
			return true;
		}
		NodeState state = this.node.state();
		builder.withDetail("node", state.name().toLowerCase(Locale.ROOT));
		if (state == NodeState.EXTERNAL || state == NodeState.RUNNING) {
			return true;
		}
		builder.down();
		return false;
	}

	private void askNode(Health.Builder builder) {
		// Subscribing may block, so that it is not left to this thread, which has a
		// time-out to keep
		NodeReport report = Mono.defer(this::report)
			.subscribeOn(Schedulers.boundedElastic())
			.timeout(this.timeout,
					Mono.error(() -> new IpfsTimeoutException("The node's health check", this.timeout, null)))
			.block();
		if (report != null) {
			report.addTo(builder);
		}
	}

	private Mono<NodeReport> report() {
		Mono<Version> version = this.kubo.node().version().flatMap(this::checkHealth);
		// a repository on which no node runs has no peers
		Mono<Peers> peers = this.kubo.swarm()
			.peers()
			.onErrorReturn(UnsupportedCommandException.class, new Peers(List.of()));
		return Mono.zip(version, this.kubo.node().id(), peers)
			.map((replies) -> new NodeReport(replies.getT1(), replies.getT2(), replies.getT3()));
	}

	/**
	 * A node that is older than Kubo 0.42, and so has no such command, has to pass for
	 * healthy when it answers at all.
	 */
	private Mono<Version> checkHealth(Version version) {
		return this.kubo.node()
			.healthy()
			.onErrorResume(NodeTooOldException.class, (ex) -> Mono.empty())
			.thenReturn(version);
	}

	private record NodeReport(Version version, Identity identity, Peers connections) {

		void addTo(Health.Builder builder) {
			builder.withDetail("version", this.version.version())
				.withDetail("peerId", this.identity.id().toString())
				.withDetail("connectedPeers", this.connections.peers().stream().map(Peer::peer).distinct().count());
		}

	}

}
