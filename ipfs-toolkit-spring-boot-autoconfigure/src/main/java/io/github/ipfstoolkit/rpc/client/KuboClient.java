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

package io.github.ipfstoolkit.rpc.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.github.ipfstoolkit.rpc.CallOptions;
import io.github.ipfstoolkit.rpc.Kubo;
import io.github.ipfstoolkit.rpc.RpcObserver;
import io.github.ipfstoolkit.rpc.Upload;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.format.support.DefaultFormattingConversionService;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.codec.ClientCodecConfigurer;
import org.springframework.http.codec.json.JacksonJsonEncoder;
import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.client.ExchangeStrategies;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.support.WebClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import org.springframework.web.service.invoker.ReactorHttpExchangeAdapter;

/**
 * The RPC API over a WebClient. Sections, codecs, errors and observation are the same for
 * all backends, which differ in the connector below.
 * <p>
 * Replies are streamed, none is bounded in size. A failure of any kind is signalled as
 * {@link io.github.ipfstoolkit.IpfsException}, also one that comes in the middle of a
 * reply. Cancelling a subscription ends the command. Safe for use by several threads.
 *
 * @since 0.1.0
 */
public abstract class KuboClient implements Kubo, AutoCloseable {

	/**
	 * How large a single value of a reply may be by default: 64 MB.
	 */
	public static final DataSize DEFAULT_MAX_IN_MEMORY_SIZE = DataSize.ofMegabytes(64);

	/**
	 * The name of a request's attribute with its {@link Upload}, for backends that do not
	 * send it as a body.
	 */
	protected static final String UPLOAD_ATTRIBUTE = Upload.class.getName();

	private final ReactorHttpExchangeAdapter exchanges;

	private final HttpServiceProxyFactory factory;

	private final Map<Class<?>, Object> sections = new ConcurrentHashMap<>();

	/**
	 * Creates a client.
	 * @param builder what all backends have in common
	 * @param connector gets requests to the node and replies from it. It fails, also in
	 * the middle of a reply's body, with {@link io.github.ipfstoolkit.IpfsException}
	 * only. It, or a filter, bounds the time of {@link ShortReplies}
	 * @param transport what else the backend needs of the WebClient, such as a filter
	 * next to the connector
	 */
	protected KuboClient(Builder<?> builder, ClientHttpConnector connector, Consumer<WebClient.Builder> transport) {
		JsonMapper mapper = JsonMapper.builder()
			.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
					DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
			.build();
		int maxInMemorySize = (int) Math.min(builder.maxInMemorySize.toBytes(), Integer.MAX_VALUE - 16);
		WebClient.Builder webClient = WebClient.builder();
		builder.customizer.accept(webClient);
		webClient.clientConnector(connector)
			.exchangeStrategies(
					ExchangeStrategies.builder().codecs((codecs) -> configure(codecs, mapper, maxInMemorySize)).build())
			.filter(new ReadableTimeouts())
			.filter(new VersionGate(builder.relayed))
			.filter(new ForwardTargets())
			.filter(new RetriedCalls(builder.retries))
			.filter(new ErrorReplies(mapper));
		transport.accept(webClient);
		DefaultFormattingConversionService conversionService = new DefaultFormattingConversionService();
		conversionService.addConverter(Duration.class, String.class, KuboClient::toGoDuration);
		ReactorHttpExchangeAdapter exchanges = new InBandErrors(new ExpectedReplies(
				new FailureTranslator(WebClientAdapter.create(webClient.build())), maxInMemorySize));
		for (RpcObserver observer : builder.observers) {
			exchanges = new ObservedExchanges(exchanges, observer);
		}
		this.exchanges = exchanges;
		this.factory = SectionArguments.supportedBy(HttpServiceProxyFactory.builderFor(exchanges))
			.conversionService(conversionService)
			.build();
	}

	private static void configure(ClientCodecConfigurer codecs, JsonMapper mapper, int maxInMemorySize) {
		codecs.defaultCodecs().maxInMemorySize(maxInMemorySize);
		codecs.defaultCodecs().jacksonJsonDecoder(new JsonValueDecoder(mapper));
		codecs.customCodecs().register(new UploadWriter());
		codecs.customCodecs().register(new JsonStringDecoder(mapper, maxInMemorySize));
		codecs.defaultCodecs().jacksonJsonEncoder(new JacksonJsonEncoder(mapper));
	}

