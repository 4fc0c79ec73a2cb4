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

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.ipfstoolkit.Cid;
import io.github.ipfstoolkit.ContentPath;
import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.IpfsTimeoutException;
import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.rpc.CommandFailedException;
import io.github.ipfstoolkit.rpc.ContentApi.AddOptions;
import io.github.ipfstoolkit.rpc.ContentApi.Added;
import io.github.ipfstoolkit.rpc.ContentApi.CatOptions;
import io.github.ipfstoolkit.rpc.ContentApi.GetOptions;
import io.github.ipfstoolkit.rpc.KeyApi.GenOptions;
import io.github.ipfstoolkit.rpc.KeyApi.Key;
import io.github.ipfstoolkit.rpc.Kubo;
import io.github.ipfstoolkit.rpc.NameApi;
import io.github.ipfstoolkit.rpc.NameApi.PublishOptions;
import io.github.ipfstoolkit.rpc.NameApi.ResolveOptions;
import io.github.ipfstoolkit.rpc.NodeApi;
import io.github.ipfstoolkit.rpc.PinApi;
import io.github.ipfstoolkit.rpc.RoutingApi.QueryEvent;
import io.github.ipfstoolkit.rpc.RpcException;
import io.github.ipfstoolkit.rpc.SwarmApi;
import io.github.ipfstoolkit.rpc.Upload;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * {@link IpfsOperations} on the RPC API. Safe for use by several threads.
 *
 * @since 0.1.0
 */
public class IpfsTemplate implements IpfsOperations {

	/**
	 * How much content is read into memory at most, unless set otherwise.
	 */
	public static final DataSize DEFAULT_MAX_IN_MEMORY_SIZE = DataSize.ofMegabytes(16);

	private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

	private final Kubo kubo;

