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

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Options that are true or false, as they stand in a query.
 */
final class BooleanOption {

	/** What Go's strconv.ParseBool, and an empty value in Kubo, make true. */
	private static final Set<String> TRUE = Set.of("", "1", "t", "T", "true", "TRUE", "True");

	private BooleanOption() {
	}

	/**
	 * Returns whether an option is given, with a value.
	 * @param query the encoded query
	 * @param option the option's name
	 * @param value the value
	 */
	static boolean has(@Nullable String query, String option, boolean value) {
		if (query == null) {
			return false;
		}
		for (String parameter : query.split("&")) {
			String[] parts = parameter.split("=", 2);
			if (parts[0].equals(option)) {
				return TRUE.contains((parts.length == 2) ? parts[1] : "") == value;
			}
		}
		return false;
	}

}
