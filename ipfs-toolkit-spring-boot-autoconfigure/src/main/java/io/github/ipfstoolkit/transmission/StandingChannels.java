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

package io.github.ipfstoolkit.transmission;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.p2p.TunnelOperations;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;

/**
 * The standing channels that are in use, and what is known of which listeners have one.
 */
final class StandingChannels {

	private static final int MAX_KNOWN = 10_000;

	private static final long MAX_SWEEP_MILLIS = 5_000;

	private final TunnelOperations tunnels;

	private final SenderOptions options;

	private final Function<Destination, String> protocol;

	private final Map<Destination, CompletableFuture<StandingChannel>> channels = new ConcurrentHashMap<>();

	private final ReentrantLock lock = new ReentrantLock();

	/**
	 * Listeners that were asked, oldest first, and whether they have a standing channel.
	 */
	private final Map<Destination, Boolean> known = new LinkedHashMap<>() {

		@Override
		protected boolean removeEldestEntry(Map.Entry<Destination, Boolean> eldest) {
			return size() > MAX_KNOWN;
		}

	};

	private volatile @Nullable Disposable sweep;

	/**
	 * Creates an instance.
	 * @param tunnels the way to other peers
	 * @param options how messages are sent
	 * @param protocol the name under which a listener's channel is mounted
	 */
	StandingChannels(TunnelOperations tunnels, SenderOptions options, Function<Destination, String> protocol) {
		this.tunnels = tunnels;
		this.options = options;
		this.protocol = protocol;
	}

	/**
	 * Returns whether a listener has a standing channel.
	 * @return empty if that is not known
	 */
	Optional<Boolean> isStanding(Destination destination) {
		CompletableFuture<StandingChannel> channel = this.channels.get(destination);
		if (channel != null) {
			return Optional.of(true);
		}
		this.lock.lock();
		try {
			return Optional.ofNullable(this.known.get(destination));
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Remembers whether a listener has a standing channel.
	 */
	void learn(Destination destination, boolean standing) {
		this.lock.lock();
		try {
			this.known.put(destination, standing);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Forgets what is known of a listener, and closes its channel.
	 */
	void forget(Destination destination) {
		this.lock.lock();
		try {
			this.known.remove(destination);
		}
		finally {
			this.lock.unlock();
		}
		CompletableFuture<StandingChannel> channel = this.channels.remove(destination);
		if (channel != null) {
			channel.thenAccept(StandingChannel::close);
		}
	}

	/**
	 * Begins to open a listener's standing channel, unless it is there, without waiting
	 * for it.
	 * @return whether it was not there
	 */
	boolean prepare(Destination destination) {
		CompletableFuture<StandingChannel> created = new CompletableFuture<>();
		boolean absent = this.channels.putIfAbsent(destination, created) == null;
		if (absent) {
			Schedulers.boundedElastic().schedule(() -> create(destination, created));
		}
		return absent;
	}

	/**
	 * Enters a listener's standing channel, which is opened if need be.
	 * @return the channel, to be left by the caller
	 */
	StandingChannel enter(Destination destination, SendLimits limits) throws InterruptedException {
		while (true) {
			StandingChannel channel = get(destination);
			if (channel.enter(limits)) {
				return channel;
			}
			// it was closed, as idle, in this very moment
			this.channels.computeIfPresent(destination,
					(key, present) -> (present.getNow(null) == channel) ? null : present);
		}
	}

	private StandingChannel get(Destination destination) {
		CompletableFuture<StandingChannel> created = new CompletableFuture<>();
		CompletableFuture<StandingChannel> present = this.channels.putIfAbsent(destination, created);
		if (present == null) {
			create(destination, created);
			present = created;
		}
		try {
			return present.join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause
					: new IpfsException("The channel could not be opened", ex.getCause());
		}
	}

	private void create(Destination destination, CompletableFuture<StandingChannel> created) {
		try {
			startSweeping();
			created.complete(new StandingChannel(destination,
					this.tunnels.forward(destination.peer(), this.protocol.apply(destination)),
					this.options.maxStreams()));
		}
		catch (RuntimeException | Error ex) {
			this.channels.remove(destination, created);
			created.completeExceptionally(ex);
		}
	}

	private void startSweeping() {
		if (this.sweep == null) {
			this.lock.lock();
			try {
				if (this.sweep == null) {
					long millis = Math.min(Math.max(this.options.idleTimeout().toMillis() / 4, 1), MAX_SWEEP_MILLIS);
					this.sweep = Schedulers.boundedElastic()
						.schedulePeriodically(this::closeIdle, millis, millis, TimeUnit.MILLISECONDS);
				}
			}
			finally {
				this.lock.unlock();
			}
		}
	}

	private void closeIdle() {
		Duration idleTimeout = this.options.idleTimeout();
		this.channels.forEach((destination, future) -> {
			StandingChannel channel = future.isCompletedExceptionally() ? null : future.getNow(null);
			if (channel != null && channel.closeIdle(idleTimeout)) {
				this.channels.remove(destination, future);
			}
		});
	}

	/**
	 * Gives all channels back.
	 */
	void closeAll() {
		this.lock.lock();
		try {
			if (this.sweep != null) {
				this.sweep.dispose();
				this.sweep = null;
			}
		}
		finally {
			this.lock.unlock();
		}
		this.channels.keySet().forEach((destination) -> {
			CompletableFuture<StandingChannel> channel = this.channels.remove(destination);
			if (channel != null) {
				channel.thenAccept(StandingChannel::close);
			}
		});
	}

}
