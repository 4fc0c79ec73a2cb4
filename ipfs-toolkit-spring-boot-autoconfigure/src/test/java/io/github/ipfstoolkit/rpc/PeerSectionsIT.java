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
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.ipfstoolkit.Cid;
import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.rpc.NodeApi.Command;
import io.github.ipfstoolkit.rpc.NodeApi.Ping;
import io.github.ipfstoolkit.rpc.P2pApi.ForwardOptions;
import io.github.ipfstoolkit.rpc.P2pApi.ListenOptions;
import io.github.ipfstoolkit.rpc.P2pApi.Mounted;
import io.github.ipfstoolkit.rpc.PubsubApi.Message;
import io.github.ipfstoolkit.rpc.RoutingApi.QueryEvent;
import io.github.ipfstoolkit.rpc.StatsApi.Bandwidth;
import io.github.ipfstoolkit.rpc.StatsApi.BandwidthOptions;
import io.github.ipfstoolkit.rpc.SwarmApi.PeersOptions;
import io.github.ipfstoolkit.testsupport.KuboTestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls each method of the sections about peers, on one of two nodes that are connected,
 * and compares the replies with what the executable answers.
 */
@SuppressWarnings("deprecation")
class PeerSectionsIT extends SectionContract {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final Multiaddr FILTER = Multiaddr.of("/ip4/10.0.0.0/ipcidr/8");

	private KuboTestNode other;

	private Cli otherCli;

	private PeerId peer;

	private Multiaddr address;

	PeerSectionsIT() {
		super(NodeApi.class, SwarmApi.class, RoutingApi.class, DhtApi.class, BitswapApi.class, StatsApi.class,
				ProvideApi.class, BootstrapApi.class, PubsubApi.class, P2pApi.class);
	}

	@BeforeAll
	void startOther() {
		this.other = KuboTestNode.start();
		this.otherCli = new Cli(this.other);
		this.peer = this.other.peerId();
		this.address = this.other.kubo()
			.node()
			.id()
			.block()
			.addresses()
			.stream()
			.filter((candidate) -> candidate.toString().contains("/tcp/"))
			.findFirst()
			.orElseThrow();
	}

	@AfterAll
	void stopOther() {
		this.other.close();
	}

	@BeforeEach
	void connect() {
		this.cli.text("swarm", "connect", this.address.toString());
	}

	@Test
	void identities() {
		NodeApi nodes = this.kubo.node();
		// what a peer is known to speak, and where it listens, comes in after a
		// connection
		await().untilAsserted(() -> Cli.assertSame(nodes.id().block(), this.cli.json("id")));
		await().untilAsserted(
				() -> Cli.assertSame(nodes.id(this.peer).block(), this.cli.json("id", this.peer.toString())));
	}

	@Test
	void versions() {
		NodeApi nodes = this.kubo.node();
		Cli.assertSame(nodes.version().block(), this.cli.json("version"));
		Cli.assertSame(nodes.checkVersion().block(), this.cli.json("version", "check"));
		Cli.assertSame(nodes.checkVersion(50).block(), this.cli.json("version", "check", "--min-percent=50"));
		assertSame(nodes.dependencies(), this.cli.values("version", "deps"));
	}

	@Test
	void pings() {
		List<Ping> told = this.kubo.node().ping(this.peer, 2).collectList().block();
		List<JsonNode> known = this.cli.values("ping", "-n", "2", this.peer.toString());
		assertThat(told).hasSameSizeAs(known).hasSize(4).allMatch(Ping::success);
		assertThat(told.get(0).text()).isEqualTo(known.get(0).get("Text").asString());
		assertThat(told.subList(1, 3)).allMatch((ping) -> ping.nanos() > 0 && ping.text().isEmpty());
		assertThat(told.get(3).text()).startsWith("Average latency: ");
	}

	@Test
	@SinceKubo("0.42")
	void health() {
		assertThat(this.kubo.node().healthy().block()).isEqualTo(this.cli.json("diag", "healthy").asString());
	}

