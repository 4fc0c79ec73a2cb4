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

package io.github.ipfstoolkit.docker.compose;

import java.net.URI;

import io.github.ipfstoolkit.autoconfigure.IpfsConnectionDetails;
import io.github.ipfstoolkit.rpc.RpcEndpoint;

import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionDetailsFactory;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;

/**
 * Makes {@link IpfsConnectionDetails} of a Docker Compose service that runs the image
 * {@value #IMAGE}, or whose label {@code org.springframework.boot.service-connection}
 * names it. The service publishes port {@value #RPC_PORT}.
 */
class KuboDockerComposeConnectionDetailsFactory extends DockerComposeConnectionDetailsFactory<IpfsConnectionDetails> {

	static final String IMAGE = "ipfs/kubo";

	static final int RPC_PORT = 5001;

	KuboDockerComposeConnectionDetailsFactory() {
		super(IMAGE);
	}

	@Override
	protected IpfsConnectionDetails getDockerComposeConnectionDetails(DockerComposeConnectionSource source) {
		return new KuboDockerComposeConnectionDetails(source.getRunningService());
	}

	private static final class KuboDockerComposeConnectionDetails extends DockerComposeConnectionDetails
			implements IpfsConnectionDetails {

		private final RpcEndpoint endpoint;

		private KuboDockerComposeConnectionDetails(RunningService service) {
			super(service);
			this.endpoint = new RpcEndpoint(
					URI.create("http://" + service.host() + ":" + service.ports().get(RPC_PORT)), null);
		}

		@Override
		public RpcEndpoint getRpcEndpoint() {
			return this.endpoint;
		}

	}

}
