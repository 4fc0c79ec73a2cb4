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
import java.util.List;
import java.util.Map;

import io.github.ipfstoolkit.rpc.ContentApi.AddOptions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link CommandOptions}.
 */
class CommandOptionsTests {

	@Test
	void optionsAreNotChangedButMadeAnew() {
		AddOptions options = AddOptions.defaults().pin(false);
		assertThat(options.cidVersion(1).toParameters())
			.isEqualTo(Map.of("pin", List.of("false"), "cid-version", List.of("1")));
		assertThat(options.toParameters()).isEqualTo(Map.of("pin", List.of("false")));
		assertThat(AddOptions.defaults().toParameters()).isEmpty();
	}

	@Test
	void laterValueReplacesAnEarlierOne() {
		assertThat(AddOptions.defaults().pin(false).pin(true)).isEqualTo(AddOptions.defaults().pin(true))
			.hasSameHashCodeAs(AddOptions.defaults().pin(true))
			.isNotEqualTo(AddOptions.defaults().pin(false));
	}

	@Test
	void durationsAreWrittenAsGoReadsThem() {
		assertThat(NameApi.PublishOptions.defaults().ttl(Duration.ofMillis(1500)).value("ttl"))
			.hasValue("1500000000ns");
		assertThatIllegalArgumentException().isThrownBy(() -> AddOptions.defaults().nodeTimeout(Duration.ofNanos(1)));
	}

}