	@Test
	void commands() {
		Map<String, String> told = options(this.kubo.node().commands(true).block(), "");
		// the executable has commands that it never asks a node for
		Map<String, String> known = options(
				JsonMapper.shared().treeToValue(this.cli.json("commands", "--flags"), Command.class), "");
		assertThat(known).containsAllEntriesOf(told);
		assertThat(known.keySet()).filteredOn((command) -> !told.containsKey(command))
			.containsExactlyInAnyOrderElementsOf(
					(backend() == Backend.HTTP) ? List.of("ipfs daemon", "ipfs init") : List.of());
		// only the text that the executable prints knows the difference
		assertThat(options(this.kubo.node().commands(false).block(), "")).isEqualTo(told);
	}

	private static Map<String, String> options(Command command, String prefix) {
		Map<String, String> options = new HashMap<>();
		String name = (prefix + " " + command.name()).strip();
		options.put(name,
				command.options().stream().map(NodeApi.Option::names).map(List::toString).sorted().toList().toString());
		command.subcommands().forEach((child) -> options.putAll(options(child, name)));
		return options;
	}

	/**
	 * Directories that are not there are refused also where FUSE is.
	 */
	@Test
	void mounting() {
		assertFailsAlike(this.kubo.node().mount("/nowhere/a", "/nowhere/b", "/nowhere/c"), "mount", "-f=/nowhere/a",
				"-n=/nowhere/b", "-m=/nowhere/c");
	}

	@Test
	void shutdown() {
		kubo(this.other).node().shutdown().block();
		await().until(() -> !this.other.process().isAlive());
		this.other.startProcess();
		this.otherCli.text("shutdown");
		await().until(() -> !this.other.process().isAlive());
		this.other.startProcess();
	}

	@Test
	void connections() {
		SwarmApi swarm = this.kubo.swarm();
		Cli.assertSame(swarm.peers().block(), this.cli.json("swarm", "peers"));
		Cli.assertSame(swarm.connections().block(), this.cli.json("swarm", "peers", "--direction"));
		await().untilAsserted(() -> Cli.assertSame(swarm.peers(PeersOptions.defaults().identify(true)).block(),
				this.cli.json("swarm", "peers", "--identify")));
		// streams come and go
		await().untilAsserted(
				() -> Cli.assertSame(swarm.peers(PeersOptions.defaults().streams(true).latency(true)).block(),
						this.cli.json("swarm", "peers", "--streams", "--latency")));
		await().untilAsserted(
				() -> Cli.assertSame(swarm.peers(true).block(), this.cli.json("swarm", "peers", "--verbose")));
	}

	@Test
	void connectingAndDisconnecting() {
		SwarmApi swarm = this.kubo.swarm();
		Multiaddr all = Multiaddr.of("/p2p/" + this.peer);
		assertThat(swarm.disconnect(all).block().strings())
			.containsExactly("disconnect %s success".formatted(this.peer));
		// routing may dial anew by itself
		await().untilAsserted(() -> {
			if (!this.cli.lines("swarm", "peers").isEmpty()) {
				swarm.disconnect(all).onErrorComplete().block();
			}
			assertThat(this.cli.lines("swarm", "peers")).isEmpty();
		});
		assertThat(swarm.connect(this.address).block().strings())
			.containsExactly("connect %s success".formatted(this.peer));
		assertThat(this.cli.text("swarm", "peers")).contains(this.peer.toString());
		Cli.assertSame(swarm.connect(List.of(all, this.address)).block(),
				this.cli.json("swarm", "connect", all.toString(), this.address.toString()));
		assertFailsAlike(swarm.disconnect(FILTER), "swarm", "disconnect", FILTER.toString());
	}

