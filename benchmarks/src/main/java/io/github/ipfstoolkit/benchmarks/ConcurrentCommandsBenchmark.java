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
 * 64 small commands at the same time, against plain HTTP without decoding, in 64 MB.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Threads(64)
@Fork(value = 1, jvmArgsAppend = "-Xmx64m")
@Warmup(iterations = 8, time = 5)
@Measurement(iterations = 7, time = 2)
public class ConcurrentCommandsBenchmark {

	private Commands commands;

	@Setup
	public void open() {
		this.commands = new Commands();
	}

	@TearDown
	public void close() {
		this.commands.close();
	}

	@Benchmark
	public byte[] plainIdAtOnce() throws IOException, InterruptedException {
		return this.commands.plainId();
	}

	@Benchmark
	public NodeApi.Identity idAtOnce() {
		return this.commands.id();
	}

	@Benchmark
	public byte[] plainBlockStatAtOnce() throws IOException, InterruptedException {
		return this.commands.plainBlockStat();
	}

	@Benchmark
	public BlockApi.Block blockStatAtOnce() {
		return this.commands.blockStat();
	}

}
