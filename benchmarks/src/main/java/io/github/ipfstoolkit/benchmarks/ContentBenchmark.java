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
import java.util.concurrent.TimeUnit;

import io.github.ipfstoolkit.Cid;
import io.github.ipfstoolkit.core.IpfsTemplate;
import io.github.ipfstoolkit.rpc.RpcEndpoint;
import io.github.ipfstoolkit.rpc.Upload;
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

/**
 * Content of 1 GiB read by the toolkit in 64 MB, in turns with the same command given by
 * curl.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx64m")
@Warmup(iterations = 5)
@Measurement(iterations = 7)
public class ContentBenchmark {

	private static final long SIZE = 1024L * 1024 * 1024;

	private KuboHttpClient client;

	private IpfsTemplate ipfs;

	private String url;

	private Cid cid;

	@Setup
	public void publish() throws IOException, InterruptedException {
		RpcEndpoint endpoint = RpcEndpoint.of(System.getProperty("benchmark.alice"), null);
		this.client = new KuboHttpClient(() -> endpoint);
		this.ipfs = new IpfsTemplate(this.client);
		this.cid = this.ipfs.publish(Upload.of(new Numbers(0, SIZE)));
		this.url = endpoint.uri() + "/api/v0/cat?arg=" + this.cid;
		// what the node has written does not go to the disk while it is read
		Program.run("sync");
	}

	@TearDown
	public void close() {
		this.client.close();
	}

	@Benchmark
	public void catInTurns(Turns turns) throws Exception {
		turns.take(1, this::curlCat, this::cat);
	}

	private void curlCat() throws IOException, InterruptedException {
		Program.run("curl", "-sS", "-X", "POST", this.url, "-o", "/dev/null");
	}

	private long cat() throws IOException {
		try (InputStream content = this.ipfs.open(this.cid)) {
			return count(content);
		}
	}

	private static long count(InputStream content) throws IOException {
		byte[] buffer = new byte[64 * 1024];
		long length = 0;
		for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
			length += read;
		}
		if (length != SIZE) {
			throw new IOException("%d bytes instead of %d".formatted(length, SIZE));
		}
		return length;
	}

}
