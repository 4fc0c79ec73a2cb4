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

package io.github.ipfstoolkit.rpc;

import java.util.function.Supplier;

import io.github.ipfstoolkit.rpc.cli.KuboCliClient;
import io.github.ipfstoolkit.rpc.client.KuboClient;
import io.github.ipfstoolkit.rpc.http.KuboHttpClient;
import io.github.ipfstoolkit.testsupport.KuboTestNode;

/**
 * How tests reach a node.
 */
public enum Backend {

	/** The RPC API over HTTP. */
	HTTP {

		@Override
		public KuboClient connect(KuboTestNode node) {
			return connect(node::endpoint);
		}

		@Override
		public KuboClient connect(Supplier<RpcEndpoint> endpoint) {
			return new KuboHttpClient(endpoint);
		}

	},

	/** The executable, on the repository on which the node runs. */
	CLI {

		@Override
		public KuboClient connect(KuboTestNode node) {
			return KuboCliClient.builder(KuboTestNode::executable, node.repository()).build();
		}

		@Override
		public KuboClient connect(Supplier<RpcEndpoint> endpoint) {
			return KuboCliClient.builder(KuboTestNode::executable, endpoint).build();
		}

		@Override
		public boolean tellsAll() {
			return false;
		}

	};

	public abstract KuboClient connect(KuboTestNode node);

	public abstract KuboClient connect(Supplier<RpcEndpoint> endpoint);

	/**
	 * Returns whether replies hold all that Kubo tells. The executable keeps some of it
	 * to itself: the sizes of what was added, the length of content, progress.
	 */
	public boolean tellsAll() {
		return true;
	}

}
