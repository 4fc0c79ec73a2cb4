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
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;

import io.github.ipfstoolkit.transmission.MessageTooLargeException;
import io.github.ipfstoolkit.transmission.RefusalReason;
import io.github.ipfstoolkit.transmission.TransmissionException;
import io.github.ipfstoolkit.transmission.TransmissionRefusedException;
import io.github.ipfstoolkit.transmission.TransmissionTimeoutException;
import io.github.ipfstoolkit.transmission.conversation.ConversationEndedException.Reason;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link DirectLink}.
 */
@Timeout(60)
class DirectLinkTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final LongConsumer COUNT_NOTHING = (count) -> {
	};

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final List<SocketStream> streams = new ArrayList<>();

	@AfterEach
	void close() {
		this.streams.forEach(SocketStream::close);
		this.executor.shutdownNow();
	}

	private void connect(int buffer) throws IOException {
		this.streams.addAll(SocketStream.pair(buffer));
	}

	private End end(int index, Duration timeout) {
		SocketStream stream = this.streams.get(index);
		Inbox inbox = new Inbox(SocketStream.PEER, DataSize.ofMegabytes(100));
		DirectLink link = new DirectLink(SocketStream.PEER, "listener", stream, inbox, this.executor, timeout);
		this.executor.execute(link::read);
		return new End(link, inbox, stream);
	}

	/**
	 * Nothing that is written fits into the connection, so that each write waits for the
	 * other end to read: if that waited for a write of its own, both would wait for ever.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 100, 5000, 200_000 })
	void endsThatBothSayMuchAreNeverStuck(int size) throws Exception {
		connect(2048);
		End alice = end(0, PATIENCE);
		End bob = end(1, PATIENCE);
		int count = Math.max(50, Math.min(20_000, 10_000_000 / (size + 1)));
		List<Future<?>> tasks = new ArrayList<>();
		for (End end : List.of(alice, bob)) {
			tasks.add(this.executor.submit(() -> {
				byte[] message = random(size);
				for (int i = 0; i < count; i++) {
					end.link.send(message, 0, size);
				}
				end.link.awaitReceived();
			}));
			tasks.add(this.executor.submit(() -> {
				byte[] message = random(size);
				for (int i = 0; i < count; i++) {
					assertThat(end.inbox.take(PATIENCE)).isEqualTo(message);
				}
			}));
		}
		for (Future<?> task : tasks) {
			task.get();
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1000, 100_000 })
	void whatNobodyListensToIsBounded(int size) throws Exception {
		connect(64 * 1024);
		End alice = end(0, Duration.ofSeconds(3));
		end(1, PATIENCE);
		int limit = DirectLink.WINDOW / (size + DirectLink.OVERHEAD);
		for (int i = 0; i < limit / 2; i++) {
			alice.link.send(new byte[size], 0, size);
		}
		alice.link.awaitReceived();
		assertThatExceptionOfType(TransmissionTimeoutException.class).isThrownBy(() -> {
			for (int i = 0; i < limit; i++) {
				alice.link.send(new byte[size], 0, size);
			}
		});
		assertThat(alice.link.isOpen()).isFalse();
	}

	@Test
	void allThatWasSentIsHeardBeforeTheEnd() throws Exception {
		connect(64 * 1024);
		End alice = end(0, PATIENCE);
		End bob = end(1, PATIENCE);
		alice.link.send(random(50_000), 0, 50_000);
		alice.close(null);
		assertThat(bob.inbox.take(PATIENCE)).hasSize(50_000);
		assertEnded(bob, Reason.CLOSED_BY_PEER);
		assertEnded(alice, Reason.CLOSED);
		Awaitility.await().until(() -> alice.stream.isClosed() && bob.stream.isClosed());
	}

	@Test
	void bothMayCloseAtOnce() throws Exception {
		connect(64 * 1024);
		End alice = end(0, PATIENCE);
		End bob = end(1, PATIENCE);
		alice.link.send(random(10), 0, 10);
		bob.link.send(random(10), 0, 10);
		alice.link.awaitReceived();
		bob.link.awaitReceived();
		alice.close(null);
		bob.close(null);
		assertThat(alice.inbox.take(PATIENCE)).hasSize(10);
		assertThat(bob.inbox.take(PATIENCE)).hasSize(10);
		assertThatExceptionOfType(ConversationEndedException.class).isThrownBy(() -> alice.inbox.take(PATIENCE));
		assertThatExceptionOfType(ConversationEndedException.class).isThrownBy(() -> bob.inbox.take(PATIENCE));
		Awaitility.await().until(() -> alice.stream.isClosed() && bob.stream.isClosed());
	}

	@Test
	void failureIsTold() throws Exception {
		connect(64 * 1024);
		End alice = end(0, PATIENCE);
		End bob = end(1, PATIENCE);
		alice.close(RefusalReason.FAILED);
		assertThatExceptionOfType(TransmissionRefusedException.class).isThrownBy(() -> bob.inbox.take(PATIENCE))
			.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(RefusalReason.FAILED));
		assertThatExceptionOfType(TransmissionRefusedException.class)
			.isThrownBy(() -> bob.link.send(new byte[1], 0, 1));
	}

	@Test
	void endWithoutAWordIsALoss() throws Exception {
		connect(64 * 1024);
		End alice = end(0, PATIENCE);
		this.streams.get(1).close();
		assertThatExceptionOfType(ConversationLostException.class).isThrownBy(() -> alice.inbox.take(PATIENCE));
		assertThatExceptionOfType(ConversationLostException.class).isThrownBy(() -> alice.link.send(new byte[1], 0, 1));
	}

	@ParameterizedTest
	@ValueSource(strings = { "0 0", "6 0", "8 0", "7 -1", "1 -1", "2 -2147483648", "2 2147483647", "1 1048576",
			"5 4097", "255 1" })
	void unitThatIsNoneEndsTheConversation(String unit) throws Exception {
		connect(64 * 1024);
		End alice = end(0, PATIENCE);
		String[] fields = unit.split(" ");
		DataOutputStream output = new DataOutputStream(this.streams.get(1).output());
		output.writeByte(Integer.parseInt(fields[0]));
		output.writeInt(Integer.parseInt(fields[1]));
		assertThatExceptionOfType(ConversationLostException.class).isThrownBy(() -> alice.inbox.take(PATIENCE));
		assertThat(this.streams.get(1).input().read()).isEqualTo(-1);
	}

	/**
	 * What is acknowledged with the message has to be written too.
	 */
	@Test
	void answerOfAnyLengthGoesWithAnAcknowledgement() throws Exception {
		connect(64 * 1024);
		End alice = end(0, PATIENCE);
		End bob = end(1, PATIENCE);
		AtomicInteger length = new AtomicInteger();
		// on the thread that reads, which has not acknowledged it yet
		alice.inbox.onChange(() -> {
			if (alice.link.isOpen() && alice.inbox.poll() != null) {
				byte[] answer = random(length.addAndGet(7));
				alice.link.send(answer, 0, answer.length);
			}
		});
		for (int i = 1; i < 100; i++) {
			bob.link.send(new byte[1], 0, 1);
			assertThat(bob.inbox.take(PATIENCE)).isEqualTo(random(7 * i));
			bob.link.awaitReceived();
		}
	}

	@Test
	void passedMessageThatComesSlowlyIsHeardInTheEnd() throws Exception {
		connect(64 * 1024);
		End alice = end(0, PATIENCE);
		DataOutputStream output = new DataOutputStream(this.streams.get(1).output());
		output.writeByte(7);
		output.writeInt(100_000);
		this.executor.submit(() -> {
			for (int i = 0; i < 100; i++) {
				output.write(new byte[1000]);
				TimeUnit.MILLISECONDS.sleep(30);
			}
			return null;
		});
		assertThatExceptionOfType(ListenTimeoutException.class)
			.isThrownBy(() -> alice.inbox.take(Duration.ofMillis(200)));
		assertThat(alice.inbox.take(PATIENCE)).hasSize(100_000);
	}

	@Test
	void passedMessageThatWasHeardInPartCanBeRead() throws Exception {
		connect(64 * 1024);
		End alice = end(0, PATIENCE);
		DataOutputStream output = new DataOutputStream(this.streams.get(1).output());
		output.writeByte(7);
		output.writeInt(300);
		output.write(random(100));
		this.executor.submit(() -> {
			TimeUnit.SECONDS.sleep(2);
			output.write(random(100));
			TimeUnit.MILLISECONDS.sleep(200);
			output.write(random(100));
			return null;
		});
		assertThatExceptionOfType(ListenTimeoutException.class)
			.isThrownBy(() -> alice.inbox.take(Duration.ofMillis(50)));
		try (InputStream message = alice.inbox.open(PATIENCE, COUNT_NOTHING)) {
			assertThat(message.readNBytes(100)).isEqualTo(random(100));
			assertThat(message.readAllBytes()).hasSize(200);
		}
	}

	@Test
	void peerThatGrantsAByteNowAndThenHoldsNobodyUp() throws Exception {
		connect(64 * 1024);
		End alice = end(0, Duration.ofSeconds(1));
		SocketStream bob = this.streams.get(1);
		this.executor.submit(() -> {
			bob.input().skipNBytes(Long.MAX_VALUE);
			return null;
		});
		this.executor.submit(() -> {
			DataOutputStream output = new DataOutputStream(bob.output());
			while (true) {
				output.writeByte(3);
				output.writeInt(1);
				TimeUnit.MILLISECONDS.sleep(50);
			}
		});
		byte[] large = new byte[3 * DirectLink.WINDOW];
		assertThatExceptionOfType(TransmissionTimeoutException.class)
			.isThrownBy(() -> alice.link.send(large, 0, large.length));
	}

	@Test
	void moreThanTheWindowEndsTheConversation() throws Exception {
		connect(64 * 1024);
		End alice = end(0, PATIENCE);
		DataOutputStream output = new DataOutputStream(this.streams.get(1).output());
		int length = DirectLink.WINDOW / 4;
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> {
			for (int i = 0; i < 1000; i++) {
				output.writeByte(1);
				output.writeInt(length);
				output.write(new byte[length]);
			}
		});
		Awaitility.await().until(() -> !alice.link.isOpen());
	}

	/**
	 * To say and to acknowledge more than there was does no harm.
	 */
	@Test
	void exaggerationsAreLimited() throws Exception {
		connect(64 * 1024);
		End alice = end(0, PATIENCE);
		DataOutputStream output = new DataOutputStream(this.streams.get(1).output());
		output.writeByte(4);
		output.writeInt(Integer.MAX_VALUE);
		for (int i = 0; i < 10; i++) {
			output.writeByte(3);
			output.writeInt(Integer.MAX_VALUE);
		}
		Future<?> sent = this.executor.submit(() -> {
			for (int i = 0; i < 3; i++) {
				alice.link.send(new byte[DirectLink.WINDOW], 0, DirectLink.WINDOW);
			}
		});
		DataInputStream input = new DataInputStream(this.streams.get(1).input());
		long received = 0;
		while (received + 64 * 1024 + DirectLink.OVERHEAD <= DirectLink.WINDOW) {
			input.readByte();
			int length = input.readInt();
			input.skipNBytes(length);
			received += length + DirectLink.OVERHEAD;
		}
		assertThat(sent).failsWithin(Duration.ofMillis(300));
		assertThat(input.available()).isZero();
	}

	@Test
	void interruptionBeforeAMessageLeavesTheConversationOpen() throws Exception {
		connect(64 * 1024);
		End alice = end(0, PATIENCE);
		End bob = end(1, PATIENCE);
		Future<?> interrupted = this.executor.submit(() -> {
			Thread.currentThread().interrupt();
			alice.link.send(new byte[1], 0, 1);
		});
		assertThat(interrupted).failsWithin(PATIENCE)
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(ConversationInterruptedException.class);
		alice.link.send(new byte[2], 0, 2);
		assertThat(bob.inbox.take(PATIENCE)).hasSize(2);
	}

	@Test
	void restOfAMessageThatIsNotWantedIsSkipped() throws Exception {
		connect(64 * 1024);
		End alice = end(0, PATIENCE);
		End bob = end(1, PATIENCE);
		Future<?> sent = this.executor.submit(() -> {
			alice.link.send(random(3_000_000), 0, 3_000_000);
			alice.link.send(random(3), 0, 3);
		});
		try (InputStream message = bob.inbox.open(PATIENCE, COUNT_NOTHING)) {
			assertThat(message.readNBytes(3)).isEqualTo(Arrays.copyOf(random(3_000_000), 3));
		}
		assertThat(bob.inbox.take(PATIENCE)).isEqualTo(random(3));
		assertThat(sent).succeedsWithin(PATIENCE);
	}

	@Test
	void messageThatWasHeardInPartIsKept() throws Exception {
		connect(64 * 1024);
		End bob = end(1, PATIENCE);
		DataOutputStream output = new DataOutputStream(this.streams.get(0).output());
		output.write(new byte[] { 1, 0, 0, 0, 1, 'a' });
		assertThatExceptionOfType(ListenTimeoutException.class)
			.isThrownBy(() -> bob.inbox.take(Duration.ofMillis(200)));
		output.write(new byte[] { 2, 0, 0, 0, 1, 'b' });
		assertThat(bob.inbox.take(PATIENCE)).asString().isEqualTo("ab");
		assertThatNoException().isThrownBy(() -> bob.close(null));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 100, 5000, 70_000, 3_000_000 })
	void passedMessagesArriveInOrderAmongOthers(int size) throws Exception {
		connect(64 * 1024);
		End alice = end(0, PATIENCE);
		End bob = end(1, PATIENCE);
		byte[] message = random(size + 7);
		Future<?> sent = this.executor.submit(() -> {
			for (int i = 0; i < 5; i++) {
				alice.link.send(random(10), 0, 10);
				pass(alice, Arrays.copyOfRange(message, 7, 7 + size));
				pass(alice, Arrays.copyOfRange(message, 0, 0 + size));
			}
			alice.link.awaitReceived();
		});
		for (int i = 0; i < 5; i++) {
			assertThat(bob.inbox.take(PATIENCE)).isEqualTo(random(10));
			assertThat(bob.inbox.take(PATIENCE)).isEqualTo(Arrays.copyOfRange(message, 7, size + 7));
			try (InputStream passed = bob.inbox.open(PATIENCE, COUNT_NOTHING)) {
				assertThat(passed.readAllBytes()).isEqualTo(Arrays.copyOf(message, size));
			}
		}
		assertThat(sent).succeedsWithin(PATIENCE);
	}

	/**
	 * The other end would take the next message for the rest of it.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 0, 200_000 })
	void messageThatCanNotBeReadToItsEndEndsTheConversation(int there) throws Exception {
		connect(64 * 1024);
		End alice = end(0, PATIENCE);
		End bob = end(1, PATIENCE);
		InputStream message = new ByteArrayInputStream(random(there));
		Future<?> sent = this.executor.submit(() -> alice.link.pass(Channels.newChannel(message), 1_000_000));
		assertThatExceptionOfType(ConversationLostException.class).isThrownBy(() -> bob.inbox.take(PATIENCE));
		assertThat(sent).failsWithin(PATIENCE)
			.withThrowableThat()
			.withCauseInstanceOf(TransmissionException.class)
			.withMessageContaining("What is to be said can not be read: It is shorter than was said");
		assertThat(alice.link.isOpen()).isFalse();
		Awaitility.await().until(() -> alice.stream.isClosed() && bob.stream.isClosed());
	}

	@Test
	void nothingOfAPassedMessageIsKeptBeforeSomebodyListens() throws Exception {
		connect(64 * 1024);
		End alice = end(0, PATIENCE);
		End bob = end(1, PATIENCE);
		byte[] message = random(20_000_000);
		Future<?> sent = this.executor.submit(() -> pass(alice, message));
		assertThat(sent).failsWithin(Duration.ofMillis(300));
		try (InputStream passed = bob.inbox.open(PATIENCE, COUNT_NOTHING)) {
			assertThat(passed.readAllBytes()).isEqualTo(message);
		}
		assertThat(sent).succeedsWithin(PATIENCE);
	}

	@Test
	void restOfAPassedMessageThatIsNotWantedIsSkipped() throws Exception {
		connect(64 * 1024);
		End alice = end(0, PATIENCE);
		End bob = end(1, PATIENCE);
		Future<?> sent = this.executor.submit(() -> {
			pass(alice, random(3_000_000));
			alice.link.send(random(3), 0, 3);
			alice.link.awaitReceived();
		});
		try (InputStream message = bob.inbox.open(PATIENCE, COUNT_NOTHING)) {
			assertThat(message.readNBytes(3)).isEqualTo(Arrays.copyOf(random(3_000_000), 3));
		}
		assertThat(bob.inbox.take(PATIENCE)).isEqualTo(random(3));
		assertThat(sent).succeedsWithin(PATIENCE);
	}

	@Test
	void passedMessageThatIsTooLongToBePutTogetherIsAnError() throws Exception {
		connect(64 * 1024);
		DataOutputStream output = new DataOutputStream(this.streams.get(0).output());
		End bob = end(1, PATIENCE);
		output.writeByte(7);
		output.writeInt(Integer.MAX_VALUE);
		assertThatExceptionOfType(MessageTooLargeException.class).isThrownBy(() -> bob.inbox.take(PATIENCE));
	}

	/**
	 * The reason comes after all that the other end still sends, which is thrown away.
	 */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void closingWhileAMessageIsPassedIsTold(boolean listening) throws Exception {
		connect(64 * 1024);
		End alice = end(0, PATIENCE);
		End bob = end(1, PATIENCE);
		Future<?> sent = this.executor.submit(() -> {
			byte[] message = random(1_000_000);
			while (true) {
				pass(alice, message);
			}
		});
		InputStream message = bob.inbox.open(PATIENCE, COUNT_NOTHING);
		if (listening) {
			message.readNBytes(1000);
		}
		bob.close(RefusalReason.FAILED);
		assertThatExceptionOfType(IOException.class).isThrownBy(message::readAllBytes);
		assertThatExceptionOfType(TransmissionRefusedException.class).isThrownBy(() -> alice.inbox.take(PATIENCE));
		assertThat(sent).failsWithin(PATIENCE)
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(TransmissionRefusedException.class);
		Awaitility.await().until(() -> alice.stream.isClosed() && bob.stream.isClosed());
	}

	@Test
	void passedMessageThatBreaksOffIsALoss() throws Exception {
		connect(64 * 1024);
		End bob = end(1, PATIENCE);
		DataOutputStream output = new DataOutputStream(this.streams.get(0).output());
		output.write(new byte[] { 7, 0, 0, 0, 9, 'a', 'b' });
		try (InputStream message = bob.inbox.open(PATIENCE, COUNT_NOTHING)) {
			assertThat(message.readNBytes(2)).asString().isEqualTo("ab");
			this.streams.get(0).close();
			assertThatExceptionOfType(IOException.class).isThrownBy(message::read);
		}
		assertThatExceptionOfType(ConversationLostException.class).isThrownBy(() -> bob.inbox.take(PATIENCE));
	}

	@Test
	void passedMessageThatPausesIsALoss() throws Exception {
		connect(64 * 1024);
		End bob = end(1, Duration.ofMillis(200));
		new DataOutputStream(this.streams.get(0).output()).write(new byte[] { 7, 0, 0, 0, 9, 'a', 'b' });
		assertThatExceptionOfType(ConversationLostException.class).isThrownBy(() -> bob.inbox.take(PATIENCE));
		Awaitility.await().until(bob.stream::isClosed);
	}

	@Test
	void messageWithinAnotherEndsTheConversation() throws Exception {
		connect(64 * 1024);
		End bob = end(1, PATIENCE);
		new DataOutputStream(this.streams.get(0).output()).write(new byte[] { 1, 0, 0, 0, 1, 'a', 7, 0, 0, 0, 1, 'b' });
		assertThatExceptionOfType(ConversationLostException.class).isThrownBy(() -> bob.inbox.take(PATIENCE));
	}

	private static void assertEnded(End end, Reason reason) {
		assertThatExceptionOfType(ConversationEndedException.class).isThrownBy(() -> end.inbox.take(PATIENCE))
			.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(reason));
	}

	private static void pass(End end, byte[] message) {
		end.link.pass(Channels.newChannel(new ByteArrayInputStream(message)), message.length);
	}

	private static byte[] random(int size) {
		byte[] bytes = new byte[size];
		new Random(size).nextBytes(bytes);
		return bytes;
	}

	private record End(DirectLink link, Inbox inbox, SocketStream stream) {

		void close(RefusalReason failure) {
			this.link.close(failure, () -> new ConversationEndedException(SocketStream.PEER, Reason.CLOSED));
		}

	}

}