	@Test
	void addresses() {
		SwarmApi swarm = this.kubo.swarm();
		await().untilAsserted(() -> Cli.assertSame(swarm.addresses().block(), this.cli.json("swarm", "addrs")));
		Cli.assertSame(swarm.listenAddresses().block(), this.cli.json("swarm", "addrs", "listen"));
		Cli.assertSame(swarm.localAddresses(false).block(), this.cli.json("swarm", "addrs", "local"));
		Cli.assertSame(swarm.localAddresses(true).block(), this.cli.json("swarm", "addrs", "local", "--id"));
	}

	@Test
	@SinceKubo("0.40")
	void reachability() {
		Cli.assertSame(this.kubo.swarm().reachability().block(), this.cli.json("swarm", "addrs", "autonat"));
	}

	@Test
	void filters() {
		SwarmApi swarm = this.kubo.swarm();
		assertThat(swarm.addFilter(FILTER).block().strings()).containsExactly(FILTER.toString());
		Cli.assertSame(swarm.filters().block(), this.cli.json("swarm", "filters"));
		assertThat(this.cli.lines("swarm", "filters")).containsExactly(FILTER.toString());
		Cli.assertSame(swarm.removeFilter(FILTER.toString()).block(), addAndRemoveFilter());
		assertThat(this.cli.lines("swarm", "filters")).isEmpty();
	}

	private JsonNode addAndRemoveFilter() {
		this.cli.text("swarm", "filters", "add", FILTER.toString());
		return this.cli.json("swarm", "filters", "rm", FILTER.toString());
	}

	@Test
	void peerings() {
		SwarmApi swarm = this.kubo.swarm();
		Cli.assertSame(swarm.addPeering(this.address).blockLast(),
				this.cli.json("swarm", "peering", "add", this.address.toString()));
		Cli.assertSame(swarm.addPeering(List.of(this.address)).blockLast(),
				this.cli.json("swarm", "peering", "add", this.address.toString()));
		Cli.assertSame(swarm.peerings().block(), this.cli.json("swarm", "peering", "ls"));
		assertThat(swarm.peerings().block().peers()).hasSize(1);
		Cli.assertSame(swarm.removePeering(this.peer).blockLast(),
				this.cli.json("swarm", "peering", "rm", this.peer.toString()));
		assertThat(this.cli.lines("swarm", "peering", "ls")).isEmpty();
	}

	@Test
	void resources() {
		JsonNode told = this.kubo.swarm().resources().block();
		JsonNode known = this.cli.json("swarm", "resources");
		assertThat(told.at("/System/Memory")).isEqualTo(known.at("/System/Memory"));
		assertThat(told.at("/System/ConnsUsage").asInt()).isPositive();
		assertThat(told.propertyNames()).isEqualTo(known.propertyNames());
	}

	@Test
	void peersAndProvidersAreFound() {
		RoutingApi routing = this.kubo.routing();
		assertSame(routing.findPeer(this.peer), this.cli.values("routing", "findpeer", this.peer.toString()));
		Cid cid = Cid.of(this.otherCli.text("add", "-Q", "--cid-version=1", file("provided")));
		this.otherCli.text("routing", "provide", cid.toString());
		List<QueryEvent> events = routing.findProviders(cid, 1).collectList().block();
		List<JsonNode> known = this.cli.values("routing", "findprovs", "-n=1", cid.toString());
		Cli.assertSame(provider(events), known.stream().filter(PeerSectionsIT::isProvider).findFirst().orElseThrow());
		assertThat(provider(events).responses()).extracting(RoutingApi.PeerAddresses::id).containsExactly(this.peer);
		await().untilAsserted(() -> assertThat(this.kubo.dht().query(List.of(this.peer)).collectList().block())
			.extracting(QueryEvent::type)
			.isEqualTo(this.cli.values("dht", "query", this.peer.toString())
				.stream()
				.map((event) -> event.get("Type").asInt())
				.toList()));
	}

	private static QueryEvent provider(List<QueryEvent> events) {
		return events.stream().filter((event) -> event.type() == QueryEvent.PROVIDER).findFirst().orElseThrow();
	}

