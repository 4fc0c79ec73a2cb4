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

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import io.github.ipfstoolkit.Cid;
import io.github.ipfstoolkit.ContentPath;
import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.IpfsTimeoutException;
import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.rpc.CommandFailedException;
import io.github.ipfstoolkit.rpc.ContentApi;
import io.github.ipfstoolkit.rpc.ContentApi.AddOptions;
import io.github.ipfstoolkit.rpc.ContentApi.Added;
import io.github.ipfstoolkit.rpc.ContentApi.CatOptions;
import io.github.ipfstoolkit.rpc.ContentApi.GetOptions;
import io.github.ipfstoolkit.rpc.DagApi;
import io.github.ipfstoolkit.rpc.DagApi.ExportOptions;
import io.github.ipfstoolkit.rpc.DagApi.ImportOptions;
import io.github.ipfstoolkit.rpc.KeyApi.GenOptions;
import io.github.ipfstoolkit.rpc.KeyApi.Key;
import io.github.ipfstoolkit.rpc.Kubo;
import io.github.ipfstoolkit.rpc.NameApi;
import io.github.ipfstoolkit.rpc.NameApi.PublishOptions;
import io.github.ipfstoolkit.rpc.NameApi.ResolveOptions;
import io.github.ipfstoolkit.rpc.NodeApi;
import io.github.ipfstoolkit.rpc.NodeTooOldException;
import io.github.ipfstoolkit.rpc.PinApi;
import io.github.ipfstoolkit.rpc.RoutingApi.QueryEvent;
import io.github.ipfstoolkit.rpc.RpcException;
import io.github.ipfstoolkit.rpc.SwarmApi;
import io.github.ipfstoolkit.rpc.Upload;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * {@link ReactiveIpfsOperations} on the RPC API. Safe for use by several threads.
 *
 * @since 0.1.0
 */
public class ReactiveIpfsTemplate implements ReactiveIpfsOperations {

	private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

	private final Kubo kubo;

	private final int maxInMemorySize;

	/**
	 * Creates a template that reads up to {@link IpfsTemplate#DEFAULT_MAX_IN_MEMORY_SIZE}
	 * into memory.
	 * @param kubo the RPC API
	 */
	public ReactiveIpfsTemplate(Kubo kubo) {
		this(kubo, IpfsTemplate.DEFAULT_MAX_IN_MEMORY_SIZE);
	}

	/**
	 * Creates a template.
	 * @param kubo the RPC API
	 * @param maxInMemorySize how much content is read into memory at most: up to 2 GiB
	 */
	public ReactiveIpfsTemplate(Kubo kubo, DataSize maxInMemorySize) {
		Assert.isTrue(maxInMemorySize.toBytes() > 0, "'maxInMemorySize' must be positive");
		this.kubo = kubo;
		this.maxInMemorySize = (int) Math.min(maxInMemorySize.toBytes(), Integer.MAX_VALUE - 16);
	}

	@Override
	public Mono<Cid> publish(Upload upload, AddOptions options) {
		return present("add", this.kubo.content().add(upload, options).mapNotNull(Added::cid).takeLast(1).next());
	}

	@Override
	public Flux<Cid> publishAll(Collection<Upload> uploads, AddOptions options) {
		for (String unusable : List.of("wrap-with-directory", "to-files")) {
			if (options.isSet(unusable)) {
				return Flux.error(() -> new IllegalArgumentException(
						"'%s' cannot be set where several are published; publish a directory of them"
							.formatted(unusable)));
			}
		}
		if (uploads.isEmpty()) {
			return Flux.empty();
		}
		// numbers in place of names tell what is whose
		List<Upload> numbered = new ArrayList<>();
		for (Upload upload : uploads) {
			numbered.add(upload.withName(String.valueOf(numbered.size())));
		}
		return Flux.defer(() -> {
			AtomicInteger published = new AtomicInteger();
			return this.kubo.content()
				.add(Upload.all(numbered), options)
				.filter((added) -> added.name().equals(String.valueOf(published.get())))
				.mapNotNull(Added::cid)
				.doOnNext((cid) -> published.incrementAndGet())
				.concatWith(Mono.defer(() -> (published.get() == numbered.size()) ? Mono.empty()
						: Mono
							.error(new IpfsException("The node's reply to 'add' has only %d of %d files and directories"
								.formatted(published.get(), numbered.size())))));
		});
	}

