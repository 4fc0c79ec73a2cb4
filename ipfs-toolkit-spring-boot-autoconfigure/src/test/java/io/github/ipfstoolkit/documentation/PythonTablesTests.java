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
package io.github.ipfstoolkit.documentation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.rpc.Kubo;
import io.github.ipfstoolkit.testsupport.PythonPeer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the tables of what takes the place of the Python toolkit's functions in step with
 * both: what they name here exists, and they name all that there is in Python.
 */
class PythonTablesTests {

	private static final Path PAGE = Path.of("..", "docs", "ipfs-api.md");

	private static final Path CLASSES = Path.of("target", "classes");

	private static final Pattern TABLE = Pattern
		.compile("(?s)### ([^\n]+)\n\n(?:[^\n|#]+\n+)*\\| Python \\| here \\| \\|\n\\|---\\|---\\|---\\|\n(.*?)\n\n");

	private static final Pattern CODE = Pattern.compile("`([^`]+)`");

	private static final Pattern COMMAND = Pattern.compile("Kubo\\.(\\w+)\\(\\)\\.(\\w+)");

	private static final Pattern MEMBER = Pattern.compile("(\\w+)\\.(\\w+)");

	/** What no toolkit function takes the place of, as there is no need for it. */
	private static final Set<String> NOT_NEEDED = Set.of("apply_workarounds");

	private final Map<String, List<Row>> tables = read();

	private final Map<String, List<Class<?>>> types = types();

	@Test
	void everythingNamedHereExists() {
		List<String> unknown = rows().flatMap((row) -> row.here().stream())
			.filter((reference) -> !exists(reference))
			.toList();
		assertThat(unknown).isEmpty();
		assertThat(rows().filter((row) -> row.here().isEmpty()).flatMap((row) -> row.python().stream()))
			.containsExactlyElementsOf(NOT_NEEDED);
	}

	@Test
	void whatDoesNotExistIsNoticed() {
		assertThat(List.of("IpfsOperations.publis", "IpfsOperation.publish", "Kubo.content().ad", "Kubo.contents().add",
				"@IpfsListeners2", "ipfs.node.modes"))
			.noneMatch(this::exists);
	}

	@Test
	@EnabledIfEnvironmentVariable(named = PythonPeer.VARIABLE, matches = ".+")
	void tablesNameAllPublicFunctionsOfThePythonToolkit(@TempDir Path home) throws Exception {
		Map<String, Set<String>> named = new LinkedHashMap<>();
		this.tables.forEach((table, rows) -> named.put(table,
				rows.stream().flatMap((row) -> row.python().stream()).collect(Collectors.toSet())));
		assertThat(named).isEqualTo(publicFunctions(home));
	}

	private static Map<String, Set<String>> publicFunctions(Path home) throws Exception {
		ProcessBuilder builder = new ProcessBuilder(System.getenv(PythonPeer.VARIABLE), script())
			.redirectError(ProcessBuilder.Redirect.INHERIT);
		builder.environment().put("HOME", home.toString()); // where it creates an empty
															// contact book
		Process process = builder.start();
		Map<String, Set<String>> functions = new LinkedHashMap<>();
		process.inputReader()
			.lines()
			.map((line) -> line.split("\t"))
			.forEach((line) -> functions.computeIfAbsent(line[0], (table) -> new LinkedHashSet<>()).add(line[1]));
		assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
		assertThat(process.exitValue()).isZero();
		return functions;
	}

	private static String script() throws URISyntaxException {
		URL script = PythonTablesTests.class.getResource("/python/public_functions.py");
		return Path.of(script.toURI()).toString();
	}

	private Stream<Row> rows() {
		return this.tables.values().stream().flatMap(List::stream);
	}

	private boolean exists(String reference) {
		if (reference.startsWith("@")) {
			return types(reference.substring(1)).anyMatch(Class::isAnnotation);
		}
		if (reference.startsWith("ipfs.")) {
			return properties().contains(reference);
		}
		Matcher command = COMMAND.matcher(reference);
		if (command.matches()) {
			return members(Kubo.class, command.group(1)).anyMatch(
					(section) -> members(((Method) section).getReturnType(), command.group(2)).findAny().isPresent());
		}
		Matcher member = MEMBER.matcher(reference);
		return member.matches()
				? types(member.group(1)).anyMatch((type) -> members(type, member.group(2)).findAny().isPresent())
				: types(reference).findAny().isPresent();
	}

	private Stream<Class<?>> types(String simpleName) {
		return this.types.getOrDefault(simpleName, List.of()).stream();
	}

	private static Stream<Object> members(Class<?> type, String name) {
		return Stream.concat(
				Arrays.stream(type.getMethods())
					.filter((method) -> method.getName().equals(name))
					.map(Object.class::cast),
				Arrays.stream(type.getFields()).map(Field::getName).filter(name::equals).map(Object.class::cast));
	}

	private static Set<String> properties() {
		try {
			Set<String> names = new LinkedHashSet<>();
			for (URL url : Collections.list(PythonTablesTests.class.getClassLoader()
				.getResources("META-INF/spring-configuration-metadata.json"))) {
				try (InputStream json = url.openStream()) {
					for (JsonNode property : JsonMapper.shared().readTree(json).get("properties")) {
						names.add(property.get("name").asString());
					}
				}
			}
			return names;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the toolkit's public types by their simple names.
	 */
	private static Map<String, List<Class<?>>> types() {
		try (Stream<Path> files = Files.walk(CLASSES.resolve(IpfsException.class.getPackageName().replace('.', '/')))) {
			return files.map((file) -> CLASSES.relativize(file).toString())
				.filter((name) -> name.endsWith(".class") && !name.endsWith("-info.class"))
				.flatMap((name) -> load(name.substring(0, name.length() - ".class".length()).replace('/', '.')))
				.filter((type) -> java.lang.reflect.Modifier.isPublic(type.getModifiers()))
				.collect(Collectors.groupingBy(Class::getSimpleName));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns a class, or nothing where the technology that it is for is not here.
	 */
	private static Stream<Class<?>> load(String name) {
		try {
			return Stream.of(Class.forName(name, false, PythonTablesTests.class.getClassLoader()));
		}
		catch (NoClassDefFoundError ex) {
			return Stream.empty();
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Map<String, List<Row>> read() {
		try {
			Map<String, List<Row>> tables = new LinkedHashMap<>();
			for (MatchResult table : (Iterable<MatchResult>) TABLE.matcher(Files.readString(PAGE))
				.results()::iterator) {
				tables.put(table.group(1), table.group(2).lines().map(Row::of).toList());
			}
			assertThat(tables).hasSize(5);
			return tables;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * A row of a table.
	 *
	 * @param python what there is in Python
	 * @param here what takes its place
	 */
	private record Row(List<String> python, List<String> here) {

		static Row of(String line) {
			String[] cells = line.split("\\|", -1);
			assertThat(cells).as(line).hasSize(5);
			return new Row(code(cells[1]), code(cells[2]));
		}

		private static List<String> code(String cell) {
			List<String> code = new ArrayList<>();
			CODE.matcher(cell).results().forEach((match) -> code.add(match.group(1)));
			return code;
		}

	}

}
