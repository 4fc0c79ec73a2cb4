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
import java.util.HexFormat;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A content identifier (<a href="https://github.com/multiformats/cid">CID</a>), of
 * version 0 ({@code Qm…}) or 1 ({@code bafy…}). Immutable. Two are equal when they name
 * the same version, codec and hash, whatever the base in which they are written.
 *
 * @since 0.1.0
 */
public final class Cid implements ContentPath {

	private static final long DAG_PB = 0x70;

	private final String text;

	private final byte[] bytes;

	private final int version;

	private final long codec;

	private Cid(String text, byte[] bytes, int version, long codec) {
		this.text = text;
		this.bytes = bytes;
		this.version = version;
		this.codec = codec;
	}

	/**
	 * Reads a CID.
	 * @param text a CID of version 0, or of version 1 in any base of the multibase table
	 * but emoji, without {@code /ipfs/} before it
	 * @return the CID
	 * @throws InvalidIdentifierException if it is none
	 */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public static Cid of(String text) {
		try {
			return parse(text);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidIdentifierException("CID", text, ex.getMessage());
		}
	}

	/**
	 * Reads a CID in binary form, as it stands in CAR archives and in DAG-CBOR.
	 * @param bytes the form that {@link #toBytes()} returns, not kept
	 * @return the CID, written in base 58 for version 0 and in base 32 for version 1
	 * @throws InvalidIdentifierException if it is none
	 */
	public static Cid ofBytes(byte[] bytes) {
		byte[] copy = bytes.clone();
		try {
			return (copy.length == 34 && copy[0] == Multihash.SHA2_256)
					? ofVersion0(Multibase.BASE58BTC.encode(copy), copy)
					: ofVersion1(Multibase.BASE32.encodePrefixed(copy), copy);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidIdentifierException("CID", HexFormat.of().formatHex(copy), ex.getMessage());
		}
	}

	/**
	 * Reads a CID that stands in JSON as a link of the form {@code {"/": "bafy…"}}, as
	 * some of Kubo's replies and all of DAG-JSON have it.
	 */
	@JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
	private static Cid ofLink(@JsonProperty("/") String text) {
		return of(text);
	}

	private static Cid parse(String text) {
		if (text.length() == 46 && text.startsWith("Qm")) {
			return ofVersion0(text, Multibase.BASE58BTC.decode(text));
		}
		return ofVersion1(text, Multibase.decodePrefixed(text));
	}

	private static Cid ofVersion0(String text, byte[] bytes) {
		Multihash.checkSha256(ByteBuffer.wrap(bytes));
		return new Cid(text, bytes, 0, DAG_PB);
	}

	private static Cid ofVersion1(String text, byte[] bytes) {
		ByteBuffer buffer = ByteBuffer.wrap(bytes);
		long version = Multihash.readVarint(buffer);
		if (version != 1) {
			throw new IllegalArgumentException("its version is %d, not 1".formatted(version));
		}
		long codec = Multihash.readVarint(buffer);
		Multihash.check(buffer);
		return new Cid(text, bytes, 1, codec);
	}

	/**
	 * Returns the version.
	 * @return 0 or 1
	 */
	public int version() {
		return this.version;
	}

	/**
	 * Returns the code of the content's codec in the
	 * <a href="https://github.com/multiformats/multicodec">multicodec</a> table.
	 * @return such as {@code 0x70} for dag-pb or {@code 0x55} for raw
	 */
	public long codec() {
		return this.codec;
	}

	/**
	 * Returns the CID in binary form: for version 0 the multihash alone.
	 * @return a new array
	 */
	public byte[] toBytes() {
		return this.bytes.clone();
	}

	/**
	 * Returns the same content's CID of version 1, in base 32.
	 * @return the CID
	 */
	public Cid toV1() {
		byte[] v1 = this.bytes;
		if (this.version == 0) {
			v1 = new byte[this.bytes.length + 2];
			v1[0] = 1;
			v1[1] = (byte) DAG_PB;
			System.arraycopy(this.bytes, 0, v1, 2, this.bytes.length);
		}
		return new Cid(Multibase.BASE32.encodePrefixed(v1), v1, 1, this.codec);
	}

	@Override
	public String toPath() {
		return "/ipfs/" + this.text;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Cid cid && Arrays.equals(this.bytes, cid.bytes);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(this.bytes);
	}

	/**
	 * Returns the CID as it was written.
	 */
	@Override
	@JsonValue
	public String toString() {
		return this.text;
	}

}
