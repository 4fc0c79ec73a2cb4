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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

import io.github.ipfstoolkit.Cid;
import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.annotation.IpfsFileListener;
import io.github.ipfstoolkit.annotation.Sender;
import io.github.ipfstoolkit.core.IpfsOperations;
import io.github.ipfstoolkit.testsupport.KuboTestNode;
import io.github.ipfstoolkit.transmission.RefusalReason;
import io.github.ipfstoolkit.transmission.conversation.ConversationOperations;
import io.github.ipfstoolkit.transmission.file.ContentUnavailableException;
import io.github.ipfstoolkit.transmission.file.FileContents;
import io.github.ipfstoolkit.transmission.file.FileOptions;
import io.github.ipfstoolkit.transmission.file.FileProgress;
import io.github.ipfstoolkit.transmission.file.FileProgressListener;
import io.github.ipfstoolkit.transmission.file.FileReceipt;
import io.github.ipfstoolkit.transmission.file.FileRefusedException;
import io.github.ipfstoolkit.transmission.file.FileTooLargeException;
import io.github.ipfstoolkit.transmission.file.FileTransferOperations;
import io.github.ipfstoolkit.transmission.file.FileTransferTemplate;
import io.github.ipfstoolkit.transmission.file.ReceivedFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Files from one application to a listener method of another.
 */
class FileListenerIT {

	private static final KuboTestNode aliceNode = KuboTestNode.start();

	private static final KuboTestNode bobNode = KuboTestNode.start();

	@TempDir
	private static Path directory;

	private static ConfigurableApplicationContext alice;

	private static ConfigurableApplicationContext bob;

	@BeforeAll
	static void start() {
		aliceNode.connectTo(bobNode);
		alice = start(Sending.class, aliceNode, "alice");
		bob = start(Receiving.class, bobNode, "bob");
	}

	private static ConfigurableApplicationContext start(Class<?> application, KuboTestNode node, String name) {
		return new SpringApplicationBuilder(application).web(WebApplicationType.NONE)
			.properties("ipfs.api.url=" + node.endpoint().uri(), "ipfs.data-directory=" + directory.resolve(name),
					"ipfs.contacts.store=memory", "ipfs.transmission.files.max-file-size=20MB",
					"ipfs.transmission.files.block-size=1000KB", "ipfs.transmission.files.min-free-space=0",
					"ipfs.transmission.timeout=24s", "ipfs.transmission.read-timeout=24s",
					"ipfs.transmission.encryption.key=" + Base64.getEncoder().encodeToString(new byte[32]),
					"test.elsewhere=" + directory.resolve("elsewhere"))
			.run();
	}

	@AfterAll
	static void stop() {
		alice.close();
		bob.close();
		aliceNode.close();
		bobNode.close();
	}

	private static Path file(String name, int size) throws Exception {
		byte[] content = new byte[size];
		new Random(size).nextBytes(content);
		return Files.write(directory.resolve(name), content);
	}

	private static FileReceipt send(String listener, Path file, FileOptions options) {
		return alice.getBean(FileTransferOperations.class).sendFile(bobNode.peerId(), listener, file, options);
	}

	@Test
	void listenerMethodGetsTheFileInTheDataDirectory() throws Exception {
		Path file = file("a.bin", 3_000_000);
		List<Long> sent = new ArrayList<>();
		FileReceipt receipt = send("files", file,
				FileOptions.defaults().withMetadata("m").withProgress((progress) -> sent.add(progress.bytes())));
		// by the property block-size
		assertThat(sent).startsWith(0L, 1_000 * 1024L, 2_000 * 1024L, 3_000_000L);
		Receiving receiving = bob.getBean(Receiving.class);
		ReceivedFile received = receiving.files.remove();
		assertThat(received.path()).isEqualTo(directory.resolve("bob/files/a.bin")).hasSameBinaryContentAs(file);
		assertThat(received.metadataText()).isEqualTo("m");
		assertThat(received.sha256()).isEqualTo(receipt.sha256());
		assertThat(receiving.senders.remove()).isEqualTo(aliceNode.peerId()).isEqualTo(received.sender());
		assertThat(receiving.progress).last()
			.isEqualTo(new FileProgress(aliceNode.peerId(), "files", "a.bin", 3_000_000, 3_000_000));
	}

	@Test
	void progressBeanOfOneListenerIsToldOfItsFilesAlone() throws Exception {
		Path file = file("video.bin", 3_000_000);
		Receiving receiving = bob.getBean(Receiving.class);
		send("files", file, FileOptions.defaults());
		receiving.files.remove();
		assertThat(receiving.progressOfVideos).isEmpty();
		send("videos", file, FileOptions.defaults());
		FileProgress complete = new FileProgress(aliceNode.peerId(), "videos", "video.bin", 3_000_000, 3_000_000);
		assertThat(receiving.progressOfVideos).isSortedAccordingTo(Comparator.comparingLong(FileProgress::bytes))
			.last()
			.isEqualTo(complete);
		// who follows all is told of them too
		assertThat(receiving.progress).last().isEqualTo(complete);
	}

