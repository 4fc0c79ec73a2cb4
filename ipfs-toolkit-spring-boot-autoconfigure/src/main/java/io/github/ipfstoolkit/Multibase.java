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
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * The bases of the <a href="https://github.com/multiformats/multibase">multibase</a>
 * table in which CIDs and peer IDs are written, to and from bytes: all that Kubo writes,
 * but for base 256 in emoji.
 */
enum Multibase {

	/** Binary. */
	BASE2('0', "01"),

	/** Octal. */
	BASE8('7', "01234567"),

	/** Decimal. */
	BASE10('9', "0123456789"),

	/** RFC 4648 hexadecimal. */
	BASE16('f', "0123456789abcdef"),

	/** RFC 4648 base 32 without padding, the default for CIDs of version 1. */
	BASE32('b', "abcdefghijklmnopqrstuvwxyz234567"),

	/** RFC 4648 base 32 with padding. */
	BASE32PAD('c', BASE32.alphabet, 8),

	/** RFC 4648 base 32 that keeps the order, without padding. */
	BASE32HEX('v', "0123456789abcdefghijklmnopqrstuv"),

	/** RFC 4648 base 32 that keeps the order, with padding. */
	BASE32HEXPAD('t', BASE32HEX.alphabet, 8),

	/** z-base-32. */
	BASE32Z('h', "ybndrfg8ejkmcpqxot1uwisza345h769"),

	/** Base 36, the default for IPNS names. */
	BASE36('k', "0123456789abcdefghijklmnopqrstuvwxyz"),

	/** Base 58 with Bitcoin's alphabet. */
	BASE58BTC('z', "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"),

	/** Base 58 with Flickr's alphabet. */
	BASE58FLICKR('Z', "123456789abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ"),

	/** RFC 4648 base 64 without padding. */
	BASE64('m', "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"),

	/** RFC 4648 base 64 with padding. */
	BASE64PAD('M', BASE64.alphabet, 4),

