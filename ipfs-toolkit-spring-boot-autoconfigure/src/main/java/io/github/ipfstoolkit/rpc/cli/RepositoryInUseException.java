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

package io.github.ipfstoolkit.rpc.cli;

import io.github.ipfstoolkit.NodeException;

/**
 * Thrown when the executable cannot work on a repository, as another process does. A node
 * that runs on the repository is no such process: the executable passes commands on to
 * it.
 *
 * @since 0.1.0
 */
public class RepositoryInUseException extends NodeException {

	/**
	 * Creates an exception.
	 * @param problem what is wrong, without a full stop at its end
	 * @param remedy what can be done about it, as sentences
	 */
	public RepositoryInUseException(String problem, String remedy) {
		super(problem, remedy, null);
	}

}
