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
package io.github.ipfstoolkit.transmission;

import java.time.Duration;

import io.github.ipfstoolkit.InvalidIdentifierException;
import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.p2p.PeerDirectory;

/**
 * Finds who is meant by a name or peer ID, and makes sure that the peer can be reached.
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class PeerResolver {

	/**
	 * Shortest text form of a peer ID.
	 */
	private static final int MIN_PEER_ID = 46;

	private final PeerDirectory peers;

	/**
	 * Creates a resolver.
	 * @param peers finds peers by name and connects to them
	 */
	public PeerResolver(PeerDirectory peers) {
		this.peers = peers;
	}

	/**
	 * Returns who is meant.
	 * @param peer the name of a contact, or a peer ID
	 * @return the peer
	 * @throws PeerUnknownException if it is neither
	 */
	public PeerId resolve(String peer) {
		if (peer.length() >= MIN_PEER_ID) {
			try {
				return PeerId.of(peer);
			}
			catch (InvalidIdentifierException ignored) {
				// then it is a name
			}
		}
		return this.peers.find(peer)
			.orElseThrow(() -> new PeerUnknownException(peer,
					"it is neither a peer ID nor the name of a contact. Add the contact first"));
	}

	/**
	 * Connects the node to a peer, unless it is connected.
	 * @param peer the peer
	 * @throws PeerNotFoundException if it can not be reached
	 */
	public void connect(PeerId peer) {
		check(peer, this.peers.connect(peer));
	}

	/**
	 * Connects the node to a peer, unless it is connected.
	 * @param peer the peer
	 * @param timeout how long it may take at most, if that is less than the configured
	 * time
	 * @throws PeerNotFoundException if it can not be reached
	 */
	public void connect(PeerId peer, Duration timeout) {
		check(peer, this.peers.connect(peer, timeout));
	}

	private static void check(PeerId peer, boolean connected) {
		if (!connected) {
			throw new PeerNotFoundException(peer.toString(),
					"it can not be reached. Is it running, and is one of its addresses known?", null);
		}
	}

}
