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

package io.github.ipfstoolkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A self-describing network address such as {@code /ip4/127.0.0.1/tcp/4001/p2p/12D3KooW…}
 * (<a href="https://github.com/multiformats/multiaddr">multiaddr</a>). Immutable.
 * <p>
 * The values of the protocols that the toolkit itself acts on are checked: IP addresses,
 * ports, peer IDs. Protocols that it does not know are kept as they stand, so that
 * addresses of newer nodes pass through.
 *
 * @since 0.1.0
 */
public final class Multiaddr {

	private static final Set<String> WITHOUT_VALUE = Set.of("quic", "quic-v1", "ws", "wss", "tls", "noise", "http",
			"https", "webtransport", "webrtc", "webrtc-direct", "p2p-circuit", "p2p-webrtc-direct", "p2p-webrtc-star",
			"p2p-websocket-star", "p2p-stardust", "utp", "udt", "plaintextv2");

	private static final Set<String> PORTS = Set.of("tcp", "udp", "sctp", "dccp");

	private static final Set<String> NAMES = Set.of("dns", "dns4", "dns6", "dnsaddr");

	private static final Map<String, String> ALIASES = Map.of("ipfs", "p2p");

	private final String text;

	private final List<Component> components;

	private Multiaddr(List<Component> components) {
		this.components = List.copyOf(components);
		StringBuilder text = new StringBuilder();
		components.forEach((component) -> text.append(component));
		this.text = text.toString();
	}

