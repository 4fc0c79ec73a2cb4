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

package io.github.ipfstoolkit.rpc.client;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * How long a node is waited for, by kind of call. Except for the first, each is the time
 * without any progress, not that of the whole call; time in which the consumer of a reply
 * asks for nothing, or the source of a request's body has nothing to send, does not
 * count. A reply of a single value or of none must also be complete within that time of
 * its beginning.
 *
 * @param connect to establish a connection, 5 seconds by default
 * @param command for a command that the node answers by itself, such as {@code id}, and
 * for the beginning of an endless stream, 30 seconds by default
 * @param transfer for moving content, such as {@code cat} or {@code add}, 1 minute by
 * default
 * @param lookup for a command that asks other peers, such as {@code routing/findpeer} or
 * {@code name/publish}, 2 minutes by default
 * @param bulk for work on whole graphs or the whole repository of which the node reports
 * nothing until it is done, such as {@code pin/add} or {@code repo/gc}, 1 hour by default
 * @since 0.1.0
 */
public record RpcTimeouts(Duration connect, Duration command, Duration transfer, Duration lookup, Duration bulk) {

	/**
	 * The defaults.
	 */
	public static final RpcTimeouts DEFAULTS = new RpcTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(30),
			Duration.ofMinutes(1), Duration.ofMinutes(2), Duration.ofHours(1));

	/**
	 * Creates time-outs.
	 * @throws IllegalArgumentException if one is not positive
	 */
	public RpcTimeouts {
		checkPositive("connect", connect);
		checkPositive("command", command);
		checkPositive("transfer", transfer);
		checkPositive("lookup", lookup);
		checkPositive("bulk", bulk);
	}

	private static void checkPositive(String name, Duration timeout) {
		Assert.isTrue(timeout.toMillis() > 0, () -> "Time-out '%s' must be at least 1 ms".formatted(name));
	}

}
