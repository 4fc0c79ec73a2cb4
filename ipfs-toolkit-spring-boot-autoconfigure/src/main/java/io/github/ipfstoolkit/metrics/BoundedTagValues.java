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

package io.github.ipfstoolkit.metrics;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Bounds the values of a tag whose values the application chooses. Each different value
 * makes a meter that is kept forever, so that an application that makes up names as it
 * goes would fill the memory of the registry and of all behind it.
 */
final class BoundedTagValues {

	static final String OTHER = "other";

	private final int max;

	private final Set<String> values = ConcurrentHashMap.newKeySet();

	BoundedTagValues(int max) {
		this.max = max;
	}

	/**
	 * Returns the value itself, or {@value #OTHER} once there are too many others. Some
	 * more than the limit pass when several threads bring new ones at the same time.
	 */
	String bound(String value) {
		if (this.values.contains(value)) {
			return value;
		}
		if (this.values.size() >= this.max) {
			return OTHER;
		}
		this.values.add(value);
		return value;
	}

}
