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

import java.nio.file.Path;

/**
 * An {@code ipfs} executable that is recent enough to be used.
 *
 * @param path where it is
 * @param version what {@code ipfs version --number} says, such as {@code 0.43.0}
 * @since 0.1.0
 */
public record NodeExecutable(Path path, String version) {

	@Override
	public String toString() {
		return this.path + " (" + this.version + ")";
	}

}