	/** RFC 4648 base 64 for URLs without padding. */
	BASE64URL('u', "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),

	/** RFC 4648 base 64 for URLs with padding. */
	BASE64URLPAD('U', BASE64URL.alphabet, 4);

	private static final Set<Multibase> POSITIONAL = EnumSet.of(BASE10, BASE36, BASE58BTC, BASE58FLICKR);

	/** Those which have a base in upper case beside them in the table. */
	private static final Set<Multibase> CASE_INSENSITIVE = EnumSet.of(BASE16, BASE32, BASE32PAD, BASE32HEX,
			BASE32HEXPAD, BASE36);

	private static final char PADDING = '=';

	/**
	 * More than any identifier needs; the positional bases take time that grows with the
	 * square of the length.
	 */
	private static final int MAX_LENGTH = 2048;

	private final char prefix;

	private final String alphabet;

	/** What the number of characters is filled up to a multiple of. */
	private final int block;

	private final byte[] digits = new byte[128];

	/** How many digits are converted at once: as many as a number of 63 bits holds. */
	private final int digitsPerLong;

	Multibase(char prefix, String alphabet) {
		this(prefix, alphabet, 1);
	}

	Multibase(char prefix, String alphabet, int block) {
		this.prefix = prefix;
		this.alphabet = alphabet;
		this.block = block;
		this.digitsPerLong = (int) (63 / (Math.log(alphabet.length()) / Math.log(2)));
		Arrays.fill(this.digits, (byte) -1);
		for (int i = 0; i < alphabet.length(); i++) {
			this.digits[alphabet.charAt(i)] = (byte) i;
		}
	}

	/**
	 * Decodes text that starts with its base's prefix.
	 * @param text the text
	 * @return the bytes
	 * @throws IllegalArgumentException if the prefix or a character is not known
	 */
	static byte[] decodePrefixed(String text) {
		if (text.isEmpty()) {
			throw new IllegalArgumentException("it is empty");
		}
		char prefix = text.charAt(0);
		for (Multibase base : values()) {
			if (base.prefix == prefix || (base.isCaseInsensitive() && Character.toUpperCase(base.prefix) == prefix)) {
				return base.decode(text.substring(1));
			}
		}
		throw new IllegalArgumentException("its first character '%s' names no known multibase".formatted(prefix));
	}

	private boolean isCaseInsensitive() {
		return CASE_INSENSITIVE.contains(this);
	}

	private boolean isPositional() {
		return POSITIONAL.contains(this);
	}

	String encodePrefixed(byte[] bytes) {
		return this.prefix + encode(bytes);
	}

	String encode(byte[] bytes) {
		if (isPositional()) {
			return encodePositional(bytes);
		}
		String text = encodeBits(bytes);
		return text + String.valueOf(PADDING).repeat(-text.length() & (this.block - 1));
	}

	byte[] decode(String text) {
		if (text.length() > MAX_LENGTH) {
			throw new IllegalArgumentException("it is longer than %d characters".formatted(MAX_LENGTH));
		}
		String digits = isCaseInsensitive() ? text.toLowerCase(Locale.ROOT) : text;
		return isPositional() ? decodePositional(digits) : decodeBits(withoutPadding(digits));
	}

	private String withoutPadding(String text) {
		if (this.block == 1) {
			return text;
		}
		int end = text.indexOf(PADDING);
		String digits = (end >= 0) ? text.substring(0, end) : text;
		int padding = -digits.length() & (this.block - 1);
		if (!text.equals(digits + String.valueOf(PADDING).repeat(padding))) {
			throw new IllegalArgumentException("it should end in %d '%s'".formatted(padding, PADDING));
		}
		return digits;
	}

	private int digit(String text, int index) {
		char character = text.charAt(index);
		int digit = (character < this.digits.length) ? this.digits[character] : -1;
		if (digit < 0) {
			throw new IllegalArgumentException("character '%s' does not occur in %s".formatted(character, this));
		}
		return digit;
	}

	private String encodePositional(byte[] bytes) {
		int base = this.alphabet.length();
		int group = this.digitsPerLong;
		BigInteger divisor = BigInteger.valueOf(power(base, group));
		StringBuilder text = new StringBuilder();
		BigInteger rest = new BigInteger(1, bytes);
		while (rest.signum() > 0) {
			BigInteger[] parts = rest.divideAndRemainder(divisor);
			long digits = parts[1].longValue();
			rest = parts[0];
			for (int i = 0; i < group && (digits > 0 || rest.signum() > 0); i++) {
				text.append(this.alphabet.charAt((int) (digits % base)));
				digits /= base;
			}
		}
		for (int i = 0; i < bytes.length && bytes[i] == 0; i++) {
			text.append(this.alphabet.charAt(0));
		}
		return text.reverse().toString();
	}

	private byte[] decodePositional(String text) {
		int base = this.alphabet.length();
		int group = this.digitsPerLong;
		BigInteger number = BigInteger.ZERO;
		for (int start = 0; start < text.length(); start += group) {
			int end = Math.min(start + group, text.length());
			long digits = 0;
			for (int i = start; i < end; i++) {
				digits = digits * base + digit(text, i);
			}
			number = number.multiply(BigInteger.valueOf(power(base, end - start))).add(BigInteger.valueOf(digits));
		}
		int zeros = 0;
		while (zeros < text.length() && digit(text, zeros) == 0) {
			zeros++;
		}
		byte[] magnitude = (number.signum() != 0) ? number.toByteArray() : new byte[0];
		int signBytes = (magnitude.length > 0 && magnitude[0] == 0) ? 1 : 0;
		byte[] bytes = new byte[zeros + magnitude.length - signBytes];
		System.arraycopy(magnitude, signBytes, bytes, zeros, magnitude.length - signBytes);
		return bytes;
	}

	private static long power(int base, int exponent) {
		long power = 1;
		for (int i = 0; i < exponent; i++) {
			power *= base;
		}
		return power;
	}

	private int bitsPerDigit() {
		return Integer.numberOfTrailingZeros(this.alphabet.length());
	}

	private String encodeBits(byte[] bytes) {
		int bits = bitsPerDigit();
		StringBuilder text = new StringBuilder((bytes.length * 8 + bits - 1) / bits);
		int buffer = 0;
		int filled = 0;
		for (byte value : bytes) {
			buffer = (buffer << 8) | (value & 0xff);
			filled += 8;
			while (filled >= bits) {
				filled -= bits;
				text.append(this.alphabet.charAt((buffer >> filled) & (this.alphabet.length() - 1)));
			}
			buffer &= (1 << filled) - 1;
		}
		if (filled > 0) {
			text.append(this.alphabet.charAt((buffer << (bits - filled)) & (this.alphabet.length() - 1)));
		}
		return text.toString();
	}

	private byte[] decodeBits(String text) {
		int bits = bitsPerDigit();
		byte[] bytes = new byte[text.length() * bits / 8];
		int buffer = 0;
		int filled = 0;
		int length = 0;
		for (int i = 0; i < text.length(); i++) {
			buffer = (buffer << bits) | digit(text, i);
			filled += bits;
			if (filled >= 8) {
				filled -= 8;
				bytes[length++] = (byte) (buffer >> filled);
			}
			buffer &= (1 << filled) - 1;
		}
		if (filled >= bits || buffer != 0) {
			throw new IllegalArgumentException("its last character holds bits that belong to no byte");
		}
		return bytes;
	}

}
