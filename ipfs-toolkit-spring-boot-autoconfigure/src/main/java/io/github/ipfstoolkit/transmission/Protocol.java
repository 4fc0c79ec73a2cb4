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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.ipfstoolkit.InvalidIdentifierException;
import io.github.ipfstoolkit.PeerId;

/**
 * What the datatransmission protocol of the Python IPFS-Toolkit puts into frames and
 * between them, and what this toolkit adds. {@code docs/protocol.md} describes it.
 *
 * @since 0.1.0
 */
public final class Protocol {

	static final byte[] ACCEPTED = ascii("Transmission request accepted.");

	static final byte[] REFUSED = ascii("Transmission request not accepted.");

	static final byte[] FINISHED = ascii("Finished!");

	/**
	 * Divides fields: a byte that UTF-8 never holds.
	 */
	static final byte SEPARATOR = (byte) 255;

	/**
	 * Longest request that is read: far more than a checksum and a peer ID.
	 */
	static final int MAX_REQUEST = 256;

	/**
	 * Longest explanation of a refusal that is read.
	 */
	static final int MAX_REFUSAL = 4096;

	/**
	 * How long after an answer a stream is kept open. A stream over QUIC that is ended by
	 * the side that wrote last may take with it what the other has not received yet: Kubo
	 * resets it as soon as its own reading has ended.
	 */
	static final Duration DELIVERY_TIME = Duration.ofSeconds(1);

	private static final String STANDING = ".standing";

	private Protocol() {
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * Returns the name of a listener's standing channel. The Python toolkit names a
	 * channel by a port, so that it never names one like this.
	 */
	static String standingChannel(String listener) {
		return listener + STANDING;
	}

	/**
	 * Returns the frame that asks for a transmission: a checksum and the sender's peer
	 * ID.
	 */
	static byte[] request(PeerId sender) {
		byte[] id = ascii(sender.toString());
		byte[] content = new byte[id.length + 1];
		content[0] = checksum(id, 0);
		System.arraycopy(id, 0, content, 1, id.length);
		return Frame.of(content);
	}

	/**
	 * Reads the content of a request's frame.
	 * @return the peer that the sender claims to be
	 * @throws MalformedTransmissionException if the checksum is wrong or there is no peer
	 * ID
	 */
	static PeerId parseRequest(byte[] content) throws MalformedTransmissionException {
		if (content.length < 2 || content[0] != checksum(content, 1)) {
			throw new MalformedTransmissionException("A request with a wrong checksum");
		}
		try {
			return PeerId.of(new String(content, 1, content.length - 1, StandardCharsets.US_ASCII));
		}
		catch (InvalidIdentifierException ex) {
			throw new MalformedTransmissionException("A request without a valid peer ID");
		}
	}

	private static byte checksum(byte[] bytes, int start) {
		int sum = 0;
		for (int i = start; i < bytes.length; i++) {
			sum += bytes[i] & 0xFF;
		}
		return (byte) sum;
	}

	/**
	 * Returns the reply that accepts a request.
	 */
	static byte[] accepted(String channel) {
		return concat(ACCEPTED, channel.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Returns the reply that refuses a request or a message, with an explanation. The
	 * explanation holds a byte that UTF-8 never does, so that a Python sender, which
	 * would take the end of a plain refusal for a channel's name, fails at once.
	 * @param reason why it is refused
	 * @param detail more about it, for people; may be empty
	 * @return the reply
	 */
	public static byte[] refused(RefusalReason reason, String detail) {
		return concat(REFUSED, Frame.of(explain(reason, detail)));
	}

	/**
	 * Returns the fields that explain a refusal.
	 * @param reason why something is refused
	 * @param detail more about it, for people; may be empty
	 * @return the explanation
	 */
	public static byte[] explain(RefusalReason reason, String detail) {
		return joinFields(ascii(reason.code()), detail.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Makes an exception of the fields that explain a refusal.
	 * @param peer who refuses
	 * @param listener the peer's listener
	 * @param explanation the fields
	 * @return the exception
	 */
	public static TransmissionRefusedException refusal(PeerId peer, String listener, byte[] explanation) {
		List<byte[]> fields = splitFields(explanation, 2);
		RefusalReason reason = RefusalReason.ofCode(new String(fields.get(0), StandardCharsets.UTF_8));
		String detail = (fields.size() > 1) ? new String(fields.get(1), StandardCharsets.UTF_8) : "";
		if (reason == RefusalReason.UNDECRYPTABLE && detail.isEmpty()) {
			detail = "it was changed on the way, or the two ends do not have the same key; "
					+ "compare 'ipfs.transmission.encryption.key'";
		}
		return new TransmissionRefusedException(peer, listener, reason, detail);
	}

	/**
	 * Returns the reply that accepts a conversation.
	 * @param content what is said with it
	 * @return the reply
	 */
	public static byte[] accepted(byte[] content) {
		return concat(ACCEPTED, Frame.of(content));
	}

	/**
	 * Reads the reply to a conversation.
	 * @param first its first byte, which has been read already
	 * @param input where the rest comes from
	 * @param peer who replies
	 * @param listener the peer's listener
	 * @param max the longest content that is taken
	 * @return what is said with it
	 * @throws TransmissionRefusedException if it is a refusal
	 * @throws MalformedTransmissionException if it is anything else
	 * @throws IOException if reading fails
	 */
	public static byte[] readAccepted(int first, InputStream input, PeerId peer, String listener, int max)
			throws IOException {
		byte[] reply = concat(new byte[] { (byte) first }, input.readNBytes(ACCEPTED.length - 1));
		if (Arrays.equals(reply, ACCEPTED)) {
			return Frame.read(input, max);
		}
		byte[] longer = concat(reply, input.readNBytes(REFUSED.length - ACCEPTED.length));
		if (Arrays.equals(longer, REFUSED)) {
			throw refusal(peer, listener, Frame.read(input, MAX_REFUSAL));
		}
		throw new MalformedTransmissionException("A reply that neither accepts nor refuses");
	}

	private static byte[] concat(byte[] first, byte[] second) {
		byte[] both = Arrays.copyOf(first, first.length + second.length);
		System.arraycopy(second, 0, both, first.length, second.length);
		return both;
	}

	/**
	 * Puts separators between fields. All but the last must not hold one.
	 * @param fields the fields
	 * @return the fields in one piece
	 */
	public static byte[] joinFields(byte[]... fields) {
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
	 * Divides bytes at separators.
	 * @param bytes what to divide
	 * @param max how many fields there are at most: the last holds the rest, with its
	 * separators
	 * @return the fields, at least one
	 */
	public static List<byte[]> splitFields(byte[] bytes, int max) {
		List<byte[]> fields = new ArrayList<>();
		int start = 0;
		for (int i = 0; i < bytes.length && fields.size() < max - 1; i++) {
			if (bytes[i] == SEPARATOR) {
				fields.add(Arrays.copyOfRange(bytes, start, i));
				start = i + 1;
			}
		}
		fields.add(Arrays.copyOfRange(bytes, start, bytes.length));
		return fields;
	}

}
