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
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.ipfstoolkit.node.executable.ExecutableLocator;
import io.github.ipfstoolkit.rpc.client.KuboClient;
import io.github.ipfstoolkit.testsupport.KuboTestNode;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What tests of sections against a real node have in common: each method of their
 * sections must have been called in the end, unless they say why not.
 */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(60)
abstract class SectionContract {

	private final RecordedKubo recorded = new RecordedKubo();

	private final List<KuboClient> clients = new ArrayList<>();

	private final Class<?>[] sections;

	KuboTestNode node;

	Kubo kubo;

	Cli cli;

	/**
	 * Creates tests.
	 * @param sections the sections of which each method is called
	 */
	SectionContract(Class<?>... sections) {
		this.sections = sections;
	}

	@BeforeAll
	void start() {
		this.node = KuboTestNode.start();
		this.kubo = kubo(this.node);
		this.cli = new Cli(this.node);
	}

	@AfterAll
	void stop() {
		try {
			// older ones do not have all that there are methods for
			if (KuboTestNode.version().isAtLeast(KuboVersion.of(ExecutableLocator.DEFAULT_VERSION))) {
				this.recorded.assertEachMethodWasCalled(this.sections);
			}
		}
		finally {
			this.clients.forEach(KuboClient::close);
			this.node.close();
		}
	}

	/**
	 * Returns a node's commands, through what is to be tested.
	 */
	final Kubo kubo(KuboTestNode node) {
		KuboClient client = backend().connect(node);
		this.clients.add(client);
		return this.recorded.of(client);
	}

	/**
	 * Returns how nodes are reached. A subclass that returns another backend runs the
	 * same tests with that.
	 */
	Backend backend() {
		return Backend.HTTP;
	}

	final Class<?>[] sections() {
		return this.sections;
	}

	/**
	 * Writes a file for the executable.
	 * @return its path
	 */
	static String file(String content) {
		return file(content.getBytes(StandardCharsets.UTF_8));
	}

	static String file(byte[] content) {
		try {
			Path file = Files.createTempFile("section", "");
			file.toFile().deleteOnExit();
			return Files.write(file, content).toString();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Fails unless a reply of ours consists of the same values as the executable's.
	 */
	static void assertSame(Flux<?> reply, List<JsonNode> known) {
		List<?> told = reply.collectList().block();
		assertThat(told).hasSameSizeAs(known);
		for (int i = 0; i < told.size(); i++) {
			Cli.assertSame(told.get(i), known.get(i));
		}
	}

	/**
	 * Fails unless a command fails, for the reason for which the executable does.
	 */
	final void assertFailsAlike(Publisher<?> reply, String... command) {
		assertThatExceptionOfType(RpcException.class).isThrownBy(() -> Flux.from(reply).blockLast())
			.satisfies((ex) -> assertThatIllegalStateException().isThrownBy(() -> this.cli.text(command))
				.withMessageContaining(ex.getError().message()));
	}

	/**
	 * What a node tells of others can need a while to come in.
	 */
	static ConditionFactory await() {
		return Awaitility.await().atMost(30, TimeUnit.SECONDS);
	}

}
