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

package io.github.ipfstoolkit.transmission.file;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.ipfstoolkit.testsupport.KuboTestNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Large files over each transport, on connections that hold and on such that break.
 */
@Tag("long")
@ParameterizedClass
@ValueSource(strings = { KuboTestNode.TCP, KuboTestNode.QUIC })
class FileResumptionIT {

	private static final int LARGE = 64 * 1024 * 1024;

	private final String transport;

	@TempDir
	private Path directory;

	private FilePeers peers;

	FileResumptionIT(String transport) {
		this.transport = transport;
	}

	@BeforeEach
	void startNodes() {
		this.peers = new FilePeers(this.directory, this.transport);
	}

	@AfterEach
	void stopNodes() {
		this.peers.close();
	}

	@Test
	void fileArrives() throws Exception {
		FileReceipt receipt = send(() -> {
		});
		assertThat(receipt.resumedAt()).isZero();
	}

	@Test
	void transferGoesOnWhenTheReceiversNodeWasKilled() throws Exception {
		goesOnAfter(() -> killAndReconnect(this.peers.nodes.bob));
	}

	@Test
	void transferGoesOnWhenTheSendersNodeWasKilled() throws Exception {
		goesOnAfter(() -> killAndReconnect(this.peers.nodes.alice));
	}

	@Test
	void transferGoesOnWhenItsStreamsWereReset() throws Exception {
		goesOnAfter(() -> this.peers.nodes.alice.run("p2p", "stream", "close", "--all"));
	}

	private void killAndReconnect(KuboTestNode node) {
		node.killAndRestart();
		this.peers.nodes.alice.connectTo(this.peers.nodes.bob);
	}

	private void goesOnAfter(Runnable mishap) throws Exception {
		FileReceipt receipt = send(mishap);
		System.out.printf("[figures] %s: %d of %d bytes were not sent again%n", this.transport, receipt.resumedAt(),
				LARGE);
		assertThat(receipt.resumedAt()).isBetween(LARGE / 4L, (long) LARGE);
	}

	/**
	 * Sends a file, and lets something happen in the middle of it.
	 */
	private FileReceipt send(Runnable mishap) throws Exception {
		Path file = this.peers.file("large.bin", LARGE);
		AtomicBoolean happened = new AtomicBoolean();
		try (FileReceiver receiver = this.peers.listen("files")) {
			FileReceipt receipt = this.peers.files.sendFile(this.peers.nodes.bobsId, receiver.listener(), file,
					FileOptions.defaults().withRetries(20).withProgress((progress) -> {
						if (progress.bytes() > LARGE / 2 && happened.compareAndSet(false, true)) {
							mishap.run();
						}
					}));
			ReceivedFile received = this.peers.received.remove();
			assertThat(received.path()).hasSameBinaryContentAs(file);
			assertThat(received.sha256()).isEqualTo(FilePeers.sha256(file)).isEqualTo(receipt.sha256());
			this.peers.nodes.alice.awaitConnection(this.peers.nodes.bob, this.transport);
			assertThat(this.peers.received).isEmpty();
			assertThat(this.peers.parts()).isEmpty();
			return receipt;
		}
	}

}
