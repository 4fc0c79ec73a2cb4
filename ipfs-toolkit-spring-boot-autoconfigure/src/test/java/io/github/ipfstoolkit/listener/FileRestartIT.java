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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import io.github.ipfstoolkit.transmission.conversation.ConversingPeers;
import io.github.ipfstoolkit.transmission.file.FileOptions;
import io.github.ipfstoolkit.transmission.file.FileProgress;
import io.github.ipfstoolkit.transmission.file.FileReceipt;
import io.github.ipfstoolkit.transmission.file.FileTransferTemplate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The receiving application is killed, or stopped as an operator would, in the middle of
 * a file, and started again.
 */
@Tag("long")
class FileRestartIT {

	private static final int SIZE = 64 * 1024 * 1024;

	private final AtomicBoolean ended = new AtomicBoolean();

	private final CompletableFuture<NotingProcess> next = new CompletableFuture<>();

	@TempDir
	private Path directory;

	@ParameterizedTest
	@CsvSource({ "tcp, true", "quic-v1, true", "tcp, false" })
	@Timeout(180)
	void transferGoesOnInTheNextRun(String transport, boolean killed) throws Exception {
		byte[] content = new byte[SIZE];
		new Random(SIZE).nextBytes(content);
		Path file = Files.write(this.directory.resolve("large.bin"), content);
		try (ConversingPeers peers = new ConversingPeers(transport)) {
			NotingProcess first = start(peers);
			FileTransferTemplate files = new FileTransferTemplate(peers.alices, null,
					FileTransferTemplate.DEFAULT_BLOCK_SIZE, FileTransferTemplate.DEFAULT_RETRIES, List.of());
			FileReceipt receipt = files.sendFile(peers.bobsId, "files", file,
					FileOptions.defaults()
						.withRetries(30)
						.withProgress((state) -> restart(state, peers, first, killed)));
			NotingProcess second = this.next.get();
			System.out.printf("%s: %d bytes, of which %d had arrived before the application was %s%n", transport,
					receipt.size(), receipt.resumedAt(), killed ? "killed" : "stopped");
			peers.alice.awaitConnection(peers.bob, transport);
			assertThat(receipt.resumedAt()).isBetween(SIZE / 8L, SIZE - 1L);
			assertThat(second.notes()).containsExactly("large.bin " + receipt.sha256());
			assertThat(this.directory.resolve("files/large.bin")).hasSameBinaryContentAs(file);
			second.kill();
		}
	}

	private NotingProcess start(ConversingPeers peers) {
		try {
			return NotingProcess.start(peers.bob, this.directory, "-Dipfs.listener.shutdown-timeout=1s");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private long arrived() throws IOException {
		try (Stream<Path> files = Files.walk(this.directory.resolve("files/.parts"))) {
			return files.filter(Files::isRegularFile).mapToLong((file) -> file.toFile().length()).sum();
		}
	}

	/**
	 * Ends the application at half of the file, and starts another one while the sender
	 * looks for it.
	 */
	private void restart(FileProgress state, ConversingPeers peers, NotingProcess application, boolean killed) {
		if (state.bytes() < SIZE / 2 || !this.ended.compareAndSet(false, true)) {
			return;
		}
		// much of what was sent may still be on its way
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> arrived() >= SIZE / 8);
		if (killed) {
			application.kill();
		}
		else {
			application.stop();
		}
		this.next.completeAsync(() -> start(peers), peers.executor);
	}

}
