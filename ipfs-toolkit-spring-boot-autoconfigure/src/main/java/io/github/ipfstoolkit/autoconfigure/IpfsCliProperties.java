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

/**
 * How the {@code ipfs} executable is used where that is the backend.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("ipfs.cli")
public class IpfsCliProperties {

	/**
	 * Repository that the executable works on where no address of a node is configured.
	 * By default the one in the environment variable IPFS_PATH, or ".ipfs" in the user's
	 * home directory.
	 */
	private @Nullable Path repository;

	/**
	 * Maximum number of processes at the same time. Those of endless streams such as
	 * subscriptions are counted until they have begun. A repository on which no node runs
	 * takes one command at a time.
	 */
	private int maxProcesses = 8;

	public @Nullable Path getRepository() {
		return this.repository;
	}

	public void setRepository(@Nullable Path repository) {
		this.repository = repository;
	}

	public int getMaxProcesses() {
		return this.maxProcesses;
	}

	public void setMaxProcesses(int maxProcesses) {
		this.maxProcesses = maxProcesses;
	}

}