	/**
	 * Reads a multiaddr.
	 * @param text the address, starting with a slash
	 * @return the multiaddr
	 * @throws InvalidIdentifierException if it is none
	 */
	@JsonCreator
	public static Multiaddr of(String text) {
		try {
			return new Multiaddr(parse(text));
		}
		catch (IllegalArgumentException | InvalidIdentifierException ex) {
			throw new InvalidIdentifierException("multiaddr", text, String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * Returns the multiaddr of a TCP port.
	 * @param host an IPv4 address, an IPv6 address or a DNS name
	 * @param port the port
	 * @return such as {@code /ip4/127.0.0.1/tcp/4001}
	 * @throws InvalidIdentifierException if host or port are not valid
	 */
	public static Multiaddr tcp(String host, int port) {
		String protocol = "dns";
		if (IpLiterals.isIpv4(host)) {
			protocol = "ip4";
		}
		else if (IpLiterals.isIpv6(host)) {
			protocol = "ip6";
		}
		if (host.indexOf('/') >= 0) {
			throw new InvalidIdentifierException("host", host, "it holds a slash");
		}
		return of("/%s/%s/tcp/%d".formatted(protocol, host, port));
	}

	private static List<Component> parse(String text) {
		if (!text.startsWith("/")) {
			throw new IllegalArgumentException("it does not start with '/'");
		}
		String[] parts = text.substring(1).split("/", -1);
		List<Component> components = new ArrayList<>();
		int index = 0;
		while (index < parts.length) {
			String protocol = parts[index++];
			if (protocol.isEmpty()) {
				if (index == parts.length && !components.isEmpty()) {
					break; // one slash at the end is tolerated, as Kubo does
				}
				throw new IllegalArgumentException("a protocol's name is missing");
			}
			protocol = ALIASES.getOrDefault(protocol, protocol);
			if (WITHOUT_VALUE.contains(protocol)) {
				components.add(new Component(protocol, null));
			}
			else if (protocol.equals("unix")) {
				String path = String.join("/", List.of(parts).subList(index, parts.length));
				if (path.isEmpty()) {
					throw new IllegalArgumentException("protocol 'unix' needs a value");
				}
				components.add(new Component(protocol, "/" + path));
				index = parts.length;
			}
			else {
				if (index == parts.length || parts[index].isEmpty()) {
					throw new IllegalArgumentException("protocol '%s' needs a value".formatted(protocol));
				}
				components.add(new Component(protocol, checkValue(protocol, parts[index++])));
			}
		}
		return components;
	}

	private static String checkValue(String protocol, String value) {
		if (PORTS.contains(protocol)) {
			return checkPort(value);
		}
		if (protocol.equals("p2p")) {
			return PeerId.of(value).toString();
		}
		if (protocol.equals("ip4") && !IpLiterals.isIpv4(value)) {
			throw new IllegalArgumentException("'%s' is no IPv4 address".formatted(value));
		}
		else if (protocol.equals("ip6") && !IpLiterals.isIpv6(value)) {
			throw new IllegalArgumentException("'%s' is no IPv6 address".formatted(value));
		}
		else if (NAMES.contains(protocol) && !value.chars().allMatch(Multiaddr::isOfName)) {
			throw new IllegalArgumentException("'%s' is no DNS name".formatted(value));
		}
		return value;
	}

	private static boolean isOfName(int character) {
		return Character.isLetterOrDigit(character) || character == '-' || character == '.' || character == '_';
	}

	private static String checkPort(String value) {
		boolean digits = value.length() <= 5 && value.chars().allMatch((digit) -> digit >= '0' && digit <= '9');
		if (!digits || Integer.parseInt(value) > 65535) {
			throw new IllegalArgumentException("'%s' is no port".formatted(value));
		}
		return Integer.toString(Integer.parseInt(value));
	}

	/**
	 * Returns the address's parts in their order.
	 * @return the components, at least one
	 */
	public List<Component> components() {
		return this.components;
	}

	/**
	 * Returns the value of the first component of a protocol.
	 * @param protocol such as {@code tcp}
	 * @return the value, empty if the protocol does not occur or takes none
	 */
	public Optional<String> value(String protocol) {
		return this.components.stream()
			.filter((component) -> component.protocol().equals(protocol))
			.findFirst()
			.map(Component::value);
	}

	/**
	 * Returns the peer that the address leads to: the last component's, as an address
	 * through a relay names the relay's ID before it.
	 * @return the peer ID, empty if the address does not end with one
	 */
	public Optional<PeerId> peerId() {
		Component last = this.components.get(this.components.size() - 1);
		return last.protocol().equals("p2p") ? Optional.of(PeerId.of(String.valueOf(last.value()))) : Optional.empty();
	}

	/**
	 * Returns this address with a peer ID at its end.
	 * @param peerId the peer
	 * @return the address, unchanged if it ends with that peer already
	 * @throws InvalidIdentifierException if it ends with another peer
	 */
	public Multiaddr withPeerId(PeerId peerId) {
		Optional<PeerId> present = peerId();
		if (present.isEmpty()) {
			List<Component> extended = new ArrayList<>(this.components);
			extended.add(new Component("p2p", peerId.toString()));
			return new Multiaddr(extended);
		}
		if (!present.get().equals(peerId)) {
			throw new InvalidIdentifierException("address of peer " + peerId, this.text, "it names another peer");
		}
		return this;
	}

	/**
	 * Returns the host that the address begins with.
	 * @return an IP address or a DNS name, empty for other kinds of address
	 */
	public Optional<String> host() {
		Component first = this.components.get(0);
		return switch (first.protocol()) {
			case "ip4", "ip6", "dns", "dns4", "dns6" -> Optional.ofNullable(first.value());
			default -> Optional.empty();
		};
	}

	/**
	 * Returns the TCP port.
	 * @return the port, empty if the address has none
	 */
	public Optional<Integer> tcpPort() {
		return value("tcp").map(Integer::valueOf);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Multiaddr multiaddr && this.text.equals(multiaddr.text);
	}

	@Override
	public int hashCode() {
		return this.text.hashCode();
	}

	/**
	 * Returns the address as text, with {@code p2p} for the older {@code ipfs}, peer IDs
	 * in base 58, and without a slash at its end.
	 */
	@Override
	@JsonValue
	public String toString() {
		return this.text;
	}

	/**
	 * One part of an address.
	 *
	 * @param protocol the protocol's name
	 * @param value the value, {@code null} where the protocol takes none
	 */
	public record Component(String protocol, @Nullable String value) {

		@Override
		public String toString() {
			if (this.value == null) {
				return "/" + this.protocol;
			}
			return this.value.startsWith("/") ? "/" + this.protocol + this.value
					: "/" + this.protocol + "/" + this.value;
		}

	}

}
