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

package io.github.ipfstoolkit.core;

import java.io.FilterInputStream;
import java.io.IOException;

import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.ResponseEntity;

/**
 * Content as it arrives from the node. Few buffers are held at a time; closing it early
 * ends the command on the node.
 */
final class ContentStream extends FilterInputStream {

	private static final int BUFFERS = 16;

	private final long length;

	private ContentStream(Flux<DataBuffer> content, long length) {
		super(DataBufferUtils.subscriberInputStream(content, BUFFERS));
		this.length = length;
	}

	static ContentStream of(ResponseEntity<Flux<DataBuffer>> response) {
		Flux<DataBuffer> body = response.getBody();
		return new ContentStream((body != null) ? body : Flux.empty(),
				ReactiveIpfsTemplate.contentLength(response.getHeaders()));
	}

	/**
	 * Returns how many bytes the node says the content has; -1 if it does not say.
	 */
	long length() {
		return this.length;
	}

	@Override
	public int read() throws IOException {
		return call(super::read);
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		return call(() -> super.read(bytes, offset, length));
	}

	@Override
	public long skip(long count) throws IOException {
		return call(() -> super.skip(count));
	}

	private <T> T call(Read<T> read) throws IOException {
		try {
			return read.read();
		}
		catch (RuntimeException ex) {
			// what the flux failed with, in the form that users of streams expect
			throw new IOException(ex.getMessage(), ex);
		}
	}

	private interface Read<T> {

		T read() throws IOException;

	}

}
