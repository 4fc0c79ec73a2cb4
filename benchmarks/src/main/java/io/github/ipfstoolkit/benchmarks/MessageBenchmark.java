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

package io.github.ipfstoolkit.benchmarks;

import java.io.DataInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.p2p.SwarmPeerDirectory;
import io.github.ipfstoolkit.p2p.TunnelForward;
import io.github.ipfstoolkit.p2p.TunnelListener;
import io.github.ipfstoolkit.p2p.TunnelOptions;
import io.github.ipfstoolkit.p2p.TunnelStream;
import io.github.ipfstoolkit.p2p.TunnelTemplate;
import io.github.ipfstoolkit.rpc.RpcEndpoint;
import io.github.ipfstoolkit.rpc.http.KuboHttpClient;
import io.github.ipfstoolkit.transmission.Receipt;
import io.github.ipfstoolkit.transmission.ReceiverOptions;
import io.github.ipfstoolkit.transmission.SenderOptions;
import io.github.ipfstoolkit.transmission.TransmissionReceiver;
import io.github.ipfstoolkit.transmission.TransmissionTemplate;
import io.github.ipfstoolkit.transmission.TunnelTransmissionReceivers;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.unit.DataSize;

/**
 * A warm message of 100 bytes, acknowledged, against the same bytes there and back on an
 * open stream of the same tunnel.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class MessageBenchmark {

	private static final int SIZE = 100;

	private final byte[] payload = new byte[SIZE];

	private final byte[] reply = new byte[SIZE];

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private KuboHttpClient alicesClient;

	private KuboHttpClient bobsClient;

	private TunnelTemplate alicesTunnels;

	private TunnelTemplate bobsTunnels;

	private TunnelListener rawListener;

	private TunnelForward rawForward;

	private TunnelStream rawStream;

	private TransmissionReceiver receiver;

	private TransmissionTemplate transmissions;

	private PeerId bob;

	@Setup
	public void open() throws IOException {
		RpcEndpoint alicesEndpoint = RpcEndpoint.of(System.getProperty("benchmark.alice"), null);
		RpcEndpoint bobsEndpoint = RpcEndpoint.of(System.getProperty("benchmark.bob"), null);
		this.alicesClient = new KuboHttpClient(() -> alicesEndpoint);
		this.bobsClient = new KuboHttpClient(() -> bobsEndpoint);
		this.alicesTunnels = tunnels(this.alicesClient, alicesEndpoint);
		this.bobsTunnels = tunnels(this.bobsClient, bobsEndpoint);
		this.bob = this.bobsClient.node().id().block().id();
		this.rawListener = this.bobsTunnels.listen("raw");
		this.threads.execute(this::echo);
		this.rawForward = this.alicesTunnels.forward(this.bob, "raw");
		this.rawStream = this.rawForward.open(Duration.ofSeconds(10));
		this.receiver = new TunnelTransmissionReceivers(this.bobsTunnels, List.of()).open("benchmark",
				new ReceiverOptions(1, 16, DataSize.ofMegabytes(1), Duration.ofSeconds(10), Duration.ofMinutes(1),
						this.threads),
				(transmission) -> transmission.bytes());
		this.transmissions = new TransmissionTemplate(this.alicesTunnels,
				new SwarmPeerDirectory(this.alicesClient, Duration.ofSeconds(10)), SenderOptions.defaults(),
				JsonMapper.builder().build(), List.of());
	}

	private static TunnelTemplate tunnels(KuboHttpClient client, RpcEndpoint endpoint) {
		return new TunnelTemplate(client, () -> endpoint.uri().getHost(), TunnelOptions.defaults());
	}

	private void echo() {
		byte[] buffer = new byte[SIZE];
		try (TunnelStream stream = this.rawListener.accept()) {
			stream.peer();
			DataInputStream input = new DataInputStream(stream.input());
			while (true) {
				input.readFully(buffer);
				stream.output().write(buffer);
			}
		}
		catch (IOException ex) {
			// the benchmark is over
		}
	}

	@TearDown
	public void close() {
		this.rawStream.close();
		this.rawForward.close();
		this.rawListener.close();
		this.transmissions.stop();
		this.receiver.close();
		this.alicesTunnels.stop();
		this.bobsTunnels.stop();
		this.alicesClient.close();
		this.bobsClient.close();
		this.threads.shutdownNow();
	}

	@Benchmark
	public int raw() throws IOException {
		this.rawStream.output().write(this.payload);
		return this.rawStream.input().readNBytes(this.reply, 0, SIZE);
	}

	@Benchmark
	public Receipt message() {
		return this.transmissions.send(this.bob, "benchmark", this.payload);
	}

}
