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
import java.util.regex.Pattern;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * {@code key/rotate}: the new identity, after reports of progress.
 */
final class RotatedKeyForm implements Form {

	private static final Pattern IDENTITY = Pattern.compile(".*peer identity: (\\S+)\\s*", Pattern.DOTALL);

	@Override
	public Flux<DataBuffer> reply(Printed printed) {
		return Lines.split(printed.output())
			.collectList()
			.flatMapMany((lines) -> printed.<DataBuffer>verified()
				.concatWith(Mono.fromSupplier(() -> Lines.json(Map.of("Id",
						Lines.match(IDENTITY, String.join("\n", lines), printed.call().command()).group(1))))));
	}

}
