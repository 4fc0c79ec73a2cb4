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

package io.github.ipfstoolkit.resource;

import java.io.FileNotFoundException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.ipfstoolkit.Cid;
import io.github.ipfstoolkit.InvalidIdentifierException;
import io.github.ipfstoolkit.autoconfigure.IpfsApiAutoConfiguration;
import io.github.ipfstoolkit.autoconfigure.IpfsNodeAutoConfiguration;
import io.github.ipfstoolkit.autoconfigure.IpfsResourceAutoConfiguration;
import io.github.ipfstoolkit.autoconfigure.IpfsTemplateAutoConfiguration;
import io.github.ipfstoolkit.core.IpfsTemplate;
import io.github.ipfstoolkit.testsupport.KuboTestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link IpfsResource} with a real node.
 */
class IpfsResourceIT {

	private static final String LOGO = "<svg/>";

	private static final int LARGE = 3_000_000;

	private static KuboTestNode node;

	private static Cid directory;

	private static ApplicationContextRunner application;

	@BeforeAll
	static void publish(@TempDir Path files) throws Exception {
		node = KuboTestNode.start();
		Files.writeString(files.resolve("logo.svg"), LOGO);
		Files.createDirectory(files.resolve("sub"));
		Files.writeString(files.resolve("sub/größe 50% + 1?.txt"), "unusual");
		byte[] large = new byte[LARGE];
		large[LARGE - 1] = 42;
		Files.write(files.resolve("large.bin"), large);
		directory = new IpfsTemplate(node.kubo(), DataSize.ofMegabytes(1)).publish(files);
		application = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(IpfsNodeAutoConfiguration.class, IpfsApiAutoConfiguration.class,
					IpfsTemplateAutoConfiguration.class, IpfsResourceAutoConfiguration.class))
			.withPropertyValues("ipfs.node.mode=external", "ipfs.api.url=" + node.endpoint().uri(),
					"site=ipfs:" + directory);
	}

	@AfterAll
	static void stop() {
		node.close();
	}

	private static void run(ContextConsumer<AssertableApplicationContext> test) {
		application.run((context) -> {
			assertThat(context).hasNotFailed();
			test.accept(context);
		});
	}

	@Test
	void valueIsInjected() {
		application.withUserConfiguration(Injected.class).run((context) -> {
			Resource logo = context.getBean(Injected.class).logo;
			assertThat(logo.getContentAsString(StandardCharsets.UTF_8)).isEqualTo(LOGO);
			assertThat(logo.contentLength()).isEqualTo(LOGO.length());
			assertThat(logo.getFilename()).isEqualTo("logo.svg");
			assertThat(logo.lastModified()).isEqualTo(-1);
			assertThat(logo.getURI()).hasToString("ipfs://" + directory + "/logo.svg");
			assertThat(logo.getURL().openStream().readAllBytes()).asString().isEqualTo(LOGO);
			assertThat(((IpfsResource) logo).cid().toString())
				.isEqualTo(node.run("resolve", "/ipfs/" + directory + "/logo.svg").trim().substring("/ipfs/".length()));
		});
	}

	@Test
	void namesAreTakenAsTheyAre() {
		run((context) -> {
			Resource resource = context.getResource("ipfs://" + directory + "/sub/größe 50% + 1?.txt");
			assertThat(resource).returns("größe 50% + 1?.txt", Resource::getFilename);
			assertThat(resource.isReadable()).isTrue();
			assertThat(resource.getContentAsString(StandardCharsets.UTF_8)).isEqualTo("unusual");
			assertThat(resource.createRelative("../logo.svg").getContentAsString(StandardCharsets.UTF_8))
				.isEqualTo(LOGO);
		});
	}

	@Test
	void whatIsNotThereDoesNotExist() {
		run((context) -> {
			Resource missing = context.getResource("ipfs:" + directory + "/none");
			assertThat(missing.exists()).isFalse();
			assertThat(missing.isReadable()).isFalse();
			assertThatExceptionOfType(FileNotFoundException.class).isThrownBy(missing::getInputStream)
				.withMessageContaining("/none");
			Resource folder = context.getResource("ipfs:" + directory + "/sub");
			assertThat(folder.exists()).isTrue();
			assertThat(folder.isReadable()).isFalse();
			assertThatExceptionOfType(InvalidIdentifierException.class)
				.isThrownBy(() -> context.getResource("ipfs:nonsense"));
		});
	}

	@Test
	void nameIsFollowed() {
		node.run("name", "publish", "--allow-offline", "/ipfs/" + directory);
		run((context) -> {
			Resource resource = context.getResource("ipns:" + node.peerId().toIpnsName() + "/logo.svg");
			assertThat(resource.exists()).isTrue();
			assertThat(resource.getContentAsString(StandardCharsets.UTF_8)).isEqualTo(LOGO);
		});
	}

	@Test
	void snapshotStaysTheSameWhenTheNameChanges(@TempDir Path files) throws Exception {
		Path page = Files.writeString(files.resolve("page.html"), "first");
		IpfsTemplate ipfs = new IpfsTemplate(node.kubo());
		node.run("key", "gen", "changing");
		String name = publish("changing", ipfs.publish(files));
		Files.writeString(page, "the second");
		Cid second = ipfs.publish(files);
		run((context) -> {
			IpfsResource resource = (IpfsResource) context.getResource("ipns:" + name + "/page.html");
			IpfsResource snapshot = resource.snapshot();
			publish("changing", second);
			assertThat(resource.getContentAsString(StandardCharsets.UTF_8)).isEqualTo("the second");
			assertThat(snapshot.getContentAsString(StandardCharsets.UTF_8)).isEqualTo("first");
			assertThat(snapshot.contentLength()).isEqualTo(5);
			assertThat(snapshot.cid()).isNotEqualTo(resource.cid());
			assertThat(snapshot).isEqualTo(resource).returns("page.html", Resource::getFilename);
			assertThatExceptionOfType(FileNotFoundException.class)
				.isThrownBy(((IpfsResource) context.getResource("ipns:" + name + "/none"))::snapshot);
		});
	}

	private static String publish(String key, Cid content) {
		return node.run("name", "publish", "-Q", "--allow-offline", "--ttl=1ms", "--key=" + key, content.toPath())
			.strip();
	}

	@Test
	void whatIsSkippedIsNotTransferred() {
		run((context) -> {
			try (InputStream input = context.getResource("ipfs:" + directory + "/large.bin").getInputStream()) {
				input.skipNBytes(LARGE - 1);
				assertThat(input.read()).isEqualTo(42);
				assertThat(input.read()).isEqualTo(-1);
			}
		});
	}

	@Test
	void relativePathsStayBelowTheCid() throws Exception {
		run((context) -> {
			Resource sub = context.getResource("ipfs:" + directory + "/sub/");
			assertThat(sub.createRelative("größe 50% + 1?.txt").exists()).isTrue();
			assertThat(context.getResource("ipfs:" + directory).createRelative("logo.svg").exists()).isTrue();
			assertThatExceptionOfType(FileNotFoundException.class)
				.isThrownBy(() -> sub.createRelative("../../bafkqaaa"));
			assertThatExceptionOfType(FileNotFoundException.class).isThrownBy(() -> sub.createRelative("../../../x"));
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class Injected {

		@Value("${site}/logo.svg")
		Resource logo;

	}

}
