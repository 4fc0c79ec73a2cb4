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
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.ipfstoolkit.Cid;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * {@code ls}: a table. Each entry is asked for alone, so that the width of the columns is
 * known and a name's spaces are told from those of the table. Of an entry that is no
 * directory the table does not tell whether it is a symbolic link, nor mode and time.
 */
final class ListingForm implements Form {

	private static final int FILE = 2;

	private static final int DIRECTORY = 1;

	private static final int NOT_TOLD = 0;

	private static final int COLUMN = 10;

	private static final long DAG_PB = 0x70;

	private static final Pattern SIZED = Pattern.compile("(\\S+)( +)(-|\\d+)( +.*)", Pattern.DOTALL);

	private static final Pattern UNSIZED = Pattern.compile("(\\S+)( +.*)", Pattern.DOTALL);

	@Override
	public Invocation prepare(Invocation call, Workspace workspace) {
		Invocation listing = call.with("stream", "true").with("headers", "false");
		// which those before 0.40 do not have
		return listing.isTrue("long", false) ? listing.with("long", "false") : listing;
	}

	@Override
	public Flux<DataBuffer> reply(Printed printed) {
		Flux<Found> entries = Flux.defer(() -> {
			Reader reader = new Reader(printed.call());
			return Lines.split(printed.output()).mapNotNull(reader::read);
		});
		if (printed.call().isTrue("stream", false)) {
			return entries
				.map((found) -> Lines
					.json(objects(List.of(object(printed.call(), found.argument(), List.of(found.entry()))))))
				.concatWith(printed.verified());
		}
		return entries.collectList()
			.flatMapMany((all) -> printed.<DataBuffer>verified()
				.concatWith(Mono.fromSupplier(() -> Lines.json(objects(listings(printed.call(), all))))));
	}

	private static Map<String, Object> objects(List<?> objects) {
		return Map.of("Objects", objects);
	}

	private static List<Map<String, Object>> listings(Invocation call, List<Found> all) {
		List<Map<String, Object>> listings = new ArrayList<>();
		for (int i = 0; i < call.arguments().size(); i++) {
			int argument = i;
			listings.add(object(call, i,
					all.stream()
						.filter((found) -> found.argument() == argument)
						.map(Found::entry)
						.sorted(Comparator.comparing((entry) -> String.valueOf(entry.get("Name"))))
						.toList()));
		}
		return listings;
	}

	private static Map<String, Object> object(Invocation call, int argument, List<Map<String, Object>> links) {
		return Map.of("Hash", call.arguments().get(argument), "Links", links);
	}

	/**
	 * An entry, and which argument it belongs to.
	 */
	private record Found(int argument, Map<String, Object> entry) {

	}

	/**
	 * Reads one line after the other.
	 */
	private static final class Reader {

		private final Invocation call;

		private final boolean sized;

		private final boolean resolved;

		private int argument;

		private Reader(Invocation call) {
			this.call = call;
			this.sized = call.isTrue("size", true);
			this.resolved = this.sized || call.isTrue("resolve-type", true);
			this.argument = (call.arguments().size() > 1) ? -1 : 0;
		}

		private @Nullable Found read(String line) {
			List<String> arguments = this.call.arguments();
			if (arguments.size() > 1) {
				for (int next = this.argument + 1; next < arguments.size(); next++) {
					if (line.equals(arguments.get(next) + ":")) {
						this.argument = next;
						return null;
					}
				}
			}
			if (line.isEmpty()) {
				return null;
			}
			Matcher matcher = Lines.match(this.sized ? SIZED : UNSIZED, line, this.call.command());
			String cid = matcher.group(1);
			String size = this.sized ? matcher.group(3) : "0";
			String rest = matcher.group(this.sized ? 4 : 2);
			int padding = this.sized ? padding(size) : padding(cid);
			String name = rest.substring(Math.min(padding, rest.length()));
			boolean directory = this.sized ? size.equals("-") : name.endsWith("/");
			Map<String, Object> entry = new LinkedHashMap<>();
			entry.put("Name", Lines.unescape(directory ? name.substring(0, name.length() - 1) : name));
			entry.put("Hash", cid);
			entry.put("Size", size.equals("-") ? 0 : Long.parseLong(size));
			entry.put("Type", type(cid, directory));
			return new Found(this.argument, entry);
		}

		private static int padding(String cell) {
			return Math.max(COLUMN - cell.length(), 1);
		}

		private int type(String cid, boolean directory) {
			if (directory) {
				return DIRECTORY;
			}
			return (!this.resolved && Cid.of(cid).codec() == DAG_PB) ? NOT_TOLD : FILE;
		}

	}

}
