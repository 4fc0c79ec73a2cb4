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

package io.github.ipfstoolkit.node.executable;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of Kubo. A suffix such as {@code -rc1} or {@code -dev} is not compared, as
 * the features that are asked for are there in the release's pre-releases too.
 */
record KuboVersion(int major, int minor, int patch) implements Comparable<KuboVersion> {

	private static final Pattern PATTERN = Pattern.compile("v?(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})([-+].*)?");

	private static final Comparator<KuboVersion> ORDER = Comparator.comparingInt(KuboVersion::major)
		.thenComparingInt(KuboVersion::minor)
		.thenComparingInt(KuboVersion::patch);

	static KuboVersion of(String text) {
		Matcher matcher = PATTERN.matcher(text);
		if (!matcher.matches()) {
			throw new IllegalArgumentException("'%s' is no version of Kubo".formatted(text));
		}
		return new KuboVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)),
				Integer.parseInt(matcher.group(3)));
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
