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

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Properties of the meters.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("ipfs.metrics")
public class IpfsMetricsProperties {

	/**
	 * How long to wait until the node is asked again for its connected peers and its
	 * bandwidth.
	 */
	private Duration interval = Duration.ofSeconds(15);

	/**
	 * How long to wait until the node is asked again for the size of its repository,
	 * which takes it longer.
	 */
	private Duration repositoryInterval = Duration.ofMinutes(10);

	/**
	 * Returns how long to wait until the node is asked for its peers and bandwidth.
	 * @return the interval
	 */
	public Duration getInterval() {
		return this.interval;
	}

	public void setInterval(Duration interval) {
		this.interval = interval;
	}

	/**
	 * Returns how long to wait until the node is asked for its repository.
	 * @return the interval
	 */
	public Duration getRepositoryInterval() {
		return this.repositoryInterval;
	}

	public void setRepositoryInterval(Duration repositoryInterval) {
		this.repositoryInterval = repositoryInterval;
	}

}
