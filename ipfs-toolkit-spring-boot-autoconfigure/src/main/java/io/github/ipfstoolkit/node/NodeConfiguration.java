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

package io.github.ipfstoolkit.node;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.ipfstoolkit.InvalidIdentifierException;
import io.github.ipfstoolkit.Multiaddr;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A repository's configuration and what a managed node needs in it, after Kubo's
 * <a href="https://github.com/ipfs/kubo/blob/v0.43.0/docs/config.md">reference</a>. Keys
 * that are not named here stay as they are.
 */
final class NodeConfiguration {

	private static final JsonMapper mapper = JsonMapper.builder().build();

	private static final String SWARM = "Addresses.Swarm";

	/**
	 * For every managed node.
	 */
	private static final Map<String, String> ALWAYS = Map.of("Experimental.Libp2pStreamMounting", "true",
			"Pubsub.Enabled", "true", "Internal.ShutdownTimeout", "5s", "Plugins.Plugins.telemetry.Config.Mode", "off",
			"Version.SwarmCheckEnabled", "false");

	/**
	 * For a node that is to stay on this machine. Its DHT is the one of the LAN, which
	 * has the nodes as members that it is connected to.
	 */
	private static final Map<String, String> LOCAL = Map.ofEntries(Map.entry("Addresses.Announce", "[]"),
			Map.entry("Addresses.AppendAnnounce", "[]"), Map.entry("Bootstrap", "[]"),
			Map.entry("Discovery.MDNS.Enabled", "false"), Map.entry("AutoConf.Enabled", "false"),
			Map.entry("AutoTLS.Enabled", "false"), Map.entry("AutoNAT.ServiceMode", "disabled"),
			Map.entry("DNS.Resolvers", "{}"), Map.entry("HTTPRetrieval.Enabled", "false"),
			Map.entry("Ipns.DelegatedPublishers", "[]"), Map.entry("Routing.DelegatedRouters", "[]"),
			Map.entry("Routing.Type", "dht"), Map.entry("Routing.LoopbackAddressesOnLanDHT", "true"),
			Map.entry("Swarm.DisableNatPortMap", "true"), Map.entry("Swarm.EnableHolePunching", "false"),
			Map.entry("Swarm.RelayClient.Enabled", "false"), Map.entry("Swarm.RelayService.Enabled", "false"));

	/**
	 * What {@code ipfs init} sets, for a node that was local before.
	 */
	private static final Map<String, String> PUBLIC = Map.ofEntries(Map.entry("Bootstrap", "[\"auto\"]"),
			Map.entry("Discovery.MDNS.Enabled", "true"), Map.entry("AutoConf", "{}"), Map.entry("AutoTLS", "{}"),
			Map.entry("AutoNAT", "{}"), Map.entry("DNS.Resolvers", "{\".\":\"auto\"}"),
			Map.entry("HTTPRetrieval", "{}"), Map.entry("Ipns.DelegatedPublishers", "[\"auto\"]"),
			Map.entry("Routing", "{\"DelegatedRouters\":[\"auto\"]}"), Map.entry("Swarm.DisableNatPortMap", "false"),
			Map.entry("Swarm.EnableHolePunching", "null"), Map.entry("Swarm.RelayClient", "{}"),
			Map.entry("Swarm.RelayService", "{}"));

	private static final List<String> LOCAL_ADDRESSES = List.of("/ip4/127.0.0.1/tcp/%d",
			"/ip4/127.0.0.1/udp/%d/quic-v1");

	private static final List<String> PUBLIC_ADDRESSES = List.of("/ip4/0.0.0.0/tcp/%d", "/ip6/::/tcp/%d",
			"/ip4/0.0.0.0/udp/%d/webrtc-direct", "/ip4/0.0.0.0/udp/%d/quic-v1",
			"/ip4/0.0.0.0/udp/%d/quic-v1/webtransport", "/ip6/::/udp/%d/webrtc-direct", "/ip6/::/udp/%d/quic-v1",
			"/ip6/::/udp/%d/quic-v1/webtransport");

	private final ObjectNode root;

	private NodeConfiguration(ObjectNode root) {
		this.root = root;
	}

	static NodeConfiguration parse(String json) {
		return new NodeConfiguration((ObjectNode) mapper.readTree(json));
	}

