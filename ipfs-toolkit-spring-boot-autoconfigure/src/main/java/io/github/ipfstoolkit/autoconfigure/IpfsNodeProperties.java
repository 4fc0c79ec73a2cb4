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

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.ipfstoolkit.node.NodeNetwork;
import io.github.ipfstoolkit.node.StreamMounting;
import io.github.ipfstoolkit.node.executable.ExecutableLocator;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * {@link ConfigurationProperties Configuration properties} for the IPFS node.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("ipfs.node")
public class IpfsNodeProperties {

	/**
	 * Where the node comes from.
	 */
	private Mode mode = Mode.AUTO;

	/**
	 * Directory of the managed node, which holds its identity and content. By default
	 * "node" in the data directory.
	 */
	private @Nullable Path directory;

	/**
	 * Peers that the managed node connects with: those everywhere, or only those on this
	 * machine.
	 */
	private NodeNetwork network = NodeNetwork.PUBLIC;

	/**
	 * Executable of Kubo to start the managed node with, and to run commands with where
	 * that is the backend. By default it is looked for on the PATH and in the cache.
	 */
	private @Nullable Path executable;

	/**
	 * Whether Kubo may be downloaded, or built where Go is installed, if no executable is
	 * found.
	 */
	private boolean provision;

	/**
	 * Version of Kubo to look for in the cache and to download.
	 */
	private String version = ExecutableLocator.DEFAULT_VERSION;

	/**
	 * Directory in which executables are kept that were downloaded or built. By default
	 * "ipfs-toolkit" in the directory for the user's caches.
	 */
	private @Nullable Path cacheDirectory;

	/**
	 * URL from which Kubo is downloaded.
	 */
	private URI mirror = ExecutableLocator.DEFAULT_MIRROR;

	/**
	 * SHA-512 of the archive that is downloaded, as 128 hexadecimal digits. By default
	 * the one that comes with the toolkit or that the mirror publishes.
	 */
	private @Nullable String sha512;

	/**
	 * Port of the managed node's RPC API; 0 for any that is free.
	 */
	private int rpcPort;

	/**
	 * Port of the managed node's HTTP gateway; 0 for any that is free.
	 */
	private int gatewayPort;

	/**
	 * Port on which the managed node listens for other peers; 0 for a free one that is
	 * chosen at the first start and kept.
	 */
	private int swarmPort;

	/**
	 * Time that the managed node may take to start.
	 */
	private Duration startTimeout = Duration.ofSeconds(60);

	/**
	 * Time that the managed node may take to end before it is killed.
	 */
	private Duration stopTimeout = Duration.ofSeconds(10);

	/**
	 * Time that a node is waited for when it is looked whether one runs.
	 */
	private Duration probeTimeout = Duration.ofSeconds(2);

	/**
	 * What to do about an external node on which libp2p stream mounting is off, which
	 * messages need.
	 */
	private StreamMounting streamMounting = StreamMounting.ENABLE;

	/**
	 * Further settings for the managed node, by key of Kubo's configuration such as
	 * "Datastore.StorageMax". Values are JSON or plain text.
	 */
	private final Map<String, String> config = new LinkedHashMap<>();

	private final Restart restart = new Restart();

	/**
	 * Returns what finds the executable as it is configured.
	 * @return the locator
	 */
	ExecutableLocator.Builder toExecutableLocator() {
		return ExecutableLocator.builder()
			.executable(this.executable)
			.provision(this.provision)
			.version(this.version)
			.cacheDirectory(this.cacheDirectory)
			.mirror(this.mirror)
			.sha512(this.sha512);
	}

	public Mode getMode() {
		return this.mode;
	}

	public void setMode(Mode mode) {
		this.mode = mode;
	}

	public @Nullable Path getDirectory() {
		return this.directory;
	}

	public void setDirectory(@Nullable Path directory) {
		this.directory = directory;
	}

	public NodeNetwork getNetwork() {
		return this.network;
	}

	public void setNetwork(NodeNetwork network) {
		this.network = network;
	}

	public @Nullable Path getExecutable() {
		return this.executable;
	}

	public void setExecutable(@Nullable Path executable) {
		this.executable = executable;
	}

	public boolean isProvision() {
		return this.provision;
	}

	public void setProvision(boolean provision) {
		this.provision = provision;
	}

	public String getVersion() {
		return this.version;
	}

	public void setVersion(String version) {
		this.version = version;
	}

	public @Nullable Path getCacheDirectory() {
		return this.cacheDirectory;
	}

	public void setCacheDirectory(@Nullable Path cacheDirectory) {
		this.cacheDirectory = cacheDirectory;
	}

	public URI getMirror() {
		return this.mirror;
	}

	public void setMirror(URI mirror) {
		this.mirror = mirror;
	}

	public @Nullable String getSha512() {
		return this.sha512;
	}

	public void setSha512(@Nullable String sha512) {
		this.sha512 = sha512;
	}

	public int getRpcPort() {
		return this.rpcPort;
	}

	public void setRpcPort(int rpcPort) {
		this.rpcPort = rpcPort;
	}

	public int getGatewayPort() {
		return this.gatewayPort;
	}

	public void setGatewayPort(int gatewayPort) {
		this.gatewayPort = gatewayPort;
	}

	public int getSwarmPort() {
		return this.swarmPort;
	}

	public void setSwarmPort(int swarmPort) {
		this.swarmPort = swarmPort;
	}

	public Duration getStartTimeout() {
		return this.startTimeout;
	}

	public void setStartTimeout(Duration startTimeout) {
		this.startTimeout = startTimeout;
	}

	public Duration getStopTimeout() {
		return this.stopTimeout;
	}

	public void setStopTimeout(Duration stopTimeout) {
		this.stopTimeout = stopTimeout;
	}

	public Duration getProbeTimeout() {
		return this.probeTimeout;
	}

	public void setProbeTimeout(Duration probeTimeout) {
		this.probeTimeout = probeTimeout;
	}

	public StreamMounting getStreamMounting() {
		return this.streamMounting;
	}

	public void setStreamMounting(StreamMounting streamMounting) {
		this.streamMounting = streamMounting;
	}

	public Map<String, String> getConfig() {
		return this.config;
	}

	public Restart getRestart() {
		return this.restart;
	}

	/**
	 * Where the node comes from.
	 */
	public enum Mode {

		/**
		 * Use a node that runs at the configured or a usual address; start one where none
		 * answers.
		 */
		AUTO,

		/**
		 * Use the node at the configured address or the usual one, and start none.
		 */
		EXTERNAL,

		/**
		 * Start a node of the application's own.
		 */
		MANAGED

	}

	/**
	 * How a managed node is restarted that died.
	 */
	public static class Restart {

		/**
		 * Time before the node is restarted; doubled each time it dies again.
		 */
		private Duration initialInterval = Duration.ofMillis(500);

		/**
		 * Longest time before the node is restarted.
		 */
		private Duration maxInterval = Duration.ofSeconds(30);

		/**
		 * How often in a row the node is restarted before that is given up; counted anew
		 * when it has lived for a minute.
		 */
		private int maxAttempts = 10;

		public Duration getInitialInterval() {
			return this.initialInterval;
		}

		public void setInitialInterval(Duration initialInterval) {
			this.initialInterval = initialInterval;
		}

		public Duration getMaxInterval() {
			return this.maxInterval;
		}

		public void setMaxInterval(Duration maxInterval) {
			this.maxInterval = maxInterval;
		}

		public int getMaxAttempts() {
			return this.maxAttempts;
		}

		public void setMaxAttempts(int maxAttempts) {
			this.maxAttempts = maxAttempts;
		}

	}

}
