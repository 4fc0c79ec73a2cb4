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

package io.github.ipfstoolkit.core;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

import io.github.ipfstoolkit.Cid;
import io.github.ipfstoolkit.rpc.ContentApi.AddOptions;
import io.github.ipfstoolkit.rpc.RpcEndpoint;
import io.github.ipfstoolkit.rpc.Upload;
import io.github.ipfstoolkit.rpc.cli.KuboCliClient;
import io.github.ipfstoolkit.rpc.client.KuboClient;
import io.github.ipfstoolkit.rpc.http.KuboHttpClient;

/**
 * Moves much content to a node and back, and verifies it. Run in a JVM of its own by
 * {@link LargeContentIT}, with the backend, the node's URL, what to move, how much of it,
 * a directory, and the executable.
 */
final class LargeContentMain {

	private LargeContentMain() {
	}

	public static void main(String[] args) throws Exception {
		long amount = Long.parseLong(args[3]);
		Path directory = Path.of(args[4]);
		try (KuboClient client = client(args[0], new RpcEndpoint(URI.create(args[1]), null), args[5])) {
			IpfsTemplate ipfs = new IpfsTemplate(client);
			switch (args[2]) {
				case "file" -> moveFile(ipfs, amount, directory);
				case "directory" -> moveDirectory(ipfs, Math.toIntExact(amount), directory);
				default -> throw new IllegalArgumentException(args[2]);
			}
			System.out.println("moved " + amount);
		}
		System.exit(0);
	}

	private static KuboClient client(String backend, RpcEndpoint node, String executable) {
		return switch (backend) {
			case KuboHttpClient.BACKEND -> new KuboHttpClient(() -> node);
			case KuboCliClient.BACKEND -> KuboCliClient.builder(() -> Path.of(executable), () -> node).build();
			default -> throw new IllegalArgumentException(backend);
		};
	}

	private static void moveFile(IpfsTemplate ipfs, long size, Path directory) throws Exception {
		long start = System.nanoTime();
		CheckedInputStream generated = new CheckedInputStream(new GeneratedContent(size), new CRC32C());
		Cid cid = ipfs.publish(Upload.of(generated),
				AddOptions.defaults().chunker("size-" + GeneratedContent.BLOCK_SIZE).rawLeaves(true).pin(false));
		start = report("published", start);
		Path target = directory.resolve("downloaded");
		ipfs.download(cid, target);
		start = report("downloaded", start);
		try (InputStream content = Files.newInputStream(target)) {
			verify(size, generated, content);
		}
		report("verified", start);
	}

	private static void verify(long size, CheckedInputStream expected, InputStream content) throws IOException {
		CheckedInputStream actual = new CheckedInputStream(content, new CRC32C());
		long count = actual.transferTo(OutputStream.nullOutputStream());
		if (count != size || actual.getChecksum().getValue() != expected.getChecksum().getValue()) {
			throw new IllegalStateException("%d bytes have another checksum than %d bytes".formatted(count, size));
		}
	}

	private static void moveDirectory(IpfsTemplate ipfs, int files, Path directory) throws IOException {
		long start = System.nanoTime();
		Path source = Files.createDirectory(directory.resolve("source"));
		for (int i = 0; i < files; i++) {
			Files.writeString(source.resolve("file-" + i), "content of file " + i);
		}
		start = report("written", start);
		Cid cid = ipfs.publish(Upload.of(source), AddOptions.defaults().pin(false));
		start = report("published", start);
		Path target = directory.resolve("downloaded");
		ipfs.download(cid, target);
		start = report("downloaded", start);
		int[] count = new int[1];
		Files.walkFileTree(target, new SimpleFileVisitor<>() {

			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
				String number = file.getFileName().toString().substring("file-".length());
				if (!Files.readString(file).equals("content of file " + number)) {
					throw new IllegalStateException("'%s' has other content".formatted(file));
				}
				count[0]++;
				return FileVisitResult.CONTINUE;
			}

		});
		if (count[0] != files) {
			throw new IllegalStateException("%d files are there in place of %d".formatted(count[0], files));
		}
		System.out.println("root " + cid);
		report("verified", start);
	}

	private static long report(String what, long start) {
		long end = System.nanoTime();
		System.out.println(what + " in " + TimeUnit.NANOSECONDS.toMillis(end - start) + " ms");
		return end;
	}

}