	@Override
	public Mono<Cid> predictCid(Upload upload, AddOptions options) {
		return publish(upload, options.onlyHash(true).pin(false));
	}

	@Override
	public Flux<DataBuffer> content(ContentPath path, CatOptions options) {
		return this.kubo.content().cat(path.toPath(), options);
	}

	@Override
	public Mono<byte[]> read(ContentPath path, CatOptions options) {
		return present("cat", this.kubo.content().catResponse(path.toPath(), options))
			.flatMap((response) -> read(path, response));
	}

	private Mono<byte[]> read(ContentPath path, ResponseEntity<Flux<DataBuffer>> response) {
		Flux<DataBuffer> body = (response.getBody() != null) ? response.getBody() : Flux.empty();
		if (contentLength(response.getHeaders()) > this.maxInMemorySize) {
			return body.take(0)
				.then(Mono.error(() -> new ContentTooLargeException(path.toPath(), this.maxInMemorySize)));
		}
		return DataBufferUtils.join(body, this.maxInMemorySize)
			.map(ReactiveIpfsTemplate::toBytes)
			.defaultIfEmpty(new byte[0])
			.onErrorMap(DataBufferLimitException.class,
					(ex) -> new ContentTooLargeException(path.toPath(), this.maxInMemorySize));
	}

