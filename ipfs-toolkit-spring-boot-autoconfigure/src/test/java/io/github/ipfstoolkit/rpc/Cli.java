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
import java.util.ArrayList;
import java.util.List;

import io.github.ipfstoolkit.testsupport.KuboTestNode;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * What Kubo's executable answers: the other side of comparisons.
 */
record Cli(KuboTestNode node) {

	String text(String... arguments) {
		return this.node.run(arguments).strip();
	}

	List<String> lines(String... arguments) {
		return text(arguments).lines().map(String::strip).filter((line) -> !line.isEmpty()).toList();
	}

	JsonNode json(String... arguments) {
		List<JsonNode> values = values(arguments);
		return values.get(values.size() - 1);
	}

	/**
	 * Returns the values of a reply that consists of several.
	 */
	List<JsonNode> values(String... arguments) {
		List<String> command = new ArrayList<>(List.of(arguments));
		command.add("--enc=json");
		return JsonMapper.shared()
			.readerFor(JsonNode.class)
			.<JsonNode>readValues(text(command.toArray(String[]::new)))
			.readAll();
	}

	static Upload upload(String text) {
		return Upload.of(text.getBytes(StandardCharsets.UTF_8));
	}

	static String text(Flux<DataBuffer> content) {
		return new String(bytes(content), StandardCharsets.UTF_8);
	}

	static byte[] bytes(Flux<DataBuffer> content) {
		return DataBufferUtils.join(content).map((buffer) -> {
			byte[] bytes = new byte[buffer.readableByteCount()];
			buffer.read(bytes);
			DataBufferUtils.release(buffer);
			return bytes;
		}).defaultIfEmpty(new byte[0]).block(Duration.ofSeconds(60));
	}

}
