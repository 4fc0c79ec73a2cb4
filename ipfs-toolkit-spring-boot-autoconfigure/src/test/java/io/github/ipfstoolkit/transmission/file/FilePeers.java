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

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;

import io.github.ipfstoolkit.Cid;
import io.github.ipfstoolkit.core.IpfsOperations;
import io.github.ipfstoolkit.core.IpfsTemplate;
import io.github.ipfstoolkit.testsupport.KuboTestNode;
import io.github.ipfstoolkit.transmission.conversation.ConversingPeers;

import org.springframework.util.unit.DataSize;

/**
 * Alice sends files, Bob receives them.
 */
final class FilePeers implements AutoCloseable {

	final ConversingPeers nodes;

	final Path directory;

	final BlockingQueue<ReceivedFile> received = new LinkedBlockingQueue<>();

	final FileTransferTemplate files;

	FilePeers(Path directory) {
		this(directory, new ConversingPeers());
	}

	FilePeers(Path directory, String transport) {
		this(directory, new ConversingPeers(transport));
	}

	FilePeers(Path directory, ConversingPeers nodes) {
		this.directory = directory;
		this.nodes = nodes;
		this.files = new FileTransferTemplate(nodes.alices, null, FileTransferTemplate.DEFAULT_BLOCK_SIZE,
				FileTransferTemplate.DEFAULT_RETRIES, List.of());
	}

	Path inbox() {
		return this.directory.resolve("inbox");
	}

	FileReceiverOptions options() {
		return FileReceiverOptions.of(inbox())
			.withMinFreeSpace(DataSize.ofBytes(0))
			.withTimeout(Duration.ofSeconds(30));
	}

	FileReceiver listen(String listener) {
		return listen(listener, options(), this.received::add);
	}

	FileReceiver listen(String listener, FileReceiverOptions options, FileHandler handler,
			FileTransferObserver... observers) {
		FileContents contents = new NodeContents(new IpfsTemplate(this.nodes.bob.kubo()));
		return new ConversationFileReceivers(this.nodes.bobs, this.nodes.receiverOptions(4), options, contents,
				List.of(observers))
			.open(listener, this.nodes.receiverOptions(4), options, handler);
	}

	/**
	 * Returns the names under which an application can be reached on a node. Those under
	 * which it reaches others are kept for a while.
	 */
	static List<String> listeners(KuboTestNode node) {
		return ConversingPeers.mounted(node).stream().filter((row) -> row.matches("\\S+\\s+/p2p/.*")).toList();
	}

	Path file(String name, int size) throws IOException {
		byte[] content = new byte[size];
		new Random(size).nextBytes(content);
		return Files.write(Files.createDirectories(this.directory.resolve("sent")).resolve(name), content);
	}

	/**
	 * Returns what is left of transfers that have not ended.
	 */
	List<Path> parts() throws IOException {
		try (Stream<Path> files = Files.walk(inbox().resolve(".parts"))) {
			return files.filter(Files::isRegularFile).toList();
		}
	}

	static String sha256(Path file) throws Exception {
		MessageDigest digest = MessageDigest.getInstance("SHA-256");
		try (InputStream input = new DigestInputStream(Files.newInputStream(file), digest)) {
			input.transferTo(OutputStream.nullOutputStream());
		}
		return HexFormat.of().formatHex(digest.digest());
	}

	@Override
	public void close() {
		this.nodes.close();
	}

	/**
	 * What the node has, or gets from others.
	 */
	private record NodeContents(IpfsOperations ipfs) implements FileContents {

		@Override
		public Cid publish(Path file) {
			return this.ipfs.publish(file);
		}

		@Override
		public InputStream open(Cid cid) {
			return this.ipfs.open(cid);
		}

	}

}
