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

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.testsupport.PythonPeer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Messages to and from the Python IPFS-Toolkit 0.5.33. Java is on Alice's node when it
 * sends and on Bob's when it receives; Python is on the other one.
 */
@EnabledIfEnvironmentVariable(named = PythonPeer.VARIABLE, matches = ".+")
class PythonInteropIT {

	private static TwoPeers peers;

	@BeforeAll
	static void startNodes() {
		peers = new TwoPeers();
	}

	@AfterAll
	static void stopNodes() {
		peers.close();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("messages")
	void pythonReceivesWhatJavaSends(String name, byte[] message) throws Exception {
		PeerId bob = peers.bob.kubo().node().id().block().id();
		PeerId alice = peers.alice.kubo().node().id().block().id();
		try (PythonPeer python = PythonPeer.start(peers.bob, "receive.py", "to-python")) {
			python.awaitLine("listening");
			Receipt receipt = peers.transmissions.send(bob, "to-python", message);
			assertThat(receipt.bytes()).isEqualTo(message.length);
			assertThat(python.awaitLine("received"))
				.isEqualTo("received %s %d %s".formatted(alice, message.length, sha256(message)));
		}
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("messages")
	void javaReceivesWhatPythonSends(String name, byte[] message) throws Exception {
		PeerId bob = peers.bob.kubo().node().id().block().id();
		PeerId alice = peers.alice.kubo().node().id().block().id();
		BlockingQueue<PeerId> senders = new LinkedBlockingQueue<>();
		BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
		try (TransmissionReceiver receiver = peers.receivers.open("from-python", peers.options(4), (transmission) -> {
			senders.add(transmission.sender());
			received.add(transmission.bytes());
		}); PythonPeer python = PythonPeer.start(peers.alice, "send.py", bob.toString(), receiver.listener())) {
			python.input(message);
			assertThat(python.awaitLine("sent")).isEqualTo("sent");
			assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo(message);
			assertThat(senders.poll(10, TimeUnit.SECONDS)).isEqualTo(alice);
		}
	}

	@Test
	void emptyMessageToPythonIsRefusedBeforeItHangs() throws Exception {
		try (PythonPeer python = PythonPeer.start(peers.bob, "receive.py", "empty")) {
			python.awaitLine("listening");
			PeerId bob = peers.bob.peerId();
			assertThatExceptionOfType(EmptyMessageException.class)
				.isThrownBy(() -> peers.transmissions.send(bob, "empty", ""));
			peers.transmissions.send(bob, "empty", "x");
			assertThat(python.awaitLine("received")).contains(" 1 ");
		}
	}

	@Test
	void pythonIsServedWhileAStandingChannelIsOpen() throws Exception {
		PeerId bob = peers.bob.peerId();
		BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
		try (TransmissionReceiver receiver = peers.receivers.open("both", peers.options(1),
				(transmission) -> received.add(transmission.bytes()))) {
			peers.transmissions.send(bob, "both", "java");
			try (PythonPeer python = PythonPeer.start(peers.alice, "send.py", bob.toString(), receiver.listener())) {
				python.input("python".getBytes(StandardCharsets.US_ASCII)).awaitLine("sent");
			}
			peers.transmissions.send(bob, "both", "java again");
			assertThat(received).extracting(String::new).containsExactly("java", "python", "java again");
		}
	}

	@Test
	void pythonLearnsThatItsMessageWasNotHandled() throws Exception {
		try (TransmissionReceiver receiver = peers.receivers.open("failing", peers.options(1), (transmission) -> {
			throw new IllegalStateException("broken");
		}); PythonPeer python = PythonPeer.start(peers.alice, "send.py", peers.bob.peerId().toString(), "failing")) {
			python.input(new byte[1]);
			assertThat(python.awaitLine("ipfs_tk_transmission.errors")).contains("UnreadableReply");
		}
	}

	static Stream<Arguments> messages() {
		return Stream.concat(Stream.of(1, 254, 255, 65_025, 1_000_000).map((size) -> {
			byte[] message = new byte[size];
			new Random(size).nextBytes(message);
			return arguments(size + " bytes", message);
		}), Stream.of(arguments("unicode text", "Grüße, 你好, 🚀 \u0000".getBytes(StandardCharsets.UTF_8))));
	}

	private static String sha256(byte[] bytes) throws Exception {
		return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
	}

}
