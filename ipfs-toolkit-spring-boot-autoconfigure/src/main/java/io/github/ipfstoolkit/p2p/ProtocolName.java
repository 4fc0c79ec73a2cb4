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

package io.github.ipfstoolkit.p2p;

import java.nio.charset.StandardCharsets;

import org.springframework.util.Assert;

/**
 * Names of protocols as Kubo knows them.
 */
final class ProtocolName {

	/**
	 * The name space that Kubo keeps for mounted streams.
	 */
	private static final String PREFIX = "/x/";

	/**
	 * Far below what a libp2p negotiation message can hold, far above what a name needs.
	 */
	private static final int MAX_LENGTH = 512;

	private ProtocolName() {
	}

	/**
	 * Returns a name as Kubo wants it.
	 * @param name the name without {@code /x/} before it
	 * @throws IllegalArgumentException if it can not be the name of a protocol
	 */
	static String toKubo(String name) {
		Assert.isTrue(!name.isBlank(), "A protocol's name must not be empty");
		Assert.isTrue(name.equals(name.strip()),
				() -> "The protocol's name '%s' begins or ends with white space".formatted(name));
		// a newline ends a name when two peers negotiate
		Assert.isTrue(name.codePoints().noneMatch(Character::isISOControl),
				() -> "The protocol's name '%s' holds a control character".formatted(name));
		Assert.isTrue(name.getBytes(StandardCharsets.UTF_8).length <= MAX_LENGTH,
				() -> "The protocol's name '%s…' is longer than %d bytes".formatted(name.substring(0, 20), MAX_LENGTH));
		return PREFIX + name;
	}

}
