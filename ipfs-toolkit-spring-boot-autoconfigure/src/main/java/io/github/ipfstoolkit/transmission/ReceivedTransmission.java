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

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

import io.github.ipfstoolkit.PeerId;
import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * A message whose payload is read from the stream as the handler asks for it.
 */
final class ReceivedTransmission implements Transmission {

	/**
	 * Up to which declared length memory is allocated before the bytes are there.
	 */
	private static final int TRUSTED_LENGTH = 64 * 1024;

	private final PeerId sender;

	private final String listener;

	private final long length;

	private final DataSize maxSize;

	private final Content content;

	ReceivedTransmission(PeerId sender, String listener, long length, InputStream input, DataSize maxSize) {
		this.sender = sender;
		this.listener = listener;
		this.length = length;
		this.maxSize = maxSize;
		this.content = new Content(input, length);
	}

	@Override
	public PeerId sender() {
		return this.sender;
	}

	@Override
	public String listener() {
		return this.listener;
	}

	@Override
	public long length() {
		return this.length;
	}

	@Override
	public InputStream content() {
		return this.content;
	}

	@Override
	public byte[] bytes() throws IOException {
		if (this.length > this.maxSize.toBytes()) {
			throw new MessageTooLargeException(this.length, this.maxSize);
		}
		if (this.length > TRUSTED_LENGTH) {
			// allocates as bytes arrive, not by the length that the peer has declared
			return this.content.readAllBytes();
		}
		byte[] bytes = new byte[(int) this.length];
		this.content.readNBytes(bytes, 0, bytes.length);
		return bytes;
	}

	/**
	 * Ends the handler's use of the payload: it must not read what follows on the stream.
	 * @return how many bytes it has not read
	 * @throws IOException what broke the payload, also if the handler has passed over it
	 */
	long end() throws IOException {
		return this.content.end();
	}

	private static final class Content extends InputStream {

		private final InputStream input;

		private long remaining;

		private @Nullable IOException failure;

		private boolean ended;

		Content(InputStream input, long length) {
			this.input = input;
			this.remaining = length;
		}

		@Override
		public int read() throws IOException {
			byte[] single = new byte[1];
			return (read(single, 0, 1) < 0) ? -1 : single[0] & 0xFF;
		}

		@Override
		public int read(byte[] bytes, int offset, int count) throws IOException {
			check();
			if (this.remaining == 0) {
				return -1;
			}
			try {
				int read = this.input.read(bytes, offset, (int) Math.min(count, this.remaining));
				if (read < 0) {
					throw new EOFException(
							"The connection broke %d bytes before the message's end".formatted(this.remaining));
				}
				this.remaining -= read;
				return read;
			}
			catch (IOException ex) {
				this.failure = ex;
				throw ex;
			}
		}

		private void check() throws IOException {
			if (this.failure != null) {
				throw this.failure;
			}
			if (this.ended) {
				throw new IOException("A message can be read only until its handler has returned");
			}
		}

		@Override
		public int available() throws IOException {
			check();
			return (int) Math.min(this.input.available(), this.remaining);
		}

		long end() throws IOException {
			this.ended = true;
			if (this.failure != null) {
				throw this.failure;
			}
			return this.remaining;
		}

	}

}
