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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.github.ipfstoolkit.testsupport.KuboTestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.core.io.buffer.DataBufferUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for calling commands by name.
 */
class CallIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static KuboTestNode node;

	@BeforeAll
	static void start() {
		node = KuboTestNode.start();
	}

	@AfterAll
	static void stop() {
		node.close();
	}

	private static Kubo kubo() {
		return node.kubo();
	}

	@Test
	void commandWithArgumentsOptionsAndABodyIsCalledByItsName() {
		JsonNode added = kubo()
			.call("add", List.of(), CallOptions.defaults().set("cid-version", 1).set("raw-leaves", true),
					Upload.of("hello world".getBytes(StandardCharsets.UTF_8)), JsonNode.class)
			.blockLast(TIMEOUT);
		String cid = added.get("Hash").asString();
		assertThat(cid).isEqualTo("bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e");
		String read = DataBufferUtils
			.join(kubo().call("cat", List.of(cid), CallOptions.defaults().set("length", 5), null))
			.map((buffer) -> {
				String text = buffer.toString(StandardCharsets.UTF_8);
				DataBufferUtils.release(buffer);
				return text;
			})
			.block(TIMEOUT);
		assertThat(read).isEqualTo("hello");
	}

	@Test
	void failureIsTyped() {
		assertThatExceptionOfType(CommandFailedException.class)
			.isThrownBy(() -> kubo().call("cat", List.of("nonsense"), CallOptions.defaults(), null).blockLast(TIMEOUT));
		assertThatExceptionOfType(UnknownCommandException.class)
			.isThrownBy(() -> kubo().call("there/is/none", List.of(), CallOptions.defaults(), null).blockLast(TIMEOUT));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> kubo().call("../api", List.of(), CallOptions.defaults(), null).blockLast(TIMEOUT));
	}

}
