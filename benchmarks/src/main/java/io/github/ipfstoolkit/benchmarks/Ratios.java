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

package io.github.ipfstoolkit.benchmarks;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.ipfstoolkit.node.executable.ExecutableLocator;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs the benchmarks on two nodes of its own and prints the ratios between them.
 */
public final class Ratios {

	private Ratios() {
	}

	public static void main(String[] args) throws Exception {
		try (Nodes nodes = new Nodes(ExecutableLocator.builder().provision(true).build())) {
			Map<String, Double> medians = run(nodes);
			print("warm message of 100 bytes / raw round trip", medians, "message", "raw", "at most 1.3");
			print("curl / toolkit, 256 MiB read", medians, "curl", "toolkit", "at least 0.95");
		}
	}

	private static Map<String, Double> run(Nodes nodes) throws RunnerException {
		OptionsBuilder options = new OptionsBuilder();
		options.include("io.github.ipfstoolkit.benchmarks").jvmArgsPrepend(nodes.jvmArguments());
		options.shouldFailOnError(true);
		Collection<RunResult> results = new Runner(options.build()).run();
		return results.stream()
			.collect(Collectors.toMap((result) -> result.getPrimaryResult().getLabel(),
					(result) -> result.getPrimaryResult().getStatistics().getPercentile(50)));
	}

	private static void print(String what, Map<String, Double> medians, String numerator, String denominator,
			String goal) {
		double upper = medians.get(numerator);
		double lower = medians.get(denominator);
		System.out.printf(Locale.ROOT, "%-45s %.2f   (%.1f / %.1f, medians; goal: %s)%n", what, upper / lower, upper,
				lower, goal);
	}

}
