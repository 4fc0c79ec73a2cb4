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
package io.github.ipfstoolkit.transmission.conversation;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.List;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.p2p.TunnelStream;

/**
 * A stream over a socket, without a node.
 */
final class SocketStream implements TunnelStream {

	static final PeerId PEER = PeerId.of("12D3KooWSqWVnXUtxkWGg8mTJzHhgwgrQDSxLEZsTZbDyGNnBtjn");

	private final Socket socket;

	private final InputStream input;

	private SocketStream(Socket socket) throws IOException {
		this.socket = socket;
		this.input = new BufferedInputStream(socket.getInputStream());
	}

	/**
	 * Connects two.
	 * @param buffer how many bytes are on their way at most, about
	 */
	static List<SocketStream> pair(int buffer) throws IOException {
		try (ServerSocket server = new ServerSocket()) {
			server.setReceiveBufferSize(buffer);
			server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
			Socket client = new Socket();
			client.setReceiveBufferSize(buffer);
			client.setSendBufferSize(buffer);
			client.connect(server.getLocalSocketAddress());
			Socket accepted = server.accept();
			accepted.setSendBufferSize(buffer);
			return List.of(new SocketStream(client), new SocketStream(accepted));
		}
	}

	@Override
	public PeerId peer() {
		return PEER;
	}

	@Override
	public InputStream input() {
		return this.input;
	}

	@Override
	public OutputStream output() throws IOException {
		return this.socket.getOutputStream();
	}

	@Override
	public ReadableByteChannel inputChannel() {
		return Channels.newChannel(input());
	}

	@Override
	public WritableByteChannel outputChannel() throws IOException {
		return Channels.newChannel(output());
	}

	@Override
	public void setReadTimeout(Duration timeout) throws IOException {
		this.socket.setSoTimeout((int) timeout.toMillis());
	}

	@Override
	public void setWriteTimeout(Duration timeout) {
	}

	@Override
	public boolean isQuiet() {
		return !this.socket.isClosed();
	}

	boolean isClosed() {
		return this.socket.isClosed();
	}

	@Override
	public void close() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
