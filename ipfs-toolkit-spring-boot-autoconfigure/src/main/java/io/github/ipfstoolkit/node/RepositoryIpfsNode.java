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

import java.nio.file.Path;

import io.github.ipfstoolkit.NodeException;
import io.github.ipfstoolkit.rpc.RpcEndpoint;

/**
 * A repository on which the {@code ipfs} executable works, whether a node runs on it or
 * not. Its RPC API has no address that is known. Immutable.
 *
 * @since 0.1.0
 */
public final class RepositoryIpfsNode implements IpfsNode {

	private final Path repository;

	/**
	 * Creates a node.
	 * @param repository the repository
	 */
	public RepositoryIpfsNode(Path repository) {
		this.repository = repository;
	}

	/**
	 * Returns where the repository is.
	 * @return the repository
	 */
	public Path repository() {
		return this.repository;
	}

	/**
	 * Fails, as the executable is used in place of the RPC API.
	 * @throws NodeException always
	 */
	@Override
	public RpcEndpoint endpoint() {
		throw new NodeException(
				"The address of a node's RPC API is needed, but the ipfs executable works on the repository "
						+ this.repository,
				"Name a node with 'ipfs.api.url', or set 'ipfs.node.mode=managed' to have one started.", null);
	}

	@Override
	public boolean isManaged() {
		return false;
	}

}
