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

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.ipfstoolkit.PeerId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * Commands of {@code name}: IPNS records, which let a key's name lead to content that
 * changes.
 *
 * @since 0.1.0
 */
@HttpExchange("/api/v0/name")
public interface NameApi {

	/**
	 * Lets the node's own name lead to content ({@code name/publish}).
	 * @param path the content
	 * @return the record's name and value
	 */
	@PostExchange("/publish")
	Mono<Published> publish(@RequestParam("arg") String path);

	/**
	 * Lets a name lead to content ({@code name/publish}).
	 * <p>
	 * Publishing the value that is already published does not increase the record's
	 * sequence number; of two records with the same number the one that is valid longer
	 * counts, so that a shorter lifetime or another TTL has no effect unless a
	 * {@link PublishOptions#sequence(long) sequence number} is given.
	 * @param path the content
	 * @param options which name, and for how long
	 * @return the record's name and value
	 */
	@PostExchange("/publish")
	Mono<Published> publish(@RequestParam("arg") String path, PublishOptions options);

	/**
	 * Follows a name ({@code name/resolve}).
	 * @param name an IPNS name or a domain with a DNSLink, with or without {@code /ipns/}
	 * @return where it leads to
	 */
	@PostExchange("/resolve")
	Mono<ContentApi.ResolvedPath> resolve(@RequestParam("arg") String name);

	/**
	 * Follows a name ({@code name/resolve}).
	 * @param name an IPNS name or a domain with a DNSLink, with or without {@code /ipns/}
	 * @param options how to follow it; with {@link ResolveOptions#stream(boolean) stream}
	 * there can be several results, each better than the one before
	 * @return where it leads to
	 */
	@PostExchange("/resolve")
	Flux<ContentApi.ResolvedPath> resolve(@RequestParam("arg") String name, ResolveOptions options);

	/**
	 * Fetches a name's signed record ({@code name/get}, Kubo 0.40 or newer).
	 * @param name the IPNS name
	 * @return the record's bytes
	 */
	@PostExchange("/get")
	Mono<byte[]> get(@RequestParam("arg") String name);

	/**
	 * Fetches a name's signed record ({@code name/get}, Kubo 0.40 or newer).
	 * @param name the IPNS name
	 * @param offline whether only the node's own store is asked
	 * @return the record's bytes
	 */
	@PostExchange("/get")
	Mono<byte[]> get(@RequestParam("arg") String name, @RequestParam("offline") boolean offline);

	/**
	 * Publishes a signed record, for which the key is not needed ({@code name/put}, Kubo
	 * 0.40 or newer).
	 * @param name the IPNS name
	 * @param upload the record's bytes
	 * @return the record's name and value
	 */
	@PostExchange("/put")
	Mono<Published> put(@RequestParam("arg") String name, Upload upload);

	/**
	 * Publishes a signed record, for which the key is not needed ({@code name/put}, Kubo
	 * 0.40 or newer).
	 * @param name the IPNS name
	 * @param upload the record's bytes
	 * @param allowOffline whether it is no error that the node has no connections
	 * @return the record's name and value
	 */
	@PostExchange("/put")
	Mono<Published> put(@RequestParam("arg") String name, Upload upload,
			@RequestParam("allow-offline") boolean allowOffline);

	/**
	 * Publishes a signed record, for which the key is not needed ({@code name/put}, Kubo
	 * 0.40 or newer).
	 * @param name the IPNS name
	 * @param upload the record's bytes
	 * @param options what to allow
	 * @return the record's name and value
	 */
	@PostExchange("/put")
	Mono<Published> put(@RequestParam("arg") String name, Upload upload, PutOptions options);

	/**
	 * Reads a record ({@code name/inspect}).
	 * @param upload the record's bytes
	 * @param name the IPNS name for which the signature is checked
	 * @return what it says, and whether it is valid
	 */
	@PostExchange("/inspect?dump=false")
	Mono<Inspected> inspect(Upload upload, @RequestParam("verify") String name);

	/**
	 * Reads a record ({@code name/inspect}) without checking its signature.
	 * @param upload the record's bytes
	 * @param dump whether to show its bytes, see {@link Inspected#hexDump()}
	 * @return what it says
	 */
	@PostExchange("/inspect")
	Mono<Inspected> inspect(Upload upload, @RequestParam("dump") boolean dump);

