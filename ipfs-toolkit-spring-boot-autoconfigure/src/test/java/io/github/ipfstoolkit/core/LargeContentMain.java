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

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;

import io.github.ipfstoolkit.Cid;
import io.github.ipfstoolkit.rpc.RpcEndpoint;
import io.github.ipfstoolkit.rpc.Upload;
import io.github.ipfstoolkit.rpc.http.KuboHttpClient;

/**
 * Publishes generated content, reads it back and downloads it, and compares the hashes.
 * Run in a JVM of its own by {@link LargeContentIT}.
 */
final class LargeContentMain {

	private LargeContentMain() {
	}

	public static void main(String[] args) throws Exception {
		long size = Long.parseLong(args[1]);
		Path target = Path.of(args[2], "downloaded");
		try (KuboHttpClient client = new KuboHttpClient(() -> new RpcEndpoint(URI.create(args[0]), null))) {
			IpfsTemplate ipfs = new IpfsTemplate(client);
			DigestInputStream generated = new DigestInputStream(new GeneratedContent(size), sha256());
			Cid cid = ipfs.publish(Upload.of(generated));
			String expected = hex(generated);
			try (InputStream content = ipfs.open(cid)) {
				check("read", expected, content);
			}
			ipfs.download(cid, target);
			try (InputStream content = Files.newInputStream(target)) {
				check("downloaded", expected, content);
			}
			System.out.println("published, read and downloaded " + size + " bytes of hash " + expected);
		}
		System.exit(0);
	}

	private static void check(String what, String expected, InputStream content) throws Exception {
		DigestInputStream digest = new DigestInputStream(content, sha256());
		digest.transferTo(OutputStream.nullOutputStream());
		String actual = hex(digest);
		if (!actual.equals(expected)) {
			throw new IllegalStateException(what + " content has hash " + actual + ", not " + expected);
		}
	}

	private static MessageDigest sha256() throws NoSuchAlgorithmException {
		return MessageDigest.getInstance("SHA-256");
	}

	private static String hex(DigestInputStream stream) {
		return HexFormat.of().formatHex(stream.getMessageDigest().digest());
	}

	/**
	 * Bytes without repetition, so that no two blocks are the same.
	 */
	private static final class GeneratedContent extends InputStream {

		private final SplittableRandom random = new SplittableRandom(42);

		private final byte[] block = new byte[64 * 1024];

		private long left;

		private int position = this.block.length;

		GeneratedContent(long size) {
			this.left = size;
		}

		@Override
		public int read() throws IOException {
			byte[] single = new byte[1];
			return (read(single, 0, 1) < 0) ? -1 : single[0] & 0xff;
		}

		@Override
		public int read(byte[] target, int offset, int length) {
			if (this.left == 0) {
				return -1;
			}
			if (this.position == this.block.length) {
				this.random.nextBytes(this.block);
				this.position = 0;
			}
			int count = (int) Math.min(this.left, Math.min(length, this.block.length - this.position));
			System.arraycopy(this.block, this.position, target, offset, count);
			this.position += count;
			this.left -= count;
			return count;
		}

	}

}
