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

package io.github.ipfstoolkit.rpc.http;

import java.nio.file.Path;

import javax.net.ssl.SSLContext;

import io.github.ipfstoolkit.NodeUnreachableException;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.LoopResources;

/**
 * How connections are made, apart from the address: what differs between connections that
 * cannot be made by the same client.
 *
 * @param unixSocket the socket, {@code null} for TCP
 * @param sslContext what https connections trust and show, {@code null} for the JVM's own
 * settings
 */
record Route(@Nullable Path unixSocket, @Nullable SSLContext sslContext) {

	HttpClient applyTo(HttpClient client) {
		HttpClient changed = client;
		if (this.unixSocket != null) {
			if (!LoopResources.hasNativeSupport()) {
				throw new NodeUnreachableException("/unix" + this.unixSocket, new UnsupportedOperationException(
						"Unix domain sockets need Netty's native transport for this platform on the class path; "
								+ "the node can listen on a TCP address instead"));
			}
			DomainSocketAddress address = new DomainSocketAddress(this.unixSocket.toFile());
			changed = changed.remoteAddress(() -> address);
		}
		if (this.sslContext != null) {
			SslContext context = new JdkSslContext(this.sslContext, true, null, IdentityCipherSuiteFilter.INSTANCE,
					ApplicationProtocolConfig.DISABLED, ClientAuth.NONE, null, false);
			changed = changed.secure((ssl) -> ssl.sslContext(context));
		}
		return changed;
	}

}
