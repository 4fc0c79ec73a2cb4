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
package io.github.ipfstoolkit.transmission.conversation;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.github.ipfstoolkit.transmission.Protocol;

/**
 * What one end says to start or to join a conversation.
 *
 * @param name the name under which it listens
 * @param salutation what it says along, often empty
 */
@SuppressWarnings("ArrayRecordComponent")
record Handshake(String name, byte[] salutation) {

	/**
	 * Longest name of a conversation.
	 */
	private static final int MAX_NAME = 1024;

	/**
	 * Longest handshake that is read.
	 */
	static final int MAX_LENGTH = ConversationOptions.MAX_SALUTATION + 2 * MAX_NAME;

	private static final byte[] START = "I want to start a conversation".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] JOIN = "I'm listening".getBytes(StandardCharsets.US_ASCII);

	/**
	 * Stands before the text where there is a salutation: an empty field, and the
	 * version.
	 */
	private static final byte[] VERSION = { (byte) 0xFF, 0, (byte) 0xFF };

	byte[] toStart() {
		return encode(START);
	}

	byte[] toJoin() {
		return encode(JOIN);
	}

	private byte[] encode(byte[] text) {
		byte[] name = this.name.getBytes(StandardCharsets.UTF_8);
		return (this.salutation.length > 0) ? Protocol.joinFields(new byte[0], new byte[1], text, name, this.salutation)
				: Protocol.joinFields(text, name);
	}

	/**
	 * Returns whether a message may be one that starts a conversation.
	 * @param start its first bytes, at least {@link #PREFIX} of them if it is so long
	 */
	static boolean mayStart(byte[] start) {
		return startsWith(start, 0, START)
				|| (startsWith(start, 0, VERSION) && startsWith(start, VERSION.length, START));
	}

	/**
	 * How many bytes tell whether a message starts a conversation.
	 */
	static final int PREFIX = VERSION.length + START.length;

	/**
	 * Reads what starts a conversation.
	 * @return empty if it is something else
	 */
	static Optional<Handshake> parseStart(byte[] message) {
		return parse(message, START);
	}

	/**
	 * Reads what joins a conversation.
	 * @return empty if it is something else
	 */
	static Optional<Handshake> parseJoin(byte[] message) {
		return parse(message, JOIN);
	}

	private static Optional<Handshake> parse(byte[] message, byte[] text) {
		boolean versioned = startsWith(message, 0, VERSION);
		List<byte[]> fields = Protocol.splitFields(message, versioned ? 5 : 2);
		int first = versioned ? 2 : 0;
		if (fields.size() < first + 2 || !Arrays.equals(fields.get(first), text)) {
			return Optional.empty();
		}
		byte[] name = fields.get(first + 1);
		if (name.length == 0 || name.length > MAX_NAME) {
			return Optional.empty();
		}
		byte[] salutation = (fields.size() > first + 2) ? fields.get(first + 2) : new byte[0];
		try {
			return Optional.of(new Handshake(
					StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name)).toString(), salutation));
		}
		catch (CharacterCodingException ex) {
			return Optional.empty();
		}
	}

	private static boolean startsWith(byte[] bytes, int offset, byte[] start) {
		int end = offset + start.length;
		return bytes.length >= end && Arrays.equals(bytes, offset, end, start, 0, start.length);
	}

}
