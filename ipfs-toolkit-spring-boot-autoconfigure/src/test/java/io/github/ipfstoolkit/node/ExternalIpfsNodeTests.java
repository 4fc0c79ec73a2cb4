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

package io.github.ipfstoolkit.node;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.ipfstoolkit.rpc.KuboVersion;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link ExternalIpfsNode}.
 */
class ExternalIpfsNodeTests {

	private final FakeNode fake = new FakeNode();

	@AfterEach
	void close() {
		this.fake.close();
	}

	@Test
	void streamMountingIsSwitchedOn() {
		node(StreamMounting.ENABLE).start();
		assertThat(this.fake.requests)
			.contains("POST /api/v0/config?json=true&arg=Experimental.Libp2pStreamMounting&arg=true");
	}

	@Test
	void streamMountingThatIsOnIsLeftAlone() {
		this.fake.mounting = true;
		node(StreamMounting.ENABLE).start();
		assertThat(this.fake.requests).noneMatch((request) -> request.contains("config"));
	}

	@Test
	void nodeThatRefusesToSwitchIsAnError() {
		this.fake.configStatus = 403;
		assertThatExceptionOfType(StreamMountingDisabledException.class)
			.isThrownBy(() -> node(StreamMounting.ENABLE).start())
			.withMessageContaining("403")
			.satisfies((ex) -> assertThat(ex.getRemedy()).contains("ipfs.node.stream-mounting=ignore"));
	}

	@Test
	void nodeIsNotChangedWhereThatIsNotWanted() {
		assertThatExceptionOfType(StreamMountingDisabledException.class)
			.isThrownBy(() -> node(StreamMounting.REQUIRE).start())
			.satisfies((ex) -> assertThat(ex.getRemedy()).contains("ipfs.node.stream-mounting=enable"));
		assertThat(this.fake.requests).noneMatch((request) -> request.contains("config"));
	}

	@Test
	void streamMountingIsNotLookedAtWhereItIsOfNoInterest() {
		node(StreamMounting.IGNORE).start();
		assertThat(this.fake.requests).containsExactly("POST /api/v0/version");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0.39.0", "0.38.1-dev", "0.4.23" })
	void nodeThatIsTooOldForMessagesIsAnError(String version) {
		this.fake.version = "{\"Version\":\"%s\"}".formatted(version);
		assertThatExceptionOfType(NodeVersionException.class).isThrownBy(() -> node(StreamMounting.ENABLE).start())
			.withMessageContainingAll(KuboVersion.of(version).toString(), "0.40.0 or newer")
			.satisfies((ex) -> assertThat(ex.getRemedy()).contains("Update", "ipfs.node.stream-mounting=ignore"));
		assertThatNoException().isThrownBy(() -> node(StreamMounting.IGNORE).start());
	}

	@ParameterizedTest
	@ValueSource(strings = { "0.40.0-rc1", "0.99.0", "1.0.0-dev", "2.7", "whatever comes" })
	void newerNodeIsNeverRefused(String version) {
		this.fake.version = "{\"Version\":\"%s\"}".formatted(version);
		assertThatNoException().isThrownBy(() -> node(StreamMounting.ENABLE).start());
		assertThat(this.fake.mounting).isTrue();
	}

	@Test
	void nodeThatDeniesAccessIsNoReasonNotToStart() {
		this.fake.status = 403;
		assertThatNoException().isThrownBy(() -> node(StreamMounting.ENABLE).start());
	}

	@Test
	void nodeThatComesLaterIsCheckedThen() {
		int port = this.fake.port();
		this.fake.close();
		try (ExternalIpfsNode node = node(StreamMounting.ENABLE)) {
			node.start();
			assertThat(node.isRunning()).isTrue();
			try (FakeNode late = new FakeNode(port)) {
				Awaitility.await().until(() -> late.mounting);
			}
		}
	}

	@Test
	void callbackIsCalledOnce() {
		AtomicInteger calls = new AtomicInteger();
		ExternalIpfsNode node = node(StreamMounting.ENABLE);
		node.start();
		node.stop(calls::incrementAndGet);
		assertThat(calls).hasValue(1);
		assertThat(node.isRunning()).isFalse();
	}

	@Test
	void stateAndProcessAreThoseOfSomebodyElse() {
		ExternalIpfsNode node = node(StreamMounting.ENABLE);
		assertThat(node.state()).isEqualTo(NodeState.EXTERNAL);
		assertThat(node.process()).isNull();
		assertThat(node.isManaged()).isFalse();
		assertThat(node.getPhase()).isEqualTo(Integer.MIN_VALUE / 2 - 200);
		assertThat(node.isPauseable()).isFalse();
	}

	private ExternalIpfsNode node(StreamMounting streamMounting) {
		return new ExternalIpfsNode(this.fake.endpoint(), streamMounting, Duration.ofSeconds(30));
	}

}