	private static boolean isProvider(JsonNode event) {
		return event.get("Type").asInt() == QueryEvent.PROVIDER;
	}

	@Test
	void contentIsAnnounced() {
		Cid cid = Cid.of(this.cli.text("add", "-Q", "--cid-version=1", file("announced")));
		assertSame(this.kubo.routing().provide(List.of(cid), true),
				this.cli.values("routing", "provide", "-r", cid.toString()));
		await().untilAsserted(() -> assertThat(this.otherCli.lines("routing", "findprovs", "-n=1", cid.toString()))
			.containsExactly(this.node.peerId().toString()));
		assertFailsAlike(this.kubo.routing().reprovide(), "routing", "reprovide");
		assertFailsAlike(this.kubo.bitswap().reprovide(), "bitswap", "reprovide");
	}

	@Test
	@SinceKubo("0.42")
	void contentIsAnnouncedAtOnce() {
		Cid cid = Cid.of(this.cli.text("add", "-Q", "--cid-version=1", file("at once")));
		assertSame(this.kubo.provide().once(List.of(cid)), this.cli.values("provide", "once", cid.toString()));
		assertSame(this.kubo.provide().once(List.of(cid), true),
				this.cli.values("provide", "once", "-r", cid.toString()));
	}

	@Test
	void recordsAreStoredAndFound() throws IOException {
		this.cli.text("name", "publish", "--allow-offline", "/ipfs/" + this.cli.text("add", "-Q", file("record")));
		String key = "/ipns/" + this.cli.text("id", "-f=<id>");
		JsonNode known = this.cli.json("routing", "get", key);
		Cli.assertSame(this.kubo.routing().get(key).blockLast(), known);
		byte[] record = known.get("Extra").binaryValue();
		assertThat(this.kubo.routing().put(key, Upload.of(record), true).blockLast().type())
			.isEqualTo(QueryEvent.VALUE);
		String file = file(record);
		assertThat(this.cli.json("routing", "put", "--allow-offline", key, file).get("Type").asInt())
			.isEqualTo(QueryEvent.VALUE);
	}

	@Test
	void exchangedBlocks() {
		Cid cid = Cid.of(this.otherCli.text("add", "-Q", "--cid-version=1", file("exchanged")));
		this.cli.text("cat", cid.toString());
		BitswapApi bitswap = this.kubo.bitswap();
		await().untilAsserted(() -> Cli.assertSame(bitswap.stat().block(), this.cli.json("bitswap", "stat")));
		assertThat(bitswap.stat().block().blocksReceived()).isPositive();
		await().untilAsserted(
				() -> Cli.assertSame(this.kubo.stats().bitswap().block(), this.cli.json("stats", "bitswap")));
		await().untilAsserted(() -> Cli.assertSame(bitswap.ledger(this.peer).block(),
				this.cli.json("bitswap", "ledger", this.peer.toString())));
		assertThat(bitswap.ledger(this.peer).block().received()).isPositive();
		Cid missing = Cid.of("bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy");
		Disposable reading = this.node.kubo().content().cat(missing.toString()).subscribe((buffer) -> {
		}, (ex) -> {
		});
		try {
			await().untilAsserted(() -> assertThat(bitswap.wantlist().block().keys()).containsExactly(missing));
			Cli.assertSame(bitswap.wantlist().block(), this.cli.json("bitswap", "wantlist"));
			Cli.assertSame(bitswap.wantlist(this.peer).block(),
					this.cli.json("bitswap", "wantlist", "-p=" + this.peer));
			await()
				.untilAsserted(() -> assertThat(kubo(this.other).bitswap().wantlist(this.node.peerId()).block().keys())
					.containsExactly(missing));
		}
		finally {
			reading.dispose();
		}
	}

