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

package io.github.ipfstoolkit.node.executable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link ReleaseDownload} and {@link Provisioner} with a mirror on loopback.
 */
@DisabledOnOs(OS.WINDOWS)
@ExtendWith(OutputCaptureExtension.class)
class ReleaseDownloadTests {

	private static final Platform LINUX = new Platform("linux", "riscv64");

	private static final String ARCHIVE = "/kubo/v0.42.0/kubo_v0.42.0_linux-riscv64.tar.gz";

	@TempDir
	Path directory;

	private final Map<String, byte[]> files = new ConcurrentHashMap<>();

	private HttpServer server;

	private int missingBytes;

	@BeforeEach
	void startMirror() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", (exchange) -> {
			byte[] body = this.files.get(exchange.getRequestURI().getPath());
			if (body == null) {
				exchange.sendResponseHeaders(404, -1);
			}
			else {
				boolean cut = exchange.getRequestURI().getPath().endsWith("gz");
				exchange.sendResponseHeaders(200, body.length);
				exchange.getResponseBody().write(body, 0, body.length - (cut ? this.missingBytes : 0));
			}
			exchange.close();
		});
		this.server.start();
	}

	@AfterEach
	void stopMirror() {
		this.server.stop(0);
	}

	@Test
	void releaseIsDownloadedCheckedAndUnpacked() {
		publish(FakeKubo.tarGz("kubo/ipfs", FakeKubo.content("0.42.0")));
		NodeExecutable executable = locator(LINUX).build().locate();
		assertThat(executable.path()).isEqualTo(this.directory.resolve("cache/kubo/0.42.0/linux-riscv64/ipfs"))
			.isExecutable();
		assertThat(executable.version()).isEqualTo("0.42.0");
		assertThat(this.directory.resolve("cache")).isDirectoryNotContaining("glob:**/.work-*");
	}

	@Test
	void progressOfALongDownloadIsShown(CapturedOutput output) {
		publish(FakeKubo.tarGz("kubo/ipfs", FakeKubo.content("0.42.0")));
		byte[] archive = this.files.get(ARCHIVE);
		this.server.removeContext("/");
		this.server.createContext("/", (exchange) -> {
			byte[] body = this.files.get(exchange.getRequestURI().getPath());
			exchange.sendResponseHeaders(200, body.length);
			int sent = 0;
			while (body == archive && sent < body.length - 1 && !output.toString().contains(" of 0 MB (")) {
				exchange.getResponseBody().write(body, sent++, 1);
				exchange.getResponseBody().flush();
				await().pollDelay(Duration.ofMillis(50)).until(() -> true);
			}
			exchange.getResponseBody().write(body, sent, body.length - sent);
			exchange.close();
		});
		assertThat(locator(LINUX).build().locate().version()).isEqualTo("0.42.0");
		assertThat(output).contains("Downloading Kubo 0.42.0 from " + mirror().resolve(ARCHIVE.substring(1)),
				"Downloading Kubo 0.42.0: 0 of 0 MB (");
	}

	@Test
	void secondTimeTheCacheIsEnough() {
		publish(FakeKubo.tarGz("kubo/ipfs", FakeKubo.content("0.42.0")));
		NodeExecutable first = locator(LINUX).build().locate();
		this.files.clear();
		assertThat(locator(LINUX).provision(false).build().locate()).isEqualTo(first);
	}

	@Test
	void zipIsUnpackedForWindows() throws Exception {
		byte[] zip = FakeKubo.zip("kubo/ipfs.exe", "content");
		this.files.put("/kubo/v0.42.0/kubo_v0.42.0_windows-riscv64.zip", zip);
		ReleaseDownload download = new ReleaseDownload(mirror(), "0.42.0", new Platform("windows", "riscv64"),
				FakeKubo.sha512(zip), Duration.ofSeconds(5));
		assertThat(download.into(this.directory)).hasFileName("ipfs.exe").hasContent("content");
	}

	@Test
	void namesInTheArchiveDoNotBecomeFiles() throws Exception {
		publish(FakeKubo.tarGz("kubo/ipfs", FakeKubo.content("0.42.0")));
		Path deep = Files.createDirectories(this.directory.resolve("a/b/c"));
		new ReleaseDownload(mirror(), "0.42.0", LINUX, null, Duration.ofSeconds(5)).into(deep);
		try (var found = Files.walk(this.directory)) {
			assertThat(found.filter(Files::isRegularFile)).containsExactly(deep.resolve("ipfs"));
		}
	}

	@Test
	void wrongChecksumIsAnErrorAndNothingIsKeptOrBuilt() {
		FakeKubo.script(this.directory.resolve("path/go"), "#!/bin/sh\ntouch " + this.directory + "/built\n");
		publish(FakeKubo.tarGz("kubo/ipfs", FakeKubo.content("0.42.0")));
		this.files.put(ARCHIVE + ".sha512", "0".repeat(128).getBytes());
		assertThatExceptionOfType(ProvisioningException.class).isThrownBy(() -> locator(LINUX).build().locate())
			.withMessageContaining("wrong SHA-512")
			.satisfies((ex) -> assertThat(ex.getRemedy()).contains("ipfs.node.mirror"));
		assertThat(this.directory.resolve("cache")).isDirectoryNotContaining("glob:**/.work-*");
		assertThat(this.directory.resolve("cache/kubo/0.42.0/linux-riscv64")).isEmptyDirectory();
		assertThat(this.directory.resolve("built")).doesNotExist();
	}

	@Test
	void shippedChecksumIsHeldAgainstWhatAMirrorPublishes() {
		byte[] archive = FakeKubo.tarGz("kubo/ipfs", FakeKubo.content("0.43.0"));
		this.files.put("/kubo/v0.43.0/kubo_v0.43.0_linux-amd64.tar.gz", archive);
		this.files.put("/kubo/v0.43.0/kubo_v0.43.0_linux-amd64.tar.gz.sha512", FakeKubo.sha512(archive).getBytes());
		ExecutableLocator locator = locator(new Platform("linux", "amd64")).version("0.43.0").build();
		assertThatExceptionOfType(ProvisioningException.class).isThrownBy(locator::locate)
			.withMessageContaining("wrong SHA-512");
	}

	@Test
	void configuredChecksumIsEnough() {
		byte[] archive = FakeKubo.tarGz("kubo/ipfs", FakeKubo.content("0.42.0"));
		this.files.put(ARCHIVE, archive);
		assertThat(locator(LINUX).sha512(FakeKubo.sha512(archive)).build().locate().version()).isEqualTo("0.42.0");
	}

	@Test
	void releaseWithoutAnyChecksumIsNotUsed() {
		this.files.put(ARCHIVE, FakeKubo.tarGz("kubo/ipfs", FakeKubo.content("0.42.0")));
		assertThatExceptionOfType(ProvisioningException.class).isThrownBy(() -> locator(LINUX).build().locate())
			.withMessageContaining(".sha512 cannot be read");
	}

	@Test
	void downloadThatEndsEarlyIsAnError() {
		publish(FakeKubo.tarGz("kubo/ipfs", FakeKubo.content("0.42.0")));
		this.missingBytes = 10;
		assertThatExceptionOfType(ProvisioningException.class).isThrownBy(() -> locator(LINUX).build().locate())
			.withMessageMatching("(?s).*(ended after|cannot be read).*");
	}

	@Test
	void missingReleaseIsAnError() {
		assertThatExceptionOfType(ProvisioningException.class).isThrownBy(() -> locator(LINUX).build().locate())
			.withMessageContaining("404");
	}

	@Test
	void mirrorThatDoesNotAnswerIsAnError() throws IOException {
		try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			URI mirror = URI.create("http://127.0.0.1:" + silent.getLocalPort());
			assertThatExceptionOfType(ProvisioningException.class)
				.isThrownBy(() -> locator(LINUX).mirror(mirror)
					.timeouts(Duration.ofMillis(200), Duration.ofMinutes(1))
					.build()
					.locate())
				.withMessageContaining("timed out");
		}
	}

	@Test
	void withoutNetworkTheRemedyIsNamed() {
		URI mirror = mirror();
		this.server.stop(0);
		assertThatExceptionOfType(ProvisioningException.class)
			.isThrownBy(() -> locator(LINUX).mirror(mirror).build().locate())
			.withMessageContaining("Connection refused")
			.satisfies((ex) -> assertThat(ex.getRemedy()).contains("Check the network"));
	}

	@Test
	void cacheThatCannotBeWrittenToIsNamed() throws IOException {
		publish(FakeKubo.tarGz("kubo/ipfs", FakeKubo.content("0.42.0")));
		Files.writeString(this.directory.resolve("cache"), "a file where a directory should be");
		assertThatExceptionOfType(ProvisioningException.class).isThrownBy(() -> locator(LINUX).build().locate())
			.withMessageContaining(this.directory.resolve("cache").toString())
			.satisfies((ex) -> assertThat(ex.getRemedy()).contains("ipfs.node.cache-directory"));
	}

	@Test
	void archiveWithoutExecutableIsAnError() {
		publish(FakeKubo.tarGz("other/ipfs", FakeKubo.content("0.42.0")));
		assertThatExceptionOfType(ProvisioningException.class).isThrownBy(() -> locator(LINUX).build().locate())
			.withMessageContaining("holds no 'kubo/ipfs'");
	}

	@Test
	void executableOfAnotherVersionIsAnError() {
		publish(FakeKubo.tarGz("kubo/ipfs", FakeKubo.content("0.41.0")));
		assertThatExceptionOfType(ProvisioningException.class).isThrownBy(() -> locator(LINUX).build().locate())
			.withMessageContaining("0.41.0");
	}

	@Test
	void whatAnApplicationLeftThatWasKilledIsDeleted() throws IOException {
		publish(FakeKubo.tarGz("kubo/ipfs", FakeKubo.content("0.42.0")));
		Files.createDirectories(this.directory.resolve("cache/.work-1/half"));
		locator(LINUX).build().locate();
		assertThat(this.directory.resolve("cache/.work-1")).doesNotExist();
	}

	private void publish(byte[] archive) {
		this.files.put(ARCHIVE, archive);
		this.files.put(ARCHIVE + ".sha512",
				(FakeKubo.sha512(archive) + "  kubo_v0.42.0_linux-riscv64.tar.gz\n").getBytes());
	}

	private URI mirror() {
		return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort() + "/");
	}

	private ExecutableLocator.Builder locator(Platform platform) {
		return ExecutableLocator.builder()
			.environment(Map.of("PATH", this.directory.resolve("path").toString()))
			.cacheDirectory(this.directory.resolve("cache"))
			.platform(platform)
			.version("0.42.0")
			.provision(true)
			.mirror(mirror());
	}

}
