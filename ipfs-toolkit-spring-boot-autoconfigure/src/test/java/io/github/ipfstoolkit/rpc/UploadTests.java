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

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;

import io.github.ipfstoolkit.IpfsException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.core.io.buffer.NettyDataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link Upload} without a node.
 */
class UploadTests {

	@TempDir
	private Path directory;

	private static List<Upload.Part> parts(Upload upload) {
		return upload.parts().collectList().block(Duration.ofSeconds(60));
	}

	@Test
	@EnabledOnOs({ OS.LINUX, OS.MAC })
	void whatIsNeitherFileNorDirectoryNorLinkIsAnErrorUnlessItIsLeftOut() throws IOException {
		Path socket = this.directory.resolve("socket");
		try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
			server.bind(UnixDomainSocketAddress.of(socket));
			assertThatExceptionOfType(IpfsException.class).isThrownBy(() -> parts(Upload.of(this.directory)))
				.withMessageContaining("socket' is no file, directory or symbolic link");
			assertThat(parts(Upload.of(this.directory, UploadOptions.defaults().withIgnored("socket")))).hasSize(1);
		}
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void nameThatIsNotInTheEncodingOfFileNamesIsAnError() throws Exception {
		// another name would be sent for it
		Process touch = new ProcessBuilder("sh", "-c", "touch \"$(printf 'name\\377')\"")
			.directory(this.directory.toFile())
			.start();
		assertThat(touch.waitFor()).isZero();
		assertThatExceptionOfType(IpfsException.class).isThrownBy(() -> parts(Upload.of(this.directory)))
			.withMessageContaining("encoding");
	}

	@Test
	void linkThatLeadsNowhereIsAnErrorWhereLinksAreFollowed() throws IOException {
		Files.createSymbolicLink(this.directory.resolve("link"), Path.of("nowhere"));
		assertThat(parts(Upload.of(this.directory))).hasSize(2);
		assertThatExceptionOfType(IpfsException.class)
			.isThrownBy(() -> parts(Upload.of(this.directory, UploadOptions.defaults().withFollowLinks(true))))
			.withMessageContaining("link");
	}

	@Test
	void missingIgnoreFileIsAnErrorThatNamesIt() {
		Path missing = this.directory.resolve("missing");
		assertThatExceptionOfType(IpfsException.class)
			.isThrownBy(() -> parts(Upload.of(this.directory, UploadOptions.defaults().withIgnoreFile(missing))))
			.withMessageContaining("missing");
	}

	@Test
	void entriesOfADirectoryNeedNamesOfTheirOwn() {
		Upload nameless = Upload.of(new byte[0]);
		for (String name : List.of("", ".", "..", "a/b")) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> Upload.directory("root", List.of(nameless.withName(name))))
				.withMessageContaining("'" + name + "' is no name");
		}
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Upload.directory("root", List.of(nameless.withName("a"), nameless.withName("a"))))
			.withMessageContaining("called 'a'");
	}

	@Test
	void entriesOfADirectoryStandBelowItsName() {
		Upload inner = Upload.directory("ignored", List.of(Upload.of(new byte[0]).withName("file"))).withName("inner");
		assertThat(parts(Upload.directory("root", List.of(inner)).withName("site"))).extracting(Upload.Part::path)
			.containsExactly("site", "site/inner", "site/inner/file");
	}

	@Test
	void sizeIsKnownWhereItCanBe() throws IOException {
		Files.write(this.directory.resolve("a"), new byte[10]);
		Files.createSymbolicLink(this.directory.resolve("link"), Path.of("a"));
		Files.write(Files.createDirectory(this.directory.resolve("sub")).resolve("b"), new byte[5]);
		assertThat(Upload.of(this.directory).size().block()).isEqualTo(15);
		assertThat(Upload.of(new FileSystemResource(this.directory)).size().block()).isEqualTo(15);
		assertThat(Upload.of(new ByteArrayResource(new byte[3])).size().block()).isEqualTo(3);
		assertThat(Upload.of(new ClassPathResource("java/lang/Object.class")).size().block()).isPositive();
		Upload stream = Upload.of(new ByteArrayInputStream(new byte[3]));
		assertThat(stream.size().block()).isNull();
		assertThat(Upload.all(List.of(Upload.of(new byte[3]), stream)).size().block()).isNull();
	}

	@Test
	void streamIsNotSentTwice() {
		Upload upload = Upload.of(new ByteArrayInputStream(new byte[] { 1 }));
		assertThat(upload.parts().concatMap(Upload.Part::content).count().block()).isOne();
		assertThatExceptionOfType(IpfsException.class)
			.isThrownBy(() -> upload.parts().concatMap(Upload.Part::content).blockLast())
			.withMessageContaining("only once");
	}

	@Test
	void largeBuffersAreSentInPieces() {
		byte[] bytes = new byte[200_000];
		new Random(1).nextBytes(bytes);
		DataBuffer heap = DefaultDataBufferFactory.sharedInstance.wrap(bytes);
		Upload upload = Upload.of(Flux.just(heap));
		for (int i = 0; i < 2; i++) {
			List<DataBuffer> pieces = parts(upload).get(0).content().collectList().block();
			assertThat(pieces).extracting(DataBuffer::readableByteCount).containsExactly(65536, 65536, 65536, 3392);
			assertThat(bytes(pieces)).isEqualTo(bytes);
		}
		NettyDataBufferFactory netty = new NettyDataBufferFactory(UnpooledByteBufAllocator.DEFAULT);
		NettyDataBuffer pooled = netty.allocateBuffer(bytes.length);
		pooled.write(bytes);
		ByteBuf nativeBuffer = pooled.getNativeBuffer();
		List<DataBuffer> pieces = parts(Upload.of(Flux.just(pooled))).get(0).content().collectList().block();
		assertThat(bytes(pieces)).isEqualTo(bytes);
		pieces.forEach(DataBufferUtils::release);
		assertThat(nativeBuffer.refCnt()).isZero();
	}

	@Test
	void piecesThatAreNotSentAreReleased() {
		NettyDataBufferFactory netty = new NettyDataBufferFactory(UnpooledByteBufAllocator.DEFAULT);
		NettyDataBuffer buffer = netty.allocateBuffer(200_000);
		buffer.write(new byte[200_000]);
		ByteBuf bytes = buffer.getNativeBuffer();
		DataBuffer first = parts(Upload.of(Flux.just(buffer))).get(0).content().blockFirst();
		DataBufferUtils.release(first);
		assertThat(bytes.refCnt()).isZero();
	}

	private static byte[] bytes(List<DataBuffer> buffers) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		for (DataBuffer buffer : buffers) {
			byte[] piece = new byte[buffer.readableByteCount()];
			buffer.read(piece);
			bytes.writeBytes(piece);
		}
		return bytes.toByteArray();
	}

	@Test
	void onlyPathsHaveLocations() {
		assertThatIllegalStateException().isThrownBy(() -> Upload.of(new byte[0]).withLocations());
		assertThat(parts(Upload.of(this.directory.resolve("missing").getParent()).withLocations())).singleElement()
			.extracting(Upload.Part::location)
			.isNull();
	}

}
