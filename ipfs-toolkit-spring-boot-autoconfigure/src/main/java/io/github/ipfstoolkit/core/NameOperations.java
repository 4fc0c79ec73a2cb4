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

import java.util.List;

import io.github.ipfstoolkit.ContentPath;
import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.rpc.KeyApi.GenOptions;
import io.github.ipfstoolkit.rpc.KeyApi.Key;
import io.github.ipfstoolkit.rpc.NameApi.PublishOptions;
import io.github.ipfstoolkit.rpc.NameApi.ResolveOptions;

/**
 * Names for content that changes (IPNS). Part of {@link IpfsOperations}. Content is read
 * by name like any other: {@code open(ContentPath.ipns(id))}.
 * <p>
 * Methods block until the node has answered and throw
 * {@link io.github.ipfstoolkit.IpfsException} where it could not do what was asked for.
 *
 * @since 0.1.0
 */
public interface NameOperations {

	/**
	 * Makes a key, whose identity is a name for content.
	 * @param name what the key is called on this node
	 * @return the key
	 */
	default Key createKey(String name) {
		return createKey(name, GenOptions.defaults());
	}

	/**
	 * Makes a key, whose identity is a name for content.
	 * @param name what the key is called on this node
	 * @param options which kind of key
	 * @return the key
	 */
	Key createKey(String name, GenOptions options);

	/**
	 * Lists the node's keys.
	 * @return the keys; the one that is called {@code self} is the node's identity
	 */
	List<Key> keys();

	/**
	 * Removes a key for ever. Its name can no longer be given other content.
	 * @param name what the key is called on this node
	 */
	void removeKey(String name);

	/**
	 * Lets a key's name lead to content.
	 * @param key what the key is called on this node
	 * @param content the content, such as what {@code publish} has returned
	 * @return the key's identity, for {@link ContentPath#ipns(PeerId)}
	 */
	default PeerId publishName(String key, ContentPath content) {
		return publishName(content, PublishOptions.defaults().key(key));
	}

	/**
	 * Lets a key's name lead to content. Lifetime and TTL count also where the name leads
	 * to the same content already.
	 * @param content the content, such as what {@code publish} has returned
	 * @param options which key, how long the record is valid and may be cached, whether
	 * it is no error that the node has no connections
	 * @return the key's identity, for {@link ContentPath#ipns(PeerId)}
	 */
	PeerId publishName(ContentPath content, PublishOptions options);

	/**
	 * Follows a name to the content that it leads to.
	 * @param name the name, such as {@code /ipns/k51…} or {@code /ipns/example.org}
	 * @return the content
	 */
	default ContentPath resolveName(ContentPath name) {
		return resolveName(name, ResolveOptions.defaults());
	}

	/**
	 * Follows a name to the content that it leads to.
	 * @param name the name, such as {@code /ipns/k51…} or {@code /ipns/example.org}
	 * @param options whether the node's cache is left out, and how to look for records
	 * @return the content
	 */
	ContentPath resolveName(ContentPath name, ResolveOptions options);

	/**
	 * Fetches the record that lets a name lead to content: tells until when it is valid.
	 * Needs Kubo 0.40 or newer.
	 * @param name the key's identity
	 * @return the record
	 * @throws io.github.ipfstoolkit.IpfsException if there is none, or it is not valid
	 */
	NameRecord nameRecord(PeerId name);

}
