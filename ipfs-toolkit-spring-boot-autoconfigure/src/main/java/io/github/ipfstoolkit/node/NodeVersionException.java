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

import io.github.ipfstoolkit.NodeException;
import io.github.ipfstoolkit.rpc.KuboVersion;
import io.github.ipfstoolkit.rpc.RpcEndpoint;

/**
 * Thrown when the node of an application that exchanges messages is too old for that.
 *
 * @since 0.1.0
 */
public class NodeVersionException extends NodeException {

	/**
	 * The first version in which {@code p2p} commands have {@code foreground}, by which a
	 * node gives up the tunnels of an application that ended.
	 */
	static final KuboVersion NEEDED = KuboVersion.of("0.40");

	/**
	 * Creates an exception.
	 * @param endpoint where the node is
	 * @param version its version
	 */
	public NodeVersionException(RpcEndpoint endpoint, KuboVersion version) {
		super("The IPFS node at %s is Kubo %s; messages, files and conversations need %s or newer".formatted(endpoint,
				version, NEEDED),
				"Update Kubo there; where the application only needs content, names and peers, set "
						+ "'ipfs.node.stream-mounting=ignore'.",
				null);
	}

}
