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

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.function.BiConsumer;

import io.github.ipfstoolkit.p2p.SwarmPeerDirectory;
import io.github.ipfstoolkit.p2p.TunnelOptions;
import io.github.ipfstoolkit.p2p.TunnelTemplate;
import io.github.ipfstoolkit.testsupport.KuboTestNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.util.unit.DataSize;

/**
 * Two nodes with an application each: Alice sends, Bob receives.
 */
final class TwoPeers implements AutoCloseable {

	static final SenderOptions SENDER = new SenderOptions(Duration.ofSeconds(10), 3, 16, Duration.ofSeconds(30));

	final KuboTestNode alice;

	final KuboTestNode bob;

	final TunnelTemplate alicesTunnels;

	final TunnelTemplate bobsTunnels;

	final RecordingObserver observer = new RecordingObserver();

	private final List<TransmissionObserver> observers;

	final TransmissionTemplate transmissions;

	final TransmissionReceivers receivers;

	final ExecutorService executor = Executors.newCachedThreadPool(receiverThreads());

	TwoPeers() {
		this(true);
	}

	TwoPeers(boolean observed) {
		this(observed, (alice, bob) -> alice.connectTo(bob));
	}

	/**
	 * Starts both and has them connected.
	 * @param connect connects Alice's node and Bob's
	 */
	TwoPeers(boolean observed, BiConsumer<KuboTestNode, KuboTestNode> connect) {
		this(observed, KuboTestNode.start(), KuboTestNode.start());
		connect.accept(this.alice, this.bob);
	}

	/**
	 * Starts both with one transport alone.
	 */
	TwoPeers(String transport) {
		this(true, KuboTestNode.startWithTransport(transport), KuboTestNode.startWithTransport(transport));
		this.alice.connectTo(this.bob);
		this.alice.awaitConnection(this.bob, transport);
	}

	private TwoPeers(boolean observed, KuboTestNode alice, KuboTestNode bob) {
		this.alice = alice;
		this.bob = bob;
		this.alicesTunnels = tunnels(alice);
		this.bobsTunnels = tunnels(bob);
		this.observers = observed ? List.of(this.observer) : List.of();
		this.transmissions = sender(SENDER);
		this.receivers = new TunnelTransmissionReceivers(this.bobsTunnels, this.observers);
	}

	TransmissionTemplate sender(SenderOptions options) {
		return new TransmissionTemplate(this.alicesTunnels,
				new SwarmPeerDirectory(this.alice.kubo(), Duration.ofSeconds(10)), options,
				JsonMapper.builder().build(), this.observers);
	}

	ReceiverOptions options(int concurrency) {
		return new ReceiverOptions(concurrency, 64, DataSize.ofMegabytes(16), Duration.ofSeconds(5),
				Duration.ofMinutes(1), this.executor);
	}

	/**
	 * Virtual threads where there are, so that receivers are tried with both kinds.
	 */
	private static ThreadFactory receiverThreads() {
		if (Runtime.version().feature() >= 21) {
			return new VirtualThreadTaskExecutor("receiver-").getVirtualThreadFactory();
		}
		CustomizableThreadFactory threads = new CustomizableThreadFactory("receiver-");
		threads.setDaemon(true);
		return threads;
	}

	static TunnelTemplate tunnels(KuboTestNode node) {
		return new TunnelTemplate(node.kubo(), () -> node.endpoint().uri().getHost(), TunnelOptions.defaults());
	}

	@Override
	public void close() {
		this.transmissions.stop();
		this.alicesTunnels.stop();
		this.bobsTunnels.stop();
		this.executor.shutdownNow();
		this.alice.close();
		this.bob.close();
	}

}
