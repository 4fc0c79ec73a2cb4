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

package io.github.ipfstoolkit.transmission.file;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link FileSize}.
 */
class FileSizeTests {

	@ParameterizedTest
	@CsvSource({ "0, ''", "1, 02", "253, fe", "254, 0200", "255, 0201", "256, 0202", "65023, fffe", "65024, 020100",
			"65025, 020101" })
	void digits(long size, String hex) throws Exception {
		boolean hasSeparator = hex.contains("ff");
		assertThat(HexFormat.of().formatHex(FileSize.format(size))).isEqualTo(hasSeparator ? "0200fe" : hex);
		assertThat(FileSize.parse(HexFormat.of().parseHex(hex))).isEqualTo(size);
	}

	static LongStream sizes() {
		return LongStream.concat(
				LongStream.of(0, 254, 255 * 255 - 1, 255L * 255 * 255 - 1, 1L << 30, Long.MAX_VALUE,
						Long.MAX_VALUE - 1),
				new Random(1).longs(500, 0, Long.MAX_VALUE).map((value) -> value >> (value % 63)));
	}

	@ParameterizedTest
	@MethodSource("sizes")
	void neverHoldsTheSeparatorAndReadsAsPythonReadsIt(long size) throws Exception {
		byte[] digits = FileSize.format(size);
		assertThat(digits).doesNotContain(0xFF);
		BigInteger python = BigInteger.ZERO;
		for (byte digit : digits) {
			python = python.multiply(BigInteger.valueOf(255)).add(BigInteger.valueOf((digit & 0xFF) - 1));
		}
		assertThat(python.longValueExact()).isEqualTo(size);
		assertThat(FileSize.parse(digits)).isEqualTo(size);
	}

	@ParameterizedTest
	@ValueSource(strings = { "00", "0000", "ffffffffffffffffff", "02010101010101010101", "0000000000000000000000" })
	void whatIsNoSizeIsRejected(String hex) {
		byte[] digits = HexFormat.of().parseHex(hex);
		assertThatExceptionOfType(MalformedOfferException.class).isThrownBy(() -> FileSize.parse(digits));
	}

	@Test
	void leadingZerosAreNoHarm() throws Exception {
		assertThat(FileSize.parse(new byte[] { 1, 1, 2 })).isOne();
	}

}
