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
import io.github.ipfstoolkit.Multiaddr;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * Commands of {@code p2p}: libp2p streams mounted on local TCP ports. The node must have
 * {@code Experimental.Libp2pStreamMounting} switched on.
 * <p>
 * Most applications use {@code io.github.ipfstoolkit.p2p.Tunnels} instead, which keeps
 * what is mounted alive.
 *
 * @since 0.1.0
 */
@HttpExchange("/api/v0/p2p")
public interface P2pApi {

	/**
	 * Hands streams of a protocol to a local address ({@code p2p/listen}), until it is
	 * closed or the node ends.
	 * @param protocol the protocol, beginning with {@code /x/}
	 * @param target where the node connects to for each stream
	 * @param reportPeerId whether the node writes the remote peer's ID and a newline
	 * before each stream's first byte
	 * @return completes when the node listens
	 */
	@PostExchange("/listen")
	Mono<Void> listen(@RequestParam("arg") String protocol, @RequestParam("arg") Multiaddr target,
			@RequestParam("report-peer-id") boolean reportPeerId);

	/**
	 * Hands streams of a protocol to a local address for as long as the returned flux is
	 * subscribed to ({@code p2p/listen --foreground}, Kubo 0.40 or newer).
	 * @param protocol the protocol, beginning with {@code /x/}
	 * @param target where the node connects to for each stream
	 * @param reportPeerId whether the node writes the remote peer's ID and a newline
	 * before each stream's first byte
	 * @param foreground {@code true}
	 * @return {@code active} once the node listens; ends when it no longer does
	 */
	@PostExchange("/listen")
	Flux<Mounted> listen(@RequestParam("arg") String protocol, @RequestParam("arg") Multiaddr target,
			@RequestParam("report-peer-id") boolean reportPeerId, @RequestParam("foreground") boolean foreground);

	/**
	 * Makes connections to a local address streams to a peer ({@code p2p/forward}), until
	 * it is closed or the node ends.
	 * @param protocol the protocol, beginning with {@code /x/}
	 * @param listen where the node accepts connections
	 * @param target the peer: an address that ends with {@code /p2p/<peer ID>}. One
	 * without is refused with {@link InvalidArgumentException} and never reaches the
	 * node, whose p2p commands would hang from then on
	 * @return completes when the node accepts connections
	 */
	@PostExchange("/forward")
	Mono<Void> forward(@RequestParam("arg") String protocol, @RequestParam("arg") Multiaddr listen,
			@RequestParam("arg") Multiaddr target);

	/**
	 * Makes connections to a local address streams to a peer for as long as the returned
	 * flux is subscribed to ({@code p2p/forward --foreground}, Kubo 0.40 or newer).
	 * @param protocol the protocol, beginning with {@code /x/}
	 * @param listen where the node accepts connections
	 * @param target the peer: an address that ends with {@code /p2p/<peer ID>}
	 * @param foreground {@code true}
	 * @return {@code active} once the node accepts connections; ends when it no longer
	 * does
	 */
	@PostExchange("/forward")
	Flux<Mounted> forward(@RequestParam("arg") String protocol, @RequestParam("arg") Multiaddr listen,
			@RequestParam("arg") Multiaddr target, @RequestParam("foreground") boolean foreground);

	/**
	 * Closes listeners and forwards ({@code p2p/close}): those that match all that is
	 * given. Open streams go on.
	 * @param protocol the protocol
	 * @param listenAddress the local address of a forward
	 * @param targetAddress the peer of a forward, or the local address of a listener
	 * @return how many were closed
	 */
	@PostExchange("/close")
	Mono<Integer> close(@RequestParam("protocol") @Nullable String protocol,
			@RequestParam("listen-address") @Nullable Multiaddr listenAddress,
			@RequestParam("target-address") @Nullable Multiaddr targetAddress);

	/**
	 * Lists listeners and forwards ({@code p2p/ls}).
	 * @return what is mounted
	 */
	@PostExchange("/ls")
	Mono<Mounts> ls();

	/**
	 * Lists the open streams ({@code p2p/stream/ls}).
	 * @return the streams
	 */
	@PostExchange("/stream/ls")
	Mono<Streams> streams();

	/**
	 * Resets a stream ({@code p2p/stream/close}); data in flight is lost. A stream that
	 * is not known is no error.
	 * @param id the stream's {@link Stream#id()}
	 * @return completes when it is closed
	 */
	@PostExchange("/stream/close")
	Mono<Void> closeStream(@RequestParam("arg") String id);

	/**
	 * Hands streams of a protocol to a local address ({@code p2p/listen}).
	 * @param protocol the protocol
	 * @param target where the node connects to for each stream
	 * @param options how
	 * @return nothing once the node listens; with
	 * {@link ListenOptions#foreground(boolean) foreground} {@code active}, and the end
	 * when it no longer does
	 */
	@PostExchange("/listen")
	Flux<Mounted> listen(@RequestParam("arg") String protocol, @RequestParam("arg") Multiaddr target,
			ListenOptions options);

	/**
	 * Makes connections to a local address streams to a peer ({@code p2p/forward}).
	 * @param protocol the protocol
	 * @param listen where the node accepts connections
	 * @param target the peer: an address that ends with {@code /p2p/<peer ID>}
	 * @param options how
	 * @return nothing once the node accepts connections; with
	 * {@link ForwardOptions#foreground(boolean) foreground} {@code active}, and the end
	 * when it no longer does
	 */
	@PostExchange("/forward")
	Flux<Mounted> forward(@RequestParam("arg") String protocol, @RequestParam("arg") Multiaddr listen,
			@RequestParam("arg") Multiaddr target, ForwardOptions options);

