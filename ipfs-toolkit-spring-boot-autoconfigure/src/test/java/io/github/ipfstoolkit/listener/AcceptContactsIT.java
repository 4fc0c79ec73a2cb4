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

package io.github.ipfstoolkit.listener;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.annotation.IpfsConversationListener;
import io.github.ipfstoolkit.annotation.IpfsFileListener;
import io.github.ipfstoolkit.annotation.IpfsListener;
import io.github.ipfstoolkit.contacts.ContactOperations;
import io.github.ipfstoolkit.testsupport.KuboTestNode;
import io.github.ipfstoolkit.testsupport.PeerApplication;
import io.github.ipfstoolkit.transmission.RefusalReason;
import io.github.ipfstoolkit.transmission.TransmissionOperations;
import io.github.ipfstoolkit.transmission.TransmissionRefusedException;
import io.github.ipfstoolkit.transmission.buffer.BufferBrokenException;
import io.github.ipfstoolkit.transmission.buffer.BufferOperations;
import io.github.ipfstoolkit.transmission.buffer.BufferReceiver;
import io.github.ipfstoolkit.transmission.buffer.BufferSender;
import io.github.ipfstoolkit.transmission.conversation.Conversation;
import io.github.ipfstoolkit.transmission.conversation.ConversationOperations;
import io.github.ipfstoolkit.transmission.file.FileTransferOperations;
import io.github.ipfstoolkit.transmission.file.ReceivedFile;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@code ipfs.transmission.accept=contacts}, for all that a peer can send.
 */
@Timeout(180)
class AcceptContactsIT {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);

	@TempDir
	private Path directory;

	@Test
	void strangerIsRefusedAndAContactIsAccepted() throws Exception {
		try (KuboTestNode aliceNode = KuboTestNode.start();
				KuboTestNode bobNode = KuboTestNode.start();
				ConfigurableApplicationContext alice = application(Sending.class, aliceNode, "alice");
				ConfigurableApplicationContext bob = application(Listeners.class, bobNode, "bob",
						"ipfs.transmission.accept=contacts");
				BufferReceiver buffers = bob.getBean(BufferOperations.class)
					.listen("buffers", (stream) -> bob.getBean(Listeners.class).taken
						.add("buffers " + new String(stream.input().readAllBytes(), StandardCharsets.UTF_8)))) {
			aliceNode.connectTo(bobNode);
			Listeners listeners = bob.getBean(Listeners.class);
			PeerId peer = bobNode.peerId();
			assertForbidden(() -> alice.getBean(TransmissionOperations.class).send(peer, "chat", HELLO));
			assertForbidden(() -> alice.getBean(ConversationOperations.class).startConversation(peer, "talk"));
			assertForbidden(() -> alice.getBean(ConversationOperations.class)
				.sendAndReceive(peer, "upper", HELLO, String.class, PATIENCE));
			assertForbidden(() -> sendFile(alice, peer));
			// raw buffers know no refusal: the stream ends
			// a sender waits a while for that
			Awaitility.await()
				.atMost(PATIENCE)
				.untilAsserted(() -> assertThatExceptionOfType(BufferBrokenException.class)
					.isThrownBy(() -> sendBuffers(alice, peer)));
			assertThat(listeners.taken).isEmpty();

			bob.getBean(ContactOperations.class).add("alice", aliceNode.peerId());
			// a decision counts for a second
			Awaitility.await()
				.atMost(PATIENCE)
				.ignoreExceptionsInstanceOf(TransmissionRefusedException.class)
				.untilAsserted(() -> alice.getBean(TransmissionOperations.class).send(peer, "chat", HELLO));
			assertThat(next(listeners)).isEqualTo("chat hello");
			try (Conversation conversation = alice.getBean(ConversationOperations.class)
				.startConversation(peer, "talk")) {
				conversation.say(HELLO);
				assertThat(next(listeners)).isEqualTo("talk hello");
			}
			assertThat(alice.getBean(ConversationOperations.class)
				.sendAndReceive(peer, "upper", HELLO, String.class, PATIENCE)).isEqualTo("HELLO");
			assertThat(next(listeners)).isEqualTo("upper hello");
			sendFile(alice, peer);
			assertThat(next(listeners)).isEqualTo("files hello.txt");
			sendBuffers(alice, peer);
			assertThat(next(listeners)).isEqualTo("buffers hello");
			assertThat(listeners.taken).isEmpty();
		}
	}

	private ConfigurableApplicationContext application(Class<?> source, KuboTestNode node, String name,
			String... properties) {
		return new SpringApplicationBuilder(source).web(WebApplicationType.NONE)
			.properties("ipfs.api.url=" + node.endpoint().uri(), "ipfs.data-directory=" + this.directory.resolve(name),
					"ipfs.contacts.store=memory", "ipfs.transmission.files.min-free-space=0",
					"ipfs.transmission.buffer.linger=3s")
			.properties(properties)
			.run();
	}

	private static String next(Listeners listeners) throws InterruptedException {
		return listeners.taken.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
	}

	private static void assertForbidden(ThrowingCallable sending) {
		assertThatExceptionOfType(TransmissionRefusedException.class).isThrownBy(sending)
			.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(RefusalReason.FORBIDDEN));
	}

	private void sendFile(ConfigurableApplicationContext alice, PeerId peer) throws IOException {
		Path file = Files.write(this.directory.resolve("hello.txt"), HELLO);
		alice.getBean(FileTransferOperations.class).sendFile(peer, "files", file);
	}

	private static void sendBuffers(ConfigurableApplicationContext alice, PeerId peer) throws Exception {
		try (BufferSender sender = alice.getBean(BufferOperations.class).open(peer, "buffers")) {
			sender.write(HELLO);
		}
	}

	@PeerApplication
	static class Sending {

	}

	@PeerApplication
	static class Listeners {

		final BlockingQueue<String> taken = new LinkedBlockingQueue<>();

		@IpfsListener("chat")
		void chat(String message) {
			this.taken.add("chat " + message);
		}

		@IpfsConversationListener("talk")
		void talk(Conversation conversation) {
			this.taken.add("talk " + conversation.listenText(PATIENCE));
		}

		@IpfsListener("upper")
		String upper(String text) {
			this.taken.add("upper " + text);
			return text.toUpperCase();
		}

		@IpfsFileListener("files")
		void onFile(ReceivedFile file) {
			this.taken.add("files " + file.name());
		}

	}

}
