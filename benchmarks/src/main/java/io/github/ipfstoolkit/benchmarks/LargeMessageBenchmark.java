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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;

import io.github.ipfstoolkit.p2p.TunnelStream;
import io.github.ipfstoolkit.transmission.Receipt;
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

import org.springframework.core.io.ByteArrayResource;

/**
 * A message of 100 MB, read as a stream by its handler, against the same bytes on an open
 * stream of the same tunnel.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3)
@Measurement(iterations = 11)
public class LargeMessageBenchmark {

	private static final int SIZE = 100_000_000;

	private final byte[] payload = new byte[SIZE];

	private Applications applications;

	private TunnelStream stream;

	@Setup
	public void open() throws IOException {
		this.applications = new Applications();
		this.applications.receive("large", (message) -> readAll(message.content()));
		this.stream = this.applications.open(this.applications.raw("raw-large", SIZE));
	}

	private static void readAll(InputStream input) throws IOException {
		byte[] buffer = new byte[64 * 1024];
		while (input.read(buffer) >= 0) {
			// on
		}
	}

	@TearDown
	public void close() throws Exception {
		this.applications.close();
	}

	@Benchmark
	public int rawLarge() throws IOException {
		// in pieces, as a message is
		new ByteArrayInputStream(this.payload).transferTo(this.stream.output());
		return Applications.roundTrip(this.stream, new byte[0]);
	}

	@Benchmark
	public Receipt largeMessage() {
		return this.applications.transmissions()
			.send(this.applications.bob(), "large", new ByteArrayResource(this.payload));
	}

}
