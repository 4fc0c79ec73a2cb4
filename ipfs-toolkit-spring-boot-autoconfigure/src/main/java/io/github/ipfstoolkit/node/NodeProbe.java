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

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.github.ipfstoolkit.rpc.RpcEndpoint;

/**
 * Asks a node the few things that have to be known before anything else is set up:
 * whether there is one, and whether it has stream mounting on. Uses the JDK's client, so
 * that no configuration of the application can get in the way.
 */
final class NodeProbe {

	private static final int MAX_REPLY = 64 * 1024;

	private static final String MOUNTING_OFF = "libp2p stream mounting not enabled";

	private final RpcEndpoint endpoint;

	private final Duration timeout;

	NodeProbe(RpcEndpoint endpoint, Duration timeout) {
		this.endpoint = endpoint;
		this.timeout = timeout;
	}

	/**
	 * Checks that an IPFS node answers. One that denies access is a node as well: Kubo
	 * does so when credentials are missing or wrong.
	 * @throws IOException if none does
	 */
	void requireNode() throws IOException {
		Reply reply = post("/api/v0/version");
		if (reply.denied() || (reply.status == HttpURLConnection.HTTP_OK && reply.body.contains("\"Version\""))) {
			return;
		}
		throw new IOException("what answers is no IPFS node, HTTP status " + reply.status);
	}

	/**
	 * Asks whether tunnels can be made.
	 */
	Mounting mounting() throws IOException {
		Reply reply = post("/api/v0/p2p/ls");
		if (reply.status == HttpURLConnection.HTTP_OK) {
			return Mounting.ON;
		}
		return reply.body.contains(MOUNTING_OFF) ? Mounting.OFF : Mounting.UNKNOWN;
	}

	/**
	 * Switches stream mounting on, which Kubo looks at anew for each command.
	 * @throws IOException if the node refuses
	 */
	void enableMounting() throws IOException {
		Reply reply = post("/api/v0/config?arg=Experimental.Libp2pStreamMounting&arg=true&bool=true");
		if (reply.status != HttpURLConnection.HTTP_OK) {
			throw new IOException("HTTP status %d: %s".formatted(reply.status, reply.body.strip()));
		}
	}

	private Reply post(String path) throws IOException {
		HttpURLConnection connection = (HttpURLConnection) URI.create(this.endpoint.uri() + path)
			.toURL()
			.openConnection(Proxy.NO_PROXY);
		try {
			connection.setRequestMethod("POST");
			connection.setConnectTimeout((int) this.timeout.toMillis());
			connection.setReadTimeout((int) this.timeout.toMillis());
			connection.setInstanceFollowRedirects(false);
			connection.setDoOutput(true);
			connection.setFixedLengthStreamingMode(0);
			if (this.endpoint.authorization() != null) {
				connection.setRequestProperty("Authorization", this.endpoint.authorization());
			}
			connection.getOutputStream().close();
			int status = connection.getResponseCode();
			try (InputStream body = (status < 400) ? connection.getInputStream() : connection.getErrorStream()) {
				return new Reply(status,
						(body != null) ? new String(body.readNBytes(MAX_REPLY), StandardCharsets.UTF_8) : "");
			}
		}
		finally {
			connection.disconnect();
		}
	}

	enum Mounting {

		ON, OFF, UNKNOWN

	}

	private record Reply(int status, String body) {

		boolean denied() {
			return this.status == HttpURLConnection.HTTP_UNAUTHORIZED
					|| this.status == HttpURLConnection.HTTP_FORBIDDEN;
		}

	}

}
