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

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;

import io.github.ipfstoolkit.PeerId;

/**
 * A stream of bytes to and from a peer. There is no half-close: when either side closes,
 * both directions end, and what the other side still writes is lost.
 * <p>
 * One thread may read while another writes.
 *
 * @since 0.1.0
 */
public interface TunnelStream extends AutoCloseable {

	/**
	 * Returns the peer at the other end: for an accepted stream the ID that the node has
	 * authenticated, never one that the peer has only claimed.
	 * @return the peer
	 * @throws IOException if the stream ends before the node has told
	 */
	PeerId peer() throws IOException;

	/**
	 * Returns what the peer sends.
	 * @return the buffered input, the same each time
	 * @throws IOException if the stream has ended
	 */
	InputStream input() throws IOException;

	/**
	 * Returns what goes to the peer. It is not buffered: what is to travel together must
	 * be written together.
	 * @return the output, the same each time
	 * @throws IOException if the stream has ended
	 */
	OutputStream output() throws IOException;

	/**
	 * Returns what the peer sends, for whoever reads much of it: a direct buffer is
	 * filled without a copy on the heap. It goes on where {@link #input()} was read to,
	 * and the other way round.
	 * @return the channel; closing the stream closes it
	 * @throws IOException if the stream has ended
	 */
	ReadableByteChannel inputChannel() throws IOException;

	/**
	 * Returns what goes to the peer, for whoever writes much: what is in a direct buffer
	 * is written without a copy on the heap. A write takes all of a buffer.
	 * @return the channel; closing the stream closes it
	 * @throws IOException if the stream has ended
	 */
	WritableByteChannel outputChannel() throws IOException;

	/**
	 * Sets how long a read waits for the next byte before it fails with
	 * {@link java.net.SocketTimeoutException}. The stream may have ended then.
	 * @param timeout the time, zero for no limit, which is the default
	 * @throws IOException if the stream has ended
	 */
	void setReadTimeout(Duration timeout) throws IOException;

	/**
	 * Sets how long a write waits for the peer to take what was written before it fails
	 * and the stream ends.
	 * @param timeout the time, zero for no limit, which is the default
	 */
	void setWriteTimeout(Duration timeout);

	/**
	 * Returns whether the stream is open and the peer has sent nothing that was not read.
	 * Never blocks. To be asked before a stream that has rested is used again, by the one
	 * thread that uses it.
	 * @return {@code false} if the stream should not be used again
	 */
	boolean isQuiet();

	/**
	 * Ends the stream, in both directions.
	 */
	@Override
	void close();

}
