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
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What is common to the options of commands. Options are immutable: each method returns
 * new ones. An option that is not set is left to the node, whose defaults depend on its
 * configuration and version.
 *
 * @param <T> the concrete type
 * @since 0.1.0
 */
public abstract class CommandOptions<T extends CommandOptions<T>> {

	private final Map<String, List<String>> parameters;

	private final Function<Map<String, List<String>>, T> factory;

	/**
	 * Creates options.
	 * @param parameters what is set, by the option's long name in Kubo
	 * @param factory creates options of the concrete type
	 */
	CommandOptions(Map<String, List<String>> parameters, Function<Map<String, List<String>>, T> factory) {
		this.parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
		this.factory = factory;
	}

	/**
	 * Makes the node use only what it has: no network is asked for blocks or records.
	 * @param offline whether the network is left out
	 * @return new options
	 */
	public T offline(boolean offline) {
		return with("offline", offline);
	}

	/**
	 * Makes the node itself give up after a while.
	 * @param timeout how long the command may take, at least one millisecond
	 * @return new options
	 */
	public T nodeTimeout(Duration timeout) {
		Assert.isTrue(timeout.toMillis() > 0, "the time-out must be at least one millisecond");
		return with("timeout", timeout);
	}

	/**
	 * Sets how CIDs are written in the reply. Of use where they come as text: a
	 * {@link io.github.ipfstoolkit.Cid} is the same in any form.
	 * @param base the multibase encoding, such as {@code base32}; CIDs of version 0 are
	 * written as version 1 then
	 * @return new options
	 */
	public T cidBase(String base) {
		return with("cid-base", base);
	}

	/**
	 * Returns the query parameters that stand for these options. A list's values are each
	 * a parameter of their own, as Kubo does not split commas.
	 * @return the values by the option's name, unmodifiable
	 */
	public Map<String, List<String>> toParameters() {
		return this.parameters;
	}

	/**
	 * Returns whether an option is set.
	 * @param name its long name in Kubo
	 * @return whether it is set
	 */
	public boolean isSet(String name) {
		return this.parameters.containsKey(name);
	}

	/**
	 * Returns an option's value.
	 * @param name its long name in Kubo
	 * @return the value, a list's first; empty where it is not set
	 */
	public Optional<String> value(String name) {
		return Optional.ofNullable(this.parameters.get(name)).map((values) -> values.get(0));
	}

	/**
	 * Sets an option.
	 * @param name its long name in Kubo
	 * @param values its value, or a list's values
	 * @return new options
	 */
	T with(String name, Object... values) {
		Map<String, List<String>> changed = new LinkedHashMap<>(this.parameters);
		changed.put(name, Arrays.stream(values).map(CommandOptions::format).toList());
		return this.factory.apply(changed);
	}

	private static String format(Object value) {
		// Go's duration syntax has no ISO form; nanoseconds lose nothing
		return (value instanceof Duration duration) ? duration.toNanos() + "ns" : value.toString();
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other != null && getClass() == other.getClass()
				&& this.parameters.equals(((CommandOptions<?>) other).parameters);
	}

	@Override
	public int hashCode() {
		return this.parameters.hashCode();
	}

	@Override
	public String toString() {
		return this.parameters.toString();
	}

}
