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
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import io.github.ipfstoolkit.Cid;
import io.github.ipfstoolkit.node.executable.ExecutableLocator;
import io.github.ipfstoolkit.rpc.RpcEndpoint;
import io.github.ipfstoolkit.rpc.cli.KuboCliClient;
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
 * A small command through the backend that runs the executable, against the executable
 * alone.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx64m")
@Warmup(iterations = 10)
@Measurement(iterations = 40)
public class ExecutableBenchmark {

	private static final Cid EMPTY = Cid.of("bafkqaaa");

	private Path executable;

	private String address;

	private KuboCliClient client;

	@Setup
	public void locate() {
		RpcEndpoint endpoint = RpcEndpoint.of(System.getProperty("benchmark.alice"), null);
		this.executable = ExecutableLocator.builder().provision(true).build().locate().path();
		this.address = "/ip4/%s/tcp/%d".formatted(endpoint.uri().getHost(), endpoint.uri().getPort());
		this.client = KuboCliClient.builder(() -> this.executable, () -> endpoint).build();
	}

	@TearDown
	public void close() {
		this.client.close();
	}

	@Benchmark
	public long throughExecutable() {
		return this.client.block().stat(EMPTY).block().size();
	}

	@Benchmark
	public long executableAlone() throws IOException, InterruptedException {
		ProcessBuilder builder = new ProcessBuilder(this.executable.toString(), "--api=" + this.address, "block",
				"stat", "--enc=json", EMPTY.toString())
			.redirectError(ProcessBuilder.Redirect.INHERIT);
		builder.environment().put("IPFS_TELEMETRY", "off");
		Process process = builder.start();
		process.getOutputStream().close();
		long length = process.getInputStream().readAllBytes().length;
		if (process.waitFor() != 0) {
			throw new IOException("the executable has failed");
		}
		return length;
	}

}
