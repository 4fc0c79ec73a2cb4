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

/**
 * A managed node has been started, or restarted, and answers.
 *
 * @since 0.1.0
 */
public class NodeStartedEvent extends NodeEvent {

	private final boolean restart;

	NodeStartedEvent(IpfsNode node, boolean restart) {
		super(node);
		this.restart = restart;
	}

	/**
	 * Returns whether the node had died. What a node holds in memory is gone then:
	 * tunnels, subscriptions, peerings.
	 * @return whether it was restarted
	 */
	public boolean isRestart() {
		return this.restart;
	}

}
