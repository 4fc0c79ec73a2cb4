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

package io.github.ipfstoolkit.rpc.http;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.ipfstoolkit.rpc.CallOptions;
import io.github.ipfstoolkit.rpc.DagApi;
import io.github.ipfstoolkit.rpc.InBandError;
import io.github.ipfstoolkit.rpc.PinApi;
import io.github.ipfstoolkit.rpc.SectionCall;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.core.ResolvableType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what the records of replies have in common, as the client reads them. The
 * records are found by reflection, so that none can be forgotten.
 */
class ReplyRecordTests {

	/** How Kubo calls what failed, in replies whose status is 200. */
	private static final Set<String> ERRORS = Set.of("Err", "Error", "ErrorMsg", "PinErrorMsg", "errorMsg");

	private static final Map<Class<?>, String> NO_ERRORS = Map.of(DagApi.Root.class, "Imported, which holds it, is one",
			PinApi.BadBlock.class, "Verified, which holds it, is one");

	private static final FakeNode node = new FakeNode();

	private static final KuboHttpClient client = new KuboHttpClient(node::endpoint);

	@AfterAll
	static void close() {
		client.close();
		node.close();
	}

	static Set<Class<?>> records() {
		Set<Class<?>> records = new LinkedHashSet<>();
		SectionCall.all().map(SectionCall::valueType).forEach((type) -> collect(type, records));
		return records;
	}

	private static void collect(ResolvableType type, Set<Class<?>> records) {
		Stream.of(type.getGenerics()).forEach((generic) -> collect(generic, records));
		Class<?> record = type.toClass();
		if (record.isRecord() && records.add(record)) {
			Stream.of(record.getRecordComponents())
				.forEach((component) -> collect(ResolvableType.forMethodReturnType(component.getAccessor()), records));
		}
	}

	static Stream<Property> lists() {
		return records().stream()
			.flatMap((record) -> Stream.of(record.getRecordComponents()))
			.filter((component) -> Collection.class.isAssignableFrom(component.getType())
					|| Map.class.isAssignableFrom(component.getType()))
			.map(Property::new);
	}

	@Test
	void recordsAreFound() {
		assertThat(records()).hasSizeGreaterThan(80);
		assertThat(lists()).hasSizeGreaterThan(30);
	}

	@ParameterizedTest
	@MethodSource("lists")
	void listThatIsNullOrMissingIsEmpty(Property list) {
		assertThat(list.read("{}")).isEqualTo(list.empty());
		assertThat(list.read("{\"%s\":null}".formatted(list.name()))).isEqualTo(list.empty());
	}

	@ParameterizedTest
	@MethodSource("records")
	void recordCanBeReadWhereAllIsMissing(Class<?> record) {
		assertThat(read("{}", record)).isInstanceOf(record);
	}

	@Test
	void whatMayFailInASuccessfulReplyIsRaised() {
		Set<Class<?>> failing = records().stream()
			.filter((record) -> Stream.of(record.getRecordComponents())
				.anyMatch((component) -> ERRORS.contains(new Property(component).name())))
			.collect(Collectors.toSet());
		assertThat(failing).containsAll(NO_ERRORS.keySet());
		failing.removeAll(NO_ERRORS.keySet());
		assertThat(failing).hasSizeGreaterThan(5)
			.allSatisfy((record) -> assertThat(InBandError.class).isAssignableFrom(record));
	}

	private static Object read(String json, Class<?> type) {
		node.replyJson(json);
		Object value = client.call("test", List.of(), CallOptions.defaults(), null, type)
			.blockLast(Duration.ofSeconds(30));
		node.takeRequest();
		return value;
	}

	/**
	 * A property of a record.
	 */
	record Property(RecordComponent component) {

		String name() {
			JsonProperty property = this.component.getAccessor().getAnnotation(JsonProperty.class);
			return (property != null) ? property.value() : this.component.getName();
		}

		Object empty() {
			return Map.class.isAssignableFrom(this.component.getType()) ? Map.of() : List.of();
		}

		Object read(String json) {
			try {
				return this.component.getAccessor()
					.invoke(ReplyRecordTests.read(json, this.component.getDeclaringRecord()));
			}
			catch (ReflectiveOperationException ex) {
				throw new IllegalStateException(ex);
			}
		}

		@Override
		public String toString() {
			return this.component.getDeclaringRecord().getSimpleName() + "." + this.component.getName();
		}

	}

}
