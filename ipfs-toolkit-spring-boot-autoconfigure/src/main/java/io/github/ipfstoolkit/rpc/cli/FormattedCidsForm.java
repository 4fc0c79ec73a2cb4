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

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import io.github.ipfstoolkit.rpc.MalformedReplyException;
import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * {@code cid/format} and {@code cid/base32}: what was asked for, and on standard error
 * which texts are no CIDs.
 */
final class FormattedCidsForm implements Form {

	/** Not to be mistaken for the end of a line that is asked for. */
	private static final String MARK = "\u001e";

	@Override
	public Invocation prepare(Invocation call, Workspace workspace) {
		String format = call.options().getFirst("f");
		return call.command().equals("cid/format") ? call.with("f", ((format != null) ? format : "%s") + MARK) : call;
	}

	@Override
	public boolean tellsFailures(Exit exit) {
		return exit.message().equals("errors while displaying some entries");
	}

	@Override
	public Flux<DataBuffer> reply(Printed printed) {
		String delimiter = printed.call().command().equals("cid/format") ? MARK + "\n" : "\n";
		return Lines.split(printed.output(), delimiter)
			.collectList()
			.flatMapMany((formatted) -> printed.exit().flatMapMany((end) -> {
				if (end.isFailure() && !tellsFailures(end)) {
					return printed.verified(end);
				}
				return Flux.fromIterable(pair(printed.call(), formatted, end.linesBeforeMessage()));
			}));
	}

	private static List<DataBuffer> pair(Invocation call, List<String> formatted, List<String> errors) {
		Iterator<String> good = formatted.iterator();
		Iterator<String> bad = errors.iterator();
		String nextError = bad.hasNext() ? bad.next() : "";
		List<DataBuffer> replies = new ArrayList<>();
		for (String argument : call.arguments()) {
			String text = argument.strip();
			if (nextError.startsWith(text + ": ")) {
				replies.add(Lines.json(Map.of("CidStr", text, "ErrorMsg", nextError.substring(text.length() + 2))));
				nextError = bad.hasNext() ? bad.next() : "";
			}
			else if (good.hasNext()) {
				replies.add(Lines.json(Map.of("CidStr", text, "Formatted", good.next())));
			}
			else {
				replies.forEach(DataBufferUtils::release);
				throw new MalformedReplyException(call.command(), "it tells nothing of '%s'".formatted(text), null);
			}
		}
		return replies;
	}

}
