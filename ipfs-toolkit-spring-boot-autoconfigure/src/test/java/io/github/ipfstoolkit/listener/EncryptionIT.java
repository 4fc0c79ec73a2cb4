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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.ipfstoolkit.annotation.IpfsConversationListener;
import io.github.ipfstoolkit.annotation.IpfsFileListener;
import io.github.ipfstoolkit.annotation.IpfsListener;
import io.github.ipfstoolkit.testsupport.KuboTestNode;
import io.github.ipfstoolkit.testsupport.PeerApplication;
import io.github.ipfstoolkit.transmission.DecryptionException;
import io.github.ipfstoolkit.transmission.RefusalReason;
import io.github.ipfstoolkit.transmission.TransmissionRefusedException;
import io.github.ipfstoolkit.transmission.conversation.Conversation;
import io.github.ipfstoolkit.transmission.conversation.ConversationOperations;
import io.github.ipfstoolkit.transmission.file.FileRefusedException;
import io.github.ipfstoolkit.transmission.file.FileTransferOperations;
import io.github.ipfstoolkit.transmission.file.ReceivedFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@code ipfs.transmission.encryption.key}: applications that have the
 * listener's key, another, or none.
 */
@Timeout(180)
class EncryptionIT {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final KuboTestNode aliceNode = KuboTestNode.start();

	private static final KuboTestNode bobNode = KuboTestNode.start();

	@TempDir
	private static Path directory;

	/**
	 * By whose key they have.
	 */
	private static final Map<String, ConfigurableApplicationContext> alices = new HashMap<>();

	private static ConfigurableApplicationContext bob;

	@BeforeAll
	static void start() {
		aliceNode.connectTo(bobNode);
		bob = application(bobNode, Listeners.class, "bob", key(1));
		alices.put("the same", application(aliceNode, Sending.class, "alice", key(1)));
		alices.put("another", application(aliceNode, Sending.class, "alice", key(2)));
		alices.put("no", application(aliceNode, Sending.class, "alice", null));
	}

	@AfterAll
	static void stop() {
		alices.values().forEach(ConfigurableApplicationContext::close);
		bob.close();
		aliceNode.close();
		bobNode.close();
	}

	private static String key(int seed) {
		byte[] key = new byte[32];
		Arrays.fill(key, (byte) seed);
		return Base64.getEncoder().encodeToString(key);
	}

	private static ConfigurableApplicationContext application(KuboTestNode node, Class<?> source, String name,
			@Nullable String key) {
		SpringApplicationBuilder builder = new SpringApplicationBuilder(source).web(WebApplicationType.NONE)
			.properties("ipfs.api.url=" + node.endpoint().uri(), "ipfs.data-directory=" + directory.resolve(name),
					"ipfs.contacts.store=memory", "ipfs.transmission.files.min-free-space=0");
		if (key != null) {
			builder.properties("ipfs.transmission.encryption.key=" + key);
		}
		return builder.run();
	}

	@Test
	void everythingIsUnderstoodWithTheSameKey() throws Exception {
		Listeners listeners = bob.getBean(Listeners.class);
		ConfigurableApplicationContext alice = alices.get("the same");
		ConversationOperations conversations = alice.getBean(ConversationOperations.class);
		try (Conversation conversation = conversations.startConversation(bobNode.peerId(), "talk")) {
			conversation.say("hush");
			assertThat(conversation.listenText(PATIENCE)).isEqualTo("hush");
		}
		assertThat(conversations.sendAndReceive(bobNode.peerId(), "upper", "hush", String.class, PATIENCE))
			.isEqualTo("HUSH");
		send(alice, "same.txt");
		assertThat(listeners.files.poll(30, TimeUnit.SECONDS).path()).hasContent("hush");
		assertThat(listeners.failures).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "another", "no" })
	void conversationFailsAtBothEndsWithoutTheListenersKey(String keys) throws Exception {
		Listeners listeners = bob.getBean(Listeners.class);
		ConfigurableApplicationContext alice = alices.get(keys);
		ConversationOperations conversations = alice.getBean(ConversationOperations.class);
		try (Conversation conversation = conversations.startConversation(bobNode.peerId(), "talk")) {
			conversation.say("hush");
			assertUndecryptable(() -> conversation.listen(PATIENCE));
		}
		assertThat(listeners.failures.poll(30, TimeUnit.SECONDS)).isInstanceOf(DecryptionException.class);
		assertUndecryptable(
				() -> conversations.sendAndReceive(bobNode.peerId(), "upper", "hush", String.class, PATIENCE));
		assertThat(listeners.requests).isEmpty();
	}

	@Test
	void whatTheListenerSaysFailsAtTheStarterWithAnotherKey() throws Exception {
		try (Conversation conversation = alices.get("another")
			.getBean(ConversationOperations.class)
			.startConversation(bobNode.peerId(), "greet")) {
			assertThatExceptionOfType(DecryptionException.class).isThrownBy(() -> conversation.listen(PATIENCE));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "another", "no" })
	void fileIsRefusedWithoutTheListenersKey(String keys) throws Exception {
		Listeners listeners = bob.getBean(Listeners.class);
		ConfigurableApplicationContext alice = alices.get(keys);
		assertThatExceptionOfType(FileRefusedException.class).isThrownBy(() -> send(alice, keys + ".txt"))
			.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(RefusalReason.UNDECRYPTABLE));
		assertThat(listeners.files).isEmpty();
		try (Stream<Path> files = Files.walk(directory.resolve("bob"))) {
			assertThat(files).noneMatch((file) -> file.getFileName().toString().contains(keys));
		}
	}

	private static void send(ConfigurableApplicationContext alice, String name) throws IOException {
		Path file = Files.writeString(directory.resolve(name), "hush");
		alice.getBean(FileTransferOperations.class).sendFile(bobNode.peerId(), "files", file);
	}

	private static void assertUndecryptable(Runnable saying) {
		assertThatExceptionOfType(TransmissionRefusedException.class).isThrownBy(saying::run)
			.withMessageContaining("ipfs.transmission.encryption.key")
			.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(RefusalReason.UNDECRYPTABLE));
	}

	@PeerApplication
	static class Sending {

	}

	@PeerApplication
	static class Listeners {

		final BlockingQueue<RuntimeException> failures = new LinkedBlockingQueue<>();

		final BlockingQueue<String> requests = new LinkedBlockingQueue<>();

		final BlockingQueue<ReceivedFile> files = new LinkedBlockingQueue<>();

		@IpfsConversationListener("talk")
		void talk(Conversation conversation) {
			try {
				conversation.say(conversation.listen(PATIENCE));
			}
			catch (DecryptionException ex) {
				this.failures.add(ex);
				throw ex;
			}
		}

		@IpfsConversationListener("greet")
		String greet(Conversation conversation) {
			return "hello";
		}

		@IpfsListener("upper")
		String upper(String text) {
			if (!text.equals("hush")) {
				this.requests.add(text);
			}
			return text.toUpperCase();
		}

		@IpfsFileListener("files")
		void onFile(ReceivedFile file) {
			this.files.add(file);
		}

	}

}