	@Test
	void bandwidth() {
		StatsApi stats = this.kubo.stats();
		// the executable rounds
		await().untilAsserted(() -> assertSame(stats.bandwidth().block(), "stats", "bw"));
		await().untilAsserted(() -> assertSame(stats.bandwidth(this.peer).block(), "stats", "bw", "-p=" + this.peer));
		await().untilAsserted(
				() -> assertSame(stats.bandwidth("/ipfs/id/1.0.0").block(), "stats", "bw", "-t=/ipfs/id/1.0.0"));
		assertThat(stats.bandwidth("/ipfs/id/1.0.0").block().totalIn()).isPositive();
		await().untilAsserted(
				() -> assertSame(stats.bandwidth(BandwidthOptions.defaults().protocol("/ipfs/id/1.0.0")).blockLast(),
						"stats", "bw", "-t=/ipfs/id/1.0.0"));
		assertThat(stats.bandwidth(BandwidthOptions.defaults().poll(true).interval(Duration.ofMillis(10)))
			.take(3)
			.collectList()
			.block(TIMEOUT)).hasSize(3);
	}

	private void assertSame(Bandwidth told, String... command) {
		assertThat(this.cli.lines(command)).contains("TotalIn: " + rounded(told.totalIn()),
				"TotalOut: " + rounded(told.totalOut()));
	}

	private static String rounded(double bytes) {
		String[] units = { "B", "kB", "MB", "GB" };
		int unit = 0;
		while (bytes >= 1000) {
			bytes /= 1000;
			unit++;
		}
		return ((unit > 0 && bytes < 10) ? String.format(Locale.ROOT, "%.1f", bytes)
				: String.format(Locale.ROOT, "%.0f", bytes)) + " " + units[unit];
	}

	@Test
	void statistics() {
		StatsApi stats = this.kubo.stats();
		// what the other node announces is kept here
		await().untilAsserted(
				() -> Cli.assertSame(stats.repo(true).block(), this.cli.json("stats", "repo", "--size-only")));
		await().untilAsserted(() -> Cli.assertSame(stats.repo(false).block(), this.cli.json("stats", "repo")));
		await().untilAsserted(() -> assertSame(stats.dht(), this.cli.values("stats", "dht")));
		await().untilAsserted(() -> assertSame(stats.dht(List.of("lan")), this.cli.values("stats", "dht", "lan")));
		assertThat(stats.dht(List.of("lan")).blockLast().buckets()).flatExtracting(StatsApi.Bucket::peers)
			.extracting(StatsApi.DhtPeer::id)
			.containsExactly(this.peer);
	}

	@Test
	void announcing() {
		ProvideApi provide = this.kubo.provide();
		assertSameStat(provide.stat(), "provide", "stat");
		assertSameStat(provide.stat(true), "provide", "stat", "--lan");
		assertSameStat(this.kubo.stats().provide(true), "stats", "provide", "--lan");
		assertSameStat(this.kubo.stats().reprovide(false), "stats", "reprovide");
		assertThat(provide.clear().block()).isNotNegative();
		assertThat(this.cli.json("provide", "clear").asInt()).isNotNegative();
		assertThat(provide.clearQuietly().block()).isNull();
		assertThat(this.cli.text("provide", "clear", "--quiet")).isEmpty();
	}

	private void assertSameStat(Mono<ProvideApi.Stat> stat, String... command) {
		// its workers come and go
		await().untilAsserted(() -> {
			ProvideApi.Stat told = stat.block();
			JsonNode known = this.cli.json(command).get("Sweep");
			assertThat(told.sweep().propertyNames()).isEqualTo(known.propertyNames());
			assertThat(told.sweep().get("workers")).isEqualTo(known.get("workers"));
			assertThat(told.legacy()).isNull();
		});
	}

