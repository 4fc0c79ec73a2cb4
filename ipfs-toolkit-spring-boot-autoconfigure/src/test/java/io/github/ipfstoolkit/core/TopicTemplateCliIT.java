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

package io.github.ipfstoolkit.core;

import io.github.ipfstoolkit.rpc.Backend;
import org.junit.jupiter.api.Tag;

/**
 * The tests of {@link TopicTemplateIT} with the executable, which needs a process for
 * each topic.
 */
@Tag("long")
class TopicTemplateCliIT extends TopicTemplateIT {

	@Override
	Backend backend() {
		return Backend.CLI;
	}

	@Override
	int many() {
		return 20;
	}

}
