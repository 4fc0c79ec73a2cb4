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

package io.github.ipfstoolkit.contacts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.rpc.Kubo;
import io.github.ipfstoolkit.rpc.SwarmApi.Peering;
import io.github.ipfstoolkit.rpc.SwarmApi.Peerings;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Has the node hold a connection to each contact. The node itself connects again when a
 * connection breaks ({@code swarm/peering}), but it forgets what it was told when it
 * ends, and contacts come and go: what it holds is compared with the contacts every few
 * seconds. What the node was told by others is left alone.
 *
 * @since 0.1.0
 */
public final class ContactKeeper implements SmartLifecycle {

	/**
	 * The phase in which it starts and stops: with tunnels and shared connections, while
	 * the node runs.
	 */
	public static final int PHASE = Integer.MIN_VALUE / 2 - 100;

	/**
	 * How often the node's list is compared with the contacts unless it is configured.
	 */
	public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(10);

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private static final int PARALLEL = 8;

	private static final Log logger = LogFactory.getLog(ContactKeeper.class);

	private final Lock lock = new ReentrantLock();

	private final Map<PeerId, Set<Multiaddr>> kept = new HashMap<>();

	private final ContactRepository contacts;

	private final Kubo kubo;

	private final Duration interval;

	private volatile @Nullable ScheduledExecutorService scheduler;

	private boolean failing;

	/**
	 * Creates a keeper. It does nothing until it is started.
	 * @param contacts the contacts
	 * @param kubo the node
	 * @param interval how often the node's list is compared with the contacts
	 */
	public ContactKeeper(ContactRepository contacts, Kubo kubo, Duration interval) {
		this.contacts = contacts;
		this.kubo = kubo;
		this.interval = interval;
	}

	@Override
	public void start() {
		this.lock.lock();
		try {
			if (this.scheduler == null) {
				CustomizableThreadFactory threads = new CustomizableThreadFactory("ipfs-contacts-");
				threads.setDaemon(true);
				ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(threads);
				this.scheduler = scheduler;
				scheduler.scheduleWithFixedDelay(this::compare, 0, this.interval.toMillis(), TimeUnit.MILLISECONDS);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void stop() {
		this.lock.lock();
		try {
			ScheduledExecutorService scheduler = this.scheduler;
			if (scheduler != null) {
				this.scheduler = null;
				end(scheduler);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void end(ScheduledExecutorService scheduler) {
		scheduler.shutdownNow();
		try {
			scheduler.awaitTermination(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
			List.copyOf(this.kept.keySet()).forEach(this::release);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (RuntimeException ex) {
			// the node is gone, and with it what it held
			logger.debug("Connections to contacts could not be released", ex);
		}
		this.kept.clear();
	}

	@Override
	public boolean isRunning() {
		return this.scheduler != null;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	private void compare() {
		try {
			Set<PeerId> held = held();
			Map<PeerId, Set<Multiaddr>> wanted = this.contacts.findAll()
				.stream()
				.collect(Collectors.toMap(Contact::peerId, (contact) -> Set.copyOf(contact.targets())));
			this.kept.keySet().stream().filter((peer) -> !wanted.containsKey(peer)).toList().forEach(this::release);
			List<List<Multiaddr>> added = new ArrayList<>();
			wanted.forEach((peer, targets) -> {
				boolean ours = this.kept.containsKey(peer);
				if (!held.contains(peer) || (ours && !targets.equals(this.kept.get(peer)))) {
					keep(peer, targets);
					added.add(List.copyOf(targets));
				}
			});
			connect(added);
			this.failing = false;
		}
		catch (RuntimeException ex) {
			if (!this.failing && isRunning()) { // once, not every few seconds
				logger.warn("Connections to contacts can not be kept for now, this is tried again", ex);
			}
			this.failing = true;
		}
	}

	private Set<PeerId> held() {
		Peerings peerings = this.kubo.swarm().peerings().block(TIMEOUT);
		return (peerings != null) ? peerings.peers().stream().map(Peering::id).collect(Collectors.toSet()) : Set.of();
	}

	private void keep(PeerId peer, Set<Multiaddr> targets) {
		this.kubo.swarm().addPeering(List.copyOf(targets)).blockLast(TIMEOUT);
		this.kept.put(peer, targets);
	}

	/**
	 * Connects at once: left to itself the node begins after 5 seconds or more. It goes
	 * on with those that are not reached.
	 */
	private void connect(List<List<Multiaddr>> added) {
		Flux.fromIterable(added)
			.flatMap((targets) -> this.kubo.swarm().connect(targets).timeout(TIMEOUT).onErrorComplete(), PARALLEL)
			.blockLast();
	}

	private void release(PeerId peer) {
		this.kubo.swarm().removePeering(peer).blockLast(TIMEOUT);
		this.kept.remove(peer);
	}

}
