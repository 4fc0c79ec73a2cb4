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
import java.util.concurrent.atomic.AtomicReference;

import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.NodeUnreachableException;
import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.rpc.Kubo;
import io.github.ipfstoolkit.rpc.RepoApi;
import io.github.ipfstoolkit.rpc.StatsApi;
import io.github.ipfstoolkit.rpc.StatsApi.Bandwidth;
import io.github.ipfstoolkit.rpc.SwarmApi;
import io.github.ipfstoolkit.rpc.SwarmApi.Peer;
import io.github.ipfstoolkit.rpc.SwarmApi.Peers;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.atLeast;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;

/**
 * Tests for {@link IpfsNodeMetrics}.
 */
class IpfsNodeMetricsTests {

	private static final PeerId PEER = PeerId.of("12D3KooWBRmDWFvm5WriT5zc32HKv7v78VzDSzJHpGQ6MhocRFL3");

	private final MeterRegistry registry = new SimpleMeterRegistry();

	private final Kubo kubo = mock();

	private final SwarmApi swarm = mock();

	private final RepoApi repo = mock();

	private final StatsApi stats = mock();

	private final AtomicReference<Mono<Bandwidth>> bandwidth = new AtomicReference<>(
			Mono.just(new Bandwidth(1000, 2000, 10.5, 20.5)));

	private IpfsNodeMetrics metrics;

	@BeforeEach
	void setUp() {
		given(this.kubo.swarm()).willReturn(this.swarm);
		given(this.kubo.repo()).willReturn(this.repo);
		given(this.kubo.stats()).willReturn(this.stats);
		Peer tcp = new Peer(Multiaddr.of("/ip4/127.0.0.1/tcp/4001"), PEER, null, null, 0);
		Peer quic = new Peer(Multiaddr.of("/ip4/127.0.0.1/udp/4001/quic-v1"), PEER, null, null, 0);
		given(this.swarm.peers()).willReturn(Mono.just(new Peers(List.of(tcp, quic))));
		given(this.repo.stat()).willReturn(Mono.just(new RepoApi.Stat(123456, 10, 42, null, null)));
		given(this.repo.stat(true)).willReturn(Mono.just(new RepoApi.Stat(123457, 10, 0, null, null)));
		given(this.stats.bandwidth()).willReturn(Mono.defer(this.bandwidth::get));
		this.metrics = new IpfsNodeMetrics(this.kubo, Duration.ofMillis(5), Duration.ofMillis(5));
		this.metrics.bindTo(this.registry);
	}

	@AfterEach
	void close() {
		this.metrics.close();
	}

	@Test
	void figuresAreUnknownBeforeTheNodeIsAsked() {
		assertThat(gauge("ipfs.swarm.peers")).isNaN();
		assertThat(gauge("ipfs.repo.size")).isNaN();
		assertThat(counter("sent")).isZero();
		then(this.swarm).shouldHaveNoInteractions();
	}

	@Test
	void figuresAreThoseOfTheNode() {
		this.metrics.start();
		await().until(() -> gauge("ipfs.repo.size") == 123456);
		await().until(() -> counter("received") == 1000);
		await().until(() -> gauge("ipfs.swarm.peers") == 1);
		assertThat(gauge("ipfs.repo.blocks")).isEqualTo(42);
		assertThat(counter("sent")).isEqualTo(2000);
		assertThat(rate("received")).isEqualTo(10.5);
		assertThat(rate("sent")).isEqualTo(20.5);
	}

	@Test
	void ratesAreUnknownAndTotalsStayWhileTheNodeIsDown() {
		this.metrics.start();
		await().until(() -> rate("sent") == 20.5);
		this.bandwidth.set(Mono.error(new NodeUnreachableException("http://127.0.0.1:1", null)));
		await().until(() -> Double.isNaN(rate("sent")));
		assertThat(counter("sent")).isEqualTo(2000);
		this.bandwidth.set(Mono.just(new Bandwidth(1, 2, 3, 4)));
		await().until(() -> counter("sent") == 2);
	}

	@Test
	void blocksAreNotCountedAgainWhereItTakesTooLong() {
		given(this.repo.stat()).willReturn(Mono.never());
		MeterRegistry registry = new SimpleMeterRegistry();
		VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
		try (IpfsNodeMetrics metrics = new IpfsNodeMetrics(this.kubo, Duration.ofMinutes(1), Duration.ofMinutes(1))) {
			metrics.bindTo(registry);
			metrics.start();
			time.advanceTimeBy(Duration.ofMinutes(5));
			assertThat(registry.get("ipfs.repo.size").gauge().value()).isEqualTo(123457);
			assertThat(registry.get("ipfs.repo.blocks").gauge().value()).isNaN();
		}
		finally {
			VirtualTimeScheduler.reset();
		}
		then(this.repo).should(atLeast(3)).stat(true);
		then(this.repo).should(times(1)).stat();
	}

	@Test
	void stopsAndStartsAgain() {
		this.metrics.start();
		assertThat(this.metrics.isRunning()).isTrue();
		await().until(() -> gauge("ipfs.swarm.peers") == 1);
		this.metrics.stop();
		assertThat(this.metrics.isRunning()).isFalse();
		assertThat(gauge("ipfs.swarm.peers")).isNaN();
		this.metrics.start();
		await().until(() -> gauge("ipfs.swarm.peers") == 1);
	}

	@Test
	void metersAreRemovedOnClose() {
		this.metrics.close();
		assertThat(this.registry.getMeters()).isEmpty();
	}

	@Test
	void prometheusTakesEachMeterWithAndWithoutFigures() {
		PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		prometheus.throwExceptionOnRegistrationFailure();
		this.metrics.bindTo(prometheus);
		assertThat(prometheus.scrape()).contains("ipfs_swarm_peers NaN");
		this.metrics.start();
		await().until(() -> prometheus.scrape().contains("ipfs_swarm_peers 1.0"));
		await().until(() -> prometheus.scrape().contains("ipfs_bandwidth_bytes_total{direction=\"sent\"} 2000.0"));
		await().until(() -> prometheus.scrape().contains("ipfs_repo_size_bytes 123456.0"));
		assertThat(prometheus.scrape()).contains("ipfs_bandwidth_rate_bytes_per_second{direction=\"received\"} 10.5");
	}

	private double gauge(String name) {
		return this.registry.get(name).gauge().value();
	}

	private double rate(String direction) {
		return this.registry.get("ipfs.bandwidth.rate").tags("direction", direction).gauge().value();
	}

	private double counter(String direction) {
		return this.registry.get("ipfs.bandwidth").tags("direction", direction).functionCounter().count();
	}

}
