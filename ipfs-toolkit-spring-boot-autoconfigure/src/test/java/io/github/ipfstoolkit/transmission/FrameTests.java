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

package io.github.ipfstoolkit.transmission;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Frame}, byte by byte.
 */
class FrameTests {

	private static final HexFormat HEX = HexFormat.of();

	@ParameterizedTest
	@CsvSource({ "0,''", "1,02", "253,fe", "254,ff", "255,0201", "256,0202", "509,02ff", "510,0301", "65024,ffff",
			"65025,020101", "65026,020102", "16581374,ffffff", "16581375,02010101",
			"9223372036854775807,848e9ca39c8e8480" })
	void lengthsAreWrittenAndReadInBase255(long length, String digits) throws IOException {
		assertThat(HEX.formatHex(Frame.toBase255(length))).isEqualTo(digits);
		byte[] header = HEX.parseHex(digits + "00");
		assertThat(Frame.header(length)).isEqualTo(header);
		assertThat(readLength(header)).isEqualTo(length);
	}

	@Test
	void everyLengthIsReadAsItWasWritten() throws IOException {
		Random random = new Random(1);
		for (int i = 0; i < 10_000; i++) {
			long length = random.nextLong() >>> (1 + random.nextInt(63));
			byte[] header = Frame.header(length);
			assertThat(readLength(header)).isEqualTo(length);
			assertThat(HEX.formatHex(header, 0, header.length - 1)).doesNotMatch("(..)*00(..)*");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {
			// 2^63
			"848e9ca39c8e848100", "ffffffffffffffff00", "020101010101010101", "01010101010101010101",
			"ffffffffffffffffffffffff" })
	void lengthThatNoLongCanHoldIsMalformed(String header) {
		assertThatExceptionOfType(MalformedTransmissionException.class)
			.isThrownBy(() -> readLength(HEX.parseHex(header)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "02", "ff", "0201ff" })
	void headerThatEndsEarlyIsNoLength(String header) {
		assertThatExceptionOfType(EOFException.class).isThrownBy(() -> readLength(HEX.parseHex(header)));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 254, 255, 256, 65024, 65025, 65026 })
	void payloadsAreReadAsTheyWereWritten(int length) throws IOException {
		byte[] payload = new byte[length];
		new Random(length).nextBytes(payload);
		byte[] frame = Frame.of(payload);
		byte[] followed = Arrays.copyOf(frame, frame.length + 3);
		ByteArrayInputStream input = new ByteArrayInputStream(followed);
		assertThat(Frame.read(input, length)).isEqualTo(payload);
		assertThat(input.available()).isEqualTo(3);
	}

	@Test
	void frameThatIsTooLongIsMalformed() {
		byte[] frame = Frame.of(new byte[11]);
		assertThatExceptionOfType(MalformedTransmissionException.class)
			.isThrownBy(() -> Frame.read(new ByteArrayInputStream(frame), 10));
	}

	@Test
	void frameThatIsCutAnywhereIsNoFrame() {
		byte[] frame = Frame.of(new byte[300]);
		for (int end = 0; end < frame.length; end++) {
			byte[] cut = Arrays.copyOf(frame, end);
			assertThatExceptionOfType(EOFException.class)
				.isThrownBy(() -> Frame.read(new ByteArrayInputStream(cut), 300));
		}
	}

	@Test
	void randomBytesEndInAFrameOrAnException() {
		Random random = new Random(2);
		int frames = 0;
		for (int i = 0; i < 100_000; i++) {
			byte[] bytes = new byte[random.nextInt(40)];
			random.nextBytes(bytes);
			try {
				assertThat(Frame.read(new ByteArrayInputStream(bytes), 1000)).hasSizeLessThan(40);
				frames++;
			}
			catch (IOException ex) {
				assertThat(ex).isInstanceOfAny(EOFException.class, MalformedTransmissionException.class);
			}
		}
		assertThat(frames).isBetween(1, 99_999);
	}

	private static long readLength(byte[] header) throws IOException {
		ByteArrayInputStream input = new ByteArrayInputStream(header);
		return Frame.readLength(input.read(), input);
	}

}
