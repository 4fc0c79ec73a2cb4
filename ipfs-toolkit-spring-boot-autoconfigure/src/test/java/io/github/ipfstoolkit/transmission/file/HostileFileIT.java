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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.ipfstoolkit.Cid;
import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.p2p.TunnelTemplate;
import io.github.ipfstoolkit.testsupport.GoodPeer;
import io.github.ipfstoolkit.testsupport.HeldResources;
import io.github.ipfstoolkit.testsupport.KuboTestNode;
import io.github.ipfstoolkit.transmission.conversation.Conversation;
import io.github.ipfstoolkit.transmission.conversation.ConversationTemplate;
import io.github.ipfstoolkit.transmission.conversation.ConversingPeers;
import io.github.ipfstoolkit.transmission.conversation.ListenTimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a hostile peer can do to a file listener, in numbers: nothing outlives its
 * time-out, nothing is written elsewhere or left behind, and a good peer's files arrive
 * meanwhile.
 */
@Tag("long")
@ParameterizedClass
@ValueSource(strings = { KuboTestNode.TCP, KuboTestNode.QUIC })
class HostileFileIT {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Duration TIMEOUT = Duration.ofSeconds(6);

	private static final Cid NOWHERE = Cid.of("bafkreifzjut3te7nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e");

	private static final byte[] FF = { -1 };

	private static ConversingPeers nodes;

	private static KuboTestNode mallory;

	@TempDir
	private Path directory;

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final AtomicBoolean goOn = new AtomicBoolean(true);

	private final String transport;

	private TunnelTemplate tunnels;

	private FilePeers peers;

	private ConversationTemplate mallorys;

	private FileReceiver receiver;

	private GoodPeer goodPeer;

	private Set<Object> mounted;

	private HeldResources held;

	HostileFileIT(String transport) {
		this.transport = transport;
	}

	@BeforeParameterizedClassInvocation
	static void startNodes(String transport) {
		nodes = new ConversingPeers(transport);
		mallory = KuboTestNode.startWithTransport(transport);
		mallory.connectTo(nodes.bob);
		mallory.awaitConnection(nodes.bob, transport);
	}

	@AfterParameterizedClassInvocation
	static void stopNodes() {
		mallory.close();
		nodes.close();
	}

	@BeforeEach
	void start() throws Exception {
		this.peers = new FilePeers(this.directory, nodes);
		this.tunnels = ConversingPeers.tunnels(mallory);
		this.mallorys = ConversingPeers.template(mallory, this.tunnels, this.peers.nodes.executor);
		FileReceiverOptions options = this.peers.options()
			.withTimeout(TIMEOUT)
			.withMaxFileSize(DataSize.ofMegabytes(100))
			.withMaxTransfers(8, 4)
			.withParts(Duration.ofHours(1), DataSize.ofMegabytes(1));
		this.receiver = this.peers.listen("files", options, (file) -> Files.delete(file.path()));
		Path file = this.peers.file("good", 100_000);
		this.peers.files.sendFile(this.peers.nodes.bobsId, "files", file);
		this.mounted = mounted();
		this.held = HeldResources.of(FileReception.class);
		this.goodPeer = new GoodPeer(() -> this.peers.files.sendFile(this.peers.nodes.bobsId, "files", file));
	}

