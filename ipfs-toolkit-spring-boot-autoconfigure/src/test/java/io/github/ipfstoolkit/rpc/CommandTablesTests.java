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
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.ipfstoolkit.rpc.client.CallKind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the tables of commands in step with the sections' methods. That the sections
 * carry all commands of a node is what {@link CommandCoverageIT} checks.
 */
class CommandTablesTests {

	private static final Path PAGE = Path.of("..", "docs", "ipfs-api.md");

	@Test
	void everyCommandStandsWithAllItsMethods() throws IOException {
		assertThat(table("| command | methods of `Kubo` | |")).containsExactlyElementsOf(expected());
	}

	@Test
	void everyRemovedCommandStandsWithWhatReplacesIt() throws IOException {
		assertThat(table("| command | in its place |"))
			.containsExactlyInAnyOrderElementsOf(CommandExceptions.REMOVED.entrySet()
				.stream()
				.map((entry) -> "| `%s` | `%s` |".formatted(entry.getKey(), entry.getValue()))
				.toList());
		assertThat(SectionMethods.optionsByCommand().keySet()).containsAll(CommandExceptions.REMOVED.values());
	}

	private static List<String> expected() {
		Map<String, List<Method>> methods = SectionMethods.methods()
			.collect(Collectors.groupingBy(SectionMethods::command, TreeMap::new, Collectors.toList()));
		return methods.entrySet()
			.stream()
			.map((entry) -> "| `%s` | %s | %s |".formatted(entry.getKey(),
					entry.getValue()
						.stream()
						.map(CommandTablesTests::reference)
						.distinct()
						.sorted()
						.collect(Collectors.joining("`, `", "`", "`")),
					remark(entry.getKey(), entry.getValue())))
			.toList();
	}

	private static String remark(String command, List<Method> methods) {
		return methods.stream().allMatch(CommandTablesTests::isDeprecated) ? "deprecated"
				: CallKind.isLocal(command) ? "executable alone" : "";
	}

	private static String reference(Method method) {
		return "%s().%s".formatted(accessor(method.getDeclaringClass()).getName(), method.getName());
	}

	private static boolean isDeprecated(Method method) {
		return Stream.<AnnotatedElement>of(method, method.getDeclaringClass(), accessor(method.getDeclaringClass()))
			.anyMatch((element) -> element.isAnnotationPresent(Deprecated.class));
	}

	private static Method accessor(Class<?> section) {
		return Arrays.stream(Kubo.class.getMethods())
			.filter((method) -> method.getReturnType() == section)
			.findFirst()
			.orElseThrow();
	}

	private static List<String> table(String header) throws IOException {
		return Files.readString(PAGE)
			.lines()
			.dropWhile((line) -> !line.equals(header))
			.skip(2)
			.takeWhile((line) -> line.startsWith("|"))
			.toList();
	}

}