	/**
	 * Kubo answers a duration that it cannot read, such as Java's {@code PT5S}, with
	 * status 200 and nothing else.
	 */
	private static String toGoDuration(Duration duration) {
		return duration.toNanos() + "ns";
	}

	@Override
	public <S> S section(Class<S> type) {
		return type.cast(this.sections.computeIfAbsent(type, this.factory::createClient));
	}

	@Override
	public <T> Flux<T> call(String command, List<String> arguments, CallOptions options, @Nullable Upload upload,
			Class<T> reply) {
		return this.exchanges.exchangeForBodyFlux(SectionArguments.call(command, arguments, options, upload),
				ParameterizedTypeReference.forType(reply));
	}

	/**
	 * Ends all calls that are under way: they fail.
	 */
	@Override
	public abstract void close();

	/**
	 * Builds a client. Not safe for use by several threads.
	 *
	 * @param <B> the concrete type
	 * @since 0.1.0
	 */
	public abstract static class Builder<B extends Builder<B>> {

		private final String backend;

		private final boolean relayed;

		private RpcTimeouts timeouts = RpcTimeouts.DEFAULTS;

		private RpcRetries retries = RpcRetries.DEFAULTS;

		private DataSize maxInMemorySize = DEFAULT_MAX_IN_MEMORY_SIZE;

		private final List<RpcObserver> observers = new ArrayList<>();

		private Consumer<WebClient.Builder> customizer = (builder) -> {
		};

		/**
		 * Creates a builder.
		 * @param backend what the client's {@link Kubo#backend()} will be
		 * @param relayed whether a program that has a version of its own passes commands
		 * on to the node: both have to know them then
		 */
		protected Builder(String backend, boolean relayed) {
			this.backend = backend;
			this.relayed = relayed;
		}

		/**
		 * Returns this builder.
		 * @return this builder
		 */
		protected abstract B self();

		/**
		 * Returns how the node will be reached.
		 * @return what the client's {@link Kubo#backend()} will be
		 */
		public String backend() {
			return this.backend;
		}

		/**
		 * Sets how long the node is waited for.
		 * @param timeouts the time-outs, {@link RpcTimeouts#DEFAULTS} by default
		 * @return this builder
		 */
		public B timeouts(RpcTimeouts timeouts) {
			this.timeouts = timeouts;
			return self();
		}

		/**
		 * Returns how long the node is waited for.
		 * @return the time-outs
		 */
		public RpcTimeouts timeouts() {
			return this.timeouts;
		}

		/**
		 * Sets how often a call is sent again that failed before its reply began.
		 * @param retries the retries, {@link RpcRetries#DEFAULTS} by default
		 * @return this builder
		 */
		public B retries(RpcRetries retries) {
			this.retries = retries;
			return self();
		}

		/**
		 * Sets how large a single value of a reply may be, such as the listing of a
		 * directory, which is read into memory to be decoded. Content and the number of
		 * values in a stream have no limit.
		 * @param size the size of its JSON, up to 2 GiB,
		 * {@link #DEFAULT_MAX_IN_MEMORY_SIZE} by default
		 * @return this builder
		 * @throws IllegalArgumentException if it is not positive
		 */
		public B maxInMemorySize(DataSize size) {
			Assert.isTrue(size.toBytes() > 0, "'maxInMemorySize' must be positive");
			this.maxInMemorySize = size;
			return self();
		}

		/**
		 * Adds an observer of all calls.
		 * @param observer is told of each call
		 * @return this builder
		 */
		public B observer(RpcObserver observer) {
			this.observers.add(observer);
			return self();
		}

		/**
		 * Adds a change to the WebClient, such as a filter. Connector and codecs are the
		 * client's own and cannot be changed.
		 * @param customizer called once, when the client is built, after those that were
		 * added before
		 * @return this builder
		 */
		public B webClient(Consumer<WebClient.Builder> customizer) {
			this.customizer = this.customizer.andThen(customizer);
			return self();
		}

		/**
		 * Builds the client.
		 * @return a new client, to be closed when it is not used any more
		 */
		public abstract KuboClient build();

	}

}
