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

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * {@code add}: a line for each file and directory, without its size.
 */
final class AddForm implements Form {

	private static final Pattern LINE = Pattern.compile("added (\\S+) (.*)", Pattern.DOTALL);

	/** In place of a size that is not told. */
	private static final long UNKNOWN = -1;

	@Override
	public Invocation prepare(Invocation call, Workspace workspace) {
		// progress goes to standard error, where it tells that something is being done
		return call.with("progress", "true").with("recursive", "true").with("hidden", "true");
	}

	@Override
	public Flux<DataBuffer> reply(Printed printed) {
		boolean progress = printed.call().isTrue("progress", false);
		return Lines.split(printed.output()).concatMapIterable((line) -> {
			Matcher matcher = Lines.match(LINE, line, printed.call().command());
			String name = printed.input().originalName(Lines.unescape(matcher.group(2)), matcher.group(1));
			DataBuffer added = Lines.json(Map.of("Name", name, "Hash", matcher.group(1), "Size", UNKNOWN));
			AtomicLong bytes = progress ? printed.sent().get(name) : null;
			return (bytes != null) ? List.of(Lines.json(Map.of("Name", name, "Bytes", bytes.get())), added)
					: List.of(added);
		}).concatWith(printed.verified());
	}

}
