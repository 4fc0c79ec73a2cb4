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

import io.github.ipfstoolkit.PeerId;

/**
 * Sends messages to listeners of other peers, in the wire protocol of the Python
 * IPFS-Toolkit. Safe for use by several threads.
 * <p>
 * A payload is sent as it is when it is a {@code byte[]}; as UTF-8 when it is a
 * {@link CharSequence}; as the content of a {@link org.springframework.core.io.Resource}
 * or {@link java.io.InputStream}, which is never held in memory as a whole; as JSON when
 * it is anything else.
 *
 * @since 0.1.0
 */
public interface TransmissionOperations {

	/**
	 * Sends a message and waits until the receiver has acknowledged it.
	 * @param to the name of a contact, or a peer ID
	 * @param listener the name of the receiver's listener
	 * @param payload what to send
	 * @return what was sent and how long it took
	 * @throws PeerUnknownException if there is no contact of that name
	 * @throws PeerNotFoundException if the peer can not be reached
	 * @throws InvalidPeerException if the peer is this node itself
	 * @throws TransmissionException if the transmission fails otherwise
	 */
	Receipt send(String to, String listener, Object payload);

	/**
	 * Sends a message and waits until the receiver has acknowledged it.
	 * @param to the peer
	 * @param listener the name of the receiver's listener
	 * @param payload what to send
	 * @return what was sent and how long it took
	 * @throws PeerNotFoundException if the peer can not be reached
	 * @throws InvalidPeerException if the peer is this node itself
	 * @throws TransmissionException if the transmission fails otherwise
	 */
	Receipt send(PeerId to, String listener, Object payload);

}
