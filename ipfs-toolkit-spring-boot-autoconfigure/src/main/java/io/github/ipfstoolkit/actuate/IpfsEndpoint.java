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

package io.github.ipfstoolkit.actuate;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.ipfstoolkit.contacts.ContactRepository;
import io.github.ipfstoolkit.listener.IpfsListenerContainer;
import io.github.ipfstoolkit.listener.IpfsListenerEndpointRegistry;
import io.github.ipfstoolkit.node.IpfsNode;
import io.github.ipfstoolkit.node.NodeState;
import io.github.ipfstoolkit.rpc.Kubo;
import io.github.ipfstoolkit.rpc.NodeApi.Identity;
import io.github.ipfstoolkit.rpc.NodeApi.Version;
import io.github.ipfstoolkit.rpc.P2pApi.Mount;
import io.github.ipfstoolkit.rpc.P2pApi.Mounts;
import io.github.ipfstoolkit.rpc.RpcEndpoint;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * The actuator endpoint {@code ipfs}: the node, the application's listeners, what the
 * node has mounted, and how many contacts there are. What the node does not tell within
 * {@link #TIMEOUT} is left out. Secrets are no part of it. Safe for use by several
 * threads.
 *
 * @since 0.1.0
 */
@Endpoint(id = "ipfs")
public class IpfsEndpoint {

	/**
	 * How long the node is waited for.
	 */
	public static final Duration TIMEOUT = Duration.ofSeconds(5);

	private final Kubo kubo;

	private final @Nullable IpfsNode node;

	private final @Nullable IpfsListenerEndpointRegistry listeners;

	private final @Nullable ContactRepository contacts;

	private final Duration timeout;

	/**
	 * Creates an endpoint.
	 * @param kubo the node's RPC API
	 * @param node where the node comes from, {@code null} if that is not known
	 * @param listeners the application's listeners, {@code null} if it has none
	 * @param contacts the application's contacts, {@code null} if it has none
	 */
	public IpfsEndpoint(Kubo kubo, @Nullable IpfsNode node, @Nullable IpfsListenerEndpointRegistry listeners,
			@Nullable ContactRepository contacts) {
		this(kubo, node, listeners, contacts, TIMEOUT);
	}

	IpfsEndpoint(Kubo kubo, @Nullable IpfsNode node, @Nullable IpfsListenerEndpointRegistry listeners,
			@Nullable ContactRepository contacts, Duration timeout) {
		this.kubo = kubo;
		this.node = node;
		this.listeners = listeners;
		this.contacts = contacts;
		this.timeout = timeout;
	}

	/**
	 * Describes the application as a peer.
	 * @return the description
	 */
	@ReadOperation
	public IpfsDescriptor ipfs() {
		boolean asked = isAnswering();
		Mono<Optional<String>> address = answer(asked,
				Mono.justOrEmpty(this.node).map(IpfsNode::endpoint).map(RpcEndpoint::toString));
		Mono<Optional<Version>> version = answer(asked, this.kubo.node().version());
		Mono<Optional<Identity>> identity = answer(asked, this.kubo.node().id());
		Mono<Optional<Mounts>> mounts = answer(asked, this.kubo.p2p().ls());
		Mono<Optional<Integer>> contacts = answer(true,
				Mono.justOrEmpty(this.contacts).map((repository) -> repository.findAll().size()));
		return Mono.zip(address, version, identity, mounts, contacts)
			.map((answers) -> new IpfsDescriptor(
					describe(answers.getT1().orElse(null), answers.getT2().orElse(null), answers.getT3().orElse(null)),
					describeListeners(), answers.getT4().map(IpfsEndpoint::describe).orElse(null),
					answers.getT5().orElse(null)))
			.blockOptional()
			.orElseThrow();
	}

	/**
	 * A node that is not there yet would be started by asking it.
	 */
	private boolean isAnswering() {
		return this.node == null || this.node.state() == NodeState.EXTERNAL || this.node.state() == NodeState.RUNNING;
	}

	/**
	 * Asks without letting one question that fails or hangs spoil the others. Subscribing
	 * may block.
	 */
	private <T> Mono<Optional<T>> answer(boolean asked, Mono<T> question) {
		if (!asked) {
			return Mono.just(Optional.empty());
		}
		return question.subscribeOn(Schedulers.boundedElastic())
			.timeout(this.timeout)
			.map(Optional::of)
			.onErrorReturn(Optional.empty())
			.defaultIfEmpty(Optional.empty());
	}

	private NodeDescriptor describe(@Nullable String address, @Nullable Version version, @Nullable Identity identity) {
		return new NodeDescriptor(version != null && identity != null, (this.node != null) ? mode(this.node) : null,
				(this.node != null) ? this.node.state().name().toLowerCase(Locale.ROOT) : null, this.kubo.backend(),
				address, (version != null) ? version.version() : null,
				(identity != null) ? identity.id().toString() : null,
				(identity != null) ? identity.addresses().stream().map(Object::toString).toList() : List.of());
	}

	private static String mode(IpfsNode node) {
		return node.isManaged() ? "managed" : "external";
	}

	private List<ListenerDescriptor> describeListeners() {
		return (this.listeners != null) ? this.listeners.getContainers().stream().map(IpfsEndpoint::describe).toList()
				: List.of();
	}

	private static ListenerDescriptor describe(IpfsListenerContainer container) {
		return new ListenerDescriptor(container.getEndpoint().id(), container.getEndpoint().name(),
				container.getEndpoint().type().name().toLowerCase(Locale.ROOT), container.isRunning(),
				container.isActive());
	}

	private static List<TunnelDescriptor> describe(Mounts mounts) {
		return mounts.listeners().stream().map(IpfsEndpoint::describe).toList();
	}

	private static TunnelDescriptor describe(Mount mount) {
		return new TunnelDescriptor(mount.isForward() ? "forward" : "listener", mount.protocol(),
				mount.listenAddress().toString(), mount.targetAddress().toString());
	}

	/**
	 * Describes the application as a peer.
	 *
	 * @param node the node
	 * @param listeners the application's listeners
	 * @param tunnels what the node has mounted, also for others; {@code null} if it does
	 * not tell
	 * @param contacts how many contacts there are, {@code null} if that is not known
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record IpfsDescriptor(NodeDescriptor node, List<ListenerDescriptor> listeners,
			@Nullable List<TunnelDescriptor> tunnels, @Nullable Integer contacts) implements OperationResponseBody {
	}

	/**
	 * Describes the node.
	 *
	 * @param reachable whether it answers
	 * @param mode {@code managed} or {@code external}
	 * @param state how far a managed node is in its life, such as {@code running} or
	 * {@code restarting}; {@code external} for another one
	 * @param backend how it is reached: {@code http} or {@code cli}
	 * @param address where its RPC API is, without credentials
	 * @param version its version
	 * @param peerId its peer ID
	 * @param addresses the addresses at which other peers reach it
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record NodeDescriptor(boolean reachable, @Nullable String mode, @Nullable String state, String backend,
			@Nullable String address, @Nullable String version, @Nullable String peerId, List<String> addresses) {
	}

	/**
	 * Describes a listener of the application.
	 *
	 * @param id its ID
	 * @param name the name that peers send to, or that of the topic
	 * @param type {@code transmission} or {@code topic}
	 * @param running whether it is started
	 * @param active whether messages can arrive
	 */
	public record ListenerDescriptor(String id, String name, String type, boolean running, boolean active) {
	}

	/**
	 * Describes what the node has mounted.
	 *
	 * @param type {@code listener} or {@code forward}
	 * @param protocol the libp2p protocol
	 * @param listenAddress where streams come from
	 * @param targetAddress where they lead to
	 */
	public record TunnelDescriptor(String type, String protocol, String listenAddress, String targetAddress) {
	}

}
