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

import java.util.Arrays;

/**
 * A file's size on the wire: in base 255, most significant digit first, each digit raised
 * by one. A digit 254 would be the byte FF, which ends the field. It is written as the
 * digit -1, the byte 00, with one more carried: the Python toolkit, which takes one off
 * each byte, reads that as the same number.
 */
final class FileSize {

	/**
	 * The digits of the largest {@code long}, and one for what is carried.
	 */
	static final int MAX_DIGITS = 9;

	private static final int BASE = 255;

	private FileSize() {
	}

	static byte[] format(long size) {
		byte[] digits = new byte[MAX_DIGITS];
		int start = MAX_DIGITS;
		long rest = size;
		while (rest > 0) {
			long digit = rest % BASE;
			rest /= BASE;
			if (digit == BASE - 1) {
				digit = -1;
				rest++;
			}
			digits[--start] = (byte) (digit + 1);
		}
		return Arrays.copyOfRange(digits, start, MAX_DIGITS);
	}

	/**
	 * Reads a size in either form.
	 */
	static long parse(byte[] digits) throws MalformedOfferException {
		if (digits.length > MAX_DIGITS) {
			throw new MalformedOfferException("A size of %d digits".formatted(digits.length));
		}
		try {
			long size = 0;
			for (byte digit : digits) {
				size = Math.addExact(Math.multiplyExact(size, (long) BASE), (digit & 0xFF) - 1L);
			}
			if (size >= 0) {
				return size;
			}
		}
		catch (ArithmeticException ignored) {
			// beyond what a long holds
		}
		throw new MalformedOfferException("A size that is negative or exceeds 2^63 - 1");
	}

}
