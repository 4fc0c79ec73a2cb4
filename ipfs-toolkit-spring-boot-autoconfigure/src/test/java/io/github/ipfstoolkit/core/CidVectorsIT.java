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

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import javax.crypto.Cipher;
import javax.crypto.CipherInputStream;
import javax.crypto.spec.ChaCha20ParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import io.github.ipfstoolkit.rpc.ContentApi.AddOptions;
import io.github.ipfstoolkit.rpc.Upload;
import io.github.ipfstoolkit.testsupport.KuboTestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the CIDs of what is uploaded through the toolkit against those that others have
 * published, see {@code vectors/README.md}.
 */
@Tag("long")
class CidVectorsIT {

	private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz01234567890-_";

	private static final Map<String, KuboTestNode> nodes = new HashMap<>();

	@AfterAll
	static void stop() {
		nodes.values().forEach(KuboTestNode::close);
	}

	/**
	 * Returns a node with an import profile.
	 */
	private static IpfsTemplate template(String profile) {
		KuboTestNode node = nodes.computeIfAbsent(profile, (name) -> {
			KuboTestNode started = KuboTestNode.start();
			started.run("config", "profile", "apply", name);
			started.killAndRestart();
			return started;
		});
		return new IpfsTemplate(node.kubo(), DataSize.ofMegabytes(1));
	}

	/**
	 * Returns a stream of bytes that is the same for the same seed.
	 */
	private static InputStream bytes(String seed, long size) throws Exception {
		byte[] key = MessageDigest.getInstance("SHA-256").digest(seed.getBytes(StandardCharsets.UTF_8));
		Cipher cipher = Cipher.getInstance("ChaCha20");
		cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "ChaCha20"),
				new ChaCha20ParameterSpec(new byte[12], 0));
		return new CipherInputStream(new Zeros(size), cipher);
	}

	@ParameterizedTest
	@CsvFileSource(resources = "/vectors/cid-profiles.csv", numLinesToSkip = 1)
	void contentHasThePublishedCid(String profile, String kind, String seed, int count, int length, int last,
			String cid, @TempDir Path directory) throws Exception {
		Upload upload;
		if (kind.equals("file")) {
			upload = Upload.of(bytes(seed, (long) count * length));
		}
		else {
			try (InputStream names = bytes(seed, 1024 * 1024)) {
				for (int i = 0; i < count; i++) {
					byte[] name = names.readNBytes((i < count - 1) ? length : last);
					StringBuilder text = new StringBuilder();
					for (byte letter : name) {
						text.append(ALPHABET.charAt((letter & 0xFF) % ALPHABET.length()));
					}
					Files.writeString(directory.resolve(text.toString()), "x");
				}
			}
			upload = Upload.of(directory);
		}
		assertThat(template(profile).predictCid(upload, AddOptions.defaults())).hasToString(cid);
	}

	@ParameterizedTest
	@CsvSource({ "unixfs-v0-2015,Qmf412jQZiuVUtdgnB36FXFX7xg5V6KEbSJ4dpQuhkLyfD",
			"unixfs-v1-2025,bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e" })
	void smallFileHasThePublishedCid(String profile, String cid) {
		assertThat(template(profile).publish(Upload.of("hello world".getBytes(StandardCharsets.US_ASCII))))
			.hasToString(cid);
	}

	/**
	 * A stream of zeros, which a cipher turns into its keystream.
	 */
	private static final class Zeros extends InputStream {

		private long remaining;

		Zeros(long size) {
			this.remaining = size;
		}

		@Override
		public int read() {
			if (this.remaining == 0) {
				return -1;
			}
			this.remaining--;
			return 0;
		}

		@Override
		public int read(byte[] bytes, int offset, int length) {
			if (this.remaining == 0) {
				return -1;
			}
			int count = (int) Math.min(length, this.remaining);
			Arrays.fill(bytes, offset, offset + count, (byte) 0);
			this.remaining -= count;
			return count;
		}

	}

}