	private final int maxInMemorySize;

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
		Assert.isTrue(maxInMemorySize.toBytes() > 0, "'maxInMemorySize' must be positive");
		this.kubo = kubo;
		this.maxInMemorySize = (int) Math.min(maxInMemorySize.toBytes(), Integer.MAX_VALUE - 16);
	}

	@Override
	public Cid publish(Upload upload, AddOptions options) {
		return await("add", this.kubo.content().add(upload, options).mapNotNull(Added::cid).takeLast(1).next());
	}

	@Override
	public Cid predictCid(Upload upload, AddOptions options) {
		return publish(upload, options.onlyHash(true).pin(false));
	}

	@Override
	public InputStream open(ContentPath path, CatOptions options) {
		return ContentStream.of(await("cat", this.kubo.content().catResponse(path.toPath(), options)));
	}

	@Override
	public byte[] read(ContentPath path, CatOptions options) {
		try (ContentStream stream = ContentStream
			.of(await("cat", this.kubo.content().catResponse(path.toPath(), options)))) {
			if (stream.length() <= this.maxInMemorySize) {
				byte[] content = stream.readNBytes(this.maxInMemorySize);
				if (content.length < this.maxInMemorySize || stream.read() < 0) {
					return content;
				}
			}
			throw new ContentTooLargeException(path.toPath(), this.maxInMemorySize);
		}
		catch (IOException ex) {
			if (ex.getCause() instanceof IpfsException failure) {
				throw failure;
			}
			throw new IpfsException("Cannot read %s: %s".formatted(path.toPath(), ex.getMessage()), ex);
		}
	}

	@Override
	public String readText(ContentPath path, CatOptions options) {
		return new String(read(path, options), StandardCharsets.UTF_8);
	}

	@Override
	public void download(ContentPath path, Path target, DownloadOptions options) {
		GetOptions get = options.offline() ? GetOptions.defaults().offline(true) : GetOptions.defaults();
		new Download(path.toPath(), target, options)
			.run(() -> ContentStream.of(await("get", this.kubo.content().getResponse(path.toPath(), get))));
	}

	@Override
	public void pin(ContentPath path, PinApi.AddOptions options) {
		this.kubo.pin().add(path.toPath(), options).blockLast();
	}

	@Override
	public void unpin(ContentPath path) {
		this.kubo.pin().rm(path.toPath()).block();
	}

	@Override
	public void remove(ContentPath path) {
		unpin(path);
		this.kubo.repo().gc().blockLast();
	}

	@Override
	public List<PinApi.Pin> pins() {
		PinApi.LsOptions named = PinApi.LsOptions.defaults().names(true);
		return await("pin/ls",
				Flux.concat(this.kubo.pin().ls(named.type("recursive")), this.kubo.pin().ls(named.type("direct")))
					.collectList());
	}

	@Override
	public List<PeerId> findProviders(Cid cid, int max) {
		Assert.isTrue(max > 0, "'max' must be positive");
		return await("routing/findprovs",
				this.kubo.routing()
					.findProviders(cid, max)
					.filter((event) -> event.type() == QueryEvent.PROVIDER)
					.flatMapIterable(QueryEvent::responses)
					.map((provider) -> provider.id())
					.distinct()
					.collectList());
	}

	@Override
	public Key createKey(String name, GenOptions options) {
		return await("key/gen", this.kubo.key().gen(name, options));
	}

	@Override
	public List<Key> keys() {
		return await("key/ls", this.kubo.key().ls()).keys();
	}

	@Override
	public void removeKey(String name) {
		this.kubo.key().rm(name).block();
	}

	@Override
	public PeerId publishName(ContentPath content, PublishOptions options) {
		return await("name/publish", this.kubo.name().publish(content.toPath(), effective(content, options))).name();
	}

	/**
	 * Gives a record that only changes lifetime or TTL a number of its own: with the same
	 * number, the one that is valid longer counts, and Kubo would keep the older one
	 * without a word.
	 */
	private PublishOptions effective(ContentPath content, PublishOptions options) {
		boolean changed = options.isSet("lifetime") || options.isSet("ttl");
		if (!changed || options.isSet("sequence")) {
			return options;
		}
		String keyName = options.value("key").orElse("self");
		return keys().stream()
			.filter((key) -> key.name().equals(keyName) || key.id().toIpnsName().equals(keyName))
			.findFirst()
			.flatMap((key) -> currentRecord(key.id()))
			.filter((record) -> record.value().toPath().equals(content.toPath()))
			.map((record) -> options.sequence(record.sequence() + 1))
			.orElse(options);
	}

	private Optional<NameRecord> currentRecord(PeerId name) {
		try {
			byte[] record = await("name/get", this.kubo.name().get(name.toIpnsName(), true));
			return Optional.of(inspect(name, record));
		}
		catch (CommandFailedException ex) {
			return Optional.empty(); // published for the first time, or run out
		}
	}

	@Override
	public ContentPath resolveName(ContentPath name, ResolveOptions options) {
		return ContentPath.of(await("name/resolve", this.kubo.name().resolve(name.toPath(), options).last()).path());
	}

	@Override
	public NameRecord nameRecord(PeerId name) {
		return inspect(name, await("name/get", this.kubo.name().get(name.toIpnsName())));
	}

	private NameRecord inspect(PeerId name, byte[] record) {
		NameApi.Inspected inspected = await("name/inspect",
				this.kubo.name().inspect(Upload.of(record), name.toIpnsName()));
		NameApi.Validation validation = inspected.validation();
		if (validation == null || !validation.valid()) {
			throw new IpfsException("The record of %s is not valid: %s".formatted(name.toIpnsName(),
					(validation != null) ? validation.reason() : "the node did not check it"));
		}
		NameApi.Entry entry = inspected.entry();
		return new NameRecord(ContentPath.of(entry.value()), entry.validity(), Duration.ofNanos(entry.ttl()),
				entry.sequence());
	}

	@Override
	public PeerId peerId() {
		return identity().id();
	}

	@Override
	public List<Multiaddr> addresses() {
		return identity().addresses();
	}

	private NodeApi.Identity identity() {
		return await("id", this.kubo.node().id());
	}

	@Override
	public boolean isRunning() {
		try {
			this.kubo.node().version().block();
			return true;
		}
		catch (RpcException ex) {
			throw ex;
		}
		catch (IpfsException ex) {
			return false;
		}
	}

	@Override
	public void waitUntilRunning(Duration timeout) {
		this.kubo.node()
			.version()
			.retryWhen(Retry.fixedDelay(Long.MAX_VALUE, POLL_INTERVAL).filter((ex) -> !(ex instanceof RpcException)))
			.timeout(timeout, Mono.error(() -> new IpfsTimeoutException("Waiting for the node", timeout, null)))
			.block();
	}

	@Override
	public List<PeerId> peers() {
		return connections().map(SwarmApi.Peer::peer).distinct().toList();
	}

	private Stream<SwarmApi.Peer> connections() {
		return await("swarm/peers", this.kubo.swarm().peers()).peers().stream();
	}

	@Override
	public List<Multiaddr> peerAddresses(PeerId peer) {
		Stream<Multiaddr> connected = connections().filter((connection) -> connection.peer().equals(peer))
			.map(SwarmApi.Peer::address);
		Stream<Multiaddr> known = await("swarm/addrs", this.kubo.swarm().addresses()).addresses()
			.getOrDefault(peer, List.of())
			.stream();
		return withPeerId(Stream.concat(connected, known), peer);
	}

	@Override
	public List<Multiaddr> findPeer(PeerId peer) {
		try {
			List<Multiaddr> found = await("routing/findpeer",
					this.kubo.routing()
						.findPeer(peer)
						.filter((event) -> event.type() == QueryEvent.FINAL_PEER)
						.flatMapIterable(QueryEvent::responses)
						.flatMapIterable((response) -> response.addresses())
						.collectList());
			return withPeerId(found.stream(), peer);
		}
		catch (CommandFailedException ex) {
			if (ex.getError() != null && ex.getError().message().contains("routing: not found")) {
				return List.of();
			}
			throw ex;
		}
	}

	private static List<Multiaddr> withPeerId(Stream<Multiaddr> addresses, PeerId peer) {
		return addresses.map((address) -> address.withPeerId(peer)).distinct().toList();
	}

	@Override
	public void connect(Multiaddr address) {
		this.kubo.swarm().connect(address).block();
	}

	@Override
	public void disconnect(PeerId peer) {
		this.kubo.swarm().disconnect(Multiaddr.of("/p2p/" + peer)).block();
	}

	@Override
	public boolean isConnected(PeerId peer) {
		return connections().anyMatch((connection) -> connection.peer().equals(peer));
	}

	@Override
	public Optional<Duration> ping(PeerId peer, int count) {
		Assert.isTrue(count > 0, "'count' must be positive");
		try {
			List<Long> times = await("ping",
					this.kubo.node()
						.ping(peer, count)
						.filter((reply) -> reply.success() && reply.nanos() > 0)
						.map(NodeApi.Ping::nanos)
						.collectList());
			return times.isEmpty() ? Optional.empty() : Optional
				.of(Duration.ofNanos((long) times.stream().mapToLong(Long::longValue).average().orElse(0)));
		}
		catch (CommandFailedException ex) {
			return Optional.empty(); // the node answers like this where the peer cannot
										// be found or reached
		}
	}

	@Override
	public void addSwarmFilter(Multiaddr filter) {
		this.kubo.swarm().addFilter(filter).block();
	}

	@Override
	public void removeSwarmFilter(Multiaddr filter) {
		this.kubo.swarm().removeFilter(filter.toString()).block();
	}

	@Override
	public List<Multiaddr> swarmFilters() {
		return await("swarm/filters", this.kubo.swarm().filters()).strings().stream().map(Multiaddr::of).toList();
	}

	/**
	 * Waits for a reply that must not be empty. How long is up to the time-outs of the
	 * RPC client, which know each command.
	 */
	private static <T> T await(String command, Mono<T> reply) {
		T value = reply.block();
		if (value == null) {
			throw new IpfsException("The node's reply to '%s' is empty".formatted(command));
		}
		return value;
	}

}
