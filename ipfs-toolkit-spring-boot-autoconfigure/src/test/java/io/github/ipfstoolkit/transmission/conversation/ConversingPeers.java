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

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.function.BiConsumer;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.p2p.SwarmPeerDirectory;
import io.github.ipfstoolkit.p2p.TunnelOptions;
import io.github.ipfstoolkit.p2p.TunnelTemplate;
import io.github.ipfstoolkit.testsupport.KuboTestNode;
import io.github.ipfstoolkit.transmission.ReceiverOptions;
import io.github.ipfstoolkit.transmission.SenderOptions;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.util.unit.DataSize;

/**
 * Two nodes with an application each: Alice starts conversations, Bob takes them.
 */
public final class ConversingPeers implements AutoCloseable {

	public final KuboTestNode alice;

	public final KuboTestNode bob;

	public final TunnelTemplate alicesTunnels;

	public final TunnelTemplate bobsTunnels;

	/**
	 * Virtual threads where there are, so that both kinds are tried.
	 */
	public final ExecutorService executor = Executors.newCachedThreadPool(threads());

	public final ConversationTemplate alices;

	public final ConversationTemplate bobs;

	public final PeerId alicesId;

	public final PeerId bobsId;

	public ConversingPeers() {
		this(KuboTestNode::connectTo);
	}

	public ConversingPeers(BiConsumer<KuboTestNode, KuboTestNode> connect) {
		this(KuboTestNode.start(), KuboTestNode.start());
		connect.accept(this.alice, this.bob);
	}

	/**
	 * Starts both with one transport alone, so that they are connected by no other after
	 * a restart either.
	 */
	public ConversingPeers(String transport) {
		this(KuboTestNode.startWithTransport(transport), KuboTestNode.startWithTransport(transport));
		this.alice.connectTo(this.bob);
		this.alice.awaitConnection(this.bob, transport);
	}

	private ConversingPeers(KuboTestNode alice, KuboTestNode bob) {
		this.alice = alice;
		this.bob = bob;
		this.alicesTunnels = tunnels(alice);
		this.bobsTunnels = tunnels(bob);
		this.alices = template(alice, this.alicesTunnels, this.executor);
		this.bobs = template(bob, this.bobsTunnels, this.executor);
		this.alicesId = alice.peerId();
		this.bobsId = bob.peerId();
	}

	public static TunnelTemplate tunnels(KuboTestNode node) {
		return new TunnelTemplate(node.kubo(), () -> node.endpoint().uri().getHost(), TunnelOptions.defaults());
	}

	public static ConversationTemplate template(KuboTestNode node, TunnelTemplate tunnels, ExecutorService executor,
			ConversationObserver... observers) {
		ConversationTemplate template = new ConversationTemplate(tunnels,
				new SwarmPeerDirectory(node.kubo(), Duration.ofSeconds(10)), SenderOptions.defaults(),
				ConversationOptions.defaults(), JsonMapper.builder().build(), executor, List.of(observers));
		template.start();
		return template;
	}

	private static ThreadFactory threads() {
		if (Runtime.version().feature() >= 21) {
			return new VirtualThreadTaskExecutor("conversation-").getVirtualThreadFactory();
		}
		CustomizableThreadFactory threads = new CustomizableThreadFactory("conversation-");
		threads.setDaemon(true);
		return threads;
	}

	public ReceiverOptions receiverOptions(int concurrency) {
		return new ReceiverOptions(concurrency, 64, DataSize.ofMegabytes(16), Duration.ofSeconds(10),
				Duration.ofMinutes(1), this.executor);
	}

	/**
	 * Lets Bob take conversations.
	 */
	public ConversationReceiver listen(String listener, ConversationHandler handler) {
		return this.bobs.open(listener, receiverOptions(10), this.bobs.options(), handler, null);
	}

	/**
	 * Returns what the applications have mounted on a node.
	 */
	public static List<String> mounted(KuboTestNode node) {
		return node.run("p2p", "ls").lines().toList();
	}

	@Override
	public void close() {
		this.alices.stop();
		this.bobs.stop();
		this.alicesTunnels.stop();
		this.bobsTunnels.stop();
		this.executor.shutdownNow();
		this.alice.close();
		this.bob.close();
	}

}
