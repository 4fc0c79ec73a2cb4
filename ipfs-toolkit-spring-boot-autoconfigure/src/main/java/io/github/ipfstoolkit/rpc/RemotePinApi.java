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

package io.github.ipfstoolkit.rpc;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.ipfstoolkit.Cid;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * Commands of {@code pin/remote}: content that a pinning service keeps
 * (<a href="https://ipfs.github.io/pinning-services-api-spec/">its API</a>).
 *
 * @since 0.1.0
 */
@HttpExchange("/api/v0/pin/remote")
public interface RemotePinApi {

	/**
	 * Asks a service to pin content ({@code pin/remote/add}).
	 * @param path the content
	 * @param options which service, and how; the service is required
	 * @return the pin, once the service has the content unless
	 * {@link AddOptions#background(boolean)} is set
	 */
	@PostExchange("/add")
	Mono<RemotePin> add(@RequestParam("arg") String path, AddOptions options);

	/**
	 * Lists the pins at a service ({@code pin/remote/ls}).
	 * @param options which service, and which pins; the service is required. Those whose
	 * content it has by default
	 * @return the pins
	 */
	@PostExchange("/ls")
	Flux<RemotePin> ls(QueryOptions options);

	/**
	 * Removes pins at a service ({@code pin/remote/rm}).
	 * @param options which service, and which pins; the service is required
	 * @param force whether more than one pin may be removed; else several are an error
	 * @return completes when they are removed; also if there are none
	 */
	@PostExchange("/rm")
	Mono<Void> rm(QueryOptions options, @RequestParam("force") boolean force);

	/**
	 * Adds a service to the node's configuration ({@code pin/remote/service/add}).
	 * @param name a name for the service
	 * @param endpoint the URL of its API
	 * @param key the access token
	 * @return completes when it is added
	 */
	@PostExchange("/service/add")
	Mono<Void> addService(@RequestParam("arg") String name, @RequestParam("arg") String endpoint,
			@RequestParam("arg") String key);

	/**
	 * Lists the services ({@code pin/remote/service/ls}).
	 * @param stat whether to ask each how many pins it has
	 * @return the services
	 */
	@PostExchange("/service/ls")
	Mono<Services> services(@RequestParam("stat") boolean stat);

	/**
	 * Removes a service from the node's configuration ({@code pin/remote/service/rm});
	 * the pins stay there.
	 * @param name the service's name
	 * @return completes when it is removed; also if it is not known
	 */
	@PostExchange("/service/rm")
	Mono<Void> removeService(@RequestParam("arg") String name);

	/**
	 * A pin at a service.
	 *
	 * @param status one of the constants of this type
	 * @param cid the content
	 * @param name the pin's name, may be empty
	 */
	record RemotePin(@JsonProperty("Status") String status, @JsonProperty("Cid") Cid cid,
			@JsonProperty("Name") String name) {

		/** The service has not begun to fetch the content. */
		public static final String QUEUED = "queued";

		/** The service fetches the content. */
		public static final String PINNING = "pinning";

		/** The service has the content. */
		public static final String PINNED = "pinned";

		/** The service could not get the content. */
		public static final String FAILED = "failed";

	}

	/**
	 * Services.
	 *
	 * @param services the services
	 */
	record Services(@JsonProperty("RemoteServices") List<Service> services) {

		public Services {
			services = Replies.orEmpty(services);
		}

	}

	/**
	 * A service.
	 *
	 * @param name its name
	 * @param endpoint the URL of its API
	 * @param stat how many pins it has, {@code null} unless asked for
	 */
	record Service(@JsonProperty("Service") String name, @JsonProperty("ApiEndpoint") String endpoint,
			@JsonProperty("Stat") @Nullable ServiceStat stat) {
	}

	/**
	 * How a service is.
	 *
	 * @param status {@code valid}, or {@code invalid} where it could not be asked
	 * @param pins how many pins it has, {@code null} where it could not be asked
	 */
	record ServiceStat(@JsonProperty("Status") String status, @JsonProperty("PinCount") @Nullable PinCount pins) {
	}

	/**
	 * How many pins a service has.
	 *
	 * @param queued those that it has not begun to fetch
	 * @param pinning those that it fetches
	 * @param pinned those that it has
	 * @param failed those that it could not get
	 */
	record PinCount(@JsonProperty("Queued") int queued, @JsonProperty("Pinning") int pinning,
			@JsonProperty("Pinned") int pinned, @JsonProperty("Failed") int failed) {
	}

	/**
	 * Options of {@code pin/remote/add}.
	 */
	final class AddOptions extends CommandOptions<AddOptions> {

		private static final AddOptions DEFAULTS = new AddOptions(Map.of());

		private AddOptions(Map<String, List<String>> parameters) {
			super(parameters, AddOptions::new);
		}

		/**
		 * Returns options of which none is set.
		 * @return the options
		 */
		public static AddOptions defaults() {
			return DEFAULTS;
		}

		/**
		 * Sets the service.
		 * @param service its name in the node's configuration
		 * @return new options
		 */
		public AddOptions service(String service) {
			return with("service", service);
		}

		/**
		 * Gives the pin a name.
		 * @param name the name, at most 255 bytes
		 * @return new options
		 */
		public AddOptions name(String name) {
			return with("name", name);
		}

		/**
		 * Sets whether the command ends before the service has the content.
		 * @param background whether not to wait
		 * @return new options
		 */
		public AddOptions background(boolean background) {
			return with("background", background);
		}

	}

	/**
	 * Options of {@code pin/remote/ls} and {@code pin/remote/rm}.
	 */
	final class QueryOptions extends CommandOptions<QueryOptions> {

		private static final QueryOptions DEFAULTS = new QueryOptions(Map.of());

		private QueryOptions(Map<String, List<String>> parameters) {
			super(parameters, QueryOptions::new);
		}

		/**
		 * Returns options of which none is set.
		 * @return the options
		 */
		public static QueryOptions defaults() {
			return DEFAULTS;
		}

		/**
		 * Sets the service.
		 * @param service its name in the node's configuration
		 * @return new options
		 */
		public QueryOptions service(String service) {
			return with("service", service);
		}

		/**
		 * Selects only pins of a name.
		 * @param name the whole name
		 * @return new options
		 */
		public QueryOptions name(String name) {
			return with("name", name);
		}

		/**
		 * Selects only pins of some content.
		 * @param cids the content
		 * @return new options
		 */
		public QueryOptions cids(Cid... cids) {
			return with("cid", (Object[]) cids);
		}

		/**
		 * Selects pins by their status. Those that are {@link RemotePin#PINNED} by
		 * default.
		 * @param statuses constants of {@link RemotePin}
		 * @return new options
		 */
		public QueryOptions statuses(String... statuses) {
			return with("status", (Object[]) statuses);
		}

	}

}
