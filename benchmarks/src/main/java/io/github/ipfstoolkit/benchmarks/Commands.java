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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

import io.github.ipfstoolkit.Cid;
import io.github.ipfstoolkit.rpc.BlockApi;
import io.github.ipfstoolkit.rpc.NodeApi;
import io.github.ipfstoolkit.rpc.RpcEndpoint;
import io.github.ipfstoolkit.rpc.Upload;
import io.github.ipfstoolkit.rpc.http.KuboHttpClient;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Small commands given to Alice's node by the toolkit, and by the JVM's own HTTP client,
 * which leaves the replies as they are; in 64 MB.
 */
@State(Scope.Benchmark)
@Fork(value = 1, jvmArgsAppend = { "-Xmx64m", Commands.RETRIES })
public abstract class Commands {

	/**
	 * The JVM's client now and then closes a connection of its pool at the moment at
	 * which a request takes it: "connection closed locally". It repeats what is not sent
	 * yet, a POST only if told so; without, a run of many threads ends with it.
	 */
	static final String RETRIES = "-Djdk.httpclient.enableAllMethodRetry=true";

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private KuboHttpClient client;

	private Cid block;

	private HttpRequest idRequest;

	private HttpRequest blockStatRequest;

	@Setup
	public void open() {
		RpcEndpoint endpoint = RpcEndpoint.of(System.getProperty("benchmark.alice"), null);
		this.client = new KuboHttpClient(() -> endpoint);
		this.block = this.client.block().put(Upload.of("a block".getBytes(StandardCharsets.US_ASCII))).block().cid();
		this.idRequest = request(endpoint, "id");
		this.blockStatRequest = request(endpoint, "block/stat?arg=" + this.block);
	}

	private static HttpRequest request(RpcEndpoint endpoint, String command) {
		return HttpRequest.newBuilder(URI.create(endpoint.uri() + "/api/v0/" + command))
			.POST(HttpRequest.BodyPublishers.noBody())
			.build();
	}

	@TearDown
	public void close() {
		this.client.close();
	}

	byte[] plainId() throws IOException, InterruptedException {
		return send(this.idRequest);
	}

	NodeApi.Identity id() {
		return this.client.node().id().block();
	}

	byte[] plainBlockStat() throws IOException, InterruptedException {
		return send(this.blockStatRequest);
	}

	BlockApi.Block blockStat() {
		return this.client.block().stat(this.block).block();
	}

	private byte[] send(HttpRequest request) throws IOException, InterruptedException {
		HttpResponse<byte[]> response = this.http.send(request, HttpResponse.BodyHandlers.ofByteArray());
		if (response.statusCode() != 200) {
			throw new IOException("Status " + response.statusCode());
		}
		return response.body();
	}

}
