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

package io.github.ipfstoolkit.core;

import io.github.ipfstoolkit.ContentPath;
import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.rpc.KeyApi.GenOptions;
import io.github.ipfstoolkit.rpc.KeyApi.Key;
import io.github.ipfstoolkit.rpc.NameApi.PublishOptions;
import io.github.ipfstoolkit.rpc.NameApi.ResolveOptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Keys and the names that are published under them (IPNS), for reactive applications.
 *
 * @since 0.1.0
 * @see NameOperations
 */
public interface ReactiveNameOperations {

	/**
	 * Creates a key, under whose identity a name can be published.
	 * @param name what the key is called on this node
	 * @param options how to create it
	 * @return the key
	 */
	Mono<Key> createKey(String name, GenOptions options);

	/**
	 * Lists the node's keys, its own among them.
	 * @return the keys
	 */
	Flux<Key> keys();

	/**
	 * Removes a key. The records published with it stay valid until they run out.
	 * @param name what it is called
	 * @return completes when it is removed
	 */
	Mono<Void> removeKey(String name);

	/**
	 * Publishes what a name stands for.
	 * @param content the content
	 * @param options which key, and how long the record is valid
	 * @return the key's identity, the name under which the content is found
	 */
	Mono<PeerId> publishName(ContentPath content, PublishOptions options);

	/**
	 * Looks up what a name stands for.
	 * @param name the name, such as {@code /ipns/k51…} or {@code /ipns/example.org}
	 * @return the content
	 */
	default Mono<ContentPath> resolveName(ContentPath name) {
		return resolveName(name, ResolveOptions.defaults());
	}

	/**
	 * Looks up what a name stands for.
	 * @param name the name, such as {@code /ipns/k51…} or {@code /ipns/example.org}
	 * @param options whether the node's cache is left out, and how to look for records
	 * @return the content
	 */
	Mono<ContentPath> resolveName(ContentPath name, ResolveOptions options);

	/**
	 * Looks up the newest record of a name, and checks it.
	 * @param name the key's identity
	 * @return the record
	 */
	Mono<NameRecord> nameRecord(PeerId name);

}
