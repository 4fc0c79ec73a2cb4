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

import io.github.ipfstoolkit.rpc.BlockApi;
import io.github.ipfstoolkit.rpc.NodeApi;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * 64 small commands at the same time, against plain HTTP without decoding.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Threads(64)
@Warmup(iterations = 8, time = 5)
@Measurement(iterations = 7, time = 2)
public class ConcurrentCommandsBenchmark extends Commands {

	@Benchmark
	@Override
	public byte[] plainId() throws IOException, InterruptedException {
		return super.plainId();
	}

	@Benchmark
	@Override
	public NodeApi.Identity id() {
		return super.id();
	}

	@Benchmark
	@Override
	public byte[] plainBlockStat() throws IOException, InterruptedException {
		return super.plainBlockStat();
	}

	@Benchmark
	@Override
	public BlockApi.Block blockStat() {
		return super.blockStat();
	}

}
