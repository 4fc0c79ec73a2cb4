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

package io.github.ipfstoolkit.resource;

import java.io.IOException;
import java.io.InputStream;

import io.github.ipfstoolkit.ContentPath;
import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.core.IpfsOperations;
import io.github.ipfstoolkit.rpc.ContentApi.CatOptions;
import org.jspecify.annotations.Nullable;

/**
 * Content that is opened at its first read, behind what was skipped before: a part of a
 * large file, as a request with a range wants it, costs no more than that part.
 */
final class SkippingContentStream extends InputStream {

	private final IpfsOperations ipfs;

	private final ContentPath path;

	private final long length;

	private long skipped;

	private boolean closed;

	private @Nullable InputStream content;

	SkippingContentStream(IpfsOperations ipfs, ContentPath path, long length) {
		this.ipfs = ipfs;
		this.path = path;
		this.length = length;
	}

	private InputStream content() throws IOException {
		if (this.closed) {
			throw new IOException("The stream is closed");
		}
		InputStream open = this.content;
		if (open == null) {
			try {
				open = this.ipfs.open(this.path, CatOptions.defaults().offset(this.skipped));
			}
			catch (IpfsException ex) {
				throw new IOException("%s can not be read: %s".formatted(this.path.toPath(), ex.getMessage()), ex);
			}
			this.content = open;
		}
		return open;
	}

	@Override
	public int read() throws IOException {
		return content().read();
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		return content().read(bytes, offset, length);
	}

	@Override
	public long skip(long count) throws IOException {
		if (this.content != null) {
			return this.content.skip(count);
		}
		long possible = Math.max(0, Math.min(count, this.length - this.skipped));
		this.skipped += possible;
		return possible;
	}

	@Override
	public int available() throws IOException {
		return (this.content != null) ? this.content.available() : 0;
	}

	@Override
	public void close() throws IOException {
		this.closed = true;
		if (this.content != null) {
			this.content.close();
		}
	}

}
