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

package io.github.ipfstoolkit.rpc.http;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.rpc.RpcEndpoint;
import io.github.ipfstoolkit.rpc.client.RpcTimeouts;
import io.github.ipfstoolkit.rpc.client.ShortReplies;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.GlobalEventExecutor;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;
import org.springframework.http.client.reactive.ClientHttpResponseDecorator;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;

/**
 * The connections to the node. Endless streams have a pool of their own, so that leases
 * and subscriptions, however many, never leave a command without a connection.
 */
final class KuboConnector implements ClientHttpConnector, AutoCloseable {

	private static final AttributeKey<ReplyGuard> GUARD = AttributeKey.valueOf(ReplyGuard.class, "guard");

	/** Below the time after which proxies drop an idle connection; Kubo never does. */
	private static final Duration MAX_IDLE = Duration.ofSeconds(30);

	private final Supplier<RpcEndpoint> endpoint;

	private final RpcTimeouts timeouts;

	private final ConnectionProvider commandPool;

	private final ConnectionProvider streamPool;

	private final Map<Route, ClientHttpConnector> commands = new ConcurrentHashMap<>();

	private final Map<Route, ClientHttpConnector> streams = new ConcurrentHashMap<>();

	private final ChannelGroup channels = new DefaultChannelGroup("ipfs-rpc", GlobalEventExecutor.INSTANCE, true);

	private volatile boolean closed;

	/**
	 * Creates a connector.
	 * @param endpoint where the node is; asked anew for each request
	 * @param timeouts how long the node is waited for
	 * @param maxConnections how many connections commands may use at once
	 */
	KuboConnector(Supplier<RpcEndpoint> endpoint, RpcTimeouts timeouts, int maxConnections) {
		this.endpoint = endpoint;
		this.timeouts = timeouts;
		this.commandPool = pool("ipfs-rpc-commands", maxConnections);
		this.streamPool = pool("ipfs-rpc-streams", Integer.MAX_VALUE);
	}

	private ConnectionProvider pool(String name, int maxConnections) {
		return ConnectionProvider.builder(name)
			.maxConnections(maxConnections)
			.maxIdleTime(MAX_IDLE)
			// its thread and buffers are warm, and what a burst has opened idles out
			.lifo()
			.evictInBackground(MAX_IDLE)
			.pendingAcquireTimeout(this.timeouts.command())
			// each caller that waits is bounded by the time-out, and holds little here
			.pendingAcquireMaxCount(-1)
			.build();
	}

	private ClientHttpConnector connector(Call call, RpcEndpoint endpoint) {
		boolean endless = call.kind().isEndless();
		Route route = new Route(endpoint.unixSocket(), endpoint.sslContext());
		return (endless ? this.streams : this.commands).computeIfAbsent(route,
				(key) -> connector(endless ? this.streamPool : this.commandPool, key));
	}

	private ClientHttpConnector connector(ConnectionProvider pool, Route route) {
		// its own retry is left on: where a connection of the pool is found to be closed
		// before anything was sent, it takes another one, so that nothing is sent twice
		HttpClient client = route.applyTo(HttpClient.create(pool));
		return new ReactorClientHttpConnector(
				client.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(this.timeouts.connect().toMillis()))
					.doOnChannelInit((observer, channel, address) -> guard(channel)));
	}

	private void guard(Channel channel) {
		ReplyGuard guard = new ReplyGuard();
		channel.attr(GUARD).set(guard);
		channel.pipeline()
			.addBefore(NettyPipeline.HttpCodec, "ipfs-reply-bytes", guard.beforeCodec())
			.addBefore(NettyPipeline.ReactiveBridge, "ipfs-reply-pieces", new ReplyPieces())
			.addBefore(NettyPipeline.ReactiveBridge, "ipfs-paced-reads", new PacedReads())
			.addBefore(NettyPipeline.ReactiveBridge, "ipfs-reply-guard", guard);
		this.channels.add(channel);
	}

	@Override
	public Mono<ClientHttpResponse> connect(HttpMethod method, URI uri,
			Function<? super ClientHttpRequest, Mono<Void>> requestCallback) {
		return Mono.deferContextual((context) -> {
			if (this.closed) {
				return Mono.error(new IpfsException("The client of the RPC API is closed"));
			}
			boolean replyShort = ShortReplies.isExpected(context);
			if (Schedulers.isInNonBlockingThread()) {
				return Mono.fromSupplier(this.endpoint)
					.subscribeOn(Schedulers.boundedElastic())
					.flatMap((endpoint) -> connect(endpoint, method, uri, requestCallback, replyShort));
			}
			// without a change of thread: where it may block, as it mostly does not
			return connect(this.endpoint.get(), method, uri, requestCallback, replyShort);
		});
	}

	private Mono<ClientHttpResponse> connect(RpcEndpoint endpoint, HttpMethod method, URI uri,
			Function<? super ClientHttpRequest, Mono<Void>> requestCallback, boolean replyShort) {
		Call call = new Call(uri, endpoint.toString(), this.timeouts, replyShort);
		Mono<ClientHttpResponse> reply = connector(call, endpoint)
			.connect(method, resolve(endpoint, uri), (request) -> send(request, endpoint, requestCallback, call))
			.onErrorMap((ex) -> TransportFailures.beforeReply(ex, call))
			.map((response) -> new GuardedResponse(response, call));
		return Mono.firstWithSignal(call.failed(), reply);
	}

	/**
	 * Returns where a command is found at an endpoint. For a Unix domain socket it has no
	 * host: Reactor Netty would connect to that.
	 */
	private static URI resolve(RpcEndpoint endpoint, URI command) {
		String root = (endpoint.unixSocket() != null) ? endpoint.uri().getRawPath() : endpoint.uri().toString();
		String path = root.endsWith("/") ? root.substring(0, root.length() - 1) + command.getRawPath()
				: root + command.getRawPath();
		return URI.create((command.getRawQuery() != null) ? path + "?" + command.getRawQuery() : path);
	}

	/**
	 * Fails the call when the source of the request's body does. Left to Reactor Netty,
	 * such a failure is logged as one of the connection, and is no failure at all once
	 * the reply has begun.
	 */
	private static Mono<Void> send(ClientHttpRequest request, RpcEndpoint endpoint,
			Function<? super ClientHttpRequest, Mono<Void>> requestCallback, Call call) {
		Connection connection = request.getNativeRequest();
		connection.channel().attr(GUARD).get().begin(call);
		if (endpoint.authorization() != null) {
			request.getHeaders().set(HttpHeaders.AUTHORIZATION, endpoint.authorization());
		}
		return requestCallback.apply(request).onErrorResume((ex) -> {
			if (TransportFailures.isOfConnection(ex)) {
				return Mono.error(ex);
			}
			call.fail(TransportFailures.ofSource(ex, call));
			return call.isReplyStarted() ? Mono.error(ex) : Mono.never();
		});
	}

	/**
	 * Closes all connections, also those in use: their calls fail.
	 */
	@Override
	public void close() {
		this.closed = true;
		this.commandPool.dispose();
		this.streamPool.dispose();
		this.channels.close();
	}

	/**
	 * A reply whose body fails when its call does, after all that was received before.
	 */
	private static final class GuardedResponse extends ClientHttpResponseDecorator {

		private final Call call;

		private GuardedResponse(ClientHttpResponse delegate, Call call) {
			super(delegate);
			this.call = call;
		}

		@Override
		public Flux<DataBuffer> getBody() {
			return super.getBody().onErrorMap((ex) -> TransportFailures.inReply(ex, this.call))
				.concatWith(this.call.verifyComplete());
		}

	}

}
