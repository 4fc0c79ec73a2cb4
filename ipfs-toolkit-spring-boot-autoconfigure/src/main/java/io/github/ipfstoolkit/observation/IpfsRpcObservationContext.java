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

package io.github.ipfstoolkit.observation;

import io.github.ipfstoolkit.rpc.RpcObserver.End;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an observed call to the node's RPC API. Nothing of the observation is
 * sent to the node.
 *
 * @since 0.1.0
 */
public class IpfsRpcObservationContext extends SenderContext<Object> {

	private final String command;

	private final String backend;

	private @Nullable End end;

	/**
	 * Creates a context.
	 * @param command the command, such as {@code p2p/ls}
	 * @param backend how the node is reached, such as {@code http}
	 */
	public IpfsRpcObservationContext(String command, String backend) {
		super((carrier, key, value) -> {
		}, Kind.CLIENT);
		this.command = command;
		this.backend = backend;
	}

	/**
	 * Returns the command.
	 * @return the command, without arguments
	 */
	public String getCommand() {
		return this.command;
	}

	/**
	 * Returns how the node is reached.
	 * @return the backend's name
	 */
	public String getBackend() {
		return this.backend;
	}

	/**
	 * Returns how the call has ended.
	 * @return {@code null} while it has not
	 */
	public @Nullable End getEnd() {
		return this.end;
	}

	void setEnd(End end) {
		this.end = end;
	}

}
