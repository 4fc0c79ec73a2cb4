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

package io.github.ipfstoolkit.rpc.client;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ResolvableType;
import org.springframework.http.MediaType;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import org.springframework.util.MimeType;

/**
 * Decodes replies that are a JSON string, such as that of {@code diag/healthy}, to that
 * string. By default Spring gives a reply's raw text for one, quotes included.
 */
final class JsonStringDecoder extends JacksonJsonDecoder {

	JsonStringDecoder(JsonMapper mapper, int maxInMemorySize) {
		super(mapper, MediaType.APPLICATION_JSON);
		setMaxInMemorySize(maxInMemorySize);
	}

	@Override
	public boolean canDecode(ResolvableType elementType, @Nullable MimeType mimeType) {
		return elementType.toClass() == String.class && mimeType != null
				&& MediaType.APPLICATION_JSON.isCompatibleWith(mimeType);
	}

}
