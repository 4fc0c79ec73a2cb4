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

package io.github.ipfstoolkit.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the metadata of all properties complete, in the wording of Spring Boot's own, and
 * the page about them in step with it.
 */
class ConfigurationMetadataTests {

	/** The table of meters, which have names of the same form. */
	private static final Pattern METERS = Pattern.compile("(?s)\\| meter \\|.*?\n\n");

	private static final Pattern NAMED = Pattern.compile("`(ipfs\\.[a-z0-9.-]+)(=[^`]*)?`");

	private final List<JsonNode> properties = read();

	private static List<JsonNode> read() {
		List<JsonNode> properties = new ArrayList<>();
		try {
			for (URL url : Collections.list(ConfigurationMetadataTests.class.getClassLoader()
				.getResources("META-INF/spring-configuration-metadata.json"))) {
				try (InputStream json = url.openStream()) {
					for (JsonNode property : JsonMapper.shared().readTree(json).get("properties")) {
						if (property.get("name").asString().startsWith("ipfs.")) {
							properties.add(property);
						}
					}
				}
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		return properties;
	}

	@Test
	void everyPropertyIsDescribed() {
		assertThat(this.properties).hasSizeGreaterThan(40).allSatisfy((property) -> {
			String name = property.get("name").asString();
			assertThat(property.hasNonNull("description")).as(name).isTrue();
			assertThat(property.get("description").asString()).as(name)
				.endsWith(".")
				.doesNotStartWith("The ")
				.doesNotStartWith("A ");
			if (property.get("type").asString().equals("java.lang.Boolean")) {
				assertThat(property.get("description").asString()).as(name).startsWith("Whether ");
			}
		});
	}

	@Test
	void everyPropertyIsOnThePageAboutThem() throws IOException {
		String page = Files.readString(Path.of("..", "docs", "properties.md"));
		assertThat(this.properties)
			.allSatisfy((property) -> assertThat(page).contains("| `" + property.get("name").asString() + "` |"));
	}

	@Test
	void pagesNameNoPropertyThatThereIsNot() throws IOException {
		List<Path> pages = new ArrayList<>(List.of(Path.of("..", "README.md"), Path.of("..", "CHANGELOG.md")));
		try (Stream<Path> docs = Files.walk(Path.of("..", "docs"))) {
			docs.filter((page) -> page.toString().endsWith(".md")).forEach(pages::add);
		}
		for (Path page : pages) {
			String text = METERS.matcher(Files.readString(page)).replaceAll("");
			List<String> unknown = NAMED.matcher(text)
				.results()
				.map((match) -> match.group(1))
				.filter((name) -> !isPropertyOrGroup(name))
				.toList();
			assertThat(unknown).as(page.toString()).isEmpty();
		}
	}

	private boolean isPropertyOrGroup(String name) {
		return this.properties.stream()
			.map((property) -> property.get("name").asString())
			.anyMatch((property) -> property.equals(name) || property.startsWith(name + "."));
	}

}
