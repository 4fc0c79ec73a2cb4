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

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Starts an application that has all auto-configurations on a class path that lacks one
 * of the optional dependencies, its jars and all.
 */
@Tag("long")
class OptionalDependenciesTests {

	@TempDir
	private Path dataDirectory;

	@Test
	void applicationWithAllOfThemStarts() throws Exception {
		assertThat(beansWithout("no-such-artifact")).contains("kubo", "ipfsHealthContributor", "ipfsNodeMetrics");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ':', textBlock = """
			actuator             : spring-boot-actuator.*
			health               : spring-boot-health
			Micrometer           : spring-boot-micrometer-.*|micrometer-(core|jakarta9|registry-.*)
			WebFlux server       : spring-boot-(webflux|web-server|reactor-netty|netty)
			Testcontainers       : spring-boot-testcontainers|testcontainers.*
			Docker Compose       : spring-boot-docker-compose
			encryption           : spring-security-crypto
			Boot's HTTP clients  : spring-boot-(webclient|http-client|http-codec|http-converter|jackson)
			""")
	void applicationWithoutOneOfThemStarts(String name, String artifacts) throws Exception {
		assertThat(beansWithout(artifacts, "--ipfs.contacts.store=memory")).as("without " + name).contains("kubo");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ':', textBlock = """
			Spring Data          : spring-data-.*|spring-boot-data-.*
			Hibernate            : hibernate-.*|spring-boot-hibernate
			H2                   : h2
			Boot's modules       : spring-boot-(data|hibernate|jdbc|jpa|persistence|sql|transaction).*|HikariCP
			all of it            : spring-data-.*|spring-boot-(data|hibernate|jdbc|jpa|persistence|sql|transaction).*\
			|hibernate-.*|h2|HikariCP|jakarta.persistence-.*|spring-(jdbc|orm|tx)
			""")
	void applicationWithoutAPartOfJpaStarts(String name, String artifacts) throws Exception {
		assertThat(beansWithout(artifacts)).as("without " + name).contains("kubo");
	}

	@Test
	void applicationWithNoneOfThemStarts() throws Exception {
		assertThat(beansWithout("spring-data-.*|hibernate-.*|h2|HikariCP|jakarta.persistence-.*|spring-(jdbc|orm|tx)"
				+ "|micrometer-(core|jakarta9|registry-.*)|testcontainers.*|spring-boot-(?!autoconfigure-|4).*"))
			.contains("kubo");
	}

	/**
	 * Returns the names of the application's beans.
	 */
	private String[] beansWithout(String artifacts, String... arguments) throws Exception {
		Thread thread = Thread.currentThread();
		ClassLoader before = thread.getContextClassLoader();
		try (URLClassLoader loader = new URLClassLoader(classPathWithout(artifacts),
				ClassLoader.getPlatformClassLoader())) {
			thread.setContextClassLoader(loader);
			Class<?> application = loader.loadClass(OptionalDependenciesApplication.class.getName());
			return (String[]) application.getMethod("start", String.class, String[].class)
				.invoke(null, this.dataDirectory.toString(), arguments);
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}

	private static URL[] classPathWithout(String artifacts) {
		Pattern jar = Pattern.compile("(%s)-\\d[^/]*\\.jar".formatted(artifacts));
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.map(File::new)
			.filter((file) -> !jar.matcher(file.getName()).matches())
			.map(OptionalDependenciesTests::url)
			.toArray(URL[]::new);
	}

	private static URL url(File file) {
		try {
			return file.toURI().toURL();
		}
		catch (MalformedURLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
