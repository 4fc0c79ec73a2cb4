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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.ipfstoolkit.rpc.BitswapApi;
import io.github.ipfstoolkit.rpc.BlockApi;
import io.github.ipfstoolkit.rpc.BootstrapApi;
import io.github.ipfstoolkit.rpc.CallOptions;
import io.github.ipfstoolkit.rpc.CidApi;
import io.github.ipfstoolkit.rpc.ConfigApi;
import io.github.ipfstoolkit.rpc.ContentApi;
import io.github.ipfstoolkit.rpc.DagApi;
import io.github.ipfstoolkit.rpc.DhtApi;
import io.github.ipfstoolkit.rpc.DiagApi;
import io.github.ipfstoolkit.rpc.FilesApi;
import io.github.ipfstoolkit.rpc.FilestoreApi;
import io.github.ipfstoolkit.rpc.KeyApi;
import io.github.ipfstoolkit.rpc.Kubo;
import io.github.ipfstoolkit.rpc.LogApi;
import io.github.ipfstoolkit.rpc.MultibaseApi;
import io.github.ipfstoolkit.rpc.NameApi;
import io.github.ipfstoolkit.rpc.NodeApi;
import io.github.ipfstoolkit.rpc.ObjectApi;
import io.github.ipfstoolkit.rpc.P2pApi;
import io.github.ipfstoolkit.rpc.PinApi;
import io.github.ipfstoolkit.rpc.ProvideApi;
import io.github.ipfstoolkit.rpc.PubsubApi;
import io.github.ipfstoolkit.rpc.RemotePinApi;
import io.github.ipfstoolkit.rpc.RepoApi;
import io.github.ipfstoolkit.rpc.RoutingApi;
import io.github.ipfstoolkit.rpc.RpcEndpoint;
import io.github.ipfstoolkit.rpc.RpcObserver;
import io.github.ipfstoolkit.rpc.StatsApi;
import io.github.ipfstoolkit.rpc.SwarmApi;
import io.github.ipfstoolkit.rpc.Upload;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.format.support.DefaultFormattingConversionService;
import org.springframework.http.HttpHeaders;
import org.springframework.http.codec.ClientCodecConfigurer;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import org.springframework.http.codec.json.JacksonJsonEncoder;
import org.springframework.util.Assert;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeStrategies;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.support.WebClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import org.springframework.web.service.invoker.ReactorHttpExchangeAdapter;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The RPC API over HTTP.
 * <p>
 * It has connections, codecs and time-outs of its own: what an application sets for its
 * other HTTP clients does not reach it. Replies are streamed, none is bounded in size. A
 * failure of any kind is signalled as {@link io.github.ipfstoolkit.IpfsException}, also
 * one that comes in the middle of a reply. Cancelling a subscription ends the command on
 * the node. Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class KuboHttpClient implements Kubo, AutoCloseable {

	/**
	 * Neither a browser's name nor {@code /kubo/}: Kubo refuses the first without an
	 * Origin header and the second unless its version is its own.
	 */
	private static final String USER_AGENT = "ipfs-toolkit-spring-boot";

	private final KuboConnector connector;

	private final ReactorHttpExchangeAdapter exchanges;

	private final HttpServiceProxyFactory factory;

	private final Map<Class<?>, Object> sections = new ConcurrentHashMap<>();

	/**
	 * Creates a client with default settings.
	 * @param endpoint where the node is; asked anew for each request, as a managed node
	 * may move to another port when it restarts. It may block
	 */
	public KuboHttpClient(Supplier<RpcEndpoint> endpoint) {
		this(builder(endpoint));
	}

	private KuboHttpClient(Builder builder) {
		JsonMapper mapper = JsonMapper.builder()
			.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
					DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
			.build();
		this.connector = new KuboConnector(builder.timeouts, builder.maxConnections);
		WebClient.Builder webClient = WebClient.builder();
		builder.customizer.accept(webClient);
		WebClient client = webClient.clientConnector(this.connector)
			.exchangeStrategies(ExchangeStrategies.builder().codecs((codecs) -> configure(codecs, mapper)).build())
			.defaultHeader(HttpHeaders.USER_AGENT, USER_AGENT)
			.filter(new ErrorReplies(mapper))
			.filter(toEndpoint(builder.endpoint))
			.build();
		DefaultFormattingConversionService conversionService = new DefaultFormattingConversionService();
		conversionService.addConverter(Duration.class, String.class, KuboHttpClient::toGoDuration);
		ReactorHttpExchangeAdapter exchanges = new InBandErrors(new FailureTranslator(WebClientAdapter.create(client)));
		for (RpcObserver observer : builder.observers) {
			exchanges = new ObservedExchanges(exchanges, observer);
		}
		this.exchanges = exchanges;
		this.factory = SectionArguments.supportedBy(HttpServiceProxyFactory.builderFor(exchanges))
			.conversionService(conversionService)
			.build();
	}

	/**
	 * Begins to build a client.
	 * @param endpoint where the node is; asked anew for each request, as a managed node
	 * may move to another port when it restarts. It may block
	 * @return the builder
	 */
	public static Builder builder(Supplier<RpcEndpoint> endpoint) {
		return new Builder(endpoint);
	}

	private static void configure(ClientCodecConfigurer codecs, JsonMapper mapper) {
		codecs.defaultCodecs().maxInMemorySize(-1);
		codecs.defaultCodecs().jacksonJsonDecoder(new JacksonJsonDecoder(mapper));
		codecs.customCodecs().register(new JsonStringDecoder(mapper));
		codecs.defaultCodecs().jacksonJsonEncoder(new JacksonJsonEncoder(mapper));
	}

	/**
	 * Kubo answers a duration that it cannot read, such as Java's {@code PT5S}, with
	 * status 200 and nothing else.
	 */
	private static String toGoDuration(Duration duration) {
		return duration.toNanos() + "ns";
	}

	private static ExchangeFilterFunction toEndpoint(Supplier<RpcEndpoint> supplier) {
		return (request, next) -> endpoint(supplier).flatMap((endpoint) -> {
			var uri = UriComponentsBuilder.fromUri(endpoint.uri())
				.path(request.url().getRawPath())
				.query(request.url().getRawQuery())
				.build(true)
				.toUri();
			return next.exchange(ClientRequest.from(request).url(uri).headers((headers) -> {
				if (endpoint.authorization() != null) {
					headers.set(HttpHeaders.AUTHORIZATION, endpoint.authorization());
				}
			}).build()).contextWrite((context) -> context.put(RpcEndpoint.class, endpoint));
		});
	}

	/**
	 * Asks where the node is: without a change of thread where it may block, as it mostly
	 * does not.
	 */
	private static Mono<RpcEndpoint> endpoint(Supplier<RpcEndpoint> supplier) {
		return Mono.defer(() -> {
			Mono<RpcEndpoint> endpoint = Mono.fromSupplier(supplier);
			return Schedulers.isInNonBlockingThread() ? endpoint.subscribeOn(Schedulers.boundedElastic()) : endpoint;
		});
	}

	@Override
	public BlockApi block() {
		return section(BlockApi.class);
	}

	@Override
	public BootstrapApi bootstrap() {
		return section(BootstrapApi.class);
	}

	@Override
	public ConfigApi config() {
		return section(ConfigApi.class);
	}

	@Override
	public ContentApi content() {
		return section(ContentApi.class);
	}

	@Override
	public DiagApi diag() {
		return section(DiagApi.class);
	}

	@Override
	public FilesApi files() {
		return section(FilesApi.class);
	}

	@Override
	public KeyApi key() {
		return section(KeyApi.class);
	}

	@Override
	public NameApi name() {
		return section(NameApi.class);
	}

	@Override
	public PinApi pin() {
		return section(PinApi.class);
	}

	@Override
	public PubsubApi pubsub() {
		return section(PubsubApi.class);
	}

	@Override
	public RepoApi repo() {
		return section(RepoApi.class);
	}

	@Override
	public StatsApi stats() {
		return section(StatsApi.class);
	}

	@Override
	public NodeApi node() {
		return section(NodeApi.class);
	}

	@Override
	public P2pApi p2p() {
		return section(P2pApi.class);
	}

	@Override
	public RoutingApi routing() {
		return section(RoutingApi.class);
	}

	@Override
	public SwarmApi swarm() {
		return section(SwarmApi.class);
	}

	@Override
	public BitswapApi bitswap() {
		return section(BitswapApi.class);
	}

	@Override
	public CidApi cid() {
		return section(CidApi.class);
	}

	@Override
	public DagApi dag() {
		return section(DagApi.class);
	}

	@Override
	@Deprecated(since = "0.1.0")
	public DhtApi dht() {
		return section(DhtApi.class);
	}

	@Override
	public FilestoreApi filestore() {
		return section(FilestoreApi.class);
	}

	@Override
	public LogApi log() {
		return section(LogApi.class);
	}

	@Override
	public MultibaseApi multibase() {
		return section(MultibaseApi.class);
	}

	@Override
	@Deprecated(since = "0.1.0")
	public ObjectApi object() {
		return section(ObjectApi.class);
	}

	@Override
	public ProvideApi provide() {
		return section(ProvideApi.class);
	}

	@Override
	public RemotePinApi remotePin() {
		return section(RemotePinApi.class);
	}

	@Override
	public <T> Flux<T> call(String command, List<String> arguments, CallOptions options, @Nullable Upload upload,
			Class<T> reply) {
		return this.exchanges.exchangeForBodyFlux(SectionArguments.call(command, arguments, options, upload),
				ParameterizedTypeReference.forType(reply));
	}

	/**
	 * Returns the implementation of a section.
	 * @param type the section's interface
	 * @return the same object for each call
	 */
	<S> S section(Class<S> type) {
		return type.cast(this.sections.computeIfAbsent(type, this.factory::createClient));
	}

	/**
	 * Closes all connections, also those in use: what they were used for fails.
	 */
	@Override
	public void close() {
		this.connector.close();
	}

	/**
	 * Builds a {@link KuboHttpClient}. Not safe for use by several threads.
	 *
	 * @since 0.1.0
	 */
	public static final class Builder {

		private final Supplier<RpcEndpoint> endpoint;

		private RpcTimeouts timeouts = RpcTimeouts.DEFAULTS;

		private int maxConnections = 64;

		private final List<RpcObserver> observers = new ArrayList<>();

		private Consumer<WebClient.Builder> customizer = (builder) -> {
		};

		private Builder(Supplier<RpcEndpoint> endpoint) {
			this.endpoint = endpoint;
		}

		/**
		 * Sets how long the node is waited for.
		 * @param timeouts the time-outs, {@link RpcTimeouts#DEFAULTS} by default
		 * @return this builder
		 */
		public Builder timeouts(RpcTimeouts timeouts) {
			this.timeouts = timeouts;
			return this;
		}

		/**
		 * Sets how many connections commands may use at once. Endless streams have
		 * connections of their own, which are not counted.
		 * @param maxConnections the maximum, 64 by default
		 * @return this builder
		 * @throws IllegalArgumentException if it is not positive
		 */
		public Builder maxConnections(int maxConnections) {
			Assert.isTrue(maxConnections > 0, "'maxConnections' must be positive");
			this.maxConnections = maxConnections;
			return this;
		}

		/**
		 * Adds an observer of all calls.
		 * @param observer is told of each call
		 * @return this builder
		 */
		public Builder observer(RpcObserver observer) {
			this.observers.add(observer);
			return this;
		}

		/**
		 * Adds a change to the WebClient, such as a filter. Connector and codecs are the
		 * client's own and cannot be changed.
		 * @param customizer called once, when the client is built, after those that were
		 * added before
		 * @return this builder
		 */
		public Builder webClient(Consumer<WebClient.Builder> customizer) {
			this.customizer = this.customizer.andThen(customizer);
			return this;
		}

		/**
		 * Builds the client.
		 * @return a new client, to be closed when it is not used any more
		 */
		public KuboHttpClient build() {
			return new KuboHttpClient(this);
		}

	}

}