	@Test
	void fileByContentGoesThroughBitswapToTheSameMethod() throws Exception {
		Path file = file("content.bin", 5_000_000);
		List<FileProgress> progress = new CopyOnWriteArrayList<>();
		FileReceipt receipt = send("files", file,
				FileOptions.byContent().withMetadata("m").withProgress(progress::add));
		ReceivedFile received = bob.getBean(Receiving.class).files.remove();
		assertThat(received.path()).hasSameBinaryContentAs(file);
		assertThat(received.metadataText()).isEqualTo("m");
		Cid cid = receipt.cid();
		assertThat(cid).isEqualTo(alice.getBean(IpfsOperations.class).predictCid(file));
		// the receiver's node has the blocks now, so that it does not need the sender
		assertThat(bobNode.run("cat", "--offline", "--length", "10", cid.toString())).isNotEmpty();
		assertThat(progress).last().extracting(FileProgress::bytes).isEqualTo(5_000_000L);
	}

	/**
	 * With the same time-out at both ends, as it is by default.
	 */
	@Test
	void senderLearnsThatItsContentCanNotBeHad() throws Exception {
		Cid nowhere = Cid.of("bafkreifzjut3te7nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e");
		Path file = file("nowhere.bin", 10);
		FileContents contents = new FileContents() {

			@Override
			public Cid publish(Path file) {
				return nowhere;
			}

			@Override
			public InputStream open(Cid cid) {
				throw new UnsupportedOperationException();
			}

		};
		FileTransferOperations sender = new FileTransferTemplate(alice.getBean(ConversationOperations.class), contents,
				FileTransferTemplate.DEFAULT_BLOCK_SIZE, 3, List.of());
		assertThatExceptionOfType(ContentUnavailableException.class)
			.isThrownBy(() -> sender.sendFile(bobNode.peerId(), "files", file, FileOptions.byContent()))
			.withMessageContaining("18000 ms");
		assertThat(directory.resolve("bob/files/nowhere.bin")).doesNotExist();
	}

	@Test
	void listenerMayHaveADirectoryOfItsOwn() throws Exception {
		send("other", file("b.bin", 10), FileOptions.defaults());
		assertThat(directory.resolve("elsewhere/b.bin")).exists();
	}

	@Test
	void senderLearnsWhatTheListenerThrows() throws Exception {
		Path file = file("c.bin", 10);
		assertThatExceptionOfType(FileRefusedException.class)
			.isThrownBy(() -> send("failing", file, FileOptions.defaults()))
			.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(RefusalReason.FAILED));
		assertThat(directory.resolve("bob/files/c.bin")).doesNotExist();
	}

	@Test
	void limitsAreThoseOfTheProperties() throws Exception {
		Path file = file("large.bin", 20 * 1024 * 1024 + 1);
		assertThatExceptionOfType(FileTooLargeException.class)
			.isThrownBy(() -> send("files", file, FileOptions.defaults()));
	}

	@Test
	void resourceCanBeSent() throws Exception {
		alice.getBean(FileTransferOperations.class)
			.sendFile(bobNode.peerId().toString(), "other",
					new ByteArrayResource("hello".getBytes(StandardCharsets.UTF_8)),
					FileOptions.defaults().withName("hello.txt"));
		assertThat(directory.resolve("elsewhere/hello.txt")).hasContent("hello");
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Sending {

	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Receiving {

		final BlockingQueue<ReceivedFile> files = new LinkedBlockingQueue<>();

		final BlockingQueue<PeerId> senders = new LinkedBlockingQueue<>();

		final List<FileProgress> progress = new CopyOnWriteArrayList<>();

		final List<FileProgress> progressOfVideos = new CopyOnWriteArrayList<>();

		@IpfsFileListener("files")
		void onFile(ReceivedFile file, @Sender PeerId sender) {
			this.senders.add(sender);
			this.files.add(file);
		}

		@IpfsFileListener(value = "other", directory = "${test.elsewhere}")
		void onOther(ReceivedFile file) {
		}

		@IpfsFileListener(value = "videos", progress = "progressOfVideos")
		void onVideo(ReceivedFile file) {
		}

		@IpfsFileListener("failing")
		void fail(ReceivedFile file) {
			throw new IllegalStateException("broken");
		}

		@Bean
		FileProgressListener progress() {
			return this.progress::add;
		}

		@Bean(defaultCandidate = false)
		FileProgressListener progressOfVideos() {
			return this.progressOfVideos::add;
		}

	}

}
