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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.ipfstoolkit.PeerId;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whoever reaches the port of a listener writes the first line, which is not always the
 * node: it is a peer ID, or the stream is of no use.
 */
class PeerLineFuzzTests {

	@FuzzTest(maxDuration = "60s")
	void peerLine(byte[] input) {
		ByteArrayInputStream stream = new ByteArrayInputStream(input);
		try {
			PeerId peer = SocketTunnelStream.readPeer(stream);
			int length = input.length - stream.available();
			assertThat(new String(input, 0, length, StandardCharsets.ISO_8859_1)).endsWith("\n");
			assertThat(PeerId.of(new String(input, 0, length - 1, StandardCharsets.ISO_8859_1))).isEqualTo(peer);
		}
		catch (IOException ex) {
			assertThat(input.length - stream.available()).isLessThanOrEqualTo(129);
		}
	}

}
