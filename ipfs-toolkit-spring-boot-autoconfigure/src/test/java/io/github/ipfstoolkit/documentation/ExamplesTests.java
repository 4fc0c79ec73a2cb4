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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the examples of the pages in step with code that the build compiles. An example
 * stands in a class of this package between {@code // tag::NAME[]} and
 * {@code // end::NAME[]}, and in the page as a block of Java behind a line
 * {@code <!-- example: NAME -->}. With {@code -Dexamples.update=true} the pages are
 * written anew from the classes.
 */
class ExamplesTests {

	private static final Path DOCS = Path.of("..", "docs");

	private static final Path SOURCES = Path.of("src", "test", "java",
			ExamplesTests.class.getPackageName().replace('.', '/'));

	private static final Pattern TAGGED = Pattern.compile("(?s)// tag::(\\S+)\\[\\]\n(.*?)\n\\s*// end::\\1\\[\\]");

	private static final Pattern SHOWN = Pattern.compile("(?s)(<!-- example: (\\S+) -->\n```java\n)(.*?)(```)");

	@ParameterizedTest
	@ValueSource(strings = { "datatransmission.md", "ipfs-api.md", "nodes.md", "operations.md" })
	void pageShowsWhatIsCompiled(String name) throws IOException {
		Path page = DOCS.resolve(name);
		String text = Files.readString(page);
		Map<String, String> examples = examples();
		String expected = SHOWN.matcher(text).replaceAll((match) -> {
			assertThat(examples).as("examples").containsKey(match.group(2));
			return Matcher.quoteReplacement(match.group(1) + examples.get(match.group(2)) + "\n" + match.group(4));
		});
		if (Boolean.getBoolean("examples.update")) {
			Files.writeString(page, expected);
		}
		else {
			assertThat(text).as("Run this test with -Dexamples.update=true").isEqualTo(expected);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "datatransmission.md", "ipfs-api.md", "nodes.md", "operations.md" })
	void pageShowsNoJavaThatIsNotCompiled(String name) throws IOException {
		String text = Files.readString(DOCS.resolve(name));
		assertThat(SHOWN.matcher(text).replaceAll("")).doesNotContain("```java");
	}

	@Test
	void everyExampleIsShown() throws IOException {
		List<String> shown = new ArrayList<>();
		try (Stream<Path> pages = Files.list(DOCS).filter((page) -> page.toString().endsWith(".md"))) {
			pages.forEach((page) -> SHOWN.matcher(read(page)).results().forEach((match) -> shown.add(match.group(2))));
		}
		assertThat(shown).containsAll(examples().keySet());
	}

	private static Map<String, String> examples() throws IOException {
		Map<String, String> examples = new TreeMap<>();
		try (Stream<Path> sources = Files.list(SOURCES)
			.filter((source) -> !source.endsWith(ExamplesTests.class.getSimpleName() + ".java"))) {
			sources.forEach((source) -> TAGGED.matcher(read(source))
				.results()
				.forEach((match) -> assertThat(examples.put(match.group(1), unindent(match.group(2))))
					.as("Another example is called " + match.group(1))
					.isNull()));
		}
		return examples;
	}

	private static String unindent(String code) {
		return code.replace("\t", "    ").stripIndent();
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
