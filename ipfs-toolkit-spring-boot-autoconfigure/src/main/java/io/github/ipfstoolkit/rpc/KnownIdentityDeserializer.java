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

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;

/**
 * Reads what a peer says of itself where Kubo was asked for it. Where it was not, it
 * writes one that is empty.
 */
final class KnownIdentityDeserializer extends ValueDeserializer<NodeApi.Identity> {

	@Override
	public NodeApi.@Nullable Identity deserialize(JsonParser parser, DeserializationContext context) {
		JsonNode identity = context.readTree(parser);
		return identity.path("ID").asString("").isEmpty() ? null
				: context.readTreeAsValue(identity, NodeApi.Identity.class);
	}

}
