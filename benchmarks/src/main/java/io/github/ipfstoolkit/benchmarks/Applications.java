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
package io.github.ipfstoolkit.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.p2p.SwarmPeerDirectory;
import io.github.ipfstoolkit.p2p.TunnelForward;
import io.github.ipfstoolkit.p2p.TunnelListener;
import io.github.ipfstoolkit.p2p.TunnelOptions;
import io.github.ipfstoolkit.p2p.TunnelStream;
import io.github.ipfstoolkit.p2p.TunnelTemplate;
import io.github.ipfstoolkit.rpc.RpcEndpoint;
import io.github.ipfstoolkit.rpc.http.KuboHttpClient;
import io.github.ipfstoolkit.transmission.ReceiverOptions;
import io.github.ipfstoolkit.transmission.SenderOptions;
import io.github.ipfstoolkit.transmission.TransmissionHandler;
import io.github.ipfstoolkit.transmission.TransmissionReceiver;
import io.github.ipfstoolkit.transmission.TransmissionTemplate;
import io.github.ipfstoolkit.transmission.TunnelTransmissionReceivers;
import io.github.ipfstoolkit.transmission.conversation.ConversationOptions;
import io.github.ipfstoolkit.transmission.conversation.ConversationTemplate;
import io.github.ipfstoolkit.transmission.file.ConversationFileReceivers;
import io.github.ipfstoolkit.transmission.file.FileHandler;
import io.github.ipfstoolkit.transmission.file.FileReceiverOptions;
import io.github.ipfstoolkit.transmission.file.FileTransferOperations;
import io.github.ipfstoolkit.transmission.file.FileTransferTemplate;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.unit.DataSize;

/**
 * An application on each of the two nodes: Alice's sends, Bob's receives messages, and
 * raw bytes, which it acknowledges as a message is.
 */
final class Applications implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final byte[] ACKNOWLEDGEMENT = new byte[9];

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final Deque<AutoCloseable> opened = new ConcurrentLinkedDeque<>();

	private final KuboHttpClient alicesClient;

	private final KuboHttpClient bobsClient;

	private final TunnelTemplate alicesTunnels;

	private final TunnelTemplate bobsTunnels;

	private final PeerId bob;

	private final TransmissionTemplate transmissions;

	Applications() {
		this.opened.push(this.threads::shutdownNow);
		RpcEndpoint alicesEndpoint = RpcEndpoint.of(System.getProperty("benchmark.alice"), null);
		RpcEndpoint bobsEndpoint = RpcEndpoint.of(System.getProperty("benchmark.bob"), null);
		this.alicesClient = opened(new KuboHttpClient(() -> alicesEndpoint));
		this.bobsClient = opened(new KuboHttpClient(() -> bobsEndpoint));
		this.alicesTunnels = tunnels(this.alicesClient, alicesEndpoint);
		this.bobsTunnels = tunnels(this.bobsClient, bobsEndpoint);
		this.bob = this.bobsClient.node().id().block().id();
		this.transmissions = new TransmissionTemplate(this.alicesTunnels,
				new SwarmPeerDirectory(this.alicesClient, TIMEOUT), SenderOptions.defaults(),
				JsonMapper.builder().build(), List.of());
		this.opened.push(this.transmissions::stop);
	}

	private <T extends AutoCloseable> T opened(T resource) {
		this.opened.push(resource);
		return resource;
	}

	private TunnelTemplate tunnels(KuboHttpClient client, RpcEndpoint endpoint) {
		TunnelTemplate tunnels = new TunnelTemplate(client, () -> endpoint.uri().getHost(), TunnelOptions.defaults());
		this.opened.push(tunnels::stop);
		return tunnels;
	}

	/**
	 * Lets Bob receive messages.
	 * @return to be closed by the caller, or with all of this
	 */
	TransmissionReceiver receive(String listener, TransmissionHandler handler) {
		ReceiverOptions options = new ReceiverOptions(32, 64, DataSize.ofMegabytes(1), TIMEOUT, Duration.ofMinutes(1),
				this.threads);
		return opened(new TunnelTransmissionReceivers(this.bobsTunnels, List.of()).open(listener, options, handler));
	}

	/**
	 * Lets Bob receive files.
	 * @return what Alice sends them with
	 */
	FileTransferOperations receiveFiles(String listener, Path directory, FileHandler handler) {
		ReceiverOptions receiverOptions = new ReceiverOptions(4, 64, DataSize.ofMegabytes(1), TIMEOUT,
				Duration.ofMinutes(1), this.threads);
		FileReceiverOptions options = FileReceiverOptions.of(directory);
		opened(new ConversationFileReceivers(conversations(this.bobsTunnels, this.bobsClient), receiverOptions, options,
				null, List.of())
			.open(listener, receiverOptions, options, handler));
		return new FileTransferTemplate(conversations(this.alicesTunnels, this.alicesClient), null,
				FileTransferTemplate.DEFAULT_BLOCK_SIZE, 0, List.of());
	}

	private ConversationTemplate conversations(TunnelTemplate tunnels, KuboHttpClient client) {
		ConversationTemplate conversations = new ConversationTemplate(tunnels, new SwarmPeerDirectory(client, TIMEOUT),
				SenderOptions.defaults(), ConversationOptions.defaults(), JsonMapper.builder().build(), this.threads,
				List.of());
		conversations.start();
		this.opened.push(conversations::stop);
		return conversations;
	}

	TransmissionTemplate transmissions() {
		return this.transmissions;
	}

	PeerId bob() {
		return this.bob;
	}

	/**
	 * Lets Bob acknowledge raw bytes.
	 * @param size after how many bytes
	 * @return the way to him
	 */
	TunnelForward raw(String name, int size) {
		TunnelListener listener = opened(this.bobsTunnels.listen(name));
		this.threads.execute(() -> accept(listener, size));
		return opened(this.alicesTunnels.forward(this.bob, name));
	}

	TunnelStream open(TunnelForward raw) throws IOException {
		return opened(raw.open(TIMEOUT));
	}

	private void accept(TunnelListener listener, int size) {
		try {
			while (true) {
				TunnelStream stream = listener.accept();
				this.threads.execute(() -> acknowledge(stream, size));
			}
		}
		catch (IOException ex) {
			// the benchmark is over
		}
	}

	private static void acknowledge(TunnelStream stream, int size) {
		try (stream) {
			stream.peer();
			InputStream input = stream.input();
			byte[] buffer = new byte[Math.min(size, 64 * 1024)];
			while (true) {
				for (int rest = size; rest > 0;) {
					int count = input.read(buffer, 0, Math.min(buffer.length, rest));
					if (count < 0) {
						return;
					}
					rest -= count;
				}
				stream.output().write(ACKNOWLEDGEMENT);
			}
		}
		catch (IOException ex) {
			// the benchmark is over
		}
	}

	/**
	 * Sends raw bytes and waits for Bob's acknowledgement.
	 */
	static int roundTrip(TunnelStream stream, byte[] bytes) throws IOException {
		stream.output().write(bytes);
		return stream.input().readNBytes(ACKNOWLEDGEMENT.length).length;
	}

	@Override
	public void close() throws Exception {
		while (!this.opened.isEmpty()) {
			this.opened.pop().close();
		}
	}

}
