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

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;

import javax.net.ssl.SSLContext;

import io.github.ipfstoolkit.InvalidIdentifierException;
import io.github.ipfstoolkit.Multiaddr;
import org.jspecify.annotations.Nullable;

/**
 * Where a node's RPC API is reached. Immutable. Its text does not hold the credentials.
 *
 * @param uri the root under which {@code /api/v0} is found, without a slash at its end:
 * {@code http://127.0.0.1:5001}
 * @param authorization the value of the {@code Authorization} header, sent with every
 * request; {@code null} where the node asks for none
 * @param unixSocket the Unix domain socket that the node listens on; {@code null} where
 * it is reached over TCP
 * @param sslContext what https connections trust and show; {@code null} for the JVM's own
 * settings
 * @since 0.1.0
 */
public record RpcEndpoint(URI uri, @Nullable String authorization, @Nullable Path unixSocket,
		@Nullable SSLContext sslContext) {

	/**
	 * Where a Kubo node listens when it is not told otherwise.
	 */
	public static final URI DEFAULT_URI = URI.create("http://127.0.0.1:5001");

	private static final String KIND = "RPC address";

	/**
	 * What requests over a Unix domain socket have in place of a host, which Kubo never
	 * looks at.
	 */
	private static final URI UNIX_HOST = URI.create("http://127.0.0.1");

	/**
	 * Creates an endpoint.
	 * @throws InvalidIdentifierException if the URI is no http or https URL, or has
	 * credentials, a query or a fragment in it
	 * @throws InvalidCredentialsException if the authorization is no value of a header
	 */
	public RpcEndpoint {
		check(uri);
		if (authorization != null) {
			Credentials.checkHeader(authorization);
		}
	}

	/**
	 * Creates an endpoint that is reached over TCP, with the JVM's own settings for
	 * https.
	 * @param uri the root under which {@code /api/v0} is found
	 * @param authorization the value of the {@code Authorization} header, if any
	 * @throws InvalidIdentifierException if the URI is no http or https URL, or has
	 * credentials, a query or a fragment in it
	 * @throws InvalidCredentialsException if the authorization is no value of a header
	 */
	public RpcEndpoint(URI uri, @Nullable String authorization) {
		this(uri, authorization, null, null);
	}

	/**
	 * Reads an address in either of the two forms in use.
	 * @param address a URL ({@code http://127.0.0.1:5001}, with a path where the node is
	 * behind a prefix) or a multiaddr ({@code /ip4/127.0.0.1/tcp/5001}, or
	 * {@code /unix/run/ipfs.sock} for a Unix domain socket)
	 * @param credentials {@code bearer:<token>} or {@code basic:<user>:<password>}, as in
	 * Kubo's {@code API.Authorizations}, or the value of the {@code Authorization}
	 * header; {@code null} or empty where the node asks for none
	 * @return the endpoint
	 * @throws InvalidIdentifierException if the address has neither form
	 * @throws InvalidCredentialsException if the credentials have none of the forms
	 */
	public static RpcEndpoint of(String address, @Nullable String credentials) {
		String authorization = Credentials.toHeader(credentials);
		if (!address.startsWith("/")) {
			return new RpcEndpoint(fromUrl(address), authorization);
		}
		Multiaddr multiaddr = Multiaddr.of(address);
		Multiaddr.Component first = multiaddr.components().get(0);
		return first.protocol().equals("unix")
				? new RpcEndpoint(UNIX_HOST, authorization, Path.of(String.valueOf(first.value())), null)
				: new RpcEndpoint(fromMultiaddr(multiaddr), authorization);
	}

	/**
	 * Returns this endpoint with other settings for https.
	 * @param sslContext what connections trust and show; {@code null} for the JVM's own
	 * settings
	 * @return the changed copy
	 */
	public RpcEndpoint with(@Nullable SSLContext sslContext) {
		return new RpcEndpoint(this.uri, this.authorization, this.unixSocket, sslContext);
	}

	private static URI fromMultiaddr(Multiaddr address) {
		String host = address.host()
			.orElseThrow(() -> new InvalidIdentifierException(KIND, address.toString(),
					"it should begin with an IP address or a DNS name"));
		int port = address.tcpPort()
			.orElseThrow(() -> new InvalidIdentifierException(KIND, address.toString(), "it has no TCP port"));
		boolean secure = address.components()
			.stream()
			.anyMatch((component) -> component.protocol().equals("https") || component.protocol().equals("tls"));
		String literal = (host.indexOf(':') >= 0) ? "[" + host + "]" : host;
		return URI.create((secure ? "https" : "http") + "://" + literal + ":" + port);
	}

	private static URI fromUrl(String address) {
		try {
			return URI.create(address.replaceFirst("/+$", ""));
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidIdentifierException(KIND, withoutUserInfo(address),
					"it is neither an http or https URL nor a multiaddr");
		}
	}

	private static void check(URI uri) {
		String address = withoutUserInfo(uri.toString());
		if (uri.getRawAuthority() != null && uri.getRawAuthority().indexOf('@') >= 0) {
			throw new InvalidIdentifierException(KIND, address,
					"credentials do not belong there but in ipfs.api.authorization");
		}
		String scheme = (uri.getScheme() != null) ? uri.getScheme().toLowerCase(Locale.ROOT) : "";
		if (uri.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
			throw new InvalidIdentifierException(KIND, address, "it is neither an http or https URL nor a multiaddr");
		}
		if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
			throw new InvalidIdentifierException(KIND, address, "it has a query or a fragment");
		}
		if (uri.getPort() > 65535) {
			throw new InvalidIdentifierException(KIND, address, "'%d' is no port".formatted(uri.getPort()));
		}
	}

	/**
	 * Keeps a password out of messages that quote an address.
	 */
	private static String withoutUserInfo(String address) {
		return address.replaceFirst("//.*@", "//***@");
	}

	/**
	 * Returns the address without the credentials, for messages.
	 */
	@Override
	public String toString() {
		return (this.unixSocket != null) ? "/unix" + this.unixSocket : this.uri.toString();
	}

}
