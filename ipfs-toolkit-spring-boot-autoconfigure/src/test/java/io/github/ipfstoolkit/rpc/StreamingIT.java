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

package io.github.ipfstoolkit.rpc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;

import io.github.ipfstoolkit.Cid;
import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.core.DownloadOptions;
import io.github.ipfstoolkit.core.IpfsTemplate;
import io.github.ipfstoolkit.core.ReactiveIpfsTemplate;
import io.github.ipfstoolkit.rpc.ContentApi.AddOptions;
import io.github.ipfstoolkit.rpc.client.KuboClient;
import io.github.ipfstoolkit.testsupport.KuboTestNode;
import io.github.ipfstoolkit.testsupport.TcpRelay;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Streams of any length through a real node: who is slow slows the other side down, who
 * leaves ends its work, and who ends tells.
 */
@Timeout(300)
class StreamingIT extends SectionContract {

	private static final int MEBIBYTE = 1024 * 1024;

	private static final int SIZE = 200 * MEBIBYTE;

	/** More than the operating system holds of connections, and much less than all. */
	private static final int HELD = SIZE / 3;

	private static final Duration LONG_ENOUGH = Duration.ofSeconds(2);

	private static final AddOptions OPTIONS = AddOptions.defaults().chunker("size-1048576").rawLeaves(true).pin(false);

	private static final String MISSING = "bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy";

	/**
	 * Returns content that counts how much of it was asked for. It has no block twice.
	 */
	private static Flux<DataBuffer> content(AtomicLong produced) {
		byte[] block = new byte[MEBIBYTE];
		new SplittableRandom(1).nextBytes(block);
		return Flux.range(0, SIZE / MEBIBYTE).map((i) -> {
			produced.addAndGet(block.length);
			byte[] numbered = block.clone();
			numbered[0] = i.byteValue();
			return DefaultDataBufferFactory.sharedInstance.wrap(numbered);
		});
	}

	private Cid add() {
		return this.node.kubo().content().add(Upload.of(content(new AtomicLong())), OPTIONS).blockLast().cid();
	}

	@Test
	void slowConsumerSlowsTheNodeDown() throws IOException {
		Cid cid = add();
		try (TcpRelay relay = new TcpRelay(this.node.endpoint().uri());
				KuboClient client = backend().connect(() -> RpcEndpoint.of(relay.url(), null))) {
			SlowConsumer consumer = new SlowConsumer();
			client.content().cat(cid.toString()).subscribe(consumer);
			await().until(() -> consumer.received.get() > 0);
			await().during(LONG_ENOUGH).until(() -> relay.fromNode() < HELD);
			assertThat(consumer.received).hasValueLessThan(HELD);
			consumer.request(Long.MAX_VALUE);
			await().until(consumer::isDisposed);
			assertThat(consumer.end).isEqualTo(SignalType.ON_COMPLETE);
			assertThat(consumer.received).hasValue(SIZE);
			assertThat(relay.fromNode()).isGreaterThan(SIZE);
			long before = relay.fromNode();
			try (InputStream content = new IpfsTemplate(client).open(cid)) {
				assertThat(content.read()).isNotNegative();
				await().during(LONG_ENOUGH).until(() -> relay.fromNode() - before < HELD);
				assertThat(content.readAllBytes()).hasSize(SIZE - 1);
			}
		}
	}

	@Test
	void slowNodeSlowsTheSourceDown() throws IOException {
		AtomicLong produced = new AtomicLong();
		try (TcpRelay relay = new TcpRelay(this.node.endpoint().uri());
				KuboClient client = backend().connect(() -> RpcEndpoint.of(relay.url(), null))) {
			Mono<Cid> adding = client.content()
				.add(Upload.of(content(produced)), OPTIONS)
				.mapNotNull(ContentApi.Added::cid)
				.last()
				.cache();
			relay.stall(true);
			adding.subscribe();
			await().until(() -> produced.get() > 0);
			await().during(LONG_ENOUGH).until(() -> produced.get() < HELD);
			relay.stall(false);
			assertThat(adding.block()).isEqualTo(add());
			assertThat(produced).hasValue(SIZE);
		}
	}

	@Test
	void cancelledCommandsEndOnTheNode() {
		String cid = add().toString();
		Upload endless = Upload
			.of(Flux.<DataBuffer>never().startWith(DefaultDataBufferFactory.sharedInstance.wrap(new byte[10])));
		Map<String, Flux<?>> commands = new LinkedHashMap<>();
		commands.put("add", this.kubo.content().add(endless));
		commands.put("block/get", this.kubo.block().get(Cid.of(MISSING)));
		commands.put("cat", this.kubo.content().cat(cid));
		commands.put("dag/export", this.kubo.dag().export(cid));
		commands.put("dag/import", this.kubo.dag().importCar(endless));
		commands.put("files/write",
				this.kubo.files().write("/endless", endless, FilesApi.WriteOptions.defaults().create(true)).flux());
		commands.put("get", this.kubo.content().get(cid));
		commands.put("log/tail", this.kubo.log().tail());
		commands.put("pin/add", this.kubo.pin().add(MISSING, PinApi.AddOptions.defaults()));
		commands.put("pubsub/sub", this.kubo.pubsub().sub("topic"));
		commands.put("refs", this.kubo.content().refs(MISSING));
		commands.put("stats/bw", this.kubo.stats().bandwidth(polling()));
		commands.forEach((name, command) -> {
			SlowConsumer consumer = new SlowConsumer();
			command.subscribe(consumer);
			await().untilAsserted(() -> assertThat(active()).contains(name));
			assertThat(consumer.isDisposed()).as(name).isFalse();
			consumer.dispose();
			await().untilAsserted(() -> assertThat(active()).doesNotContain(name));
		});
	}

