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
import java.net.URI;
import java.time.Duration;

import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.IpfsTimeoutException;
import io.github.ipfstoolkit.NodeUnreachableException;
import io.github.ipfstoolkit.rpc.IncompleteReplyException;
import io.github.ipfstoolkit.rpc.client.CallKind;
import io.github.ipfstoolkit.rpc.client.RpcTimeouts;
import io.github.ipfstoolkit.rpc.client.ShortReplies;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.http.client.reactive.ClientHttpResponse;

/**
 * One request and its reply. What goes wrong on the connection is kept here and reaches
 * the caller with the command's name, whoever notices it.
 */
final class Call {

	private final String command;

	private final String address;

	private final CallKind kind;

	private final Duration timeout;

	private final Duration timeoutOfPool;

	private final boolean replyShort;

	private final Sinks.Empty<ClientHttpResponse> failed = Sinks.empty();

	private volatile boolean answered;

	private volatile boolean replyStarted;

	private volatile boolean replyComplete;

	private volatile @Nullable IpfsException failure;

	/**
	 * Creates a call.
	 * @param uri what is asked for
	 * @param node where the node is, for messages
	 * @param timeouts how long it is waited for
	 * @param replyShort whether the reply is one of a single value or of none
	 */
	Call(URI uri, String node, RpcTimeouts timeouts, boolean replyShort) {
		this.command = CallKind.command(uri);
		this.address = node;
		this.kind = CallKind.of(this.command, uri.getRawQuery());
		this.timeout = this.kind.timeout(timeouts);
		this.timeoutOfPool = timeouts.command();
		this.replyShort = replyShort;
	}

	String command() {
		return this.command;
	}

	String address() {
		return this.address;
	}

	CallKind kind() {
		return this.kind;
	}

	Duration timeout() {
		return this.timeout;
	}

	/**
	 * Returns how long a connection of the pool is waited for.
	 */
	Duration timeoutOfPool() {
		return this.timeoutOfPool;
	}

	boolean isReplyShort() {
		return this.replyShort;
	}

	/**
	 * Says that there is at least one byte of the reply.
	 */
	void answered() {
		this.answered = true;
	}

	boolean isReplyStarted() {
		return this.replyStarted;
	}

	/**
	 * Says that the reply's headers are there.
	 */
	void replyStarted() {
		this.replyStarted = true;
	}

	/**
	 * Says that the reply's last part came, in whatever state.
	 */
	void replyComplete() {
		this.replyComplete = true;
	}

	/**
	 * Fails if this call has failed, or its reply has not come to its end: Reactor Netty
	 * also completes a body when sending the request has failed.
	 */
	<T> Mono<T> verifyComplete() {
		return Mono.defer(() -> {
			if (!this.replyComplete) {
				failWithLostConnection(null);
			}
			return (this.failure != null) ? Mono.error(this.failure) : Mono.empty();
		});
	}

	@Nullable IpfsException failure() {
		return this.failure;
	}

	/**
	 * Fails when this call does, and does not end otherwise. Only of use before the reply
	 * has begun: afterwards the failure must not overtake what was received.
	 */
	Mono<ClientHttpResponse> failed() {
		return this.failed.asMono();
	}

	/**
	 * Makes the call fail, unless it has failed already.
	 */
	void fail(IpfsException failure) {
		if (this.failure == null) {
			this.failure = failure;
			this.failed.tryEmitError(failure);
		}
	}

	void failWithTimeout() {
		fail(new IpfsTimeoutException("Waiting for the node in '%s' (%s)".formatted(this.command, this.kind.property()),
				this.timeout, null));
	}

	void failWithLateReply() {
		fail(ShortReplies.late(this.command, this.kind, this.timeout));
	}

	void failWithLostConnection(@Nullable Throwable cause) {
		if (!this.answered) {
			fail(new NodeUnreachableException(this.address,
					(cause != null) ? cause : new IOException("the connection was closed before the reply")));
		}
		else {
			fail(new IncompleteReplyException(this.command,
					(cause != null) ? String.valueOf(cause.getMessage()) : "the connection was closed", cause));
		}
	}

}
