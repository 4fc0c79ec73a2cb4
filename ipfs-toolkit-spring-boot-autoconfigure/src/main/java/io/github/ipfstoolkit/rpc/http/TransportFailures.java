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

import java.io.IOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLException;

import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.IpfsTimeoutException;
import io.github.ipfstoolkit.NodeUnreachableException;
import io.github.ipfstoolkit.rpc.IncompleteReplyException;
import io.github.ipfstoolkit.rpc.RpcException;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.unix.Errors;
import org.jspecify.annotations.Nullable;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.client.PrematureCloseException;

/**
 * Makes the toolkit's exceptions of what the network reports.
 */
final class TransportFailures {

	private TransportFailures() {
	}

	static Throwable beforeReply(Throwable ex, Call call) {
		IpfsException known = known(ex, call);
		if (known != null) {
			return known;
		}
		if (ex instanceof TimeoutException) {
			return new IpfsTimeoutException(
					"Waiting for a connection for '%s' (ipfs.api.max-connections are in use)".formatted(call.command()),
					call.timeoutOfPool(), ex);
		}
		if (ex instanceof ConnectTimeoutException) {
			// that time has passed already: no failure of a moment, which an I/O error is
			TimeoutException timeout = new TimeoutException(ex.getMessage());
			timeout.initCause(ex);
			return new NodeUnreachableException(call.address(), timeout);
		}
		if (isOfConnection(ex)) {
			return new NodeUnreachableException(call.address(), ex);
		}
		return ofSource(ex, call);
	}

	static IpfsException ofSource(Throwable ex, Call call) {
		return (ex instanceof IpfsException ipfsException) ? ipfsException : new RpcException(
				"Sending '%s' failed: %s".formatted(call.command(), ex.getMessage()), call.command(), 0, null, ex);
	}

	static Throwable inReply(Throwable ex, Call call) {
		IpfsException known = known(ex, call);
		return (known != null) ? known
				: new IncompleteReplyException(call.command(), String.valueOf(ex.getMessage()), ex);
	}

	private static @Nullable IpfsException known(Throwable ex, Call call) {
		return (ex instanceof IpfsException ipfsException) ? ipfsException : call.failure();
	}

	/**
	 * Tells the connection's failures from those of a request body's source.
	 */
	static boolean isOfConnection(Throwable ex) {
		return ex instanceof SocketException || ex instanceof UnknownHostException
				|| ex instanceof ClosedChannelException || ex instanceof SSLException
				|| ex instanceof PrematureCloseException || ex instanceof AbortedException
				|| ex instanceof Errors.NativeIoException
				|| (ex instanceof IOException && AbortedException.isConnectionReset(ex));
	}

}
