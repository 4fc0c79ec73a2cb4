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

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A version of Kubo. A suffix such as {@code -rc1} or {@code -dev} is not compared, as
 * the features that are asked for are there in the release's pre-releases too. Immutable.
 *
 * @param major the first number
 * @param minor the second number
 * @param patch the third number
 * @since 0.1.0
 */
public record KuboVersion(int major, int minor, int patch) implements Comparable<KuboVersion> {

	/**
	 * The oldest version of which the toolkit's tests are run: one before it may work.
	 */
	public static final KuboVersion OLDEST_SUPPORTED = new KuboVersion(0, 39, 0);

	private static final Pattern PATTERN = Pattern.compile("v?(\\d{1,6})\\.(\\d{1,6})(?:\\.(\\d{1,6}))?([-+].*)?");

	private static final Comparator<KuboVersion> ORDER = Comparator.comparingInt(KuboVersion::major)
		.thenComparingInt(KuboVersion::minor)
		.thenComparingInt(KuboVersion::patch);

	/**
	 * Reads a version.
	 * @param text the version, such as {@code 0.43.0}, {@code v0.43.0-rc1} or
	 * {@code 0.43}
	 * @return the version
	 * @throws IllegalArgumentException if it is none
	 */
	public static KuboVersion of(String text) {
		Matcher matcher = PATTERN.matcher(text);
		if (!matcher.matches()) {
			throw new IllegalArgumentException("'%s' is no version of Kubo".formatted(text));
		}
		return new KuboVersion(number(matcher.group(1)), number(matcher.group(2)), number(matcher.group(3)));
	}

	private static int number(@Nullable String digits) {
		return (digits != null) ? Integer.parseInt(digits) : 0;
	}

	/**
	 * Returns whether this version has what another has brought.
	 * @param other the other version
	 * @return whether this is the same or a newer one
	 */
	public boolean isAtLeast(KuboVersion other) {
		return compareTo(other) >= 0;
	}

	@Override
	public int compareTo(KuboVersion other) {
		return ORDER.compare(this, other);
	}

	@Override
	public String toString() {
		return this.major + "." + this.minor + "." + this.patch;
	}

}
