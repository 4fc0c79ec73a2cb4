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
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.github.ipfstoolkit.Cid;
import io.github.ipfstoolkit.InvalidIdentifierException;
import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.testsupport.KuboTestNode;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Kubo's executable answers: the other side of comparisons.
 */
record Cli(KuboTestNode node) {

	/** Writes the components of records, and nothing that is made of them. */
	private static final JsonMapper MAPPER = JsonMapper.builder()
		.changeDefaultVisibility((visibility) -> visibility.withIsGetterVisibility(Visibility.NONE))
		.build();

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

	/**
	 * Fails unless all that a reply of ours tells is what the executable tells as well.
	 * The order of lists is Kubo's whim; what is empty may be left out; identities, CIDs
	 * and times may be written in any form.
	 */
	static void assertSame(Object reply, JsonNode known) {
		JsonNode told = MAPPER.valueToTree(reply);
		assertThat(isSame(told, known)).withFailMessage(() -> "told: %s%nknown: %s".formatted(told, known)).isTrue();
	}

	private static boolean isSame(JsonNode told, JsonNode known) {
		if (known.size() == 1 && known.has("/")) {
			return isSame(told, known.get("/"));
		}
		if (isEmpty(told) || isEmpty(known)) {
			return isEmpty(told) && isEmpty(known);
		}
		if (told.isObject()) {
			return told.propertyStream()
				.allMatch((property) -> isSame(property.getValue(), known.path(property.getKey())));
		}
		if (told.isArray()) {
			List<JsonNode> left = new ArrayList<>(known.values());
			return told.size() == known.size() && told.valueStream().allMatch((value) -> removeSame(value, left));
		}
		if (told.isNumber()) {
			return known.isNumber() && told.decimalValue().compareTo(known.decimalValue()) == 0;
		}
		return told.equals(known) || (told.isString() && known.isString()
				&& Stream.<Function<String, Object>>of(PeerId::of, Cid::of, Instant::parse)
					.anyMatch((form) -> isSame(form, told.asString(), known.asString())));
	}

	private static boolean removeSame(JsonNode value, List<JsonNode> left) {
		return left.stream()
			.filter((candidate) -> isSame(value, candidate))
			.findFirst()
			.map(left::remove)
			.orElse(false);
	}

	private static boolean isSame(Function<String, Object> form, String told, String known) {
		try {
			return form.apply(told).equals(form.apply(known));
		}
		catch (InvalidIdentifierException | DateTimeParseException ex) {
			return false;
		}
	}

	private static boolean isEmpty(JsonNode value) {
		return switch (value.getNodeType()) {
			case MISSING, NULL -> true;
			case OBJECT -> value.valueStream().allMatch(Cli::isEmpty);
			case ARRAY -> value.isEmpty();
			case STRING -> value.asString().isEmpty();
			case NUMBER -> value.asDouble() == 0;
			case BOOLEAN -> !value.asBoolean();
			default -> false;
		};
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
