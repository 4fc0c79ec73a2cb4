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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.ipfstoolkit.Cid;
import io.github.ipfstoolkit.rpc.DagApi.ImportOptions;
import io.github.ipfstoolkit.rpc.DagApi.Imported;
import io.github.ipfstoolkit.testsupport.KuboTestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.buffer.DataBufferUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Sends CAR archives of others to a node and reads them back, see
 * {@code vectors/README.md}.
 */
class CarVectorsIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static KuboTestNode node;

	private static Kubo kubo;

	@BeforeAll
	static void start() {
		node = KuboTestNode.start();
		kubo = node.kubo();
	}

	@AfterAll
	static void stop() {
		node.close();
	}

	@ParameterizedTest
	@CsvFileSource(resources = "/vectors/car/cars.csv", numLinesToSkip = 1)
	void archiveIsReadBack(String file, String roots, int blocks, boolean same) throws Exception {
		byte[] archive = read(file);
		Map<Cid, byte[]> content = blocks(archive);
		List<Cid> wanted = Stream.of(roots.split(" ")).map(Cid::of).toList();
		List<Imported> imported = importCar(file, ImportOptions.defaults().stats(true));
		assertThat(imported).filteredOn((value) -> value.root() != null)
			.extracting((value) -> value.root().cid())
			.containsExactlyInAnyOrderElementsOf(wanted);
		assertThat(imported).filteredOn((value) -> value.stats() != null).singleElement().satisfies((value) -> {
			assertThat(value.stats().blocks()).isEqualTo(blocks);
			assertThat(value.stats().bytes())
				.isEqualTo(content.values().stream().mapToLong((block) -> block.length).sum());
		});
		for (Map.Entry<Cid, byte[]> block : content.entrySet()) {
			assertThat(block.getKey().toBytes()).as("the archive itself is right")
				.endsWith(MessageDigest.getInstance("SHA-256").digest(block.getValue()));
			assertThat(Cli.bytes(kubo.block().get(block.getKey()))).isEqualTo(block.getValue());
		}
		Map<Cid, byte[]> exported = new HashMap<>();
		for (Cid root : wanted) {
			byte[] export = Cli.bytes(kubo.dag().export(root.toString()));
			exported.putAll(blocks(export));
			assertThat(Arrays.equals(export, archive)).as("the archive is exported byte for byte").isEqualTo(same);
		}
		assertThat(exported).hasSize(blocks).containsOnlyKeys(content.keySet());
		exported.forEach((cid, block) -> assertThat(block).isEqualTo(content.get(cid)));
	}

	@Test
	void archiveWithoutAllItsBlocksIsAnErrorUnlessItIsNotPinned() throws Exception {
		String file = "gateway-conformance/file-3k-and-3-blocks-missing-block.car";
		String root = "QmYhmPjhFjYFyaoiuNzYv8WGavpSRDwdHWe5B4M5du5Rtk";
		assertThatExceptionOfType(CommandFailedException.class)
			.isThrownBy(() -> importCar(file, ImportOptions.defaults().nodeTimeout(Duration.ofSeconds(2))))
			.withMessageContainingAll("dag/import", root, "was not pinned");
		assertThat(importCar(file, ImportOptions.defaults().pinRoots(false))).isEmpty();
		for (Map.Entry<Cid, byte[]> block : blocks(read(file)).entrySet()) {
			assertThat(Cli.bytes(kubo.block().get(block.getKey()))).isEqualTo(block.getValue());
		}
		assertThatExceptionOfType(CommandFailedException.class)
			.isThrownBy(() -> Cli.bytes(kubo.content().cat(root, ContentApi.CatOptions.defaults().offline(true))));
		assertThatExceptionOfType(CommandFailedException.class)
			.isThrownBy(() -> kubo.call("dag/export", List.of(root), CallOptions.defaults().offline(true), null)
				.doOnNext(DataBufferUtils::release)
				.blockLast(TIMEOUT));
	}

	@ParameterizedTest
	@ValueSource(strings = { "badheaderlength", "badsectionlength", "sample-corrupt-pragma" })
	void damagedArchiveIsAnError(String name) {
		assertThatExceptionOfType(CommandFailedException.class)
			.isThrownBy(() -> importCar("go-car/" + name + ".car", ImportOptions.defaults()))
			.withMessageContaining("dag/import");
	}

	private static List<Imported> importCar(String file, ImportOptions options) {
		return kubo.dag()
			.importCar(Upload.of(new ClassPathResource("/vectors/car/" + file)), options)
			.collectList()
			.block(TIMEOUT);
	}

	private static byte[] read(String file) throws IOException {
		try (InputStream stream = new ClassPathResource("/vectors/car/" + file).getInputStream()) {
			return stream.readAllBytes();
		}
	}

	/**
	 * Reads an archive of version 1, or the one in an archive of version 2.
	 */
	private static Map<Cid, byte[]> blocks(byte[] archive) {
		ByteBuffer buffer = ByteBuffer.wrap(archive);
		if (archive[0] == 0x0a) {
			buffer.order(ByteOrder.LITTLE_ENDIAN);
			buffer.position(Math.toIntExact(buffer.getLong(27)));
			buffer.limit(buffer.position() + Math.toIntExact(buffer.getLong(35)));
		}
		section(buffer);
		Map<Cid, byte[]> blocks = new HashMap<>();
		while (buffer.hasRemaining()) {
			ByteBuffer section = section(buffer);
			Cid cid = cid(section);
			byte[] block = new byte[section.remaining()];
			section.get(block);
			blocks.put(cid, block);
		}
		return blocks;
	}

	private static ByteBuffer section(ByteBuffer buffer) {
		int length = varint(buffer);
		ByteBuffer section = buffer.slice(buffer.position(), length);
		buffer.position(buffer.position() + length);
		return section;
	}

	private static Cid cid(ByteBuffer section) {
		if (section.get(0) != 0x12) {
			varint(section);
			varint(section);
		}
		varint(section);
		int length = varint(section);
		byte[] bytes = new byte[section.position() + length];
		section.get(0, bytes).position(bytes.length);
		return Cid.ofBytes(bytes);
	}

	private static int varint(ByteBuffer buffer) {
		int value = 0;
		for (int shift = 0;; shift += 7) {
			byte next = buffer.get();
			value |= (next & 0x7f) << shift;
			if (next >= 0) {
				return value;
			}
		}
	}

}
