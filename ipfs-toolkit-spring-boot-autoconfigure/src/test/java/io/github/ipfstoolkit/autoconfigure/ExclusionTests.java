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

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application may exclude any of the toolkit's auto-configurations: the others start
 * without it.
 */
class ExclusionTests {

	private static final List<String> ALL = ImportCandidates
		.load(AutoConfiguration.class, ExclusionTests.class.getClassLoader())
		.getCandidates()
		.stream()
		.filter((name) -> name.startsWith("io.github.ipfstoolkit"))
		.toList();

	@TempDir
	private Path directory;

	static Stream<String> all() {
		return ALL.stream();
	}

	@ParameterizedTest
	@MethodSource("all")
	void applicationWithoutOneOfThemStarts(String excluded) {
		Class<?>[] others = ALL.stream()
			.filter((name) -> !name.equals(excluded))
			.map((name) -> ClassUtils.resolveClassName(name, null))
			.toArray(Class<?>[]::new);
		assertThat(others).hasSize(ALL.size() - 1);
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(others))
			.withPropertyValues("ipfs.node.mode=external", "ipfs.api.url=http://127.0.0.1:1",
					"ipfs.contacts.store=memory", "ipfs.data-directory=" + this.directory)
			.run((context) -> assertThat(context).hasNotFailed());
	}

}
