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
package io.github.ipfstoolkit.transmission.buffer;

import io.github.ipfstoolkit.PeerId;

/**
 * Sends and receives raw bytes, as the Python toolkit's {@code BufferSender} and
 * {@code listen_to_buffers} do. Nothing is acknowledged: where it matters that all of it
 * has arrived, the application needs a protocol of its own, or sends a message or a file
 * instead. Safe for use by several threads.
 *
 * @since 0.1.0
 */
public interface BufferOperations {

	/**
	 * Opens a way for bytes to a peer's buffer listener. That it opens does not mean that
	 * anything listens there: {@link BufferSender} tells as soon as it is known.
	 * @param to the name of a contact, or a peer ID
	 * @param listener the name of the peer's buffer listener
	 * @return the sender, to be closed by the caller
	 * @throws io.github.ipfstoolkit.transmission.PeerUnknownException if there is no
	 * contact of that name
	 * @throws io.github.ipfstoolkit.transmission.PeerNotFoundException if the peer can
	 * not be reached
	 * @throws io.github.ipfstoolkit.transmission.InvalidPeerException if the peer is this
	 * node itself
	 * @throws io.github.ipfstoolkit.transmission.TransmissionException if the node does
	 * not open the way
	 */
	BufferSender open(String to, String listener);

	/**
	 * Opens a way for bytes to a peer's buffer listener. That it opens does not mean that
	 * anything listens there: {@link BufferSender} tells as soon as it is known.
	 * @param to the peer
	 * @param listener the name of the peer's buffer listener
	 * @return the sender, to be closed by the caller
	 * @throws io.github.ipfstoolkit.transmission.PeerNotFoundException if the peer can
	 * not be reached
	 * @throws io.github.ipfstoolkit.transmission.InvalidPeerException if the peer is this
	 * node itself
	 * @throws io.github.ipfstoolkit.transmission.TransmissionException if the node does
	 * not open the way
	 */
	BufferSender open(PeerId to, String listener);

	/**
	 * Starts receiving the bytes that peers send to a name. Returns once they can.
	 * @param listener the name, which no message listener of the node has
	 * @param handler takes each stream of a peer, on a thread of its own
	 * @return the receiver, to be closed by the caller
	 * @throws io.github.ipfstoolkit.p2p.ProtocolInUseException if the name is taken on
	 * the node
	 * @throws io.github.ipfstoolkit.IpfsException if the node can not be reached or
	 * refuses
	 */
	BufferReceiver listen(String listener, BufferHandler handler);

}
