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

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.core.env.Environment;

/**
 * {@link ConfigurationProperties Configuration properties} that concern the toolkit as a
 * whole.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("ipfs")
public class IpfsProperties {

	/**
	 * Directory below which everything is kept: a managed node, contacts, received files.
	 * By default ".ipfs-toolkit/<spring.application.name>" in the user's home directory.
	 */
	private @Nullable Path dataDirectory;

	/**
	 * What the node's RPC API is reached with.
	 */
	private Backend backend = Backend.AUTO;

	public @Nullable Path getDataDirectory() {
		return this.dataDirectory;
	}

	public void setDataDirectory(@Nullable Path dataDirectory) {
		this.dataDirectory = dataDirectory;
	}

	public Backend getBackend() {
		return this.backend;
	}

	public void setBackend(Backend backend) {
		this.backend = backend;
	}

	/**
	 * Returns the directory below which everything is kept: the configured one, else
	 * {@code .ipfs-toolkit/<spring.application.name>} in the user's home directory, with
	 * {@code application} for a name that is missing.
	 * @param environment where the application's name is looked up
	 * @return an absolute path; the directory need not exist
	 */
	public Path resolveDataDirectory(Environment environment) {
		if (this.dataDirectory != null) {
			return this.dataDirectory.toAbsolutePath().normalize();
		}
		String name = environment.getProperty("spring.application.name", "").replaceAll("[^\\w.-]+", "_");
		boolean usable = !name.matches("[._]*");
		return Path.of(System.getProperty("user.home"), ".ipfs-toolkit", usable ? name : "application")
			.toAbsolutePath()
			.normalize();
	}

	/**
	 * What the node's RPC API is reached with.
	 */
	public enum Backend {

		/**
		 * HTTP; the executable only where no node is configured, managed or found, and
		 * there is a repository that it can work on.
		 */
		AUTO,

		/**
		 * HTTP.
		 */
		HTTP,

		/**
		 * The {@code ipfs} executable, which is run for each command.
		 */
		CLI

	}

}
