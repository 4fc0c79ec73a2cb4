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
package io.github.ipfstoolkit.transmission;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Observers}.
 */
class ObserversTests {

	@Test
	void oneThatFailsKeepsNothingFromTheOthers() {
		List<String> told = new ArrayList<>();
		Observers<Consumer<String>> observers = new Observers<>(List.of(told::add, (event) -> {
			throw new IllegalStateException("on purpose");
		}, (event) -> told.add(event + " again")));
		observers.tell((observer) -> observer.accept("event"));
		assertThat(told).containsExactly("event", "event again");
	}

}
