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

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import io.github.ipfstoolkit.Cid;
import io.github.ipfstoolkit.ContentPath;
import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.rpc.ContentApi.AddOptions;
import io.github.ipfstoolkit.rpc.ContentApi.CatOptions;
import io.github.ipfstoolkit.rpc.DagApi.ExportOptions;
import io.github.ipfstoolkit.rpc.DagApi.ImportOptions;
import io.github.ipfstoolkit.rpc.KeyApi.GenOptions;
import io.github.ipfstoolkit.rpc.KeyApi.Key;
import io.github.ipfstoolkit.rpc.Kubo;
import io.github.ipfstoolkit.rpc.NameApi.PublishOptions;
import io.github.ipfstoolkit.rpc.NameApi.ResolveOptions;
import io.github.ipfstoolkit.rpc.PinApi;
import io.github.ipfstoolkit.rpc.Upload;
import reactor.core.publisher.Mono;

import org.springframework.util.unit.DataSize;

/**
 * {@link IpfsOperations} on the RPC API: waits for what {@link ReactiveIpfsTemplate}
 * does. How long is up to the time-outs of the RPC client, which know each command. Safe
 * for use by several threads.
 *
 * @since 0.1.0
 */
public class IpfsTemplate implements IpfsOperations {

	/**
	 * How much content is read into memory at most, unless set otherwise.
	 */
	public static final DataSize DEFAULT_MAX_IN_MEMORY_SIZE = DataSize.ofMegabytes(16);

	private final Kubo kubo;

	private final ReactiveIpfsTemplate reactive;

	/**
	 * Creates a template that reads up to {@link #DEFAULT_MAX_IN_MEMORY_SIZE} into
	 * memory.
	 * @param kubo the RPC API
	 */
	public IpfsTemplate(Kubo kubo) {
		this(kubo, DEFAULT_MAX_IN_MEMORY_SIZE);
	}

	/**
	 * Creates a template.
	 * @param kubo the RPC API
	 * @param maxInMemorySize how much content is read into memory at most: up to 2 GiB
	 */
	public IpfsTemplate(Kubo kubo, DataSize maxInMemorySize) {
		this.kubo = kubo;
		this.reactive = new ReactiveIpfsTemplate(kubo, maxInMemorySize);
	}

	@Override
	public Cid publish(Upload upload, AddOptions options) {
		return await(this.reactive.publish(upload, options));
	}

	@Override
	public List<Cid> publishAll(Collection<Upload> uploads, AddOptions options) {
		return await(this.reactive.publishAll(uploads, options).collectList());
	}

	@Override
	public Cid predictCid(Upload upload, AddOptions options) {
		return await(this.reactive.predictCid(upload, options));
	}

	@Override
	public InputStream open(ContentPath path, CatOptions options) {
		return ContentStream.of(await(this.kubo.content().catResponse(path.toPath(), options)));
	}

	@Override
	public byte[] read(ContentPath path, CatOptions options) {
		return await(this.reactive.read(path, options));
	}

	@Override
	public String readText(ContentPath path, CatOptions options) {
		return new String(read(path, options), StandardCharsets.UTF_8);
	}

	@Override
	public void download(ContentPath path, Path target, DownloadOptions options) {
		new Download(path.toPath(), target, options)
			.extract(() -> ContentStream.of(await(this.reactive.archive(path, options))));
	}

	@Override
	public InputStream openCar(ContentPath path, ExportOptions options) {
		return ContentStream.of(await(this.kubo.dag().exportResponse(path.toPath(), options)));
	}

	@Override
	public void exportCar(ContentPath path, Path target, DownloadOptions options) {
		new Download(path.toPath(), target, options)
			.keep(() -> ContentStream.of(await(this.reactive.carArchive(path, options))));
	}

	@Override
	public List<Cid> importCar(Upload car, ImportOptions options) {
		return await(this.reactive.importCar(car, options).collectList());
	}

	@Override
	public void pin(ContentPath path, PinApi.AddOptions options) {
		this.reactive.pin(path, options).block();
	}

	@Override
	public void unpin(ContentPath path) {
		this.reactive.unpin(path).block();
	}

	@Override
	public void remove(ContentPath path) {
		this.reactive.remove(path).block();
	}

	@Override
	public List<PinApi.Pin> pins() {
		return await(this.reactive.pins().collectList());
	}

	@Override
	public List<PeerId> findProviders(Cid cid, int max) {
		return await(this.reactive.findProviders(cid, max).collectList());
	}

	@Override
	public Key createKey(String name, GenOptions options) {
		return await(this.reactive.createKey(name, options));
	}

	@Override
	public List<Key> keys() {
		return await(this.reactive.keys().collectList());
	}

	@Override
	public void removeKey(String name) {
		this.reactive.removeKey(name).block();
	}

	@Override
	public PeerId publishName(ContentPath content, PublishOptions options) {
		return await(this.reactive.publishName(content, options));
	}

	@Override
	public ContentPath resolveName(ContentPath name, ResolveOptions options) {
		return await(this.reactive.resolveName(name, options));
	}

	@Override
	public NameRecord nameRecord(PeerId name) {
		return await(this.reactive.nameRecord(name));
	}

	@Override
	public PeerId peerId() {
		return await(this.reactive.peerId());
	}

	@Override
	public List<Multiaddr> addresses() {
		return await(this.reactive.addresses().collectList());
	}

	@Override
	public boolean isRunning() {
		return await(this.reactive.isRunning());
	}

	@Override
	public void waitUntilRunning(Duration timeout) {
		this.reactive.waitUntilRunning(timeout).block();
	}

	@Override
	public List<PeerId> peers() {
		return await(this.reactive.peers().collectList());
	}

	@Override
	public List<Multiaddr> peerAddresses(PeerId peer) {
		return await(this.reactive.peerAddresses(peer).collectList());
	}

	@Override
	public List<Multiaddr> findPeer(PeerId peer) {
		return await(this.reactive.findPeer(peer).collectList());
	}

	@Override
	public void connect(Multiaddr address) {
		this.reactive.connect(address).block();
	}

	@Override
	public void disconnect(PeerId peer) {
		this.reactive.disconnect(peer).block();
	}

	@Override
	public boolean isConnected(PeerId peer) {
		return await(this.reactive.isConnected(peer));
	}

	@Override
	public Optional<Duration> ping(PeerId peer, int count) {
		return this.reactive.ping(peer, count).blockOptional();
	}

	@Override
	public void addSwarmFilter(Multiaddr filter) {
		this.reactive.addSwarmFilter(filter).block();
	}

	@Override
	public void removeSwarmFilter(Multiaddr filter) {
		this.reactive.removeSwarmFilter(filter).block();
	}

	@Override
	public List<Multiaddr> swarmFilters() {
		return await(this.reactive.swarmFilters().collectList());
	}

	private static <T> T await(Mono<T> value) {
		return value.blockOptional().orElseThrow(() -> new IpfsException("The node's reply is empty"));
	}

}
