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

package io.github.ipfstoolkit.architecture;

import java.util.List;
import java.util.Map;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * Holds the arrows between packages: what each may know, besides itself and the base
 * package.
 */
@AnalyzeClasses(packages = PackageTests.BASE, importOptions = DoNotIncludeTests.class)
class PackageTests {

	static final String BASE = "io.github.ipfstoolkit";

	/**
	 * A package's key is its path below the base package, with all packages below it
	 * unless they have a key of their own. "*" stands for all.
	 */
	private static final Map<String, List<String>> MAY_KNOW = Map.ofEntries(Map.entry("", List.of()),
			Map.entry("rpc", List.of()), Map.entry("rpc.client", List.of("rpc")),
			Map.entry("rpc.cli", List.of("rpc", "rpc.client")), Map.entry("rpc.http", List.of("rpc", "rpc.client")),
			Map.entry("node", List.of("rpc", "rpc.client", "rpc.http")), Map.entry("p2p", List.of("rpc")),
			Map.entry("transmission", List.of("p2p")), Map.entry("core", List.of("rpc")),
			Map.entry("resource", List.of("core", "rpc")), Map.entry("contacts", List.of("rpc", "p2p", "transmission")),
			Map.entry("annotation", List.of("listener", "transmission")),
			Map.entry("listener", List.of("transmission", "core")), Map.entry("observation", List.of("rpc")),
			Map.entry("metrics", List.of("rpc", "transmission", "listener", "node")),
			Map.entry("health", List.of("rpc", "listener", "node")),
			Map.entry("actuate", List.of("rpc", "listener", "node", "contacts", "p2p", "core")),
			Map.entry("autoconfigure", List.of("*")), Map.entry("testcontainers", List.of("*")),
			Map.entry("docker", List.of("*")));

	@ArchTest
	static final ArchRule packagesHaveNoCycles = slices().matching(BASE + ".(**)").should().beFreeOfCycles();

	@ArchTest
	static final ArchRule arrowsPointDown = classes()
		.should(new ArchCondition<>("know only what its package may know") {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				String from = key(type);
				type.getDirectDependenciesFromSelf().forEach((dependency) -> {
					JavaClass target = dependency.getTargetClass().getBaseComponentType();
					if (target.getPackageName().startsWith(BASE) && !allowed(from, key(target))) {
						events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
					}
				});
			}

		});

	@ArchTest
	static final ArchRule nobodyDependsOnTheWiring = noClasses().that()
		.resideOutsideOfPackages(BASE + ".autoconfigure..", BASE + ".testcontainers..", BASE + ".docker..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage(BASE + ".autoconfigure..", BASE + ".testcontainers..", BASE + ".docker..");

	@ArchTest
	static final ArchRule micrometerMetersStayInMetrics = noClasses().that()
		.resideOutsideOfPackages(BASE + ".metrics..", BASE + ".autoconfigure..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("io.micrometer.core..");

	@ArchTest
	static void everyPackageIsNullMarked(JavaClasses classes) {
		classes().that(are(packageInfo())).should(new ArchCondition<JavaClass>("be @NullMarked") {
			@Override
			public void check(JavaClass type, ConditionEvents events) {
				if (!type.isAnnotatedWith(NullMarked.class)) {
					events.add(SimpleConditionEvent.violated(type, type.getPackageName() + " is not @NullMarked"));
				}
			}
		}).check(classes);
		classes.forEach((type) -> {
			if (!classes.contain(type.getPackageName() + ".package-info")) {
				throw new AssertionError(type.getPackageName() + " has no package-info.java");
			}
		});
	}

	private static DescribedPredicate<JavaClass> packageInfo() {
		return DescribedPredicate.describe("package-info", (type) -> type.getSimpleName().equals("package-info"));
	}

	private static boolean allowed(String from, String to) {
		List<String> known = MAY_KNOW.get(from);
		return to.isEmpty() || from.equals(to) || known.contains("*") || known.contains(to);
	}

	private static String key(JavaClass type) {
		String path = type.getPackageName().substring(BASE.length()).replaceFirst("^\\.", "");
		while (!MAY_KNOW.containsKey(path)) {
			int dot = path.lastIndexOf('.');
			if (dot < 0) {
				throw new AssertionError("Package '%s' has no place in the design".formatted(path));
			}
			path = path.substring(0, dot);
		}
		return path;
	}

}
