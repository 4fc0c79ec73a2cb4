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

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.ipfstoolkit.rpc.MalformedReplyException;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ResolvableType;
import org.springframework.core.codec.StringDecoder;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.util.MimeTypeUtils;

/**
 * Reads lines that are printed for people, and writes the JSON of which they were made.
 */
final class Lines {

	private static final JsonMapper MAPPER = new JsonMapper();

	private static final Map<Character, Character> ESCAPES = Map.of('a', '\u0007', 'b', '\b', 'f', '\f', 'n', '\n', 'r',
			'\r', 't', '\t', 'v', '\u000b');

	private Lines() {
	}

	/**
	 * Splits text at line feeds and nothing else.
	 */
	static Flux<String> split(Flux<DataBuffer> text) {
		return split(text, "\n");
	}

	static Flux<String> split(Flux<DataBuffer> text, String delimiter) {
		StringDecoder decoder = StringDecoder.allMimeTypes(List.of(delimiter), true);
		decoder.setMaxInMemorySize(-1);
		return decoder.decode(text, ResolvableType.forClass(String.class), MimeTypeUtils.TEXT_PLAIN, null);
	}

	/**
	 * Takes a line to its pieces.
	 * @throws MalformedReplyException if it has another form
	 */
	static Matcher match(Pattern pattern, String line, String command) {
		Matcher matcher = pattern.matcher(line);
		if (!matcher.matches()) {
			throw new MalformedReplyException(command,
					"the executable printed '%s', which this version of the toolkit does not know".formatted(line),
					null);
		}
		return matcher;
	}

	static DataBuffer json(Object value) {
		return DefaultDataBufferFactory.sharedInstance.wrap(MAPPER.writeValueAsBytes(value));
	}

	/**
	 * Undoes what Kubo does to names with backslashes and what cannot be printed: it
	 * writes them as Go's strconv.Quote does, but for the quotes.
	 */
	static String unescape(String text) {
		if (text.indexOf('\\') < 0) {
			return text;
		}
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		for (int i = 0; i < text.length();) {
			int codePoint = text.codePointAt(i);
			i += Character.charCount(codePoint);
			if (codePoint != '\\' || i == text.length()) {
				bytes.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
				continue;
			}
			char kind = text.charAt(i++);
			int digits = switch (kind) {
				case 'x' -> 2;
				case 'u' -> 4;
				case 'U' -> 8;
				default -> 0;
			};
			if (digits == 0 || i + digits > text.length()) {
				bytes.write(ESCAPES.getOrDefault(kind, kind));
				continue;
			}
			int value = Integer.parseInt(text.substring(i, i + digits), 16);
			i += digits;
			if (kind == 'x') {
				bytes.write(value);
			}
			else {
				bytes.writeBytes(Character.toString(value).getBytes(StandardCharsets.UTF_8));
			}
		}
		return bytes.toString(StandardCharsets.UTF_8);
	}

}