	/**
	 * Tells whether records are also exchanged by pubsub ({@code name/pubsub/state}).
	 * @return whether they are
	 */
	@PostExchange("/pubsub/state")
	Mono<PubsubState> pubsubState();

	/**
	 * Lists the names whose records the node follows by pubsub
	 * ({@code name/pubsub/subs}): those that were resolved. An error where IPNS over
	 * pubsub is off.
	 * @return the names, each after {@code /ipns/}
	 */
	@PostExchange("/pubsub/subs")
	Mono<Strings> pubsubSubscriptions();

	/**
	 * No longer follows a name's record by pubsub ({@code name/pubsub/cancel}).
	 * @param name the name
	 * @return whether it was followed
	 */
	@PostExchange("/pubsub/cancel")
	Mono<PubsubCancel> cancelPubsubSubscription(@RequestParam("arg") String name);

	/**
	 * A published record.
	 *
	 * @param name the key's identity; {@link PeerId#toIpnsName()} is the IPNS name
	 * @param value the path that it leads to
	 */
	record Published(@JsonProperty("Name") PeerId name, @JsonProperty("Value") String value) {
	}

	/**
	 * A record that was read.
	 *
	 * @param entry what it says
	 * @param signatureType such as {@code V1+V2}
	 * @param validation whether it is valid, {@code null} where that was not checked
	 * @param size the record's size in bytes
	 * @param hexDump its bytes for people, empty unless asked for
	 */
	record Inspected(@JsonProperty("Entry") Entry entry, @JsonProperty("SignatureType") @Nullable String signatureType,
			@JsonProperty("Validation") @Nullable Validation validation, @JsonProperty("PbSize") int size,
			@JsonProperty("HexDump") String hexDump) {
	}

	/**
	 * What a record says.
	 *
	 * @param value the path that it leads to
	 * @param validity until when it is valid
	 * @param sequence its sequence number: of two records the one with the higher counts
	 * @param ttl how long it may be cached, in nanoseconds
	 */
	record Entry(@JsonProperty("Value") String value, @JsonProperty("Validity") Instant validity,
			@JsonProperty("Sequence") long sequence, @JsonProperty("TTL") long ttl) {
	}

	/**
	 * Whether a record is valid.
	 *
	 * @param valid whether the signature matches the name and the time has not run out
	 * @param reason why it is not valid, empty where it is
	 */
	record Validation(@JsonProperty("Valid") boolean valid, @JsonProperty("Reason") @Nullable String reason) {
	}

	/**
	 * Whether records are also exchanged by pubsub.
	 *
	 * @param enabled whether they are
	 */
	record PubsubState(@JsonProperty("Enabled") boolean enabled) {
	}

	/**
	 * Whether a name was followed.
	 *
	 * @param canceled whether it was
	 */
	record PubsubCancel(@JsonProperty("Canceled") boolean canceled) {
	}

	/**
	 * Options of {@code name/publish}.
	 */
	final class PublishOptions extends CommandOptions<PublishOptions> {

		private static final PublishOptions DEFAULTS = new PublishOptions(Map.of());

		private PublishOptions(Map<String, List<String>> parameters) {
			super(parameters, PublishOptions::new);
		}

		/**
		 * Returns options of which none is set.
		 * @return the options
		 */
		public static PublishOptions defaults() {
			return DEFAULTS;
		}

		/**
		 * Sets the key whose name leads to the content. It is {@code self} by default.
		 * @param key the key's name on the node, or its IPNS name
		 * @return new options
		 */
		public PublishOptions key(String key) {
			return with("key", key);
		}

		/**
		 * Sets how long the record is valid. The node takes 48 hours by default.
		 * @param lifetime how long
		 * @return new options
		 */
		public PublishOptions lifetime(Duration lifetime) {
			return with("lifetime", lifetime);
		}

		/**
		 * Sets how long the record may be cached. The node takes 5 minutes by default.
		 * @param ttl how long
		 * @return new options
		 */
		public PublishOptions ttl(Duration ttl) {
			return with("ttl", ttl);
		}