	@Test
	void bootstrapPeers() {
		BootstrapApi bootstrap = this.kubo.bootstrap();
		List<String> peers = List.of(this.address.toString());
		assertThat(bootstrap.add(peers).block().peers()).isEqualTo(peers);
		for (BootstrapApi.Peers told : List.of(bootstrap.list().block(), bootstrap.bootstrap().block(),
				bootstrap.list(true).block())) {
			assertThat(told.peers()).isEqualTo(peers);
			Cli.assertSame(told, this.cli.json("bootstrap", "list"));
		}
		assertThat(bootstrap.rm(peers).block().peers()).isEqualTo(peers);
		assertThat(this.cli.lines("bootstrap", "list")).isEmpty();
		this.cli.text("bootstrap", "add", peers.get(0));
		assertThat(bootstrap.rm(true).block().peers()).isEqualTo(peers);
		this.cli.text("bootstrap", "add", peers.get(0));
		assertThat(bootstrap.rmAll().block().peers()).isEqualTo(peers);
		assertThat(this.cli.lines("bootstrap", "list")).isEmpty();
	}

	@Test
	void topics() throws Exception {
		PubsubApi pubsub = this.kubo.pubsub();
		String topic = "a topic/with ü";
		List<Message> received = new CopyOnWriteArrayList<>();
		Disposable first = pubsub.sub(topic).subscribe(received::add);
		Disposable second = pubsub.subscribe(topic)
			.flatMapMany((response) -> response.getBody())
			.subscribe(received::add);
		try {
			await().untilAsserted(() -> assertThat(pubsub.ls().block().topics()).containsExactly(topic));
			assertThat(this.cli.lines("pubsub", "ls")).containsExactly(topic);
			await().untilAsserted(() -> assertThat(this.otherCli.lines("pubsub", "peers", topic))
				.containsExactly(this.node.peerId().toString()));
			this.otherCli.text("pubsub", "pub", topic, file("from the other"));
			await().untilAsserted(() -> assertThat(received).hasSize(2).allSatisfy((message) -> {
				assertThat(message.data()).asString().isEqualTo("from the other");
				assertThat(message.from()).isEqualTo(this.peer);
				assertThat(message.topics()).containsExactly(topic);
			}));
		}
		finally {
			first.dispose();
			second.dispose();
		}
		Process listening = this.other.start("pubsub", "sub", topic);
		try {
			await().untilAsserted(() -> assertThat(pubsub.peers(topic).block().peers()).containsExactly(this.peer));
			Cli.assertSame(pubsub.peers().block(), this.cli.json("pubsub", "peers"));
			pubsub.pub(topic, Cli.upload("from here")).block();
			assertThat(new String(listening.getInputStream().readNBytes(9))).isEqualTo("from here");
		}
		finally {
			listening.destroy();
		}
	}

	@Test
	@SinceKubo("0.40")
	void messagesThatWereSeenAreForgotten() {
		PubsubApi pubsub = this.kubo.pubsub();
		List<Message> received = new CopyOnWriteArrayList<>();
		Disposable subscription = pubsub.sub("seen").subscribe(received::add);
		try {
			receiveOne(received);
			assertThat(pubsub.reset(this.peer).block().deleted()).isOne();
			receiveOne(received);
			assertThat(this.cli.json("pubsub", "reset", "--peer=" + this.peer).get("deleted").asInt()).isOne();
			receiveOne(received);
			assertThat(pubsub.reset().block().deleted()).isPositive();
			Cli.assertSame(pubsub.reset().block(), this.cli.json("pubsub", "reset"));
		}
		finally {
			subscription.dispose();
		}
	}

	private void receiveOne(List<Message> received) {
		int before = received.size();
		await().untilAsserted(() -> assertThat(this.otherCli.lines("pubsub", "peers", "seen"))
			.contains(this.node.peerId().toString()));
		this.otherCli.text("pubsub", "pub", "seen", file("seen"));
		await().untilAsserted(() -> assertThat(received).hasSize(before + 1));
	}

