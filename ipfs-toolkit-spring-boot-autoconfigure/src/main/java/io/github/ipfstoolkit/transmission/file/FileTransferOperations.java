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

package io.github.ipfstoolkit.transmission.file;

import java.nio.file.Path;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.transmission.conversation.Conversation;

import org.springframework.core.io.Resource;

/**
 * Sends files to file listeners of other peers, those of the Python IPFS-Toolkit among
 * them. Safe for use by several threads.
 * <p>
 * A file is never held in memory as a whole. Where the receiver uses this toolkit too,
 * the methods return once it has compared the SHA-256 of the whole file with the
 * sender's, has the file in its place, and its listener has taken it; the sender compares
 * too, with what the receiver says that it has stored. A transfer whose connection breaks
 * goes on from where it was, once the SHA-256 of what the receiver has agrees with the
 * start of the file. A file by content is verified block by block by the receiver's node
 * instead. Where the receiver is the Python toolkit, the methods return once it has
 * acknowledged the last block, as it tells no more.
 *
 * @since 0.1.0
 */
public interface FileTransferOperations {

	/**
	 * Sends a file, as the application is configured.
	 * @param to the name of a contact, or a peer ID
	 * @param listener the name of the peer's file listener
	 * @param file the file
	 * @return what was sent
	 * @throws io.github.ipfstoolkit.transmission.TransmissionException as
	 * {@link #sendFile(PeerId, String, Path, FileOptions)}, and
	 * {@link io.github.ipfstoolkit.transmission.PeerUnknownException} if there is no
	 * contact of that name
	 */
	default FileReceipt sendFile(String to, String listener, Path file) {
		return sendFile(to, listener, file, FileOptions.defaults());
	}

	/**
	 * Sends a file.
	 * @param to the name of a contact, or a peer ID
	 * @param listener the name of the peer's file listener
	 * @param file the file
	 * @param options how to send it
	 * @return what was sent
	 * @throws io.github.ipfstoolkit.transmission.TransmissionException as
	 * {@link #sendFile(PeerId, String, Path, FileOptions)}, and
	 * {@link io.github.ipfstoolkit.transmission.PeerUnknownException} if there is no
	 * contact of that name
	 */
	FileReceipt sendFile(String to, String listener, Path file, FileOptions options);

	/**
	 * Sends the content of a resource. One that is no file is copied to a temporary file
	 * first.
	 * @param to the name of a contact, or a peer ID
	 * @param listener the name of the peer's file listener
	 * @param resource the resource
	 * @param options how to send it; its name is that of the resource, if not said
	 * otherwise
	 * @return what was sent
	 * @throws io.github.ipfstoolkit.transmission.TransmissionException as
	 * {@link #sendFile(PeerId, String, Path, FileOptions)}, and
	 * {@link io.github.ipfstoolkit.transmission.PeerUnknownException} if there is no
	 * contact of that name
	 */
	FileReceipt sendFile(String to, String listener, Resource resource, FileOptions options);

	/**
	 * Sends a file, as the application is configured.
	 * @param to the peer
	 * @param listener the name of the peer's file listener
	 * @param file the file
	 * @return what was sent
	 * @throws io.github.ipfstoolkit.transmission.TransmissionException as
	 * {@link #sendFile(PeerId, String, Path, FileOptions)}
	 */
	default FileReceipt sendFile(PeerId to, String listener, Path file) {
		return sendFile(to, listener, file, FileOptions.defaults());
	}

	/**
	 * Sends a file.
	 * @param to the peer
	 * @param listener the name of the peer's file listener
	 * @param file the file
	 * @param options how to send it
	 * @return what was sent
	 * @throws FileReadException if the file can not be read here
	 * @throws FileTooLargeException if it is larger than the receiver takes
	 * @throws ReceiverStorageException if the receiver has not enough space
	 * @throws TooManyTransfersException if the receiver takes as many files as it allows
	 * @throws PeerTransferLimitException if it takes as many of this peer as it allows
	 * @throws FileCorruptedException if what has arrived is not what was sent
	 * @throws ContentUnavailableException if the receiver can not get the content of a
	 * file that is sent by content
	 * @throws FileRefusedException if the receiver refuses the file for another reason,
	 * such as that its listener failed
	 * @throws ClassicReceiverException if a receiver that uses the Python toolkit does
	 * not know what the options ask for
	 * @throws io.github.ipfstoolkit.transmission.TransmissionTimeoutException if the
	 * receiver does not answer in time
	 * @throws io.github.ipfstoolkit.transmission.TransmissionException if the peer can
	 * not be reached, or the connection breaks too often
	 */
	FileReceipt sendFile(PeerId to, String listener, Path file, FileOptions options);

	/**
	 * Sends the content of a resource. One that is no file is copied to a temporary file
	 * first.
	 * @param to the peer
	 * @param listener the name of the peer's file listener
	 * @param resource the resource
	 * @param options how to send it; its name is that of the resource, if not said
	 * otherwise
	 * @return what was sent
	 * @throws io.github.ipfstoolkit.transmission.TransmissionException as
	 * {@link #sendFile(PeerId, String, Path, FileOptions)}
	 */
	FileReceipt sendFile(PeerId to, String listener, Resource resource, FileOptions options);

	/**
	 * Sends a file that belongs to a conversation. The other end gets it where it has
	 * {@linkplain FileReceivers#open(Conversation, FileReceiverOptions, FileHandler)
	 * asked for} the conversation's files; one that uses the Python toolkit always has.
	 * @param conversation the conversation, in which other things may be said meanwhile
	 * @param file the file
	 * @param options how to send it
	 * @return what was sent
	 * @throws io.github.ipfstoolkit.transmission.TransmissionException as
	 * {@link #sendFile(PeerId, String, Path, FileOptions)}
	 */
	FileReceipt sendFile(Conversation conversation, Path file, FileOptions options);

}
