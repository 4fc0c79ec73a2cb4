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

package io.github.ipfstoolkit.sample;

import java.util.List;

import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.rpc.Kubo;
import io.github.ipfstoolkit.rpc.NodeApi.Identity;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows the node.
 */
@RestController
class NodeController {

	private final Kubo kubo;

	NodeController(Kubo kubo) {
		this.kubo = kubo;
	}

	@GetMapping("/api/node")
	Node node() {
		Identity identity = this.kubo.node().id().block();
		String version = this.kubo.node().version().block().version();
		int peers = this.kubo.swarm().peers().block().peers().size();
		return new Node(identity.id(), version, this.kubo.backend(), peers, identity.addresses());
	}

	record Node(PeerId peerId, String kuboVersion, String backend, int connectedPeers, List<Multiaddr> addresses) {
	}

}
