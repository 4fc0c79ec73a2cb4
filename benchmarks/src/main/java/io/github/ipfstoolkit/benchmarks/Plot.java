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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A bar for each result, as long as the part of its goal that was reached: those that
 * cross the line have reached it.
 */
final class Plot {

	private static final int LABELS = 330;

	private static final int GOAL = 200;

	private static final int WIDTH = 960;

	private static final int ROW = 34;

	/**
	 * How much of a bar is drawn, in parts of the goal.
	 */
	private static final double MAX = 2;

	private Plot() {
	}

	static void write(List<Result> results, Path file) throws IOException {
		int height = ROW * (results.size() + 2);
		StringBuilder svg = new StringBuilder();
		append(svg, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" "
				+ "font-size=\"14\">%n", WIDTH, height);
		append(svg, "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>%n", WIDTH, height);
		int y = ROW;
		for (Result result : results) {
			double reached = Math.min(result.reached(), MAX);
			append(svg, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>%n", LABELS - 10, y + 19, result.what());
			append(svg, "<rect x=\"%d\" y=\"%d\" width=\"%.0f\" height=\"22\" fill=\"%s\"/>%n", LABELS, y + 3,
					reached * GOAL, (reached >= 1) ? "#0b7285" : "#e8590c");
			append(svg, "<text x=\"%.0f\" y=\"%d\">%.2f (goal: %s)</text>%n", LABELS + reached * GOAL + 8, y + 19,
					result.value(), result.goal());
			y += ROW;
		}
		append(svg, "<line x1=\"%1$d\" y1=\"%2$d\" x2=\"%1$d\" y2=\"%3$d\" stroke=\"#212529\" "
				+ "stroke-dasharray=\"4 3\"/>%n", LABELS + GOAL, ROW - 8, y + 4);
		append(svg, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">goal</text>%n", LABELS + GOAL, ROW - 14);
		svg.append("</svg>\n");
		Files.writeString(file, svg);
	}

	private static void append(StringBuilder svg, String format, Object... values) {
		svg.append(String.format(Locale.ROOT, format, values));
	}

}
