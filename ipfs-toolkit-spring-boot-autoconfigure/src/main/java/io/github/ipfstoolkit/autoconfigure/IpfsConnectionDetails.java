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

package io.github.ipfstoolkit.autoconfigure;

import io.github.ipfstoolkit.rpc.RpcEndpoint;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Where an IPFS node is, when something other than {@code ipfs.node} properties decides
 * it: a Testcontainers or Docker Compose service, or a bean of the application. No node
 * is looked for or started then.
 *
 * @since 0.1.0
 */
public interface IpfsConnectionDetails extends ConnectionDetails {

	/**
	 * Returns where the node's RPC API is.
	 * @return the endpoint
	 */
	RpcEndpoint getRpcEndpoint();

}
