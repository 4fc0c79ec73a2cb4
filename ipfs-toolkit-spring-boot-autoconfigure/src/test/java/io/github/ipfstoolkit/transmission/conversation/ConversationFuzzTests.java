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

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.p2p.TunnelStream;
import io.github.ipfstoolkit.transmission.Frame;
import io.github.ipfstoolkit.transmission.MalformedTransmissionException;
import io.github.ipfstoolkit.transmission.MessageTooLargeException;
import io.github.ipfstoolkit.transmission.Protocol;
import io.github.ipfstoolkit.transmission.TransmissionException;
import io.github.ipfstoolkit.transmission.TransmissionRefusedException;
import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Any bytes of a peer are a conversation, or are refused with one of the few exceptions
 * that are for that. In an ordinary run the inputs that were kept are tried;
 * {@code .ci/fuzz.sh} looks for new ones.
 */
class ConversationFuzzTests {

	private static final String MAX_DURATION = "60s";

	private static final DataSize MAX_MESSAGE = DataSize.ofBytes(1000);

	private static final Duration NO_TIME = Duration.ZERO;

	@FuzzTest(maxDuration = MAX_DURATION)
	void handshakeThatStarts(byte[] input) {
		Handshake handshake = Handshake.parseStart(input).orElse(null);
		if (handshake != null) {
			assertThat(Handshake.mayStart(input)).isTrue();
			assertThat(Handshake.parseJoin(input)).isEmpty();
			assertSame(handshake, Handshake.parseStart(handshake.toStart()).orElse(null));
		}
	}

	@FuzzTest(maxDuration = MAX_DURATION)
	void handshakeThatJoins(byte[] input) {
		Handshake handshake = Handshake.parseJoin(input).orElse(null);
		if (handshake != null) {
			assertThat(Handshake.mayStart(input)).isFalse();
			assertSame(handshake, Handshake.parseJoin(handshake.toJoin()).orElse(null));
		}
	}

	private static void assertSame(Handshake expected, @Nullable Handshake actual) {
		assertThat(actual).isNotNull();
		assertThat(actual.name()).isEqualTo(expected.name());
		assertThat(actual.salutation()).isEqualTo(expected.salutation());
	}

	@FuzzTest(maxDuration = MAX_DURATION)
	void replyToAStart(byte[] input) throws IOException {
		ByteArrayInputStream stream = new ByteArrayInputStream(input);
		try {
			byte[] reply = Protocol.readAccepted(stream.read(), stream, SocketStream.PEER, "listener",
					Handshake.MAX_LENGTH);
			assertThat(Protocol.accepted(reply)).hasSizeLessThanOrEqualTo(input.length);
			Handshake.parseJoin(reply);
		}
		catch (TransmissionRefusedException ex) {
			assertThat(ex.getReason()).isNotNull();
		}
		catch (MalformedTransmissionException | EOFException ex) {
			// refused
		}
	}

	/**
	 * What a peer says on a stream after the handshake, to somebody who listens to
	 * nothing until it has ended.
	 */
	@FuzzTest(maxDuration = MAX_DURATION)
	void unitsThatNobodyListensTo(byte[] input) {
		Inbox inbox = new Inbox(SocketStream.PEER, MAX_MESSAGE);
		Input stream = new Input(input);
		DirectLink link = link(stream, inbox);
		link.read();
		assertThat(stream.closed).isTrue();
		assertThat(link.isOpen()).isFalse();
		assertThat(listen(inbox)).isLessThanOrEqualTo(input.length);
	}

	/**
	 * The same to somebody who listens all the time.
	 */
	@FuzzTest(maxDuration = MAX_DURATION)
	void unitsThatAreListenedTo(byte[] input) {
		Inbox inbox = new Inbox(SocketStream.PEER, MAX_MESSAGE);
		Input stream = new Input(input);
		inbox.onChange(() -> {
			try {
				while (inbox.poll() != null) {
					stream.heard++;
				}
			}
			catch (MessageTooLargeException | ConversationEndedException | ConversationLostException
					| TransmissionRefusedException ex) {
				// the end
			}
		});
		DirectLink link = link(stream, inbox);
		link.read();
		assertThat(stream.closed).isTrue();
		assertThat(link.isOpen()).isFalse();
		assertThat(stream.heard).isLessThanOrEqualTo(input.length);
	}

	private static DirectLink link(TunnelStream stream, Inbox inbox) {
		return new DirectLink(SocketStream.PEER, "listener", stream, inbox, Runnable::run, Duration.ofSeconds(1));
	}

	/**
	 * Listens to all that was said.
	 * @return how many bytes it was
	 */
	private static long listen(Inbox inbox) {
		long total = 0;
		while (true) {
			try {
				total += inbox.take(NO_TIME).length;
			}
			catch (MessageTooLargeException ex) {
				// the next is another one
			}
			catch (ConversationEndedException | ConversationLostException | TransmissionRefusedException ex) {
				return total;
			}
			catch (TransmissionException ex) {
				throw new AssertionError("The end of the conversation was not noticed", ex);
			}
		}
	}

	/**
	 * What a peer says on a stream of many conversations.
	 */
	@FuzzTest(maxDuration = MAX_DURATION)
	void substreams(byte[] input) throws IOException {
		List<TunnelStream> accepted = new ArrayList<>();
		Input stream = new Input(input);
		MultiplexedStream.accepted(stream, (task) -> {
		}, Duration.ofMillis(1), accepted::add).read();
		assertThat(stream.closed).isTrue();
		int total = 0;
		for (TunnelStream substream : accepted) {
			total += substream.input().readAllBytes().length;
			substream.close();
		}
		assertThat(total).isLessThanOrEqualTo(input.length);
	}

	/**
	 * A frame that holds what starts a conversation, as it is read from a stream.
	 */
	@FuzzTest(maxDuration = MAX_DURATION)
	void frameThatStarts(byte[] input) throws IOException {
		try {
			byte[] start = Frame.read(new ByteArrayInputStream(input), Handshake.MAX_LENGTH);
			Handshake.parseStart(start).ifPresent((handshake) -> assertThat(handshake.name()).isNotEmpty());
		}
		catch (MalformedTransmissionException | EOFException ex) {
			// refused
		}
	}

	/**
	 * A stream with one input, whose output goes nowhere.
	 */
	private static final class Input implements TunnelStream {

		private final InputStream input;

		private boolean closed;

		private int heard;

		Input(byte[] input) {
			this.input = new ByteArrayInputStream(input);
		}

		@Override
		public PeerId peer() {
			return SocketStream.PEER;
		}

		@Override
		public InputStream input() {
			return this.input;
		}

		@Override
		public OutputStream output() {
			return OutputStream.nullOutputStream();
		}

		@Override
		public void setReadTimeout(Duration timeout) {
		}

		@Override
		public void setWriteTimeout(Duration timeout) {
		}

		@Override
		public boolean isQuiet() {
			return !this.closed;
		}

		@Override
		public void close() {
			this.closed = true;
		}

	}

}
