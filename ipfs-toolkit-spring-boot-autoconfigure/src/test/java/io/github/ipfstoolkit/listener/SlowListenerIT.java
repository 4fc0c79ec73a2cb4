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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.ipfstoolkit.p2p.SwarmPeerDirectory;
import io.github.ipfstoolkit.transmission.SenderOptions;
import io.github.ipfstoolkit.transmission.TransmissionRefusedException;
import io.github.ipfstoolkit.transmission.TransmissionTemplate;
import io.github.ipfstoolkit.transmission.TransmissionTimeoutException;
import io.github.ipfstoolkit.transmission.conversation.Conversation;
import io.github.ipfstoolkit.transmission.conversation.ConversingPeers;
import io.github.ipfstoolkit.transmission.file.FileOptions;
import io.github.ipfstoolkit.transmission.file.FileTransferTemplate;
import io.github.ipfstoolkit.transmission.file.TooManyTransfersException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Listeners that are slower than their senders, block or throw, in an application with
 * little memory: the others go on.
 */
@Tag("long")
class SlowListenerIT {

	private static final int SENDERS = 32;

	private static final int MESSAGES = 320;

	private static final byte[] MEGABYTE = new byte[1_000_000];

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final ConversingPeers peers = new ConversingPeers();

	private final TransmissionTemplate transmissions = new TransmissionTemplate(this.peers.alicesTunnels,
			new SwarmPeerDirectory(this.peers.alice.kubo(), Duration.ofSeconds(10)),
			new SenderOptions(Duration.ofSeconds(20), 3, SENDERS, Duration.ofSeconds(30)), JsonMapper.builder().build(),
			List.of());

	private final FileTransferTemplate files = new FileTransferTemplate(this.peers.alices, null,
			FileTransferTemplate.DEFAULT_BLOCK_SIZE, 0, List.of());

	private final ExecutorService senders = Executors.newCachedThreadPool();

	@TempDir
	private Path directory;

	private NotingProcess application;

	@BeforeEach
	void start() throws IOException {
		this.application = NotingProcess.start(this.peers.bob, this.directory, "-Xmx64m", "-XX:+ExitOnOutOfMemoryError",
				"-Dipfs.transmission.max-message-size=4MB", "-Dipfs.transmission.read-timeout=10s");
	}

	@AfterEach
	void stop() {
		this.senders.shutdownNow();
		this.transmissions.stop();
		this.application.kill();
		this.peers.close();
	}

	@Test
	void memoryStaysFlatAndOthersGoOn() throws Exception {
		send("memory", "start");
		Future<Throwable> message = fail(() -> send("blocked", "first"));
		Path file = Files.write(this.directory.resolve("file"), MEGABYTE);
		Future<Throwable> held = fail(() -> sendFile(file));
		awaitNotes("blocked", "blocked file");
		Conversation conversation = this.peers.alices.startConversation(this.peers.bobsId, "blocked-talk");
		Future<Throwable> waiting = fail(() -> sendFile(file));
		awaitNotes("blocked conversation");
		List<Future<?>> sending = new ArrayList<>();
		for (int i = 0; i < SENDERS; i++) {
			String listener = (i % 2 == 0) ? "slow" : "later";
			sending.add(this.senders.submit(() -> {
				for (int j = 0; j < MESSAGES / SENDERS; j++) {
					this.transmissions.send(this.peers.bobsId, listener, MEGABYTE);
				}
			}));
		}
		long[] millis = new long[50];
		for (int i = 0; i < millis.length; i++) {
			millis[i] = send("numbers", "meanwhile");
			assertThatExceptionOfType(TransmissionRefusedException.class).isThrownBy(() -> send("throwing", "text"));
			if (i == millis.length / 2) {
				send("memory", "meanwhile");
			}
		}
		Arrays.sort(millis);
		// the one who waits for a seat is refused
		assertThatExceptionOfType(TransmissionRefusedException.class)
			.isThrownBy(() -> this.peers.alices.startConversation(this.peers.bobsId, "blocked-talk",
					this.peers.alices.options().withTimeout(Duration.ofSeconds(20))));
		for (Future<?> sender : sending) {
			sender.get(60, TimeUnit.SECONDS);
		}
		Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
			assertThat(notes("slow 1000000")).hasSize(MESSAGES / 2);
			assertThat(notes("later 1000000")).hasSize(MESSAGES / 2);
		});
		send("memory", "end");
		System.out.printf("%d MB taken by listeners that are slower than their %d senders, with a heap of 64 MB, while "
				+ "a message, a file and a conversation were held up for ever; meanwhile messages to another took "
				+ "%d ms (median), %d ms at most; in use, in MB: %s%n", MESSAGES, SENDERS, millis[millis.length / 2],
				millis[millis.length - 1], notes("memory"));
		assertThat(megabytes("end")).isLessThanOrEqualTo(megabytes("start") + 8);
		assertThat(message.get(60, TimeUnit.SECONDS)).isInstanceOf(TransmissionTimeoutException.class);
		assertThat(held.get(60, TimeUnit.SECONDS)).isInstanceOf(TransmissionTimeoutException.class);
		assertThat(waiting.get(60, TimeUnit.SECONDS)).isInstanceOf(TooManyTransfersException.class);
		assertThat(notes("blocked")).hasSize(3);
		assertThat(this.application.isAlive()).isTrue();
		conversation.close();
	}

	private long send(String listener, String text) {
		return this.transmissions.send(this.peers.bobsId, listener, text).duration().toMillis();
	}

	private void sendFile(Path file) {
		this.files.sendFile(this.peers.bobsId, "blocked-files", file,
				FileOptions.defaults().withTimeout(Duration.ofSeconds(20)));
	}

	/**
	 * Does what will not succeed.
	 */
	private Future<Throwable> fail(ThrowingCallable call) {
		return this.senders.submit(() -> catchThrowable(call));
	}

	private void awaitNotes(String... notes) {
		Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(this.application.notes()).contains(notes));
	}

	private List<String> notes(String start) throws IOException {
		return this.application.notes().stream().filter((note) -> note.startsWith(start)).toList();
	}

	private int megabytes(String when) throws IOException {
		String note = notes("memory " + when).get(0);
		return Integer.parseInt(note.substring(note.lastIndexOf(' ') + 1));
	}

}
