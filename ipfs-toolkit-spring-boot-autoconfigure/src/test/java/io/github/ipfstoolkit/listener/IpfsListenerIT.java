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

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.annotation.IpfsListener;
import io.github.ipfstoolkit.annotation.IpfsTopicListener;
import io.github.ipfstoolkit.annotation.Sender;
import io.github.ipfstoolkit.autoconfigure.IpfsApiAutoConfiguration;
import io.github.ipfstoolkit.autoconfigure.IpfsListenerAutoConfiguration;
import io.github.ipfstoolkit.autoconfigure.IpfsTemplateAutoConfiguration;
import io.github.ipfstoolkit.autoconfigure.IpfsTransmissionAutoConfiguration;
import io.github.ipfstoolkit.core.TopicOperations;
import io.github.ipfstoolkit.node.IpfsNode;
import io.github.ipfstoolkit.p2p.PeerDirectory;
import io.github.ipfstoolkit.rpc.RpcEndpoint;
import io.github.ipfstoolkit.testsupport.KuboTestNode;
import io.github.ipfstoolkit.transmission.TransmissionException;
import io.github.ipfstoolkit.transmission.TransmissionOperations;
import io.github.ipfstoolkit.transmission.TransmissionRefusedException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for listeners of two applications, each with a real node.
 */
class IpfsListenerIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static KuboTestNode aliceNode;

	private static KuboTestNode bobNode;

	private static ConfigurableApplicationContext alice;

	private static ConfigurableApplicationContext bob;

	private static PeerId alicePeer;

	private static PeerId bobPeer;

	@BeforeAll
	static void start() {
		aliceNode = startNode();
		bobNode = startNode();
		alicePeer = aliceNode.kubo().node().id().block().id();
		bobPeer = bobNode.kubo().node().id().block().id();
		aliceNode.connectTo(bobNode);
		alice = startApplication(aliceNode, bobNode);
		bob = startApplication(bobNode, aliceNode);
	}

	@AfterAll
	static void stop() {
		List.of(alice, bob).forEach(ConfigurableApplicationContext::close);
		List.of(aliceNode, bobNode).forEach(KuboTestNode::close);
	}

	/**
	 * Keeps the node's addresses when it is restarted, as one in production would.
	 */
	private static KuboTestNode startNode() {
		KuboTestNode node = KuboTestNode.start();
		List<String> addresses = node.kubo()
			.node()
			.id()
			.block()
			.addresses()
			.stream()
			.map((address) -> "\"" + address.toString().replaceFirst("/p2p/.*", "") + "\"")
			.filter((address) -> address.contains("/127.0.0.1/"))
			.toList();
		node.run("config", "--json", "Addresses.Swarm", addresses.toString());
		return node;
	}

	private static ConfigurableApplicationContext startApplication(KuboTestNode node, KuboTestNode other) {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.initializers(
					(application) -> application.getBeanFactory().registerSingleton("node", new TestNode(node, other)))
			.run("--spring.main.banner-mode=off", "--spring.threads.virtual.enabled=true");
		context.getBean(IpfsListenerEndpointRegistry.class).awaitActive(TIMEOUT);
		return context;
	}

	private static Listeners bobs() {
		return bob.getBean(Listeners.class);
	}

	private static TransmissionOperations fromAlice() {
		return alice.getBean(TransmissionOperations.class);
	}

	private static IpfsListenerEndpointRegistry bobsRegistry() {
		return bob.getBean(IpfsListenerEndpointRegistry.class);
	}

	@Test
	void messagesOfEachTypeGoBothWays() {
		exchange(alice, alicePeer, bob, bobPeer);
		exchange(bob, bobPeer, alice, alicePeer);
	}

	private static void exchange(ConfigurableApplicationContext from, PeerId fromPeer,
			ConfigurableApplicationContext to, PeerId toPeer) {
		TransmissionOperations sender = from.getBean(TransmissionOperations.class);
		Map<String, Object> received = to.getBean(Listeners.class).received;
		received.clear();
		byte[] large = new byte[5_000_000];
		large[4_999_999] = 42;
		sender.send(toPeer, "text", "Grüße, Bob");
		sender.send(toPeer, "bytes", new byte[] { 1, 2, 3 });
		sender.send(toPeer, "stream", large);
		sender.send(toPeer, "message", "as message");
		sender.send(toPeer, "json", new Greeting("Alice", List.of(1, 2)));
		assertThat(received).containsEntry("text", "Grüße, Bob from " + fromPeer)
			.containsEntry("bytes", List.of(1, 2, 3, fromPeer.toString()))
			.containsEntry("stream", "5000000 bytes, the last is 42")
			.containsEntry("message", "as message of length 10")
			.containsEntry("json", new Greeting("Alice", List.of(1, 2)))
			.hasSize(5);
	}

	@Test
	void topicReachesTheListenersOfBoth() {
		BlockingQueue<String> atAlice = alice.getBean(Listeners.class).news;
		BlockingQueue<String> atBob = bobs().news;
		AtomicInteger number = new AtomicInteger();
		// the mesh of the topic takes a moment to form, and what is published before is
		// lost
		await().atMost(TIMEOUT).pollInterval(Duration.ofMillis(200)).until(() -> {
			alice.getBean(TopicOperations.class)
				.publish("news", ("news " + number.incrementAndGet()).getBytes(StandardCharsets.UTF_8));
			return !atBob.isEmpty();
		});
		assertThat(atBob.peek()).startsWith("news ").endsWith(" from " + alicePeer);
		await().atMost(TIMEOUT).until(() -> !atAlice.isEmpty());
	}

	@Test
	void badJsonIsRefused() {
		assertThatExceptionOfType(TransmissionRefusedException.class)
			.isThrownBy(() -> fromAlice().send(bobPeer, "json", "{oops"));
		assertThat(bobs().received).doesNotContainValue("{oops");
	}

	@Test
	void messageThatTheErrorHandlerRecoversIsAcknowledged() {
		assertThat(fromAlice().send(bobPeer, "recovering", "hello").bytes()).isEqualTo(5);
	}

	@Test
	void failureAfterAnEarlyAcknowledgementGoesToTheErrorHandler() throws Exception {
		assertThat(fromAlice().send(bobPeer, "early", "hello").bytes()).isEqualTo(5);
		assertThat(bobs().failures.poll(20, TimeUnit.SECONDS)).isEqualTo("early, on purpose");
	}

	/**
	 * A mistake that others paid for: permits that are lost when the listener throws.
	 */
	@Test
	void goodMessageArrivesAfterMorePoisonOnesThanThereArePermits() {
		for (int i = 0; i < 3; i++) {
			assertThatExceptionOfType(TransmissionRefusedException.class)
				.isThrownBy(() -> fromAlice().send(bobPeer, "fragile", "poison"));
		}
		fromAlice().send(bobPeer, "fragile", "good");
		assertThat(bobs().fragile).containsExactly("good");
	}

	/**
	 * A mistake that others paid for: a concurrency that is allowed and never reached.
	 */
	@Test
	void concurrencyIsReachedAndNotExceeded() throws Exception {
		ExecutorService senders = Executors.newFixedThreadPool(20);
		List<Future<?>> sent = IntStream.range(0, 24)
			.<Future<?>>mapToObj((number) -> senders.submit(() -> fromAlice().send(bobPeer, "meeting", "hello")))
			.toList();
		for (Future<?> future : sent) {
			assertThat(future).succeedsWithin(TIMEOUT);
		}
		assertThat(bobs().mostAtMeeting).hasValue(12);
		senders.shutdown();
	}

	@Test
	void listenerThatIsBlockedDoesNotHoldUpOthers() throws Exception {
		ExecutorService sender = Executors.newSingleThreadExecutor();
		Future<?> blocked = sender.submit(() -> fromAlice().send(bobPeer, "blocked", "hello"));
		assertThat(bobs().blocking.await(30, TimeUnit.SECONDS)).isTrue();
		fromAlice().send(bobPeer, "text", "meanwhile");
		assertThat(blocked).isNotDone();
		bobs().unblock.countDown();
		assertThat(blocked).succeedsWithin(TIMEOUT);
		sender.shutdown();
	}

	/**
	 * A mistake that others paid for: messages that are lost, or taken too late, when the
	 * listener stops.
	 */
	@Test
	void stopUnderLoadLosesNoAcknowledgedMessage() throws Exception {
		Set<String> acknowledged = ConcurrentHashMap.newKeySet();
		AtomicBoolean goOn = new AtomicBoolean(true);
		AtomicInteger number = new AtomicInteger();
		ExecutorService senders = Executors.newFixedThreadPool(4);
		List<Future<?>> loops = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			loops.add(senders.submit(() -> {
				while (goOn.get()) {
					String text = "message " + number.incrementAndGet();
					try {
						fromAlice().send(bobPeer, "load", text);
						acknowledged.add(text);
					}
					catch (TransmissionException ex) {
						goOn.set(false);
					}
				}
			}));
		}
		await().atMost(TIMEOUT).until(() -> acknowledged.size() > 200);
		bobsRegistry().stop("load");
		assertThat(bobsRegistry().find("load")).get().matches((container) -> !container.isRunning());
		Set<String> handled = Set.copyOf(bobs().load);
		goOn.set(false);
		for (Future<?> loop : loops) {
			assertThat(loop).succeedsWithin(Duration.ofSeconds(60));
		}
		senders.shutdown();
		assertThat(handled).containsAll(acknowledged);
		assertThat(bobs().load).isEqualTo(handled);
		bobsRegistry().start("load");
		await().atMost(TIMEOUT).untilAsserted(() -> fromAlice().send(bobPeer, "load", "after the restart"));
		assertThat(bobs().load).contains("after the restart");
	}

	@Test
	void listenersAreBackAfterTheirNodeHasCrashed() {
		exchangeBefore();
		bobNode.killAndRestart();
		assertBack(alice, bobPeer);
	}

	@Test
	void messagesFlowAfterTheSendersNodeHasCrashed() {
		exchangeBefore();
		aliceNode.killAndRestart();
		assertBack(alice, bobPeer);
	}

	private static void exchangeBefore() {
		fromAlice().send(bobPeer, "text", "before");
		bob.getBean(TransmissionOperations.class).send(alicePeer, "text", "before");
		bobs().news.clear();
	}

	/**
	 * Asserts that messages and topics flow and all listeners are active, within 15
	 * seconds and without any action.
	 */
	private static void assertBack(ConfigurableApplicationContext from, PeerId to) {
		await().atMost(Duration.ofSeconds(15))
			.pollInterval(Duration.ofMillis(100))
			.ignoreExceptionsInstanceOf(IpfsException.class)
			.untilAsserted(() -> {
				from.getBean(TransmissionOperations.class).send(to, "text", "after");
				from.getBean(TopicOperations.class).publish("news", "after".getBytes(StandardCharsets.UTF_8));
				assertThat(bobs().news).isNotEmpty();
				alice.getBean(IpfsListenerEndpointRegistry.class).awaitActive(Duration.ofMillis(1));
				bobsRegistry().awaitActive(Duration.ofMillis(1));
			});
	}

	record Greeting(String name, List<Integer> numbers) {
	}

	/**
	 * A node that knows where the other one is, as a contact book would.
	 */
	private record TestNode(KuboTestNode node, KuboTestNode other,
			Multiaddr address) implements IpfsNode, PeerDirectory {

		TestNode(KuboTestNode node, KuboTestNode other) {
			this(node, other, other.kubo().node().id().block().addresses().get(0));
		}

		@Override
		public RpcEndpoint endpoint() {
			return this.node.endpoint();
		}

		@Override
		public boolean isManaged() {
			return false;
		}

		@Override
		public Optional<PeerId> find(String name) {
			return Optional.empty();
		}

		@Override
		public boolean connect(PeerId peer) {
			try {
				this.node.kubo().swarm().connect(this.address).block();
				return true;
			}
			catch (IpfsException ex) {
				return false;
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ IpfsApiAutoConfiguration.class, IpfsTemplateAutoConfiguration.class,
			IpfsTransmissionAutoConfiguration.class, IpfsListenerAutoConfiguration.class })
	static class Application {

		@Bean
		Listeners listeners() {
			return new Listeners();
		}

		@Bean
		IpfsListenerErrorHandler recovering() {
			return (message, failure) -> {
			};
		}

		@Bean
		IpfsListenerErrorHandler noting(Listeners listeners) {
			return (message, failure) -> listeners.failures
				.add(failure.getListenerId() + ", " + failure.getCause().getMessage());
		}

	}

	static class Listeners {

		final Map<String, Object> received = new ConcurrentHashMap<>();

		final BlockingQueue<String> news = new LinkedBlockingQueue<>();

		final BlockingQueue<String> failures = new LinkedBlockingQueue<>();

		final BlockingQueue<String> fragile = new LinkedBlockingQueue<>();

		final Set<String> load = ConcurrentHashMap.newKeySet();

		final CyclicBarrier meeting = new CyclicBarrier(12);

		final AtomicInteger atMeeting = new AtomicInteger();

		final AtomicInteger mostAtMeeting = new AtomicInteger();

		final CountDownLatch blocking = new CountDownLatch(1);

		final CountDownLatch unblock = new CountDownLatch(1);

		@IpfsListener("text")
		void text(String text, @Sender PeerId from) {
			this.received.put("text", text + " from " + from);
		}

		@IpfsListener("bytes")
		void bytes(byte[] bytes, @Sender Optional<String> from) {
			this.received.put("bytes", List.of((int) bytes[0], (int) bytes[1], (int) bytes[2], from.orElseThrow()));
		}

		@IpfsListener("stream")
		void stream(InputStream stream) throws Exception {
			long length = 0;
			int last = -1;
			for (int next = stream.read(); next >= 0; next = stream.read()) {
				length++;
				last = next;
			}
			this.received.put("stream", "%d bytes, the last is %d".formatted(length, last));
		}

		@IpfsListener("message")
		void message(Message<?> message) {
			this.received.put("message", "%s of length %d".formatted(new String((byte[]) message.getPayload()),
					message.getHeaders().get(IpfsHeaders.LENGTH, Long.class)));
		}

		@IpfsListener("json")
		void json(Greeting greeting) {
			this.received.put("json", greeting);
		}

		@IpfsTopicListener("news")
		void news(String text, @Sender PeerId from) {
			this.news.add(text + " from " + from);
		}

		@IpfsListener(value = "recovering", errorHandler = "recovering")
		void recovering(String text) {
			throw new IllegalStateException("on purpose");
		}

		@IpfsListener(value = "early", ackMode = "received", errorHandler = "noting")
		void early(String text) {
			throw new IllegalStateException("on purpose");
		}

		@IpfsListener(value = "fragile", concurrency = "2")
		void fragile(String text) {
			if (text.equals("poison")) {
				throw new IllegalStateException("on purpose");
			}
			this.fragile.add(text);
		}

		@IpfsListener(value = "meeting", concurrency = "12")
		void meeting(String text) throws Exception {
			this.mostAtMeeting.accumulateAndGet(this.atMeeting.incrementAndGet(), Math::max);
			this.meeting.await(20, TimeUnit.SECONDS);
			this.atMeeting.decrementAndGet();
		}

		@IpfsListener(value = "blocked", concurrency = "1")
		void blocked(String text) throws Exception {
			this.blocking.countDown();
			this.unblock.await();
		}

		@IpfsListener("load")
		void load(String text) {
			this.load.add(text);
		}

	}

}
