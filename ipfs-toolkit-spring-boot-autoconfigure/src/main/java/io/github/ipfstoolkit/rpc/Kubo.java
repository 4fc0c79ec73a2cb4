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

package io.github.ipfstoolkit.rpc;

/**
 * A Kubo node's RPC API, by section. Each section is an interface whose methods are the
 * section's commands; nothing is sent before the returned publisher is subscribed to.
 * <p>
 * Failures are signalled as {@link io.github.ipfstoolkit.IpfsException}. Safe for use by
 * several threads.
 *
 * @since 0.1.0
 */
public interface Kubo {

	/**
	 * Returns the commands of {@code block}: single blocks.
	 * @return the commands
	 */
	BlockApi block();

	/**
	 * Returns the commands of {@code bootstrap}: the peers to begin with.
	 * @return the commands
	 */
	BootstrapApi bootstrap();

	/**
	 * Returns the commands of {@code config}: the configuration.
	 * @return the commands
	 */
	ConfigApi config();

	/**
	 * Returns the commands on content as files and directories: {@code add}, {@code cat},
	 * {@code get}, {@code ls}, {@code refs}, {@code resolve}.
	 * @return the commands
	 */
	ContentApi content();

	/**
	 * Returns the commands of {@code diag}: what helps to find the cause of trouble.
	 * @return the commands
	 */
	DiagApi diag();

	/**
	 * Returns the commands of {@code files}: the mutable file system (MFS).
	 * @return the commands
	 */
	FilesApi files();

	/**
	 * Returns the commands of {@code key}: keys for IPNS.
	 * @return the commands
	 */
	KeyApi key();

	/**
	 * Returns the commands of {@code name}: IPNS records.
	 * @return the commands
	 */
	NameApi name();

	/**
	 * Returns what concerns the node itself: identity, version, ping, health, shutdown.
	 * @return the commands
	 */
	NodeApi node();

	/**
	 * Returns the commands of {@code p2p}: libp2p stream mounting.
	 * @return the commands
	 */
	P2pApi p2p();

	/**
	 * Returns the commands of {@code pin}: content that the node keeps.
	 * @return the commands
	 */
	PinApi pin();

	/**
	 * Returns the commands of {@code pubsub}: messages by topic.
	 * @return the commands
	 */
	PubsubApi pubsub();

	/**
	 * Returns the commands of {@code repo}: the repository.
	 * @return the commands
	 */
	RepoApi repo();

	/**
	 * Returns the commands of {@code routing}: finding peers and providers.
	 * @return the commands
	 */
	RoutingApi routing();

	/**
	 * Returns the commands of {@code stats}: what the node counts.
	 * @return the commands
	 */
	StatsApi stats();

	/**
	 * Returns the commands of {@code swarm}: connections to other peers.
	 * @return the commands
	 */
	SwarmApi swarm();

}
