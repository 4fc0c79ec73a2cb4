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
package io.github.ipfstoolkit;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;

import com.code_intelligence.jazzer.junit.FuzzTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Any text is an identifier, which is the same again when it is written and read, or is
 * refused as none. In an ordinary run the inputs that were kept are tried;
 * {@code .ci/fuzz.sh} looks for new ones.
 */
class IdentifierFuzzTests {

	private static final String MAX_DURATION = "60s";

	@FuzzTest(maxDuration = MAX_DURATION)
	void cid(byte[] input) {
		Cid cid = read(input, Cid::of);
		if (cid != null) {
			assertThat(Cid.of(cid.toString())).isEqualTo(cid);
			assertThat(Cid.of(cid.toV1().toString())).isEqualTo(cid.toV1());
		}
	}

	@FuzzTest(maxDuration = MAX_DURATION)
	void peerId(byte[] input) {
		PeerId peer = read(input, PeerId::of);
		if (peer != null) {
			assertThat(PeerId.of(peer.toString())).isEqualTo(peer);
		}
	}

	@FuzzTest(maxDuration = MAX_DURATION)
	void multiaddr(byte[] input) {
		Multiaddr address = read(input, Multiaddr::of);
		if (address != null) {
			assertThat(Multiaddr.of(address.toString())).isEqualTo(address);
			address.peerId();
			address.tcpPort();
		}
	}

	@FuzzTest(maxDuration = MAX_DURATION)
	void contentPath(byte[] input) {
		ContentPath path = read(input, ContentPath::of);
		if (path != null) {
			assertThat(ContentPath.of(path.toString())).hasToString(path.toString());
		}
	}

	@FuzzTest(maxDuration = MAX_DURATION)
	void multibase(byte[] input) {
		for (Multibase base : Multibase.values()) {
			if (input.length < 250) {
				assertThat(base.decode(base.encode(input))).isEqualTo(input);
			}
		}
		String text = new String(input, StandardCharsets.UTF_8);
		try {
			Multibase.decodePrefixed(text);
		}
		catch (IllegalArgumentException ex) {
			// none
		}
	}

	private static <T> T read(byte[] input, Function<String, T> parser) {
		try {
			return parser.apply(new String(input, StandardCharsets.UTF_8));
		}
		catch (InvalidIdentifierException ex) {
			return null;
		}
	}

}