	/**
	 * Closes all listeners and forwards ({@code p2p/close}), also those of others. Open
	 * streams go on.
	 * @return how many were closed
	 */
	@PostExchange("/close?all=true")
	Mono<Integer> closeAll();

	/**
	 * Resets all streams ({@code p2p/stream/close}), also those of others; data in flight
	 * is lost.
	 * @return completes when they are closed
	 */
	@PostExchange("/stream/close?all=true")
	Mono<Void> closeAllStreams();

	/**
	 * State of a mount in the foreground.
	 *
	 * @param status {@code active}, then {@code closing} when somebody else closed it
	 * @param protocol the protocol
	 * @param address the address as it was given
	 */
	record Mounted(@JsonProperty("Status") String status, @JsonProperty("Protocol") @Nullable String protocol,
			@JsonProperty("Address") @Nullable String address) {

		/**
		 * Returns whether the mount is in use.
		 * @return whether the status is {@code active}
		 */
		public boolean isActive() {
			return "active".equals(this.status);
		}

	}

	/**
	 * What is mounted.
	 *
	 * @param listeners listeners and forwards, in no order
	 */
	record Mounts(@JsonProperty("Listeners") List<Mount> listeners) {

		public Mounts {
			listeners = Replies.orEmpty(listeners);
		}

	}

	/**
	 * A listener or a forward.
	 *
	 * @param protocol the protocol
	 * @param listenAddress for a forward the local address, for a listener
	 * {@code /p2p/<own peer ID>}
	 * @param targetAddress for a forward {@code /p2p/<peer ID>}, for a listener the local
	 * address
	 */
	record Mount(@JsonProperty("Protocol") String protocol, @JsonProperty("ListenAddress") Multiaddr listenAddress,
			@JsonProperty("TargetAddress") Multiaddr targetAddress) {

		/**
		 * Returns whether this is a forward.
		 * @return {@code false} for a listener
		 */
		public boolean isForward() {
			return this.targetAddress.peerId().isPresent();
		}

	}

	/**
	 * The open streams.
	 *
	 * @param streams the streams
	 */
	record Streams(@JsonProperty("Streams") List<Stream> streams) {

		public Streams {
			streams = Replies.orEmpty(streams);
		}

	}

	/**
	 * An open stream.
	 *
	 * @param id the stream's number on this node
	 * @param protocol the protocol
	 * @param originAddress where the stream comes from
	 * @param targetAddress where it leads to
	 */
	record Stream(@JsonProperty("HandlerID") String id, @JsonProperty("Protocol") String protocol,
			@JsonProperty("OriginAddress") Multiaddr originAddress,
			@JsonProperty("TargetAddress") Multiaddr targetAddress) {
	}

	/**
	 * Options of {@code p2p/listen}.
	 */
	final class ListenOptions extends CommandOptions<ListenOptions> {

		private static final ListenOptions DEFAULTS = new ListenOptions(Map.of());

		private ListenOptions(Map<String, List<String>> parameters) {
			super(parameters, ListenOptions::new);
		}

		/**
		 * Returns options of which none is set.
		 * @return the options
		 */
		public static ListenOptions defaults() {
			return DEFAULTS;
		}

		/**
		 * Sets whether the protocol need not begin with {@code /x/}.
		 * @param allow whether to allow it
		 * @return new options
		 */
		public ListenOptions allowCustomProtocol(boolean allow) {
			return with("allow-custom-protocol", allow);
		}

		/**
		 * Sets whether the node writes the remote peer's ID and a newline before each
		 * stream's first byte.
		 * @param report whether to write it
		 * @return new options
		 */
		public ListenOptions reportPeerId(boolean report) {
			return with("report-peer-id", report);
		}

		/**
		 * Sets whether the node listens only for as long as the returned flux is
		 * subscribed to (Kubo 0.40 or newer).
		 * @param foreground whether to do so
		 * @return new options
		 */
		public ListenOptions foreground(boolean foreground) {
			return with("foreground", foreground);
		}

	}

	/**
	 * Options of {@code p2p/forward}.
	 */
	final class ForwardOptions extends CommandOptions<ForwardOptions> {

		private static final ForwardOptions DEFAULTS = new ForwardOptions(Map.of());

		private ForwardOptions(Map<String, List<String>> parameters) {
			super(parameters, ForwardOptions::new);
		}

		/**
		 * Returns options of which none is set.
		 * @return the options
		 */
		public static ForwardOptions defaults() {
			return DEFAULTS;
		}

		/**
		 * Sets whether the protocol need not begin with {@code /x/}.
		 * @param allow whether to allow it
		 * @return new options
		 */
		public ForwardOptions allowCustomProtocol(boolean allow) {
			return with("allow-custom-protocol", allow);
		}

		/**
		 * Sets whether the node accepts connections only for as long as the returned flux
		 * is subscribed to (Kubo 0.40 or newer).
		 * @param foreground whether to do so
		 * @return new options
		 */
		public ForwardOptions foreground(boolean foreground) {
			return with("foreground", foreground);
		}

	}

}
