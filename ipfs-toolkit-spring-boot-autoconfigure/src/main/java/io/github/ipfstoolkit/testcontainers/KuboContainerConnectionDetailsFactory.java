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

package io.github.ipfstoolkit.testcontainers;

import java.net.URI;

import io.github.ipfstoolkit.autoconfigure.IpfsConnectionDetails;
import io.github.ipfstoolkit.rpc.RpcEndpoint;
import org.testcontainers.containers.Container;

import org.springframework.boot.testcontainers.service.connection.ContainerConnectionDetailsFactory;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionSource;

/**
 * Makes {@link IpfsConnectionDetails} of a container that carries
 * {@code @ServiceConnection} and runs the image {@value #IMAGE}. There is no container
 * class of Kubo's own, so any class fits; a container that is a bean names the image:
 * {@code @ServiceConnection(name = "ipfs/kubo")}.
 */
class KuboContainerConnectionDetailsFactory
		extends ContainerConnectionDetailsFactory<Container<?>, IpfsConnectionDetails> {

	static final String IMAGE = "ipfs/kubo";

	static final int RPC_PORT = 5001;

	KuboContainerConnectionDetailsFactory() {
		super(IMAGE);
	}

	@Override
	protected IpfsConnectionDetails getContainerConnectionDetails(ContainerConnectionSource<Container<?>> source) {
		return new KuboContainerConnectionDetails(source);
	}

	private static final class KuboContainerConnectionDetails extends ContainerConnectionDetails<Container<?>>
			implements IpfsConnectionDetails {

		private KuboContainerConnectionDetails(ContainerConnectionSource<Container<?>> source) {
			super(source);
		}

		@Override
		public RpcEndpoint getRpcEndpoint() {
			return new RpcEndpoint(
					URI.create("http://" + getContainer().getHost() + ":" + getContainer().getMappedPort(RPC_PORT)),
					null);
		}

	}

}
