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

import java.io.IOException;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The tests of {@link ContentSectionsIT} with the executable.
 */
@Tag("long")
class ContentSectionsCliIT extends ContentSectionsIT {

	@Override
	Backend backend() {
		return Backend.CLI;
	}

	/**
	 * An executable refuses an option that it does not have also where it is off.
	 */
	@Override
	@Test
	@SinceKubo("0.41")
	void linksAreAddedRemovedAndCompared() throws IOException {
		super.linksAreAddedRemovedAndCompared();
	}

}
