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

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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

	private static final String PACKAGE = Ratios.class.getPackageName();

	/** The sides of a benchmark in which they take turns, as {@link Turns} calls them. */
	private static final String PEER = "peer";

	private static final String TOOLKIT = "toolkit";

	private Ratios() {
	}

	/**
	 * Runs all benchmarks, or those whose names match, as often as the system property
	 * {@code rounds} says, once by default: both sides of a ratio are measured in each
	 * round, and the median of the ratios counts, as a machine differs from one minute to
	 * the next. With the system property {@code plot} it also draws the ratios, as an SVG
	 * file of that name.
	 * @param args regular expressions for the benchmarks' names
	 */
	public static void main(String[] args) throws Exception {
		try (Nodes nodes = new Nodes(ExecutableLocator.builder().provision(true).build())) {
			List<List<Result>> rounds = new ArrayList<>();
			while (rounds.size() < Integer.getInteger("rounds", 1)) {
				List<Result> round = results(run(nodes, args));
				round.forEach(System.out::println);
				rounds.add(round);
			}
			List<Result> results = IntStream.range(0, rounds.get(0).size())
				.mapToObj((row) -> Result.median(rounds.stream().map((round) -> round.get(row)).toList()))
				.toList();
			if (rounds.size() > 1) {
				System.out.printf("Medians of %d rounds:%n", rounds.size());
				results.forEach(System.out::println);
			}
			String plot = System.getProperty("plot");
			if (plot != null) {
				Plot.write(results, Path.of(plot));
			}
		}
	}

	private static List<Result> results(Map<String, Double> medians) {
		return Stream.of(
				atMost(1.3, medians, "warm message of 100 bytes / raw round trip", "MessageBenchmark.message",
						"MessageBenchmark.raw"),
				atLeast(0.75, medians, "16 senders at once, rate / raw rate",
						"ConcurrentMessagesBenchmark.messagesAtOnce", "ConcurrentMessagesBenchmark.rawAtOnce"),
				atLeast(0.9, medians, "raw time / message of 100 MB", "LargeMessageBenchmark.rawLarge",
						"LargeMessageBenchmark.largeMessage"),
				inTurns(0.8, medians, "raw time / file of 1 GiB", "FileBenchmark.fileInTurns"),
				Optional.ofNullable(medians.get("ColdMessageBenchmark.coldMessage"))
					.map((millis) -> Result.atMost(10, "first message to a listener, ms", millis, "median")),
				atMost(0.5, medians, "Java to Python / Python to Python",
						"PythonBenchmark.javaToPythonInTurns" + TOOLKIT, "PythonBenchmark.javaToPythonInTurns" + PEER),
				atLeast(25, medians, "Python to Python / warm message", "PythonBenchmark.pythonToPython",
						"MessageBenchmark.message"),
				inTurns(0.9, medians, "plain HTTP / id", "CommandBenchmark.idInTurns"),
				inTurns(0.9, medians, "plain HTTP / block/stat", "CommandBenchmark.blockStatInTurns"),
				atLeast(0.9, medians, "64 id at once, rate / plain HTTP", "ConcurrentCommandsBenchmark.id",
						"ConcurrentCommandsBenchmark.plainId"),
				atLeast(0.9, medians, "64 block/stat at once, rate / plain HTTP",
						"ConcurrentCommandsBenchmark.blockStat", "ConcurrentCommandsBenchmark.plainBlockStat"),
				inTurns(0.95, medians, "curl / cat of 1 GiB", "ContentBenchmark.catInTurns"),
				inTurns(0.95, medians, "curl -F / add of 1 GiB", "UploadBenchmark.addInTurns"),
				inTurns(0.95, medians, "ipfs add / add of 10,000 files", "UploadBenchmark.addDirectoryInTurns"),
				atMost(1.5, medians, "through the executable / executable alone",
						"ExecutableBenchmark.throughExecutable", "ExecutableBenchmark.executableAlone"))
			.flatMap(Optional::stream)
			.toList();
	}

	private static Optional<Result> atMost(double limit, Map<String, Double> medians, String what, String numerator,
			String denominator) {
		return ratio(medians, numerator, denominator, (value, details) -> Result.atMost(limit, what, value, details));
	}

	private static Optional<Result> atLeast(double limit, Map<String, Double> medians, String what, String numerator,
			String denominator) {
		return ratio(medians, numerator, denominator, (value, details) -> Result.atLeast(limit, what, value, details));
	}

	private static Optional<Result> inTurns(double limit, Map<String, Double> medians, String what, String benchmark) {
		return atLeast(limit, medians, what, benchmark + PEER, benchmark + TOOLKIT);
	}

	private static Optional<Result> ratio(Map<String, Double> medians, String numerator, String denominator,
			BiFunction<Double, String, Result> result) {
		Double upper = medians.get(numerator);
		Double lower = medians.get(denominator);
		return (upper == null || lower == null) ? Optional.empty()
				: Optional.of(result.apply(upper / lower, String.format(Locale.ROOT, "%.1f / %.1f", upper, lower)));
	}

	private static Map<String, Double> run(Nodes nodes, String[] names) throws RunnerException {
		ChainedOptionsBuilder options = new OptionsBuilder().jvmArgsPrepend(nodes.jvmArguments())
			.shouldFailOnError(true);
		for (String name : (names.length > 0) ? names : new String[] { PACKAGE }) {
			options.include(name);
		}
		// Benchmarks inherit the property. Appended here, it would replace the arguments
		// of their own, such as the heap's size
		if (System.getProperty(PythonBenchmark.PROPERTY) == null) {
			options.exclude(PythonBenchmark.class.getName());
		}
		Collection<RunResult> results = new Runner(options.build()).run();
		Map<String, Double> medians = new HashMap<>();
		for (RunResult result : results) {
			String name = name(result.getParams().getBenchmark());
			medians.put(name, result.getPrimaryResult().getStatistics().getPercentile(50));
			// turns have sums, in nanoseconds, of one side as often as of the other
			for (String side : List.of(PEER, TOOLKIT)) {
				var sum = result.getSecondaryResults().get(side);
				if (sum != null) {
					medians.put(name + side, sum.getScore() / 1e6);
				}
			}
		}
		return medians;
	}

	/**
	 * Returns a benchmark's class and method, without the package.
	 */
	private static String name(String benchmark) {
		return benchmark.substring(PACKAGE.length() + 1);
	}

}
