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

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.rpc.RpcEndpoint;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a node that runs already: at the configured address, and only there if there
 * is one; else at the address in {@code $IPFS_PATH/api} ({@code ~/.ipfs/api}), which Kubo
 * writes when it starts and leaves behind when it is killed; else at
 * {@code 127.0.0.1:5001}. Immutable.
 *
 * @since 0.1.0
 */
public final class NodeDiscovery {

	private static final Log logger = LogFactory.getLog(NodeDiscovery.class);

	private final @Nullable RpcEndpoint configured;

	private final @Nullable String authorization;

	private final Duration timeout;

	private final Map<String, String> environment;

	private final URI usual;

	/**
	 * Creates a discovery.
	 * @param configured the configured address, {@code null} to look at the usual ones
	 * @param authorization the credentials for the usual ones, if any, in a form that
	 * {@link RpcEndpoint#of} takes
	 * @param timeout how long each is waited for
	 */
	public NodeDiscovery(@Nullable RpcEndpoint configured, @Nullable String authorization, Duration timeout) {
		this(configured, authorization, timeout, System.getenv(), RpcEndpoint.DEFAULT_URI);
	}

	/**
	 * Returns the repository in which Kubo's executable looks for everything.
	 * @return the one in the environment variable {@code IPFS_PATH}, else {@code ~/.ipfs}
	 */
	public static Path usualRepository() {
		return repository(System.getenv());
	}

	NodeDiscovery(@Nullable RpcEndpoint configured, @Nullable String authorization, Duration timeout,
			Map<String, String> environment, URI usual) {
		this.configured = configured;
		this.authorization = authorization;
		this.timeout = timeout;
		this.environment = environment;
		this.usual = usual;
	}

	/**
	 * Looks for a node.
	 * @return where it is, {@code null} if none answers
	 */
	public @Nullable RpcEndpoint discover() {
		for (RpcEndpoint candidate : candidates()) {
			try {
				new NodeProbe(candidate, this.timeout).requireNode();
				return candidate;
			}
			catch (IOException ex) {
				if (candidate == this.configured) {
					logger.warn("No IPFS node answers at %s, which 'ipfs.api.url' names (%s)".formatted(candidate,
							ex.getMessage()));
				}
				else {
					logger.debug("No IPFS node answers at %s".formatted(candidate), ex);
				}
			}
		}
		return null;
	}

	private List<RpcEndpoint> candidates() {
		if (this.configured != null) {
			return List.of(this.configured);
		}
		List<RpcEndpoint> candidates = new ArrayList<>();
		RpcEndpoint announced = announced();
		if (announced != null) {
			candidates.add(announced);
		}
		candidates.add(RpcEndpoint.of(this.usual.toString(), this.authorization));
		return candidates;
	}

	private static Path repository(Map<String, String> environment) {
		String path = environment.get("IPFS_PATH");
		Path home = Path.of(System.getProperty("user.home"));
		if (path == null || path.isBlank()) {
			return home.resolve(".ipfs");
		}
		return path.startsWith("~/") ? home.resolve(path.substring(2)) : Path.of(path);
	}

	private @Nullable RpcEndpoint announced() {
		Path file = repository(this.environment).resolve("api");
		try {
			String address = Files.readString(file).strip();
			return address.isEmpty() ? null : RpcEndpoint.of(address, this.authorization);
		}
		catch (IOException ex) {
			return null;
		}
		catch (IpfsException ex) {
			logger.info("The address in %s is passed over: %s".formatted(file, ex.getMessage()));
			return null;
		}
	}

}
