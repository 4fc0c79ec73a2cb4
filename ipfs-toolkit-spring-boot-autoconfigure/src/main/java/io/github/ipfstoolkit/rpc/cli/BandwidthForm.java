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

package io.github.ipfstoolkit.rpc.cli;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * {@code stats/bw}: figures that are rounded for people.
 */
final class BandwidthForm implements Form {

	private static final List<String> UNITS = List.of("B", "kB", "MB", "GB", "TB", "PB", "EB");

	private static final String SIZE = "([0-9.]+) ([kMGTPE]?B)";

	private static final Pattern ONCE = Pattern
		.compile("Bandwidth\nTotalIn: %1$s\nTotalOut: %1$s\nRateIn: %1$s/s\nRateOut: %1$s/s\n".formatted(SIZE));

	private static final Pattern POLLED = Pattern
		.compile("(?:Total Up .*\n)?\\s*%1$s\\s+%1$s\\s+%1$s/s\\s+%1$s/s\\s*".formatted(SIZE));

	@Override
	public Flux<DataBuffer> reply(Printed printed) {
		Flux<DataBuffer> figures = printed.call().isTrue("poll", false)
				? Lines.split(printed.output(), "\r")
					.map((text) -> polled(Lines.match(POLLED, text, printed.call().command())))
				: Lines.split(printed.output(), "\r")
					.map((text) -> once(Lines.match(ONCE, text, printed.call().command())));
		return figures.concatWith(printed.verified());
	}

	private static DataBuffer once(Matcher matcher) {
		return figures(size(matcher, 1), size(matcher, 3), size(matcher, 5), size(matcher, 7));
	}

	private static DataBuffer polled(Matcher matcher) {
		return figures(size(matcher, 3), size(matcher, 1), size(matcher, 7), size(matcher, 5));
	}

	private static DataBuffer figures(BigDecimal totalIn, BigDecimal totalOut, BigDecimal rateIn, BigDecimal rateOut) {
		return Lines.json(Map.of("TotalIn", totalIn.longValue(), "TotalOut", totalOut.longValue(), "RateIn", rateIn,
				"RateOut", rateOut));
	}

	private static BigDecimal size(Matcher matcher, int group) {
		return new BigDecimal(matcher.group(group)).scaleByPowerOfTen(3 * UNITS.indexOf(matcher.group(group + 1)));
	}

}
