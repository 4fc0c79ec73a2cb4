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
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.p2p.TunnelStream;

/**
 * The sender's half of the protocol on one stream.
 */
final class SenderStream implements AutoCloseable {

	/**
	 * How much of a payload is written at a time: enough to make the cost of a write
	 * small, little enough to notice an early reply.
	 */
	private static final int CHUNK = 64 * 1024;

	private static final int MAX_CHANNEL = 1024;

	/**
	 * The digits of the highest port.
	 */
	private static final int PORT_DIGITS = 5;

	/**
	 * How long the rest of a channel's name may take, where nothing tells its end.
	 */
	private static final Duration NAME_PAUSE = Duration.ofMillis(50);

	private final TunnelStream stream;

	private final Destination destination;

	private SendLimits limits;

	private Duration readTimeout = Duration.ZERO;

	private boolean reusable;

	SenderStream(TunnelStream stream, Destination destination, SendLimits limits) {
		this.stream = stream;
		this.destination = destination;
		this.limits = limits;
	}

	/**
	 * Sets the limits of the next message: a stream that is used again may have had
	 * others.
	 */
	void setLimits(SendLimits limits) {
		this.limits = limits;
	}

	/**
	 * Asks for a transmission.
	 * @param self the node's own peer ID
	 * @return the name of the channel that the message is to be sent on
	 */
	String request(PeerId self) throws IOException {
		byte[] request = Protocol.request(self);
		write(request, request.length);
		readReply(Protocol.ACCEPTED);
		return readChannel();
	}

	/**
	 * Sends a message and waits for its acknowledgement.
	 */
	void send(Payload payload) throws IOException {
		this.reusable = false;
		boolean complete = write(payload);
		try {
			readReply(Protocol.FINISHED);
		}
		catch (TransmissionRefusedException ex) {
			this.reusable = complete;
			throw ex;
		}
		this.reusable = complete;
	}

	/**
	 * Returns whether another message may follow the last one.
	 */
	boolean isReusable() {
		return this.reusable;
	}

	/**
	 * Returns whether the stream, which has rested, is still open.
	 */
	boolean isAlive() {
		return this.stream.isQuiet();
	}

	/**
	 * Writes a frame. Its header goes with the payload's first bytes, as a Python
	 * receiver wants the whole header in its first read.
	 * @return {@code false} if the receiver replied before the end
	 */
	private boolean write(Payload payload) throws IOException {
		byte[] header = Frame.header(payload.length());
		long remaining = payload.length();
		byte[] buffer = Arrays.copyOf(header, (int) Math.min(CHUNK, header.length + remaining));
		try (InputStream input = open(payload)) {
			int filled = header.length;
			while (true) {
				int wanted = (int) Math.min(buffer.length - filled, remaining);
				fill(input, buffer, filled, wanted);
				write(buffer, filled + wanted);
				remaining -= wanted;
				filled = 0;
				if (remaining == 0) {
					return true;
				}
				if (this.stream.input().available() > 0) {
					return false;
				}
			}
		}
	}

	private void write(byte[] bytes, int length) throws IOException {
		this.stream.setWriteTimeout(this.limits.step());
		try {
			this.stream.output().write(bytes, 0, length);
		}
		catch (SocketException ex) {
			throw new NoReplyException(ex);
		}
	}

	private static InputStream open(Payload payload) throws PayloadException {
		try {
			return payload.open();
		}
		catch (IOException ex) {
			throw new PayloadException("The message can not be read", ex);
		}
	}

	private static void fill(InputStream input, byte[] buffer, int offset, int count) throws PayloadException {
		int read;
		try {
			read = input.readNBytes(buffer, offset, count);
		}
		catch (IOException ex) {
			throw new PayloadException("The message can not be read", ex);
		}
		if (read < count) {
			throw new PayloadException("The message is shorter than it was said to be");
		}
	}

	/**
	 * Reads a reply that should be the given one.
	 * @throws TransmissionRefusedException if it is a refusal
	 * @throws UnreadableReplyException if it is anything else
	 */
	private void readReply(byte[] expected) throws IOException {
		setReadTimeout(this.limits.step());
		InputStream input = this.stream.input();
		byte[] reply = new byte[Protocol.REFUSED.length];
		int length = 0;
		while (true) {
			reply[length] = readReplyByte(input, length == 0);
			length++;
			if (startsWith(expected, reply, length)) {
				if (length == expected.length) {
					return;
				}
			}
			else if (startsWith(Protocol.REFUSED, reply, length)) {
				if (length == Protocol.REFUSED.length) {
					throw readRefusal();
				}
			}
			else {
				throw new UnreadableReplyException("%s sent '%s' in place of '%s'".formatted(this.destination,
						new String(reply, 0, length, StandardCharsets.ISO_8859_1),
						new String(expected, StandardCharsets.US_ASCII)), null);
			}
		}
	}

	/**
	 * Sets the time-out where it is another one: that costs some locking.
	 */
	private void setReadTimeout(Duration timeout) throws IOException {
		if (!timeout.equals(this.readTimeout)) {
			this.stream.setReadTimeout(timeout);
			this.readTimeout = timeout;
		}
	}

	private static byte readReplyByte(InputStream input, boolean first) throws IOException {
		try {
			int value = input.read();
			if (value >= 0) {
				return (byte) value;
			}
			throw first ? new NoReplyException(null) : new EOFException("The stream ended within a reply");
		}
		catch (SocketException ex) {
			throw first ? new NoReplyException(ex) : ex;
		}
	}

	private static boolean startsWith(byte[] whole, byte[] part, int length) {
		return length <= whole.length && Arrays.equals(whole, 0, length, part, 0, length);
	}

	private TransmissionRefusedException readRefusal() {
		byte[] explanation = new byte[0];
		try {
			// a receiver of the classic protocol says no more
			setReadTimeout(NAME_PAUSE);
			int first = this.stream.input().read();
			setReadTimeout(this.limits.step());
			if (first >= 0) {
				explanation = Frame.read(first, this.stream.input(), Protocol.MAX_REFUSAL);
			}
		}
		catch (IOException ignored) {
			// the refusal counts, with or without an explanation
		}
		return Protocol.refusal(this.destination.peer(), this.destination.listener(), explanation);
	}

	/**
	 * Reads a channel's name, which has neither length nor end. It nearly always comes in
	 * one piece; where it may be incomplete, a moment is given to the rest.
	 */
	private String readChannel() throws IOException {
		InputStream input = this.stream.input();
		byte[] name = new byte[MAX_CHANNEL];
		int length = input.read(name);
		if (length < 0) {
			throw new UnreadableReplyException("%s accepted, but named no channel".formatted(this.destination), null);
		}
		setReadTimeout(NAME_PAUSE);
		while (length < MAX_CHANNEL && !isComplete(name, length)) {
			int count = readMore(input, name, length);
			if (count < 0) {
				break;
			}
			length += count;
		}
		return new String(name, 0, length, StandardCharsets.UTF_8);
	}

	private boolean isComplete(byte[] name, int length) {
		String text = new String(name, 0, length, StandardCharsets.UTF_8);
		boolean port = length == PORT_DIGITS && text.chars().allMatch((digit) -> digit >= '0' && digit <= '9');
		return port || text.equals(this.destination.standingChannel());
	}

	private static int readMore(InputStream input, byte[] name, int length) throws IOException {
		try {
			return input.read(name, length, MAX_CHANNEL - length);
		}
		catch (SocketTimeoutException ex) {
			return -1;
		}
	}

	@Override
	public void close() {
		this.stream.close();
	}

}
