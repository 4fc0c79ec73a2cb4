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

package io.github.ipfstoolkit.rpc;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;

/**
 * Reads what Kubo's pubsub commands write: multibase with the prefix {@code u}, which is
 * base 64 for URLs without padding.
 */
final class Base64Url {

	private Base64Url() {
	}

	private static byte[] read(JsonParser parser, DeserializationContext context) {
		String text = parser.getString();
		if (text.isEmpty() || text.charAt(0) != 'u') {
			context.reportInputMismatch(byte[].class, "'%s' is not multibase base64url", text);
		}
		return Base64.getUrlDecoder().decode(text.substring(1));
	}

	static final class BytesDeserializer extends ValueDeserializer<byte[]> {

		@Override
		public byte[] deserialize(JsonParser parser, DeserializationContext context) {
			return read(parser, context);
		}

	}

	static final class TextDeserializer extends ValueDeserializer<String> {

		@Override
		public String deserialize(JsonParser parser, DeserializationContext context) {
			return new String(read(parser, context), StandardCharsets.UTF_8);
		}

	}

}
