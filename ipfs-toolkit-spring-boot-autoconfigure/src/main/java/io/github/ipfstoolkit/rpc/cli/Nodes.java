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

package io.github.ipfstoolkit.rpc.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.NodeException;
import io.github.ipfstoolkit.rpc.RpcEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * Tells the executable where the node is.
 */
final class Nodes {

	private static final int PROBE_MILLIS = 1000;

	private static final String HTTP_REMEDY = "Use the backend 'http' (ipfs.backend=http).";

	private Nodes() {
	}

	/**
	 * A repository: the executable passes commands on to the node that runs on it, and
	 * works on it itself where none does.
	 */
	static Node in(Path repository) {
		return new Node("repository " + repository, List.of(),
				Map.of("IPFS_PATH", repository.toAbsolutePath().toString()), isNodeRunning(repository), false);
	}

	private static boolean isNodeRunning(Path repository) {
		try {
			RpcEndpoint endpoint = RpcEndpoint.of(Files.readString(repository.resolve("api")).strip(), null);
			Path socket = endpoint.unixSocket();
			if (socket != null) {
				try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
					return channel.connect(UnixDomainSocketAddress.of(socket));
				}
			}
			try (Socket connection = new Socket()) {
				connection.connect(new InetSocketAddress(endpoint.uri().getHost(), port(endpoint)), PROBE_MILLIS);
				return true;
			}
		}
		catch (IOException | IpfsException ex) {
			return false;
		}
	}

	/**
	 * A node at an address.
	 * @throws NodeException if the executable cannot be told of it
	 */
	static Node at(RpcEndpoint endpoint) {
		List<String> address = List.of("--api=" + address(endpoint));
		String secret = secret(endpoint.authorization(), endpoint);
		// no repository: what stands in one must not count
		return new Node(endpoint.toString(),
				(secret != null) ? List.of(address.get(0), "--api-auth=" + secret) : address,
				Map.of("IPFS_PATH", Path.of(System.getProperty("java.io.tmpdir"), ".no-ipfs-repository").toString()),
				true, true);
	}

	private static String address(RpcEndpoint endpoint) {
		if (endpoint.unixSocket() != null) {
			return "/unix" + endpoint.unixSocket().toAbsolutePath();
		}
		if (endpoint.sslContext() != null) {
			throw new NodeException("The ipfs executable cannot be given the certificates for " + endpoint, HTTP_REMEDY,
					null);
		}
		if (!endpoint.uri().getRawPath().isEmpty()) {
			throw new NodeException("The ipfs executable cannot reach a node behind a path: " + endpoint, HTTP_REMEDY,
					null);
		}
		String host = endpoint.uri().getHost();
		String protocol = host.startsWith("[") ? "ip6" : host.matches("[0-9.]+") ? "ip4" : "dns";
		return "/%s/%s/tcp/%d%s".formatted(protocol, host.replaceAll("[\\[\\]]", ""), port(endpoint),
				isSecure(endpoint) ? "/https" : "");
	}

	private static boolean isSecure(RpcEndpoint endpoint) {
		return "https".equalsIgnoreCase(endpoint.uri().getScheme());
	}

	private static int port(RpcEndpoint endpoint) {
		int port = endpoint.uri().getPort();
		return (port >= 0) ? port : isSecure(endpoint) ? 443 : 80;
	}

	/**
	 * Kubo takes no value of the header but what it makes one of.
	 */
	private static @Nullable String secret(@Nullable String authorization, RpcEndpoint endpoint) {
		if (authorization == null) {
			return null;
		}
		String[] parts = authorization.split(" ", 2);
		if (parts.length == 2 && parts[0].equals("Bearer")) {
			return "bearer:" + parts[1];
		}
		if (parts.length == 2 && parts[0].equals("Basic")) {
			return "basic:" + parts[1];
		}
		throw new NodeException(
				"The ipfs executable can only send bearer and basic credentials to %s".formatted(endpoint),
				"Set 'ipfs.api.authorization' to bearer:TOKEN or basic:USER:PASSWORD. Or: " + HTTP_REMEDY, null);
	}

}
