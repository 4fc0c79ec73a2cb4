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
import java.util.Optional;

import io.github.ipfstoolkit.PeerId;

/**
 * Knows peers by name, and how to reach them.
 *
 * @since 0.1.0
 */
public interface PeerDirectory {

	/**
	 * Finds a peer by name.
	 * @param name the name of a contact
	 * @return the peer, empty if the name is not known
	 */
	Optional<PeerId> find(String name);

	/**
	 * Connects the node to a peer, unless it is connected.
	 * @param peer the peer
	 * @return whether the node is connected now
	 */
	boolean connect(PeerId peer);

	/**
	 * Connects the node to a peer, unless it is connected, in less time than that may
	 * take otherwise. A directory that does not know how does it as
	 * {@link #connect(PeerId)}.
	 * @param peer the peer
	 * @param timeout how long it may take at most
	 * @return whether the node is connected now
	 */
	default boolean connect(PeerId peer, Duration timeout) {
		return connect(peer);
	}

}
