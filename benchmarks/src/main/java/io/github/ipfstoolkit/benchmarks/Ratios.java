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
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs the benchmarks on two nodes of its own and prints the ratios between them.
 */
public final class Ratios {

	private Ratios() {
	}

	/**
	 * Runs all benchmarks, or those whose names match.
	 * @param args regular expressions for the benchmarks' names
	 */
	public static void main(String[] args) throws Exception {
		try (Nodes nodes = new Nodes(ExecutableLocator.builder().provision(true).build())) {
			Map<String, Double> medians = run(nodes, args);
			ratio(medians, "warm message of 100 bytes / raw round trip", "message", "raw", "at most 1.3");
			ratio(medians, "16 senders at once, rate / raw rate", "messagesAtOnce", "rawAtOnce", "at least 0.75");
			ratio(medians, "raw time / message of 100 MB", "rawLarge", "largeMessage", "at least 0.9");
			ratio(medians, "raw time / file of 1 GiB", "rawFile", "file", "at least 0.8");
			value(medians, "first message to a listener, ms", "coldMessage", "at most 10");
			ratio(medians, "Java to Python / Python to Python", "javaToPython", "pythonToPython", "at most 0.5");
			ratio(medians, "Python to Python / warm message", "pythonToPython", "message", "at least 25");
			ratio(medians, "curl / toolkit, 256 MiB read", "curl", "toolkit", "at least 0.95");
		}
	}

	private static Map<String, Double> run(Nodes nodes, String[] names) throws RunnerException {
		ChainedOptionsBuilder options = new OptionsBuilder().jvmArgsPrepend(nodes.jvmArguments())
			.shouldFailOnError(true);
		for (String name : (names.length > 0) ? names : new String[] { "io.github.ipfstoolkit.benchmarks" }) {
			options.include(name);
		}
		String python = System.getProperty(PythonBenchmark.PROPERTY);
		if (python != null) {
			options.jvmArgsAppend("-D%s=%s".formatted(PythonBenchmark.PROPERTY, python));
		}
		else {
			options.exclude(PythonBenchmark.class.getName());
		}
		Collection<RunResult> results = new Runner(options.build()).run();
		return results.stream()
			.collect(Collectors.toMap((result) -> result.getPrimaryResult().getLabel(),
					(result) -> result.getPrimaryResult().getStatistics().getPercentile(50)));
	}

	private static void ratio(Map<String, Double> medians, String what, String numerator, String denominator,
			String goal) {
		Double upper = medians.get(numerator);
		Double lower = medians.get(denominator);
		if (upper != null && lower != null) {
			System.out.printf(Locale.ROOT, "%-45s %.2f   (%.1f / %.1f, medians; goal: %s)%n", what, upper / lower,
					upper, lower, goal);
		}
	}

	private static void value(Map<String, Double> medians, String what, String label, String goal) {
		Double median = medians.get(label);
		if (median != null) {
			System.out.printf(Locale.ROOT, "%-45s %.2f   (median; goal: %s)%n", what, median, goal);
		}
	}

}