	@Test
	void listenersAndForwards() throws IOException {
		P2pApi p2p = this.kubo.p2p();
		try (ServerSocket application = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			Multiaddr local = tcp(application.getLocalPort());
			p2p.listen("/x/listened", local, true).block();
			p2p.listen("/custom", local, ListenOptions.defaults().allowCustomProtocol(true)).blockLast();
			p2p.forward("/x/forwarded", tcp(0), Multiaddr.of("/p2p/" + this.peer)).block();
			p2p.forward("/custom", tcp(0), Multiaddr.of("/p2p/" + this.peer),
					ForwardOptions.defaults().allowCustomProtocol(true))
				.blockLast();
			Cli.assertSame(p2p.ls().block(), this.cli.json("p2p", "ls"));
			assertThat(this.cli.lines("p2p", "ls")).hasSize(4);
			assertThat(p2p.close("/x/listened", null, local).block()).isEqualTo(1);
			assertThat(this.cli.text("p2p", "close", "--protocol=/x/forwarded")).contains("1");
			assertThat(this.cli.lines("p2p", "ls")).hasSize(2);
			assertThat(p2p.closeAll().block()).isEqualTo(2);
			assertThat(this.cli.lines("p2p", "ls")).isEmpty();
		}
	}

	@Test
	@SinceKubo("0.40")
	void listenersAndForwardsThatLastAsLongAsTheirCalls() throws Exception {
		P2pApi p2p = this.kubo.p2p();
		Multiaddr target = Multiaddr.of("/p2p/" + this.peer);
		for (Flux<Mounted> mounting : List.of(p2p.listen("/x/held", tcp(9), false, true),
				p2p.listen("/x/held", tcp(9), ListenOptions.defaults().foreground(true)),
				p2p.forward("/x/held", tcp(0), target, true),
				p2p.forward("/x/held", tcp(0), target, ForwardOptions.defaults().foreground(true)))) {
			List<Mounted> told = new CopyOnWriteArrayList<>();
			Disposable held = mounting.subscribe(told::add);
			await().untilAsserted(() -> assertThat(told).hasSize(1).allMatch(Mounted::isActive));
			assertThat(this.cli.lines("p2p", "ls")).hasSize(1);
			held.dispose();
			await().untilAsserted(() -> assertThat(this.cli.lines("p2p", "ls")).isEmpty());
		}
	}

	@Test
	void openStreams() throws IOException {
		P2pApi p2p = this.kubo.p2p();
		try (ServerSocket application = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
				ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			int port = free.getLocalPort();
			free.close();
			this.otherCli.text("p2p", "listen", "/x/open", tcp(application.getLocalPort()).toString());
			p2p.forward("/x/open", tcp(port), Multiaddr.of("/p2p/" + this.peer)).block();
			try (Socket one = new Socket(InetAddress.getLoopbackAddress(), port);
					Socket two = new Socket(InetAddress.getLoopbackAddress(), port);
					Socket three = new Socket(InetAddress.getLoopbackAddress(), port)) {
				await().untilAsserted(() -> assertThat(p2p.streams().block().streams()).hasSize(3));
				Cli.assertSame(p2p.streams().block(), this.cli.json("p2p", "stream", "ls"));
				List<P2pApi.Stream> streams = p2p.streams().block().streams();
				p2p.closeStream(streams.get(0).id()).block();
				await().untilAsserted(() -> assertThat(this.cli.lines("p2p", "stream", "ls")).hasSize(2));
				this.cli.text("p2p", "stream", "close", streams.get(1).id());
				await()
					.untilAsserted(() -> assertThat(p2p.streams().block().streams()).containsExactly(streams.get(2)));
				p2p.closeAllStreams().block();
				await().untilAsserted(() -> assertThat(this.cli.lines("p2p", "stream", "ls")).isEmpty());
			}
			p2p.closeAll().block();
			this.otherCli.text("p2p", "close", "--all");
		}
	}

	private static Multiaddr tcp(int port) {
		return Multiaddr.of("/ip4/127.0.0.1/tcp/" + port);
	}

}
