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

package io.github.ipfstoolkit.metrics;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

import io.github.ipfstoolkit.rpc.Kubo;
import io.github.ipfstoolkit.rpc.RepoApi;
import io.github.ipfstoolkit.rpc.StatsApi.Bandwidth;
import io.github.ipfstoolkit.rpc.SwarmApi.Peer;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.context.SmartLifecycle;

/**
 * Meters of the node.
 * <ul>
 * <li>{@code ipfs.swarm.peers}: connected peers</li>
 * <li>{@code ipfs.bandwidth}: bytes exchanged with all peers since the node was started,
 * and {@code ipfs.bandwidth.rate}: bytes a second; the tag {@code direction} is
 * {@code received} or {@code sent}</li>
 * <li>{@code ipfs.repo.size}: size of the repository in bytes</li>
 * <li>{@code ipfs.repo.blocks}: blocks in the repository</li>
 * </ul>
 * The node is asked in the background: reading the meters never waits for it. Gauges are
 * {@code NaN} as long as it does not answer. Safe for use by several threads.
 *
 * @since 0.1.0
 */
public class IpfsNodeMetrics implements MeterBinder, SmartLifecycle, AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	/**
	 * Counting blocks goes through all of them. A node that needs longer than this should
	 * not be bothered with it.
	 */
	private static final Duration COUNT_TIMEOUT = Duration.ofSeconds(30);

	private final Kubo kubo;

	private final Sample<Long> peers;

	private final Sample<Bandwidth> bandwidth;

	private final Sample<RepositorySize> repository;

	private final List<Runnable> removals = new CopyOnWriteArrayList<>();

	private volatile boolean countsBlocks = true;

	private volatile @Nullable Bandwidth lastBandwidth;

	private volatile boolean running;

	/**
	 * Creates the meters. They have values once this is started.
	 * @param kubo the node
	 * @param interval how long to wait until the node is asked again
	 * @param repositoryInterval the same for the size of the repository, which takes the
	 * node longer to tell
	 */
	public IpfsNodeMetrics(Kubo kubo, Duration interval, Duration repositoryInterval) {
		this.kubo = kubo;
		this.peers = new Sample<>(this::countPeers, interval, TIMEOUT);
		this.bandwidth = new Sample<>(this::askBandwidth, interval, TIMEOUT);
		this.repository = new Sample<>(this::measureRepository, repositoryInterval, COUNT_TIMEOUT.plus(TIMEOUT));
	}

	private Mono<Long> countPeers() {
		return this.kubo.swarm()
			.peers()
			.map((connections) -> connections.peers().stream().map(Peer::peer).distinct().count());
	}

	private Mono<Bandwidth> askBandwidth() {
		return this.kubo.stats().bandwidth().doOnNext((bandwidth) -> this.lastBandwidth = bandwidth);
	}

	private Mono<RepositorySize> measureRepository() {
		RepoApi repo = this.kubo.repo();
		Mono<RepositorySize> sizeOnly = Mono
			.defer(() -> repo.stat(true).map((stat) -> new RepositorySize(stat.size(), Double.NaN)));
		if (!this.countsBlocks) {
			return sizeOnly;
		}
		return repo.stat()
			.map((stat) -> new RepositorySize(stat.size(), stat.blocks()))
			.timeout(COUNT_TIMEOUT, Mono.defer(() -> {
				this.countsBlocks = false;
				return sizeOnly;
			}));
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Consumer<Meter> register = (meter) -> this.removals.add(() -> registry.remove(meter));
		register.accept(gauge("ipfs.swarm.peers", this.peers, Long::doubleValue).description("Connected peers")
			.register(registry));
		register.accept(gauge("ipfs.repo.size", this.repository, RepositorySize::bytes)
			.description("Size of the node's repository")
			.baseUnit(BaseUnits.BYTES)
			.register(registry));
		register.accept(gauge("ipfs.repo.blocks", this.repository, RepositorySize::blocks)
			.description("Blocks in the node's repository")
			.register(registry));
		bindBandwidth(registry, register, "received", Bandwidth::totalIn, Bandwidth::rateIn);
		bindBandwidth(registry, register, "sent", Bandwidth::totalOut, Bandwidth::rateOut);
	}

	private void bindBandwidth(MeterRegistry registry, Consumer<Meter> register, String direction,
			ToDoubleFunction<Bandwidth> total, ToDoubleFunction<Bandwidth> rate) {
		register.accept(FunctionCounter.builder("ipfs.bandwidth", this, (metrics) -> metrics.total(total))
			.description("Bytes exchanged with all peers")
			.baseUnit(BaseUnits.BYTES)
			.tag("direction", direction)
			.register(registry));
		register.accept(gauge("ipfs.bandwidth.rate", this.bandwidth, rate)
			.description("Bytes exchanged with all peers in a second")
			.baseUnit("bytes per second")
			.tag("direction", direction)
			.register(registry));
	}

	private double total(ToDoubleFunction<Bandwidth> total) {
		// A counter knows no gaps: it stays where it is while the node does not answer
		Bandwidth last = this.lastBandwidth;
		return (last != null) ? total.applyAsDouble(last) : 0;
	}

	private static <T> Gauge.Builder<Sample<T>> gauge(String name, Sample<T> sample, ToDoubleFunction<T> value) {
		return Gauge.builder(name, sample, (current) -> {
			T latest = current.latest();
			return (latest != null) ? value.applyAsDouble(latest) : Double.NaN;
		});
	}

	@Override
	public void start() {
		this.peers.start();
		this.bandwidth.start();
		this.repository.start();
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		this.peers.stop();
		this.bandwidth.stop();
		this.repository.stop();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/**
	 * Stops asking, and removes the meters, as the registry may outlive the application's
	 * context.
	 */
	@Override
	public void close() {
		stop();
		this.removals.forEach(Runnable::run);
		this.removals.clear();
	}

	private record RepositorySize(double bytes, double blocks) {
	}

}
