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
import org.openjdk.jmh.annotations.Warmup;

/**
 * A warm message of 100 bytes, acknowledged, against the same bytes and acknowledgement
 * on an open stream of the same tunnel.
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

	private Applications applications;

	private TunnelStream stream;

	@Setup
	public void open() throws IOException {
		this.applications = new Applications();
		this.applications.receive("benchmark", Transmission::bytes);
		this.stream = this.applications.open(this.applications.raw("raw", SIZE));
	}

	@TearDown
	public void close() throws Exception {
		this.applications.close();
	}

	@Benchmark
	public int raw() throws IOException {
		return Applications.roundTrip(this.stream, this.payload);
	}

	@Benchmark
	public Receipt message() {
		return this.applications.transmissions().send(this.applications.bob(), "benchmark", this.payload);
	}

}
