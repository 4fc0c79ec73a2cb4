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

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * {@code block/rm}: a line for each block that was removed, and on standard error one for
 * each that was not.
 */
final class RemovedBlocksForm implements Form {

	private static final Pattern REMOVED = Pattern.compile("removed (\\S+)");

	private static final Pattern FAILED = Pattern.compile("cannot remove (\\S+): (.*)");

	@Override
	public boolean tellsFailures(Exit exit) {
		return exit.message().equals("some blocks not removed");
	}

	@Override
	public Flux<DataBuffer> reply(Printed printed) {
		Flux<DataBuffer> removed = Lines.split(printed.output())
			.map((line) -> Lines.json(Map.of("Hash", Lines.match(REMOVED, line, printed.call().command()).group(1))));
		return removed.concatWith(printed.exit().flatMapMany((end) -> {
			if (!tellsFailures(end)) {
				return printed.verified(end);
			}
			return Flux.fromIterable(end.linesBeforeMessage()).mapNotNull((line) -> {
				Matcher matcher = FAILED.matcher(line);
				return matcher.matches() ? Lines.json(Map.of("Hash", matcher.group(1), "Error", matcher.group(2)))
						: null;
			}).switchIfEmpty(printed.verified(end));
		}));
	}

}
