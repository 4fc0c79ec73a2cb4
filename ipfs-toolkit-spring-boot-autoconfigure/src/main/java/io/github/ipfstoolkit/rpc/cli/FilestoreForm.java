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

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * {@code filestore/ls} and {@code filestore/verify}: a line for each block, with its
 * status in words.
 */
final class FilestoreForm implements Form {

	private static final Map<String, Integer> STATUS = Map.of("ok", 0, "error", 10, "no-file", 11, "changed", 12,
			"ERROR", 20, "missing", 30);

	private static final Pattern LISTED = Pattern.compile("()(\\S+) +(\\d+) (.*) (\\d+)()|(\\S+)", Pattern.DOTALL);

	private static final Pattern VERIFIED = Pattern.compile(
			"(ok|error|no-file|changed|ERROR|missing) +(?:(\\S+) +(\\d+) (.*) (\\d+)|(\\S+)|(<corrupt key>))",
			Pattern.DOTALL);

	@Override
	public Flux<DataBuffer> reply(Printed printed) {
		boolean verify = printed.call().command().equals("filestore/verify");
		boolean removes = printed.call().isTrue("remove-bad-blocks", false);
		return Lines.split(printed.output()).map((line) -> {
			String block = (verify && removes) ? line.replaceFirst(" (keep|remove)$", "") : line;
			return Lines.json(verify ? verified(block, printed.call()) : listed(block, printed.call()));
		}).concatWith(printed.verified());
	}

	private static Map<String, Object> listed(String line, Invocation call) {
		Matcher matcher = Lines.match(LISTED, line, call.command());
		Map<String, Object> block = new LinkedHashMap<>();
		block.put("Status", 0);
		addTo(block, matcher, (matcher.group(2) != null) ? matcher.group(2) : matcher.group(7));
		return block;
	}

	private static Map<String, Object> verified(String line, Invocation call) {
		Matcher matcher = Lines.match(VERIFIED, line, call.command());
		Map<String, Object> block = new LinkedHashMap<>();
		block.put("Status", STATUS.getOrDefault(matcher.group(1), 0));
		addTo(block, matcher, (matcher.group(2) != null) ? matcher.group(2) : matcher.group(6));
		return block;
	}

	private static void addTo(Map<String, Object> block, Matcher matcher, String key) {
		if (key != null) {
			block.put("Key", Map.of("/", key));
		}
		if (matcher.group(3) != null) {
			block.put("Size", Long.parseLong(matcher.group(3)));
			block.put("FilePath", matcher.group(4));
			block.put("Offset", Long.parseLong(matcher.group(5)));
		}
	}

}
