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

package io.github.ipfstoolkit.autoconfigure;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;

import io.github.ipfstoolkit.Cid;
import io.github.ipfstoolkit.core.IpfsTemplate;
import io.github.ipfstoolkit.testsupport.KuboTestNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.http.codec.autoconfigure.CodecsAutoConfiguration;
import org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.error.ErrorWebFluxAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.reactive.config.ResourceHandlerRegistry;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that content on IPFS is static content of reactive applications.
 */
class ReactiveStaticContentIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final byte[] VIDEO = new byte[50_000_000];

	private static KuboTestNode node;

	private static IpfsTemplate ipfs;

	private static Cid site;

	private static ConfigurableApplicationContext application;

	@BeforeAll
	static void start(@TempDir Path files) throws Exception {
		node = KuboTestNode.start();
		ipfs = new IpfsTemplate(node.kubo());
		new SplittableRandom(1).nextBytes(VIDEO);
		Files.writeString(files.resolve("index.html"), "<html/>");
		Files.write(Files.createDirectory(files.resolve("media")).resolve("video.mp4"), VIDEO);
		Files.writeString(files.resolve("media/größe 1+1.txt"), "unusual");
		Files.writeString(files.resolve("empty.txt"), "");
		site = ipfs.publish(files);
		application = new SpringApplicationBuilder(Application.class).web(WebApplicationType.REACTIVE)
			.run("--server.port=0", "--ipfs.node.mode=external", "--ipfs.api.url=" + node.endpoint().uri(),
					"--spring.web.resources.static-locations=ipfs:" + site + "/,classpath:/vectors/",
					"--media=ipfs:" + site + "/media/", "--name=ipns:" + node.peerId().toIpnsName() + "/");
	}

	@AfterAll
	static void stop() {
		application.close();
		node.close();
	}

	private static ResponseEntity<byte[]> get(String path, Consumer<HttpHeaders> headers) {
		return client().get()
			.uri(URI.create(url() + path))
			.headers(headers)
			.exchangeToMono((response) -> response.toEntity(byte[].class))
			.block(TIMEOUT);
	}

	private static ResponseEntity<byte[]> get(String path) {
		return get(path, (headers) -> {
		});
	}

	private static ResponseEntity<byte[]> getRange(String path, String range) {
		return get(path, (headers) -> headers.set(HttpHeaders.RANGE, range));
	}

	private static WebClient client() {
		return WebClient.builder()
			.baseUrl(url())
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(-1))
			.build();
	}

	private static String url() {
		return "http://localhost:" + application.getEnvironment().getProperty("local.server.port");
	}

	private static String tag(Cid cid) {
		return '"' + cid.toString() + '"';
	}

	private static Cid cid(String path) {
		return node.kubo().files().stat(site.resolve(path).toPath()).block().cid();
	}

	@Test
	void fileIsServedWithItsCidAsEntityTag() {
		ResponseEntity<byte[]> page = get("/index.html");
		assertThat(page.getStatusCode()).isEqualTo(HttpStatus.OK);
		assertThat(page.getBody()).asString().isEqualTo("<html/>");
		assertThat(page.getHeaders().getContentType()).hasToString("text/html");
		assertThat(page.getHeaders().getContentLength()).isEqualTo(7);
		assertThat(page.getHeaders().getETag()).isEqualTo(tag(cid("index.html")));
		assertThat(page.getHeaders().getFirst(HttpHeaders.ACCEPT_RANGES)).isEqualTo("bytes");
		assertThat(page.getHeaders().getLastModified()).isEqualTo(-1);
		ResponseEntity<byte[]> known = get("/index.html",
				(headers) -> headers.setIfNoneMatch(page.getHeaders().getETag()));
		assertThat(known.getStatusCode()).isEqualTo(HttpStatus.NOT_MODIFIED);
		assertThat(known.getBody()).isNull();
		assertThat(get("/index.html", (headers) -> headers.setIfNoneMatch("\"other\"")).getStatusCode())
			.isEqualTo(HttpStatus.OK);
		assertThat(get("/empty.txt")).satisfies((empty) -> {
			assertThat(empty.getStatusCode()).isEqualTo(HttpStatus.OK);
			assertThat(empty.getHeaders().getContentLength()).isZero();
		});
		assertThat(get("/none.html").getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
		assertThat(get("/media").getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
	}

	@Test
	void namesAreDecodedAndLocationsAreFencedIn() {
		assertThat(get("/media/gr%C3%B6%C3%9Fe%201+1.txt").getBody()).asString(StandardCharsets.UTF_8)
			.isEqualTo("unusual");
		assertThat(get("/pictures/gr%C3%B6%C3%9Fe%201+1.txt").getBody()).asString().isEqualTo("unusual");
		assertThat(get("/pictures/../index.html").getStatusCode().is4xxClientError()).isTrue();
		assertThat(get("/pictures/%2e%2e/index.html").getStatusCode().is4xxClientError()).isTrue();
	}

	@Test
	void rangesAreServed() {
		ResponseEntity<byte[]> part = getRange("/media/video.mp4", "bytes=40000000-40000099");
		assertThat(part.getStatusCode()).isEqualTo(HttpStatus.PARTIAL_CONTENT);
		assertThat(part.getBody()).isEqualTo(Arrays.copyOfRange(VIDEO, 40_000_000, 40_000_100));
		assertThat(part.getHeaders().getFirst(HttpHeaders.CONTENT_RANGE)).isEqualTo("bytes 40000000-40000099/50000000");
		assertThat(part.getHeaders().getContentLength()).isEqualTo(100);
		assertThat(part.getHeaders().getContentType()).hasToString("video/mp4");
		assertThat(part.getHeaders().getETag()).isEqualTo(tag(cid("media/video.mp4")));
		assertThat(getRange("/pictures/video.mp4", "bytes=-5").getBody())
			.isEqualTo(Arrays.copyOfRange(VIDEO, 49_999_995, 50_000_000));
		assertThat(getRange("/media/video.mp4", "bytes=49999990-").getBody()).hasSize(10);
		assertThat(getRange("/index.html", "bytes=0-100").getBody()).asString().isEqualTo("<html/>");
	}

	@Test
	void severalRangesAreServedAsParts() {
		ResponseEntity<byte[]> parts = getRange("/index.html", "bytes=1-2,4-4");
		assertThat(parts.getStatusCode()).isEqualTo(HttpStatus.PARTIAL_CONTENT);
		String boundary = parts.getHeaders().getContentType().getParameter("boundary");
		assertThat(parts.getHeaders().getContentType()).hasToString("multipart/byteranges;boundary=" + boundary);
		assertThat(parts.getBody()).asString().isEqualTo("""

				--B
				Content-Type: text/html
				Content-Range: bytes 1-2/7

				ht
				--B
				Content-Type: text/html
				Content-Range: bytes 4-4/7

				l
				--B--
				""".replace("\n", "\r\n").replace("B", boundary));
	}

	@ParameterizedTest
	@ValueSource(strings = { "bytes=7-", "bytes=5-2", "bytes=x", "lines=1-2", "bytes=0-6,0-6" })
	void rangeThatIsNoneOrNotThereIsRefused(String range) {
		ResponseEntity<byte[]> reply = getRange("/index.html", range);
		assertThat(reply.getStatusCode()).isEqualTo(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE);
		assertThat(reply.getHeaders().getFirst(HttpHeaders.CONTENT_RANGE)).isEqualTo("bytes */7");
	}

	@Test
	void rangeOfOtherContentIsAnsweredWithAll() {
		ResponseEntity<byte[]> same = get("/index.html", (headers) -> {
			headers.set(HttpHeaders.RANGE, "bytes=1-4");
			headers.set(HttpHeaders.IF_RANGE, tag(cid("index.html")));
		});
		assertThat(same.getBody()).asString().isEqualTo("html");
		ResponseEntity<byte[]> other = get("/index.html", (headers) -> {
			headers.set(HttpHeaders.RANGE, "bytes=1-4");
			headers.set(HttpHeaders.IF_RANGE, tag(site));
		});
		assertThat(other.getStatusCode()).isEqualTo(HttpStatus.OK);
		assertThat(other.getBody()).asString().isEqualTo("<html/>");
	}

	@Test
	void headIsAnsweredWithoutContent() {
		ResponseEntity<Void> head = client().head()
			.uri("/media/video.mp4")
			.retrieve()
			.toBodilessEntity()
			.block(TIMEOUT);
		assertThat(head.getHeaders().getContentLength()).isEqualTo(VIDEO.length);
		assertThat(head.getHeaders().getETag()).isEqualTo(tag(cid("media/video.mp4")));
		assertThat(active("cat")).isFalse();
	}

	@Test
	void resourcesFromElsewhereAreServedAsEver() {
		ResponseEntity<byte[]> page = get("/README.md");
		assertThat(page.getBody()).asString().contains("vectors");
		assertThat(page.getHeaders().getETag()).isNull();
		assertThat(getRange("/README.md", "bytes=0-2").getBody()).hasSize(3);
	}

	@Test
	void largeFileIsServedWholeAndItsRequestEndsWithTheClients() {
		assertThat(get("/media/video.mp4").getBody()).isEqualTo(VIDEO);
		DataBuffer first = client().get()
			.uri("/media/video.mp4")
			.retrieve()
			.bodyToFlux(DataBuffer.class)
			.blockFirst(TIMEOUT);
		DataBufferUtils.release(first);
		Awaitility.await().atMost(TIMEOUT).until(() -> !active("cat"));
	}

	private static boolean active(String command) {
		return node.kubo()
			.diag()
			.commands()
			.filter((entry) -> entry.active() && entry.command().equals(command))
			.hasElements()
			.block(TIMEOUT);
	}

	@Test
	void whatANameStandsForMayChange(@TempDir Path files) throws Exception {
		Path page = Files.writeString(files.resolve("page.html"), "first");
		publish(ipfs.publish(files));
		ResponseEntity<byte[]> first = get("/named/page.html");
		assertThat(first.getBody()).asString().isEqualTo("first");
		assertThat(first.getHeaders().getETag()).isEqualTo(tag(ipfs.predictCid(page)));
		Files.writeString(page, "the second");
		publish(ipfs.publish(files));
		ResponseEntity<byte[]> second = get("/named/page.html",
				(headers) -> headers.setIfNoneMatch(first.getHeaders().getETag()));
		assertThat(second.getBody()).asString().isEqualTo("the second");
		assertThat(second.getHeaders().getETag()).isEqualTo(tag(ipfs.predictCid(page)));
	}

	private static void publish(Cid content) {
		node.run("name", "publish", "--allow-offline", "--ttl=1ms", content.toPath());
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ NettyReactiveWebServerAutoConfiguration.class, HttpHandlerAutoConfiguration.class,
			CodecsAutoConfiguration.class, WebFluxAutoConfiguration.class, ErrorWebFluxAutoConfiguration.class,
			IpfsNodeAutoConfiguration.class, IpfsApiAutoConfiguration.class, IpfsTemplateAutoConfiguration.class,
			IpfsResourceAutoConfiguration.class })
	static class Application implements WebFluxConfigurer {

		@Value("${media}")
		private String media;

		@Value("${name}")
		private String name;

		@Override
		public void addResourceHandlers(ResourceHandlerRegistry registry) {
			registry.addResourceHandler("/pictures/**").addResourceLocations(this.media);
			registry.addResourceHandler("/named/**").addResourceLocations(this.name);
		}

	}

}
