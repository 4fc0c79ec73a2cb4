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
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.ipfstoolkit.node.ManagedIpfsNode;
import io.github.ipfstoolkit.node.NodeNetwork;
import io.github.ipfstoolkit.node.executable.ExecutableLocator;
import io.github.ipfstoolkit.rpc.http.KuboHttpClient;

import org.springframework.util.FileSystemUtils;

/**
 * Two connected nodes on loopback, Alice's and Bob's. The benchmarks' own processes find
 * them by system properties.
 */
final class Nodes implements AutoCloseable {

	/**
	 * Names the system property with the path of Kubo's executable.
	 */
	static final String EXECUTABLE = "benchmark.executable";

	private final Path executable;

	private final Path directory;

	private final ManagedIpfsNode alice;

	private final ManagedIpfsNode bob;

	Nodes(ExecutableLocator executable) throws IOException {
		this.executable = executable.locate().path();
		this.directory = Files.createTempDirectory("benchmark");
		this.alice = node(executable, "alice");
		this.bob = node(executable, "bob");
		try (KuboHttpClient alicesClient = new KuboHttpClient(this.alice::endpoint);
				KuboHttpClient bobsClient = new KuboHttpClient(this.bob::endpoint)) {
			var address = bobsClient.node().id().block().addresses().get(0);
			alicesClient.swarm().connect(address).block();
		}
	}

	private ManagedIpfsNode node(ExecutableLocator executable, String name) {
		return ManagedIpfsNode.builder(this.directory.resolve(name))
			.executable(executable)
			.network(NodeNetwork.LOCAL)
			.build();
	}

	/**
	 * Returns the arguments by which a benchmark's process finds the nodes.
	 */
	String[] jvmArguments() {
		return new String[] { "-Dbenchmark.alice=" + this.alice.endpoint(), "-Dbenchmark.bob=" + this.bob.endpoint(),
				"-D" + EXECUTABLE + "=" + this.executable };
	}

	@Override
	public void close() throws IOException {
		this.alice.stop();
		this.bob.stop();
		FileSystemUtils.deleteRecursively(this.directory);
	}

}
