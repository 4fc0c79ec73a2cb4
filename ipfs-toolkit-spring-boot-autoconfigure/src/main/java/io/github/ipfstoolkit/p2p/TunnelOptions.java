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

package io.github.ipfstoolkit.p2p;

import java.time.Duration;

/**
 * How the application and its node reach each other for tunnels. The defaults are for a
 * node on the same host.
 *
 * @param bindAddress the local address on which the application accepts the node's
 * connections
 * @param applicationHost the host at which the node reaches the application: an IP
 * address or a DNS name
 * @param listenerPorts the ports on which the application accepts the node's connections
 * @param forwardBindAddress the address on which the node accepts the application's
 * connections: an IP address of the node's host
 * @param forwardPorts the ports on which the node accepts the application's connections
 * @param timeout how long the node may take to open or close a listener or forward
 * @since 0.1.0
 */
public record TunnelOptions(String bindAddress, String applicationHost, PortRange listenerPorts,
		String forwardBindAddress, PortRange forwardPorts, Duration timeout) {

	/**
	 * Returns the options for a node on the same host.
	 * @return everything on 127.0.0.1, any ports, a time-out of ten seconds
	 */
	public static TunnelOptions defaults() {
		return new TunnelOptions("127.0.0.1", "127.0.0.1", PortRange.ANY, "127.0.0.1", PortRange.ANY,
				Duration.ofSeconds(10));
	}

}
