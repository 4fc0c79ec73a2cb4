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

package io.github.ipfstoolkit.node.executable;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.ipfstoolkit.rpc.KuboVersion;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Finds the {@code ipfs} executable with which a node is started. It looks, in this
 * order, at
 * <ol>
 * <li>the executable that was named, if one was; no other is considered then;
 * <li>{@code ipfs} on the {@code PATH}, if its version is
 * {@linkplain Builder#minimumVersion(String) recent enough};
 * <li>the toolkit's cache;
 * <li>and only where {@linkplain Builder#provision(boolean) that is allowed}: a release
 * of Kubo that is downloaded into the cache, its SHA-512 checked; else, where Go is
 * installed, a build from Kubo's pinned module into the cache.
 * </ol>
 * Immutable. Threads and applications that look at the same time do not get in each
 * other's way.
 *
 * @since 0.1.0
 */
public final class ExecutableLocator {

	/**
	 * The version of Kubo that is downloaded or built unless another one is asked for.
	 */
	public static final String DEFAULT_VERSION = "0.43.0";

	/**
	 * The oldest version that is used to run a node, unless another one is asked for: the
	 * first in which {@code p2p} commands have {@code foreground}, by which a node gives
	 * up the tunnels of an application that ended.
	 */
	public static final String MINIMUM_VERSION = "0.40.0";

	/**
	 * Where releases of Kubo are downloaded from unless another mirror is named.
	 */
	public static final URI DEFAULT_MIRROR = URI.create("https://dist.ipfs.tech");

	private static final Log logger = LogFactory.getLog(ExecutableLocator.class);

	private final @Nullable Path executable;

	private final boolean provision;

	private final String version;

	private final KuboVersion minimumVersion;

	private final @Nullable String searchPath;

	private final Platform platform;

	private final Path cached;

	private final Provisioner provisioner;

	private ExecutableLocator(Builder builder) {
		this.executable = builder.executable;
		this.provision = builder.provision;
		this.version = KuboVersion.of(builder.version).toString();
		this.minimumVersion = KuboVersion.of(builder.minimumVersion);
		this.searchPath = builder.environment.getOrDefault("PATH", builder.environment.get("Path"));
		this.platform = builder.platform;
		Path cache = ((builder.cacheDirectory != null) ? builder.cacheDirectory : defaultCache(builder))
			.toAbsolutePath();
		this.cached = cache.resolve("kubo")
			.resolve(this.version)
			.resolve(this.platform.toString())
			.resolve(this.platform.executable("ipfs"));
		this.provisioner = new Provisioner(cache, this.cached, this.version, new ReleaseDownload(builder.mirror,
				this.version, this.platform, builder.sha512, builder.downloadTimeout), moduleBuild(builder));
	}

	private static Path defaultCache(Builder builder) {
		Map<String, String> environment = builder.environment;
		Path home = Path.of(System.getProperty("user.home"));
		String configured = builder.platform.isWindows() ? environment.get("LOCALAPPDATA")
				: environment.get("XDG_CACHE_HOME");
		Path base = home.resolve(builder.platform.os().equals("darwin") ? "Library/Caches" : ".cache");
		if (configured != null && !configured.isBlank()) {
			base = Path.of(configured);
		}
		return base.resolve("ipfs-toolkit");
	}

	private @Nullable ModuleBuild moduleBuild(Builder builder) {
		if (!this.version.equals(DEFAULT_VERSION)) {
			return null;
		}
		return Commands.onPath(this.searchPath, this.platform.executable("go"))
			.stream()
			.findFirst()
			.map((go) -> new ModuleBuild(go, this.platform, builder.buildTimeout))
			.orElse(null);
	}

	/**
	 * Returns a builder.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Finds the executable, and gets one where that is allowed and needed, which may take
	 * minutes; progress is logged.
	 * @return the executable
	 * @throws ExecutableNotFoundException if there is none
	 * @throws ProvisioningException if none could be downloaded or built
	 */
	public NodeExecutable locate() {
		if (this.executable != null) {
			return named(this.executable);
		}
		List<String> refused = new ArrayList<>();
		for (Path candidate : Commands.onPath(this.searchPath, this.platform.executable("ipfs"))) {
			NodeExecutable found = inspect(candidate, refused);
			if (found != null) {
				return found;
			}
		}
		if (refused.isEmpty()) {
			refused.add("there is no 'ipfs' on the PATH");
		}
		NodeExecutable found = Files.isExecutable(this.cached) ? inspect(this.cached, refused) : null;
		if (found != null) {
			return found;
		}
		if (!this.provision) {
			refused.add("there is none at " + this.cached);
			throw new ExecutableNotFoundException("There is no ipfs executable to use: " + String.join("; ", refused),
					("Install Kubo %s or newer, name an executable with 'ipfs.node.executable', or set 'ipfs.node.provision=true' "
							+ "to have Kubo %s downloaded or, where Go is installed, built.")
						.formatted(this.minimumVersion, this.version),
					null);
		}
		logger.info("Getting Kubo %s: %s".formatted(this.version, String.join("; ", refused)));
		return this.provisioner.provision();
	}

	private NodeExecutable named(Path executable) {
		List<String> refused = new ArrayList<>();
		NodeExecutable found = inspect(executable.toAbsolutePath(), refused);
		if (found == null) {
			throw new ExecutableNotFoundException(
					"The ipfs executable that was named cannot be used: " + String.join("; ", refused),
					"Set 'ipfs.node.executable' to an executable of Kubo %s or newer, or leave it out to have one looked for."
						.formatted(this.minimumVersion),
					null);
		}
		return found;
	}

	private @Nullable NodeExecutable inspect(Path candidate, List<String> refused) {
		try {
			KuboVersion version = Commands.version(candidate);
			if (version.isAtLeast(this.minimumVersion)) {
				return new NodeExecutable(candidate, version.toString());
			}
			refused.add("%s is version %s, older than %s".formatted(candidate, version, this.minimumVersion));
		}
		catch (IOException ex) {
			refused.add(String.valueOf(ex.getMessage()));
		}
		return null;
	}

	/**
	 * Builds an {@link ExecutableLocator}.
	 */
	public static final class Builder {

		private @Nullable Path executable;

		private boolean provision;

		private String version = DEFAULT_VERSION;

		private String minimumVersion = MINIMUM_VERSION;

		private @Nullable Path cacheDirectory;

		private URI mirror = DEFAULT_MIRROR;

		private @Nullable String sha512;

		private Duration downloadTimeout = Duration.ofSeconds(30);

		private Duration buildTimeout = Duration.ofMinutes(30);

		private Map<String, String> environment = System.getenv();

		private Platform platform = Platform.current();

		private Builder() {
		}

		/**
		 * Names the executable, so that none is looked for.
		 * @param executable the executable, {@code null} (default) to look for one
		 * @return this
		 */
		public Builder executable(@Nullable Path executable) {
			this.executable = executable;
			return this;
		}

		/**
		 * Allows that an executable is downloaded or built.
		 * @param provision whether to, {@code false} by default
		 * @return this
		 */
		public Builder provision(boolean provision) {
			this.provision = provision;
			return this;
		}

		/**
		 * Sets the version to look for in the cache, and to download. Only the default
		 * one can be built.
		 * @param version the version, {@link #DEFAULT_VERSION} by default
		 * @return this
		 */
		public Builder version(String version) {
			this.version = version;
			return this;
		}

		/**
		 * Sets the oldest version that will do. Commands need less than a node that is
		 * run.
		 * @param minimumVersion the version, {@link #MINIMUM_VERSION} by default
		 * @return this
		 */
		public Builder minimumVersion(String minimumVersion) {
			this.minimumVersion = minimumVersion;
			return this;
		}

		/**
		 * Sets where executables are kept that were downloaded or built.
		 * @param cacheDirectory the directory, by default {@code ipfs-toolkit} in the
		 * place that the operating system has for a user's caches
		 * @return this
		 */
		public Builder cacheDirectory(@Nullable Path cacheDirectory) {
			this.cacheDirectory = cacheDirectory;
			return this;
		}

		/**
		 * Sets where releases of Kubo are downloaded from.
		 * @param mirror the URL under which {@code kubo/v<version>/…} is found,
		 * {@link #DEFAULT_MIRROR} by default; {@code file:} works too
		 * @return this
		 */
		public Builder mirror(URI mirror) {
			Assert.isTrue(mirror.isAbsolute(), () -> "The mirror '%s' should be a URL".formatted(mirror));
			this.mirror = mirror;
			return this;
		}

		/**
		 * Sets the checksum of the release's archive.
		 * @param sha512 128 hexadecimal digits, {@code null} (default) to use the one
		 * that is shipped with the toolkit or published by the mirror
		 * @return this
		 */
		public Builder sha512(@Nullable String sha512) {
			this.sha512 = sha512;
			return this;
		}

		Builder environment(Map<String, String> environment) {
			this.environment = environment;
			return this;
		}

		Builder platform(Platform platform) {
			this.platform = platform;
			return this;
		}

		Builder timeouts(Duration download, Duration build) {
			this.downloadTimeout = download;
			this.buildTimeout = build;
			return this;
		}

		/**
		 * Builds the locator.
		 * @return the locator
		 * @throws IllegalArgumentException if the version is none
		 */
		public ExecutableLocator build() {
			return new ExecutableLocator(this);
		}

	}

}
