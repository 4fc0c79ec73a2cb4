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
package io.github.ipfstoolkit.documentation;

import java.nio.file.Path;
import java.util.List;

import io.github.ipfstoolkit.Cid;
import io.github.ipfstoolkit.ContentPath;
import io.github.ipfstoolkit.core.IpfsOperations;
import io.github.ipfstoolkit.rpc.CallOptions;
import io.github.ipfstoolkit.rpc.ContentApi;
import io.github.ipfstoolkit.rpc.ContentApi.AddOptions;
import io.github.ipfstoolkit.rpc.FilesApi.WriteOptions;
import io.github.ipfstoolkit.rpc.Kubo;
import io.github.ipfstoolkit.rpc.SwarmApi;
import io.github.ipfstoolkit.rpc.SwarmApi.PeersOptions;
import io.github.ipfstoolkit.rpc.Upload;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.stereotype.Component;

/**
 * Examples of everyday operations and of the RPC API.
 */
final class ApiExamples {

	private ApiExamples() {
	}

	// tag::everyday[]
	@Component
	class Library {

		private final IpfsOperations ipfs;

		Library(IpfsOperations ipfs) {
			this.ipfs = ipfs;
		}

		Cid publish(Path book) {
			return this.ipfs.publish(book);
		}

		String read(Cid book, String page) {
			return this.ipfs.readText(book.resolve(page));
		}

		void keep(String book, Path copy) {
			ContentPath path = ContentPath.of(book);
			this.ipfs.pin(path);
			this.ipfs.download(path, copy);
		}

	}
	// end::everyday[]

	// tag::commands[]
	Mono<Cid> addRaw(Kubo kubo, Path file) {
		AddOptions options = AddOptions.defaults().cidVersion(1).rawLeaves(true).pin(false);
		return kubo.content().add(Upload.of(file), options).last().mapNotNull(ContentApi.Added::cid);
	}

	Flux<String> latencies(Kubo kubo) {
		return kubo.swarm()
			.peers(PeersOptions.defaults().latency(true))
			.flatMapIterable(SwarmApi.Peers::peers)
			.map((peer) -> peer.peer() + ": " + peer.latency());
	}

	Mono<Void> writeToMfs(Kubo kubo, Path file) {
		return kubo.files()
			.write("/notes/" + file.getFileName(), Upload.of(file), WriteOptions.defaults().create(true).parents(true));
	}
	// end::commands[]

	// tag::command-by-name[]
	Flux<JsonNode> newCommand(Kubo kubo, String argument) {
		CallOptions options = CallOptions.defaults().set("some-option", true);
		return kubo.call("some/command", List.of(argument), options, null, JsonNode.class);
	}
	// end::command-by-name[]

}