	private static byte[] toBytes(DataBuffer buffer) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		return bytes;
	}

	/**
	 * Returns how long the node says that content is; -1 if it does not say.
	 */
	static long contentLength(HttpHeaders headers) {
		String value = headers.getFirst(ContentApi.CONTENT_LENGTH);
		return (value != null) ? Long.parseLong(value) : -1;
	}

	@Override
	public Mono<String> readText(ContentPath path) {
		return read(path).map((bytes) -> new String(bytes, StandardCharsets.UTF_8));
	}

	@Override
	public Mono<Void> download(ContentPath path, Path target, DownloadOptions options) {
		return write(new Download(path.toPath(), target, options), archive(path, options), Download::extract);
	}

	/**
	 * Returns a TAR archive with a file or directory.
	 */
	Mono<ResponseEntity<Flux<DataBuffer>>> archive(ContentPath path, DownloadOptions options) {
		GetOptions get = options.offline() ? GetOptions.defaults().offline(true) : GetOptions.defaults();
		return present("get", this.kubo.content().getResponse(path.toPath(), get));
	}

	@Override
	public Flux<DataBuffer> car(ContentPath path, ExportOptions options) {
		return this.kubo.dag().export(path.toPath(), options);
	}

	@Override
	public Mono<Void> exportCar(ContentPath path, Path target, DownloadOptions options) {
		return write(new Download(path.toPath(), target, options), carArchive(path, options), Download::keep);
	}

	/**
	 * Returns a CAR archive.
	 */
	Mono<ResponseEntity<Flux<DataBuffer>>> carArchive(ContentPath path, DownloadOptions options) {
		ExportOptions export = options.offline() ? ExportOptions.defaults().offline(true) : ExportOptions.defaults();
		return present("dag/export", this.kubo.dag().exportResponse(path.toPath(), export));
	}

	/**
	 * Writes content on a thread that may block. Cancelling closes the stream, with which
	 * writing fails: the thread is not interrupted, as its next user would be instead
	 * where it has just finished.
	 */
	private static Mono<Void> write(Download download, Mono<ResponseEntity<Flux<DataBuffer>>> content,
			BiConsumer<Download, Supplier<ContentStream>> writer) {
		return Mono.<Void>fromRunnable(download::checkTarget)
			.subscribeOn(Schedulers.boundedElastic())
			.then(content)
			.flatMap((response) -> Mono.create((sink) -> {
				ContentStream stream = ContentStream.of(response);
				AtomicBoolean cancelled = new AtomicBoolean();
				sink.onCancel(() -> {
					cancelled.set(true);
					stream.close();
				});
				Schedulers.boundedElastic().schedule(() -> {
					try (stream) {
						writer.accept(download, () -> stream);
						sink.success();
					}
					catch (Throwable ex) {
						if (!cancelled.get()) {
							sink.error(ex);
						}
					}
				});
			}));
	}

	@Override
	public Flux<Cid> importCar(Upload car, ImportOptions options) {
		return this.kubo.dag().importCar(car, options).mapNotNull(DagApi.Imported::root).map(DagApi.Root::cid);
	}

	@Override
	public Mono<Void> pin(ContentPath path, PinApi.AddOptions options) {
		return this.kubo.pin().add(path.toPath(), options).then();
	}

	@Override
	public Mono<Void> unpin(ContentPath path) {
		return this.kubo.pin().rm(path.toPath()).then();
	}

	@Override
	public Mono<Void> remove(ContentPath path) {
		return unpin(path).then(Mono.defer(() -> this.kubo.repo().gc().then()));
	}

	@Override
	public Flux<PinApi.Pin> pins() {
		PinApi.LsOptions named = PinApi.LsOptions.defaults().names(true);
		return Flux.concat(this.kubo.pin().ls(named.type("recursive")), this.kubo.pin().ls(named.type("direct")));
	}

	@Override
	public Flux<PeerId> findProviders(Cid cid, int max) {
		Assert.isTrue(max > 0, "'max' must be positive");
		return this.kubo.routing()
			.findProviders(cid, max)
			.filter((event) -> event.type() == QueryEvent.PROVIDER)
			.flatMapIterable(QueryEvent::responses)
			.map((provider) -> provider.id())
			.distinct();
	}

	@Override
	public Mono<Key> createKey(String name, GenOptions options) {
		return present("key/gen", this.kubo.key().gen(name, options));
	}

	/**
	 * Kubo 0.39 has the command under its former name.
	 */
	@Override
	@SuppressWarnings("deprecation")
	public Flux<Key> keys() {
		return present("key/ls",
				this.kubo.key().ls().onErrorResume(NodeTooOldException.class, (ex) -> this.kubo.key().list()))
			.flatMapIterable((reply) -> reply.keys());
	}

	@Override
	public Mono<Void> removeKey(String name) {
		return this.kubo.key().rm(name).then();
	}

	@Override
	public Mono<PeerId> publishName(ContentPath content, PublishOptions options) {
		return effective(content, options)
			.flatMap((effective) -> present("name/publish", this.kubo.name().publish(content.toPath(), effective)))
			.map((published) -> published.name());
	}

	/**
	 * Gives a record that only changes lifetime or TTL a number of its own: with the same
	 * number, the one that is valid longer counts, and Kubo would keep the older one
	 * without a word.
	 */
	private Mono<PublishOptions> effective(ContentPath content, PublishOptions options) {
		boolean changed = options.isSet("lifetime") || options.isSet("ttl");
		if (!changed || options.isSet("sequence")) {
			return Mono.just(options);
		}
		String keyName = options.value("key").orElse("self");
		return keys().filter((key) -> key.name().equals(keyName) || key.id().toIpnsName().equals(keyName))
			.next()
			.flatMap((key) -> currentRecord(key.id()))
			.filter((record) -> record.value().toPath().equals(content.toPath()))
			.map((record) -> options.sequence(record.sequence() + 1))
			.defaultIfEmpty(options);
	}

	private Mono<NameRecord> currentRecord(PeerId name) {
		return present("name/get", this.kubo.name().get(name.toIpnsName(), true))
			.flatMap((record) -> inspect(name, record))
			// published for the first time, or run out
			.onErrorResume(CommandFailedException.class, (ex) -> Mono.empty());
	}

	@Override
	public Mono<ContentPath> resolveName(ContentPath name, ResolveOptions options) {
		return present("name/resolve", this.kubo.name().resolve(name.toPath(), options).takeLast(1).next())
			.map((resolved) -> ContentPath.of(resolved.path()));
	}

	@Override
	public Mono<NameRecord> nameRecord(PeerId name) {
		return present("name/get", this.kubo.name().get(name.toIpnsName())).flatMap((record) -> inspect(name, record));
	}

	private Mono<NameRecord> inspect(PeerId name, byte[] record) {
		return present("name/inspect", this.kubo.name().inspect(Upload.of(record), name.toIpnsName()))
			.map((inspected) -> checked(name, inspected));
	}

	private static NameRecord checked(PeerId name, NameApi.Inspected inspected) {
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
	public Mono<PeerId> peerId() {
		return identity().map(NodeApi.Identity::id);
	}

	@Override
	public Flux<Multiaddr> addresses() {
		return identity().flatMapIterable(NodeApi.Identity::addresses);
	}

	private Mono<NodeApi.Identity> identity() {
		return present("id", this.kubo.node().id());
	}

	@Override
	public Mono<Boolean> isRunning() {
		// the executable tells the version itself, also where no node answers
		return this.kubo.node()
			.id()
			.thenReturn(true)
			.onErrorResume((ex) -> ex instanceof IpfsException && !(ex instanceof RpcException),
					(ex) -> Mono.just(false));
	}

	@Override
	public Mono<Void> waitUntilRunning(Duration timeout) {
		return this.kubo.node()
			.id()
			.retryWhen(Retry.fixedDelay(Long.MAX_VALUE, POLL_INTERVAL).filter((ex) -> !(ex instanceof RpcException)))
			.timeout(timeout, Mono.error(() -> new IpfsTimeoutException("Waiting for the node", timeout, null)))
			.then();
	}

	@Override
	public Flux<PeerId> peers() {
		return connections().map(SwarmApi.Peer::peer).distinct();
	}

	private Flux<SwarmApi.Peer> connections() {
		return present("swarm/peers", this.kubo.swarm().peers()).flatMapIterable((reply) -> reply.peers());
	}

	@Override
	public Flux<Multiaddr> peerAddresses(PeerId peer) {
		Flux<Multiaddr> connected = connections().filter((connection) -> connection.peer().equals(peer))
			.map(SwarmApi.Peer::address);
		Flux<Multiaddr> known = present("swarm/addrs", this.kubo.swarm().addresses())
			.flatMapIterable((reply) -> reply.addresses().getOrDefault(peer, List.of()));
		return withPeerId(Flux.concat(connected, known), peer);
	}

	@Override
	public Flux<Multiaddr> findPeer(PeerId peer) {
		Flux<Multiaddr> found = this.kubo.routing()
			.findPeer(peer)
			.filter((event) -> event.type() == QueryEvent.FINAL_PEER)
			.flatMapIterable(QueryEvent::responses)
			.flatMapIterable((response) -> response.addresses());
		return withPeerId(found, peer).onErrorResume(ReactiveIpfsTemplate::isNotFound, (ex) -> Flux.empty());
	}

	private static boolean isNotFound(Throwable ex) {
		return ex instanceof CommandFailedException failed && failed.getError() != null
				&& failed.getError().message().contains("routing: not found");
	}

	private static Flux<Multiaddr> withPeerId(Flux<Multiaddr> addresses, PeerId peer) {
		return addresses.map((address) -> address.withPeerId(peer)).distinct();
	}

	@Override
	public Mono<Void> connect(Multiaddr address) {
		return this.kubo.swarm().connect(address).then();
	}

	@Override
	public Mono<Void> disconnect(PeerId peer) {
		return this.kubo.swarm()
			.disconnect(Multiaddr.of("/p2p/" + peer))
			.then()
			.onErrorResume(ReactiveIpfsTemplate::isNotConnected, (ex) -> Mono.empty());
	}

	private static boolean isNotConnected(Throwable ex) {
		return ex instanceof CommandFailedException && String.valueOf(ex.getMessage()).contains("not connected");
	}

	@Override
	public Mono<Boolean> isConnected(PeerId peer) {
		return connections().any((connection) -> connection.peer().equals(peer));
	}

	@Override
	public Mono<Duration> ping(PeerId peer, int count) {
		Assert.isTrue(count > 0, "'count' must be positive");
		return this.kubo.node()
			.ping(peer, count)
			.filter((reply) -> reply.success() && reply.nanos() > 0)
			.map(NodeApi.Ping::nanos)
			.collectList()
			.filter((times) -> !times.isEmpty())
			.map((times) -> Duration.ofNanos((long) times.stream().mapToLong(Long::longValue).average().orElseThrow()))
			// the node answers like this where the peer cannot be found or reached
			.onErrorResume(CommandFailedException.class, (ex) -> Mono.empty());
	}

	@Override
	public Mono<Void> addSwarmFilter(Multiaddr filter) {
		return this.kubo.swarm().addFilter(filter).then();
	}

	@Override
	public Mono<Void> removeSwarmFilter(Multiaddr filter) {
		return this.kubo.swarm().removeFilter(filter.toString()).then();
	}

	@Override
	public Flux<Multiaddr> swarmFilters() {
		return present("swarm/filters", this.kubo.swarm().filters()).flatMapIterable((reply) -> reply.strings())
			.map(Multiaddr::of);
	}

	/**
	 * Makes a reply that must not be empty an error where it is.
	 */
	private static <T> Mono<T> present(String command, Mono<T> reply) {
		return reply
			.switchIfEmpty(Mono.error(() -> new IpfsException("The node's reply to '%s' is empty".formatted(command))));
	}

}
