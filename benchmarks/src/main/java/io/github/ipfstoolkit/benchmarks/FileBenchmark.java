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
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import io.github.ipfstoolkit.p2p.TunnelStream;
import io.github.ipfstoolkit.transmission.file.FileTransferOperations;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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
 * A file of 1 GiB, read, hashed, sent, written to disk and hashed, in turns with as many
 * bytes from memory to memory on an open stream of the same tunnel. Both ends are in one
 * JVM of 128 MB.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx128m")
@Warmup(iterations = 5)
@Measurement(iterations = 7)
public class FileBenchmark {

	private static final int SIZE = 1024 * 1024 * 1024;

	private final byte[] piece = new byte[64 * 1024];

	private final Queue<Path> received = new ConcurrentLinkedQueue<>();

	private Path directory;

	private Path file;

	private Applications applications;

	private TunnelStream stream;

	private FileTransferOperations files;

	@Setup
	public void open() throws IOException, InterruptedException {
		this.directory = Files.createTempDirectory("benchmark-files");
		this.file = this.directory.resolve("file");
		new Random(1).nextBytes(this.piece);
		try (OutputStream output = Files.newOutputStream(this.file)) {
			pump(output);
		}
		this.applications = new Applications();
		this.files = this.applications.receiveFiles("files", this.directory.resolve("received"),
				(received) -> this.received.add(received.path()));
		this.stream = this.applications.open(this.applications.raw("raw-file", SIZE));
		// the file does not go to the disk while it is read
		Program.run("sync");
	}

	private void pump(OutputStream output) throws IOException {
		for (int sent = 0; sent < SIZE; sent += this.piece.length) {
			output.write(this.piece);
		}
	}

	@TearDown(Level.Invocation)
	public void delete() throws IOException {
		for (Path path = this.received.poll(); path != null; path = this.received.poll()) {
			Files.delete(path);
		}
	}

	@TearDown
	public void close() throws Exception {
		this.applications.close();
		FileSystemUtils.deleteRecursively(this.directory);
	}

	@Benchmark
	public void fileInTurns(Turns turns) throws Exception {
		turns.take(1, this::raw, this::file);
	}

	private void raw() throws IOException {
		pump(this.stream.output());
		Applications.roundTrip(this.stream, new byte[0]);
	}

	private void file() {
		this.files.sendFile(this.applications.bob(), "files", this.file);
	}

}
