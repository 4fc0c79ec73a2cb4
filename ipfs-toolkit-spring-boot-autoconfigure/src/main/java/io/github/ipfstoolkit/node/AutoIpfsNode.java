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

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.ipfstoolkit.rpc.RpcEndpoint;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

/**
 * Uses a node that runs already, or else starts one. It decides once, when the
 * application starts or the node is first asked for: to change over in the middle would
 * change the application's identity.
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class AutoIpfsNode implements IpfsNode, SmartLifecycle, AutoCloseable {

	private static final Log logger = LogFactory.getLog(AutoIpfsNode.class);

	private final NodeDiscovery discovery;

	private final Function<RpcEndpoint, ExternalIpfsNode> external;

	private final Supplier<ManagedIpfsNode> managed;

	private final ReentrantLock lock = new ReentrantLock();

	private volatile @Nullable IpfsNode chosen;

	/**
	 * Creates a node.
	 * @param discovery looks for a node that runs
	 * @param external what to use then
	 * @param managed what to use otherwise
	 */
	public AutoIpfsNode(NodeDiscovery discovery, Function<RpcEndpoint, ExternalIpfsNode> external,
			Supplier<ManagedIpfsNode> managed) {
		this.discovery = discovery;
		this.external = external;
		this.managed = managed;
	}

	private IpfsNode choose() {
		IpfsNode chosen = this.chosen;
		if (chosen != null) {
			return chosen;
		}
		this.lock.lock();
		try {
			chosen = this.chosen;
			if (chosen == null) {
				RpcEndpoint found = this.discovery.discover();
				if (found != null) {
					logger.info("Using the IPFS node at " + found);
					chosen = this.external.apply(found);
				}
				else {
					logger.info("No IPFS node runs yet, one is started");
					chosen = this.managed.get();
				}
				this.chosen = chosen;
			}
			return chosen;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public RpcEndpoint endpoint() {
		return choose().endpoint();
	}

	@Override
	public boolean isManaged() {
		return choose().isManaged();
	}

	@Override
	public NodeState state() {
		IpfsNode chosen = this.chosen;
		return (chosen != null) ? chosen.state() : NodeState.NEW;
	}

	@Override
	public @Nullable NodeProcess process() {
		IpfsNode chosen = this.chosen;
		return (chosen != null) ? chosen.process() : null;
	}

	@Override
	public void start() {
		((SmartLifecycle) choose()).start();
	}

	@Override
	public void stop() {
		if (this.chosen instanceof SmartLifecycle node) {
			node.stop();
		}
	}

	@Override
	public void close() {
		stop();
	}

	@Override
	public boolean isRunning() {
		return this.chosen instanceof SmartLifecycle node && node.isRunning();
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	@Override
	public boolean isPauseable() {
		return false;
	}

}
