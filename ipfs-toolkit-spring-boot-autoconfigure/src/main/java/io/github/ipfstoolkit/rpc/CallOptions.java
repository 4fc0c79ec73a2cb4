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

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Options of any command, by name: for {@link Kubo#call}.
 *
 * @since 0.1.0
 */
public final class CallOptions extends CommandOptions<CallOptions> {

	private static final CallOptions DEFAULTS = new CallOptions(Map.of());

	private CallOptions(Map<String, List<String>> parameters) {
		super(parameters, CallOptions::new);
	}

	/**
	 * Returns options of which none is set.
	 * @return the options
	 */
	public static CallOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * Sets an option.
	 * @param name its long name in Kubo, as the node takes one at random where it is
	 * given by two names
	 * @param value its value: a {@link Duration} is written as Kubo reads it, a
	 * collection's elements are given one by one, anything else as text
	 * @return new options
	 */
	public CallOptions set(String name, Object value) {
		return (value instanceof Collection<?> values) ? with(name, values.toArray()) : with(name, value);
	}

}
