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

import java.time.Duration;

import io.github.ipfstoolkit.p2p.PortRange;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Properties of the tunnels to other peers: how the application and its node reach each
 * other. The defaults are for a node on the same host.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("ipfs.p2p")
public class IpfsP2pProperties {

	/**
	 * Address on which the application accepts connections of its node. Whoever can
	 * connect to it can claim to be any peer, so let nobody but the node reach one that
	 * is not a loopback address.
	 */
	private String bindAddress = "127.0.0.1";

	/**
	 * Host at which the node reaches the application. Where it is not set, the bind
	 * address.
	 */
	private @Nullable String applicationHost;

	/**
	 * Ports on which the application accepts connections of its node, such as
	 * 30000-30099. 0 stands for any that is free.
	 */
	private PortRange listenerPorts = PortRange.ANY;

	/**
	 * Address on which the node accepts connections of the application.
	 */
	private String forwardBindAddress = "127.0.0.1";

	/**
	 * Host at which the application reaches the ports that the node opens for it. Where
	 * it is not set, the host of the RPC API.
	 */
	private @Nullable String nodeHost;

	/**
	 * Ports on which the node accepts connections of the application, such as
	 * 20001-20499. 0 stands for any that is free.
	 */
	private PortRange forwardPorts = PortRange.ANY;

	/**
	 * How long the node may take to open or close a listener or a forward.
	 */
	private Duration timeout = Duration.ofSeconds(10);

	/**
	 * How long connecting to a peer may take.
	 */
	private Duration connectTimeout = Duration.ofSeconds(30);

	public String getBindAddress() {
		return this.bindAddress;
	}

	public void setBindAddress(String bindAddress) {
		this.bindAddress = bindAddress;
	}

	public @Nullable String getApplicationHost() {
		return this.applicationHost;
	}

	public void setApplicationHost(@Nullable String applicationHost) {
		this.applicationHost = applicationHost;
	}

	public PortRange getListenerPorts() {
		return this.listenerPorts;
	}

	public void setListenerPorts(PortRange listenerPorts) {
		this.listenerPorts = listenerPorts;
	}

	public String getForwardBindAddress() {
		return this.forwardBindAddress;
	}

	public void setForwardBindAddress(String forwardBindAddress) {
		this.forwardBindAddress = forwardBindAddress;
	}

	public @Nullable String getNodeHost() {
		return this.nodeHost;
	}

	public void setNodeHost(@Nullable String nodeHost) {
		this.nodeHost = nodeHost;
	}

	public PortRange getForwardPorts() {
		return this.forwardPorts;
	}

	public void setForwardPorts(PortRange forwardPorts) {
		this.forwardPorts = forwardPorts;
	}

	public Duration getTimeout() {
		return this.timeout;
	}

	public void setTimeout(Duration timeout) {
		this.timeout = timeout;
	}

	public Duration getConnectTimeout() {
		return this.connectTimeout;
	}

	public void setConnectTimeout(Duration connectTimeout) {
		this.connectTimeout = connectTimeout;
	}

}
