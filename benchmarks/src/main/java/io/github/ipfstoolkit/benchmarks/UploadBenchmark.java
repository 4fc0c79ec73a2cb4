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
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import io.github.ipfstoolkit.core.IpfsTemplate;
import io.github.ipfstoolkit.rpc.RpcEndpoint;
import io.github.ipfstoolkit.rpc.http.KuboHttpClient;
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

import org.springframework.util.FileSystemUtils;

/**
 * A file of 1 GiB and a directory of 10,000 files of 4 KiB published by the toolkit in 64
 * MB, in turns with {@code curl -F} and {@code ipfs add}. The node has the content
 * already from the warm-up, so that its disk takes the smaller part of the time.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx64m")
@Warmup(iterations = 5)
@Measurement(iterations = 7)
public class UploadBenchmark {

	private static final long SIZE = 1024L * 1024 * 1024;

	private static final int FILES = 10_000;

	private static final int FILE_SIZE = 4096;

	private Path directory;

	private Path file;

	private Path files;

	private KuboHttpClient client;

	private IpfsTemplate ipfs;

	private String url;

	private String api;

	@Setup
	public void open() throws IOException {
		this.directory = Files.createTempDirectory("benchmark-upload");
		this.file = this.directory.resolve("file");
		try (InputStream numbers = new Numbers(0, SIZE)) {
			Files.copy(numbers, this.file);
		}
		this.files = Files.createDirectory(this.directory.resolve("files"));
		for (int i = 0; i < FILES; i++) {
			try (InputStream numbers = new Numbers(SIZE + (long) i * FILE_SIZE, FILE_SIZE)) {
				Files.copy(numbers, this.files.resolve("file-" + i));
			}
		}
		RpcEndpoint endpoint = RpcEndpoint.of(System.getProperty("benchmark.alice"), null);
		this.client = new KuboHttpClient(() -> endpoint);
		this.ipfs = new IpfsTemplate(this.client);
		this.url = endpoint.uri() + "/api/v0/add?progress=false";
		this.api = "/ip4/%s/tcp/%d".formatted(endpoint.uri().getHost(), endpoint.uri().getPort());
	}

	@TearDown
	public void close() throws IOException {
		this.client.close();
		FileSystemUtils.deleteRecursively(this.directory);
	}

	@Benchmark
	public void addInTurns(Turns turns) throws Exception {
		turns.take(1, this::curlAdd, () -> this.ipfs.publish(this.file));
	}

	private void curlAdd() throws IOException, InterruptedException {
		Program.run("curl", "-sS", "-F", "file=@" + this.file, this.url);
	}

	@Benchmark
	public void addDirectoryInTurns(Turns turns) throws Exception {
		turns.take(1, this::executableAddDirectory, () -> this.ipfs.publish(this.files));
	}

	private void executableAddDirectory() throws IOException, InterruptedException {
		Program.run(System.getProperty(Nodes.EXECUTABLE), "--api", this.api, "add", "-r", "-Q", this.files.toString());
	}

}
