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

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import io.github.ipfstoolkit.p2p.TunnelForward;
import io.github.ipfstoolkit.p2p.TunnelStream;
import io.github.ipfstoolkit.transmission.Receipt;
import io.github.ipfstoolkit.transmission.Transmission;
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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Messages of 100 bytes of 16 senders at once, against as many raw streams.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Threads(16)
@Fork(1)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 7, time = 2)
public class ConcurrentMessagesBenchmark {

	private static final int SIZE = 100;

	private final byte[] payload = new byte[SIZE];

	private Applications applications;

	private TunnelForward raw;

	@Setup
	public void open() {
		this.applications = new Applications();
		this.applications.receive("benchmark", Transmission::bytes);
		this.raw = this.applications.raw("raw", SIZE);
	}

	@TearDown
	public void close() throws Exception {
		this.applications.close();
	}

	@Benchmark
	public int rawAtOnce(OwnStream own) throws IOException {
		return Applications.roundTrip(own.stream, this.payload);
	}

	@Benchmark
	public Receipt messagesAtOnce() {
		return this.applications.transmissions().send(this.applications.bob(), "benchmark", this.payload);
	}

	/**
	 * The raw stream of one sender.
	 */
	@State(Scope.Thread)
	public static class OwnStream {

		private TunnelStream stream;

		@Setup
		public void open(ConcurrentMessagesBenchmark benchmark) throws IOException {
			this.stream = benchmark.applications.open(benchmark.raw);
		}

	}

}
