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
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.p2p.TunnelStream;
import io.github.ipfstoolkit.transmission.Frame;
import io.github.ipfstoolkit.transmission.MalformedTransmissionException;
import io.github.ipfstoolkit.transmission.MessageTooLargeException;
import io.github.ipfstoolkit.transmission.Protocol;
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
	 * What a peer says on a stream after the handshake, to somebody who listens all the
	 * time.
	 */
	@FuzzTest(maxDuration = MAX_DURATION)
	void unitsThatAreListenedTo(byte[] input) {
		Inbox inbox = new Inbox(SocketStream.PEER, MAX_MESSAGE);
		AtomicLong heard = new AtomicLong();
		converse(input, inbox, () -> {
			byte[] message = inbox.poll();
			while (message != null) {
				heard.addAndGet(message.length);
				message = inbox.poll();
			}
		});
		assertThat(heard.get()).isLessThanOrEqualTo(input.length);
	}

	/**
	 * The same to somebody who reads the start of each message.
	 */
	@FuzzTest(maxDuration = MAX_DURATION)
	void unitsThatAreReadInPart(byte[] input) {
		Inbox inbox = new Inbox(SocketStream.PEER, MAX_MESSAGE);
		converse(input, inbox, () -> {
			try (InputStream message = inbox.open(NO_TIME, (count) -> {
			})) {
				message.readNBytes(3);
			}
			catch (IOException ex) {
				// it is not there as a whole
			}
		});
	}

	/**
	 * Reads all that a peer says, and hears all of it.
	 * @param listener listens when something was said
	 */
	private static void converse(byte[] input, Inbox inbox, Runnable listener) {
		Input stream = new Input(input);
		DirectLink link = new DirectLink(SocketStream.PEER, "listener", stream, inbox, Runnable::run,
				Duration.ofSeconds(1));
		AtomicBoolean listening = new AtomicBoolean();
		inbox.onChange(() -> {
			if (listening.compareAndSet(false, true)) {
				try {
					listener.run();
				}
				catch (MessageTooLargeException | ConversationEndedException | ConversationLostException
						| ListenTimeoutException | TransmissionRefusedException ex) {
					// nothing more
				}
				finally {
					listening.set(false);
				}
			}
		});
		link.read();
		assertThat(stream.closed).isTrue();
		assertThat(link.isOpen()).isFalse();
		while (hears(inbox)) {
			// to the end
		}
	}

	/**
	 * Listens to a message that is there.
	 * @return {@code false} at the end
	 */
	private static boolean hears(Inbox inbox) {
		try {
			inbox.take(NO_TIME);
			return true;
		}
		catch (MessageTooLargeException ex) {
			// the next is another one
			return true;
		}
		catch (ConversationEndedException | ConversationLostException | TransmissionRefusedException ex) {
			return false;
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
		public ReadableByteChannel inputChannel() {
			return Channels.newChannel(input());
		}

		@Override
		public WritableByteChannel outputChannel() {
			return Channels.newChannel(output());
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
