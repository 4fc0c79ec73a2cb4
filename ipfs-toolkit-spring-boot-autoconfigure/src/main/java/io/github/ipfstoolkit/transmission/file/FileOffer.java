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
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

import io.github.ipfstoolkit.Cid;
import io.github.ipfstoolkit.InvalidIdentifierException;
import org.jspecify.annotations.Nullable;

/**
 * What a sender says first: which file it wants to send. Fields are divided by the byte
 * FF, which UTF-8 never holds.
 *
 * @param size how many bytes the file has
 * @param name its name as the sender says
 * @param metadata what goes along
 * @param transferId is the same when the same file is sent again, by which a broken
 * transfer is taken up; {@code null} in the classic form, which knows no more than the
 * three before
 * @param callId tells one call of the sender from another; it begins anew only when its
 * last conversation has broken
 * @param cid where the content is to be fetched, {@code null} if it is sent
 */
@SuppressWarnings("ArrayRecordComponent")
record FileOffer(long size, String name, byte[] metadata, @Nullable String transferId, @Nullable String callId,
		@Nullable Cid cid) {

	/**
	 * Longest offer that is read: what is beyond a name is metadata.
	 */
	static final int MAX_LENGTH = 1024 * 1024;

	private static final byte SEPARATOR = (byte) 255;

	private static final int MAX_ID = 64;

	/**
	 * What the Python toolkit appends to the file's name to name the conversation.
	 */
	private static final String CONVERSATION_SUFFIX = "_conv";

	byte[] toClassic() {
		return join(FileSize.format(this.size), utf8(this.name), this.metadata);
	}

	byte[] toDirect() {
		return join(FileSize.format(this.size), utf8(this.name), utf8((this.transferId != null) ? this.transferId : ""),
				utf8((this.callId != null) ? this.callId : ""), utf8((this.cid != null) ? this.cid.toString() : ""),
				this.metadata);
	}

	static FileOffer parseDirect(byte[] message) throws MalformedOfferException {
		byte[][] fields = split(message, 6);
		String name = text(fields[1]);
		String cid = text(fields[4]);
		if (name.isEmpty() || fields[2].length > MAX_ID || fields[3].length > MAX_ID) {
			throw new MalformedOfferException("No name, or an ID of more than %d bytes".formatted(MAX_ID));
		}
		try {
			return new FileOffer(FileSize.parse(fields[0]), name, fields[5], text(fields[2]), text(fields[3]),
					cid.isEmpty() ? null : Cid.of(cid));
		}
		catch (InvalidIdentifierException ex) {
			throw new MalformedOfferException("The CID '%s' is none".formatted(cid));
		}
	}

	/**
	 * Reads an offer of a Python sender. It writes a size that has a digit 254 with the
	 * byte FF, as if a field ended there, so that several readings may be possible; its
	 * conversation's name tells which is right.
	 * @param conversation the name that the sender has given to the conversation
	 */
	static FileOffer parseClassic(byte[] message, String conversation) throws MalformedOfferException {
		FileOffer first = null;
		for (int end = 0; end < Math.min(message.length, FileSize.MAX_DIGITS + 1); end++) {
			if (message[end] == SEPARATOR) {
				Optional<FileOffer> reading = read(message, end);
				if (reading.isPresent() && conversation.equals(reading.get().name + CONVERSATION_SUFFIX)) {
					return reading.get();
				}
				if (first == null) {
					first = reading.orElse(null);
				}
			}
		}
		if (first == null) {
			throw new MalformedOfferException("No size, name and metadata");
		}
		return first;
	}

	private static Optional<FileOffer> read(byte[] message, int sizeEnd) {
		try {
			byte[][] fields = split(Arrays.copyOfRange(message, sizeEnd + 1, message.length), 2);
			String name = text(fields[0]);
			boolean plausible = !name.isEmpty() && name.chars().noneMatch(Character::isISOControl);
			return plausible ? Optional
				.of(new FileOffer(FileSize.parse(Arrays.copyOf(message, sizeEnd)), name, fields[1], null, null, null))
					: Optional.empty();
		}
		catch (MalformedOfferException ex) {
			return Optional.empty();
		}
	}

	private static byte[] join(byte[]... fields) {
		ByteArrayOutputStream joined = new ByteArrayOutputStream();
		for (int i = 0; i < fields.length; i++) {
			if (i > 0) {
				joined.write(SEPARATOR);
			}
			joined.writeBytes(fields[i]);
		}
		return joined.toByteArray();
	}

	/**
	 * Splits into fields, of which the last may hold the separator.
	 */
	private static byte[][] split(byte[] message, int count) throws MalformedOfferException {
		byte[][] fields = new byte[count][];
		int start = 0;
		for (int i = 0; i < count - 1; i++) {
			int end = start;
			while (end < message.length && message[end] != SEPARATOR) {
				end++;
			}
			if (end == message.length) {
				throw new MalformedOfferException("%d fields in place of %d".formatted(i + 1, count));
			}
			fields[i] = Arrays.copyOfRange(message, start, end);
			start = end + 1;
		}
		fields[count - 1] = Arrays.copyOfRange(message, start, message.length);
		return fields;
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static String text(byte[] bytes) throws MalformedOfferException {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
		}
		catch (CharacterCodingException ex) {
			throw new MalformedOfferException("A field that is no UTF-8");
		}
	}

}
