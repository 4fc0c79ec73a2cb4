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

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Frames of the datatransmission protocol: a payload's length in base 255, most
 * significant digit first, each digit raised by one so that none is zero; a zero byte;
 * the payload. The length zero has no digits.
 *
 * @since 0.1.0
 */
public final class Frame {

	private static final int BASE = 255;

	/**
	 * The digits of the largest {@code long}.
	 */
	private static final int MAX_DIGITS = 8;

	private Frame() {
	}

	/**
	 * Returns the digits of a number.
	 */
	static byte[] toBase255(long number) {
		byte[] digits = new byte[MAX_DIGITS];
		int start = MAX_DIGITS;
		for (long rest = number; rest > 0; rest /= BASE) {
			digits[--start] = (byte) (rest % BASE + 1);
		}
		return Arrays.copyOfRange(digits, start, MAX_DIGITS);
	}

	/**
	 * Returns what stands before a payload.
	 */
	static byte[] header(long length) {
		byte[] digits = toBase255(length);
		return Arrays.copyOf(digits, digits.length + 1);
	}

	/**
	 * Returns a payload with its header.
	 * @param payload the payload
	 * @return the frame
	 */
	public static byte[] of(byte[] payload) {
		byte[] header = header(payload.length);
		byte[] frame = Arrays.copyOf(header, header.length + payload.length);
		System.arraycopy(payload, 0, frame, header.length, payload.length);
		return frame;
	}

	/**
	 * Reads a header.
	 * @param first its first byte, which has been read already
	 * @throws MalformedTransmissionException if the length is none that a {@code long}
	 * can hold
	 * @throws EOFException if the input ends within the header
	 */
	static long readLength(int first, InputStream input) throws IOException {
		long length = 0;
		int digits = 0;
		int digit = first;
		while (digit != 0) {
			if (digit < 0) {
				throw new EOFException("The stream ended within a frame's header");
			}
			if (++digits > MAX_DIGITS) {
				throw new MalformedTransmissionException(
						"A frame's length has more than %d digits".formatted(MAX_DIGITS));
			}
			try {
				length = Math.addExact(Math.multiplyExact(length, (long) BASE), digit - 1L);
			}
			catch (ArithmeticException ex) {
				throw new MalformedTransmissionException("A frame's length exceeds 2^63 - 1");
			}
			digit = input.read();
		}
		return length;
	}

	/**
	 * Reads a whole frame into memory.
	 * @param input where it comes from
	 * @param max the longest payload that is taken
	 * @return the payload
	 * @throws MalformedTransmissionException if it is longer
	 * @throws EOFException if the input ends before the frame does
	 * @throws IOException if reading fails
	 */
	public static byte[] read(InputStream input, int max) throws IOException {
		return read(input.read(), input, max);
	}

	/**
	 * Reads a whole frame into memory.
	 * @param first its first byte, which has been read already
	 * @param input where the rest comes from
	 * @param max the longest payload that is taken
	 * @return the payload
	 * @throws MalformedTransmissionException if it is longer
	 * @throws EOFException if the input ends before the frame does
	 * @throws IOException if reading fails
	 */
	public static byte[] read(int first, InputStream input, int max) throws IOException {
		long length = readLength(first, input);
		if (length > max) {
			throw new MalformedTransmissionException(
					"A frame of %d bytes, where at most %d belong".formatted(length, max));
		}
		byte[] payload = input.readNBytes((int) length);
		if (payload.length < length) {
			throw new EOFException("The stream ended within a frame");
		}
		return payload;
	}

}
