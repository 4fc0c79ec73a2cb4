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

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A figure and its goal.
 *
 * @param what what was measured
 * @param value the figure
 * @param details what it was made of
 * @param limit the goal
 * @param upper whether the goal is at most that, in place of at least
 */
record Result(String what, double value, String details, double limit, boolean upper) {

	static Result atMost(double limit, String what, double value, String details) {
		return new Result(what, value, details, limit, true);
	}

	static Result atLeast(double limit, String what, double value, String details) {
		return new Result(what, value, details, limit, false);
	}

	/**
	 * Returns the median of what several rounds have measured, the higher of two.
	 */
	static Result median(List<Result> rounds) {
		List<Result> sorted = rounds.stream().sorted(Comparator.comparing(Result::value)).toList();
		Result median = sorted.get(sorted.size() / 2);
		return new Result(median.what(), median.value(), String.format(Locale.ROOT, "%s; rounds: %.2f to %.2f",
				median.details(), sorted.get(0).value(), sorted.get(sorted.size() - 1).value()), median.limit(),
				median.upper());
	}

	/**
	 * Returns which part of the goal was reached: all of it from 1.
	 */
	double reached() {
		return this.upper ? this.limit / this.value : this.value / this.limit;
	}

	String goal() {
		return (this.upper ? "at most " : "at least ")
				+ String.format(Locale.ROOT, "%.2f", this.limit).replaceFirst("\\.?0+$", "");
	}

	@Override
	public String toString() {
		return String.format(Locale.ROOT, "%-45s %.2f   (%s; goal: %s)", this.what, this.value, this.details, goal());
	}

}
