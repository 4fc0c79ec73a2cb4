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

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

import io.github.ipfstoolkit.Cid;
import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.core.IpfsOperations;
import io.github.ipfstoolkit.core.IpfsTemplate;
import io.github.ipfstoolkit.rpc.ContentApi.AddOptions;
import io.github.ipfstoolkit.rpc.DagApi;
import io.github.ipfstoolkit.rpc.Kubo;
import io.github.ipfstoolkit.rpc.RpcAccessDeniedException;
import io.github.ipfstoolkit.rpc.RpcEndpoint;
import io.github.ipfstoolkit.rpc.StreamFailedException;
import io.github.ipfstoolkit.rpc.Upload;
import io.github.ipfstoolkit.rpc.http.KuboHttpClient;
import io.github.ipfstoolkit.testsupport.KuboTestNode;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the ways to reach a node: Unix domain socket, https, a reverse proxy with a
 * path, credentials, and several nodes.
 */
class ReachingNodesIT {

	private static final String PASSWORD = "password";

	private static final byte[] CONTENT = new byte[3_000_000];

	private static KuboTestNode node;

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, IpfsNodeAutoConfiguration.class,
				IpfsApiAutoConfiguration.class, IpfsTemplateAutoConfiguration.class))
		.withPropertyValues("ipfs.node.mode=external");

	@BeforeAll
	static void start() {
		node = KuboTestNode.start();
	}

	@AfterAll
	static void stop() {
		node.close();
	}

	private static void assertWorks(IpfsOperations ipfs) {
		Cid cid = ipfs.publish(Upload.of(CONTENT));
		assertThat(ipfs.read(cid)).isEqualTo(CONTENT);
	}

	@Test
	void unixDomainSocket() {
		// a socket's path must be short
		Path socket = Path.of(System.getProperty("java.io.tmpdir"), "ipfs-" + ProcessHandle.current().pid() + ".sock");
		try (KuboTestNode other = KuboTestNode.start()) {
			String tcp = other.run("config", "Addresses.API").trim();
			other.run("config", "--json", "Addresses.API", "[\"%s\",\"/unix%s\"]".formatted(tcp, socket));
			other.killAndRestart();
			Awaitility.await().until(() -> Files.exists(socket));
			this.application.withPropertyValues("ipfs.api.url=/unix" + socket, "ipfs.template.max-in-memory-size=10MB")
				.run((context) -> {
					assertThat(context.getBean(Kubo.class).node().id().block().id()).isEqualTo(other.peerId());
					assertWorks(context.getBean(IpfsOperations.class));
				});
		}
		finally {
			socket.toFile().delete();
		}
	}

	@Test
	void httpsWithAnSslBundle(@TempDir Path directory) throws Exception {
		Path keys = keyStore(directory, "localhost");
		DisposableServer proxy = proxy(sslContext(keys), "");
		try {
			String url = "https://localhost:" + proxy.port();
			ApplicationContextRunner configured = this.application.withPropertyValues("ipfs.api.url=" + url,
					"ipfs.template.max-in-memory-size=10MB",
					"spring.ssl.bundle.jks.node.truststore.location=file:" + keys,
					"spring.ssl.bundle.jks.node.truststore.password=" + PASSWORD);
			configured.withPropertyValues("ipfs.api.ssl.bundle=node").run((context) -> {
				assertThat(context.getBean(Kubo.class).node().id().block().id()).isEqualTo(node.peerId());
				assertWorks(context.getBean(IpfsOperations.class));
			});
			configured.run((context) -> assertThatExceptionOfType(Exception.class)
				.isThrownBy(() -> context.getBean(Kubo.class).node().id().block())
				.withMessageContaining("PKIX"));
		}
		finally {
			proxy.disposeNow();
		}
	}

	@Test
	void certificateOfAnotherHostIsNotTrusted(@TempDir Path directory) throws Exception {
		Path keys = keyStore(directory, "other.example");
		DisposableServer proxy = proxy(sslContext(keys), "");
		try {
			this.application
				.withPropertyValues("ipfs.api.url=https://localhost:" + proxy.port(), "ipfs.api.ssl.bundle=node",
						"spring.ssl.bundle.jks.node.truststore.location=file:" + keys,
						"spring.ssl.bundle.jks.node.truststore.password=" + PASSWORD)
				.run((context) -> assertThatExceptionOfType(Exception.class)
					.isThrownBy(() -> context.getBean(Kubo.class).node().id().block())
					.withMessageContaining("localhost"));
		}
		finally {
			proxy.disposeNow();
		}
	}

	@Test
	void certificateOfTheApplicationIsShownToANodeThatAsksForOne(@TempDir Path directory) throws Exception {
		Path keys = keyStore(Files.createDirectory(directory.resolve("node")), "localhost");
		Path own = keyStore(Files.createDirectory(directory.resolve("application")), "application");
		TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trusted.init(KeyStore.getInstance(own.toFile(), PASSWORD.toCharArray()));
		DisposableServer proxy = proxy(SslContextBuilder.forServer(keyManagers(keys))
			.trustManager(trusted)
			.clientAuth(ClientAuth.REQUIRE)
			.build(), "");
		try {
			ApplicationContextRunner configured = this.application.withPropertyValues(
					"ipfs.api.url=https://localhost:" + proxy.port(), "ipfs.api.ssl.bundle=node",
					"spring.ssl.bundle.jks.node.truststore.location=file:" + keys,
					"spring.ssl.bundle.jks.node.truststore.password=" + PASSWORD);
			configured
				.withPropertyValues("spring.ssl.bundle.jks.node.keystore.location=file:" + own,
						"spring.ssl.bundle.jks.node.keystore.password=" + PASSWORD)
				.run((context) -> assertThat(context.getBean(Kubo.class).node().id().block().id())
					.isEqualTo(node.peerId()));
			configured.run((context) -> assertThatExceptionOfType(IpfsException.class)
				.isThrownBy(() -> context.getBean(Kubo.class).node().id().block()));
		}
		finally {
			proxy.disposeNow();
		}
	}

	@Test
	void failureInMidStreamPassesAReverseProxy() {
		byte[] content = new byte[2_000_000];
		new SplittableRandom(1).nextBytes(content);
		IpfsTemplate direct = new IpfsTemplate(node.kubo());
		Cid cid = direct.publish(Upload.of(content), AddOptions.defaults().pin(false));
		String[] blocks = node.run("refs", cid.toString()).trim().split("\n");
		node.run("block", "rm", blocks[blocks.length - 1]);
		DisposableServer proxy = proxy(null, "/nodes/one");
		try {
			this.application.withPropertyValues("ipfs.api.url=http://127.0.0.1:" + proxy.port() + "/nodes/one")
				.run((context) -> {
					Kubo kubo = context.getBean(Kubo.class);
					List<Integer> received = new ArrayList<>();
					assertThatExceptionOfType(StreamFailedException.class).isThrownBy(() -> kubo.dag()
						.export(cid.toString(), DagApi.ExportOptions.defaults().offline(true))
						.doOnNext((buffer) -> {
							received.add(buffer.readableByteCount());
							DataBufferUtils.release(buffer);
						})
						.blockLast());
					assertThat(received).isNotEmpty();
					assertThatExceptionOfType(StreamFailedException.class)
						.isThrownBy(() -> kubo.files().rm("/not-there", false, false).block());
				});
		}
		finally {
			proxy.disposeNow();
		}
	}

	@Test
	void reverseProxyWithAPath() {
		DisposableServer proxy = proxy(null, "/nodes/one");
		try {
			this.application
				.withPropertyValues("ipfs.api.url=http://127.0.0.1:" + proxy.port() + "/nodes/one",
						"ipfs.template.max-in-memory-size=10MB")
				.run((context) -> assertWorks(context.getBean(IpfsOperations.class)));
		}
		finally {
			proxy.disposeNow();
		}
	}

	@Test
	void credentialsOfKubosOwnAuthorizations() {
		try (KuboTestNode other = KuboTestNode.start()) {
			other.run("config", "--json", "API.Authorizations", """
					{"app": {"AuthSecret": "bearer:s3cret", "AllowedPaths": ["/api/v0/id"]},
					 "basic": {"AuthSecret": "basic:user:pass word", "AllowedPaths": ["/api/v0"]}}""");
			String url = other.endpoint().uri().toString();
			other.kill();
			other.startProcess();
			this.application.withPropertyValues("ipfs.api.url=" + url, "ipfs.api.authorization=bearer:s3cret")
				.run((context) -> {
					Kubo kubo = context.getBean(Kubo.class);
					assertThat(kubo.node().id().block()).isNotNull();
					assertThatExceptionOfType(RpcAccessDeniedException.class)
						.isThrownBy(() -> kubo.repo().version().block());
				});
			this.application.withPropertyValues("ipfs.api.url=" + url, "ipfs.api.authorization=basic:user:pass word")
				.run((context) -> assertThat(context.getBean(Kubo.class).repo().version().block()).isNotNull());
			this.application.withPropertyValues("ipfs.api.url=" + url)
				.run((context) -> assertThatExceptionOfType(RpcAccessDeniedException.class)
					.isThrownBy(() -> context.getBean(Kubo.class).node().id().block()));
		}
	}

	@Test
	void severalNodesInOneApplication() {
		try (KuboTestNode other = KuboTestNode.start()) {
			Archive.url = other.endpoint().uri();
			this.application.withUserConfiguration(Archive.class, ArchiveUser.class)
				.withPropertyValues("ipfs.api.url=" + node.endpoint().uri())
				.run((context) -> {
					assertThat(context.getBean(Kubo.class).node().id().block().id()).isEqualTo(node.peerId());
					ArchiveUser user = context.getBean(ArchiveUser.class);
					assertThat(user.archiveNode.node().id().block().id()).isEqualTo(other.peerId());
					Cid cid = user.archive.publish(Upload.of("kept there".getBytes()));
					assertThat(other.run("cat", cid.toString())).isEqualTo("kept there");
					assertThat(user.ipfs).isNotSameAs(user.archive);
				});
		}
	}

	/**
	 * Makes a key and a certificate for a host.
	 */
	private static Path keyStore(Path directory, String host) throws IOException, InterruptedException {
		Path keys = directory.resolve("keys.p12");
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "node", "-keyalg", "EC", "-dname", "CN=" + host, "-ext", "san=dns:" + host,
				"-storetype", "PKCS12", "-keystore", keys.toString(), "-storepass", PASSWORD)
			.redirectErrorStream(true)
			.start();
		String output = new String(keytool.getInputStream().readAllBytes());
		assertThat(keytool.waitFor()).as(output).isZero();
		return keys;
	}

	/**
	 * Starts a reverse proxy before the node, which passes trailers on.
	 * @param ssl for https, {@code null} for http
	 */
	private static DisposableServer proxy(SslContext ssl, String path) {
		HttpClient client = HttpClient.create();
		HttpServer server = HttpServer.create().host("localhost").port(0).handle((request, response) -> {
			URI target = URI.create(node.endpoint().uri() + request.uri().substring(path.length()));
			if (!request.uri().startsWith(path + "/api/")) {
				return response.sendNotFound();
			}
			return client.headers((headers) -> headers.set(request.requestHeaders()).remove("host"))
				.post()
				.uri(target)
				.send(request.receive().retain())
				.response((reply, body) -> {
					HttpHeaders trailers = new DefaultHttpHeaders();
					response.status(reply.status())
						.headers(reply.responseHeaders())
						.trailerHeaders((headers) -> headers.set(trailers));
					return response
						.send(body.retain()
							.concatWith(reply.trailerHeaders().doOnNext(trailers::set).then(Mono.empty())))
						.then();
				})
				.then();
		});
		if (ssl != null) {
			server = server.secure((secured) -> secured.sslContext(ssl));
		}
		return server.bindNow(Duration.ofSeconds(10));
	}

	private static SslContext sslContext(Path keys) throws SSLException {
		return SslContextBuilder.forServer(keyManagers(keys)).build();
	}

	private static KeyManagerFactory keyManagers(Path keys) {
		try {
			KeyStore store = KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray());
			KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
			factory.init(store, PASSWORD.toCharArray());
			return factory;
		}
		catch (GeneralSecurityException | IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Archive {

		static URI url;

		@Bean(defaultCandidate = false)
		@Qualifier("archive")
		KuboHttpClient archiveKubo() {
			return KuboHttpClient.builder(() -> new RpcEndpoint(url, null)).build();
		}

		@Bean(defaultCandidate = false)
		@Qualifier("archive")
		IpfsTemplate archiveTemplate(@Qualifier("archive") Kubo kubo) {
			return new IpfsTemplate(kubo, DataSize.ofMegabytes(1));
		}

	}

	static class ArchiveUser {

		final IpfsOperations ipfs;

		final IpfsOperations archive;

		final Kubo archiveNode;

		ArchiveUser(IpfsOperations ipfs, @Qualifier("archive") IpfsOperations archive,
				@Qualifier("archive") Kubo archiveNode) {
			this.ipfs = ipfs;
			this.archive = archive;
			this.archiveNode = archiveNode;
		}

	}

}
