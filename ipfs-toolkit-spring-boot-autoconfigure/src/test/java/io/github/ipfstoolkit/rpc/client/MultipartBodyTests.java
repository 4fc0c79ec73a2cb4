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

package io.github.ipfstoolkit.rpc.client;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.rpc.Upload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link MultipartBody} and {@link Upload}.
 */
class MultipartBodyTests {

	@TempDir
	private Path directory;

	@Test
	void bytesAreOnePartWithoutName() {
		assertThat(write(Upload.of("hello".getBytes()))).isEqualTo("""
				--b
				Content-Disposition: form-data; name="file"; filename=""
				Content-Type: application/octet-stream

				hello
				--b--
				""".replace("\n", "\r\n"));
	}

	@Test
	void nameIsPercentEncodedAsAWhole() {
		assertThat(write(Upload.of(new byte[0]).withName("a+b %\"ü/c")))
			.contains("filename=\"a%2Bb%20%25%22%C3%BC%2Fc\"");
	}

	@Test
	void directoryComesBeforeWhatIsInIt() throws Exception {
		Path root = Files.createDirectories(this.directory.resolve("root/sub/empty")).getParent().getParent();
		Files.writeString(root.resolve("sub/file"), "content");
		Files.writeString(root.resolve(".hidden"), "content");
		Files.createSymbolicLink(root.resolve("link"), Path.of("sub/file"));
		assertThat(Upload.of(root).parts().collectList().block()).extracting(Upload.Part::path)
			.containsExactlyInAnyOrder("root", "root/.hidden", "root/link", "root/sub", "root/sub/empty",
					"root/sub/file")
			.startsWith("root")
			.containsSubsequence("root/sub", "root/sub/file")
			.containsSubsequence("root/sub", "root/sub/empty");
		assertThat(write(Upload.of(root))).contains(
				"filename=\"root%2Flink\"\r\nContent-Type: application/symlink\r\n\r\nsub/file\r\n",
				"filename=\"root\"\r\nContent-Type: application/x-directory\r\n\r\n\r\n");
	}

	@Test
	void pathThatIsASymbolicLinkIsFollowed() throws Exception {
		Files.writeString(this.directory.resolve("file"), "content");
		Path link = Files.createSymbolicLink(this.directory.resolve("link"), Path.of("file"));
		assertThat(Upload.of(link).parts().collectList().block()).singleElement().satisfies((part) -> {
			assertThat(part.path()).isEqualTo("link");
			assertThat(part.kind()).isEqualTo(Upload.Kind.FILE);
		});
	}

	@Test
	void missingFileIsAnErrorThatNamesIt() {
		Path missing = this.directory.resolve("missing");
		assertThatExceptionOfType(IpfsException.class).isThrownBy(() -> write(Upload.of(missing)))
			.withMessageContaining(missing.toString());
	}

	@Test
	void contentComesFromStreamsResourcesAndPublishers() {
		byte[] bytes = "hello".getBytes();
		DataBuffer buffer = DefaultDataBufferFactory.sharedInstance.wrap(bytes);
		assertThat(write(Upload.of(new ByteArrayInputStream(bytes)))).contains("\r\n\r\nhello\r\n");
		assertThat(write(Upload.of(new ByteArrayResource(bytes)))).contains("\r\n\r\nhello\r\n");
		assertThat(write(Upload.of(Flux.just(buffer)))).contains("\r\n\r\nhello\r\n");
	}

	@Test
	void resourceGivesItsName() {
		assertThat(Upload.of(new FileSystemResource(this.directory.resolve("file.txt"))).name()).isEqualTo("file.txt");
	}

	private static String write(Upload upload) {
		DataBuffer body = DataBufferUtils.join(new MultipartBody(upload, "b").toFlux()).block(Duration.ofSeconds(10));
		return body.toString(StandardCharsets.UTF_8);
	}

}
