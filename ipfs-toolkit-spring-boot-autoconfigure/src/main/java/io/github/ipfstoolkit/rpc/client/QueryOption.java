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
 * Options of a call, as they stand in its query.
 */
final class QueryOption {

	/** What Go's strconv.ParseBool, and an empty value in Kubo, make true. */
	private static final Set<String> TRUE = Set.of("", "1", "t", "T", "true", "TRUE", "True");

	private QueryOption() {
	}

	/**
	 * Returns the value of an option; of several, the first.
	 * @param query the encoded query
	 * @param option the option's name
	 * @return the encoded value, empty where the option has none; {@code null} if it is
	 * not given
	 */
	static @Nullable String value(@Nullable String query, String option) {
		// most calls do not have the options that are looked for in each
		if (query == null || !query.contains(option)) {
			return null;
		}
		for (String parameter : query.split("&")) {
			String[] parts = parameter.split("=", 2);
			if (parts[0].equals(option)) {
				return (parts.length == 2) ? parts[1] : "";
			}
		}
		return null;
	}

	/**
	 * Returns whether an option is given, as true or as false.
	 * @param query the encoded query
	 * @param option the option's name
	 * @param value the value
	 */
	static boolean has(@Nullable String query, String option, boolean value) {
		String given = value(query, option);
		return given != null && TRUE.contains(given) == value;
	}

}
