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

package io.github.ipfstoolkit.contacts;

import java.util.HexFormat;

import io.github.ipfstoolkit.PeerId;

/**
 * Peer IDs for tests.
 */
public final class TestPeers {

	private TestPeers() {
	}

	/**
	 * Returns a peer ID of an Ed25519 key that nobody has.
	 */
	public static PeerId peer(int number) {
		byte[] key = new byte[32];
		key[30] = (byte) (number >> 8);
		key[31] = (byte) number;
		return PeerId.of("f0172002408011220" + HexFormat.of().formatHex(key));
	}

}
