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

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Holds {@link Multibase}, {@link Multihash} and {@link Cid} against the test vectors of
 * multiformats, see {@code vectors/README.md}.
 */
class MultiformatsVectorsTests {

	/** Bases in upper case are read, and written in lower case. */
	private static final String UPPER = "upper";

	/** No text in the sense that an identifier is. */
	private static final Set<String> NOT_SUPPORTED = Set.of("base256emoji");

	private static final Map<String, Integer> CODES = Map.of("sha1", 0x11, "sha2-256", 0x12, "sha2-512", 0x13, "sha3",
			0x14);

	private static final Map<String, String> ALGORITHMS = Map.of("sha1", "SHA-1", "sha2-256", "SHA-256", "sha2-512",
			"SHA-512", "sha3", "SHA3-512");

	static Stream<Arguments> texts() {
		return Stream.of("basic", "leading_zero", "two_leading_zeros").flatMap(MultiformatsVectorsTests::vectors);
	}

	static Stream<Arguments> textsOfMixedCase() {
		return vectors("case_insensitivity");
	}

	/**
	 * Reads a file whose first line has the text that all others stand for.
	 */
	private static Stream<Arguments> vectors(String name) {
		String[] lines = read("/vectors/multibase/" + name + ".csv").split("\n");
		byte[] bytes = text(lines[0]).replace("\\x00", "\0").getBytes(StandardCharsets.US_ASCII);
		return Stream.of(lines)
			.skip(1)
			.map((line) -> Arguments.of(line.substring(0, line.indexOf(',')), text(line), bytes))
			.filter((vector) -> !NOT_SUPPORTED.contains((String) vector.get()[0]));
	}

	private static String text(String line) {
		return line.substring(line.indexOf('"') + 1, line.lastIndexOf('"'));
	}

	private static String read(String resource) {
		try (InputStream stream = MultiformatsVectorsTests.class.getResourceAsStream(resource)) {
			return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@ParameterizedTest
	@MethodSource("texts")
	void textStandsForTheBytes(String name, String text, byte[] bytes) {
		assertThat(Multibase.decodePrefixed(text)).isEqualTo(bytes);
		String base = name.replace(UPPER, "");
		String written = Multibase.valueOf(base.toUpperCase()).encodePrefixed(bytes);
		assertThat(name.contains(UPPER) ? written.toUpperCase() : written).isEqualTo(text);
	}

	@ParameterizedTest
	@MethodSource("textsOfMixedCase")
	void caseDoesNotMatterWhereTheBaseHasBoth(String name, String text, byte[] bytes) {
		assertThat(Multibase.decodePrefixed(text)).isEqualTo(bytes);
	}

	@ParameterizedTest
	@MethodSource("texts")
	void cidIsReadInEachBase(String name, String text, byte[] bytes) {
		Cid cid = Cid.of("bafybeie5nqv6kd3qnfjupgvz34woh3oksc3iau6abmyajn7qvtf6d2ho34");
		String written = Multibase.valueOf(name.replace(UPPER, "").toUpperCase()).encodePrefixed(cid.toBytes());
		assertThat(Cid.of(name.contains(UPPER) ? written.toUpperCase() : written)).isEqualTo(cid);
	}

	@ParameterizedTest
	@CsvFileSource(resources = "/vectors/multihash.csv", numLinesToSkip = 1)
	void multihashHoldsTheDigest(String algorithm, int bits, String input, String multihash) throws Exception {
		byte[] bytes = HexFormat.of().parseHex(multihash);
		ByteBuffer buffer = ByteBuffer.wrap(bytes);
		assertThat(Multihash.check(buffer)).isEqualTo((long) CODES.get(algorithm));
		assertThat(buffer.hasRemaining()).isFalse();
		assertThat(bytes[1] * 8).isEqualTo(bits);
		byte[] digest = MessageDigest.getInstance(ALGORITHMS.get(algorithm))
			.digest(input.getBytes(StandardCharsets.US_ASCII));
		assertThat(HexFormat.of().formatHex(digest)).startsWith(multihash.substring(4));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Multihash.check(ByteBuffer.wrap(bytes, 0, bytes.length - 1)));
	}

	@ParameterizedTest
	@CsvFileSource(resources = "/vectors/multihash.csv", numLinesToSkip = 1)
	void cidCanHoldAnyMultihash(String algorithm, int bits, String input, String multihash) {
		Cid cid = Cid.of("f0155" + multihash);
		assertThat(cid.codec()).isEqualTo(0x55);
		assertThat(Cid.ofBytes(cid.toBytes())).isEqualTo(cid).isEqualTo(Cid.of(cid.toV1().toString()));
		assertThat(HexFormat.of().formatHex(cid.toBytes())).isEqualTo("0155" + multihash);
	}

	@ParameterizedTest
	@CsvFileSource(resources = "/vectors/multihash.csv", numLinesToSkip = 1)
	void multihashAloneIsACidOfVersion0WhereItIsAWholeSha256(String algorithm, int bits, String input,
			String multihash) {
		byte[] bytes = HexFormat.of().parseHex(multihash);
		if (algorithm.equals("sha2-256") && bits == 256) {
			Cid cid = Cid.ofBytes(bytes);
			assertThat(cid.version()).isZero();
			assertThat(cid.toString()).startsWith("Qm");
			assertThat(Cid.of(cid.toString()).toBytes()).isEqualTo(bytes);
		}
		else {
			assertThatExceptionOfType(InvalidIdentifierException.class).isThrownBy(() -> Cid.ofBytes(bytes));
		}
	}

}