		/**
		 * Sets whether the path is followed before it is published, to see whether the
		 * content can be had. It is by default.
		 * @param resolve whether to follow it
		 * @return new options
		 */
		public PublishOptions resolve(boolean resolve) {
			return with("resolve", resolve);
		}

		/**
		 * Sets whether it is no error that the node has no connections.
		 * @param allow whether to publish to the node's own store then
		 * @return new options
		 */
		public PublishOptions allowOffline(boolean allow) {
			return with("allow-offline", allow);
		}

		/**
		 * Sets the record's sequence number.
		 * @param sequence the number, higher than the current record's
		 * @return new options
		 */
		public PublishOptions sequence(long sequence) {
			return with("sequence", sequence);
		}

		/**
		 * Sets whether old nodes can read the record too, which makes it larger. They can
		 * by default.
		 * @param v1compat whether to make it so
		 * @return new options
		 */
		public PublishOptions v1compat(boolean v1compat) {
			return with("v1compat", v1compat);
		}

		/**
		 * Sets whether it is no error that the node has no connections where it publishes
		 * through delegated publishers over HTTP.
		 * @param allow whether to allow it
		 * @return new options
		 */
		public PublishOptions allowDelegated(boolean allow) {
			return with("allow-delegated", allow);
		}

	}

	/**
	 * Options of {@code name/resolve}.
	 */
	final class ResolveOptions extends CommandOptions<ResolveOptions> {

		private static final ResolveOptions DEFAULTS = new ResolveOptions(Map.of());

		private ResolveOptions(Map<String, List<String>> parameters) {
			super(parameters, ResolveOptions::new);
		}

		/**
		 * Returns options of which none is set.
		 * @return the options
		 */
		public static ResolveOptions defaults() {
			return DEFAULTS;
		}

		/**
		 * Sets whether names are followed until the result is none. They are by default.
		 * @param recursive whether to follow them
		 * @return new options
		 */
		public ResolveOptions recursive(boolean recursive) {
			return with("recursive", recursive);
		}

		/**
		 * Sets whether the node's cache is left out.
		 * @param nocache whether to leave it out
		 * @return new options
		 */
		public ResolveOptions nocache(boolean nocache) {
			return with("nocache", nocache);
		}

		/**
		 * Sets whether results are sent as they are found.
		 * @param stream whether to do so
		 * @return new options
		 */
		public ResolveOptions stream(boolean stream) {
			return with("stream", stream);
		}

		/**
		 * Sets how many records are collected before the best is taken.
		 * @param count how many; 0 for all that can be had
		 * @return new options
		 */
		public ResolveOptions dhtRecordCount(int count) {
			return with("dht-record-count", count);
		}

		/**
		 * Sets how long records are collected.
		 * @param timeout how long; zero for no limit
		 * @return new options
		 */
		public ResolveOptions dhtTimeout(Duration timeout) {
			return with("dht-timeout", timeout);
		}

	}

	/**
	 * Options of {@code name/put}.
	 */
	final class PutOptions extends CommandOptions<PutOptions> {

		private static final PutOptions DEFAULTS = new PutOptions(Map.of());

		private PutOptions(Map<String, List<String>> parameters) {
			super(parameters, PutOptions::new);
		}

		/**
		 * Returns options of which none is set.
		 * @return the options
		 */
		public static PutOptions defaults() {
			return DEFAULTS;
		}

		/**
		 * Sets whether a record is published that is not newer than the one that is
		 * known.
		 * @param force whether to publish it
		 * @return new options
		 */
		public PutOptions force(boolean force) {
			return with("force", force);
		}

		/**
		 * Sets whether it is no error that the node has no connections.
		 * @param allow whether to publish to the node's own store then
		 * @return new options
		 */
		public PutOptions allowOffline(boolean allow) {
			return with("allow-offline", allow);
		}

		/**
		 * Sets whether it is no error that the node has no connections where it publishes
		 * through delegated publishers over HTTP.
		 * @param allow whether to allow it
		 * @return new options
		 */
		public PutOptions allowDelegated(boolean allow) {
			return with("allow-delegated", allow);
		}

	}

}
