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

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.web.bind.annotation.RequestParam;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what all sections of the RPC API have in common.
 */
class SectionTests {

	private static final Set<String> DURATIONS = Set.of("timeout", "dht-timeout", "lifetime", "ttl", "interval",
			"heal-timeout", "profile-time");

	/** Those that Kubo's own command tree calls deprecated. */
	private static final List<String> DEPRECATED = List.of("bitswap/reprovide", "dht/query", "key/list", "object/diff",
			"object/patch/add-link", "object/patch/rm-link", "routing/provide", "routing/reprovide", "stats/provide",
			"stats/reprovide");

	static Stream<Class<?>> sections() {
		return SectionMethods.sections();
	}

	/**
	 * Each of these tests fails for a method of its sections that it does not call.
	 */
	@Test
	void everyMethodIsCalledAgainstARealNode() {
		assertThat(Stream.of(new ContentSectionsIT(), new KeepingSectionsIT(), new PeerSectionsIT())
			.flatMap((tests) -> Arrays.stream(tests.sections())))
			.containsExactlyInAnyOrderElementsOf(sections().toList());
	}

	@ParameterizedTest
	@MethodSource("sections")
	void moreThanThreeOptionsAreGivenAsOne(Class<?> section) {
		assertThat(section.getMethods()).allSatisfy((method) -> assertThat(Arrays.stream(method.getParameters())
			.filter((parameter) -> parameter.isAnnotationPresent(RequestParam.class)
					&& !parameter.getAnnotation(RequestParam.class).value().equals("arg")))
			.as(method.toString())
			.hasSizeLessThanOrEqualTo(3));
	}

	@Test
	void deprecatedCommandsAreMarked() {
		assertThat(SectionMethods.methods()
			.collect(Collectors.groupingBy(SectionMethods::command, TreeMap::new,
					Collectors.reducing(true, SectionTests::isMarked, Boolean::logicalAnd)))
			.entrySet()).filteredOn(Map.Entry::getValue).extracting(Map.Entry::getKey).isEqualTo(DEPRECATED);
	}

	private static boolean isMarked(Method method) {
		return method.isAnnotationPresent(Deprecated.class)
				|| method.getDeclaringClass().isAnnotationPresent(Deprecated.class);
	}

	/**
	 * Kubo answers a {@code timeout} that it cannot read with status 200 and nothing
	 * else, so that none may be given as text.
	 */
	@ParameterizedTest
	@MethodSource("sections")
	void durationsHaveTheirType(Class<?> section) {
		assertThat(
				Arrays.stream(section.getMethods()).flatMap((method) -> Arrays.stream(method.getParameters())).toList())
			.filteredOn((parameter) -> parameter.isAnnotationPresent(RequestParam.class)
					&& DURATIONS.contains(parameter.getAnnotation(RequestParam.class).value()))
			.extracting(Parameter::getType)
			.allSatisfy((type) -> assertThat(type).isEqualTo(Duration.class));
	}

}
