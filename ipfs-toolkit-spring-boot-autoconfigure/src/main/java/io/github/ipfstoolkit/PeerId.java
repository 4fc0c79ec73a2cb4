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

import java.nio.ByteBuffer;
import java.util.Arrays;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a libp2p peer: the hash of its public key
 * (<a href="https://github.com/libp2p/specs/blob/master/peer-ids/peer-ids.md">libp2p
 * specification</a>). Immutable. Its text is always the base 58 form ({@code 12D3KooW…}
 * or {@code Qm…}), whatever the form it was read from.
 *
 * @since 0.1.0
 */
public final class PeerId implements Comparable<PeerId> {

	private static final long LIBP2P_KEY = 0x72;

	private static final int MAX_INLINE_KEY = 42;

	private final String text;

	private final byte[] multihash;

	private PeerId(byte[] multihash, String text) {
		this.multihash = multihash;
		this.text = text;
	}

	/**
	 * Reads a peer ID.
	 * @param text a multihash in base 58 ({@code 12D3KooW…}, {@code Qm…}) or a CID of
	 * version 1 with the codec libp2p-key ({@code k51…}, {@code bafz…})
	 * @return the peer ID
	 * @throws InvalidIdentifierException if it is none
	 */
	@JsonCreator
	public static PeerId of(String text) {
		try {
			byte[] multihash = parse(text);
			// base 58 has one form for each sequence of bytes
			return new PeerId(multihash, isBase58(text) ? text : Multibase.BASE58BTC.encode(multihash));
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidIdentifierException("peer ID", text, ex.getMessage());
		}
	}

	private static boolean isBase58(String text) {
		return text.startsWith("1") || text.startsWith("Qm");
	}

	private static byte[] parse(String text) {
		if (isBase58(text)) {
			byte[] bytes = Multibase.BASE58BTC.decode(text);
			checkHash(ByteBuffer.wrap(bytes));
			return bytes;
		}
		byte[] bytes = Multibase.decodePrefixed(text);
		ByteBuffer buffer = ByteBuffer.wrap(bytes);
		if (Multihash.readVarint(buffer) != 1 || Multihash.readVarint(buffer) != LIBP2P_KEY) {
			throw new IllegalArgumentException("it is no CID of version 1 with the codec libp2p-key");
		}
		int start = buffer.position();
		checkHash(buffer);
		return Arrays.copyOfRange(bytes, start, bytes.length);
	}

	private static void checkHash(ByteBuffer buffer) {
		ByteBuffer hash = buffer.duplicate();
		long code = Multihash.check(buffer);
		if (code == Multihash.IDENTITY) {
			checkKey(hash.position(hash.position() + 2));
		}
		else {
			Multihash.checkSha256(hash);
		}
	}

	/**
	 * Checks that a public key of at most 42 bytes, which is not hashed, is one: the
	 * protocol buffer {@code PublicKey} with the fields type and data, in this order.
	 */
	private static void checkKey(ByteBuffer key) {
		if (key.remaining() < 5 || key.remaining() > MAX_INLINE_KEY || key.get() != 0x08 || key.get() > 3
				|| key.get() != 0x12 || key.get() != key.remaining()) {
			throw new IllegalArgumentException("it holds no public key");
		}
	}

	/**
	 * Returns the identity as the name that IPNS gives it: a CID of version 1 in base 36.
	 * @return such as {@code k51…}
	 */
	public String toIpnsName() {
		byte[] cid = new byte[this.multihash.length + 2];
		cid[0] = 1;
		cid[1] = (byte) LIBP2P_KEY;
		System.arraycopy(this.multihash, 0, cid, 2, this.multihash.length);
		return Multibase.BASE36.encodePrefixed(cid);
	}

	@Override
	public int compareTo(PeerId other) {
		return this.text.compareTo(other.text);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof PeerId peerId && this.text.equals(peerId.text);
	}

	@Override
	public int hashCode() {
		return this.text.hashCode();
	}

	/**
	 * Returns the peer ID in base 58.
	 */
	@Override
	@JsonValue
	public String toString() {
		return this.text;
	}

}
