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

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * Tests for {@link Multibase}, with the
 * <a href="https://github.com/multiformats/multibase/tree/master/tests">specification's
 * vectors</a>.
 */
class MultibaseTests {

	@ParameterizedTest
	@CsvSource({ "BASE16,f796573206d616e692021", "BASE32,bpfsxgidnmfxgsibb", "BASE36,k2lcpzo5yikidynfl",
			"BASE58BTC,z7paNL19xttacUY", "BASE64,meWVzIG1hbmkgIQ", "BASE64URL,ueWVzIG1hbmkgIQ" })
	void encodesAndDecodes(Multibase base, String text) {
		byte[] bytes = "yes mani !".getBytes(StandardCharsets.US_ASCII);
		assertThat(base.encodePrefixed(bytes)).isEqualTo(text);
		assertThat(Multibase.decodePrefixed(text)).isEqualTo(bytes);
	}

	@ParameterizedTest
	@CsvSource({ "BASE16,f0000796573206d616e692021", "BASE32,baaahszltebwwc3tjeaqq", "BASE36,k002lcpzo5yikidynfl",
			"BASE58BTC,z117paNL19xttacUY", "BASE64,mAAB5ZXMgbWFuaSAh", "BASE64URL,uAAB5ZXMgbWFuaSAh" })
	void keepsLeadingZeros(Multibase base, String text) {
		byte[] bytes = "\0\0yes mani !".getBytes(StandardCharsets.US_ASCII);
		assertThat(base.encodePrefixed(bytes)).isEqualTo(text);
		assertThat(Multibase.decodePrefixed(text)).isEqualTo(bytes);
	}

	@ParameterizedTest
	@ValueSource(strings = { "F796573206D616E692021", "BPFSXGIDNMFXGSIBB", "K2LCPZO5YIKIDYNFL" })
	void readsUpperCaseWhereTheBaseHasOne(String text) {
		assertThat(Multibase.decodePrefixed(text)).asString(StandardCharsets.US_ASCII).isEqualTo("yes mani !");
	}

	@ParameterizedTest
	@EnumSource
	void readsWhatItWrites(Multibase base) {
		Random random = new Random(1);
		for (int length = 0; length < 100; length++) {
			byte[] bytes = new byte[length];
			random.nextBytes(bytes);
			assertThat(Multibase.decodePrefixed(base.encodePrefixed(bytes))).isEqualTo(bytes);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 17, 18, 19, 36, 37, 100 })
	void convertsNumbersOfAnyLength(int length) {
		for (String digits : List.of("1" + "0".repeat(length - 1), "9".repeat(length), "10".repeat(length))) {
			byte[] bytes = new BigInteger(digits).toByteArray();
			byte[] magnitude = (bytes[0] == 0) ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
			assertThat(Multibase.decodePrefixed("9" + digits)).isEqualTo(magnitude);
			assertThat(Multibase.BASE10.encode(magnitude)).isEqualTo(digits);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x00", "z0OIl", "f0", "f0g", "b1", "bpfsxgidnmfxgsib1", "bpf!", "ua+b", "ma-b", "k-",
			"zé", "bab", "\u0000", "f796573206d616e69202 " })
	void refusesWhatIsNoText(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> Multibase.decodePrefixed(text));
	}

	@Test
	void refusesHugeTextAtOnce() {
		assertTimeoutPreemptively(Duration.ofSeconds(60),
				() -> assertThatIllegalArgumentException()
					.isThrownBy(() -> Multibase.decodePrefixed("z" + "2".repeat(10_000_000)))
					.withMessageContaining("longer than"));
	}

}
