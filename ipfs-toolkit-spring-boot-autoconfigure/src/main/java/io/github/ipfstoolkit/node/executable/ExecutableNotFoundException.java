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

import io.github.ipfstoolkit.NodeException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when there is no {@code ipfs} executable with which a node could be started, or
 * commands be run.
 *
 * @since 0.1.0
 */
public class ExecutableNotFoundException extends NodeException {

	/**
	 * Creates an exception.
	 * @param problem where was looked, and what was found
	 * @param remedy what can be done about it
	 * @param cause what made it fail, if anything
	 */
	public ExecutableNotFoundException(String problem, String remedy, @Nullable Throwable cause) {
		super(problem, remedy, cause);
	}

}