	/**
	 * Sets what every managed node needs, and what its network asks for.
	 * @param network the network
	 * @param fresh whether the repository is new
	 */
	void apply(NodeNetwork network, boolean fresh) {
		ALWAYS.forEach(this::set);
		if (network == NodeNetwork.LOCAL) {
			LOCAL.forEach(this::set);
		}
		else if (!fresh && isLocal()) {
			PUBLIC.forEach(this::set);
		}
	}

	/**
	 * Sets the swarm's addresses, unless they fit already. A node keeps its port from one
	 * start to the next, so that the addresses which other peers remember stay right.
	 * @param network the network
	 * @param fresh whether the repository is new
	 * @param port the port, 0 for any that is free
	 * @throws NodePortInUseException if the port is taken and may not be replaced
	 */
	void swarm(NodeNetwork network, boolean fresh, int port) {
		boolean loopback = network == NodeNetwork.LOCAL;
		List<String> pattern = loopback ? LOCAL_ADDRESSES : PUBLIC_ADDRESSES;
		Set<Integer> current = swarmPorts();
		boolean ours = current.size() == 1 && addresses(pattern, current.iterator().next()).equals(get(SWARM));
		if (port != 0) {
			requireFree(port, loopback, "Set 'ipfs.node.swarm-port' to another port, or to 0 for any that is free.");
			set(SWARM, addresses(pattern, port));
		}
		else if (fresh || loopback != isLocal()) {
			set(SWARM, addresses(pattern, NodePorts.free(loopback)));
		}
		else if (ours && !NodePorts.isFree(current.iterator().next(), loopback)) {
			set(SWARM, addresses(pattern, NodePorts.free(loopback)));
		}
		else {
			current.forEach((taken) -> requireFree(taken, loopback,
					"It is in the repository's configuration (Addresses.Swarm): change it there, or end what uses it."));
		}
	}

	private static void requireFree(int port, boolean loopback, String remedy) {
		if (!NodePorts.isFree(port, loopback)) {
			throw new NodePortInUseException("The node's swarm port %d is taken".formatted(port), remedy, null);
		}
	}

	private static ArrayNode addresses(List<String> pattern, int port) {
		ArrayNode addresses = mapper.createArrayNode();
		pattern.forEach((address) -> addresses.add(address.formatted(port)));
		return addresses;
	}

	/**
	 * Returns the ports that the swarm listens on, without those that are chosen at each
	 * start.
	 */
	Set<Integer> swarmPorts() {
		Set<Integer> ports = new LinkedHashSet<>();
		for (JsonNode address : get(SWARM)) {
			try {
				Multiaddr.of(address.asString())
					.components()
					.stream()
					.filter((component) -> component.protocol().equals("tcp") || component.protocol().equals("udp"))
					.map((component) -> Integer.parseInt(String.valueOf(component.value())))
					.filter((port) -> port != 0)
					.forEach(ports::add);
			}
			catch (InvalidIdentifierException ex) {
				// Kubo itself will say what it does not like about it
				continue;
			}
		}
		return ports;
	}

	private boolean isLocal() {
		JsonNode addresses = get(SWARM);
		for (JsonNode address : addresses) {
			if (!address.asString().startsWith("/ip4/127.") && !address.asString().startsWith("/ip6/::1/")) {
				return false;
			}
		}
		return !addresses.isEmpty();
	}

	/**
	 * Sets a value.
	 * @param path the keys, separated by dots
	 * @param value JSON; what is none is taken as a string
	 */
	void set(String path, String value) {
		set(path, parseValue(value));
	}

	private static JsonNode parseValue(String value) {
		try {
			JsonNode node = mapper.readTree(value);
			return node.isMissingNode() ? mapper.getNodeFactory().stringNode(value) : node;
		}
		catch (JacksonException ex) {
			return mapper.getNodeFactory().stringNode(value);
		}
	}

	private void set(String path, JsonNode value) {
		String[] keys = path.split("\\.");
		ObjectNode parent = this.root;
		for (int i = 0; i < keys.length - 1; i++) {
			JsonNode child = parent.path(keys[i]);
			parent = child.isObject() ? (ObjectNode) child : parent.putObject(keys[i]);
		}
		if (value.isNull()) {
			parent.remove(keys[keys.length - 1]);
		}
		else {
			parent.set(keys[keys.length - 1], value);
		}
	}

	JsonNode get(String path) {
		JsonNode node = this.root;
		for (String key : path.split("\\.")) {
			node = node.path(key);
		}
		return node;
	}

	@Override
	public String toString() {
		return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(this.root);
	}

}