	@AfterEach
	void nothingIsLeft() throws Exception {
		this.goOn.set(false);
		this.goodPeer.stop(this.transport, "sent files");
		// all places are free again
		List<Conversation> all = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			all.add(openAccepted(offer(10, "free")));
		}
		all.forEach(Conversation::close);
		this.mallorys.stop();
		this.tunnels.stop();
		nothingIsHeld();
		assertThat(this.receiver.drain(PATIENCE)).isTrue();
		this.receiver.close();
		this.executor.shutdownNow();
		try (Stream<Path> files = Files.walk(this.directory)) {
			List<Path> left = files.filter(Files::isRegularFile)
				.filter((file) -> !file.startsWith(this.directory.resolve("sent")))
				.toList();
			// at most parts, within their limit
			assertThat(left).allMatch((file) -> file.startsWith(this.peers.inbox().resolve(".parts")));
			assertThat(left.stream().mapToLong((file) -> file.toFile().length()).sum())
				.isLessThanOrEqualTo(DataSize.ofMegabytes(1).toBytes());
		}
	}

	/**
	 * Once the hostile peer has left, there are as many threads for the others as before,
	 * and as many open files, but for connections with nodes that wait to be used again,
	 * and the same names on all nodes.
	 */
	private void nothingIsHeld() {
		HeldResources atLeaving = HeldResources.of(FileReception.class);
		this.held.awaitGivenBack(0, 8);
		Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(mounted()).isEqualTo(this.mounted));
		System.out.printf("[figures] %s: held before: %s, as the hostile peer left: %s, after: %s%n", this.transport,
				this.held, atLeaving, HeldResources.of(FileReception.class));
	}

	/**
	 * Returns all names under which somebody can be reached, and all that the hostile
	 * peer has mounted. Good peers keep their ways to others for a while.
	 */
	private static Set<Object> mounted() {
		return Stream.of(nodes.alice, nodes.bob, mallory)
			.flatMap((node) -> node.kubo()
				.p2p()
				.ls()
				.block()
				.listeners()
				.stream()
				.filter((mount) -> node == mallory || !mount.isForward()))
			.collect(Collectors.toSet());
	}

	private Conversation open() {
		return this.mallorys.startConversation(this.peers.nodes.bobsId, "files");
	}

	/**
	 * Opens a conversation in which a file is offered, and accepted as soon as there is a
	 * place for it.
	 */
	private Conversation openAccepted(byte[] offer) {
		return Awaitility.await().atMost(PATIENCE).ignoreExceptionsInstanceOf(IpfsException.class).until(() -> {
			Conversation conversation = open();
			conversation.say(offer);
			if (conversation.listenText(PATIENCE).startsWith("ready")) {
				return conversation;
			}
			conversation.close();
			return null;
		}, Objects::nonNull);
	}

	private static byte[] bytes(Object... parts) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		for (Object part : parts) {
			bytes.writeBytes(
					(part instanceof byte[] array) ? array : part.toString().getBytes(StandardCharsets.ISO_8859_1));
		}
		return bytes.toByteArray();
	}

	private static byte[] offer(long size, String name) {
		return new FileOffer(size, name, new byte[0], "", "", null).toDirect();
	}

	private static byte[] offer(long size, Cid cid) {
		return new FileOffer(size, "content", new byte[0], "", "", cid).toDirect();
	}

	private static byte[] end(byte[] content) {
		return new FileMessage(FileMessage.END, Sha256.create().digest(content)).toBytes();
	}

	/**
	 * Says something and returns the answer.
	 */
	private String say(byte[]... messages) {
		try (Conversation conversation = open()) {
			for (byte[] message : messages) {
				conversation.say(message);
			}
			String last = "";
			try {
				while (true) {
					last = new String(conversation.listen(PATIENCE), StandardCharsets.ISO_8859_1);
				}
			}
			catch (IpfsException ex) {
				return last;
			}
		}
	}

	@Test
	void offersThatAreNone() {
		byte[] rest = bytes(FF, "name", FF, FF, FF, FF);
		List<byte[]> offers = List.of(new byte[0], FF, bytes("x"), bytes(FF, FF, FF, FF, FF),
				bytes(new byte[] { 9, 9, 9, 9, 9, 9, 9, 9, 9, 9 }, rest), bytes(new byte[] { 0, 0 }, rest),
				bytes(new byte[] { 127, 1, 1, 1, 1, 1, 1, 1, 1 }, rest),
				bytes(new byte[] { 2 }, FF, new byte[] { (byte) 0xC3 }, FF, FF, FF, FF),
				bytes(new byte[] { 2 }, FF, "x", FF, "t".repeat(65), FF, FF, FF),
				bytes(new byte[] { 2 }, FF, "x", FF, FF, FF, "no CID", FF), new byte[500_000]);
		for (byte[] offer : offers) {
			assertThat(say(offer)).startsWith("refused\u00ffmalformed");
		}
		System.out.printf("%d offers that are none were refused in words%n", offers.size());
	}

	@Test
	void filesThatAreTooLarge() {
		assertThat(say(offer(Long.MAX_VALUE, "x"))).startsWith("refused\u00fftoo-large");
		assertThat(say(offer(100 * 1024 * 1024 + 1, "x"))).startsWith("refused\u00fftoo-large");
	}

	@Test
	void contentThatIsNotWhatWasOffered() throws Exception {
		Cid file = Cid.of(mallory.run("add", "--quieter", this.peers.file("content", 3000).toString()).strip());
		Path directory = Files.createDirectory(this.directory.resolve("sent/directory"));
		Files.writeString(directory.resolve("inner"), "x");
		Cid ofDirectory = Cid.of(mallory.run("add", "--quieter", "-r", directory.toString()).strip());
		assertThat(say(offer(3000, file))).startsWith("done");
		assertThat(say(offer(2999, file))).startsWith("refused\u00ffno-content");
		assertThat(say(offer(3001, file))).startsWith("refused\u00ffno-content");
		assertThat(say(offer(0, file))).startsWith("refused\u00ffno-content");
		assertThat(say(offer(1, ofDirectory))).startsWith("refused\u00ffno-content").contains("directory");
		long start = System.nanoTime();
		assertThat(say(offer(1, NOWHERE))).startsWith("refused\u00ffno-content");
		long millis = (System.nanoTime() - start) / 1_000_000;
		System.out.printf("content that nobody has was refused after %d ms (time-out %d ms)%n", millis,
				TIMEOUT.toMillis());
		assertThat(millis).isLessThan(TIMEOUT.plusSeconds(20).toMillis());
	}

	/**
	 * As many as one peer may send at the same time, again and again, with a time-out at
	 * the receiver that none of them reaches.
	 */
	@Test
	void contentThatNobodyHasOfPeersThatGo() throws Exception {
		FileReceiverOptions patient = this.peers.options().withTimeout(Duration.ofHours(1)).withMaxTransfers(4, 4);
		try (FileReceiver receiver = this.peers.listen("patient", patient, (file) -> Files.delete(file.path()))) {
			long start = System.nanoTime();
			for (int round = 0; round < 5; round++) {
				List<Conversation> conversations = new ArrayList<>();
				for (int i = 0; i < 4; i++) {
					Conversation conversation = awaitPlace(receiver.listener());
					conversations.add(conversation);
				}
				conversations.forEach(Conversation::close);
			}
			Path file = this.peers.file("patient", 1000);
			this.peers.files.sendFile(this.peers.nodes.bobsId, receiver.listener(), file,
					FileOptions.defaults().withRetries(20));
			System.out.printf("20 transfers of content that nobody has were left; their places were free in %d ms%n",
					(System.nanoTime() - start) / 1_000_000);
		}
	}

	/**
	 * Lets content be fetched that nobody has, once there is a place for it.
	 */
	private Conversation awaitPlace(String listener) {
		return Awaitility.await().atMost(PATIENCE).until(() -> {
			Conversation conversation = this.mallorys.startConversation(this.peers.nodes.bobsId, listener);
			conversation.say(offer(1, NOWHERE));
			try {
				// it is refused at once, or not
				conversation.listen(Duration.ofMillis(200));
				conversation.close();
				return null;
			}
			catch (ListenTimeoutException ex) {
				return conversation;
			}
		}, Objects::nonNull);
	}

	@Test
	void namesThatArePaths() throws Exception {
		byte[] content = "evil".getBytes(StandardCharsets.US_ASCII);
		for (String name : List.of("../../evil", "/tmp/evil", "..", ".", "\u0000", "a\u0000/../b", ".parts", "x/",
				"C:\\evil", "con", "a".repeat(1000))) {
			assertThat(say(offer(content.length, name), FileMessage.of(FileMessage.FROM, 0).toBytes(), content,
					end(content)))
				.startsWith("done");
		}
		assertThat(this.directory.resolve("evil")).doesNotExist();
		assertThat(this.directory.getParent().resolve("evil")).doesNotExist();
	}

	@Test
	void stepsThatAreWrong() {
		byte[] from = FileMessage.of(FileMessage.FROM, 0).toBytes();
		assertThat(say(offer(5, "x"), FileMessage.of(FileMessage.FROM, 3).toBytes()))
			.startsWith("refused\u00ffmalformed");
		assertThat(say(offer(5, "x"), bytes("what?"))).startsWith("refused\u00ffmalformed");
		assertThat(say(offer(5, "x"), from, new byte[6])).startsWith("refused\u00ffmalformed");
		assertThat(say(offer(5, "x"), from, new byte[5], bytes("what?"))).startsWith("refused\u00ffmalformed");
		assertThat(say(offer(5, "x"), from, new byte[5], new FileMessage(FileMessage.END, new byte[32]).toBytes()))
			.startsWith("refused\u00ffcorrupted");
		assertThat(say(offer(5, "x"), from, new byte[5], new FileMessage(FileMessage.END, new byte[33]).toBytes()))
			.startsWith("refused\u00ffmalformed");
	}

	@Test
	void randomBytes() {
		Random random = new Random(7);
		int said = 0;
		for (int i = 0; i < 60; i++) {
			try (Conversation conversation = open()) {
				if (i % 2 == 0) {
					conversation.say(offer(1_000_000, "random"));
				}
				for (int message = 0; message < 5; message++) {
					byte[] bytes = new byte[random.nextInt(3000)];
					random.nextBytes(bytes);
					conversation.say(bytes);
					said++;
				}
			}
			catch (IpfsException ex) {
				// the conversation was ended
			}
		}
		System.out.printf("60 conversations with %d messages of random bytes%n", said);
	}

	@Test
	void transfersThatAreCutAtEveryMessage() throws Exception {
		byte[] content = new byte[3000];
		List<byte[]> messages = List.of(new FileOffer(3000, "cut", new byte[0], "transfer", "", null).toDirect(),
				FileMessage.of(FileMessage.FROM, 0).toBytes(), new byte[1000], new byte[1000], new byte[1000],
				end(content));
		for (int end = 0; end < messages.size(); end++) {
			// those before may still be about to end, and have all places
			boolean accepted = end > 1;
			try (Conversation conversation = accepted ? openAccepted(messages.get(0)) : open()) {
				for (byte[] message : messages.subList(accepted ? 1 : 0, end)) {
					conversation.say(message);
				}
			}
		}
	}

	/**
	 * Four, as many as one peer may send at the same time, that say nothing, report
	 * progress for ever, or say a byte at a time.
	 */
	@Test
	void transfersThatAreSlow() throws Exception {
		List<Conversation> conversations = new ArrayList<>();
		Conversation fifth = open();
		for (int i = 0; i < 4; i++) {
			Conversation conversation = open();
			conversation.say(offer(1_000_000, "slow"));
			assertThat(conversation.listenText(PATIENCE)).isEqualTo("ready");
			if (i >= 2) {
				conversation.say(FileMessage.of(FileMessage.FROM, 0).toBytes());
			}
			conversations.add(conversation);
		}
		fifth.say(offer(1, "fifth"));
		assertThat(fifth.listen(PATIENCE)).asString(StandardCharsets.ISO_8859_1).startsWith("refused\u00ffpeer-busy");
		byte[] progress = FileMessage.of(FileMessage.PROGRESS, 1).toBytes();
		Future<?> drip = this.executor.submit(() -> {
			while (this.goOn.get()) {
				for (int i = 0; i < 3; i++) {
					try {
						conversations.get(i)
							.sayAhead((i < 2) ? progress : new byte[1], 0, (i < 2) ? progress.length : 1);
					}
					catch (IpfsException ex) {
						// it was ended
					}
				}
				TimeUnit.MILLISECONDS.sleep(500);
			}
			return null;
		});
		long start = System.nanoTime();
		for (Conversation conversation : conversations) {
			assertThatExceptionOfType(IpfsException.class).isThrownBy(() -> {
				while (true) {
					conversation.listen(PATIENCE);
				}
			}).isNotInstanceOf(ListenTimeoutException.class);
		}
		long longest = (System.nanoTime() - start) / 1_000_000;
		System.out.printf("4 transfers that were slow were ended within %d ms (time-out %d ms)%n", longest,
				TIMEOUT.toMillis());
		assertThat(longest).isLessThan(TIMEOUT.plusSeconds(20).toMillis());
		this.goOn.set(false);
		assertThat(drip).succeedsWithin(PATIENCE);
	}

	@Test
	void partsThatArePutThereAreBounded() throws IOException {
		byte[] block = new byte[400_000];
		for (int i = 0; i < 10; i++) {
			FileOffer offer = new FileOffer(1_000_000, "part", new byte[0], "transfer" + i, "", null);
			try (Conversation conversation = openAccepted(offer.toDirect())) {
				conversation.say(FileMessage.of(FileMessage.FROM, 0).toBytes());
				conversation.say(block);
			}
		}
	}

}