	private static StatsApi.BandwidthOptions polling() {
		return StatsApi.BandwidthOptions.defaults().poll(true).interval(Duration.ofMillis(100));
	}

	private List<String> active() {
		return active(this.node);
	}

	static List<String> active(KuboTestNode node) {
		return node.kubo()
			.diag()
			.commands()
			.filter(DiagApi.Command::active)
			.map(DiagApi.Command::command)
			.collectList()
			.block();
	}

	@Test
	void cancelledDownloadEndsOnTheNodeAndLeavesNothing(@TempDir Path directory) {
		Cid cid = add();
		ReactiveIpfsTemplate ipfs = new ReactiveIpfsTemplate(this.kubo);
		List<BiFunction<Path, DownloadOptions, Mono<Void>>> downloads = List.of(
				(target, options) -> ipfs.download(cid, target, options),
				(target, options) -> ipfs.exportCar(cid, target, options));
		for (BiFunction<Path, DownloadOptions, Mono<Void>> download : downloads) {
			Disposable.Swap subscription = Disposables.swap();
			AtomicLong received = new AtomicLong();
			subscription.update(download
				.apply(directory.resolve("target"), DownloadOptions.defaults().withProgress((written, total) -> {
					received.set(written);
					subscription.dispose();
				}))
				.subscribe());
			await().until(subscription::isDisposed);
			await().untilAsserted(() -> assertThat(active()).doesNotContain("get", "dag/export"));
			await().untilAsserted(() -> assertThat(directory).isEmptyDirectory());
			assertThat(received.get()).isBetween(1L, (long) HELD);
		}
	}

	@Test
	void lossOfTheNodeIsAnErrorOfEventStreams() {
		try (KuboTestNode other = KuboTestNode.start()) {
			Kubo events = kubo(other);
			Map<String, SlowConsumer> lost = subscribe(events);
			await().untilAsserted(() -> assertThat(active(other)).containsAll(lost.keySet()));
			other.kill();
			lost.forEach((name, consumer) -> {
				Awaitility.await(name).until(consumer::isDisposed);
				assertThat(consumer.end).as(name).isEqualTo(SignalType.ON_ERROR);
				assertThat(consumer.failure).as(name).isInstanceOf(IpfsException.class);
			});
		}
	}

	@Test
	void endOfAnEventStreamIsItsCompletion() {
		SlowConsumer listening = new SlowConsumer();
		listen(this.kubo).subscribe(listening);
		listening.request(Long.MAX_VALUE);
		await().untilAsserted(() -> assertThat(active(this.node)).contains("p2p/listen"));
		this.node.kubo().p2p().closeAll().block();
		Awaitility.await().until(listening::isDisposed);
		assertThat(listening.end).isEqualTo(SignalType.ON_COMPLETE);
	}

	private static Flux<P2pApi.Mounted> listen(Kubo kubo) {
		return kubo.p2p()
			.listen("/x/events-" + kubo.backend(), Multiaddr.of("/ip4/127.0.0.1/tcp/1"),
					P2pApi.ListenOptions.defaults().foreground(true));
	}

	static Map<String, SlowConsumer> subscribe(Kubo events) {
		Map<String, Flux<?>> streams = Map.of("pubsub/sub", events.pubsub().sub("topic"), "log/tail",
				events.log().tail(), "stats/bw", events.stats().bandwidth(polling()), "p2p/listen", listen(events));
		Map<String, SlowConsumer> subscribed = new LinkedHashMap<>();
		streams.forEach((name, stream) -> {
			SlowConsumer consumer = new SlowConsumer();
			stream.subscribe(consumer);
			consumer.request(Long.MAX_VALUE);
			subscribed.put(name, consumer);
		});
		Awaitility.await().until(() -> subscribed.get("stats/bw").count.get() > 2);
		return subscribed;
	}

	/**
	 * Takes what it is told to, and one value at first.
	 */
	static final class SlowConsumer extends BaseSubscriber<Object> {

		private final AtomicLong count = new AtomicLong();

		private final AtomicLong received = new AtomicLong();

		volatile Throwable failure;

		volatile SignalType end;

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			request(1);
		}

		@Override
		protected void hookOnNext(Object value) {
			this.count.incrementAndGet();
			if (value instanceof DataBuffer buffer) {
				this.received.addAndGet(buffer.readableByteCount());
				DataBufferUtils.release(buffer);
			}
		}

		@Override
		protected void hookOnError(Throwable failure) {
			this.failure = failure;
		}

		@Override
		protected void hookFinally(SignalType end) {
			this.end = end;
		}

	}

}
