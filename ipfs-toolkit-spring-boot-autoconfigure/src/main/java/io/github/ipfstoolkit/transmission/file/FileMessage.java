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

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What the two ends say about a file, besides the offer and the blocks: a word, and what
 * belongs to it after the byte FF.
 *
 * @param word the word
 * @param content what follows it, may be empty
 */
@SuppressWarnings("ArrayRecordComponent")
record FileMessage(String word, byte[] content) {

	/**
	 * The receiver wants the blocks. A size follows where it has a part of the file
	 * already, and the SHA-256 of that.
	 */
	static final String READY = "ready";

	/** The sender begins there. */
	static final String FROM = "from";

	/** The blocks are complete; the SHA-256 of the whole file follows. */
	static final String END = "end";

	/**
	 * The receiver has the file in its place and its application has taken it. The
	 * SHA-256 of what it has stored follows.
	 */
	static final String DONE = "done";

	/** The receiver does not want the file; a code and a text follow. */
	static final String REFUSED = "refused";

	/** How many bytes have been dealt with. Nothing else is needed for an answer. */
	static final String PROGRESS = "progress";

	private static final byte SEPARATOR = (byte) 255;

	private static final int MAX_WORD = 16;

	static FileMessage of(String word) {
		return new FileMessage(word, new byte[0]);
	}

	static FileMessage of(String word, long size) {
		return new FileMessage(word, FileSize.format(size));
	}

	static FileMessage ready(long size, byte[] hash) {
		return new FileMessage(READY, join(FileSize.format(size), hash));
	}

	static FileMessage refused(FileRefusal refusal, String detail) {
		return new FileMessage(REFUSED, join(utf8(refusal.code()), utf8(detail)));
	}

	byte[] toBytes() {
		return (this.content.length == 0) ? utf8(this.word) : join(utf8(this.word), this.content);
	}

	static FileMessage parse(byte[] message) throws MalformedOfferException {
		int end = indexOfSeparator(message);
		if (end > MAX_WORD) {
			throw new MalformedOfferException("A word of %d bytes".formatted(end));
		}
		for (int i = 0; i < end; i++) {
			if (message[i] < 0) {
				throw new MalformedOfferException("A word that is not ASCII");
			}
		}
		return new FileMessage(text(Arrays.copyOf(message, end)), after(message, end));
	}

	/**
	 * Returns the size that is the content, or its first field.
	 */
	long size() throws MalformedOfferException {
		return FileSize.parse(Arrays.copyOf(this.content, indexOfSeparator(this.content)));
	}

	/**
	 * Returns what follows the first field.
	 */
	byte[] rest() {
		return after(this.content, indexOfSeparator(this.content));
	}

	/**
	 * Returns the SHA-256 that is the content, in hexadecimal digits.
	 */
	String sha256() throws MalformedOfferException {
		if (this.content.length != Sha256.LENGTH) {
			throw new MalformedOfferException("A SHA-256 of %d bytes".formatted(this.content.length));
		}
		return Sha256.hex(this.content);
	}

	FileRefusal refusal() {
		return FileRefusal.ofCode(text(Arrays.copyOf(this.content, indexOfSeparator(this.content))));
	}

	String detail() {
		return text(rest());
	}

	private static int indexOfSeparator(byte[] bytes) {
		int index = 0;
		while (index < bytes.length && bytes[index] != SEPARATOR) {
			index++;
		}
		return index;
	}

	private static byte[] after(byte[] bytes, int separator) {
		return Arrays.copyOfRange(bytes, Math.min(separator + 1, bytes.length), bytes.length);
	}

	private static byte[] join(byte[] first, byte[] second) {
		ByteArrayOutputStream joined = new ByteArrayOutputStream(first.length + second.length + 1);
		joined.writeBytes(first);
		joined.write(SEPARATOR);
		joined.writeBytes(second);
		return joined.toByteArray();
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

}
