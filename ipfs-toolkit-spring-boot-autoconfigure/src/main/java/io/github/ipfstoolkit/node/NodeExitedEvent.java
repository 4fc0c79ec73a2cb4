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
 * A managed node died by itself.
 *
 * @since 0.1.0
 */
public class NodeExitedEvent extends NodeEvent {

	private final int exitStatus;

	private final boolean restarting;

	NodeExitedEvent(IpfsNode node, int exitStatus, boolean restarting) {
		super(node);
		this.exitStatus = exitStatus;
		this.restarting = restarting;
	}

	/**
	 * Returns how the process ended.
	 * @return the exit status, on Unix 128 and more for a signal
	 */
	public int getExitStatus() {
		return this.exitStatus;
	}

	/**
	 * Returns whether the node will be restarted.
	 * @return {@code false} if it died too often
	 */
	public boolean isRestarting() {
		return this.restarting;
	}

}
