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

import io.github.ipfstoolkit.rpc.RpcEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * The node that the application uses. Safe for use by several threads.
 *
 * @since 0.1.0
 */
public interface IpfsNode {

	/**
	 * The {@link org.springframework.context.SmartLifecycle#getPhase() phase} in which
	 * the node is started and stopped: before and after everything that uses it.
	 */
	int PHASE = Integer.MIN_VALUE / 2 - 200;

	/**
	 * Returns where the node's RPC API is. A managed node that does not run yet is
	 * started, which takes some time. While a node that died is being restarted this is
	 * where it was, so that nobody is kept waiting.
	 * @return the endpoint; possibly another one after a managed node has been restarted
	 * @throws io.github.ipfstoolkit.IpfsException if there is no node and none can be
	 * started
	 */
	RpcEndpoint endpoint();

	/**
	 * Returns whether the node is a child process of this application.
	 * @return {@code false} for an external node
	 */
	boolean isManaged();

	/**
	 * Returns how far the node is in its life, without asking or starting it.
	 * @return the state
	 */
	default NodeState state() {
		return NodeState.EXTERNAL;
	}

	/**
	 * Returns what the managed node runs as.
	 * @return the process, {@code null} for an external node and while none runs
	 */
	default @Nullable NodeProcess process() {
		return null;
	}

}
